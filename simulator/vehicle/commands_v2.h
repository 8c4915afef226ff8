// What an application sends to make a vehicle do something in v2.0: one table of paths with the reader of their bodies
// (contract/api.md sections 4.13 to 4.18 and 4.25).
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "contract/api_error.h"
#include "document/value.h"
#include "vehicle/obey.h"
#include "vehicle/units.h"

namespace smartcar_sim::vehicle {

struct Orders {
    std::string_view method;      // "POST", "PUT", "DELETE"
    std::string_view path;        // "/security", "/tesla/charge/ammeter"
    std::string_view make;        // "TESLA"; empty: of all
    std::string_view permission;  // "control_security"
    // VALIDATION with the member that is wrong. The vehicle is the one it is for, as it is now.
    std::variant<Command, contract::ApiError> (*read)(const document::Value& body, const Vehicle& vehicle,
                                                      UnitSystem units);
    // The body of the answer once it was obeyed; `after` is the vehicle then.
    document::Value (*answer)(const document::Value& body, const Vehicle& after);
};
[[nodiscard]] std::span<const Orders> orders();

}  // namespace smartcar_sim::vehicle
