// What Connect and the token endpoints are asked and what they answer (contract/api.md section 2).
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "base/text.h"
#include "contract/message.h"
#include "platform/connect_error.h"
#include "platform/effect.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::platform {

inline constexpr base::Milliseconds kCodeLifetime = std::chrono::minutes(10);
inline constexpr base::Milliseconds kAccessTokenLifetime = std::chrono::hours(2);
inline constexpr base::Milliseconds kRefreshTokenLifetime = std::chrono::hours(24 * 60);
// How long a refresh token still works after it was used. One page says one minute, another ten
// (api.md section 12); the shorter finds the application that relies on the longer.
inline constexpr base::Milliseconds kRefreshGrace = std::chrono::minutes(1);
inline constexpr base::Milliseconds kApplicationTokenLifetime = std::chrono::hours(1);

using VehiclePtr = std::shared_ptr<const vehicle::Vehicle>;

// Whether the user may choose several vehicles or one.
enum class Select { kAny, kOne };

// A visit to Connect without pages, from which the user comes back having granted all of it.
struct ConnectRequest {
    contract::Mode mode = contract::Mode::kLive;
    // Permissions, empty for all there are. Scope::suits says which vehicles are left out.
    std::vector<std::string> scope = {};
    std::vector<std::string> vehicles = {};  // ids or fixture names, whatever their mode; empty: all of that mode
    std::string redirect_uri = {};           // empty: the registered default, if any
    std::optional<std::string> state = {};
    std::string make = {};                        // upper case; empty: any
    Select select = Select::kAny;                 // kOne takes the first
    std::optional<std::string> external_id = {};  // the user's id in the application; "null" forgets it
};

// POST /_sim/connect: the code is still to be exchanged, the tokens are a grant of their own.
struct Connected {
    std::string code;
    std::optional<std::string> redirect_to;  // nothing without a redirect URI
    std::string access_token;
    std::string refresh_token;
    std::vector<std::string> vehicle_ids;
    Fired fired;  // first deliveries of webhooks that subscribe by themselves
};

// The query of GET /oauth/authorize, as it came.
struct AuthorizeRequest {
    std::string response_type = "code";  // or "none": the vehicles are connected and no code is made
    std::string client_id = {};
    std::optional<std::string> redirect_uri = {};
    std::string scope = {};  // separated by spaces
    std::optional<std::string> state = {};
    std::string mode = "live";
    std::string approval_prompt = "auto";  // or "force"
    std::string make = {};
    std::string single_select = {};      // "true" or anything else
    std::string single_select_vin = {};  // heeded with single_select
    std::string flags = {};              // "country:DE color:00819D"
    std::optional<std::string> external_id = {};
    bool says_application_id = false;  // the flow of 2026, which adds user_id to the redirect
};
// Where the browser goes: code and state, or error, error_description and state (api.md section 2.3).
struct Redirect {
    std::string location;
    Fired fired = {};
};
// Shown instead of a redirect: an unknown client or a redirect URI that must not be trusted.
struct ErrorPage {
    int status = 400;
    std::string title;
    std::string message;
    // Where "return to application" leads, with configuration_error; empty when no redirect URI can be trusted.
    std::string return_to = {};
};
using Authorization = std::variant<Redirect, ErrorPage>;

// An authorize request that was found in order, and what it means.
struct Visit {
    AuthorizeRequest asked;
    std::string redirect_uri;
    contract::Mode mode = contract::Mode::kLive;
    std::vector<std::string> permissions = {};  // each once
    std::vector<std::string> required = {};     // those of them that had "required:"
    std::optional<vehicle::Region> region = {};
    Select select = Select::kAny;
    std::string vin = {};   // of single_select_vin
    std::string make = {};  // the brand that is not asked for any more; empty: the user chooses

    // Where the browser goes with that error, its state and `more` (api.md section 2.3).
    [[nodiscard]] std::string location(ConnectError error, const base::Fields& more = {}) const;
};
using Admission = std::variant<Visit, ErrorPage>;

// Who signed in at which brand.
struct Login {
    std::string make;
    std::string username;
};
struct AccountVehicle {
    VehiclePtr vehicle;
    bool suits = false;  // has what the visit asks for
};
// What that login shows.
struct Account {
    std::vector<AccountVehicle> vehicles;  // at least one suits
    // Whether everything asked for was granted before for all that suit, so that nobody need be asked again.
    bool granted_before = false;
};
// Why a login ends the visit; `about` is the vehicle of vehicle_incompatible: make, vin, model, year.
struct Trouble {
    ConnectError error = ConnectError::kNoVehicles;
    base::Fields about = {};
};
using SignedIn = std::variant<Account, Trouble>;

// What the user approved.
struct Approval {
    std::vector<std::string> vehicle_ids;
    std::vector<std::string> permissions;  // the required ones are granted anyway
};

// The queries of GET /oauth/reauthenticate and GET /battery-capacity (api.md sections 2.4 and 2.5), as they came.
struct VehicleVisitRequest {
    std::string response_type = "vehicle_id";
    std::string client_id = {};
    std::string vehicle_id = {};
    std::optional<std::string> redirect_uri = {};
    std::optional<std::string> state = {};
    std::optional<std::string> external_id = {};
    std::string token = {};  // of the battery capacity alone
};
struct VehicleVisit {
    VehicleVisitRequest asked;
    std::string redirect_uri;  // empty: there is none, and the visit ends on a page
    VehiclePtr vehicle;

    // Where the browser goes with that error; empty without a redirect URI.
    [[nodiscard]] std::string location(ConnectError error) const;
};
using VehicleAdmission = std::variant<VehicleVisit, ErrorPage>;

// One of the capacities a vehicle's battery may have, in kWh.
struct CapacityChoice {
    double capacity = 0;
    std::string description;  // may be empty
    bool selected = false;
};

struct Credentials {
    std::string client_id;
    std::string client_secret;
};
struct Tokens {
    std::string access_token;
    std::string refresh_token;
    base::Milliseconds expires_in{kAccessTokenLifetime};
};
// The token endpoint's error body.
struct OAuthError {
    int status = 400;
    std::string error;  // "invalid_request", "invalid_client"
    std::string description;
};
using TokenAnswer = std::variant<Tokens, OAuthError>;

// Of POST /oauth2/token: it stands for the application and no user, and is not refreshed.
struct ApplicationToken {
    std::string access_token;
    base::Milliseconds expires_in{kApplicationTokenLifetime};
};
using ApplicationTokenAnswer = std::variant<ApplicationToken, OAuthError>;

}  // namespace smartcar_sim::platform
