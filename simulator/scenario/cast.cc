// Who is in a scenario, and how long it takes.
#include <algorithm>
#include <utility>

#include "scenario/play.h"
#include "vehicle/charging.h"
#include "vehicle/vin.h"

namespace smartcar_sim::scenario {

namespace {

base::Milliseconds course_of(const Steps& steps, base::Milliseconds timeout);

base::Milliseconds course_of(const Step& step, base::Milliseconds timeout) {
    if (const auto* wait = std::get_if<Wait>(&step.action)) return wait->time;
    if (const auto* repeat = std::get_if<Repeat>(&step.action))
        return course_of(repeat->steps, timeout) * repeat->times;
    if (const auto* together = std::get_if<Together>(&step.action)) return course_of(together->steps, timeout);
    base::Milliseconds time = step.fault.delay;
    const bool climbs = step.fault.lost_answers > 0 || step.expect.attempts || step.expect.outcome;
    if (!climbs) return time;
    const delivery::RetryPolicy ladder;
    for (const base::Milliseconds wait : ladder.waits) time += wait + timeout;
    return time + timeout;
}

base::Milliseconds course_of(const Steps& steps, base::Milliseconds timeout) {
    base::Milliseconds time{0};
    for (const Step& step : steps) time += course_of(step, timeout);
    return time;
}

std::size_t count(const Steps& steps, contract::Version version) {
    std::size_t number = 0;
    for (const Step& step : steps) {
        if (step.only && *step.only != version) continue;
        ++number;
        if (const auto* repeat = std::get_if<Repeat>(&step.action)) {
            number += count(repeat->steps, version) * static_cast<std::size_t>(repeat->times);
        }
        if (const auto* together = std::get_if<Together>(&step.action)) number += count(together->steps, version);
    }
    return number;
}

}  // namespace

Cast cast_of(const Scenario& scenario, const std::vector<vehicle::Vehicle>& fixtures, const base::Ids& ids,
             const std::string& vehicle_id) {
    Cast cast;
    if (scenario.vehicles.empty()) {
        cast.vehicles = fixtures;
        if (!vehicle_id.empty() && !cast.vehicles.empty()) cast.vehicles.front().id = vehicle_id;
        for (const vehicle::Vehicle& vehicle : cast.vehicles) cast.ids[vehicle.fixture] = vehicle.id;
        return cast;
    }
    std::map<std::string, int> seen;
    for (const FakeVehicle& wanted : scenario.vehicles) {
        vehicle::Vehicle vehicle = *std::ranges::find(fixtures, wanted.fixture, &vehicle::Vehicle::fixture);
        if (const int ordinal = seen[wanted.fixture]++; ordinal > 0)
            vehicle.vin = vehicle::vin_of_twin(vehicle.vin, static_cast<std::size_t>(ordinal));
        // An application that keeps state must not take the car of one story for that of another.
        const bool chosen = cast.vehicles.empty() && !vehicle_id.empty();
        vehicle.id = chosen ? vehicle_id : ids.uuid("vehicle", wanted.alias, 0);
        if (wanted.mode) vehicle.mode = *wanted.mode;
        vehicle.state.apply(vehicle::with_consequences(vehicle.state, wanted.state), {});
        cast.ids[wanted.alias] = vehicle.id;
        cast.vehicles.push_back(std::move(vehicle));
    }
    return cast;
}

base::Milliseconds longest_course(const Scenario& scenario, base::Milliseconds timeout) {
    return course_of(scenario.setup, timeout) + course_of(scenario.steps, timeout) +
           course_of(scenario.teardown, timeout);
}

std::size_t count_steps(const Scenario& scenario, contract::Version version) {
    return count(scenario.setup, version) + count(scenario.steps, version) + count(scenario.teardown, version);
}

}  // namespace smartcar_sim::scenario
