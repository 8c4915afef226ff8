// What a call of the application meets before its handler: every error on demand, latency, rate limits.
#include "routes/api_gate.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "contract/api_error.h"
#include "routes/a_client.h"
#include "routes/compatibility_api.h"
#include "routes/management_api.h"
#include "routes/oauth.h"
#include "routes/smartcar_api.h"
#include "routes/v3_api.h"

namespace smartcar_sim::routes {

namespace {

using namespace std::chrono_literals;
using contract::ErrorKind;

const std::string kBattery = "/v2.0/vehicles/" + std::string(kTesla) + "/battery";

enum class Speaks { kV2, kV3, kOAuth };

struct Door {
    std::string method, target, endpoint;
    Speaks speaks = Speaks::kV2;
};

Speaks words_of(std::string_view pattern) {
    if (pattern.starts_with("/v3/")) return Speaks::kV3;
    const bool oauth = pattern.starts_with("/oauth/") || pattern.starts_with("/oauth2/") || pattern == "/";
    return oauth ? Speaks::kOAuth : Speaks::kV2;
}

// A path that a route answers, and the endpoint that a fault names it by.
Door door_of(const Route& route) {
    constexpr std::string_view kVersion = "/{version}";
    std::string_view pattern = route.pattern;
    Door door{.method = std::string(route.method), .target = {}, .endpoint = {}, .speaks = words_of(pattern)};
    if (pattern.starts_with(kVersion)) {
        pattern.remove_prefix(kVersion.size());
        door.target = "/v2.0";
    }
    door.endpoint = std::string(pattern);
    while (!pattern.empty()) {
        const std::string_view segment = pattern.substr(0, pattern.find('/', 1));
        door.target += segment == "/{id}" ? "/" + std::string(kTesla) : segment.starts_with("/{") ? "/x" : segment;
        pattern.remove_prefix(segment.size());
    }
    return door;
}

// Every route there is for an application, and what has none or other words for it.
std::vector<Door> doors() {
    const std::string vehicle = "/v2.0/vehicles/" + std::string(kTesla);
    std::vector<Door> doors = {
        {"GET", "/v2.0/vehicles?limit=1", "/vehicles"},
        {"GET", "/v2.0/vehicles/", "/vehicles"},
        {"GET", vehicle, "/"},
        {"HEAD", vehicle + "/battery", "/battery"},
        {"POST", vehicle + "/charge", "/charge"},
        {"POST", vehicle + "/batch", "/batch"},
        {"POST", vehicle + "/webhooks/w", "/webhooks/{id}"},
        {"DELETE", vehicle + "/webhooks/w", "/webhooks/{id}"},
        {"GET", "/v2.0/nowhere", "*"},
        {"GET", "/v3/vehicles/" + std::string(kTesla) + "/signals", "/v3/vehicles/{id}/signals", Speaks::kV3},
        {"POST", "/oauth/token", "/oauth/token", Speaks::kOAuth},
        {"POST", "/oauth/token/", "/oauth/token", Speaks::kOAuth},
        {"POST", "/oauth2/token", "/oauth2/token", Speaks::kOAuth},
    };
    for (const auto routes : {smartcar_api(), oauth(), v3_vehicles(), v3_commands(), v3_management(), management_api(),
                              compatibility_api()}) {
        std::ranges::transform(routes, std::back_inserter(doors), door_of);
    }
    for (Door& door : doors) {
        const bool token = door.target == "/" || door.target == "/oauth/token/oauth/token";
        if (token) door.endpoint = "/oauth/token";
    }
    return doors;
}

std::string json_text(std::string_view text) { return text.empty() ? "null" : "\"" + std::string(text) + "\""; }

std::string fault_of(const std::string& endpoint, const ErrorKind& kind) {
    return R"({"endpoint":")" + endpoint + R"(","type":)" + json_text(kind.type) + R"(,"code":)" +
           json_text(kind.code) + R"(,"times":1})";
}

std::set<std::string> keys_of(const contract::Response& response) {
    const auto body = document::parse(response.body);
    REQUIRE(body.ok());
    REQUIRE(body.value().object() != nullptr);
    std::set<std::string> keys;
    for (const auto& [name, value] : *body.value().object()) keys.insert(name);
    return keys;
}

void check_oauth(const contract::Response& response, const ErrorKind& kind) {
    CHECK(keys_of(response) == std::set<std::string>{"error", "error_description"});
    const std::string word = kind.status == 401  ? "invalid_client"
                             : kind.status < 500 ? "invalid_request"
                                                 : "server_error";
    CHECK(text_at(response, "/error") == word);
    CHECK(text_at(response, "/error_description") == kind.description);
}

// contract/clients.md section 1 item 19.
void check_v2(const contract::Response& response, const ErrorKind& kind, std::set<std::string> more = {}) {
    std::set<std::string> keys{"type", "code", "description", "docURL", "statusCode", "requestId", "resolution"};
    keys.merge(more);
    if (!kind.user_message.empty()) keys.insert("suggestedUserMessage");
    CHECK(keys_of(response) == keys);
    CHECK(text_at(response, "/type") == kind.type);
    CHECK(json_at(response, "/code") == json_text(kind.code));
    CHECK(json_at(response, "/statusCode") == std::to_string(kind.status));
    CHECK(text_at(response, "/requestId") == header(response, "sc-request-id"));
    CHECK(json_at(response, "/resolution/type") == json_text(kind.resolution));
}

// Without a token of the application: the object of v2.0, and errors[] beside it.
void check_v3(const contract::Response& response, const ErrorKind& kind) {
    check_v2(response, kind, {"errors"});
    CHECK(text_at(response, "/errors/0/status") == std::to_string(kind.status));
}

void check_words(Speaks speaks, const contract::Response& response, const ErrorKind& kind) {
    switch (speaks) {
        case Speaks::kV2:
            return check_v2(response, kind);
        case Speaks::kV3:
            return check_v3(response, kind);
        case Speaks::kOAuth:
            return check_oauth(response, kind);
    }
}

}  // namespace

TEST_CASE("every error of the contract can be had of every kind of endpoint, once and then no more") {
    Client client;
    for (const Door& door : doors()) {
        const int usual = client.send(door.method, door.target).status;
        for (const ErrorKind& kind : contract::error_kinds()) {
            CAPTURE(door.method, door.target, kind.type, kind.code);
            REQUIRE(client.post("/_sim/faults", fault_of(door.endpoint, kind)).status == 201);
            const auto response = client.send(door.method, door.target);
            CHECK(response.status == kind.status);
            CHECK(contract::reason_phrase(response.status) != "Unknown");
            CHECK(header(response, "content-type") == "application/json");
            CHECK(base::is_uuid(header(response, "sc-request-id")));
            CHECK(header(response, "retry-after") == (kind.type == "RATE_LIMIT" ? "30" : ""));
            check_words(door.speaks, response, kind);
            for (const auto& [name, value] : response.headers) CHECK(name == base::lower_case(name));
            CHECK(client.send(door.method, door.target).status == usual);
        }
        REQUIRE(client.send("DELETE", "/_sim/faults").status == 204);
    }
}

TEST_CASE("the plan's limits are 430 with a reason of its own") {
    CHECK(contract::reason_phrase(430) == "Billing");
    const auto billing = [](const ErrorKind& kind) { return kind.type == "BILLING"; };
    CHECK(std::ranges::count_if(contract::error_kinds(), billing) == 4);
    for (const ErrorKind& kind : contract::error_kinds()) CHECK(billing(kind) == (kind.status == 430));
}

TEST_CASE("a fault says where to go and when to come again") {
    Client client;
    client.post("/_sim/faults",
                R"({"endpoint":"/battery","type":"RATE_LIMIT","code":"VEHICLE","retryAfter":7,"times":1})");
    CHECK(header(client.get(kBattery), "retry-after") == "7");
    client.post(
        "/_sim/faults",
        R"({"endpoint":"/battery","type":"CONNECTED_SERVICES_ACCOUNT","code":"AUTHENTICATION_FAILED","resolutionUrl":"http://here/again","times":1})");
    CHECK(text_at(client.get(kBattery), "/resolution/url") == "http://here/again");
    client.post("/_sim/faults",
                R"({"endpoint":"/oauth/token","type":"RATE_LIMIT","code":"SMARTCAR_API","retryAfter":3,"times":1})");
    CHECK(header(client.post("/oauth/token"), "retry-after") == "3");
}

TEST_CASE("a status is answered with the body that was given") {
    Client client;
    client.post(
        "/_sim/faults",
        R"({"endpoint":"*","status":502,"body":"<h1>no</h1>","contentType":"text/html","retryAfter":5,"times":1})");
    const auto page = client.get(kBattery);
    CHECK(page.status == 502);
    CHECK(page.body == "<h1>no</h1>");
    CHECK(header(page, "content-type") == "text/html");
    CHECK(header(page, "retry-after") == "5");
    CHECK(base::is_uuid(header(page, "sc-request-id")));
    client.post("/_sim/faults",
                R"({"endpoint":"/oauth/token","status":400,"body":{"error":"invalid_grant"},"times":1})");
    CHECK(client.post("/oauth/token").body == R"({"error":"invalid_grant"})");
    client.post("/_sim/faults", R"({"endpoint":"*","status":503,"times":1})");
    const auto empty = client.get(kBattery);
    CHECK(empty.status == 503);
    CHECK(empty.body.empty());
    CHECK(header(empty, "content-type").empty());
}

TEST_CASE("a call is slowed before it fails, and one that is only slowed is answered as ever") {
    Client client;
    std::vector<base::Milliseconds> waits;
    client.world.context.linger = [&](base::Milliseconds time) { waits.push_back(time); };
    const auto usual = client.get(kBattery);
    client.post("/_sim/faults", R"({"endpoint":"/battery","latency":"1m","times":1})");
    client.post("/_sim/faults", R"({"endpoint":"/battery","latency":"200ms","status":503})");
    CHECK(client.get(kBattery).status == usual.status);
    CHECK(waits == std::vector<base::Milliseconds>{1min});
    CHECK(client.get(kBattery).status == 503);
    CHECK(waits == std::vector<base::Milliseconds>{1min, 200ms});
    CHECK(client.world.clock.now() == fakes::kStart);
    CHECK(client.get("/v2.0/vehicles").status == 401);
    CHECK(waits.size() == 2);
}

TEST_CASE("no request of /_sim meets a fault or a limit") {
    Client client({}, [] {
        auto options = fakes::RunningPlatform::inline_options();
        options.rate_limits.application = fault::Rate{.capacity = 1, .refill = 1, .per = 1h};
        return options;
    }());
    REQUIRE(client.post("/_sim/faults", R"({"endpoint":"*","status":503})").status == 201);
    for (int i = 0; i < 3; ++i) CHECK(client.get("/_sim/health").status == 200);
}

TEST_CASE("items of a batch meet faults as if each had been sent by itself") {
    Client client;
    const contract::Request batch{.method = "POST",
                                  .target = "/v2.0/vehicles/" + std::string(kTesla) + "/batch?x",
                                  .headers = {},
                                  .body = {},
                                  .peer = {}};
    CHECK_FALSE(item_stopped_at_gate(client.world.context, batch, "/battery").has_value());
    client.post("/_sim/faults", R"({"endpoint":"/battery","method":"GET","vehicle":")" + std::string(kTesla) +
                                    R"(","type":"VEHICLE_STATE","code":"ASLEEP","times":1})");
    CHECK_FALSE(item_stopped_at_gate(client.world.context, batch, "/charge").has_value());
    const auto item = item_stopped_at_gate(client.world.context, batch, "/battery?a=b");
    REQUIRE(item.has_value());
    CHECK(item->status == 409);
    CHECK(text_at(*item, "/code") == "ASLEEP");
    CHECK_FALSE(item_stopped_at_gate(client.world.context, batch, "/battery").has_value());
}

