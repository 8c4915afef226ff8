#include "platform/special_login.h"

#include <string>
#include <vector>

#include "catch.h"

namespace smartcar_sim::platform {
namespace {

TEST_CASE("an e-mail address may say what its account is") {
    struct Row {
        std::string username;
        SpecialLogin login;
    };
    const std::string vin = "5YJSA1E14FF101307";
    const std::vector<Row> rows = {
        {"me@example.com", std::monostate{}},
        {"", std::monostate{}},
        {"smartcar", std::monostate{}},
        {"5yjsa1e14ff101307@compatible.smartcar.com", OneVehicle{.vin = vin, .level = vehicle::Level::kAll}},
        {vin + "@phev.smartcar.com", OneVehicle{.vin = vin, .level = vehicle::Level::kAll}},
        {vin + "@BEV.smartcar.com", OneVehicle{.vin = vin, .level = vehicle::Level::kBattery}},
        {vin + "@fuel.smartcar.com", OneVehicle{.vin = vin, .level = vehicle::Level::kFuel}},
        {vin + "@incompatible.smartcar.com", FailingLogin{.error = ConnectError::kVehicleIncompatible, .vin = vin}},
        {vin + "@hev.smartcar.com", std::monostate{}},
        {"short@bev.smartcar.com", std::monostate{}},
        {"5YJSA1E14FF10130-@bev.smartcar.com", std::monostate{}},
        {"0-vehicles@smartcar.com", SeveralVehicles{0}},
        {"12-vehicles@smartcar.com", SeveralVehicles{12}},
        {"999-Vehicles@Smartcar.com", SeveralVehicles{999}},
        {"1000-vehicles@smartcar.com", std::monostate{}},
        {"-1-vehicles@smartcar.com", std::monostate{}},
        {"-vehicles@smartcar.com", std::monostate{}},
        {"12-vehicles@example.com", std::monostate{}},
        {"smartcar@successful-request.com", OneVehicle{.vin = "0SCAUDI037A5ADB1C", .level = vehicle::Level::kAll}},
        {"smartcar@vehicle-incompatible.com",
         FailingLogin{.error = ConnectError::kVehicleIncompatible, .vin = "0SCAUDI012FE3B132"}},
        {"smartcar@invalid-subscription.com",
         FailingLogin{.error = ConnectError::kInvalidSubscription, .vin = "0SCAUDI0155C49A95"}},
        {"smartcar@server-error.com", FailingLogin{.error = ConnectError::kServer}},
        {"me@server-error.com", std::monostate{}},
        {"VEHICLE_STATE.UNKNOWN@smartcar.com", contract::ApiError{.type = "VEHICLE_STATE", .code = "UNKNOWN"}},
        {"connected_services_account.vehicle_missing@smartcar.com",
         contract::ApiError{.type = "CONNECTED_SERVICES_ACCOUNT", .code = "VEHICLE_MISSING"}},
        {"PERMISSION.null@smartcar.com", contract::ApiError{.type = "PERMISSION", .code = std::nullopt}},
        {"VEHICLE_STATE.TIRED@smartcar.com", std::monostate{}},
        {"VEHICLE_STATE@smartcar.com", std::monostate{}},
    };
    for (const Row& row : rows) {
        CAPTURE(row.username);
        CHECK(parse_login(row.username) == row.login);
    }
}

}  // namespace
}  // namespace smartcar_sim::platform
