// What GET /_sim/openapi.json says of the routes, private to routes/: who may call, what is asked and answered. Schemas
// are in the notation of schema_notation.h.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "document/value.h"

namespace smartcar_sim::routes {

// Whose request it is, which decides its credentials and in whose words it is refused.
enum class Caller {
    kDeveloper,            // /_sim
    kVisitor,              // a browser at a page of Connect
    kVisitorOfApi,         // the same, where faults speak as v2.0
    kClientForToken,       // /oauth/token
    kApplicationForToken,  // /oauth2/token
    kUser,                 // an access token
    kUserWithUnits,        // the same, with sc-unit-system
    kUserOrManagement,     // or the application management token as a bearer
    kManagement,           // that one alone
    kManagementBasic,      // Basic default: application management token
    kClient,               // Basic client id and secret
    kUserOrApplication,    // v3, both shapes
    kApplication,          // v3 with a token of /oauth2/token
    kApplicationForUser,   // the same with sc-user-id
};

struct Operation {
    std::string_view method;
    std::string pattern;  // "/v2.0/vehicles/{id}"
    std::string summary;
    Caller caller;
    std::string query;          // an object, whose members are the fields; empty: none
    std::string body;           // empty: none
    int status = 200;           // of success
    std::string answer;         // empty: no body
    std::string refusals = {};  // of /_sim, beside those of every such route: "404 503 409=SentToNobody"
};
[[nodiscard]] std::vector<Operation> sim_operations();
[[nodiscard]] std::vector<Operation> connect_operations();  // pages and tokens
[[nodiscard]] std::vector<Operation> v2_operations();
[[nodiscard]] std::vector<Operation> v3_operations();
[[nodiscard]] std::vector<Operation> all_operations();

// Schemas by the names that notations use.
struct NamedSchema {
    std::string name;
    document::Value schema;
};
[[nodiscard]] std::vector<NamedSchema> component_schemas();

}  // namespace smartcar_sim::routes
