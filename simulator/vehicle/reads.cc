#include "vehicle/reads.h"

#include <chrono>

#include "vehicle/measure.h"

namespace smartcar_sim::vehicle {
namespace {

using contract::ApiError;

// "2024-01-01"; a trailing "?" is the Ruby SDK's.
std::optional<base::Instant> parse_date(std::string_view text) {
    constexpr std::size_t kLength = 10;
    if (text.ends_with('?')) text.remove_suffix(1);
    if (text.size() != kLength) return std::nullopt;
    return base::parse_instant(std::string(text) + "T00:00:00.000Z");
}

// The first of the two spellings that says something.
std::optional<base::Fields::value_type> asked(const base::Fields& query, std::string_view snake,
                                              std::string_view camel) {
    for (const std::string_view name : {snake, camel}) {
        const auto value = base::field(query, name);
        const bool says_nothing = !value || value->empty() || *value == "undefined" || *value == "?";
        if (!says_nothing) return base::Fields::value_type{name, *value};
    }
    return std::nullopt;
}

ApiError not_a_date(std::string name) {
    const std::string message = '"' + name + R"(" must be a date, YYYY-MM-DD)";
    return {.type = "VALIDATION", .details = {{.field = {std::move(name)}, .message = message}}};
}

}  // namespace

Answer refused(std::string_view type, std::string_view code) {
    return ApiError{.type = std::string(type), .code = std::string(code)};
}

Answer not_capable() { return refused("COMPATIBILITY", "VEHICLE_NOT_CAPABLE"); }

document::Value value_or_null(const State& state, std::string_view code) {
    const Reading* const reading = state.find(code);
    if (reading == nullptr) return nullptr;
    const auto& value = reading->datum.value;
    if (const auto* const flag = std::get_if<bool>(&value)) return *flag;
    if (const auto* const text = std::get_if<std::string>(&value)) return *text;
    const auto* const steps = std::get_if<std::int64_t>(&value);
    return steps == nullptr ? document::Value(nullptr)
                            : decimal(*steps, measure_of(contract::find_signal(code)->unit).per_unit);
}

document::Value fraction_or_null(const State& state, std::string_view code) {
    const auto steps = state.steps(code);
    return steps ? fraction(*steps) : document::Value(nullptr);
}

std::optional<base::Instant> recorded_at(const State& state, std::string_view code) {
    const Reading* const reading = state.find(code);
    return reading == nullptr ? std::nullopt : std::optional(reading->oem_updated_at);
}

const document::Array& list_of(const State& state, std::string_view code, std::string_view member) {
    static const document::Array kNone;
    const document::Value* const body = state.structure(code);
    const document::Value* const list = body == nullptr ? nullptr : body->find(member);
    return list == nullptr || list->array() == nullptr ? kNone : *list->array();
}

document::Value member_or_null(const document::Value& object, std::string_view name) {
    const document::Value* const member = object.find(name);
    return member == nullptr ? document::Value(nullptr) : *member;
}

document::Value instant_or_same(const document::Value& text) {
    const auto instant = text.string() == nullptr ? std::nullopt : base::parse_instant(*text.string());
    return instant ? document::Value(base::format_instant(*instant)) : text;
}

bool Period::holds(const document::Value& time) const {
    if (time.string() == nullptr) return true;  // a record without a time is in every period
    const auto instant = base::parse_instant(*time.string());
    return instant && *instant >= from && *instant < until;
}

std::variant<Period, ApiError> period_of(const Question& question) {
    constexpr std::chrono::hours kDay{24};
    constexpr std::chrono::hours kYear{365 * 24};
    Period period{.from = question.now - kYear, .until = question.now + base::Milliseconds(1)};
    if (const auto start = asked(question.query, "start_date", "startDate")) {
        const auto date = parse_date(start->second);
        if (!date) return not_a_date(start->first);
        period.from = *date;
    }
    if (const auto end = asked(question.query, "end_date", "endDate")) {
        const auto date = parse_date(end->second);
        if (!date) return not_a_date(end->first);
        period.until = *date + kDay;
    }
    return period;
}

}  // namespace smartcar_sim::vehicle
