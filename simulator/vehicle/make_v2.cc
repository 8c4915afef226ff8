// The read endpoints of single makes (contract/api.md section 4.25).
#include <algorithm>
#include <array>
#include <utility>

#include "vehicle/api_v2.h"
#include "vehicle/charging.h"
#include "vehicle/measure.h"
#include "vehicle/reads.h"

namespace smartcar_sim::vehicle {
namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::string_view kCharging = "charge-ischarging";
constexpr std::string_view kCable = "charge-ischargingcableconnected";
constexpr std::string_view kLimits = "charge-chargelimits";
constexpr std::string_view kPower = "charge-wattage";
constexpr std::string_view kTimers = "charge-chargetimers";
constexpr std::string_view kRecords = "charge-chargerecords";

// --- charging -----------------------------------------------------------------------------------------

// Watts as the kilowatts of this endpoint.
Value kilowatts(const State& state) {
    constexpr std::int64_t kThousand = 1000;
    const auto watts = state.steps(kPower);
    return watts ? decimal(*watts, kThousand) : Value(nullptr);
}

Value completion_time(const State& state, base::Instant now) {
    const auto minutes = state.steps("charge-timetocomplete");
    if (!state.flag(kCharging).value_or(false) || !minutes) return nullptr;
    return base::format_instant(now + std::chrono::minutes(*minutes));
}

Answer tesla_charge(const Vehicle& vehicle, const Question& question) {
    const State& state = vehicle.state;
    if (!state.has(kCable)) return not_capable();
    constexpr std::int64_t kLeastLimit = 5'000;
    constexpr std::int64_t kUsualLimit = 8'000;
    const auto value = [&](std::string_view code) { return value_or_null(state, code); };
    const Value range_added = nullptr;  // no signal says it
    return View{.body = Object{{"amperage", value("charge-amperage")},
                               {"completionTime", completion_time(state, question.now)},
                               {"wattage", kilowatts(state)},
                               {"voltage", value("charge-voltage")},
                               {"isPluggedIn", value(kCable)},
                               {"state", std::string(charging_status(state))},
                               {"socLimit", fraction_or_null(state, kLimits)},
                               {"amperageMaxVehicle", value("charge-amperagemax")},
                               {"socLimitMax", fraction(kWhole)},
                               {"socLimitMin", fraction(kLeastLimit)},
                               {"socLimitDefault", fraction(kUsualLimit)},
                               {"amperageRequested", value("charge-amperagerequested")},
                               {"energyAdded", value("charge-energyadded")},
                               {"rangeAddedRated", range_added},
                               {"rangeAddedIdeal", range_added},
                               {"chargeRate", shown_or_null(state, "charge-chargerate", question.units, speed)},
                               {"connector", value("charge-chargingconnectortype")},
                               {"fastChargerPresent", value("charge-isfastchargerpresent")},
                               {"fastChargerType", value("charge-fastchargertype")},
                               {"fastChargerBrand", nullptr},
                               {"amperageMaxCharger", nullptr},
                               {"chargePortColor", value("charge-chargeportstatuscolor")},
                               {"chargePortOpen", value("charge-ischargingportflapopen")},
                               {"chargePortLatch", value("charge-ischargingcablelatched")},
                               {"chargerPhases", value("charge-chargerphases")}},
                .recorded_at = recorded_at(state, kCable),
                .has_units = true};
}

Answer audi_charge(const Vehicle& vehicle, const Question& question) {
    const State& state = vehicle.state;
    if (!state.has(kCable)) return not_capable();
    return View{.body = Object{{"chargingStatus", std::string(charging_status(state))},
                               {"isPluggedIn", value_or_null(state, kCable)},
                               {"chargeRate", shown_or_null(state, "charge-chargerate", question.units, speed)},
                               {"chargeType", value_or_null(state, "charge-chargingconnectortype")},
                               {"chargePortColor", value_or_null(state, "charge-chargeportstatuscolor")},
                               {"chargePortLatch", value_or_null(state, "charge-ischargingcablelatched")},
                               {"completionTime", completion_time(state, question.now)},
                               {"chargeMode", nullptr},
                               {"socLimit", fraction_or_null(state, kLimits)},
                               {"externalPowerStatus", nullptr},
                               {"wattage", kilowatts(state)}},
                .recorded_at = recorded_at(state, kCable),
                .has_units = true};
}

Answer charge_completion(const Vehicle& vehicle, const Question& question) {
    if (!vehicle.state.has(kCharging)) return not_capable();
    Value time = completion_time(vehicle.state, question.now);
    if (!vehicle.state.flag(kCharging).value_or(false)) return refused("VEHICLE_STATE", "NOT_CHARGING");
    if (time.is_null()) return not_capable();
    return View{.body = Object{{"time", std::move(time)}}, .recorded_at = recorded_at(vehicle.state, kCharging)};
}

Answer voltmeter(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kVoltage = "charge-voltage";
    if (!vehicle.state.has(kVoltage)) return not_capable();
    if (!vehicle.state.flag(kCable).value_or(false)) return refused("VEHICLE_STATE", "CHARGING_PLUG_NOT_CONNECTED");
    return View{.body = Object{{"voltage", value_or_null(vehicle.state, kVoltage)}},
                .recorded_at = recorded_at(vehicle.state, kVoltage)};
}

Answer wattmeter(const Vehicle& vehicle, const Question& /*question*/) {
    if (!vehicle.state.has(kPower)) return not_capable();
    return View{.body = Object{{"wattage", kilowatts(vehicle.state)}},
                .recorded_at = recorded_at(vehicle.state, kPower)};
}

Answer ammeter(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kAmperage = "charge-amperage";
    if (!vehicle.state.has(kAmperage)) return not_capable();
    return View{.body = Object{{"amperage", value_or_null(vehicle.state, kAmperage)}},
                .recorded_at = recorded_at(vehicle.state, kAmperage)};
}

// Shared by the two kinds of record: those of the period, made by `show`.
template <class Show>
Answer charge_records(const Vehicle& vehicle, const Question& question, Show show, Object rest) {
    if (!vehicle.state.has(kRecords)) return not_capable();
    const auto period = period_of(question);
    if (const auto* const error = std::get_if<contract::ApiError>(&period)) return *error;
    Array records;
    for (const Value& record : list_of(vehicle.state, kRecords, "values")) {
        if (std::get<Period>(period).holds(member_or_null(record, "startTime"))) records.push_back(show(record));
    }
    Object body{{"records", std::move(records)}};
    body.insert(body.end(), rest.begin(), rest.end());
    return View{.body = std::move(body), .recorded_at = recorded_at(vehicle.state, kRecords)};
}

Value billing_record(const Value& record) {
    const Value cost = member_or_null(record, "cost");
    return Object{{"chargeStart", instant_or_same(member_or_null(record, "startTime"))},
                  {"chargeEnd", instant_or_same(member_or_null(record, "endTime"))},
                  {"energyConsumed", member_or_null(record, "energyAdded")},
                  {"cost", Object{{"currency", member_or_null(cost, "currency")},
                                  {"energy", member_or_null(cost, "energyAmount")},
                                  {"other", member_or_null(cost, "otherAmount")}}},
                  {"location", member_or_null(record, "location")},
                  {"recordId", member_or_null(record, "id")}};
}

Value fraction_of(const Value& percent) {
    const auto steps = percent.is_number() ? steps_of(percent.number(), measure_of("percent")) : std::nullopt;
    return steps ? fraction(*steps) : Value(nullptr);
}

Value charge_record(const Value& record) {
    return Object{{"chargeStart", instant_or_same(member_or_null(record, "startTime"))},
                  {"chargeEnd", instant_or_same(member_or_null(record, "endTime"))},
                  {"location", member_or_null(record, "location")},
                  {"energy", member_or_null(record, "energyAdded")},
                  {"isPublic", member_or_null(record, "isPublicCharger")},
                  {"startPercentRemaining", fraction_of(member_or_null(record, "startStateOfCharge"))},
                  {"endPercentRemaining", fraction_of(member_or_null(record, "endStateOfCharge"))},
                  {"chargingType", member_or_null(record, "connectorType")}};
}

Answer billing(const Vehicle& vehicle, const Question& question) {
    return charge_records(vehicle, question, billing_record, {{"hasMoreData", false}});
}

Answer bmw_records(const Vehicle& vehicle, const Question& question) {
    return charge_records(vehicle, question, charge_record, {});
}

// --- schedules: charge-chargetimers in three shapes -------------------------------------------------------

// "22:00" of "22:00:00".
Value hours_and_minutes(const Value& time) {
    constexpr std::size_t kLength = 5;
    return time.string() == nullptr ? Value(nullptr) : Value(time.string()->substr(0, kLength));
}

const Value* first_of(const Value& timer, std::string_view list) {
    const Value* const given = timer.find(list);
    if (given == nullptr || given->array() == nullptr || given->array()->empty()) return nullptr;
    return &given->array()->front();
}

Value clock_time(const Value* entry, std::string_view member) {
    return Object{{"enabled", entry != nullptr},
                  {"time", entry == nullptr ? Value(nullptr) : hours_and_minutes(member_or_null(*entry, member))}};
}

Answer tesla_schedule(const Vehicle& vehicle, const Question& /*question*/) {
    if (!vehicle.state.has(kTimers)) return not_capable();
    const Array& timers = list_of(vehicle.state, kTimers, "values");
    const Value none = Object{};
    const Value& timer = timers.empty() ? none : timers.front();
    return View{.body = Object{{"departureTime", clock_time(first_of(timer, "departureTimers"), "time")},
                               {"startTime", clock_time(first_of(timer, "schedules"), "start")}},
                .recorded_at = recorded_at(vehicle.state, kTimers)};
}

Value window_of(const Value& schedule) {
    return Object{{"start", hours_and_minutes(member_or_null(schedule, "start"))},
                  {"end", hours_and_minutes(member_or_null(schedule, "end"))}};
}

const Array& schedules_of(const Value& timer) {
    static const Array kNone;
    const Value* const list = timer.find("schedules");
    return list == nullptr || list->array() == nullptr ? kNone : *list->array();
}

Answer nissan_schedule(const Vehicle& vehicle, const Question& /*question*/) {
    if (!vehicle.state.has(kTimers)) return not_capable();
    Array schedules;
    for (const Value& timer : list_of(vehicle.state, kTimers, "values")) {
        for (const Value& schedule : schedules_of(timer)) {
            Value window = window_of(schedule);
            window.object()->emplace_back("days", member_or_null(schedule, "days"));
            schedules.push_back(std::move(window));
        }
    }
    return View{.body = Object{{"chargeSchedules", std::move(schedules)}},
                .recorded_at = recorded_at(vehicle.state, kTimers)};
}

bool is_weekend(const Value& schedule) {
    const Value days = member_or_null(schedule, "days");
    return days.array() != nullptr && std::ranges::any_of(*days.array(), [](const Value& day) {
               return day == Value("SATURDAY") || day == Value("SUNDAY");
           });
}

Value ford_location(const State& state, const Value& timer) {
    Array weekday;
    Array weekend;
    for (const Value& schedule : schedules_of(timer)) {
        (is_weekend(schedule) ? weekend : weekday).push_back(window_of(schedule));
    }
    return Object{{"chargeLimit", fraction_or_null(state, kLimits)},
                  {"chargingSchedules", Object{{"weekday", std::move(weekday)}, {"weekend", std::move(weekend)}}},
                  {"location", member_or_null(timer, "condition")}};
}

Answer ford_schedule(const Vehicle& vehicle, const Question& /*question*/) {
    if (!vehicle.state.has(kTimers)) return not_capable();
    Array locations;
    for (const Value& timer : list_of(vehicle.state, kTimers, "values")) {
        locations.push_back(ford_location(vehicle.state, timer));
    }
    return View{.body = Object{{"chargingLocations", std::move(locations)}},
                .recorded_at = recorded_at(vehicle.state, kTimers)};
}

// --- battery, climate, motion ---------------------------------------------------------------------------

Value other_range(const State& state, std::string_view type, UnitSystem units) {
    for (const Value& other : list_of(state, "tractionbattery-range", "additionalValues")) {
        const Value number = member_or_null(other, "value");
        if (member_or_null(other, "type") != Value(std::string(type)) || !number.is_number()) continue;
        return distance(steps_of(number.number(), measure_of("km")).value_or(0), units);
    }
    return nullptr;
}

Answer tesla_battery(const Vehicle& vehicle, const Question& question) {
    constexpr std::string_view kCharge = "tractionbattery-stateofcharge";
    const State& state = vehicle.state;
    if (!state.has(kCharge)) return not_capable();
    const UnitSystem units = question.units;
    return View{.body = Object{{"heaterOn", value_or_null(state, "tractionbattery-isheateractive")},
                               {"maxRangeChargeCounter", value_or_null(state, "tractionbattery-maxrangechargecounter")},
                               {"notEnoughPowerToHeat", nullptr},
                               {"percentRemaining", fraction_or_null(state, kCharge)},
                               {"percentRemainingUsable", fraction_or_null(state, kCharge)},
                               {"range", shown_or_null(state, "tractionbattery-range", units, distance)},
                               {"rangeEstimated", other_range(state, "ESTIMATED", units)},
                               {"rangeIdeal", other_range(state, "IDEAL_CONDITIONS", units)}},
                .recorded_at = recorded_at(state, kCharge),
                .has_units = true};
}

std::string on_or_off(std::optional<bool> active) {
    if (!active) return "UNAVAILABLE";
    return *active ? "ON" : "OFF";
}

Answer cabin(const Vehicle& vehicle, const Question& question) {
    constexpr std::string_view kActive = "hvac-iscabinhvacactive";
    const State& state = vehicle.state;
    if (!state.has(kActive)) return not_capable();
    return View{.body = Object{{"status", on_or_off(state.flag(kActive))},
                               {"temperature",
                                shown_or_null(state, "hvac-cabintargettemperature", question.units, temperature)}},
                .recorded_at = recorded_at(state, kActive),
                .has_units = true};
}

Answer defroster(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kFront = "hvac-isfrontdefrosteractive";
    const State& state = vehicle.state;
    if (!state.has(kFront)) return not_capable();
    return View{.body = Object{{"frontStatus", on_or_off(state.flag(kFront))},
                               {"rearStatus", on_or_off(state.flag("hvac-isreardefrosteractive"))}},
                .recorded_at = recorded_at(state, kFront)};
}

Answer steering_wheel(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kHeater = "hvac-issteeringheateractive";
    if (!vehicle.can("read_climate")) return not_capable();
    return View{.body = Object{{"status", on_or_off(vehicle.state.flag(kHeater))}},
                .recorded_at = recorded_at(vehicle.state, kHeater)};
}

// "SW" of 202.5 to 247.5 degrees and so on: eight sectors of 45 degrees, north the first.
std::string direction_of(std::int64_t hundredths) {
    constexpr std::array<std::string_view, 8> kDirections{"N", "NE", "E", "SE", "S", "SW", "W", "NW"};
    constexpr std::int64_t kSector = 4'500;
    constexpr std::int64_t kCircle = 36'000;
    const std::int64_t turned = ((hundredths % kCircle) + kCircle + kSector / 2) % kCircle;
    return std::string(kDirections.at(static_cast<std::size_t>(turned / kSector)));
}

Answer compass(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kLocation = "location-preciselocation";
    const Value* const body = vehicle.state.structure(kLocation);
    if (body == nullptr) return not_capable();
    const Value heading = member_or_null(*body, "heading");
    if (!heading.is_number()) return not_capable();
    // The signal has a direction of its own where the vehicle says one, and may draw its lines elsewhere.
    Value direction = member_or_null(*body, "direction");
    if (direction.is_null()) direction = direction_of(steps_of(heading.number(), kDegrees).value_or(0));
    return View{.body = Object{{"direction", std::move(direction)}, {"heading", heading}},
                .recorded_at = recorded_at(vehicle.state, kLocation)};
}

Answer speedometer(const Vehicle& vehicle, const Question& question) {
    constexpr std::string_view kSpeed = "motion-currentspeed";
    if (!vehicle.state.has(kSpeed)) return not_capable();
    return View{.body = Object{{"speed", shown_or_null(vehicle.state, kSpeed, question.units, speed)}},
                .recorded_at = recorded_at(vehicle.state, kSpeed),
                .has_units = true};
}

Answer thermometer(const Vehicle& vehicle, const Question& question, std::string_view code) {
    if (!vehicle.state.has(code)) return not_capable();
    return View{.body = Object{{"temperature", shown_or_null(vehicle.state, code, question.units, temperature)}},
                .recorded_at = recorded_at(vehicle.state, code),
                .has_units = true};
}

Answer exterior(const Vehicle& vehicle, const Question& question) {
    return thermometer(vehicle, question, "climate-externaltemperature");
}

Answer interior(const Vehicle& vehicle, const Question& question) {
    return thermometer(vehicle, question, "climate-internaltemperature");
}

// --- the car and its account ------------------------------------------------------------------------------

Answer alerts(const Vehicle& /*vehicle*/, const Question& /*question*/) {
    return View{.body = Object{{"alerts", Array{}}}};
}

Answer tesla_attributes(const Vehicle& vehicle, const Question& /*question*/) {
    const State& state = vehicle.state;
    return View{.body = Object{{"trim", value_or_null(state, "vehicleidentification-trim")},
                               {"color", value_or_null(state, "vehicleidentification-exteriorcolor")},
                               {"name", value_or_null(state, "vehicleidentification-nickname")},
                               {"wheels", value_or_null(state, "wheel-style")},
                               {"firmware", value_or_null(state, "connectivitysoftware-currentfirmwareversion")}}};
}

Answer status(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kAsleep = "connectivitystatus-isasleep";
    const State& state = vehicle.state;
    if (!state.has(kAsleep)) return not_capable();
    std::string text = state.flag("connectivitystatus-isonline").value_or(true) ? "ONLINE" : "OFFLINE";
    if (state.flag(kAsleep).value_or(false)) text = "ASLEEP";
    return View{.body = Object{{"status", std::move(text)},
                               {"inService", state.flag("service-isinservice").value_or(false)},
                               {"gear", value_or_null(state, "transmission-gearstate")}},
                .recorded_at = recorded_at(state, kAsleep)};
}

Answer migration(const Vehicle& /*vehicle*/, const Question& /*question*/) {
    return View{.body = Object{{"requiresMigration", false}}};
}

Answer virtual_key(const Vehicle& vehicle, const Question& /*question*/) {
    return View{.body =
                    Object{{"isPaired", vehicle.state.flag("connectivitystatus-isdigitalkeypaired").value_or(true)}}};
}

Answer user_access(const Vehicle& vehicle, const Question& /*question*/) {
    constexpr std::string_view kRole = "vehicleuseraccount-role";
    const Value* const permissions = vehicle.state.structure("vehicleuseraccount-permissions");
    if (!vehicle.state.has(kRole) && permissions == nullptr) return not_capable();
    return View{.body = Object{
                    {"accessType", value_or_null(vehicle.state, kRole)},
                    {"permissions", permissions == nullptr ? Value(Array{}) : member_or_null(*permissions, "values")}}};
}

Answer user_info(const Vehicle& /*vehicle*/, const Question& /*question*/) {
    return View{.body = Object{{"email", "owner@example.com"}}};
}

constexpr std::array kEndpoints{
    Endpoint{"/tesla/alerts", "TESLA", "read_alerts", alerts},
    Endpoint{"/tesla/attributes", "TESLA", "read_extended_vehicle_info", tesla_attributes},
    Endpoint{"/tesla/battery", "TESLA", "read_battery", tesla_battery},
    Endpoint{"/tesla/charge", "TESLA", "read_charge", tesla_charge},
    Endpoint{"/tesla/charge/ammeter", "TESLA", "read_charge", ammeter},
    Endpoint{"/tesla/charge/completion", "TESLA", "read_charge", charge_completion},
    Endpoint{"/tesla/charge/records/billing", "TESLA", "read_charge_records", billing},
    Endpoint{"/tesla/charge/schedule", "TESLA", "read_charge", tesla_schedule},
    Endpoint{"/tesla/charge/voltmeter", "TESLA", "read_charge", voltmeter},
    Endpoint{"/tesla/charge/wattmeter", "TESLA", "read_charge", wattmeter},
    Endpoint{"/tesla/climate/cabin", "TESLA", "read_climate", cabin},
    Endpoint{"/tesla/climate/defroster", "TESLA", "read_climate", defroster},
    Endpoint{"/tesla/climate/steering_wheel", "TESLA", "read_climate", steering_wheel},
    Endpoint{"/tesla/compass", "TESLA", "read_compass", compass},
    Endpoint{"/tesla/migration", "TESLA", "", migration},
    Endpoint{"/tesla/speedometer", "TESLA", "read_speedometer", speedometer},
    Endpoint{"/tesla/status", "TESLA", "read_extended_vehicle_info", status},
    Endpoint{"/tesla/thermometer/exterior", "TESLA", "read_thermometer", exterior},
    Endpoint{"/tesla/thermometer/interior", "TESLA", "read_thermometer", interior},
    Endpoint{"/tesla/user/access", "TESLA", "read_user_profile", user_access},
    Endpoint{"/tesla/user/info", "TESLA", "read_user_profile", user_info},
    Endpoint{"/tesla/virtual_key", "TESLA", "", virtual_key},
    Endpoint{"/cadillac/charge/completion", "CADILLAC", "read_charge", charge_completion},
    Endpoint{"/cadillac/charge/voltmeter", "CADILLAC", "read_charge", voltmeter},
    Endpoint{"/chevrolet/charge/completion", "CHEVROLET", "read_charge", charge_completion},
    Endpoint{"/chevrolet/charge/voltmeter", "CHEVROLET", "read_charge", voltmeter},
    Endpoint{"/nissan/charge/schedule", "NISSAN", "read_charge", nissan_schedule},
    Endpoint{"/ford/charge/schedule_by_location", "FORD", "read_charge", ford_schedule},
    Endpoint{"/lincoln/charge/schedule_by_location", "LINCOLN", "read_charge", ford_schedule},
    Endpoint{"/bmw/charge/records", "BMW", "read_charge_records", bmw_records},
    Endpoint{"/mini/charge/records", "MINI", "read_charge_records", bmw_records},
    Endpoint{"/audi/charge", "AUDI", "read_charge", audi_charge},
};

}  // namespace

std::span<const Endpoint> make_endpoints() { return kEndpoints; }

}  // namespace smartcar_sim::vehicle
