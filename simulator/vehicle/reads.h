// What the read endpoints of v2.0 are made of, private to vehicle/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "vehicle/api_v2.h"

namespace smartcar_sim::vehicle {

[[nodiscard]] Answer not_capable();  // COMPATIBILITY:VEHICLE_NOT_CAPABLE
[[nodiscard]] Answer refused(std::string_view type, std::string_view code);

// The value of a signal in its unit, or null when the vehicle does not report it.
[[nodiscard]] document::Value value_or_null(const State& state, std::string_view code);
// The same, shown by one of units.h.
template <class Show>
[[nodiscard]] document::Value shown_or_null(const State& state, std::string_view code, UnitSystem units, Show show) {
    const auto steps = state.steps(code);
    return steps ? show(*steps, units) : document::Value(nullptr);
}
[[nodiscard]] document::Value fraction_or_null(const State& state, std::string_view code);

// Nothing for what the vehicle does not report.
[[nodiscard]] std::optional<base::Instant> recorded_at(const State& state, std::string_view code);

// The array at a member of a structured signal's body; empty when there is none.
[[nodiscard]] const document::Array& list_of(const State& state, std::string_view code, std::string_view member);
// The member, or null.
[[nodiscard]] document::Value member_or_null(const document::Value& object, std::string_view name);

// A time with milliseconds, as the Java SDK wants every time; what is no time is passed on.
[[nodiscard]] document::Value instant_or_same(const document::Value& text);

// Records of a time the query asks for: start_date and end_date, or startDate and endDate, as YYYY-MM-DD, both days
// included; the Node SDK says "undefined" for nothing. Nothing asked is the last year. VALIDATION when it is no date,
// with the name it was asked by.
struct Period {
    base::Instant from;
    base::Instant until;  // not included
    [[nodiscard]] bool holds(const document::Value& time) const;
};
[[nodiscard]] std::variant<Period, contract::ApiError> period_of(const Question& question);

}  // namespace smartcar_sim::vehicle
