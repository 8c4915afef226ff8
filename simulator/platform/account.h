// Which vehicles a login at Connect shows, private to platform/.
#pragma once

#include <optional>
#include <string>

#include "platform/oauth.h"
#include "platform/records.h"
#include "platform/scope.h"

namespace smartcar_sim::platform {

// "test" was merged into "simulated" on 30 July 2024.
[[nodiscard]] bool serves(const vehicle::Vehicle& vehicle, contract::Mode mode);
// Mode, region and, with single_select_vin, the VIN.
[[nodiscard]] bool is_for(const vehicle::Vehicle& vehicle, const Visit& visit);
[[nodiscard]] Scope scope_of(const Visit& visit);
// make, vin, model, year: what vehicle_incompatible tells of it.
[[nodiscard]] base::Fields about(const vehicle::Vehicle& vehicle);

// The vehicles of that brand, or those that the login stands for. What the fleet lacks is made up: the same login
// shows the same vehicle every time, and enlist() takes it into the fleet once it is connected.
[[nodiscard]] SignedIn sign_in(const Turn& turn, const Visit& visit, const Login& login);
// The record of that vehicle, which joins the fleet if it is not there.
[[nodiscard]] VehicleRecord& enlist(Records& records, const std::string& user_id, const VehiclePtr& vehicle);

// "null" forgets it, and nothing leaves it as it was.
void remember_external_id(Records& records, const std::string& user_id, const std::optional<std::string>& external_id);

}  // namespace smartcar_sim::platform