// --- rate limits ----------------------------------------------------------------------------------------

namespace {

simulation::Simulation::Options limited(simulation::RateLimits::Options limits) {
    auto options = fakes::RunningPlatform::inline_options();
    options.rate_limits = limits;
    return options;
}

void check_too_fast(const contract::Response& response, std::string_view code, std::string_view retry_after) {
    CHECK(response.status == 429);
    CHECK(text_at(response, "/type") == "RATE_LIMIT");
    CHECK(text_at(response, "/code") == code);
    CHECK(header(response, "retry-after") == retry_after);
    CHECK(text_at(response, "/requestId") == header(response, "sc-request-id"));
}

}  // namespace

TEST_CASE("calls are not limited unless that is asked for") {
    Client client;
    for (int i = 0; i < 500; ++i) REQUIRE(client.get(kBattery).status == 401);
}

TEST_CASE("the application may call as fast as is published") {
    Client client({}, limited({.application = simulation::kPublishedRate}));
    for (int i = 0; i < 120; ++i) REQUIRE(client.get(i % 2 == 0 ? kBattery : "/v3/nowhere").status != 429);
    check_too_fast(client.get("/v2.0/vehicles"), "SMARTCAR_API", "30");
    CHECK(client.post("/oauth/token").status == 400);

    client.post("/_sim/clock/advance", R"({"by":"29500ms"})");
    check_too_fast(client.get(kBattery), "SMARTCAR_API", "1");
    client.post("/_sim/clock/advance", R"({"by":"500ms"})");
    CHECK(client.get(kBattery).status == 401);
    check_too_fast(client.get(kBattery), "SMARTCAR_API", "30");

    CHECK(client.post("/_sim/reset").status == 204);
    CHECK(client.get(kBattery).status == 401);
}

