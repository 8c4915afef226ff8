// Every endpoint of API v2.0 against what the vehicle can do, what was granted, the token, the id and the units: the
// whole product, against the second opinion of api_table.h.
#include "routes/api_table.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/ids.h"
#include "base/text.h"
#include "catch.h"
#include "document/json.h"
#include "document/writer.h"
#include "fakes/running_platform.h"
#include "routes/router.h"
#include "routes/service.h"
#include "vehicle/a_vehicle.h"
#include "vehicle/api_v2.h"
#include "vehicle/commands_v2.h"
#include "vehicle/sample.h"

namespace smartcar_sim::routes {
namespace {

using namespace table;
using contract::Response;

constexpr std::string_view kNobodysId = "99999999-9999-4999-8999-999999999999";

std::string id_of(Capability capability) {
    return "d0c0ffee-2000-4000-8000-00000000000" + std::to_string(static_cast<int>(capability));
}
constexpr std::string_view kStranger = "d0c0ffee-2000-4000-8000-000000000009";

// Parked, in reach, plugged in at half of its charge; charging where somebody asks when that will end.
vehicle::Changes readiness(std::string_view path) {
    auto changes = vehicle::changes_of({
        {"charge-ischargingcableconnected", true},
        {"charge-ischarging", path.ends_with("/completion")},
        {"charge-chargelimits", 80},
        {"connectivitystatus-isasleep", false},
        {"connectivitystatus-isdigitalkeypaired", true},
        {"connectivitystatus-isonline", true},
        {"motion-currentspeed", 0},
        {"service-isinservice", false},
        {"tractionbattery-nominalcapacity", 75},
        {"tractionbattery-stateofcharge", 50},
        {"transmission-gearstate", "PARK"},
    });
    document::Value place = document::Object{{"latitude", 1}, {"longitude", 2}, {"heading", 94}};
    changes.push_back({.signal = contract::find_signal("location-preciselocation"),
                       .datum = {.structure = std::make_shared<const document::Value>(std::move(place))}});
    return changes;
}

vehicle::Vehicle vehicle_for(const Row& row, Capability capability) {
    vehicle::Vehicle vehicle = vehicle::sample_vehicle(id_of(capability), fakes::kStart);
    vehicle.fixture = vehicle.id;
    vehicle.make = row.make.empty() ? "TESLA" : std::string(row.make);
    vehicle.commands = vehicle::CommandSet::all();
    vehicle.state.apply(readiness(row.path), fakes::kStart);
    if (capability == Capability::kLacksPermission || capability == Capability::kUnsupported) {
        vehicle.permissions.remove(row.permission);
    }
    if (capability == Capability::kUnsupported) vehicle.unsupported.add(row.permission);
    if (capability == Capability::kOfAnotherMake) vehicle.make = "RIVIAN";
    if (capability == Capability::kLacksSignals) {
        vehicle.state = {};
        vehicle.commands = {};  // what a car lacks that is told to do something
    }
    return vehicle;
}

std::vector<vehicle::Vehicle> vehicles_for(const Row& row) {
    std::vector<vehicle::Vehicle> vehicles;
    vehicles.reserve(kCapabilities.size() + 1);
    for (const Capability capability : kCapabilities) vehicles.push_back(vehicle_for(row, capability));
    vehicles.push_back(vehicle_for(row, Capability::kCapable));
    vehicles.back().id = kStranger;
    vehicles.back().fixture = kStranger;
    return vehicles;
}

// A platform with one vehicle for each capability, tokens of every kind, and the endpoint of one row.
class Bench {
public:
    explicit Bench(const Row& row)
        : row_(row),
          world_(vehicles_for(row), [](const delivery::Outgoing&) { return fakes::answered(200); },
                 fakes::RunningPlatform::inline_options(), {}),
          service_(world_.context, AllowedHosts{}) {
        for (const Capability capability : kCapabilities) mine_.push_back(id_of(capability));
        const auto expired = connect(mine_);
        world_.clock.advance_to(world_.clock.now() + platform::kAccessTokenLifetime);
        const auto mine = connect(mine_);
        tokens_ = {{Token::kValid, "Bearer " + mine.access_token},
                   {Token::kOfAnotherVehicle, "Bearer " + connect({std::string(kStranger)}).access_token},
                   {Token::kWithoutScheme, mine.access_token},
                   {Token::kEmpty, "Bearer "},
                   {Token::kBasic, "Basic " + base::to_base64(mine.access_token + ":")},
                   {Token::kUnknown, "Bearer " + std::string(kNobodysId)},
                   {Token::kExpired, "Bearer " + expired.access_token},
                   {Token::kRefreshToken, "Bearer " + mine.refresh_token},
                   {Token::kManagementToken, "Bearer " + std::string(platform::kDevelopmentToken)}};
        // The clock went on: what is charging is so again.
        make_ready();
    }

