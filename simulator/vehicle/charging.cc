#include "vehicle/charging.h"

#include <algorithm>
#include <array>
#include <utility>

#include "vehicle/measure.h"

namespace smartcar_sim::vehicle {
namespace {

constexpr std::string_view kCharging = "charge-ischarging";
constexpr std::string_view kCable = "charge-ischargingcableconnected";
constexpr std::string_view kDetailedStatus = "charge-detailedchargingstatus";
constexpr std::string_view kCharge = "tractionbattery-stateofcharge";
constexpr std::string_view kCapacity = "tractionbattery-nominalcapacity";
constexpr std::string_view kRange = "tractionbattery-range";
constexpr std::string_view kLimits = "charge-chargelimits";
constexpr std::string_view kPower = "charge-wattage";
constexpr std::string_view kVoltage = "charge-voltage";
constexpr std::string_view kAmperage = "charge-amperage";
constexpr std::string_view kEnergyAdded = "charge-energyadded";
constexpr std::string_view kTimeToComplete = "charge-timetocomplete";
constexpr std::string_view kRate = "charge-chargerate";

constexpr std::array kMoving{kCharge, kRange, kEnergyAdded, kTimeToComplete};
constexpr std::array kBearing{kCharging, kCable, kCharge, kCapacity, kRange, kLimits, kPower, kEnergyAdded};

constexpr std::int64_t kPercent = 100;  // basis points
constexpr std::int64_t kMillisecondsPerHour = 3'600'000;
constexpr std::int64_t kMillisecondsPerMinute = 60'000;

bool is_full(const State& state) {
    const auto charge = state.steps(kCharge);
    return charge && *charge >= charge_limit(state);
}

// A charge that grows. The products stay below 2^63: a whole battery is 10^4 basis points, fixtures have less than
// 10^6 watt-hours, an hour has 3.6 * 10^6 milliseconds.
struct Course {
    base::Instant since;
    std::int64_t start;     // basis points
    std::int64_t limit;     // basis points
    std::int64_t power;     // watts
    std::int64_t capacity;  // watt-hours

    // Milliseconds until that much has been gained, rounded up.
    [[nodiscard]] std::int64_t time_for(std::int64_t gained) const {
        const std::int64_t needed = gained * capacity * (kMillisecondsPerHour / kWhole);
        return (needed + power - 1) / power;
    }
    [[nodiscard]] base::Instant reaches(std::int64_t charge) const {
        return since + base::Milliseconds(time_for(std::max<std::int64_t>(charge - start, 0)));
    }
    [[nodiscard]] std::int64_t charge_at(base::Instant now) const {
        if (now >= reaches(limit)) return std::max(start, limit);
        const std::int64_t elapsed = std::max<std::int64_t>((now - since).count(), 0);
        return start + power * elapsed / (capacity * (kMillisecondsPerHour / kWhole));
    }
};
static_assert(kMillisecondsPerHour % kWhole == 0);

std::optional<Course> course_of(const State& state) {
    if (!state.flag(kCharging).value_or(false)) return std::nullopt;
    const Reading* const charge = state.find(kCharge);
    const auto capacity = state.steps(kCapacity);
    const std::int64_t power = state.steps(kPower).value_or(kUsualPower);
    if (charge == nullptr || !capacity || *capacity <= 0 || power <= 0) return std::nullopt;
    return Course{.since = charge->oem_updated_at,
                  .start = state.steps(kCharge).value_or(0),
                  .limit = charge_limit(state),
                  .power = power,
                  .capacity = *capacity};
}

// value * numerator / denominator, to the nearest.
std::int64_t scaled(std::int64_t value, std::int64_t numerator, std::int64_t denominator) {
    return (value * numerator + denominator / 2) / denominator;
}

// The members of tractionbattery-range that say other ranges, in the same proportion.
Datum range_at(const Datum& range, std::int64_t start, std::int64_t charge) {
    Datum grown = range;
    if (const auto* const metres = std::get_if<std::int64_t>(&range.value)) {
        grown.value = scaled(*metres, charge, start);
    }
    if (range.structure == nullptr) return grown;
    document::Value body = *range.structure;
    document::Value* const others = body.find("additionalValues");
    if (others == nullptr || others->array() == nullptr) return grown;
    for (document::Value& other : *others->array()) {
        document::Value* const number = other.find("value");
        if (number == nullptr || !number->is_number()) continue;
        const Measure& measure = measure_of("km");
        const std::int64_t metres = steps_of(number->number(), measure).value_or(0);
        *number = decimal(scaled(metres, charge, start), measure.per_unit);
    }
    grown.structure = std::make_shared<const document::Value>(std::move(body));
    return grown;
}

bool states(const Changes& changes, std::string_view code) {
    return std::ranges::any_of(changes, [&](const Change& change) { return change.signal->code == code; });
}

// One change after the other, each only where the vehicle reports the signal and nobody stated it.
class Consequences {
public:
    Consequences(const State& before, Changes& changes) : before_(before), changes_(changes) {}

