// Connect's pages and the token endpoints in OpenAPI.
#include "routes/openapi_tables.h"

namespace smartcar_sim::routes {
namespace {

constexpr const char* kAuthorizeQuery =
    "{client_id?: string, application_id?: string, response_type?: 'code'|'none', redirect_uri?: string, "
    "scope?: string, state?: string, mode?: Mode, approval_prompt?: 'auto'|'force', make?: string, "
    "single_select?: string, single_select_vin?: string, flags?: string, external_id?: string, user?: string}";

constexpr const char* kVehicleQuery =
    "{client_id?: string, application_id?: string, response_type?: string, vehicle_id?: string, redirect_uri?: string, "
    "state?: string, external_id?: string, token?: string}";

// What the pages' own forms say.
constexpr const char* kVisitForm =
    "{request: string, step?: string, brand?: string, search?: string, username?: string, password?: string, "
    "vehicle?: string, permission?: string, answer?: string, share?: string}";
constexpr const char* kAnswerForm = "{request: string, answer?: string}";
constexpr const char* kCapacityForm = "{request: string, capacity?: string}";

constexpr const char* kTokenForm =
    "{grant_type: 'authorization_code'|'refresh_token', code?: string, refresh_token?: string, redirect_uri?: string, "
    "client_id?: string, client_secret?: string}";
constexpr const char* kApplicationForm =
    "{grant_type: 'client_credentials', client_id?: string, client_secret?: string}";

Operation token_at(std::string path, std::string summary) {
    return {"POST", std::move(path), std::move(summary), Caller::kClientForToken, "", kTokenForm, 200, "Tokens"};
}

}  // namespace

std::vector<Operation> connect_operations() {
    constexpr Caller kVisitor = Caller::kVisitor;
    constexpr Caller kVisitorOfApi = Caller::kVisitorOfApi;
    return {
        {"GET", "/oauth/authorize", "The pages of Connect", kVisitor, kAuthorizeQuery, "", 200, ""},
        {"POST", "/oauth/authorize", "What their forms send", kVisitor, "", kVisitForm, 200, ""},
        {"GET", "/oauth/reauthenticate", "The owner logs in again", kVisitor, kVehicleQuery, "", 200, ""},
        {"POST", "/oauth/reauthenticate", "What its form sends", kVisitor, "", kAnswerForm, 200, ""},
        {"GET", "/battery-capacity", "The owner chooses a capacity", kVisitorOfApi, kVehicleQuery, "", 200, ""},
        {"POST", "/battery-capacity", "What its form sends", kVisitorOfApi, "", kCapacityForm, 200, ""},
        token_at("/oauth/token", "Tokens for a code or a refresh token"),
        token_at("/oauth/token/oauth/token", "The same, where the Python SDK asks"),
        token_at("/", "The same for an auth origin that is a whole URL"),
        {"POST", "/oauth2/token", "A token of the application, for v3", Caller::kApplicationForToken, "",
         kApplicationForm, 200, "ApplicationToken"},
    };
}

}  // namespace smartcar_sim::routes
