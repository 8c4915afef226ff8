#include "app/probes.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>
#include <variant>

#include "app/command.h"
#include "base/text.h"
#include "base/url.h"

namespace smartcar_sim::app {
namespace {

constexpr base::Milliseconds kLimit = std::chrono::seconds(5);  // for one look

// In one pass: what was filled in is not read again.
std::string filled_in(std::string_view text, const std::string& vehicle_id, const std::string& event_id) {
    constexpr std::string_view kVehicle = "{vehicleId}";
    constexpr std::string_view kEvent = "{eventId}";
    std::string filled;
    while (true) {
        const std::size_t vehicle = text.find(kVehicle);
        const std::size_t event = text.find(kEvent);
        const std::size_t at = std::min(vehicle, event);
        filled += text.substr(0, at);
        if (at == std::string_view::npos) return filled;
        filled += vehicle < event ? vehicle_id : event_id;
        text.remove_prefix(at + (vehicle < event ? kVehicle : kEvent).size());
    }
}

// To a shell it is itself, within quotes and without.
bool is_plain(std::string_view id) {
    return std::ranges::all_of(id, [](char letter) {
        const bool alphanumeric =
            (letter >= '0' && letter <= '9') || (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z');
        return alphanumeric || std::string_view("._:-").find(letter) != std::string_view::npos;
    });
}

audit::Probe::Shows shown_by(std::string_view text) {
    return text.find("{eventId}") == std::string_view::npos ? audit::Probe::Shows::kState
                                                            : audit::Probe::Shows::kActivity;
}

// The id is a part of the path, or a value in the query.
bool is_about(const std::string& target, const std::string& vehicle_id) {
    const contract::Request request{.method = "GET", .target = target, .headers = {}, .body = {}, .peer = {}};
    std::string_view path = request.path();
    while (!path.empty()) {
        path.remove_prefix(1);
        const std::string_view part = path.substr(0, path.find('/'));
        if (base::percent_decode(part, base::Plus::kLiteral) == vehicle_id) return true;
        path.remove_prefix(part.size());
    }
    return std::ranges::any_of(request.query_fields(), [&](const auto& field) { return field.second == vehicle_id; });
}

base::Error unreadable(const std::string& name, const std::string& why) {
    return {"probe_failed", name + " showed nothing: " + why};
}

}  // namespace

audit::Probe::Shows CommandProbe::shows() const { return shown_by(command_); }
audit::Probe::Shows UrlProbe::shows() const { return shown_by(url_); }

base::Result<std::string> CommandProbe::read(const Question& question) {
    if (!is_plain(question.vehicle_id) || !is_plain(question.event_id)) {
        return unreadable(name(), "an id that is more than letters, digits and . _ : - is not put into a command");
    }
    const std::string line = filled_in(command_, question.vehicle_id, question.event_id);
    const auto answer = run_command(line, kLimit, called_off_);
    if (!answer) return unreadable(name(), answer.error().message);
    if (answer.value().exit_code != 0) {
        return unreadable(name(),
                          "it ended with exit code " + std::to_string(answer.value().exit_code) +
                              (answer.value().exit_code == 1 ? "; if that means \"nothing yet\", add || true" : ""));
    }
    return answer.value().output;
}

base::Result<base::Done> UrlProbe::check(const std::string& url) {
    const auto parsed = base::parse_url(filled_in(url, "id", "id"));
    if (!parsed) return parsed.error();
    return base::Done{};
}

base::Result<std::string> UrlProbe::read(const Question& question) {
    const auto url = base::parse_url(
        filled_in(url_, base::percent_encode(question.vehicle_id), base::percent_encode(question.event_id)));
    if (!url) return unreadable(name(), url.error().message);
    delivery::Outgoing outgoing{
        .url = url.value(), .request = {}, .timeout = kLimit, .reuse = delivery::Outgoing::Reuse::kFresh};
    outgoing.request.method = "GET";
    outgoing.request.target = url.value().target;
    const delivery::Exchange exchange = transport_.exchange(outgoing);
    if (const auto* failure = std::get_if<delivery::Failure>(&exchange.answer)) {
        return unreadable(name(), failure->detail);
    }
    const auto& response = std::get<contract::Response>(exchange.answer);
    if (response.status == 404) return std::string("404 Not Found");
    if (!contract::is_success(response.status)) {
        return unreadable(name(), "it answered " + std::to_string(response.status));
    }
    return response.body;
}

base::Result<std::string> CallsProbe::read(const Question& question) {
    for (const store::ApiCall& call : requests_.calls(looked_at_)) {
        looked_at_ = call.number;
        if (is_about(call.target, question.vehicle_id)) last_ = call.number;
    }
    return std::to_string(last_);
}

}  // namespace smartcar_sim::app
