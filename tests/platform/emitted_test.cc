// Whole bodies as the platform emits them, key order and all: what each is compared with was read against the contract.
// UPDATE_GOLDEN=1 in the environment rewrites them; read the diff before committing it.
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

#include "platform/a_platform.h"
#include "source_folder.h"

namespace smartcar_sim::platform {
namespace {

const std::filesystem::path kGolden = source_folder() + "/tests/golden/emitted";

struct Emitted {
    std::string file;
    std::string body;
};

// A platform with a Tesla that reports its VIN and its odometer, the latter to nobody. No two of the times are the
// same: recorded, five seconds later fetched, two later delivered.
struct Stage {
    Stage() {
        world.connect({std::string(kTesla)});
        world.set(kTesla, {{"tractionbattery-range", 283.245}});
        REQUIRE(world.platform.set_permissions(kTesla, {.revoke = {"read_odometer"}}).ok());
        world.clock.pass(std::chrono::seconds(5));
    }

    // The one message that was fired.
    void keep(const std::string& file, const Fired& fired) {
        REQUIRE(fired.effects.size() == 1);
        keep(file, fired.effects.front());
    }
    // The state, and what of it fails.
    void keep_both(const std::string& state, const std::string& failures, const Fired& fired) {
        REQUIRE(event_names(fired) == Texts{"VEHICLE_STATE", "VEHICLE_ERROR"});
        keep(state, fired.effects.front());
        keep(failures, fired.effects.back());
    }
    void keep(const std::string& file, const Effect& effect) {
        emitted.push_back({file, effect.message.render({.delivery_id = "0d3e1b52-7f7d-4a51-8c47-8e0b2b6b5f10",
                                                        .delivered_at = world.clock.now() + std::chrono::seconds(2)})});
    }
    void keep_test_payload(const std::string& file, const Webhook& webhook) {
        const auto effect = world.platform.test_payload(webhook.id);
        REQUIRE(effect.ok());
        keep(file, effect.value());
    }

    Fired fire(const Webhook& webhook, std::string event, std::vector<contract::VehicleFault> errors = {}) {
        return world.fire(
            {.vehicle = std::string(kTesla), .event = std::move(event), .errors = std::move(errors), .to = webhook.id});
    }

    World world;
    std::vector<Emitted> emitted;
};

std::vector<Emitted> all_of_2_0() {
    Stage stage;
    for (const std::string type : {"eventBased", "schedule", "dynamic"}) {
        const Webhook webhook = stage.world.add_verified(R"({"type":")" + type + R"("})");
        stage.world.subscribe(webhook, kTesla);
        stage.keep("2_0_" + type, stage.fire(webhook, type == "eventBased" ? "CHARGING_STARTED" : type));
        stage.keep_test_payload("2_0_" + type + "_test", webhook);
        REQUIRE(stage.world.platform.disable_webhook(webhook.id).ok());
    }
    const Webhook refused = stage.world.add_verified(R"({"type":"schedule","paths":["/charge"]})");
    stage.world.subscribe(refused, kTesla);
    REQUIRE(stage.world.platform.set_permissions(kTesla, {.revoke = {"read_charge"}}).ok());
    stage.keep("2_0_schedule_refused", stage.fire(refused, "schedule"));
    return stage.emitted;
}

std::vector<Emitted> all_of_4_0(const std::string& dialect) {
    using enum contract::VehicleFault::State;
    Stage stage;
    const Webhook webhook = stage.world.add_verified(
        R"({"type":"signals","name":"Example Webhook","triggers":["tractionbattery-stateofcharge"],"data":[)"
        R"("vehicleidentification-vin","charge-chargelimits","closure-islocked","odometer-traveleddistance"],)"
        R"("dialect":")" +
        dialect + R"("})");
    const auto file = [&](const std::string& kind) { return "4_0_" + kind + "_" + dialect; };
    stage.keep_both(file("first_delivery"), file("first_failures"), stage.world.subscribe(webhook, kTesla));
    stage.keep(file("vehicle_state"), stage.world.set(kTesla, {{"tractionbattery-stateofcharge", 43}}));
    stage.keep(file("vehicle_error"), stage.fire(webhook, "VEHICLE_ERROR"));
    const contract::SignalName locked{.code = "closure-islocked", .name = "IsLocked", .group = "Closure"};
    const std::vector<contract::SignalName> none;
    stage.keep(file("vehicle_errors"),
               stage.fire(webhook, "VEHICLE_ERROR",
                          {{.type = "COMPATIBILITY", .code = "VEHICLE_NOT_CAPABLE", .signals = {{locked}}},
                           {.type = "PERMISSION", .code = std::nullopt, .signals = none}}));
    stage.keep(file("resolved"),
               stage.fire(webhook, "VEHICLE_ERROR",
                          {{.type = "VEHICLE_STATE", .code = "UNREACHABLE", .state = kResolved, .signals = {}}}));
    stage.keep_test_payload(file("test"), webhook);
    return stage.emitted;
}

std::vector<Emitted> everything() {
    std::vector<Emitted> all = all_of_2_0();
    for (const std::string dialect : {"wire", "doc"}) {
        for (Emitted& each : all_of_4_0(dialect)) all.push_back(std::move(each));
    }
    return all;
}

std::string content_of(const std::filesystem::path& path) {
    std::ifstream file(path, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

TEST_CASE("every message that the platform emits is the golden bytes of its kind and dialect") {
    std::set<std::string> compared;
    for (const Emitted& emitted : everything()) {
        const std::filesystem::path path = kGolden / (emitted.file + ".json");
        if (std::getenv("UPDATE_GOLDEN") != nullptr) std::ofstream(path, std::ios::binary) << emitted.body;
        CAPTURE(emitted.file);
        CHECK(emitted.body == content_of(path));
        compared.insert(path.filename().string());
    }
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(kGolden))
        files.insert(entry.path().filename().string());
    CHECK(compared == files);
}

}  // namespace
}  // namespace smartcar_sim::platform
