#include "contract/signals.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <string>
#include <utility>

namespace smartcar_sim::contract {
namespace {

constexpr Signal::Kind kBoolean = Signal::Kind::kBoolean;
constexpr Signal::Kind kNumber = Signal::Kind::kNumber;
constexpr Signal::Kind kString = Signal::Kind::kString;
constexpr Signal::Kind kStructured = Signal::Kind::kStructured;

// Units: what live payloads carry. Never seen live, so the documentation's word: celsius, count, kph, liters.
// internalcombustionengine-range is km because the wire says so wherever the documentation says kilometers.
// wheel-tires is kPa although the one capture says bar: its numbers are kPa.
// clang-format off
constexpr std::array kSignals = {
    Signal{"charge-amperage", "Amperage", "Charge", kNumber, "ampere", ""},
    Signal{"charge-amperagemax", "AmperageMax", "Charge", kNumber, "ampere", ""},
    Signal{"charge-amperagerequested", "AmperageRequested", "Charge", kNumber, "ampere", ""},
    Signal{"charge-chargelimits", "ChargeLimits", "Charge", kStructured, "percent", "read_charge"},
    Signal{"charge-chargeportstatuscolor", "ChargePortStatusColor", "Charge", kString, "", ""},
    Signal{"charge-chargerate", "ChargeRate", "Charge", kNumber, "km/h", ""},
    Signal{"charge-chargerecords", "ChargeRecords", "Charge", kStructured, "", "read_charge_records"},
    Signal{"charge-chargerphases", "ChargerPhases", "Charge", kNumber, "count", ""},
    Signal{"charge-chargetimers", "ChargeTimers", "Charge", kStructured, "", ""},
    Signal{"charge-chargingconnectortype", "ChargingConnectorType", "Charge", kString, "", ""},
    Signal{"charge-detailedchargingstatus", "DetailedChargingStatus", "Charge", kString, "", "read_charge"},
    Signal{"charge-energyadded", "EnergyAdded", "Charge", kNumber, "kWh", ""},
    Signal{"charge-fastchargertype", "FastChargerType", "Charge", kString, "", ""},
    Signal{"charge-ischarging", "IsCharging", "Charge", kBoolean, "", "read_charge"},
    Signal{"charge-ischargingcableconnected", "IsChargingCableConnected", "Charge", kBoolean, "", "read_charge"},
    Signal{"charge-ischargingcablelatched", "IsChargingCableLatched", "Charge", kBoolean, "", ""},
    Signal{"charge-ischargingportflapopen", "IsChargingPortFlapOpen", "Charge", kBoolean, "", ""},
    Signal{"charge-isfastchargerpresent", "IsFastChargerPresent", "Charge", kBoolean, "", ""},
    Signal{"charge-timetocomplete", "TimeToComplete", "Charge", kNumber, "", ""},
    Signal{"charge-voltage", "Voltage", "Charge", kNumber, "volts", ""},
    Signal{"charge-wattage", "Wattage", "Charge", kNumber, "watts", ""},
    Signal{"climate-externaltemperature", "ExternalTemperature", "Climate", kNumber, "celsius", "read_thermometer"},
    Signal{"climate-internaltemperature", "InternalTemperature", "Climate", kNumber, "celsius", "read_thermometer"},
    Signal{"closure-doors", "Doors", "Closure", kStructured, "", "read_security"},
    Signal{"closure-enginecover", "EngineCover", "Closure", kStructured, "", "read_security"},
    Signal{"closure-fronttrunk", "FrontTrunk", "Closure", kStructured, "", "read_security"},
    Signal{"closure-islocked", "IsLocked", "Closure", kBoolean, "", "read_security"},
    Signal{"closure-reartrunk", "RearTrunk", "Closure", kStructured, "", "read_security"},
    Signal{"closure-sunroof", "Sunroof", "Closure", kStructured, "", "read_security"},
    Signal{"closure-tailgate", "Tailgate", "Closure", kStructured, "", "read_security"},
    Signal{"closure-windows", "Windows", "Closure", kStructured, "", "read_security"},
    Signal{"connectivitysoftware-currentfirmwareversion", "CurrentFirmwareVersion", "ConnectivitySoftware", kString, "", "read_extended_vehicle_info"},
    Signal{"connectivitystatus-isasleep", "IsAsleep", "ConnectivityStatus", kBoolean, "", "read_extended_vehicle_info"},
    Signal{"connectivitystatus-isdigitalkeypaired", "IsDigitalKeyPaired", "ConnectivityStatus", kBoolean, "", "read_extended_vehicle_info"},
    Signal{"connectivitystatus-isonline", "IsOnline", "ConnectivityStatus", kBoolean, "", "read_extended_vehicle_info"},
    Signal{"diagnostics-abs", "ABS", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-activesafety", "ActiveSafety", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-airbag", "Airbag", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-brakefluid", "BrakeFluid", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-driverassistance", "DriverAssistance", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-dtccount", "DTCCount", "Diagnostics", kNumber, "count", "read_diagnostics"},
    Signal{"diagnostics-dtclist", "DTCList", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-emissions", "Emissions", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-evbatteryconditioning", "EVBatteryConditioning", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-evcharging", "EVCharging", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-evdriveunit", "EVDriveUnit", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-evhvbattery", "EVHVBattery", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-lighting", "Lighting", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-mil", "MIL", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-oillife", "OilLife", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-oilpressure", "OilPressure", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-oiltemperature", "OilTemperature", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-telematics", "Telematics", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-tirepressure", "TirePressure", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-tirepressuremonitoring", "TirePressureMonitoring", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-transmission", "Transmission", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-washerfluid", "WasherFluid", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"diagnostics-waterinfuel", "WaterInFuel", "Diagnostics", kStructured, "", "read_diagnostics"},
    Signal{"hvac-cabintargettemperature", "CabinTargetTemperature", "HVAC", kNumber, "celsius", "read_climate"},
    Signal{"hvac-iscabinhvacactive", "IsCabinHVACActive", "HVAC", kBoolean, "", "read_climate"},
    Signal{"hvac-isfrontdefrosteractive", "IsFrontDefrosterActive", "HVAC", kBoolean, "", "read_climate"},
    Signal{"hvac-isreardefrosteractive", "IsRearDefrosterActive", "HVAC", kBoolean, "", "read_climate"},
    Signal{"hvac-issteeringheateractive", "IsSteeringHeaterActive", "HVAC", kBoolean, "", "read_climate"},
    Signal{"internalcombustionengine-amountremaining", "AmountRemaining", "InternalCombustionEngine", kNumber, "liters", "read_fuel"},
    Signal{"internalcombustionengine-fuellevel", "FuelLevel", "InternalCombustionEngine", kNumber, "percent", "read_fuel"},
    Signal{"internalcombustionengine-oillife", "OilLife", "InternalCombustionEngine", kNumber, "percent", "read_engine_oil"},
    Signal{"internalcombustionengine-range", "Range", "InternalCombustionEngine", kNumber, "km", "read_fuel"},
    Signal{"location-isathome", "IsAtHome", "Location", kBoolean, "", ""},
    Signal{"location-preciselocation", "PreciseLocation", "Location", kStructured, "", "read_location"},
    Signal{"lowvoltagebattery-stateofcharge", "StateOfCharge", "LowVoltageBattery", kNumber, "percent", "read_extended_vehicle_info"},
    Signal{"lowvoltagebattery-status", "Status", "LowVoltageBattery", kString, "", "read_extended_vehicle_info"},
    Signal{"motion-currentspeed", "CurrentSpeed", "Motion", kNumber, "kph", "read_speedometer"},
    Signal{"odometer-traveleddistance", "TraveledDistance", "Odometer", kNumber, "km", "read_odometer"},
    Signal{"service-isinservice", "IsInService", "Service", kBoolean, "", ""},
    Signal{"service-records", "Records", "Service", kStructured, "", "read_service_history"},
    Signal{"surveillance-brand", "Brand", "Surveillance", kString, "", "read_extended_vehicle_info", true},
    Signal{"surveillance-isenabled", "IsEnabled", "Surveillance", kBoolean, "", "read_extended_vehicle_info"},
    Signal{"tractionbattery-isheateractive", "IsHeaterActive", "TractionBattery", kBoolean, "", ""},
    Signal{"tractionbattery-maxrangechargecounter", "MaxRangeChargeCounter", "TractionBattery", kNumber, "", ""},
    Signal{"tractionbattery-nominalcapacity", "NominalCapacity", "TractionBattery", kStructured, "kWh", "read_battery"},
    Signal{"tractionbattery-range", "Range", "TractionBattery", kStructured, "km", "read_battery"},
    Signal{"tractionbattery-stateofcharge", "StateOfCharge", "TractionBattery", kNumber, "percent", "read_battery"},
    Signal{"transmission-drivemode", "DriveMode", "Transmission", kStructured, "", "read_extended_vehicle_info"},
    Signal{"transmission-gearstate", "GearState", "Transmission", kString, "", "read_extended_vehicle_info"},
    Signal{"vehicleidentification-exteriorcolor", "ExteriorColor", "VehicleIdentification", kString, "", "read_extended_vehicle_info"},
    Signal{"vehicleidentification-nickname", "Nickname", "VehicleIdentification", kString, "", "read_extended_vehicle_info"},
    Signal{"vehicleidentification-packages", "Packages", "VehicleIdentification", kStructured, "", "read_extended_vehicle_info"},
    Signal{"vehicleidentification-trim", "Trim", "VehicleIdentification", kString, "", "read_extended_vehicle_info"},
    Signal{"vehicleidentification-vin", "VIN", "VehicleIdentification", kString, "", "read_vin", true},
    Signal{"vehicleuseraccount-permissions", "Permissions", "VehicleUserAccount", kStructured, "", "read_user_profile"},
    Signal{"vehicleuseraccount-role", "Role", "VehicleUserAccount", kString, "", "read_user_profile"},
    Signal{"wheel-style", "Style", "Wheel", kString, "", "read_extended_vehicle_info", true},
    Signal{"wheel-tires", "Tires", "Wheel", kStructured, "kPa", "read_tires"},
};
// clang-format on

static_assert(std::ranges::is_sorted(kSignals, {}, &Signal::code), "find_signal() searches by halves");

document::Value body_of_number(const Signal& signal, const document::Value& number) {
    if (signal.code == "tractionbattery-range") {
        return document::Object{{"value", number}, {"additionalValues", document::Array{}}};
    }
    if (signal.code == "tractionbattery-nominalcapacity") {
        return document::Object{
            {"capacity", number}, {"source", "SMARTCAR"}, {"availableCapacities", document::Array{}}};
    }
    if (signal.code == "charge-chargelimits") {
        return document::Object{{"values", document::Array{}}, {"activeLimit", number}};
    }
    return document::Object{{"value", number}};
}

}  // namespace

std::span<const Signal> signals() { return kSignals; }

const Signal* find_signal(std::string_view code) {
    const auto found = std::ranges::lower_bound(kSignals, code, {}, &Signal::code);
    return found != kSignals.end() && found->code == code ? &*found : nullptr;
}

SignalName signal_name(std::string_view code) {
    const Signal* const signal = find_signal(code);
    assert(signal != nullptr);
    return {.code = std::string(signal->code), .name = std::string(signal->name), .group = std::string(signal->group)};
}

std::string_view number_member(const Signal& signal) {
    if (signal.code == "tractionbattery-range") return "value";
    if (signal.code == "tractionbattery-nominalcapacity") return "capacity";
    if (signal.code == "charge-chargelimits") return "activeLimit";
    return "";
}

document::Value signal_body(const Signal& signal, const document::Value& state) {
    if (state.object() != nullptr) return state;
    document::Value body = body_of_number(signal, state);
    if (!signal.unit.empty()) body.object()->emplace_back("unit", std::string(signal.unit));
    return body;
}

}  // namespace smartcar_sim::contract
