#include "document/writer.h"

#include <array>
#include <variant>

#include "base/text.h"
#include "document/canonical.h"
#include "document/number.h"

namespace smartcar_sim::document {

namespace {

enum class Treatment : unsigned char { kAsIs, kEscape, kMultibyte };

constexpr std::array<Treatment, 256> make_treatments() {
    std::array<Treatment, 256> treatments{};
    for (std::size_t byte = 0; byte < treatments.size(); ++byte) {
        const bool escaped = byte < 0x20 || byte == '"' || byte == '\\';
        treatments.at(byte) = escaped ? Treatment::kEscape : byte < 0x80 ? Treatment::kAsIs : Treatment::kMultibyte;
    }
    return treatments;
}

constexpr std::array<Treatment, 256> kTreatments = make_treatments();

Treatment treatment_of(char byte) { return kTreatments[static_cast<unsigned char>(byte)]; }

// QuoteJSONString of ECMA-262 section 25.5.2.3.
void append_escaped(std::string& out, char byte) {
    constexpr std::string_view kHexDigits = "0123456789abcdef";
    switch (byte) {
        case '"':
            out += "\\\"";
            return;
        case '\\':
            out += "\\\\";
            return;
        case '\b':
            out += "\\b";
            return;
        case '\t':
            out += "\\t";
            return;
        case '\n':
            out += "\\n";
            return;
        case '\f':
            out += "\\f";
            return;
        case '\r':
            out += "\\r";
            return;
        default:
            out += "\\u00";
            out += kHexDigits[static_cast<unsigned char>(byte) >> 4U];
            out += kHexDigits[static_cast<unsigned char>(byte) & 0xFU];
    }
}

// False when `text` is not well-formed UTF-8. Runs that need nothing are appended whole.
bool append_quoted(std::string& out, std::string_view text) {
    out += '"';
    std::size_t run = 0;
    std::size_t at = 0;
    while (at < text.size()) {
        const Treatment treatment = treatment_of(text[at]);
        if (treatment == Treatment::kAsIs) {
            ++at;
        } else if (treatment == Treatment::kMultibyte) {
            const std::size_t length = base::utf8_length(text.substr(at));
            if (length == 0) {
                return false;
            }
            at += length;
        } else {
            out.append(text, run, at - run);
            append_escaped(out, text[at]);
            run = ++at;
        }
    }
    out.append(text, run);
    out += '"';
    return true;
}

}  // namespace

void Writer::separate() {
    if (comma_) {
        out_ += ',';
    }
    comma_ = true;
}

Writer& Writer::begin_object() {
    separate();
    out_ += '{';
    comma_ = false;
    return *this;
}

Writer& Writer::end_object() {
    out_ += '}';
    comma_ = true;
    return *this;
}

Writer& Writer::begin_array() {
    separate();
    out_ += '[';
    comma_ = false;
    return *this;
}

Writer& Writer::end_array() {
    out_ += ']';
    comma_ = true;
    return *this;
}

Writer& Writer::key(std::string_view name) {
    value(name);
    out_ += ':';
    comma_ = false;
    return *this;
}

Writer& Writer::value(std::string_view text) {
    separate();
    failed_ = !append_quoted(out_, text) || failed_;
    return *this;
}

Writer& Writer::value(bool flag) {
    separate();
    out_ += flag ? "true" : "false";
    return *this;
}

Writer& Writer::value(std::int64_t number) {
    separate();
    failed_ = !is_canonical(number) || failed_;
    append_integer(out_, number);
    return *this;
}

Writer& Writer::value(double number) {
    separate();
    if (is_canonical(number)) {
        append_number(out_, number);
    } else {
        failed_ = true;
    }
    return *this;
}

Writer& Writer::null() {
    separate();
    out_ += "null";
    return *this;
}

Writer& Writer::value(const Value& value) {
    struct Visitor {
        Writer& writer;
        void operator()(std::nullptr_t) const { writer.null(); }
        void operator()(const Array& elements) const {
            writer.begin_array();
            for (const Value& element : elements) {
                writer.value(element);
            }
            writer.end_array();
        }
        void operator()(const Object& members) const {
            writer.failed_ = misplaced_member(members) != nullptr || writer.failed_;
            writer.begin_object();
            for (const auto& [name, content] : members) {
                writer.member(name, content);
            }
            writer.end_object();
        }
        void operator()(bool flag) const { writer.value(flag); }
        void operator()(std::int64_t number) const { writer.value(number); }
        void operator()(double number) const { writer.value(number); }
        void operator()(const BigInteger& number) const {
            writer.raw(number.digits);
            writer.failed_ = true;
        }
        void operator()(const std::string& text) const { writer.value(text); }
    };
    std::visit(Visitor{*this}, value.content());
    return *this;
}

Writer& Writer::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

}  // namespace smartcar_sim::document
