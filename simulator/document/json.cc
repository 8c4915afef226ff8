#include "document/json.h"

#include <cmath>
#include <limits>
#include <optional>
#include <utility>
#include <vector>

#include <nlohmann/json.hpp>

#include "base/text.h"
#include "document/canonical.h"
#include "document/diagnosis.h"
#include "document/number.h"
#include "document/scanner.h"
#include "document/writer.h"

namespace smartcar_sim::document {

namespace {

using Library = nlohmann::json;

// The names of a SAX handler's functions and their "go on" booleans are the library's.
//
// Its callbacks carry no positions. A Scanner walks the same text in step with them: at each callback the library has
// just accepted exactly one token, so the next token of the text is the one it means, and where that starts costs a few
// comparisons. (Counting the bytes the library consumes was tried on paper first: it reads one byte past each number.)
//
// The library's parser does not recurse for a SAX handler, and no more than kMaxNesting containers are ever built,
// so neither reading nor destroying a value can exhaust the stack.
class Builder {
public:
    Builder(std::string_view text, Comments comments) : scanner_(text), comments_(comments) {}

    // What is wrong with the text, once it has been read.
    [[nodiscard]] const std::optional<Diagnosis>& diagnosis() const { return diagnosis_; }
    // What was read, if nothing was wrong.
    [[nodiscard]] Value take_root() { return std::move(*root_); }

    bool null() { return add(Value(nullptr), scanner_.take_token()); }
    bool boolean(bool flag) { return add(Value(flag), scanner_.take_token()); }
    bool number_integer(std::int64_t number) { return add(whole_number(number), scanner_.take_token()); }
    bool number_unsigned(std::uint64_t number) {
        const bool fits = number <= static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max());
        return fits ? number_integer(static_cast<std::int64_t>(number))
                    : add(big_number(static_cast<double>(number), std::to_string(number)), scanner_.take_token());
    }
    bool number_float(double number, const std::string& spelling) {
        const bool whole = spelling.find_first_of(".eE") == std::string::npos;
        return add(whole ? big_number(number, spelling) : simplest_number(number), scanner_.take_token());
    }
    bool string(std::string& text) { return add(Value(std::move(text)), scanner_.take_token()); }
    // Only binary formats have these.
    bool binary(Library::binary_t& /*bytes*/) { return false; }

    bool start_object(std::size_t /*size*/) { return open(Value(Object())); }
    bool start_array(std::size_t /*size*/) { return open(Value(Array())); }
    bool end_array() { return close(); }
    bool end_object() {
        if (const Member* repeated = repeated_member(*open_.back().container.object())) {
            diagnosis_ = {repeated->second.key_offset, "the key \"" + repeated->first + "\" is there twice"};
            return false;
        }
        return close();
    }

    bool key(std::string& name) {
        pending_key_ = {std::move(name), scanner_.take_token()};
        return true;
    }

    bool parse_error(std::size_t /*position*/, const std::string& /*token*/, const Library::exception& /*error*/) {
        diagnosis_ = diagnose(scanner_, before(), comments_);
        return false;
    }

private:
    struct Key {
        std::string name;
        std::size_t offset = 0;
    };
    // A container that has not ended, and the key it will get in the one around it.
    struct Open {
        Value container;
        std::optional<Key> key;
    };

    // A fraction of nothing is an integer, as it is in JavaScript: 1.0 is 1 and -0.0, which JSON.stringify cannot
    // say either, is 0.
    static Value simplest_number(double number) {
        const bool whole = number == std::trunc(number) && std::abs(number) <= static_cast<double>(kMaxSafeInteger);
        return whole ? Value(static_cast<std::int64_t>(number)) : Value(number);
    }

    static Value whole_number(std::int64_t number) {
        return is_canonical(number) ? Value(number) : big_number(static_cast<double>(number), std::to_string(number));
    }