TEST_CASE("each vehicle has a limit of its own") {
    Client client({}, limited({.vehicle = fault::Rate{.capacity = 2, .refill = 2, .per = 1min}}));
    const std::string other = "/v2.0/vehicles/" + std::string(kSimulatedCar) + "/battery";
    CHECK(client.get(kBattery).status == 401);
    CHECK(client.get("/v3/vehicles/" + std::string(kTesla) + "/signals").status == 401);
    check_too_fast(client.get(kBattery), "VEHICLE", "30");
    CHECK(client.get(other).status == 401);
    for (int i = 0; i < 5; ++i) {
        CHECK(client.get("/v2.0/vehicles").status == 401);
        CHECK(client.get("/v2.0/vehicles/nobody/battery").status == 401);
        CHECK(client.get("/v2.0/vehicles/tesla-model-3-2020/battery").status == 401);
    }
    client.post("/_sim/clock/advance", R"({"by":"30s"})");
    CHECK(client.get(kBattery).status == 401);
}

TEST_CASE("what a vehicle's limit turns away costs the application nothing") {
    Client client({}, limited({.application = fault::Rate{.capacity = 2, .refill = 1, .per = 1h},
                               .vehicle = fault::Rate{.capacity = 1, .refill = 1, .per = 1h}}));
    CHECK(client.get(kBattery).status == 401);
    check_too_fast(client.get(kBattery), "VEHICLE", "3600");
    CHECK(client.get("/v2.0/vehicles").status == 401);
    check_too_fast(client.get(kBattery), "SMARTCAR_API", "3600");
}

