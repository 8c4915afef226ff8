// What Connect and the token endpoint are asked and what they answer (contract/api.md section 2).
#pragma once

#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "contract/message.h"
#include "platform/effect.h"

namespace smartcar_sim::platform {

inline constexpr base::Milliseconds kCodeLifetime = std::chrono::minutes(10);
inline constexpr base::Milliseconds kAccessTokenLifetime = std::chrono::hours(2);
inline constexpr base::Milliseconds kRefreshTokenLifetime = std::chrono::hours(24 * 60);
// How long a refresh token still works after it was used. One page says one minute, another ten
// (api.md section 12); the shorter finds the application that relies on the longer.
inline constexpr base::Milliseconds kRefreshGrace = std::chrono::minutes(1);

// A visit to Connect, from which the user comes back having granted all of it.
struct ConnectRequest {
    contract::Mode mode = contract::Mode::kLive;
    // Permissions, empty for all there are. A vehicle that lacks one with "required:" in front is left out.
    std::vector<std::string> scope = {};
    std::vector<std::string> vehicles = {};  // ids or fixture names, whatever their mode; empty: all of that mode
    std::string redirect_uri = {};           // empty: the registered default, if any
    std::optional<std::string> state = {};
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

// The query of GET /oauth/authorize.
struct AuthorizeRequest {
    std::string response_type = "code";
    std::string client_id = {};
    std::optional<std::string> redirect_uri = {};
    std::string scope = {};  // separated by spaces
    std::optional<std::string> state = {};
    std::string mode = "live";
};
// Where the browser goes: code and state, or error, error_description and state (api.md section 2.3).
struct Redirect {
    std::string location;
    Fired fired;
};
// Shown instead of a redirect: an unknown client or a redirect URI that must not be trusted.
struct ErrorPage {
    int status = 400;
    std::string title;
    std::string message;
};
using Authorization = std::variant<Redirect, ErrorPage>;

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

}  // namespace smartcar_sim::platform
