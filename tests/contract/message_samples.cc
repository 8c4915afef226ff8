#include "message_samples.h"

#include <chrono>

#include "contract/api_error.h"

namespace smartcar_sim::contract::samples {
namespace {

using document::Array;
using document::Object;
using document::Value;

constexpr std::string_view kChallenge = "challenge_3f0c9a51d2e84b7796a1c0de55f7b812";

base::Instant at(std::int64_t milliseconds) { return base::Instant(base::Milliseconds(milliseconds)); }

const base::Instant kOemUpdated = at(1769897392000);
const base::Instant kRetrieved = at(1769937942652);
const base::Instant kDelivered = at(1769937943001);

Envelope envelope(Dialect dialect, Mode mode = Mode::kLive) {
    return {.webhook_id = "5a8e5e38-1e12-4011-a36d-56f120053f9e",
            .webhook_name = "Example Webhook",
            .dialect = dialect,
            .mode = mode};
}

const SignalName kStateOfCharge{
    .code = "tractionbattery-stateofcharge", .name = "StateOfCharge", .group = "TractionBattery"};
const SignalName kIsLocked{.code = "closure-islocked", .name = "IsLocked", .group = "Closure"};
const SignalName kNickname{
    .code = "vehicleidentification-nickname", .name = "Nickname", .group = "VehicleIdentification"};
const SignalName kVin{.code = "vehicleidentification-vin", .name = "VIN", .group = "VehicleIdentification"};
const SignalName kHvac{.code = "hvac-iscabinhvacactive", .name = "IsCabinHVACActive", .group = "HVAC"};

SignalReading good(const SignalName& signal, Value body, base::Instant updated, base::Instant retrieved) {
    return {.signal = signal,
            .body = std::move(body),
            .oem_updated_at = updated,
            .retrieved_at = retrieved,
            .failure = std::nullopt};
}

SignalReading failed(const SignalName& signal, std::string type, std::optional<std::string> code) {
    return {.signal = signal,
            .body = nullptr,
            .oem_updated_at = {},
            .retrieved_at = {},
            .failure = SignalFailure{.type = std::move(type), .code = std::move(code)}};
}

VehicleRef polestar() {
    return {.id = "9af13248-3b73-4c9d-9a4b-d937ce6bc8e2",
            .user_id = "4f3a1b1e-5b0e-4a37-9e62-57a5b1d0c001",
            .make = "POLESTAR",
            .model = "Polestar 2",
            .year = 2024};
}

Message state(Dialect dialect, const Triggers& triggers) {
    const std::vector<SignalReading> signals = {
        good(kStateOfCharge, Object{{"value", 78}, {"unit", "percent"}}, kOemUpdated, kRetrieved),
        good(kIsLocked, Object{{"value", true}}, kOemUpdated, kRetrieved),
        failed(kNickname, "COMPATIBILITY", "VEHICLE_NOT_CAPABLE"),
    };
    return vehicle_state(envelope(dialect), "b3c2c1f0-6a4e-4f0c-8f55-0b9d2f7c1a11", polestar(), signals, triggers);
}

Message test_payload() {
    const base::Instant sampled = at(1761017951419);
    const VehicleRef tesla{.id = "49a68a3d-3003-4350-8f87-a6bdf0881ed9",
                           .user_id = "1ccdebfd-d571-4d70-a58c-9dbcb7612168",
                           .make = "Tesla",
                           .model = "Model 3",
                           .year = 2020};
    const std::vector<SignalReading> signals = {
        good(kVin, Object{{"value", "5YJSA1CN5DFP00101"}}, {}, {}),
        good(kStateOfCharge, Object{{"value", 78}, {"unit", "percent"}}, sampled, sampled),
        good(kHvac, Object{{"value", true}}, sampled, sampled),
    };
    return vehicle_state(envelope(Dialect::kWire, Mode::kTest), "cbff7ab8-8165-4266-822f-f7a31b7fdaf8", tesla, signals,
                         {.first_delivery = false, .changed = {kHvac}});
}

Message error(Dialect dialect, const std::vector<VehicleFault>& faults) {
    const VehicleRef volkswagen{.id = "9af13248-3b73-4c9d-9a4b-d937ce6bc8e2",
                                .user_id = "4f3a1b1e-5b0e-4a37-9e62-57a5b1d0c001",
                                .make = "VOLKSWAGEN",
                                .model = "ID.4",
                                .year = 2021};
    return vehicle_error(envelope(dialect), "5f0b7c4e-8a1d-4a11-9b7e-0c6a51b2d3e4", volkswagen, faults);
}

std::vector<VehicleFault> faults() {
    using enum VehicleFault::State;
    return {
        {.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE", .state = kError, .signals = std::vector{kNickname}},
        {.type = "PERMISSION", .code = std::nullopt, .state = kError, .signals = std::vector{kIsLocked}},
        {.type = "CONNECTED_SERVICES_ACCOUNT", .code = "PERMISSION", .state = kError, .signals = {}},
    };
}

std::vector<VehicleFault> resolved() {
    return {{.type = "COMPATIBILITY",
             .code = "VEHICLE_NOT_CAPABLE",
             .state = VehicleFault::State::kResolved,
             .signals = std::vector{kNickname}}};
}

Message schedule() {
    const std::string request_id = "25d743b8-14cf-4744-b067-bd8d7daf3f1a";
    const std::vector<VehicleReadings> vehicles = {{
        .vehicle_id = "dc6ea99e-57d1-4e41-b129-27e7eb58713e",
        .request_id = request_id,
        .data = {{.path = "/battery",
                  .code = 200,
                  .body = Object{{"percentRemaining", 0.58}, {"range", 283.244544}},
                  .headers = {{"sc-data-age", "2022-04-13T10:15:00.000Z"}, {"sc-unit-system", "metric"}}},
                 {.path = "/fuel",
                  .code = 501,
                  .body = error_body({.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE"}, request_id),
                  .headers = {{"sc-unit-system", "metric"}}}},
    }};
    Envelope legacy = envelope(Dialect::kWire);
    legacy.webhook_id = "865ca68d-a9b6-4d74-856e-605db0209eca";
    return readings_2_0(legacy, "schedule", vehicles);
}

Message dynamic() {
    const std::vector<VehicleReadings> vehicles = {{
        .vehicle_id = "9af13248-3b73-4c9d-9a4b-d937ce6bc8e2",
        .request_id = "7c0a1e55-9d0c-4f7e-8a35-2f5f5a3d9b01",
        .data = {{.path = "/battery",
                  .code = 200,
                  .body = Object{{"percentRemaining", 0.58}, {"range", 283.2}},
                  .headers = {{"sc-data-age", "2026-04-13T07:20:50.000Z"}}},
                 {.path = "/charge",
                  .code = 200,
                  .body = Object{{"isPluggedIn", false}, {"state", "NOT_CHARGING"}},
                  .headers = {{"sc-data-age", "2026-04-13T07:20:50.000Z"}}}},
    }};
    return readings_2_0(envelope(Dialect::kWire), "dynamic", vehicles);
}

std::vector<Sample> golden_2_0() {
    const Envelope any = envelope(Dialect::kWire);
    return {
        {"2_0_verify.json", verify_2_0(any.webhook_id, kChallenge), {}},
        {"2_0_event_based.json",
         event_based(any, "0f8e7c52-3f8f-4a7c-9d5e-1c1f6e7b9a10", "9af13248-3b73-4c9d-9a4b-d937ce6bc8e2",
                     "CHARGING_STARTED", at(1776064850844)),
         {}},
        {"2_0_schedule.json", schedule(), {}},
        {"2_0_dynamic.json", dynamic(), {}},
    };
}

std::vector<Sample> golden_4_0(Dialect dialect, const std::vector<std::string_view>& files) {
    const Triggers changed{.first_delivery = false, .changed = {kStateOfCharge}};
    const Triggers first{.first_delivery = true, .changed = {}};
    const Stamp verified{"5d569643-3a47-4cd1-a3ec-db5fc1f6f03b", at(1785526722332)};
    const Stamp stated{"0d3e1b52-7f7d-4a51-8c47-8e0b2b6b5f10", kDelivered};
    const Stamp reported{"9c7d2a10-2b8e-4d2e-bb0a-6f1d5a7c8e90", kDelivered};
    return {
        {files[0], verify_4_0(envelope(dialect), "52f6e0bb-1369-45da-a61c-9e67d092d6db", kChallenge), verified},
        {files[1], state(dialect, changed), stated},
        {files[2], state(dialect, first), stated},
        {files[3], error(dialect, faults()), reported},
        {files[4], error(dialect, resolved()), reported},
    };
}

}  // namespace

std::vector<Sample> golden() {
    std::vector<Sample> all = golden_2_0();
    for (Sample& sample : golden_4_0(
             Dialect::kWire, {"4_0_verify_wire.json", "4_0_vehicle_state_wire.json", "4_0_first_delivery_wire.json",
                              "4_0_vehicle_error_wire.json", "4_0_resolved_wire.json"})) {
        all.push_back(std::move(sample));
    }
    for (Sample& sample :
         golden_4_0(Dialect::kDoc, {"4_0_verify_doc.json", "4_0_vehicle_state_doc.json", "4_0_first_delivery_doc.json",
                                    "4_0_vehicle_error_doc.json", "4_0_resolved_doc.json"})) {
        all.push_back(std::move(sample));
    }
    all.push_back(
        {"4_0_test_payload_wire.json", test_payload(), {"0d3e1b52-7f7d-4a51-8c47-8e0b2b6b5f10", at(1761017951500)}});
    return all;
}

std::vector<std::string> bodies_saying(const std::string& text) {
    const Stamp stamp{"0d3e1b52-7f7d-4a51-8c47-8e0b2b6b5f10", kDelivered};
    const VehicleRef vehicle{.id = text, .user_id = text, .make = text, .model = text, .year = 2020};
    const SignalName name{.code = text, .name = text, .group = text};
    const std::vector<SignalReading> signals = {
        good(name, Object{{"value", text}, {"unit", text}}, kOemUpdated, kRetrieved),
        good(name, Object{{"values", Array{Object{{text, -0.00009}, {"longitude", 1e21}}}}}, kOemUpdated, {}),
        failed(name, text, text),
    };
    const VehicleReadings readings{
        .vehicle_id = text,
        .request_id = text,
        .data = {{.path = text, .code = 200, .body = Object{{text, text}}, .headers = {{text, text}}}}};

    std::vector<Message> messages = {verify_2_0(text, text), event_based({text, text}, text, text, text, kDelivered),
                                     readings_2_0({text, text}, text, std::vector{readings})};
    for (const Dialect dialect : {Dialect::kWire, Dialect::kDoc}) {
        for (const Mode mode : {Mode::kLive, Mode::kTest, Mode::kSimulated}) {
            const Envelope any{.webhook_id = text, .webhook_name = text, .dialect = dialect, .mode = mode};
            const Triggers triggers{.first_delivery = true, .changed = {name}};
            std::vector<VehicleFault> broken = faults();
            broken[0].signals = std::vector{name};
            messages.push_back(verify_4_0(any, text, text));
            messages.push_back(vehicle_state(any, text, vehicle, signals, triggers));
            messages.push_back(vehicle_error(any, text, vehicle, broken));
        }
    }
    std::vector<std::string> bodies;
    bodies.reserve(messages.size());
    for (const Message& message : messages) bodies.push_back(message.render(stamp));
    return bodies;
}

}  // namespace smartcar_sim::contract::samples
