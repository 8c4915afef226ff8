// What the API refuses, and in which order it looks.
#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

template <class T>
std::optional<Denial> denial(const Allowed<T>& allowed) {
    const auto* const found = std::get_if<Denial>(&allowed);
    return found == nullptr ? std::nullopt : std::optional(*found);
}

constexpr std::string_view kUnknownUuid = "99999999-9999-4999-8999-999999999999";

TEST_CASE("vehicles come in pages") {
    World world;
    const std::string token = world.connect().access_token;
    struct Row {
        std::size_t limit, offset;
        Texts ids;
    };
    const std::vector<Row> rows = {{10, 0, {std::string(kTesla), std::string(kFord)}},
                                   {1, 0, {std::string(kTesla)}},
                                   {1, 1, {std::string(kFord)}},
                                   {10, 2, {}},
                                   {10, 500, {}}};
    for (const Row& row : rows) {
        const auto page = world.platform.vehicles(token, row.limit, row.offset);
        REQUIRE(std::holds_alternative<VehiclePage>(page));
        CHECK(std::get<VehiclePage>(page).count == 2);
        CHECK(std::get<VehiclePage>(page).ids == row.ids);
    }
}

TEST_CASE("reading a vehicle looks at the token, then the id, then the permission") {
    World world;
    const auto connected = world.platform.connect({.scope = {"read_battery"}, .vehicles = {std::string(kTesla)}});
    const std::string token = connected.value().access_token;
    world.connect({std::string(kFord)});
    struct Row {
        std::string_view token, vehicle, permission;
        std::optional<Denial> denial;
    };
    const std::vector<Row> rows = {
        {token, kTesla, "read_battery", std::nullopt},
        {token, kTesla, "", std::nullopt},
        {token, kTesla, "read_charge", Denial::kPermission},
        {token, kFord, "read_battery", Denial::kPermission},
        {token, kUnknownUuid, "read_battery", Denial::kPermission},
        {token, "tesla-model-3-2020", "read_battery", Denial::kValidation},
        {"nonsense", "tesla-model-3-2020", "read_battery", Denial::kAuthentication},
        {"", kTesla, "read_battery", Denial::kAuthentication},
    };
    for (const Row& row : rows) {
        CAPTURE(row.token, row.vehicle, row.permission);
        CHECK(denial(world.platform.read_vehicle(row.token, row.vehicle, row.permission)) == row.denial);
    }
}

TEST_CASE("what was read stays as it was when the vehicle moves on") {
    World world;
    const std::string token = world.connect().access_token;
    const VehiclePtr before = std::get<Sight>(world.platform.read_vehicle(token, kTesla, "")).vehicle;
    world.set(kTesla, {{"tractionbattery-stateofcharge", 99}});
    CHECK(before->state.steps("tractionbattery-stateofcharge") == 4200);
    const VehiclePtr after = std::get<Sight>(world.platform.read_vehicle(token, kTesla, "")).vehicle;
    CHECK(after->state.steps("tractionbattery-stateofcharge") == 9900);
}

TEST_CASE("subscribing looks at the token, then both ids, then the vehicle, then the webhook") {
    World world;
    const std::string token = world.connect({std::string(kTesla)}).access_token;
    const Webhook webhook = world.add();
    struct Row {
        std::string_view token, vehicle, webhook;
        std::optional<Denial> denial;
    };
    const std::vector<Row> rows = {
        {token, kTesla, webhook.id, std::nullopt},
        {token, kTesla, webhook.id, std::nullopt},  // again
        {"nonsense", "x", "y", Denial::kAuthentication},
        {kDevelopmentToken, kTesla, webhook.id, Denial::kAuthentication},
        {token, "x", webhook.id, Denial::kValidation},
        {token, kTesla, "y", Denial::kValidation},
        {token, kFord, "y", Denial::kValidation},
        {token, kFord, webhook.id, Denial::kPermission},
        {token, kTesla, kUnknownUuid, Denial::kValidation},
    };
    for (const Row& row : rows) {
        CAPTURE(row.token, row.vehicle, row.webhook);
        CHECK(denial(world.platform.subscribe(row.token, row.vehicle, row.webhook)) == row.denial);
    }
    CHECK(world.platform.webhook(webhook.id).value().subscriptions == Texts{std::string(kTesla)});
}

TEST_CASE("unsubscribing takes the application management token and nothing else") {
    World world;
    const std::string token = world.connect().access_token;
    const Webhook webhook = world.add();
    world.subscribe(webhook, kTesla);
    struct Row {
        std::string_view token, vehicle, webhook;
        std::optional<Denial> denial;
    };
    const std::vector<Row> rows = {
        {token, kTesla, webhook.id, Denial::kAuthentication},
        {"nonsense", "x", "y", Denial::kAuthentication},
        {kDevelopmentToken, "x", webhook.id, Denial::kValidation},
        {kDevelopmentToken, kTesla, "y", Denial::kValidation},
        {kDevelopmentToken, kTesla, kUnknownUuid, Denial::kValidation},
        {kDevelopmentToken, kSimulated, webhook.id, Denial::kPermission},  // nobody connected it
        {kDevelopmentToken, kUnknownUuid, webhook.id, Denial::kPermission},
    };
    for (const Row& row : rows) {
        CAPTURE(row.token, row.vehicle, row.webhook);
        CHECK(denial(world.platform.unsubscribe(row.token, row.vehicle, row.webhook)) == row.denial);
    }
    CHECK(world.platform.webhook(webhook.id).value().subscriptions.size() == 1);
    CHECK_FALSE(denial(world.platform.unsubscribe(kDevelopmentToken, kTesla, webhook.id)));
    CHECK_FALSE(denial(world.platform.unsubscribe(kDevelopmentToken, kTesla, webhook.id)));
    CHECK(world.platform.webhook(webhook.id).value().subscriptions.empty());
}

}  // namespace
}  // namespace smartcar_sim::platform
