#include "vehicle/commands_v2.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "base/text.h"
#include "document/writer.h"
#include "vehicle/charging.h"
#include "vehicle/measure.h"
#include "vehicle/reads.h"

namespace smartcar_sim::vehicle {
namespace {

using contract::ApiError;
using document::Array;
using document::Object;
using document::Value;
using Read = std::variant<Command, ApiError>;

ApiError invalid(std::string member, const std::string& complaint) {
    const std::string message = '"' + member + "\" " + complaint;
    return {.type = "VALIDATION", .details = {{.field = {std::move(member)}, .message = message}}};
}

// The text of "action", when it is one of them; else nothing.
std::optional<std::size_t> choice(const Value& body, std::string_view member,
                                  std::span<const std::string_view> choices) {
    const Value* const given = body.find(member);
    if (given == nullptr || given->string() == nullptr) return std::nullopt;
    const auto found = std::ranges::find(choices, *given->string());
    if (found == choices.end()) return std::nullopt;
    return static_cast<std::size_t>(found - choices.begin());
}

ApiError bad_choice(std::string member, std::span<const std::string_view> choices) {
    return invalid(std::move(member), "must be one of " + base::joined(choices, ", "));
}

// A JSON number, or a text that is one: the Node SDK sends {"limit":"0.7"} (clients.md item 15).
std::optional<double> number_in(const Value& body, std::string_view member) {
    const Value* const given = body.find(member);
    if (given == nullptr) return std::nullopt;
    if (given->is_number()) return given->number();
    if (given->string() == nullptr) return std::nullopt;
    return base::parse_number<double>(*given->string());
}

// --- every make -----------------------------------------------------------------------------------------

Read read_security(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr std::array<std::string_view, 2> kActions{"LOCK", "UNLOCK"};
    const auto action = choice(body, "action", kActions);
    if (!action) return bad_choice("action", kActions);
    return Command{.kind = *action == 0 ? CommandKind::kLock : CommandKind::kUnlock};
}

Read read_charge(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr std::array<std::string_view, 2> kActions{"START", "STOP"};
    const auto action = choice(body, "action", kActions);
    if (!action) return bad_choice("action", kActions);
    return Command{.kind = *action == 0 ? CommandKind::kStartCharge : CommandKind::kStopCharge};
}

// In basis points.
std::variant<std::int64_t, ApiError> limit_in(const Value& body, std::string_view member) {
    constexpr double kLeast = 0.5;
    const auto limit = number_in(body, member);
    if (limit && *limit >= kLeast && *limit <= 1) return std::llround(*limit * static_cast<double>(kWhole));
    return invalid(std::string(member), "must be a number from 0.5 to 1");
}

Read read_limit(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    auto limit = limit_in(body, "limit");
    if (auto* const error = std::get_if<ApiError>(&limit)) return std::move(*error);
    return Command{.kind = CommandKind::kSetChargeLimit, .amount = std::get<std::int64_t>(limit)};
}

Read read_destination(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr double kMostLatitude = 90;
    constexpr double kMostLongitude = 180;
    const auto latitude = number_in(body, "latitude");
    const auto longitude = number_in(body, "longitude");
    if (!latitude || !(std::abs(*latitude) <= kMostLatitude)) {
        return invalid("latitude", "must be a number from -90 to 90");
    }
    if (!longitude || !(std::abs(*longitude) <= kMostLongitude)) {
        return invalid("longitude", "must be a number from -180 to 180");
    }
    const auto steps = [](double degrees) { return std::llround(degrees * static_cast<double>(kCoordinate.per_unit)); };
    return Command{.kind = CommandKind::kSendDestination,
                   .destination = {.latitude = steps(*latitude), .longitude = steps(*longitude)}};
}

Value sent(const Value& /*body*/, const Vehicle& /*after*/) {
    return Object{{"message", "Successfully sent request to vehicle"}, {"status", "success"}};
}

// --- Tesla ----------------------------------------------------------------------------------------------

Read read_port_door(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr std::array<std::string_view, 2> kActions{"OPEN", "CLOSE"};
    const auto action = choice(body, "action", kActions);
    if (!action) return bad_choice("action", kActions);
    return Command{.kind = *action == 0 ? CommandKind::kOpenChargePort : CommandKind::kCloseChargePort};
}

Read read_amperage(const Value& body, const Vehicle& vehicle, UnitSystem /*units*/) {
    const Measure& measure = measure_of("ampere");
    const auto amperes = number_in(body, "amperage");
    const auto steps = amperes ? steps_of(*amperes, measure) : std::nullopt;
    const std::int64_t most = vehicle.state.steps("charge-amperagemax").value_or(80 * measure.per_unit);
    if (!steps || *steps < 0 || *steps > most) {
        return invalid("amperage",
                       "must be a number from 0 to " + std::to_string(most / measure.per_unit) + ", in amperes");
    }
    return Command{.kind = CommandKind::kSetAmperage, .amount = *steps};
}

Value amperage_sent(const Value& body, const Vehicle& /*after*/) {
    const Value number = member_or_null(body, "amperage");
    const std::string shown = number.is_number() ? document::format_number(number.number()) : *number.string();
    return Object{{"message", "Successfully sent the following amperage: " + shown}, {"status", "success"}};
}

Read read_cabin(const Value& body, const Vehicle& /*vehicle*/, UnitSystem units) {
    constexpr std::array<std::string_view, 3> kActions{"START", "STOP", "SET"};
    constexpr std::size_t kStop = 1;
    constexpr std::size_t kSet = 2;
    const auto action = choice(body, "action", kActions);
    if (!action) return bad_choice("action", kActions);
    Command command{.kind = CommandKind::kClimate};
    if (*action != kSet) command.changes.push_back(change_to("hvac-iscabinhvacactive", *action != kStop));
    const auto degrees = number_in(body, "temperature");
    const auto wanted = degrees ? parse_temperature(*degrees, units) : std::nullopt;
    const bool given = !member_or_null(body, "temperature").is_null();
    if (!wanted && (given || *action == kSet)) return invalid("temperature", "must be a number");
    if (wanted) command.changes.push_back(change_to("hvac-cabintargettemperature", *wanted));
    return command;
}

constexpr std::array<std::string_view, 2> kStartOrStop{"START", "STOP"};

Read start_or_stop(const Value& body, std::span<const std::string_view> codes) {
    const auto action = choice(body, "action", kStartOrStop);
    if (!action) return bad_choice("action", kStartOrStop);
    Command command{.kind = CommandKind::kClimate};
    command.changes.reserve(codes.size());
    for (const std::string_view code : codes) command.changes.push_back(change_to(code, *action == 0));
    return command;
}

Read read_defroster(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr std::array<std::string_view, 2> kCodes{"hvac-isfrontdefrosteractive", "hvac-isreardefrosteractive"};
    return start_or_stop(body, kCodes);
}

Read read_steering_wheel(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr std::array<std::string_view, 1> kCodes{"hvac-issteeringheateractive"};
    return start_or_stop(body, kCodes);
}

Value action_as_status(const Value& body, const Vehicle& /*after*/) {
    return Object{{"status", member_or_null(body, "action")}};
}

Read read_pin(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr std::size_t kLength = 4;
    const Value* const pin = body.find("pin");
    const bool four_digits = pin != nullptr && pin->string() != nullptr && pin->string()->size() == kLength &&
                             pin->string()->find_first_not_of("0123456789") == std::string::npos;
    if (!four_digits) return invalid("pin", "must be a string of four digits");
    return Command{.kind = CommandKind::kPin};
}

Read read_no_pin(const Value& /*body*/, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    return Command{.kind = CommandKind::kPin};
}

Read read_lid(const Value& body, const Vehicle& vehicle, std::string_view code) {
    constexpr std::array<std::string_view, 2> kActions{"OPEN", "CLOSE"};
    const auto action = choice(body, "action", kActions);
    if (!action) return bad_choice("action", kActions);
    Command command{.kind = CommandKind::kTrunk};
    const Value* const before = vehicle.state.structure(code);
    if (before == nullptr) return command;
    Value after = *before;
    if (Value* const is_open = after.find("isOpen")) *is_open = *action == 0;
    command.changes.push_back({.signal = contract::find_signal(code),
                               .datum = {.structure = std::make_shared<const Value>(std::move(after))}});
    return command;
}

Read read_frunk(const Value& body, const Vehicle& vehicle, UnitSystem /*units*/) {
    return read_lid(body, vehicle, "closure-fronttrunk");
}

Read read_trunk(const Value& body, const Vehicle& vehicle, UnitSystem /*units*/) {
    return read_lid(body, vehicle, "closure-reartrunk");
}

// --- schedules --------------------------------------------------------------------------------------------

// "23:30".
bool is_clock_time(const Value& value) {
    const std::string* const text = value.string();
    if (text == nullptr || text->size() != 5 || (*text)[2] != ':') return false;
    const auto is_digit = [&](std::size_t at) { return (*text)[at] >= '0' && (*text)[at] <= '9'; };
    const auto number = [&](std::size_t at) { return ((*text)[at] - '0') * 10 + ((*text)[at + 1] - '0'); };
    return is_digit(0) && is_digit(1) && is_digit(3) && is_digit(4) && number(0) < 24 && number(3) < 60;
}

Value with_seconds(const Value& time) { return *time.string() + ":00"; }

Command timers_command(Value timers) {
    Command command{.kind = CommandKind::kSetChargeSchedule};
    Value body = Object{{"values", std::move(timers)}};
    command.changes.push_back({.signal = contract::find_signal("charge-chargetimers"),
                               .datum = {.structure = std::make_shared<const Value>(std::move(body))}});
    return command;
}

Value timer_of(Array schedules, Array departures, Value condition) {
    const bool everywhere = condition.is_null();
    return Object{{"type", everywhere ? "GLOBAL" : "LOCATION"},
                  {"condition", std::move(condition)},
                  {"schedules", std::move(schedules)},
                  {"departureTimers", std::move(departures)},
                  {"isOEMOptimizationEnabled", false}};
}

const std::array<const char*, 7> kDays{"MONDAY", "TUESDAY", "WEDNESDAY", "THURSDAY", "FRIDAY", "SATURDAY", "SUNDAY"};
constexpr std::size_t kWorkdays = 5;

Array days(std::size_t from, std::size_t until) {
    Array list;
    for (std::size_t day = from; day < until; ++day) list.emplace_back(kDays.at(day));
    return list;
}

// The other of the two times stays as it was.
Array kept(const Vehicle& vehicle, std::string_view list) {
    const Array& timers = list_of(vehicle.state, "charge-chargetimers", "values");
    const Value* const entries = timers.empty() ? nullptr : timers.front().find(list);
    return entries == nullptr || entries->array() == nullptr ? Array{} : *entries->array();
}

Read read_tesla_schedule(const Value& body, const Vehicle& vehicle, UnitSystem /*units*/) {
    constexpr std::array<std::string_view, 2> kTypes{"START_TIME", "DEPARTURE_TIME"};
    const auto type = choice(body, "type", kTypes);
    if (!type) return bad_choice("type", kTypes);
    const Value* enable = body.find("enable");
    if (enable == nullptr) enable = body.find("enabled");  // the documentation has both
    if (enable == nullptr || enable->boolean() == nullptr) return invalid("enable", "must be true or false");
    const Value time = member_or_null(body, "time");
    if (*enable->boolean() && !is_clock_time(time)) return invalid("time", "must be a time of day, HH:MM");
    const bool start = *type == 0;
    Array entries;
    if (*enable->boolean() && start) {
        entries.emplace_back(Object{{"start", with_seconds(time)}, {"end", nullptr}, {"days", days(0, kDays.size())}});
    } else if (*enable->boolean()) {
        entries.emplace_back(Object{{"days", days(0, kDays.size())}, {"time", with_seconds(time)}});
    }
    Array others = kept(vehicle, start ? "departureTimers" : "schedules");
    return timers_command(Array{start ? timer_of(std::move(entries), std::move(others), nullptr)
                                      : timer_of(std::move(others), std::move(entries), nullptr)});
}

// What the schedule is now; a vehicle that keeps it to itself has been told, and that is all.
Value tesla_schedule_now(const Value& body, const Vehicle& after) {
    Answer schedule = find_endpoint("/tesla/charge/schedule")->read(after, {});
    auto* const view = std::get_if<View>(&schedule);
    return view == nullptr ? sent(body, after) : std::move(view->body);
}

// {"start":"23:30","end":"02:00"} with seconds, or nothing.
std::optional<Object> window(const Value& given) {
    const Value start = member_or_null(given, "start");
    const Value end = member_or_null(given, "end");
    if (!is_clock_time(start) || !is_clock_time(end)) return std::nullopt;
    return Object{{"start", with_seconds(start)}, {"end", with_seconds(end)}};
}

bool are_days(const Value& given) {
    return given.array() != nullptr && !given.array()->empty() &&
           std::ranges::all_of(*given.array(), [](const Value& day) {
               return std::ranges::any_of(kDays, [&](const char* name) { return day == Value(name); });
           });
}

Read read_nissan_schedule(const Value& body, const Vehicle& /*vehicle*/, UnitSystem /*units*/) {
    constexpr std::size_t kMost = 3;
    const Value* const given = body.find("chargeSchedules");
    if (given == nullptr || given->array() == nullptr || given->array()->size() > kMost) {
        return invalid("chargeSchedules", "must be an array of at most three schedules");
    }
    Array schedules;
    for (const Value& each : *given->array()) {
        auto times = window(each);
        const Value chosen = member_or_null(each, "days");
        if (!times || !are_days(chosen)) {
            return invalid("chargeSchedules", R"(needs "start" and "end" as HH:MM and "days" as names in capitals)");
        }
        times->emplace_back("days", chosen);
        schedules.emplace_back(*std::move(times));
    }
    return timers_command(Array{timer_of(std::move(schedules), {}, nullptr)});
}

std::optional<ApiError> add_windows(Array& schedules, const Value& windows, std::string_view name, const Array& on) {
    const Value* const given = windows.find(name);
    if (given == nullptr) return std::nullopt;
    const auto wrong = [&] { return invalid(std::string(name), R"(must be an array of {"start","end"} as HH:MM)"); };
    if (given->array() == nullptr) return wrong();
    for (const Value& each : *given->array()) {
        auto times = window(each);
        if (!times) return wrong();
        times->emplace_back("days", on);
        schedules.emplace_back(*std::move(times));
    }
    return std::nullopt;
}

// Of the charging place nearest to the query's coordinates; there is one.
Read read_ford_schedule(const Value& body, const Vehicle& vehicle, UnitSystem /*units*/) {
    const Value place = member_or_null(body, "chargingLocation");
    const Value windows = member_or_null(place, "chargingWindows");
    if (windows.object() == nullptr) {
        return invalid("chargingLocation", R"(needs "chargingWindows": {"weekday":[…],"weekend":[…]})");
    }
    Array schedules;
    if (auto error = add_windows(schedules, windows, "weekday", days(0, kWorkdays))) return *std::move(error);
    if (auto error = add_windows(schedules, windows, "weekend", days(kWorkdays, kDays.size()))) {
        return *std::move(error);
    }
    const Array& timers = list_of(vehicle.state, "charge-chargetimers", "values");
    Command command = timers_command(Array{timer_of(
        std::move(schedules), {}, timers.empty() ? Value(nullptr) : member_or_null(timers.front(), "condition"))});
    if (place.find("chargeLimit") == nullptr) return command;
    auto limit = limit_in(place, "chargeLimit");
    if (auto* const error = std::get_if<ApiError>(&limit)) return std::move(*error);
    command.changes.push_back(charge_limit_change(vehicle.state, std::get<std::int64_t>(limit)));
    return command;
}

constexpr std::array kOrders{
    Orders{"POST", "/security", "", "control_security", read_security, sent},
    Orders{"POST", "/charge", "", "control_charge", read_charge, sent},
    Orders{"POST", "/charge/limit", "", "control_charge", read_limit, sent},
    Orders{"POST", "/navigation/destination", "", "control_navigation", read_destination, sent},
    Orders{"POST", "/tesla/charge/ammeter", "TESLA", "control_charge", read_amperage, amperage_sent},
    Orders{"POST", "/tesla/charge/charge_port_door", "TESLA", "control_charge", read_port_door, sent},
    Orders{"POST", "/tesla/charge/schedule", "TESLA", "control_charge", read_tesla_schedule, tesla_schedule_now},
    Orders{"POST", "/tesla/climate/cabin", "TESLA", "control_climate", read_cabin, sent},
    Orders{"POST", "/tesla/climate/defroster", "TESLA", "control_climate", read_defroster, action_as_status},
    Orders{"POST", "/tesla/climate/steering_wheel", "TESLA", "control_climate", read_steering_wheel, sent},
    Orders{"POST", "/tesla/pin", "TESLA", "control_pin", read_pin, sent},
    Orders{"DELETE", "/tesla/pin", "TESLA", "control_pin", read_no_pin, sent},
    Orders{"POST", "/tesla/security/frunk", "TESLA", "control_trunk", read_frunk, sent},
    Orders{"POST", "/tesla/security/trunk", "TESLA", "control_trunk", read_trunk, sent},
    Orders{"PUT", "/nissan/charge/schedule", "NISSAN", "control_charge", read_nissan_schedule, sent},
    Orders{"PUT", "/ford/charge/schedule_by_location", "FORD", "control_charge", read_ford_schedule, sent},
    Orders{"PUT", "/lincoln/charge/schedule_by_location", "LINCOLN", "control_charge", read_ford_schedule, sent},
};

}  // namespace

std::span<const Orders> orders() { return kOrders; }

}  // namespace smartcar_sim::vehicle
