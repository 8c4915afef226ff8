#include "routes/v3_schedules.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <optional>
#include <utility>

#include "base/text.h"
#include "routes/v3_answer.h"
#include "vehicle/state.h"

namespace smartcar_sim::routes {
namespace {

using contract::V3Error;
using document::Array;
using document::Object;
using document::Value;

constexpr std::string_view kTimers = "charge-chargetimers";
constexpr std::array<const char*, 7> kDays{"MONDAY", "TUESDAY",  "WEDNESDAY", "THURSDAY",
                                           "FRIDAY", "SATURDAY", "SUNDAY"};
constexpr std::size_t kWorkdays = 5;

// "08:00" as "08:00:00", or nothing.
std::optional<std::string> clock_time(const Value& value) {
    const std::string* const text = value.string();
    if (text == nullptr || text->size() != 5 || (*text)[2] != ':') return std::nullopt;
    const auto digit = [&](std::size_t at) { return (*text)[at] >= '0' && (*text)[at] <= '9'; };
    if (!digit(0) || !digit(1) || !digit(3) || !digit(4)) return std::nullopt;
    return text->substr(0, 2) < "24" && text->substr(3) < "60" ? std::optional(*text + ":00") : std::nullopt;
}

bool is_degrees(const Value* value, double most) {
    return value != nullptr && value->is_number() && std::abs(value->number()) <= most;
}

std::optional<V3Error> objection_to_place(const Value& location) {
    constexpr double kMostLatitude = 90;
    constexpr double kMostLongitude = 180;
    if (!is_degrees(location.find("latitude"), kMostLatitude)) {
        return malformed("location.latitude must be a number from -90 to 90");
    }
    if (!is_degrees(location.find("longitude"), kMostLongitude)) {
        return malformed("location.longitude must be a number from -180 to 180");
    }
    return std::nullopt;
}

Array first_days(std::size_t count) {
    Array days;
    for (std::size_t day = 0; day < count; ++day) days.emplace_back(kDays.at(day));
    return days;
}

bool are_days(const Value& days) {
    return days.array() != nullptr && !days.array()->empty() &&
           std::ranges::all_of(*days.array(), [](const Value& day) {
               return std::ranges::any_of(kDays, [&](const char* name) { return day == Value(name); });
           });
}

// On which days, or nothing when the request names none that are.
std::optional<Value> days_of(const Value& attributes, std::string_view type) {
    if (type == "workweek") return first_days(kWorkdays);
    const Value* const asked = type == "weekly" ? attributes.find("days") : nullptr;
    if (asked == nullptr) return first_days(kDays.size());
    return are_days(*asked) ? std::optional(*asked) : std::nullopt;
}

// An entry of charge-chargetimers.
Value timer_at(const Object& place, Object schedule, std::string_view type, const std::string& schedule_id) {
    Object condition{{"name", nullptr}, {"address", nullptr}};
    condition.insert(condition.end(), place.begin(), place.end());
    return Object{
        {"type", "LOCATION"},         {"condition", std::move(condition)}, {"schedules", Array{std::move(schedule)}},
        {"departureTimers", Array{}}, {"isOEMOptimizationEnabled", false}, {"scheduleType", std::string(type)},
        {"scheduleId", schedule_id}};
}

const Array& timers_of(const vehicle::Vehicle& vehicle) {
    static const Array kNone;
    const Value* const body = vehicle.state.structure(kTimers);
    const Value* const values = body == nullptr ? nullptr : body->find("values");
    return values == nullptr || values->array() == nullptr ? kNone : *values->array();
}

bool is_of(const Value& timer, std::string_view schedule_id) {
    const Value* const id = timer.find("scheduleId");
    return id != nullptr && id->string() != nullptr && *id->string() == schedule_id;
}

}  // namespace

std::variant<Schedule, V3Error> schedule_of(const Value& attributes, std::string_view type,
                                            const std::string& schedule_id) {
    for (const std::string_view name : {"location", "startTime", "stopTime"}) {
        if (attributes.find(name) == nullptr) return missing(name);
    }
    const Value& location = *attributes.find("location");
    if (auto error = objection_to_place(location)) return *std::move(error);
    const auto start = clock_time(*attributes.find("startTime"));
    if (!start) return malformed("startTime must be a time of day, HH:MM");
    const auto stop = clock_time(*attributes.find("stopTime"));
    if (!stop) return malformed("stopTime must be a time of day, HH:MM");
    const auto days = days_of(attributes, type);
    if (!days) return malformed("days must be names of days in capitals");
    const Object place{{"latitude", *location.find("latitude")}, {"longitude", *location.find("longitude")}};
    Object parameters{
        {"location", place}, {"startTime", *attributes.find("startTime")}, {"stopTime", *attributes.find("stopTime")}};
    if (type == "weekly" && attributes.find("days") != nullptr) parameters.emplace_back("days", *days);
    return Schedule{
        .timer = timer_at(place, Object{{"start", *start}, {"end", *stop}, {"days", *days}}, type, schedule_id),
        .parameters = std::move(parameters)};
}

Value timers_with(const vehicle::Vehicle& vehicle, Value timer) {
    Array timers = timers_of(vehicle);
    timers.push_back(std::move(timer));
    return Object{{"values", std::move(timers)}};
}

Value timers_without(const vehicle::Vehicle& vehicle, std::string_view schedule_id) {
    Array timers = timers_of(vehicle);
    std::erase_if(timers, [&](const Value& timer) { return is_of(timer, schedule_id); });
    return Object{{"values", std::move(timers)}};
}

bool has_schedule(const vehicle::Vehicle& vehicle, std::string_view schedule_id) {
    return std::ranges::any_of(timers_of(vehicle), [&](const Value& timer) { return is_of(timer, schedule_id); });
}

}  // namespace smartcar_sim::routes
