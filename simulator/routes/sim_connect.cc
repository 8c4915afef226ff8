// A user who goes through Connect without a browser, and comes back with what the test wants.
#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "routes/admission.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"

namespace smartcar_sim::routes {

namespace {

// "scope" as OAuth writes it, one text with blanks, or as an array.
base::Result<std::vector<std::string>> scope_of(const document::Value& body) {
    const document::Value* scope = body.find("scope");
    if (scope == nullptr || scope->string() == nullptr) return texts_member(body, "scope");
    return base::words(*scope->string());
}

base::Result<contract::Mode> mode_of(const document::Value& body) {
    const auto mode = text_member(body, "mode");
    if (!mode) return mode.error();
    if (!mode.value()) return contract::Mode::kLive;
    if (const auto parsed = contract::parse_mode(*mode.value())) return *parsed;
    return base::Error{"bad_member", "/mode is " + base::quoted(*mode.value()) + ", not live, test or simulated"};
}

// Nothing: approved.
using Outcome = std::optional<platform::ConnectError>;

base::Result<Outcome> outcome_of(const document::Value& body) {
    const auto outcome = text_member(body, "outcome");
    if (!outcome) return outcome.error();
    const std::string word = outcome.value().value_or("approve");
    if (word == "approve") return Outcome();
    if (word == "deny") return Outcome(platform::ConnectError::kAccessDenied);
    if (const Outcome error = platform::parse_connect_error(word)) return error;
    std::vector<std::string_view> known{"approve", "deny"};
    for (const platform::ConnectErrorRow& row : platform::connect_errors()) known.push_back(row.error);
    return base::Error{"bad_member",
                       "/outcome is " + base::quoted(word) + document::meant_or_listed(word, known, "there is")};
}

base::Result<platform::ConnectRequest> connect_request_of(const document::Value& body) {
    const auto mode = mode_of(body);
    if (!mode) return mode.error();
    auto scope = scope_of(body);
    if (!scope) return scope.error();
    auto vehicles = texts_member(body, "vehicles");
    if (!vehicles) return vehicles.error();
    const document::Value* const named = body.find("vehicles");
    if (named != nullptr && named->array() != nullptr && named->array()->empty()) {
        return base::Error{"bad_member", "/vehicles names none: leave it out to connect all"};
    }
    const auto one = flag_member(body, "singleSelect");
    if (!one) return one.error();
    std::array<std::optional<std::string>, 4> texts;
    constexpr std::array<std::string_view, 4> kTexts{"redirectUri", "state", "make", "externalId"};
    for (std::size_t at = 0; at < texts.size(); ++at) {
        auto text = text_member(body, kTexts.at(at));
        if (!text) return text.error();
        texts.at(at) = std::move(text).value();
    }
    auto& [redirect_uri, state, make, external_id] = texts;
    return platform::ConnectRequest{
        .mode = mode.value(),
        .scope = std::move(scope).value(),
        .vehicles = std::move(vehicles).value(),
        .redirect_uri = redirect_uri.value_or(""),
        .state = std::move(state),
        .make = base::upper_case(make.value_or("")),
        .select = one.value().value_or(false) ? platform::Select::kOne : platform::Select::kAny,
        .external_id = std::move(external_id)};
}

void write_redirect(document::Writer& json, const std::optional<std::string>& location) {
    json.key("redirectTo");
    if (location && !location->empty()) {
        json.value(*location);
    } else {
        json.null();
    }
}

contract::Response fail(Context& context, const platform::ConnectRequest& visit, platform::ConnectError error) {
    const auto location = context.platform.fail_connect(visit, error);
    if (!location) return sim_error(location.error());
    const platform::ConnectErrorRow& row = platform::row_of(error);
    std::string answer;
    document::Writer json(answer);
    json.begin_object().member("error", row.error).member("errorDescription", row.description);
    write_redirect(json, location.value());
    json.end_object();
    return contract::json_response(200, std::move(answer));
}

contract::Response connect_user(Context& context, const contract::Request& request, const Parameters&) {
    // "user" is an id for statistics, of which there are none here; it is taken so that a test can send what it has.
    constexpr std::array<std::string_view, 10> kMembers{"mode", "scope",        "vehicles",   "redirectUri", "state",
                                                        "make", "singleSelect", "externalId", "user",        "outcome"};
    const auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    const auto visit = connect_request_of(said.value().body);
    if (!visit) return sim_error(visit.error());
    const auto user = text_member(said.value().body, "user");
    if (!user) return sim_error(user.error());
    const auto outcome = outcome_of(said.value().body);
    if (!outcome) return sim_error(outcome.error());
    if (outcome.value()) return fail(context, visit.value(), *outcome.value());

    auto connected = context.platform.connect(visit.value());
    if (!connected) return sim_error(connected.error());
    const auto sent = context.simulation.submit(std::move(connected.value().fired));
    if (!sent) return sim_error(sent.error());

    const platform::Connected& done = connected.value();
    std::string answer;
    document::Writer json(answer);
    json.begin_object().member("code", done.code);
    write_redirect(json, done.redirect_to);
    json.member("accessToken", done.access_token).member("refreshToken", done.refresh_token);
    json.key("vehicleIds").begin_array();
    for (const std::string& id : done.vehicle_ids) json.value(id);
    json.end_array().end_object();
    return contract::json_response(200, std::move(answer));
}

constexpr std::array kRoutes{
    Route{"POST", "/_sim/connect", admitted<connect_user>},
};

}  // namespace

std::span<const Route> sim_connect() { return kRoutes; }

}  // namespace smartcar_sim::routes