    // Past 2^53 an integer that JavaScript writes back as it stands, 123456789012345680 say, becomes the double it is
    // to JavaScript, so that a body the writer wrote can be written again. The others stay what they are: the writer
    // refuses them rather than change them.
    static Value big_number(double rounded, std::string digits) {
        return format_number(rounded) == digits ? Value(rounded) : Value(BigInteger{std::move(digits)});
    }

    [[nodiscard]] Before before() const {
        if (open_.empty()) {
            return root_ ? Before::kEverything : Before::kNothing;
        }
        if (pending_key_) {
            return Before::kKey;
        }
        if (const Array* elements = open_.back().container.array()) {
            return elements->empty() ? Before::kArrayOpened : Before::kElement;
        }
        return open_.back().container.object()->empty() ? Before::kObjectOpened : Before::kMember;
    }

    bool add(Value value, std::size_t offset) {
        value.offset = static_cast<std::uint32_t>(offset);
        attach(std::move(value), std::exchange(pending_key_, std::nullopt));
        return true;
    }

    void attach(Value value, std::optional<Key> key) {
        if (key) {
            value.key_offset = static_cast<std::uint32_t>(key->offset);
            open_.back().container.object()->emplace_back(std::move(key->name), std::move(value));
        } else if (!open_.empty()) {
            open_.back().container.array()->push_back(std::move(value));
        } else {
            root_ = std::move(value);
        }
    }

    bool open(Value container) {
        const std::size_t offset = scanner_.take_token();
        if (open_.size() == kMaxNesting) {
            diagnosis_ = {offset, "nested deeper than " + std::to_string(kMaxNesting) + " levels"};
            return false;
        }
        container.offset = static_cast<std::uint32_t>(offset);
        open_.push_back({std::move(container), std::exchange(pending_key_, std::nullopt)});
        return true;
    }

    bool close() {
        scanner_.take_token();
        Open closed = std::move(open_.back());
        open_.pop_back();
        attach(std::move(closed.container), std::move(closed.key));
        return true;
    }

    Scanner scanner_;
    Comments comments_;
    std::vector<Open> open_;
    std::optional<Key> pending_key_;
    std::optional<Value> root_;
    std::optional<Diagnosis> diagnosis_;
};

// What makes a text no JSON before it is read as such. The library would take a NUL for the end of the text and
// step over a byte order mark.
std::optional<Diagnosis> diagnose_bytes(std::string_view text) {
    if (text.size() > std::numeric_limits<std::uint32_t>::max()) {
        return Diagnosis{0, "longer than 4 GiB"};
    }
    if (text.substr(0, 3) == "\xEF\xBB\xBF") {
        return Diagnosis{0, "the text begins with a byte order mark; save it without one"};
    }
    if (const std::size_t nul = text.find('\0'); nul != std::string_view::npos) {
        return Diagnosis{nul, "a NUL byte is not JSON"};
    }
    if (base::is_utf8(text)) {
        return std::nullopt;
    }
    std::size_t at = 0;
    while (const std::size_t length = base::utf8_length(text.substr(at))) {
        at += length;
    }
    return Diagnosis{at, "the byte 0x" + base::to_hex(text.substr(at, 1)) + " is not UTF-8"};
}

}  // namespace

base::Result<Value> parse(std::string_view text, std::string_view name, Comments comments) {
    const auto fail = [&](const Diagnosis& diagnosis) {
        return base::Error{"bad_json", diagnosis.message, place_of(name, text, diagnosis.offset)};
    };
    if (const auto bytes = diagnose_bytes(text)) {
        return fail(*bytes);
    }
    Builder builder(text, comments);
    Library::sax_parse(text.begin(), text.end(), &builder, Library::input_format_t::json, /*strict=*/true,
                       comments == Comments::kAllowed);
    if (const auto& diagnosis = builder.diagnosis()) {
        return fail(*diagnosis);
    }
    return builder.take_root();
}

}  // namespace smartcar_sim::document
