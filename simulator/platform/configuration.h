// What the platform is told once, when it starts.
#pragma once

#include <string>
#include <vector>

#include "base/secret.h"
#include "contract/message.h"
#include "platform/development_values.h"

namespace smartcar_sim::platform {

// What GET /oauth/authorize does: shows its pages, or approves everything at once.
enum class ConnectStyle { kPage, kApprove };

struct Configuration {
    std::string client_id{kDevelopmentClientId};
    std::string api_client_id{kDevelopmentApiClientId};  // of application tokens; the secret is the same
    base::Secret client_secret{std::string(kDevelopmentClientSecret), base::Secret::Origin::kInvented};
    base::Secret application_management_token{std::string(kDevelopmentToken), base::Secret::Origin::kInvented};
    std::string application_name = "Example application";

    // Registered redirect URIs, compared as written; the first is the default. With none registered
    // /oauth/authorize takes any that Smartcar would let one register: http on a loopback host, https,
    // and sc<client id>://host (api.md section 2.1).
    std::vector<std::string> redirect_uris = {};

    ConnectStyle connect = ConnectStyle::kApprove;

    std::string user_id{kDevelopmentUserId};    // the one user who owns every fixture
    std::vector<std::string> webhook_ids = {};  // --webhook-id: given to the first webhooks, then development ids

    contract::Version webhook_version = contract::Version::k2_0;  // of webhooks that do not say
    contract::Dialect dialect = contract::Dialect::kWire;
};

}  // namespace smartcar_sim::platform