    void add(std::string_view code, Datum::Exact value) {
        const Reading* const reading = before_.find(code);
        if (reading == nullptr || states(changes_, code) || reading->datum.value == value) return;
        changes_.push_back(change_to(code, std::move(value)));
    }

    // The same again, recorded when the changes are.
    void restate(std::string_view code) {
        const auto steps = before_.steps(code);
        if (steps && !states(changes_, code)) changes_.push_back(change_to(code, *steps));
    }

    [[nodiscard]] State after() const {
        State state = before_;
        state.apply(changes_, {});
        return state;
    }

private:
    const State& before_;
    Changes& changes_;
};

void begin_charging(const State& before, Consequences& consequences) {
    const std::int64_t power = before.steps(kPower).value_or(0);
    consequences.add(kCable, true);
    consequences.add(kPower, power > 0 ? power : kUsualPower);
    consequences.add(kVoltage, kUsualVoltage);
    consequences.add(kEnergyAdded, std::int64_t{0});
}

void end_charging(Consequences& consequences) {
    for (const std::string_view code : {kPower, kAmperage, kRate, kTimeToComplete}) {
        consequences.add(code, std::int64_t{0});
    }
}

std::int64_t minutes_left(const Course& course) {
    const std::int64_t left = course.time_for(std::max<std::int64_t>(course.limit - course.start, 0));
    return (left + kMillisecondsPerMinute - 1) / kMillisecondsPerMinute;
}

// Metres an hour that the range grows by, or nothing where the charge that a range belongs to is 0.
std::optional<std::int64_t> rate_of(const Course& course, std::int64_t range) {
    constexpr std::int64_t kMostMetres = 100'000'000;  // times 10^10 watts is below 2^63
    if (course.start == 0) return std::nullopt;
    const std::int64_t full_range = scaled(range, kWhole, course.start);
    if (full_range > kMostMetres) return std::nullopt;
    return scaled(full_range, course.power, course.capacity);
}

// What follows from the power: the current, how fast the range grows, and how long it will take.
void follow_power(const State& after, Consequences& consequences) {
    constexpr std::int64_t kMilliamperesPerWattAndMillivolt = 1'000'000;
    const std::int64_t power = std::max<std::int64_t>(after.steps(kPower).value_or(kUsualPower), 0);
    const std::int64_t voltage = std::max<std::int64_t>(after.steps(kVoltage).value_or(kUsualVoltage), 1);
    consequences.add(kAmperage, scaled(power, kMilliamperesPerWattAndMillivolt, voltage));
    const auto course = course_of(after);
    const auto rate = course ? rate_of(*course, after.steps(kRange).value_or(0)) : std::optional<std::int64_t>(0);
    if (rate) consequences.add(kRate, *rate);
    consequences.add(kTimeToComplete, course ? minutes_left(*course) : std::int64_t{0});
}

}  // namespace

std::int64_t charge_limit(const State& state) { return state.steps(kLimits).value_or(kWhole); }

Change charge_limit_change(const State& state, std::int64_t limit) {
    Change change = change_to(kLimits, limit);
    const document::Value* const before = state.structure(kLimits);
    if (before == nullptr) return change;
    document::Value body = *before;
    if (document::Value* const list = body.find("values"); list != nullptr && list->array() != nullptr) {
        for (document::Value& entry : *list->array()) {
            const document::Value* const type = entry.find("type");
            document::Value* const number = entry.find("limit");
            const bool global =
                type != nullptr && (*type == document::Value("GLOBAL") || *type == document::Value("global"));
            if (global && number != nullptr) *number = decimal(limit, measure_of("percent").per_unit);
        }
    }
    if (body.object() != nullptr && body.find("activeLimit") == nullptr) {
        body.object()->emplace_back("activeLimit", nullptr);
    }
    change.datum.structure = std::make_shared<const document::Value>(std::move(body));
    return change;
}

std::string_view charging_status(const State& state) {
    if (state.flag(kCharging).value_or(false)) return "CHARGING";
    const bool plugged_in = state.flag(kCable).value_or(false);
    return plugged_in && is_full(state) ? "FULLY_CHARGED" : "NOT_CHARGING";
}

std::optional<std::string_view> charging_event(const State& before, const State& after) {
    const bool was_charging = before.flag(kCharging).value_or(false);
    const bool is_charging = after.flag(kCharging).value_or(false);
    if (was_charging == is_charging) return std::nullopt;
    if (is_charging) return "CHARGING_STARTED";
    return is_full(after) ? "CHARGING_COMPLETED" : "CHARGING_STOPPED";
}

Changes with_consequences(const State& before, Changes changes) {
    Consequences consequences(before, changes);
    const bool was_charging = before.flag(kCharging).value_or(false);
    if (consequences.after().flag(kCable) == false) consequences.add(kCharging, false);
    const State stated = consequences.after();
    const bool is_charging = stated.flag(kCharging).value_or(false);
    if (is_charging && !was_charging) begin_charging(stated, consequences);
    if (was_charging && !is_charging) end_charging(consequences);
    if (is_charging && bears_on_charging(changes)) {
        consequences.restate(kCharge);
        follow_power(consequences.after(), consequences);
    }
    consequences.add(kDetailedStatus, std::string(charging_status(consequences.after())));
    return changes;
}

State at(const State& state, base::Instant now) {
    const auto course = course_of(state);
    if (!course || now <= course->since) return state;
    const std::int64_t charge = course->charge_at(now);
    const std::int64_t gained = scaled(charge - course->start, course->capacity, kWhole);
    const std::int64_t left = std::max<std::int64_t>((course->reaches(course->limit) - now).count(), 0);
    Changes moved{change_to(kCharge, charge)};
    if (const Reading* const range = state.find(kRange); range != nullptr && course->start > 0) {
        moved.push_back({contract::find_signal(kRange), range_at(range->datum, course->start, charge)});
    }
    if (const auto added = state.steps(kEnergyAdded)) moved.push_back(change_to(kEnergyAdded, *added + gained));
    if (state.has(kTimeToComplete)) {
        moved.push_back(change_to(kTimeToComplete, (left + kMillisecondsPerMinute - 1) / kMillisecondsPerMinute));
    }
    State present = state;
    present.apply(moved, now);
    return present;
}

std::optional<base::Instant> next_charging_step(const State& state, base::Instant now) {
    const auto course = course_of(state);
    if (!course) return std::nullopt;
    const base::Instant end = course->reaches(course->limit);
    if (now >= end) return end;
    const std::int64_t whole = (course->charge_at(now) / kPercent + 1) * kPercent;
    return std::min(course->reaches(whole), end);
}

bool is_charged(const State& state, base::Instant now) {
    const auto course = course_of(state);
    return course && now >= course->reaches(course->limit);
}

std::vector<std::string> moving_signals(const State& state) {
    std::vector<std::string> codes;
    codes.reserve(kMoving.size());
    for (const std::string_view code : kMoving) {
        if (state.has(code)) codes.emplace_back(code);
    }
    return codes;
}

bool bears_on_charging(const Changes& changes) {
    return std::ranges::any_of(kBearing, [&](std::string_view code) { return states(changes, code); });
}

}  // namespace smartcar_sim::vehicle
