// Charge schedules of v3 as they come in a request, and as entries of charge-chargetimers (contract/api.md sections 6.2
// and 6.3).
#pragma once

#include <string>
#include <string_view>
#include <variant>

#include "contract/v3_error.h"
#include "document/value.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::routes {

// "daily", "weekly", "workweek".
struct ScheduleType {
    std::string_view name;
    bool (*is_offered)(std::string_view make);  // Tesla all three, Volvo the daily one
};

// The timer that the attributes of a request describe: {"location":{"latitude","longitude"},"startTime":"08:00",
// "stopTime":"10:00"}, and in a weekly one "days", all seven when it is left out (the bodies of weekly and workweek
// were never seen: this is our reading). VALIDATION:MISSING_PARAMETER or INVALID_INPUT_FORMAT.
struct Schedule {
    document::Value timer;
    document::Value parameters;  // what of the request was heeded
};
[[nodiscard]] std::variant<Schedule, contract::V3Error> schedule_of(const document::Value& attributes,
                                                                    std::string_view type,
                                                                    const std::string& schedule_id);

// The body of charge-chargetimers with one timer more, and without the one of that schedule.
[[nodiscard]] document::Value timers_with(const vehicle::Vehicle& vehicle, document::Value timer);
[[nodiscard]] document::Value timers_without(const vehicle::Vehicle& vehicle, std::string_view schedule_id);
[[nodiscard]] bool has_schedule(const vehicle::Vehicle& vehicle, std::string_view schedule_id);

}  // namespace smartcar_sim::routes
