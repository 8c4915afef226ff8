#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "fault/api_fault.h"
#include "routes/admission.h"
#include "routes/context.h"
#include "routes/service.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"

namespace smartcar_sim::routes {

namespace {

using fault::ApiFault;
using fault::StandingFault;

void write_outcome(document::Writer& json, const ApiFault& fault) {
    std::optional<std::chrono::seconds> retry_after;
    if (fault.error) {
        json.member("type", fault.error->type);
        json.text_or_null("code", fault.error->code.value_or(""));
        json.member("status", contract::error_kind(fault.error->type, fault.error->code).status);
        if (fault.error->resolution_url) json.member("resolutionUrl", *fault.error->resolution_url);
        retry_after = fault.error->retry_after;
    }
    if (fault.answer) {
        json.member("status", fault.answer->status);
        if (!fault.answer->content_type.empty()) {
            json.member("body", fault.answer->body).member("contentType", fault.answer->content_type);
        }
        retry_after = fault.answer->retry_after;
    }
    if (retry_after) json.member("retryAfter", static_cast<std::int64_t>(retry_after->count()));
}

// What was said of it, and how far it has come.
void write(document::Writer& json, const StandingFault& standing) {
    const ApiFault& fault = standing.fault;
    json.begin_object().member("id", standing.id).member("endpoint", fault.endpoint);
    if (!fault.method.empty()) json.member("method", fault.method);
    if (!fault.vehicle.empty()) json.member("vehicle", fault.vehicle);
    write_outcome(json, fault);
    if (fault.latency > base::Milliseconds(0)) json.member("latency", base::format_duration(fault.latency));
    if (fault.times) json.member("times", *fault.times);
    if (fault.after > 0) json.member("after", fault.after);
    json.member("passed", standing.passed).member("applied", standing.applied).end_object();
}

// "/battery" of "/v2.0/vehicles/{id}/battery", and what has no vehicle as it stands.
std::string_view endpoint_of(std::string_view pattern) {
    constexpr std::string_view kVehicle = "/vehicles/{id}/";
    const std::size_t at = pattern.find(kVehicle);
    return at == std::string_view::npos ? pattern : pattern.substr(at + kVehicle.size() - 1);
}

// A fault that no request can meet is a slip of the pen, and a test that sets it would pass for a wrong reason.
std::optional<base::Error> meets_nothing(const ApiFault& fault) {
    ApiFault of_any_method = fault;
    of_any_method.method.clear();
    bool is_served = false;
    std::vector<std::string_view> endpoints;
    for (const auto routes : all_routes()) {
        for (const Route& route : routes) {
            if (route.pattern.starts_with("/_sim")) continue;
            const std::string path = public_pattern(route.pattern);
            if (fault.is_about({.method = route.method, .path = path})) return std::nullopt;
            is_served = is_served || of_any_method.is_about({.method = route.method, .path = path});
            endpoints.push_back(endpoint_of(route.pattern));
        }
    }
    const std::string endpoint = base::quoted(fault.endpoint);
    if (is_served) return base::Error{"bad_fault", endpoint + " is not served by " + fault.method};
    return base::Error{"bad_fault",
                       "nothing is served at " + endpoint + document::did_you_mean(fault.endpoint, endpoints)};
}

contract::Response create(Context& context, const contract::Request& request, const Parameters&) {
    const auto said = read(request, {.members = fault::api_fault_members()});
    if (!said) return sim_error(said.error());
    auto fault = fault::parse_api_fault(said.value().body);
    if (!fault) return sim_error(fault.error());
    if (const auto error = meets_nothing(fault.value())) return sim_error(*error);
    if (std::string& vehicle = fault.value().vehicle; !vehicle.empty()) {
        const auto entry = context.platform.fleet_entry(vehicle);
        if (!entry) return sim_error(entry.error());
        vehicle = entry.value().vehicle->id;
    }
    const auto standing = context.simulation.api_faults().add(std::move(fault).value());
    if (!standing) return sim_error(standing.error());
    std::string body;
    document::Writer json(body);
    write(json, standing.value());
    return contract::json_response(201, std::move(body));
}

contract::Response list(Context& context, const contract::Request&, const Parameters&) {
    std::string body;
    document::Writer json(body);
    json.begin_object().key("faults").begin_array();
    for (const StandingFault& standing : context.simulation.api_faults().all()) write(json, standing);
    json.end_array().end_object();
    return contract::json_response(200, std::move(body));
}

contract::Response remove(Context& context, const contract::Request&, const Parameters& parameters) {
    const auto removed = context.simulation.api_faults().remove(parameters["id"]);
    return removed ? contract::Response{204, {}, ""} : sim_error(removed.error());
}

contract::Response clear(Context& context, const contract::Request&, const Parameters&) {
    context.simulation.api_faults().clear();
    return contract::Response{204, {}, ""};
}

constexpr std::array kRoutes{
    Route{"POST", "/_sim/faults", create},
    Route{"GET", "/_sim/faults", bare<list>},
    Route{"DELETE", "/_sim/faults", bare<clear>},
    Route{"DELETE", "/_sim/faults/{id}", bare<remove>},
};

}  // namespace

std::span<const Route> sim_faults() { return kRoutes; }

}  // namespace smartcar_sim::routes