TEST_CASE("each item of a batch counts") {
    Client client({}, limited({.application = fault::Rate{.capacity = 5, .refill = 1, .per = 1min}}));
    const contract::Request batch{.method = "POST",
                                  .target = "/v2.0/vehicles/" + std::string(kTesla) + "/batch",
                                  .headers = {},
                                  .body = {},
                                  .peer = {}};
    Context& context = client.world.context;
    CHECK_FALSE(stopped_at_gate(context, batch).has_value());
    CHECK_FALSE(charge_batch(context, batch, 1).has_value());
    CHECK_FALSE(charge_batch(context, batch, 4).has_value());
    CHECK_FALSE(stopped_at_gate(context, batch).has_value());
    const auto refused = charge_batch(context, batch, 2);
    REQUIRE(refused.has_value());
    check_too_fast(*refused, "SMARTCAR_API", "60");
}

TEST_CASE("what a limit turns away meets no fault") {
    Client client({}, limited({.application = fault::Rate{.capacity = 1, .refill = 1, .per = 1h}}));
    client.post("/_sim/faults", R"({"endpoint":"*","status":503,"times":1})");
    CHECK(client.get(kBattery).status == 503);
    client.send("DELETE", "/_sim/faults");
    client.post("/_sim/faults", R"({"endpoint":"*","status":503})");
    CHECK(client.get(kBattery).status == 429);
    CHECK(json_at(client.get("/_sim/faults"), "/faults/0/applied") == "0");
}

}  // namespace smartcar_sim::routes
