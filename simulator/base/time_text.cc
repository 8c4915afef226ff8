#include <algorithm>
#include <array>

#include "base/text.h"

namespace smartcar_sim::base {

namespace {

struct Unit {
    std::string_view name;
    std::int64_t milliseconds;
};

// Longest first: the order in which parts of a duration are written.
constexpr std::array<Unit, 4> kUnits = {{{"h", 3'600'000}, {"m", 60'000}, {"s", 1'000}, {"ms", 1}}};

constexpr std::int64_t kLongestDuration = 366LL * 24 * 3'600'000;

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

Error bad_duration(std::string_view text, std::string_view why) {
    return {"bad_duration", "\"" + std::string(text) + "\" is not a duration: " + std::string(why)};
}

std::string_view take_while(std::string_view& text, bool (*accepts)(char)) {
    std::size_t length = 0;
    while (length < text.size() && accepts(text[length])) {
        ++length;
    }
    const std::string_view taken = text.substr(0, length);
    text.remove_prefix(length);
    return taken;
}

std::size_t unit_index(std::string_view name) {
    std::size_t index = 0;
    while (index < kUnits.size() && kUnits.at(index).name != name) {
        ++index;
    }
    return index;
}

// The decimal digits at the front of `text`, exactly `count` of them; they are taken off.
std::optional<int> take_number(std::string_view& text, std::size_t count) {
    int number = 0;
    for (std::size_t at = 0; at < count; ++at) {
        if (at >= text.size() || !is_digit(text[at])) {
            return std::nullopt;
        }
        number = number * 10 + (text[at] - '0');
    }
    text.remove_prefix(count);
    return number;
}

bool take_character(std::string_view& text, char character) {
    if (text.empty() || text.front() != character) {
        return false;
    }
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || !take_character(text, '-')) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take_character(text, '-')) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year(*year), std::chrono::month(static_cast<unsigned>(*month)),
                                           std::chrono::day(static_cast<unsigned>(*day))};
    return date.ok() ? std::optional(std::chrono::sys_days(date)) : std::nullopt;
}

std::optional<Milliseconds> take_time_of_day(std::string_view& text) {
    const auto hours = take_number(text, 2);
    if (!hours || *hours > 23 || !take_character(text, ':')) return std::nullopt;
    const auto minutes = take_number(text, 2);
    if (!minutes || *minutes > 59 || !take_character(text, ':')) return std::nullopt;
    const auto seconds = take_number(text, 2);
    if (!seconds || *seconds > 59) return std::nullopt;
    return std::chrono::hours(*hours) + std::chrono::minutes(*minutes) + std::chrono::seconds(*seconds);
}

// ".5", ".123456": milliseconds, truncated; nothing there is no milliseconds.
std::optional<Milliseconds> take_fraction(std::string_view& text) {
    if (!take_character(text, '.')) {
        return Milliseconds(0);
    }
    const std::string_view digits = take_while(text, is_digit);
    if (digits.empty() || digits.size() > 9) {
        return std::nullopt;
    }
    std::int64_t milliseconds = 0;
    for (std::size_t at = 0; at < 3; ++at) {
        milliseconds = milliseconds * 10 + (at < digits.size() ? digits[at] - '0' : 0);
    }
    return Milliseconds(milliseconds);
}

}  // namespace

Result<Milliseconds> parse_duration(std::string_view text) {
    constexpr std::string_view kExpected = "write it like 250ms, 15s, 38m, 2h or 1h30m";
    std::string_view rest = text;
    std::size_t next_unit = 0;
    std::int64_t total = 0;
    if (rest.empty()) {
        return bad_duration(text, kExpected);
    }
    while (!rest.empty()) {
        const std::string_view digits = take_while(rest, is_digit);
        const std::string_view name = take_while(rest, [](char byte) { return !is_digit(byte); });
        if (!digits.empty() && name.empty()) {
            return bad_duration(text, "it has no unit; " + std::string(kExpected));
        }
        const std::size_t unit = unit_index(name);
        if (digits.empty() || unit == kUnits.size()) {
            return bad_duration(text, kExpected);
        }
        if (unit < next_unit) {
            return bad_duration(text, "each unit goes once, the longest first, as in 1h30m15s250ms");
        }
        const auto count = parse_number<std::int64_t>(digits);
        if (!count || *count > (kLongestDuration - total) / kUnits.at(unit).milliseconds) {
            return bad_duration(text, "it is longer than a year");
        }
        total += *count * kUnits.at(unit).milliseconds;
        next_unit = unit + 1;
    }
    return Milliseconds(total);
}

std::string format_duration(Milliseconds duration) {
    std::int64_t rest = duration.count();
    if (rest == 0) {
        return "0s";
    }
    std::string text = rest < 0 ? "-" : "";
    for (const Unit& unit : kUnits) {
        const std::int64_t count = rest / unit.milliseconds;
        if (count != 0) {
            text += std::to_string(count < 0 ? -count : count) + std::string(unit.name);
        }
        rest %= unit.milliseconds;
    }
    return text;
}

std::string format_instant(Instant instant) {
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date(day);
    const std::chrono::hh_mm_ss<Milliseconds> time(instant - day);
    std::string text;
    text.reserve(std::string_view("2026-01-01T00:00:00.000Z").size());
    const auto add = [&text](auto value, std::size_t width, char end) {
        const std::string digits = std::to_string(value);
        text.append(width - std::min(width, digits.size()), '0').append(digits).push_back(end);
    };
    add(static_cast<int>(date.year()), 4, '-');
    add(static_cast<unsigned>(date.month()), 2, '-');
    add(static_cast<unsigned>(date.day()), 2, 'T');
    add(time.hours().count(), 2, ':');
    add(time.minutes().count(), 2, ':');
    add(time.seconds().count(), 2, '.');
    add(time.subseconds().count(), 3, 'Z');
    return text;
}

std::optional<Instant> parse_instant(std::string_view text) {
    const auto date = take_date(text);
    if (!date || !take_character(text, 'T')) return std::nullopt;
    const auto time = take_time_of_day(text);
    if (!time) return std::nullopt;
    const auto fraction = take_fraction(text);
    if (!fraction || text != "Z") return std::nullopt;
    return *date + *time + *fraction;
}

}  // namespace smartcar_sim::base
