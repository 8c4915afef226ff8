// A vehicle as API v2.0 shows it (contract/api.md section 4): one table of read endpoints, everything derived from the
// exact state. Webhooks of type schedule and dynamic carry the same bodies.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/text.h"
#include "contract/api_error.h"
#include "document/value.h"
#include "vehicle/units.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

// What one read endpoint answers.
struct View {
    document::Value body;
    std::optional<base::Instant> recorded_at = {};  // sc-data-age; nothing for what never changes
    bool has_units = false;                         // whether sc-unit-system is sent
};
using Answer = std::variant<View, contract::ApiError>;

// How a reading is asked for.
struct Question {
    UnitSystem units = UnitSystem::kMetric;
    base::Instant now{};
    base::Fields query = {};
};

// A read endpoint below /vehicles/{id}.
struct Endpoint {
    std::string_view path;        // "/battery"; "/tesla/charge" of one make
    std::string_view make;        // "TESLA"; empty: of all
    std::string_view permission;  // "read_battery"; empty: the connection suffices
    Answer (*read)(const Vehicle& vehicle, const Question& question);

    // Answered without asking the car maker, whatever is wrong with the account (api.md section 9.3).
    [[nodiscard]] bool is_static() const { return path == "/" || path == "/vin"; }
};
[[nodiscard]] std::span<const Endpoint> endpoints();       // of every make
[[nodiscard]] std::span<const Endpoint> make_endpoints();  // "/tesla/charge", …: section 4.25
// Both tables as one, by row; nothing after the last.
[[nodiscard]] const Endpoint* endpoint_at(std::size_t row);
// The endpoint of that path, or nothing.
[[nodiscard]] const Endpoint* find_endpoint(std::string_view path);

// What the vehicle answers: COMPATIBILITY when the platform does not offer the permission for its make, or when the
// vehicle lacks the permission or the signals or is of another make; else what the endpoint reads. Whether the
// application was granted the permission is not asked here.
[[nodiscard]] Answer read(const Endpoint& endpoint, const Vehicle& vehicle, const Question& question);

}  // namespace smartcar_sim::vehicle
