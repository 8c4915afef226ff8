#include "scenario/act.h"

#include <algorithm>
#include <utility>
#include <variant>

#include "base/text.h"
#include "scenario/ask.h"
#include "scenario/judge.h"
#include "scenario/parse.h"
#include "signature/hmac.h"

namespace smartcar_sim::scenario {

namespace {

Goes cannot_be_done(const Doing& doing, const base::Error& error) {
    complain(doing.result, error);
    return Goes::kNoFurther;
}

base::Error no_connection(const delivery::Answer& answer) {
    const auto& failure = std::get<delivery::Failure>(answer);
    return {"unreachable", "no connection to the callback: " + failure.detail};
}

}  // namespace

void complain(StepResult& result, const base::Error& error) {
    result.complaints.push_back({.expected = "the step can be done", .actual = error.message});
}

bool send_off(base::Result<Volley> volley, const World& world, StepResult& result, Fallout& fallout) {
    if (!volley) {
        complain(result, volley.error());
        return false;
    }
    auto sent = submit(std::move(volley).value(), world);
    if (!sent) {
        complain(result, sent.error());
        return false;
    }
    fallout.event_ids.merge(sent.value().event_ids);
    std::ranges::move(sent.value().skipped, std::back_inserter(fallout.skipped));
    return true;
}

Actor::Actor(World& world) : world_(world), tokens_{world.stage().platform.application_management_token()} {}

bool Actor::signs_with_the_first() const {
    return signature::equal(world_.stage().platform.application_management_token().reveal(), tokens_.front().reveal());
}

Goes Actor::act(const Doing& doing) {
    const Action& action = doing.step.action;
    if (std::holds_alternative<Verify>(action)) return verify(doing);
    if (const auto* connect = std::get_if<Connect>(&action)) return this->connect(doing, *connect);
    if (const auto* disconnect = std::get_if<Disconnect>(&action)) return this->disconnect(doing, *disconnect);
    if (const auto* subscribe = std::get_if<Subscribe>(&action)) return this->subscribe(doing, *subscribe);
    if (const auto* unsubscribe = std::get_if<Unsubscribe>(&action)) return this->unsubscribe(doing, *unsubscribe);
    if (std::holds_alternative<Enable>(action)) return enable(doing);
    if (std::holds_alternative<Disable>(action)) return disable(doing);
    if (const auto* rotate = std::get_if<RotateToken>(&action)) return this->rotate(doing, *rotate);
    if (const auto* move = std::get_if<MoveTokenWindow>(&action)) return move_window(doing, *move);
    if (const auto* fault = std::get_if<ApiFault>(&action)) return fail_calls(doing, *fault);
    if (const auto* wait = std::get_if<Wait>(&action)) return this->wait(doing, *wait);
    if (const auto* probe = std::get_if<Probe>(&action)) {
        ask(doing, *probe, world_);
        return Goes::kOn;
    }
    if (const auto* calls = std::get_if<ExpectCalls>(&action)) {
        count_calls(doing, *calls, world_);
        return Goes::kOn;
    }
    static_cast<void>(send_off(fire(doing.step, world_), world_, doing.result, doing.fallout));
    return Goes::kOn;
}

// --- challenges -----------------------------------------------------------------------------------------

Goes Actor::verify(const Doing& doing) {
    Goes goes = Goes::kOn;
    for (const std::string& id : world_.webhooks_of(doing.step)) {
        if (!verify_one(doing, id)) goes = Goes::kNoFurther;
        if (doing.result.verdict == Verdict::kError) break;
    }
    return goes;
}

// False when the webhook ought to be verified and is not: it is sent nothing, so whatever follows would fail.
bool Actor::verify_one(const Doing& doing, const std::string& webhook_id) {
    Stage& stage = world_.stage();
    const auto verification = stage.simulation.verify(webhook_id);
    if (!verification) {
        complain(doing.result, verification.error());
        return false;
    }
    const delivery::Verdict& verdict = verification.value().verdict;
    const delivery::Attempt& attempt = verification.value().attempt;
    const std::size_t index = doing.result.exchanges.size();
    doing.result.exchanges.push_back(exchange_of(attempt, "verify"));
    doing.memory.challenge = verification.value().challenge;
    doing.memory.answer = attempt.answer;

    auto complaints =
        judge_verification(verdict, doing.step.expect, doing.result.exchanges.back(), index, world_.lookup());
    if (verdict.status) stage.contacted = true;
    if (verdict.failure && lacks_connection(*verdict.failure) && !stage.contacted) {
        doing.result.verdict = Verdict::kError;
        for (Complaint& complaint : complaints) complaint.actual = no_connection(attempt.answer).message;
    }
    const bool as_expected = complaints.empty();
    std::ranges::move(complaints, std::back_inserter(doing.result.complaints));
    return as_expected || verdict.verified;
}

// --- people ---------------------------------------------------------------------------------------------

Goes Actor::connect(const Doing& doing, const Connect& action) {
    platform::ConnectRequest visit{.mode = action.mode, .scope = action.scope};
    if (action.state) {
        auto state = world_.filled(*action.state);
        if (!state) return cannot_be_done(doing, state.error());
        visit.state = std::move(state).value();
    }
    for (const std::string& alias : action.vehicles) visit.vehicles.push_back(world_.vehicle_id(alias));
    if (!action.redirect_uri.empty()) {
        const auto uri = world_.filled(action.redirect_uri);
        if (!uri) return cannot_be_done(doing, uri.error());
        const auto url = resolve_url(uri.value(), world_.stage().callback);
        if (!url) return cannot_be_done(doing, {url.error().code, "redirectUri: " + url.error().message});
        visit.redirect_uri = url.value().text();
    }
    auto connected = world_.stage().platform.connect(visit);
    if (!connected) return cannot_be_done(doing, connected.error());
    doing.memory.connected = std::move(connected).value();
    doing.result.notes.push_back("access token " + doing.memory.connected.access_token);
    Volley volley{.fired = std::move(doing.memory.connected.fired), .manner = {}};
    if (!send_off(std::move(volley), world_, doing.result, doing.fallout)) return Goes::kNoFurther;
    if (!action.redirect_uri.empty()) visit_redirect(doing, world_);
    return doing.result.complaints.empty() ? Goes::kOn : Goes::kNoFurther;
}

Goes Actor::disconnect(const Doing& doing, const Disconnect& action) {
    const auto disconnected = world_.stage().platform.disconnect(world_.vehicle_id(action.vehicle));
    if (!disconnected) return cannot_be_done(doing, disconnected.error());
    world_.stage().simulation.forget_waiting({.vehicle_id = disconnected.value()});
    return Goes::kOn;
}

// --- webhooks -------------------------------------------------------------------------------------------

Goes Actor::subscribe(const Doing& doing, const Subscribe& action) {
    for (const std::string& id : world_.webhooks_of(doing.step)) {
        auto fired = world_.stage().platform.subscribe_vehicle(id, world_.vehicle_id(action.vehicle));
        if (!fired) return cannot_be_done(doing, fired.error());
        Volley volley{.fired = std::move(fired).value(), .manner = {}};
        if (!send_off(std::move(volley), world_, doing.result, doing.fallout)) return Goes::kNoFurther;
    }
    return Goes::kOn;
}

Goes Actor::unsubscribe(const Doing& doing, const Unsubscribe& action) {
    for (const std::string& id : world_.webhooks_of(doing.step)) {
        const auto vehicle = world_.stage().platform.unsubscribe_vehicle(id, world_.vehicle_id(action.vehicle));
        if (!vehicle) return cannot_be_done(doing, vehicle.error());
        world_.stage().simulation.forget_waiting({.webhook_id = id, .vehicle_id = vehicle.value()});
    }
    return Goes::kOn;
}

Goes Actor::enable(const Doing& doing) {
    for (const std::string& id : world_.webhooks_of(doing.step)) {
        const auto enabled = world_.stage().platform.enable_webhook(id);
        if (!enabled) return cannot_be_done(doing, enabled.error());
    }
    return Goes::kOn;
}

Goes Actor::disable(const Doing& doing) {
    for (const std::string& id : world_.webhooks_of(doing.step)) {
        const auto disabled = world_.stage().platform.disable_webhook(id);
        if (!disabled) return cannot_be_done(doing, disabled.error());
        world_.stage().simulation.forget_waiting({.webhook_id = id});
    }
    return Goes::kOn;
}

Goes Actor::rotate(const Doing& doing, const RotateToken& action) {
    Stage& stage = world_.stage();
    if (action.to == RotateToken::To::kPrevious) {
        if (tokens_.size() == 1) return cannot_be_done(doing, {"no_token", "there is no token before this one"});
        tokens_.pop_back();
    } else if (action.to == RotateToken::To::kNew) {
        tokens_.emplace_back(stage.ids.uuid("token", "", new_tokens_++), base::Secret::Origin::kInvented);
    } else {
        auto token = world_.filled(action.token);
        if (!token) return cannot_be_done(doing, token.error());
        tokens_.emplace_back(std::move(token).value(), base::Secret::Origin::kSupplied);
    }
    stage.simulation.rotate_token(tokens_.back(), action.window);
    return Goes::kOn;
}

Goes Actor::move_window(const Doing& doing, const MoveTokenWindow& action) {
    const auto moved = world_.stage().simulation.set_token_window(action.window);
    return moved ? Goes::kOn : cannot_be_done(doing, moved.error());
}

// --- the application's calls and time -------------------------------------------------------------------

Goes Actor::fail_calls(const Doing& doing, const ApiFault& action) {
    simulation::ApiFaults& faults = world_.stage().simulation.api_faults();
    if (!action.fault) {
        faults.clear();
        return Goes::kOn;
    }
    fault::ApiFault fault = *action.fault;
    if (!fault.vehicle.empty()) fault.vehicle = world_.vehicle_id(fault.vehicle);
    const auto standing = faults.add(std::move(fault));
    return standing ? Goes::kOn : cannot_be_done(doing, standing.error());
}

Goes Actor::wait(const Doing& doing, const Wait& action) {
    const auto moved = world_.stage().simulation.advance(action.time, kLongest);
    if (!moved) return cannot_be_done(doing, moved.error());
    doing.result.notes.push_back(base::format_duration(action.time) + " of platform time");
    return Goes::kOn;
}

}  // namespace smartcar_sim::scenario
