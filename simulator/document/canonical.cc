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

const Member* index_out_of_place(const Object& members) {
    bool named_key_seen = false;
    std::optional<std::uint64_t> last;
    for (const Member& member : members) {
        const auto index = array_index(member.first);
        if (!index) {
            named_key_seen = true;
        } else if (named_key_seen || (last && *index < *last)) {
            return &member;
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
    if (const auto* big = std::get_if<BigInteger>(&value.content())) {
        return big->digits + " is past 2^53 - 1, where JavaScript rounds";
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
        if (const Member* repeated = repeated_member(*members)) {
            return "the key \"" + repeated->first + "\" is there twice";
        }
        if (const Member* moved = index_out_of_place(*members)) {
            return "the key \"" + moved->first + "\" would be moved by JavaScript";
        }
    }
    return std::nullopt;
}

// The first obstacle in `value`, depth first, with its pointer in front.
std::optional<std::string> first_obstacle(const Value& value, const std::string& pointer) {
    if (const auto here = obstacle(value)) {
        return (pointer.empty() ? "the value" : '"' + pointer + '"') + " cannot be sent unchanged: " + *here;
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

bool is_canonical(double number) { return std::isfinite(number) && (number != 0 || !std::signbit(number)); }

const Member* repeated_member(const Object& members) {
    // Objects are short; only a long one is worth sorting.
    constexpr std::size_t kShort = 16;
    if (members.size() <= kShort) {
        for (auto later = members.begin(); later != members.end(); ++later) {
            const auto is_same = [later](const Member& earlier) { return earlier.first == later->first; };
            if (std::any_of(members.begin(), later, is_same)) {
                return &*later;
            }
        }
        return nullptr;
    }
    std::vector<const Member*> by_key;
    by_key.reserve(members.size());
    for (const Member& member : members) {
        by_key.push_back(&member);
    }
    // Of two equal keys the second is the later member. (stable_sort would say so more shortly, but clang finds this
    // standard library's deprecated.)
    std::ranges::sort(by_key, [](const Member* left, const Member* right) {
        const auto order = left->first <=> right->first;
        return order != 0 ? order < 0 : left < right;
    });
    const auto twin =
        std::ranges::adjacent_find(by_key, {}, [](const Member* member) { return std::string_view(member->first); });
    return twin == by_key.end() ? nullptr : *(twin + 1);
}

const Member* misplaced_member(const Object& members) {
    const Member* repeated = repeated_member(members);
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
