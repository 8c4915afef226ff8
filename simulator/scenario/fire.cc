#include "scenario/fire.h"

#include <algorithm>
#include <utility>

#include "vehicle/fixture.h"

namespace smartcar_sim::scenario {

namespace {

using platform::Fired;

// What the platform says to each webhook the step is about.
template <class Ask>
base::Result<Fired> from_each_webhook(const Step& step, const World& world, Ask ask) {
    Fired fired;
    for (const std::string& id : world.webhooks_of(step)) {
        auto effect = ask(id);
        if (effect) {
            fired.effects.push_back(std::move(effect).value());
            continue;
        }
        const bool disabled = effect.error().code == "disabled";
        if (!disabled && effect.error().code != "unverified") return effect.error();
        fired.skipped.push_back(
            {.webhook_id = id,
             .vehicle_id = {},
             .reason = disabled ? platform::SkipReason::kDisabled : platform::SkipReason::kUnverified});
    }
    return fired;
}

base::Result<Fired> send(const Step& step, const Send& send, World& world) {
    platform::Platform& platform = world.stage().platform;
    if (send.payload || send.raw) {
        auto bytes = send.raw ? world.filled(*send.raw) : base::Result<std::string>(*send.payload);
        if (!bytes) return bytes.error();
        return from_each_webhook(step, world,
                                 [&](const std::string& id) { return platform.raw_payload(id, bytes.value()); });
    }
    const auto& event = send.event.in(world.stage().version);
    if (!event) {
        return base::Error{"unknown_event", "\"event\" does not say what to send in version " +
                                                std::string(name_of(world.stage().version)) +
                                                "; name one, or leave the step out with \"only\""};
    }
    platform::Firing firing{
        .vehicle = world.vehicle_id(send.vehicle), .event = *event, .triggers = send.triggers, .errors = send.errors};
    if (step.to) firing.to = world.webhooks_of(step).front();
    return platform.fire(firing);
}

// Only what goes to the webhook that the step is about; what is not sent stays owed.
void keep_only(const std::string& webhook_id, Fired& fired, platform::Platform& platform) {
    const auto others = std::ranges::stable_partition(
        fired.effects, [&](const platform::Effect& effect) { return effect.webhook_id == webhook_id; });
    platform.owe_again(others);
    fired.effects.erase(others.begin(), others.end());
    std::erase_if(fired.skipped, [&](const platform::Skipped& skipped) { return skipped.webhook_id != webhook_id; });
}

base::Result<Fired> set(const Step& step, const Set& set, World& world) {
    platform::Platform& platform = world.stage().platform;
    const std::string& vehicle = world.vehicle_id(set.vehicle);
    const auto state = fill_in(document::Value(set.state), world.lookup());
    if (!state) return state.error();
    const auto changes = vehicle::parse_changes(state.value(), {.name = "state", .text = ""});
    if (!changes) return base::Error{changes.error().code, changes.error().message};
    base::Result<Fired> fired = Fired{};
    if (!set.grant.empty() || !set.revoke.empty()) {
        fired = platform.set_permissions(vehicle, {.grant = set.grant, .revoke = set.revoke});
        if (!fired) return fired;
    }
    auto changed = platform.set_state(vehicle, changes.value());
    if (!changed) return changed;
    fired.value().append(std::move(changed).value());
    if (step.to) keep_only(world.webhooks_of(step).front(), fired.value(), platform);
    return fired;
}

base::Result<Fired> fired_by(const Step& step, World& world) {
    if (const auto* action = std::get_if<Send>(&step.action)) return send(step, *action, world);
    if (const auto* action = std::get_if<Set>(&step.action)) return set(step, *action, world);
    return from_each_webhook(step, world,
                             [&](const std::string& id) { return world.stage().platform.test_payload(id); });
}

base::Result<simulation::Manner> manner_of(const Step& step, const World& world) {
    simulation::Manner manner{.edits = {}, .fault = step.fault, .size = delivery::BodySize::kGuarded};
    for (const contract::Edit& edit : step.with) {
        auto pointer = world.filled(edit.pointer);
        if (!pointer) return pointer.error();
        auto value = fill_in(edit.value, world.lookup());
        if (!value) return value.error();
        manner.edits.push_back({.pointer = std::move(pointer).value(), .value = std::move(value).value()});
    }
    const auto* send = std::get_if<Send>(&step.action);
    if (send != nullptr && (send->raw || send->payload)) manner.size = delivery::BodySize::kAny;
    return manner;
}

}  // namespace

base::Result<Volley> fire(const Step& step, World& world) {
    auto manner = manner_of(step, world);
    if (!manner) return manner.error();
    auto fired = fired_by(step, world);
    if (!fired) return fired.error();
    return Volley{std::move(fired).value(), std::move(manner).value()};
}

base::Result<Fallout> submit(Volley volley, const World& world) {
    auto sent = world.stage().simulation.submit(std::move(volley.fired), volley.manner);
    if (!sent) return sent.error();
    Fallout fallout{.event_ids = {}, .skipped = std::move(sent.value().skipped)};
    for (const simulation::Queued& queued : sent.value().queued) fallout.event_ids.insert(queued.event_id);
    return fallout;
}

}  // namespace smartcar_sim::scenario
