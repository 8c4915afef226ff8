#include "scenario/parse_step.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "contract/api_error.h"
#include "contract/signals.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "scenario/format.h"
#include "scenario/judge.h"
#include "scenario/read.h"
#include "vehicle/fixture.h"

namespace smartcar_sim::scenario {

namespace {

using document::Value;

// The member that says what a step does; nullptr when none or, which was complained about, several do.
const document::Member* action_of(const Value& step) {
    const auto& actions = step_format().actions;
    const document::Member* found = nullptr;
    for (const document::Member& member : *step.object()) {
        if (std::ranges::find(actions, member.first) == actions.end()) continue;
        if (found != nullptr) return nullptr;
        found = &member;
    }
    return found;
}

// Which members of "expect" go with which step.
struct Sense {
    std::string_view member;
    std::vector<std::string_view> steps;
};
const std::vector<Sense>& senses() {
    const auto sending_and = [](std::initializer_list<std::string_view> others) {
        std::vector<std::string_view> steps(kSendingSteps.begin(), kSendingSteps.end());
        steps.insert(steps.end(), others);
        return steps;
    };
    static const std::vector<std::string_view> kFiring = sending_and({});
    static const std::vector<std::string_view> kAnswered = sending_and({"verify", "connect"});
    static const std::vector<std::string_view> kTelling = sending_and({"connect", "disconnect", "wait"});
    static const std::vector<Sense> kSenses{{"status", kAnswered},    {"rejected", kFiring},  {"within", kAnswered},
                                            {"attempts", kFiring},    {"outcome", kFiring},   {"events", kTelling},
                                            {"verified", {"verify"}}, {"headers", kAnswered}, {"body", kAnswered}};
    return kSenses;
}

std::string any_of(const std::vector<std::string_view>& words) {
    return base::joined(base::all_quoted(words), ", ", " or ");
}

std::vector<std::pair<std::string, std::string>> fields_at(const Value& object, std::string_view name) {
    std::vector<std::pair<std::string, std::string>> fields;
    const Value* const given = object.find(name);
    if (given == nullptr || given->object() == nullptr) return fields;
    for (const auto& [key, value] : *given->object()) {
        if (value.string() != nullptr) fields.emplace_back(key, *value.string());
    }
    return fields;
}

}  // namespace

Steps StepReader::steps(const Value& list) { return steps(list, Within::kFile); }

Steps StepReader::steps(const Value& list, Within within) {
    Steps steps;
    if (list.array() == nullptr) return steps;
    for (const Value& value : *list.array()) {
        if (auto one = step(value, within)) steps.push_back(*std::move(one));
    }
    return steps;
}

std::optional<Step> StepReader::step(const Value& value, Within within) {
    if (value.object() == nullptr) return std::nullopt;
    const document::Member* const does = action_of(value);
    if (does == nullptr) {
        add_id(value, FileNames::kUnknownStep);
        return std::nullopt;
    }
    Step step;
    step.kind = does->first;
    if (within == Within::kTogether && step.kind != "send" && step.kind != "set" && step.kind != "test" &&
        step.kind != "repeat") {
        problems_.add(
            "bad_step",
            base::quoted(step.kind) + R"( cannot stand in "together", which takes "send", "set", "test" and "repeat")",
            does->second.key_offset);
    }
    step.place = problems_.place(value.offset);
    step.source = document::source_of(file_.text, value.offset);
    step.says = text_at(value, "says").value_or("");
    step.action = action(step.kind, does->second, within);
    if (const auto only = text_at(value, "only")) step.only = contract::parse_version(*only);
    if (const Value* to = value.find("to"); to != nullptr && to->string() != nullptr) {
        step.to = *to->string();
        if (!names_.has(*step.to, NameKind::kWebhook)) {
            problems_.add("unknown_webhook",
                          "unknown webhook " + base::quoted(*step.to) +
                              document::meant_or_listed(*step.to, names_.all(NameKind::kWebhook), "there are"),
                          to->offset);
        }
    }
    if (const Value* with = value.find("with")) step.with = edits(*with);
    if (const Value* fault = value.find("fault")) step.fault = this->fault(*fault);
    if (const Value* expect = value.find("expect")) step.expect = expectation(*expect, step.kind);
    if (std::holds_alternative<Probe>(step.action) && does->second.object() != nullptr) {
        step.expect = read_expectation(does->second, names_, problems_);
    }
    if (std::holds_alternative<ExpectCalls>(step.action)) step.expect.within = duration_at(does->second, "within");
    check_consistent(step, value);
    // Last: a step cannot name itself.
    const auto* probe = std::get_if<Probe>(&step.action);
    step.id = add_id(value, probe != nullptr && !probe->command.empty() ? "command" : std::string_view(step.kind));
    return step;
}

std::string StepReader::add_id(const Value& value, std::string_view kind) {
    const Value* const id = value.find("id");
    if (id == nullptr || id->string() == nullptr) return {};
    if (together_ > 0) {
        ids_together_.emplace_back(id, kind);
    } else {
        names_.add(*id->string(), NameKind::kStep, id->offset, kind);
    }
    return *id->string();
}

Action StepReader::action(const std::string& kind, const Value& value, Within within) {
    if (kind == "connect") return connect(value);
    if (kind == "disconnect") return Disconnect{vehicle(value)};
    if (kind == "verify") return Verify{};
    if (kind == "test") return Test{};
    if (kind == "subscribe") return Subscribe{vehicle(value)};
    if (kind == "unsubscribe") return Unsubscribe{vehicle(value)};
    if (kind == "enable") return Enable{};
    if (kind == "disable") return Disable{};
    if (kind == "send") return send(value);
    if (kind == "set") return set(value);
    if (kind == "rotateToken") return rotation(value);
    if (kind == "tokenWindow") return MoveTokenWindow{token_window(value)};
    if (kind == "apiFault") return api_fault(value);
    if (kind == "together") return together(value);
    if (kind == "probe") return probe(value);
    if (kind == "expectCalls") return expect_calls(value);
    if (kind == "repeat") {
        Repeat repeat{.times = integer_at(value, "times").value_or(1), .steps = {}};
        if (const Value* list = value.find("steps")) repeat.steps = steps(*list, within);
        return repeat;
    }
    Wait wait;
    if (value.string() != nullptr) {
        const auto time = base::parse_duration(*value.string());
        if (time) wait.time = time.value();
    }
    return wait;
}

// --- the actions ----------------------------------------------------------------------------------------

Connect StepReader::connect(const Value& value) {
    Connect connect;
    if (value.object() == nullptr) return connect;
    if (const auto mode = text_at(value, "mode")) {
        connect.mode = contract::parse_mode(*mode).value_or(contract::Mode::kLive);
    }
    if (const Value* vehicles = value.find("vehicles")) {
        if (vehicles->string() != nullptr) connect.vehicles.push_back(known_vehicle(*vehicles));
        if (vehicles->array() != nullptr) {
            for (const Value& alias : *vehicles->array()) connect.vehicles.push_back(known_vehicle(alias));
        }
    }
    connect.scope = texts_at(value, "scope");
    connect.redirect_uri = text_at(value, "redirectUri").value_or("");
    connect.state = text_at(value, "state");
    names_.check(value);
    return connect;
}

Send StepReader::send(const Value& value) {
    Send send;
    if (value.string() != nullptr) {
        send.event = read_event(value);
        send.vehicle = only_vehicle(value.offset);
        return send;
    }
    if (value.object() == nullptr) return send;
    if (const Value* event = value.find("event")) {
        send.event = read_event(*event);
        if (event->object() != nullptr && event->object()->empty()) {
            problems_.add("bad_step", R"("event" names no event, neither for "2.0" nor for "4.0")", event->offset);
        }
        // Beside a payload it was complained about, and a payload is about no vehicle.
        if (value.find("file") == nullptr && value.find("raw") == nullptr) send.vehicle = vehicle(value);
        send.triggers = texts_at(value, "triggers");
        if (const Value* errors = value.find("errors")) send.errors = vehicle_errors(*errors);
        for (const auto& [member, goes_with] :
             {std::pair("triggers", "VEHICLE_STATE"), std::pair("errors", "VEHICLE_ERROR")}) {
            const Value* const given = value.find(member);
            if (given == nullptr || send.event.v2_0 == goes_with || send.event.v4_0 == goes_with) continue;
            problems_.add("bad_step", base::quoted(member) + " goes with the event " + goes_with, given->key_offset);
        }
    } else if (const Value* path = value.find("file")) {
        read_payload(*path, send);
    } else if (const Value* raw = value.find("raw")) {
        send.raw = raw->string() == nullptr ? "" : *raw->string();
        names_.check(*raw);
    }
    return send;
}

void StepReader::read_payload(const Value& path, Send& send) {
    if (path.string() == nullptr || path.string()->empty() || !library_.read_payload) return;
    auto bytes = library_.read_payload(*path.string());
    if (!bytes) return problems_.add(base::Error{"bad_payload", bytes.error().message}, path.offset);
    const auto parsed = document::parse(bytes.value(), *path.string());
    if (!parsed) {
        // The scenario is what is not valid: the place is its own, and the sentence says where in the payload.
        return problems_.add(base::Error{"bad_payload", document::explain_error(parsed.error(), "")}, path.offset);
    }
    send.payload = std::move(bytes).value();
}

std::vector<contract::VehicleFault> StepReader::vehicle_errors(const Value& value) {
    std::vector<contract::VehicleFault> errors;
    if (value.array() == nullptr) return errors;
    for (const Value& entry : *value.array()) {
        const auto type = entry.object() == nullptr ? std::nullopt : text_at(entry, "type");
        if (!type) continue;
        contract::VehicleFault error{.type = *type, .code = text_at(entry, "code"), .signals = {}};
        if (text_at(entry, "state") == "RESOLVED") error.state = contract::VehicleFault::State::kResolved;
        if (const Value* signals = entry.find("signals")) {
            error.signals.emplace();
            for (const std::string& code : texts_of(*signals)) {
                if (contract::find_signal(code) != nullptr) error.signals->push_back(contract::signal_name(code));
            }
        }
        if (contract::find_error_kind(error.type, error.code) == nullptr) {
            problems_.add(contract::no_such_error_kind(error.type, error.code), entry.offset);
        }
        errors.push_back(std::move(error));
    }
    return errors;
}

Set StepReader::set(const Value& value) {
    Set set;
    if (value.object() == nullptr) return set;
    set.vehicle = vehicle(value);
    const Value* const state = value.find("state");
    if (state != nullptr && state->object() != nullptr) {
        set.state = *state->object();
        names_.check(*state);
        // What a name stands for is only known when it is played.
        document::Object plain;
        for (const auto& [code, body] : set.state) {
            if (names_in(body).empty()) plain.emplace_back(code, body);
        }
        static_cast<void>(changes(Value(std::move(plain))));
    }
    if (const Value* permissions = value.find("permissions"); permissions != nullptr) {
        set.grant = texts_at(*permissions, "grant");
        set.revoke = texts_at(*permissions, "revoke");
    } else if (state == nullptr) {
        problems_.add("bad_step", R"("set" changes "state", "permissions" or both)", value.offset);
    }
    return set;
}

vehicle::Changes StepReader::changes(const Value& state) {
    vehicle::Changes all;
    if (state.object() == nullptr) return all;
    for (const document::Member& member : *state.object()) {
        // An unknown signal was complained about.
        if (contract::find_signal(member.first) == nullptr) continue;
        auto one = vehicle::parse_changes(Value(document::Object{member}), {.name = file_.name, .text = file_.text});
        if (!one) {
            problems_.add(one.error(), member.second.offset);
            continue;
        }
        for (vehicle::Change& change : one.value()) all.push_back(std::move(change));
    }
    return all;
}

RotateToken StepReader::rotation(const Value& value) {
    if (value.string() != nullptr) {
        return {.to = *value.string() == "previous" ? RotateToken::To::kPrevious : RotateToken::To::kNew,
                .token = {},
                .window = {}};
    }
    names_.check(value);
    const auto token = text_at(value, "token");
    return {.to = token ? RotateToken::To::kGiven : RotateToken::To::kNew,
            .token = token.value_or(""),
            .window = token_window(value)};
}

platform::TokenWindow StepReader::token_window(const Value& value) {
    using platform::TokenWindow;
    const auto accepts =
        platform::parse_accepts(text_at(value, "window").value_or("new")).value_or(TokenWindow::Accepts::kNew);
    const auto signs = platform::parse_signs(text_at(value, "signWith").value_or(""));
    return {.accepts = accepts, .signs = signs.value_or(platform::usual_signer(accepts))};
}

ApiFault StepReader::api_fault(const Value& value) {
    if (value.object() == nullptr) return {};
    if (const Value* const alias = value.find("vehicle")) static_cast<void>(known_vehicle(*alias));
    auto fault = fault::parse_api_fault(value);
    if (fault) return {.fault = std::move(fault).value()};
    // What does not fit has been told by the check of the whole file.
    if (document::fits(value, api_fault_format())) problems_.add(fault.error(), value.offset);
    return {};
}

Together StepReader::together(const Value& value) {
    Together together;
    if (value.object() == nullptr) return together;
    const auto order = text_at(value, "order");
    if (order == "reversed") together.order = Together::Order::kReversed;
    if (order == "concurrent") together.order = Together::Order::kConcurrent;
    if (const Value* list = value.find("steps")) {
        ++together_;
        together.steps = steps(*list, Within::kTogether);
        --together_;
    }
    // Only now: what each sends is made before any of it is sent, so none can name another.
    for (const auto& [id, kind] : std::exchange(ids_together_, {})) {
        names_.add(*id->string(), NameKind::kStep, id->offset, kind);
    }
    return together;
}

Probe StepReader::probe(const Value& value) {
    Probe probe;
    if (value.object() == nullptr) return probe;
    probe.method = text_at(value, "method").value_or("GET");
    probe.url = text_at(value, "url").value_or("");
    probe.command = text_at(value, "command").value_or("");
    has_commands_ = has_commands_ || !probe.command.empty();
    probe.headers = fields_at(value, "requestHeaders");
    if (const Value* body = value.find("requestBody")) {
        if (body->string() != nullptr) {
            probe.body = *body->string();
        } else if (const auto written = document::write(*body)) {
            probe.body = written.value();
        } else {
            problems_.add(written.error(), body->offset);
        }
    }
    probe.exit_code = integer_at(value, "exit").value_or(0);
    if (const Value* output = value.find("output")) probe.output = read_matcher(*output);
    for (const std::string_view member : {"url", "command", "requestHeaders", "requestBody", "output"}) {
        if (const Value* text = value.find(member)) names_.check(*text);
    }
    return probe;
}

ExpectCalls StepReader::expect_calls(const Value& value) {
    ExpectCalls calls;
    if (value.object() == nullptr) return calls;
    calls.method = text_at(value, "method").value_or("");
    calls.path = text_at(value, "path").value_or("");
    calls.exactly = integer_at(value, "exactly");
    calls.at_least = integer_at(value, "atLeast");
    calls.at_most = integer_at(value, "atMost");
    const bool contradicts = calls.exactly && (calls.at_least || calls.at_most);
    if (contradicts || calls.at_least.value_or(0) > calls.at_most.value_or(INT32_MAX)) {
        problems_.add("bad_step", R"("exactly" stands alone, and "atLeast" is not more than "atMost")", value.offset);
    }
    if (!calls.exactly && !calls.at_least && !calls.at_most) calls.at_least = 1;
    names_.check(value);
    return calls;
}

// --- which vehicle --------------------------------------------------------------------------------------

std::string StepReader::vehicle(const Value& value) {
    if (value.string() != nullptr) return known_vehicle(value);
    const Value* const given = value.object() == nullptr ? nullptr : value.find("vehicle");
    return given == nullptr ? only_vehicle(value.offset) : known_vehicle(*given);
}

std::string StepReader::only_vehicle(std::size_t offset) {
    const auto all = names_.all(NameKind::kVehicle);
    if (all.size() == 1) return std::string(all.front());
    if (all.empty()) {
        // Of "vehicles" without any it was said.
        if (file_.root.find("vehicles") == nullptr) {
            problems_.add("unknown_vehicle", "there is no vehicle that it could be about", offset);
        }
        return {};
    }
    problems_.add("unknown_vehicle", R"(there are several vehicles; say which with "vehicle": )" + any_of(all), offset);
    return {};
}

std::string StepReader::known_vehicle(const Value& alias) {
    if (alias.string() == nullptr) return {};
    if (!names_.has(*alias.string(), NameKind::kVehicle)) {
        problems_.add("unknown_vehicle",
                      "unknown vehicle " + base::quoted(*alias.string()) +
                          document::meant_or_listed(*alias.string(), names_.all(NameKind::kVehicle), "there are"),
                      alias.offset);
    }
    return *alias.string();
}

// --- how it leaves and what is expected -----------------------------------------------------------------

std::vector<contract::Edit> StepReader::edits(const Value& value) {
    std::vector<contract::Edit> edits;
    if (value.object() == nullptr) return edits;
    names_.check(value);
    for (const auto& [pointer, replacement] : *value.object()) {
        const auto valid = document::find(Value(), pointer);
        if (!valid) problems_.add(valid.error(), replacement.key_offset);
        if (const auto written = document::write(replacement); !written) {
            problems_.add(written.error(), replacement.offset);
        }
        edits.push_back({.pointer = pointer, .value = replacement});
    }
    return edits;
}

fault::Plan StepReader::fault(const Value& value) {
    const auto plan = fault::parse_plan(value);
    if (plan) return plan.value();
    // What does not fit has been told by the check of the whole file.
    if (document::fits(value, fault_format())) problems_.add(plan.error(), value.offset);
    return {};
}

Expectation StepReader::expectation(const Value& value, const std::string& kind) {
    if (value.object() == nullptr) return {};
    for (const Sense& sense : senses()) {
        const Value* const given = value.find(sense.member);
        if (given == nullptr || std::ranges::find(sense.steps, kind) != sense.steps.end()) continue;
        problems_.add("bad_step",
                      base::quoted(sense.member) + " can be expected of " + any_of(sense.steps) + ", not of " +
                          base::quoted(kind),
                      given->key_offset);
    }
    return read_expectation(value, names_, problems_);
}

void StepReader::check_consistent(const Step& step, const Value& value) {
    const Value* const expect = value.find("expect");
    const auto complain = [&](std::string message) {
        problems_.add("bad_step", std::move(message), expect == nullptr ? value.offset : expect->offset);
    };
    if (step.expect.rejected && !step.expect.status.empty()) {
        complain(R"("rejected" is any status but 2xx; say one of "rejected" and "status")");
    }
    if (step.fault.forges() && (step.expect.attempts.value_or(1) > 1 || step.expect.outcome)) {
        complain(R"(a forgery is sent once and never retried; expect "status" or "rejected" of it)");
    }
    const auto none = [](const auto& events) { return events && events->empty(); };
    if (sends_events(step) && none(step.expect.events.v2_0) && none(step.expect.events.v4_0) &&
        (step.expect.says_outcome() || step.expect.asks_answer())) {
        complain(R"("events": [] says that nothing is sent, and of nothing no answer can be expected)");
    }
    if (step.expect.rejected && step.expect.outcome == delivery::Outcome::kDelivered) {
        complain(R"(what is "rejected" is not "delivered")");
    }
    const auto* connect = std::get_if<Connect>(&step.action);
    if (connect != nullptr && connect->redirect_uri.empty() &&
        (!step.expect.status.empty() || !step.expect.headers.empty() || !step.expect.body.empty())) {
        complain(R"(nothing answers a "connect" without "redirectUri")");
    }
}

}  // namespace smartcar_sim::scenario
