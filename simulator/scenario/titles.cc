#include "scenario/titles.h"

#include <variant>

#include "base/text.h"
#include "document/writer.h"

namespace smartcar_sim::scenario {

namespace {

std::string state_text(const document::Object& state) {
    std::string text;
    for (const auto& [code, value] : state) {
        text.append(text.empty() ? "" : ", ").append(code).append(" ");
        document::Writer(text).value(value);
    }
    return text;
}

std::string fault_text(const Step& step) {
    std::vector<std::string> parts;
    const fault::Plan& fault = step.fault;
    if (fault.signature != fault::SignatureFault::kNone) {
        parts.push_back("signature " + std::string(name_of(fault.signature)));
    }
    if (fault.body != fault::BodyFault::kNone) parts.push_back("body " + std::string(name_of(fault.body)));
    if (fault.duplicates == 1) parts.emplace_back("a duplicate");
    if (fault.duplicates > 1) parts.push_back(std::to_string(fault.duplicates) + " duplicates");
    if (fault.delay > base::Milliseconds(0)) parts.push_back("delayed by " + base::format_duration(fault.delay));
    if (fault.lost_answers == 1) parts.emplace_back("the answer lost");
    if (fault.lost_answers > 1) parts.push_back(std::to_string(fault.lost_answers) + " answers lost");
    return parts.empty() ? "" : ", " + base::joined(parts, ", ");
}

std::string outcome_text(const fault::ApiFault& fault) {
    std::vector<std::string> parts;
    if (fault.error) parts.push_back(fault.error->type + (fault.error->code ? " " + *fault.error->code : ""));
    if (fault.answer) parts.push_back("status " + std::to_string(fault.answer->status));
    if (fault.latency > base::Milliseconds(0)) parts.push_back("slowed by " + base::format_duration(fault.latency));
    return base::joined(parts, ", ");
}

std::string requests_text(const fault::ApiFault& fault) {
    std::string text = " for " + (fault.method.empty() ? "" : fault.method + " ") + fault.endpoint;
    if (!fault.vehicle.empty()) text += " of " + fault.vehicle;
    if (fault.times) text += *fault.times == 1 ? " once" : " " + std::to_string(*fault.times) + " times";
    if (fault.after > 0) text += " after " + std::to_string(fault.after);
    return text;
}

std::string window_text(platform::TokenWindow window) {
    const bool is_both = window.accepts == platform::TokenWindow::Accepts::kBoth;
    const std::string accepted = is_both ? "both" : "the " + std::string(name_of(window.accepts)) + " one";
    return "the API accepts " + accepted + ", the " + std::string(name_of(window.signs)) + " one signs";
}

struct Titles {
    const Step& step;
    contract::Version version;

    std::string operator()(const Connect& connect) const {
        return "connect" + (connect.vehicles.empty() ? "" : " " + base::joined(connect.vehicles, ", "));
    }
    std::string operator()(const Disconnect& action) const { return "disconnect " + action.vehicle; }
    std::string operator()(const Verify&) const { return "verify"; }
    std::string operator()(const Test&) const { return "test"; }
    std::string operator()(const Subscribe& action) const { return "subscribe " + action.vehicle; }
    std::string operator()(const Unsubscribe& action) const { return "unsubscribe " + action.vehicle; }
    std::string operator()(const Enable&) const { return "enable"; }
    std::string operator()(const Disable&) const { return "disable"; }
    std::string operator()(const Send& send) const {
        if (send.payload) return "send a file";
        if (send.raw) return "send " + std::to_string(send.raw->size()) + " bytes";
        return "send " + send.event.in(version).value_or("nothing") + " about " + send.vehicle;
    }
    std::string operator()(const Set& set) const {
        std::vector<std::string> parts;
        if (!set.state.empty()) parts.push_back(state_text(set.state));
        if (!set.grant.empty()) parts.push_back("grant " + base::joined(set.grant, ", "));
        if (!set.revoke.empty()) parts.push_back("revoke " + base::joined(set.revoke, ", "));
        return "set " + set.vehicle + (parts.empty() ? "" : ": " + base::joined(parts, ", "));
    }
    std::string operator()(const RotateToken& rotate) const {
        const std::string window = rotate.window == platform::TokenWindow{} ? "" : ": " + window_text(rotate.window);
        switch (rotate.to) {
            case RotateToken::To::kNew:
                return "rotate to a new token" + window;
            case RotateToken::To::kPrevious:
                return "rotate to the previous token";
            case RotateToken::To::kGiven:
                break;
        }
        return "rotate the token" + window;
    }
    std::string operator()(const MoveTokenWindow& move) const { return "token window: " + window_text(move.window); }
    std::string operator()(const ApiFault& action) const {
        if (!action.fault) return "no api fault any more";
        return "api fault " + outcome_text(*action.fault) + requests_text(*action.fault);
    }
    std::string operator()(const Wait& wait) const { return "wait " + base::format_duration(wait.time); }
    std::string operator()(const Together&) const { return "together"; }
    std::string operator()(const Repeat& repeat) const { return "repeat " + std::to_string(repeat.times) + " times"; }
    std::string operator()(const Probe& probe) const {
        return "probe " + (probe.command.empty() ? probe.method + " " + probe.url : probe.command);
    }
    std::string operator()(const ExpectCalls& calls) const {
        return "expect calls of " + (calls.method.empty() ? "" : calls.method + " ") + calls.path;
    }
};

}  // namespace

std::string title_of(const Step& step, contract::Version version) {
    const std::string to = step.to ? " to " + *step.to : "";
    return std::visit(Titles{step, version}, step.action) + to + fault_text(step);
}

}  // namespace smartcar_sim::scenario
