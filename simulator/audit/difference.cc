#include "audit/difference.h"

#include <algorithm>
#include <charconv>
#include <cstddef>
#include <cstdint>
#include <system_error>

#include "delivery/excerpt.h"

namespace smartcar_sim::audit {
namespace {

constexpr std::string_view kDigits = "0123456789";
constexpr std::string_view kBreaks = ",{}[]\r\n";  // between members of JSON, and between lines

// Takes the digits at the front.
std::string_view take_digits(std::string_view& text) {
    const std::string_view digits = text.substr(0, text.find_first_not_of(kDigits));
    text.remove_prefix(digits.size());
    return digits;
}

bool is_one_more(std::string_view before, std::string_view after) {
    std::uint64_t old_number = 0;
    std::uint64_t new_number = 0;
    const bool fits = std::from_chars(before.data(), before.data() + before.size(), old_number).ec == std::errc{} &&
                      std::from_chars(after.data(), after.data() + after.size(), new_number).ec == std::errc{};
    return fits && new_number == old_number + 1;
}

// From the break before `begin` to the break at or after `end`.
std::string_view around(std::string_view text, std::size_t begin, std::size_t end) {
    const std::size_t before = begin == 0 ? std::string_view::npos : text.find_last_of(kBreaks, begin - 1);
    const std::size_t from = before == std::string_view::npos ? 0 : before + 1;
    return text.substr(from, text.find_first_of(kBreaks, end) - from);
}

}  // namespace

bool counts_one_more(std::string_view before, std::string_view after) {
    bool one_more = false;
    while (!before.empty() && !after.empty()) {
        const std::string_view old_digits = take_digits(before);
        const std::string_view new_digits = take_digits(after);
        if (old_digits != new_digits) {
            if (!is_one_more(old_digits, new_digits)) return false;
            one_more = true;
        } else if (old_digits.empty()) {
            if (before.front() != after.front()) return false;
            before.remove_prefix(1);
            after.remove_prefix(1);
        }
    }
    return one_more && before.empty() && after.empty();
}

std::string difference(std::string_view before, std::string_view after) {
    const std::size_t shorter = std::min(before.size(), after.size());
    const auto first = std::ranges::mismatch(before, after);
    const auto same_begin = static_cast<std::size_t>(first.in1 - before.begin());
    std::size_t same_end = 0;
    while (same_end < shorter - same_begin &&
           before[before.size() - 1 - same_end] == after[after.size() - 1 - same_end])
        ++same_end;
    return delivery::excerpt(around(before, same_begin, before.size() - same_end)) + " became " +
           delivery::excerpt(around(after, same_begin, after.size() - same_end));
}

}  // namespace smartcar_sim::audit
