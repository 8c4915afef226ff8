#include "scenario/match.h"

#include <algorithm>
#include <regex>

#include "document/writer.h"

namespace smartcar_sim::scenario {

namespace {

std::string as_json(const document::Value& value) {
    std::string text;
    document::Writer(text).value(value);
    return text;
}

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

}  // namespace

bool is_regular_expression(const std::string& pattern) {
    try {
        static_cast<void>(std::regex(pattern));
        return true;
    } catch (const std::regex_error&) {
        return false;
    }
}

std::string no_regular_expression(const std::string& pattern) {
    return "\"" + pattern + "\" is no regular expression that ECMAScript would take";
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
