#include "scenario/match.h"

#include <algorithm>
#include <regex>
#include <string_view>
#include <utility>

#include "document/writer.h"

namespace smartcar_sim::scenario {

namespace {

// Members in any order: what a program means by the same object.
bool equal(const document::Value& left, const document::Value& right) {
    if (left.is_number() && right.is_number()) return left.number() == right.number();
    if (left.array() != nullptr && right.array() != nullptr) {
        return std::ranges::equal(*left.array(), *right.array(), equal);
    }
    if (left.object() == nullptr || right.object() == nullptr) return left == right;
    return left.object()->size() == right.object()->size() &&
           std::ranges::all_of(*left.object(), [&](const document::Member& member) {
               const document::Value* const other = right.find(member.first);
               return other != nullptr && equal(member.second, *other);
           });
}

// What matches the text itself.
std::string literally(std::string_view text) {
    constexpr std::string_view kSpecial = R"(^$\.*+?()[]{}|)";
    std::string pattern;
    for (const char byte : text) {
        if (kSpecial.find(byte) != std::string_view::npos) pattern += '\\';
        pattern += byte;
    }
    return pattern;
}

}  // namespace

std::string as_json(const document::Value& value) {
    std::string text;
    document::Writer(text).value(value);
    return text;
}

bool is_regular_expression(const std::string& pattern) {
    const auto any = [](const Name&) { return base::Result<document::Value>(document::Value("x")); };
    if (pattern.size() > kLongestPattern) return false;
    try {
        static_cast<void>(std::regex(fill_in(std::string_view(pattern), any).value()));
        return true;
    } catch (const std::regex_error&) {
        return false;
    }
}

std::string no_regular_expression(const std::string& pattern) {
    if (pattern.size() > kLongestPattern) {
        return "a regular expression of " + std::to_string(pattern.size()) + " bytes; " +
               std::to_string(kLongestPattern) + " are the most it may have";
    }
    return "\"" + pattern + "\" is no regular expression that ECMAScript would take";
}

base::Result<Matcher> fill_in(const Matcher& matcher, const Lookup& lookup) {
    Matcher ready = matcher;
    if (matcher.kind == Matcher::Kind::kEquals) {
        auto value = fill_in(matcher.equals, lookup);
        if (!value) return value.error();
        ready.equals = std::move(value).value();
        return ready;
    }
    auto pattern = fill_in(std::string_view(matcher.pattern), [&](const Name& name) -> base::Result<document::Value> {
        auto found = lookup(name);
        if (!found) return found;
        const std::string* const text = found.value().string();
        return document::Value(literally(text != nullptr ? *text : as_json(found.value())));
    });
    if (!pattern) return pattern.error();
    if (pattern.value().size() > kLongestPattern) {
        return base::Error{"bad_pattern", "with its names filled in it is " + no_regular_expression(pattern.value())};
    }
    ready.pattern = std::move(pattern).value();
    return ready;
}

bool holds(const Matcher& matcher, const document::Value& value) {
    if (matcher.kind == Matcher::Kind::kEquals) return equal(matcher.equals, value);
    const std::string text = value.string() != nullptr ? *value.string() : as_json(value);
    if (text.size() > kLongestMatched) return false;
    try {
        return std::regex_search(text, std::regex(matcher.pattern));
    } catch (const std::regex_error&) {
        return false;  // too much to search: the library gives up
    }
}

std::string describe(const Matcher& matcher) {
    if (matcher.kind == Matcher::Kind::kEquals) return as_json(matcher.equals);
    return "matching " + as_json(document::Value(matcher.pattern));
}

}  // namespace smartcar_sim::scenario