    void revoke() {
        if (row_.permission.empty()) return;
        for (const std::string& id : mine_) {
            REQUIRE(world_.platform.set_permissions(id, {.revoke = {std::string(row_.permission)}}).ok());
        }
    }
    void disconnect() {
        for (const std::string& id : mine_) REQUIRE(world_.platform.disconnect(std::string_view(id)).ok());
    }

    // Every second request has a slash at its end and another spelling of its header (contract/clients.md item 13).
    Response ask(const Situation& situation) {
        ++asked_;
        contract::Request request;
        request.method = situation.row.method;
        request.target = "/v2.0/vehicles/" + id_for(situation);
        if (situation.row.path != "/") request.target += situation.row.path;
        if (asked_ % 2 == 0) request.target += '/';
        const auto token = tokens_.find(situation.token);
        if (token != tokens_.end()) request.headers.add("Authorization", token->second);
        if (!situation.units.empty()) {
            request.headers.add(asked_ % 2 == 0 ? "sc-unit-system" : "SC-Unit-System", situation.units);
        }
        request.body = situation.body == Body::kRight ? situation.row.body : situation.row.wrong_body;
        Response response = service_.answer(request);
        if (request.method != "GET" && response.status == 200) make_ready();
        return response;
    }

    Response ask(std::string method, std::string path, const std::string& authorization) {
        contract::Request request;
        request.method = std::move(method);
        request.target = std::move(path);
        if (!authorization.empty()) request.headers.add("Authorization", authorization);
        return service_.answer(request);
    }
    [[nodiscard]] const std::string& token(Token token) const { return tokens_.at(token); }

private:
    platform::Connected connect(std::vector<std::string> ids) {
        auto connected = world_.platform.connect({.vehicles = std::move(ids)});
        REQUIRE(connected.ok());
        return std::move(connected).value();
    }

    void make_ready() {
        for (const std::string& id : mine_) {
            if (id == id_of(Capability::kLacksSignals)) continue;
            REQUIRE(world_.platform.set_state(id, readiness(row_.path)).ok());
        }
    }

    static std::string id_for(const Situation& situation) {
        switch (situation.id) {
            case Id::kNotUuid:
                return "my-car";
            case Id::kNobodys:
                return std::string(kNobodysId);
            case Id::kOwn:
                break;
        }
        return id_of(situation.capability);
    }

