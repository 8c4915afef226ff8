#include "routes/compatibility_api.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/text.h"
#include "document/writer.h"
#include "routes/api_answer.h"
#include "routes/basic_credentials.h"
#include "vehicle/compatibility.h"
#include "vehicle/test_mode.h"
#include "vehicle/vin.h"

namespace smartcar_sim::routes {
namespace {

using contract::ApiError;
using contract::Request;
using contract::Response;

template <Handler kHandler>
Response by_client(Context& context, const Request& request, const Parameters& parameters) {
    const auto credentials = basic_credentials(request);
    if (!credentials || !context.platform.accepts_client(*credentials)) {
        return refuse(context, {.type = "AUTHENTICATION"});
    }
    return kHandler(context, request, parameters);
}

// The fleet for as long as it is looked at.
class Fleet {
public:
    explicit Fleet(const platform::Platform& platform) : entries_(platform.fleet()) {
        vehicles_.reserve(entries_.size());
        for (const platform::FleetEntry& entry : entries_) vehicles_.push_back(entry.vehicle.get());
    }
    [[nodiscard]] std::span<const vehicle::Vehicle* const> vehicles() const { return vehicles_; }

private:
    std::vector<platform::FleetEntry> entries_;
    std::vector<const vehicle::Vehicle*> vehicles_;
};

// --- what is asked --------------------------------------------------------------------------------------

// The permissions of scope=, without the "required:" that they have in Connect.
std::variant<std::vector<std::string>, ApiError> scope_of(const base::Fields& query) {
    constexpr std::string_view kRequired = "required:";
    std::vector<std::string> permissions = base::words(base::field(query, "scope").value_or(""));
    for (std::string& permission : permissions) {
        if (permission.starts_with(kRequired)) permission.erase(0, kRequired.size());
        if (!vehicle::is_permission(permission)) {
            return bad_parameter("scope", base::quoted(permission) + " is not a permission");
        }
    }
    return permissions;
}

// --- by VIN ---------------------------------------------------------------------------------------------

// The one error whose detail has its field as a text (api.md section 4.23).
Response refuse_level(Context& context) {
    const std::string message = "Field must be one of: [" + base::joined(vehicle::level_words(), ", ") + "]";
    const std::string request_id = next_request_id(context);
    document::Value body = contract::error_body(
        {.type = "VALIDATION", .details = {{.field = {"test_mode_compatibility_level"}, .message = message}}},
        request_id);
    *body.find("detail")->array()->front().find("field") = "test_mode_compatibility_level";
    constexpr int kBadRequest = 400;
    std::string text;
    document::Writer(text).value(body);
    Response response = contract::json_response(kBadRequest, std::move(text));
    response.headers.add("sc-request-id", request_id);
    return response;
}

Response answer_test_mode(Context& context, std::string_view level, std::span<const std::string> scope) {
    const auto able = vehicle::parse_level(level);
    if (!able) return answer(context, vehicle::compatibility_body({.reason = vehicle::Incompatible::kVehicle}, scope));
    const vehicle::Vehicle vehicle = vehicle::test_vehicle(*able, {}, {});
    return answer(context, vehicle::compatibility_body({.vehicle = &vehicle}, scope));
}

// A country where nothing is offered at all is one where the make is not.
vehicle::Verdict verdict_on(std::string_view vin, std::string_view country, const Fleet& fleet) {
    const auto region = vehicle::region_of(country);
    if (region) return vehicle::judge(vin, *region, fleet.vehicles());
    return {.reason = vehicle::Incompatible::kMake};
}

bool is_country(std::string_view text) {
    return text.size() == 2 && std::ranges::all_of(text, [](char each) { return each >= 'A' && each <= 'Z'; });
}

std::optional<ApiError> objection(const base::Fields& query, const std::vector<std::string>& scope) {
    if (!vehicle::is_vin(base::field(query, "vin").value_or(""))) {
        return bad_parameter("vin", R"("vin" must be 17 digits and capital letters)");
    }
    if (scope.empty()) return bad_parameter("scope", R"("scope" is required)");
    if (!is_country(base::field(query, "country").value_or("US"))) {
        return bad_parameter("country", R"("country" must be two capital letters)");
    }
    if (!contract::parse_mode(base::field(query, "mode").value_or("live"))) {
        return bad_parameter("mode", R"("mode" must be live, simulated or test)");
    }
    return std::nullopt;
}

Response show_compatibility(Context& context, const Request& request, const Parameters&) {
    const base::Fields query = request.query_fields();
    const auto asked = scope_of(query);
    if (const auto* const error = std::get_if<ApiError>(&asked)) return refuse(context, *error);
    const auto& scope = std::get<std::vector<std::string>>(asked);
    if (const auto error = objection(query, scope)) return refuse(context, *error);
    if (base::field(query, "mode") == "test") {
        const std::string level = base::field(query, "test_mode_compatibility_level").value_or("");
        const bool known = std::ranges::find(vehicle::level_words(), level) != vehicle::level_words().end();
        return known ? answer_test_mode(context, level, scope) : refuse_level(context);
    }
    const Fleet fleet(context.platform);
    const vehicle::Verdict verdict =
        verdict_on(*base::field(query, "vin"), base::field(query, "country").value_or("US"), fleet);
    return answer(context, vehicle::compatibility_body(verdict, scope));
}

// --- the matrix -----------------------------------------------------------------------------------------

std::variant<vehicle::MatrixQuestion, ApiError> matrix_question(const base::Fields& query) {
    const auto region = vehicle::parse_region(base::field(query, "region").value_or(""));
    if (!region) return bad_parameter("region", R"("region" must be US, CA or EUROPE)");
    const auto scope = scope_of(query);
    if (const auto* const error = std::get_if<ApiError>(&scope)) return *error;
    vehicle::MatrixQuestion question{
        .region = *region,
        .makes = base::words(base::field(query, "make").value_or("")),
        .scope = vehicle::PermissionSet(std::span<const std::string>(std::get<std::vector<std::string>>(scope)))};
    const auto type = base::field(query, "type");
    if (!type || type->empty()) return question;
    question.powertrain = vehicle::parse_powertrain(*type);
    if (!question.powertrain) return bad_parameter("type", R"("type" must be ICE, BEV, PHEV or HEV)");
    return question;
}

Response show_matrix(Context& context, const Request& request, const Parameters&) {
    const auto question = matrix_question(request.query_fields());
    if (const auto* const error = std::get_if<ApiError>(&question)) return refuse(context, *error);
    const Fleet fleet(context.platform);
    return answer(context,
                  vehicle::compatibility_matrix(fleet.vehicles(), std::get<vehicle::MatrixQuestion>(question)));
}

constexpr std::array<Route, 2> kRoutes{{
    {"GET", "/{version}/compatibility", versioned<by_client<show_compatibility>>},
    {"GET", "/{version}/compatibility/matrix", versioned<by_client<show_matrix>>},
}};

}  // namespace

std::span<const Route> compatibility_api() { return kRoutes; }

}  // namespace smartcar_sim::routes
