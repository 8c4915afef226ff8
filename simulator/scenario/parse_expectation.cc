#include <algorithm>
#include <charconv>
#include <utility>

#include "document/pointer.h"
#include "scenario/match.h"
#include "scenario/parse_step.h"
#include "scenario/read.h"

namespace smartcar_sim::scenario {

namespace {

using document::Value;

// 404, "4xx".
std::optional<StatusRange> status_range(const Value& value) {
    if (value.integer() != nullptr) {
        const int status = static_cast<int>(*value.integer());
        return StatusRange{status, status};
    }
    constexpr int kClass = 100;
    if (value.string() == nullptr || value.string()->size() != 3) return std::nullopt;
    const int first = (value.string()->front() - '0') * kClass;
    return StatusRange{first, first + kClass - 1};
}

std::vector<StatusRange> status_ranges(const Value& value) {
    std::vector<StatusRange> ranges;
    const auto add = [&](const Value& one) {
        if (const auto range = status_range(one)) ranges.push_back(*range);
    };
    if (value.array() == nullptr) {
        add(value);
    } else {
        std::ranges::for_each(*value.array(), add);
    }
    return ranges;
}

PerVersion<std::vector<std::string>> read_events(const Value& value) {
    if (value.object() == nullptr) return {texts_of(value), texts_of(value)};
    PerVersion<std::vector<std::string>> events;
    if (const Value* old = value.find("2.0")) events.v2_0 = texts_of(*old);
    if (const Value* current = value.find("4.0")) events.v4_0 = texts_of(*current);
    return events;
}

}  // namespace

PerVersion<std::string> read_event(const Value& value) {
    if (value.string() != nullptr) return {*value.string(), *value.string()};
    return {text_at(value, "2.0"), text_at(value, "4.0")};
}

Matcher read_matcher(const Value& value) {
    if (value.object() != nullptr && value.object()->size() == 1) {
        if (const auto pattern = text_at(value, "matches")) {
            return {.kind = Matcher::Kind::kMatches, .equals = {}, .pattern = *pattern};
        }
        if (const Value* equals = value.find("equals")) {
            return {.kind = Matcher::Kind::kEquals, .equals = *equals, .pattern = {}};
        }
    }
    return {.kind = Matcher::Kind::kEquals, .equals = value, .pattern = {}};
}

Expectation read_expectation(const Value& value, const FileNames& names, document::Problems& problems) {
    Expectation expect;
    if (const Value* status = value.find("status")) expect.status = status_ranges(*status);
    const auto rejected = flag_at(value, "rejected");
    expect.rejected = rejected.value_or(false);
    if (rejected == false && expect.status.empty()) expect.status = {StatusRange{}};  // what is not rejected is 2xx
    expect.within = duration_at(value, "within");
    expect.attempts = integer_at(value, "attempts");
    if (const auto outcome = text_at(value, "outcome")) {
        expect.outcome = *outcome == "dropped" ? delivery::Outcome::kDropped : delivery::Outcome::kDelivered;
    }
    if (const Value* events = value.find("events")) expect.events = read_events(*events);
    expect.verified = flag_at(value, "verified");
    const Value* const headers = value.find("headers");
    if (headers != nullptr && headers->object() != nullptr) {
        for (const auto& [name, wanted] : *headers->object()) expect.headers.emplace_back(name, read_matcher(wanted));
        names.check(*headers);
    }
    const Value* const body = value.find("body");
    if (body == nullptr || body->object() == nullptr) return expect;
    names.check(*body);
    for (const auto& [pointer, wanted] : *body->object()) {
        const auto valid = document::find(Value(), pointer);
        if (!valid) problems.add(valid.error(), wanted.key_offset);
        // A typing error rather than the object that the words say.
        const Value* const pattern = wanted.find("matches");
        if (pattern != nullptr && pattern->string() == nullptr && wanted.object()->size() == 1) {
            problems.add("bad_kind",
                         R"("matches" is a regular expression, not )" + std::string(pattern->kind()) +
                             R"(; for an object with that member say {"equals": …})",
                         pattern->offset);
        }
        Matcher matcher = read_matcher(wanted);
        if (matcher.kind == Matcher::Kind::kMatches && !is_regular_expression(matcher.pattern)) {
            problems.add("bad_value", no_regular_expression(matcher.pattern), wanted.offset);
        }
        expect.body.emplace_back(pointer, std::move(matcher));
    }
    return expect;
}

}  // namespace smartcar_sim::scenario