    const Row row_;
    fakes::RunningPlatform world_;
    Service service_;
    std::vector<std::string> mine_;
    std::map<Token, std::string> tokens_;
    int asked_ = 0;
};

// --- what is wrong with an answer; empty when nothing is ------------------------------------------------

// "2026-01-01T02:00:00.000Z", which the Java SDK insists on.
bool is_instant(std::string_view text) {
    constexpr std::string_view kPattern = "dddd-dd-ddTdd:dd:dd.dddZ";
    return std::ranges::equal(text, kPattern, [](char letter, char pattern) {
        return pattern == 'd' ? letter >= '0' && letter <= '9' : letter == pattern;
    });
}

std::string text_of(const document::Value* value) {
    return value != nullptr && value->string() != nullptr ? *value->string() : std::string();
}

std::string complaint_about_headers(const Response& response) {
    for (const auto& [name, value] : response.headers) {
        if (std::ranges::any_of(name, [](char letter) { return letter >= 'A' && letter <= 'Z'; })) {
            return std::string(name);
        }
    }
    if (response.headers.get("content-type").value_or("") != "application/json") return "content-type";
    return base::is_uuid(response.headers.get("sc-request-id").value_or("")) ? "" : "sc-request-id";
}

std::string complaint_about_readings(const Response& response, Shows shows, std::string_view units) {
    const auto header = [&](std::string_view name) { return std::string(response.headers.get(name).value_or("")); };
    for (const std::string_view name : {"sc-data-age", "sc-fetched-at"}) {
        if (shows == Shows::kNothing ? !header(name).empty() : !is_instant(header(name))) return std::string(name);
    }
    if (header("sc-data-age") > header("sc-fetched-at")) return "sc-data-age after sc-fetched-at";
    const std::string_view wanted = shows == Shows::kAgeAndUnits ? (units.empty() ? "metric" : units) : "";
    return header("sc-unit-system") == wanted ? "" : "sc-unit-system";
}

// clients.md item 19: what all five SDKs can read.
std::string complaint_about_error(const Response& response, const Expected& expected) {
    constexpr std::array<std::string_view, 9> kKeys{"statusCode", "type",       "code",      "description",
                                                    "docURL",     "resolution", "requestId", "suggestedUserMessage",
                                                    "detail"};
    const auto parsed = document::parse(response.body);
    if (!parsed.ok() || parsed.value().object() == nullptr) return "body";
    const document::Value& body = parsed.value();
    for (const auto& [key, value] : *body.object()) {
        if (std::ranges::find(kKeys, key) == kKeys.end()) return key;
    }
    const auto is_text_or_null = [](const document::Value* value, std::string_view text) {
        if (value == nullptr) return false;
        return text.empty() ? value->is_null() : text_of(value) == text;
    };
    const document::Value* const resolution = body.find("resolution");
    if (body.find("statusCode") == nullptr || *body.find("statusCode") != document::Value(response.status)) {
        return "statusCode";
    }
    if (text_of(body.find("type")) != expected.type) return "type";
    if (!is_text_or_null(body.find("code"), expected.code)) return "code";
    if (text_of(body.find("description")).empty()) return "description";
    if (!text_of(body.find("docURL")).starts_with("https://smartcar.com/docs/errors/api-errors/")) return "docURL";
    if (resolution == nullptr || !is_text_or_null(resolution->find("type"), expected.resolution)) return "resolution";
    if (text_of(body.find("requestId")) != response.headers.get("sc-request-id").value_or("")) return "requestId";
    const document::Value* const message = body.find("suggestedUserMessage");
    if (message != nullptr && text_of(message).empty()) return "suggestedUserMessage";
    const document::Value* const detail = body.find("detail");
    return detail == nullptr || detail->array() != nullptr ? "" : "detail";
}

std::string complaint_about(const Response& response, const Situation& situation) {
    const Expected wanted = expected(situation);
    if (response.status != wanted.status) {
        return "status " + std::to_string(response.status) + " instead of " + std::to_string(wanted.status);
    }
    if (auto complaint = complaint_about_headers(response); !complaint.empty()) return complaint;
    const Shows shows = wanted.status == 200 ? situation.row.shows : Shows::kNothing;
    // What it has no reading of has no age either, where it can say that much.
    if (situation.capability == Capability::kLacksSignals && shows == Shows::kAge) return "";
    if (auto complaint = complaint_about_readings(response, shows, situation.units); !complaint.empty()) {
        return complaint;
    }
    if (wanted.status != 200) return complaint_about_error(response, wanted);
    return document::parse(response.body).ok() ? "" : "body";
}

std::string described(const Situation& situation, const Response& response) {
    const auto number = [](auto value) { return std::to_string(static_cast<int>(value)); };
    return std::string(situation.row.path) + " capability " + number(situation.capability) + ", permission " +
           number(situation.permission) + ", token " + number(situation.token) + ", id " + number(situation.id) +
           ", connection " + number(situation.connection) + ", units \"" + std::string(situation.units) + "\", body " +
           number(situation.body) + ": " + response.body;
}

// --- the product -------------------------------------------------------------------------------------------

struct Tally {
    std::map<int, std::size_t> statuses;
    std::size_t asked = 0;
    std::set<std::string> request_ids = {};  // of one platform
};

void ask_once(Bench& bench, const Situation& situation, Tally& tally) {
    const Response response = bench.ask(situation);
    const std::string complaint = complaint_about(response, situation);
    if (!complaint.empty()) {
        CAPTURE(complaint, described(situation, response));
        CHECK(complaint.empty());
    }
    tally.request_ids.insert(std::string(response.headers.get("sc-request-id").value_or("")));
    ++tally.statuses[response.status];
    ++tally.asked;
}

// Every token, id, unit system and body.
void ask_all(Bench& bench, Situation situation, Tally& tally) {
    const bool may_be_wrong = !situation.row.wrong_body.empty();
    for (const Token token : kTokens) {
        for (const Id id : kIds) {
            for (const std::string_view units : kUnits) {
                for (const Body body : {Body::kRight, Body::kWrong}) {
                    if (body == Body::kWrong && !may_be_wrong) continue;
                    situation.token = token;
                    situation.id = id;
                    situation.units = units;
                    situation.body = body;
                    ask_once(bench, situation, tally);
                }
            }
        }
    }
}

void ask_every_vehicle(Bench& bench, Situation situation, Tally& tally) {
    for (const Capability capability : kCapabilities) {
        situation.capability = capability;
        ask_all(bench, situation, tally);
    }
}

void walk(const Row& row, Tally& tally) {
    const std::size_t before = tally.asked;
    Bench bench(row);
    Situation situation{.row = row};
    ask_every_vehicle(bench, situation, tally);
    bench.revoke();
    situation.permission = Permission::kNotGranted;
    ask_every_vehicle(bench, situation, tally);
    bench.disconnect();
    situation.connection = Connection::kDisconnected;
    for (const Capability capability : kCapabilities) {
        situation.capability = capability;
        ask_once(bench, situation, tally);
    }
    CHECK(tally.request_ids.size() == tally.asked - before);
    tally.request_ids.clear();
}

TEST_CASE("the table has every endpoint and every command") {
    std::size_t row = 0;
    while (const vehicle::Endpoint* const endpoint = vehicle::endpoint_at(row++)) {
        CAPTURE(endpoint->path);
        const auto* const found = std::ranges::find(kReads, endpoint->path, &Read::path);
        REQUIRE(found != kReads.end());
        CHECK(found->make == endpoint->make);
        CHECK(found->permission == endpoint->permission);
    }
    CHECK(row == kReads.size() + 1);
    for (const vehicle::Orders& orders : vehicle::orders()) {
        CAPTURE(orders.method, orders.path);
        const auto* const found = std::ranges::find_if(
            kOrders, [&](const Order& order) { return order.method == orders.method && order.path == orders.path; });
        REQUIRE(found != kOrders.end());
        CHECK(found->make == orders.make);
        CHECK(found->permission == orders.permission);
    }
    CHECK(vehicle::orders().size() == kOrders.size());
}

TEST_CASE("every read with every vehicle, permission, token, id and unit system") {
    Tally tally;
    for (const Read& read : kReads) walk(row_of(read), tally);
    constexpr std::size_t kOfOneVehicle = kTokens.size() * kIds.size() * kUnits.size();
    CHECK(tally.asked == kReads.size() * kCapabilities.size() * (2 * kOfOneVehicle + 1));
    for (const int status : {200, 400, 401, 403, 501}) CHECK(tally.statuses[status] >= 3 * kReads.size());
}

TEST_CASE("every command with every vehicle, permission, token, id, unit system and body") {
    Tally tally;
    for (const Order& order : kOrders) walk(row_of(order), tally);
    for (const int status : {200, 400, 401, 403, 501}) CHECK(tally.statuses[status] >= 3 * kOrders.size());
}

// --- beside the table -----------------------------------------------------------------------------------------

std::vector<Row> rows() {
    std::vector<Row> all;
    all.reserve(kReads.size() + kOrders.size());
    for (const Read& read : kReads) all.push_back(row_of(read));
    for (const Order& order : kOrders) all.push_back(row_of(order));
    return all;
}

// Methods of each path of the table.
std::map<std::string, std::set<std::string>> served() {
    std::map<std::string, std::set<std::string>> methods;
    for (const Read& read : kReads) methods[std::string(read.path)].insert({"GET", "HEAD"});
    for (const Order& order : kOrders) methods[std::string(order.path)].insert(std::string(order.method));
    return methods;
}

// Once a 405 had the type PERMISSION: the path itself was taken for the lower case of a make in capitals.
TEST_CASE("a method that a path lacks is 405, and the error is of no permission") {
    Bench bench(row_of(kReads.front()));
    for (const auto& [path, methods] : served()) {
        for (const std::string method : {"GET", "POST", "PUT", "DELETE", "PATCH"}) {
            if (methods.contains(method)) continue;
            CAPTURE(method, path);
            const std::string target = "/v2.0/vehicles/" + id_of(Capability::kCapable) + (path == "/" ? "" : path);
            const Response response = bench.ask(method, target, bench.token(Token::kValid));
            CHECK(response.status == 405);
            CHECK(complaint_about_headers(response).empty());
            CHECK(complaint_about_error(response, {405, "RESOURCE_NOT_FOUND", "PATH"}).empty());
            const std::string allow(response.headers.get("allow").value_or(""));
            for (const std::string& served_method : methods) CHECK(allow.find(served_method) != std::string::npos);
        }
    }
}

TEST_CASE("a make in capitals is a permission that nobody has, for reads and commands alike") {
    Bench bench(row_of(kReads.front()));
    for (const Row& row : rows()) {
        if (row.make.empty()) continue;
        const std::string_view below = row.path.substr(row.path.find('/', 1));
        const std::string shouted = '/' + std::string(row.make) + std::string(below);
        CAPTURE(row.method, shouted);
        const auto ask = [&](const std::string& version, const std::string& id, const std::string& authorization) {
            return bench.ask(std::string(row.method), "/" + version + "/vehicles/" + id + shouted, authorization);
        };
        const std::string own = id_of(Capability::kCapable);
        CHECK(complaint_about_error(ask("v2.0", own, bench.token(Token::kValid)),
                                    {403, "PERMISSION", "", "REAUTHENTICATE"})
                  .empty());
        CHECK(complaint_about_error(ask("v2.0", own, ""), {401, "AUTHENTICATION"}).empty());
        CHECK(complaint_about_error(ask("v2.0", own, bench.token(Token::kExpired)), {401, "AUTHENTICATION"}).empty());
        CHECK(complaint_about_error(ask("v2.0", "my-car", bench.token(Token::kValid)), {400, "VALIDATION"}).empty());
        CHECK(complaint_about_error(ask("v2", own, bench.token(Token::kValid)), {404, "RESOURCE_NOT_FOUND", "VERSION"})
                  .empty());
    }
    const auto plain =
        bench.ask("GET", "/v2.0/vehicles/" + id_of(Capability::kCapable) + "/BATTERY", bench.token(Token::kValid));
    CHECK(complaint_about_error(plain, {404, "RESOURCE_NOT_FOUND", "PATH"}).empty());
}

TEST_CASE("a version that is none comes before everything else") {
    Bench bench(row_of(kReads.front()));
    for (const auto& [path, methods] : served()) {
        for (const std::string& method : methods) {
            for (const std::string version : {"v2", "v2.x", "v2.0.1", "vv2.0"}) {
                CAPTURE(version, method, path);
                const std::string target = "/" + version + "/vehicles/my-car" + (path == "/" ? "" : path);
                const Response response = bench.ask(method, target, "");
                CHECK(response.status == 404);
                CHECK(complaint_about_error(response, {404, "RESOURCE_NOT_FOUND", "VERSION"}).empty());
            }
            const std::string target = "/v99999999.99/vehicles/my-car" + (path == "/" ? "" : path);
            CHECK(bench.ask(method, target, "").status == 401);
        }
    }
}

}  // namespace
}  // namespace smartcar_sim::routes
