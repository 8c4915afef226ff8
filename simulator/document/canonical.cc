#include "document/canonical.h"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "document/number.h"
#include "document/pointer.h"
#include "document/writer.h"

namespace smartcar_sim::document {

namespace {

// The greatest array index, 2^32 - 2 (ECMA-262 section 6.1.7).
constexpr std::uint64_t kMaxArrayIndex = 0xFFFFFFFE;
constexpr std::size_t kMaxArrayIndexDigits = 10;

std::optional<std::uint64_t> array_index(std::string_view key) {
    const bool leading_zero = key.size() > 1 && key[0] == '0';
    if (key.empty() || key.size() > kMaxArrayIndexDigits || leading_zero) {
        return std::nullopt;
    }
    std::uint64_t index = 0;
    for (const char digit : key) {
        if (digit < '0' || digit > '9') {
            return std::nullopt;
        }
        index = index * 10 + static_cast<std::uint64_t>(digit - '0');
    }
    return index <= kMaxArrayIndex ? std::optional(index) : std::nullopt;
}

const std::string* index_out_of_place(const Object& members) {
    bool named_key_seen = false;
    std::optional<std::uint64_t> last;
    for (const Member& member : members) {
        const auto index = array_index(member.first);
        if (!index) {
            named_key_seen = true;
        } else if (named_key_seen || (last && *index < *last)) {
            return &member.first;
        } else {
            last = index;
        }
    }
    return nullptr;
}

// Why the writer cannot say `value` itself, its elements and members aside.
std::optional<std::string> obstacle(const Value& value) {
    if (const std::int64_t* number = value.integer(); number != nullptr && !is_canonical(*number)) {
        return std::to_string(*number) + " is past 2^53 - 1, where JavaScript rounds";
    }
    if (const auto* number = std::get_if<double>(&value.content()); number != nullptr && !is_canonical(*number)) {
        return std::isfinite(*number) ? "-0 is written 0 by JavaScript" : "JSON has no NaN and no infinity";
    }
    if (const std::string* text = value.string(); text != nullptr && !base::is_utf8(*text)) {
        return "the string is not UTF-8";
    }
    if (const Object* members = value.object()) {
        for (const Member& member : *members) {
            if (!base::is_utf8(member.first)) {
                return "a key is not UTF-8";
            }
        }
        if (const std::string* key = misplaced_key(*members)) {
            const bool is_index = array_index(*key).has_value();
            return "the key \"" + *key + "\" " + (is_index ? "would be moved by JavaScript" : "is there twice");
        }
    }
    return std::nullopt;
}

// The first obstacle in `value`, depth first, with its pointer in front.
std::optional<std::string> first_obstacle(const Value& value, const std::string& pointer) {
    if (const auto here = obstacle(value)) {
        return "\"" + pointer + "\" cannot be sent unchanged: " + *here;
    }
    if (const Array* elements = value.array()) {
        for (std::size_t index = 0; index < elements->size(); ++index) {
            if (auto below = first_obstacle((*elements)[index], pointer + "/" + std::to_string(index))) {
                return below;
            }
        }
    }
    if (const Object* members = value.object()) {
        for (const auto& [name, content] : *members) {
            if (auto below = first_obstacle(content, pointer + "/" + escape_segment(name))) {
                return below;
            }
        }
    }
    return std::nullopt;
}

}  // namespace

bool is_canonical(std::int64_t number) { return number >= -kMaxSafeInteger && number <= kMaxSafeInteger; }

bool is_canonical(double number) { return std::isfinite(number) && !(number == 0 && std::signbit(number)); }

const std::string* repeated_key(const Object& members) {
    // Objects are short; only a long one is worth sorting.
    constexpr std::size_t kShort = 16;
    if (members.size() <= kShort) {
        for (std::size_t later = 1; later < members.size(); ++later) {
            for (std::size_t earlier = 0; earlier < later; ++earlier) {
                if (members[earlier].first == members[later].first) {
                    return &members[later].first;
                }
            }
        }
        return nullptr;
    }
    std::vector<const std::string*> keys;
    keys.reserve(members.size());
    for (const Member& member : members) {
        keys.push_back(&member.first);
    }
    // Stable, so that of two equal keys the second is the later member.
    std::stable_sort(keys.begin(), keys.end(), [](const auto* left, const auto* right) { return *left < *right; });
    const auto twin = std::adjacent_find(keys.begin(), keys.end(),
                                         [](const auto* left, const auto* right) { return *left == *right; });
    return twin == keys.end() ? nullptr : *(twin + 1);
}

const std::string* misplaced_key(const Object& members) {
    const std::string* repeated = repeated_key(members);
    return repeated != nullptr ? repeated : index_out_of_place(members);
}

base::Result<std::string> write(const Value& value) {
    std::string text;
    Writer writer(text);
    writer.value(value);
    if (writer.failed()) {
        return base::Error{"not_canonical", first_obstacle(value, "").value_or("the value cannot be sent unchanged")};
    }
    return text;
}

}  // namespace smartcar_sim::document
