// A platform written down and read back: in the same process, in another one, and after a mistake.
#include "platform/snapshot.h"

#include <algorithm>
#include <array>
#include <functional>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "document/writer.h"
#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

using std::chrono::hours;
using std::chrono::minutes;

std::vector<vehicle::Vehicle> two_of_a_kind_and_others() {
    std::vector<vehicle::Vehicle> fleet = a_fleet();
    fleet[1].vin = "1FTFW1E50MFA00002";
    fleet[2].vin = "5YJ3E1EA7LF600043";
    vehicle::Vehicle twin = fleet[0];
    twin.fixture = "tesla-model-3-2020-2";
    twin.id = "d0c0ffee-1001-4000-8000-000000000009";
    twin.vin = "5YJ3E1EA7LF600044";
    twin.state.apply(state_of({{"tractionbattery-nominalcapacity", 60}, {"charge-wattage", 0}}), {});
    fleet.push_back(twin);
    return fleet;
}

// A platform whose clock can be set, as the simulation's can.
struct Stage {
    // The members that the analyzer misses are set by the constructors of their own types.
    // NOLINTBEGIN(clang-analyzer-optin.cplusplus.UninitializedObject)
    explicit Stage(std::vector<vehicle::Vehicle> fleet = two_of_a_kind_and_others(), Configuration configuration = {})
        : platform(std::move(configuration), std::move(fleet), clock, ids) {}
    // NOLINTEND(clang-analyzer-optin.cplusplus.UninitializedObject)

    StandingClock wall;
    base::VirtualClock clock{wall, wall.now()};
    base::Ids ids{7};
    Platform platform;

    void pass(base::Milliseconds time) { clock.advance_to(clock.now() + time); }

    Webhook add(const std::string& members) {
        const auto body = document::parse(R"({"callbackUri":"http://[::1]:3000/webhooks?a=b")" + members + "}");
        REQUIRE(body.ok());
        return platform.create_webhook(parse_webhook(body.value(), platform.configuration()).value());
    }
    void verify(const Webhook& webhook) {
        REQUIRE(platform.record_verification(webhook.id, webhook.settings.callback, Verified::kYes).ok());
    }
    void set(std::string_view vehicle, std::initializer_list<std::pair<std::string_view, document::Value>> given) {
        REQUIRE(platform.set_state(vehicle, state_of(given)).ok());
    }
    base::Result<base::Done> put(const std::string& text) {
        const auto body = document::parse(text);
        REQUIRE(body.ok());
        const auto snapshot = platform.read_snapshot(body.value(), text);
        if (!snapshot) return snapshot.error();
        platform.restore(snapshot.value(), clock);
        return base::Done{};
    }
    [[nodiscard]] Credentials credentials() const {
        return {platform.configuration().client_id, platform.configuration().client_secret.reveal()};
    }
};

constexpr std::string_view kTwin = "d0c0ffee-1001-4000-8000-000000000009";

// Everything at once: the twin charges, a permission is taken back, a first delivery is due, tokens are of every kind.
std::string happen(Stage& stage) {
    Platform& platform = stage.platform;
    stage.verify(stage.add(R"(,"name":"Old","events":["CHARGING_STARTED"],"autoSubscribe":true)"));
    stage.verify(stage.add(R"(,"version":"4.0","data":["odometer-traveleddistance"],"autoSubscribe":true)"));
    const Webhook waiting = stage.add(R"(,"version":"4.0","dialect":"doc","errorCallbackUri":"https://e.test/x")");
    const Webhook reads = stage.add(R"(,"type":"schedule","interval":"1h30m","paths":["/battery"])");
    stage.verify(reads);
    stage.verify(stage.add(R"(,"type":"dynamic","autoSubscribe":true)"));

    const Connected connected =
        platform.connect({.redirect_uri = "http://localhost/back", .external_id = "mine"}).value();
    stage.pass(minutes(1));
    REQUIRE(platform.connect({.scope = {"read_battery"}, .vehicles = {std::string(kSimulated)}}).ok());
    REQUIRE(platform.subscribe_vehicle(waiting.id, kTesla).ok());
    REQUIRE(platform.subscribe_vehicle(reads.id, kTesla).ok());
    REQUIRE(platform.subscribe_vehicle(reads.id, kTwin).ok());
    REQUIRE(platform.unsubscribe_vehicle(reads.id, kTesla).ok());
    REQUIRE(platform.subscribe_vehicle(reads.id, kFord).ok());
    REQUIRE(platform.unsubscribe_vehicle(reads.id, kFord).ok());
    REQUIRE(platform.subscribe_vehicle(reads.id, kTesla).ok());
    REQUIRE(platform.disable_webhook(waiting.id).ok());
    REQUIRE(platform.set_permissions(kTesla, {.grant = {}, .revoke = {"read_odometer"}}).ok());

    const AuthorizeRequest asked{.client_id = platform.configuration().client_id,
                                 .redirect_uri = "http://localhost/back",
                                 .scope = "read_charge",
                                 .mode = "test"};
    const Visit visit = std::get<Visit>(platform.admit(asked));
    const Login guest{.make = "AUDI", .username = "smartcar@successful-request.com"};
    const std::string id = std::get<Account>(platform.sign_in(visit, guest)).vehicles.front().vehicle->id;
    REQUIRE(platform.approve(visit, guest, {.vehicle_ids = {id}, .permissions = {"read_charge"}}).ok());
    const Login failing{.make = "TESLA", .username = "VEHICLE_STATE.ASLEEP@smartcar.com"};
    REQUIRE(platform.approve(visit, failing, {.vehicle_ids = {std::string(kSimulated)}, .permissions = {"read_charge"}})
                .ok());

    REQUIRE(std::holds_alternative<Tokens>(platform.refresh(stage.credentials(), connected.refresh_token)));
    REQUIRE(std::holds_alternative<ApplicationToken>(platform.issue_application_token(
        {platform.configuration().api_client_id, platform.configuration().client_secret.reveal()})));
    const vehicle::Command navigate{.kind = vehicle::CommandKind::kSendDestination,
                                    .destination = {.latitude = 52'520'008, .longitude = -13'404'954}};
    REQUIRE(
        std::holds_alternative<Commanded>(platform.command(kTesla, [&](const vehicle::Vehicle&) { return navigate; })));
    platform.keep_execution({.id = "exec_1",
                             .vehicle_id = std::string(kTesla),
                             .command = "charge-set-limit",
                             .parameters = document::Object{{"limit", 0.8}},
                             .at = stage.clock.now()});
    stage.set(kTwin, {{"charge-ischarging", true}});
    stage.pass(minutes(119));
    static_cast<void>(platform.run_timers());
    return connected.access_token;
}

void append(std::string& text, const document::Value& value) { document::Writer(text).value(value); }

std::string shown(const Connection& each) {
    return each.id + each.user_id + each.external_id.value_or("-") + each.vehicle->id +
           base::format_instant(each.created_at) + base::format_instant(each.updated_at);
}

// All that can be asked of it, as text.
std::string told(Stage& stage, const std::string& access_token) {
    Platform& platform = stage.platform;
    std::string text = base::format_instant(stage.clock.now());
    for (const FleetEntry& entry : platform.fleet()) {
        text += '\n' + entry.vehicle->id + entry.vehicle->fixture + entry.vehicle->vin + entry.vehicle->make;
        text += base::joined(entry.granted.names(), ",") + (entry.forced_error ? entry.forced_error->type : "");
        const auto& destination = entry.vehicle->destination;
        text += destination ? std::to_string(destination->latitude) + ',' + std::to_string(destination->longitude) : "";
        for (const auto& [signal, reading] : entry.vehicle->state) {
            append(text, vehicle::body_of(*signal, reading.datum));
            text += base::format_instant(reading.oem_updated_at);
        }
        const auto seen = platform.read_vehicle(access_token, entry.vehicle->id, "read_battery");
        text += std::holds_alternative<Sight>(seen) ? "open" : "shut";
    }
    for (const Webhook& webhook : platform.webhooks()) {
        document::Writer json(text);
        write(json, webhook);
    }
    for (const Connection& each : platform.connections({}, {.limit = 100}).connections) text += '\n' + shown(each);
    for (const Subscription& each : platform.subscriptions({}, 0, 100).subscriptions) {
        text += '\n' + each.id + base::format_instant(each.created_at);
    }
    const auto next = platform.next_timer();
    return text + (next ? base::format_instant(*next) : "never");
}

// What it sends from then on, with the ids.
std::string sent_later(Stage& stage) {
    std::string text;
    const auto add = [&](const Fired& fired) {
        for (const Effect& effect : fired.effects) {
            text += effect.event_id + effect.message.render({.delivery_id = "d", .delivered_at = stage.clock.now()});
        }
    };
    const std::array<base::Milliseconds, 3> steps{minutes(7), hours(2), hours(30)};
    for (const base::Milliseconds step : steps) {
        stage.pass(step);
        add(stage.platform.run_timers());
        add(stage.platform.set_state(kTesla, state_of({{"charge-ischarging", step == steps[0]}})).value());
    }
    for (const Webhook& webhook : stage.platform.webhooks()) {
        add(stage.platform.record_verification(webhook.id, webhook.settings.callback, Verified::kYes).value());
    }
    const auto again = stage.platform.connect({});
    REQUIRE(again.ok());
    return text + again.value().code + again.value().access_token + stage.add("").id;
}

// A few hundred calls that somebody might make, one after the other.
class Wanderer {
public:
    Wanderer(Stage& stage, unsigned seed) : stage_(stage), random_(seed) {}

    void step() {
        Platform& platform = stage_.platform;
        const std::string vehicle(pick(kVehicles));
        const auto webhooks = platform.webhooks();
        const std::string webhook = webhooks.empty() ? "none" : webhooks[below(webhooks.size())].id;
        switch (below(16)) {
            case 0:
                if (webhooks.size() < 6) stage_.add(std::string(pick(kWebhooks)));
                return;
            case 1:
                return ignore(platform.connect({.vehicles = {vehicle}}));
            case 2:
                return ignore(platform.connect({.scope = {"read_battery", "read_charge"}, .external_id = "me"}));
            case 3:
                return ignore(platform.subscribe_vehicle(webhook, vehicle));
            case 4:
                return ignore(platform.unsubscribe_vehicle(webhook, vehicle));
            case 5:
                return ignore(platform.disconnect(vehicle));
            case 6:
                return ignore(platform.set_permissions(vehicle, {.grant = {}, .revoke = {"read_odometer"}}));
            case 7:
                return ignore(platform.set_permissions(vehicle, {.grant = {"read_odometer"}, .revoke = {}}));
            case 8:
                return ignore(platform.set_state(vehicle, state_of({{"charge-ischarging", below(2) == 0}})));
            case 9:
                return ignore(platform.set_state(vehicle, state_of({{"charge-wattage", whole(11'000)}})));
            case 10:
                return ignore(platform.set_state(
                    vehicle, state_of({{"tractionbattery-stateofcharge", static_cast<double>(whole(399)) / 4},
                                       {"tractionbattery-nominalcapacity", whole(90) + 10}})));
            case 11:
                if (!webhooks.empty()) stage_.verify(webhooks[below(webhooks.size())]);
                return;
            case 12:
                return ignore(below(2) == 0 ? platform.disable_webhook(webhook) : platform.enable_webhook(webhook));
            case 13:
                if (below(4) == 0) ignore(platform.remove_webhook(webhook));
                return;
            case 14:
                return ignore(platform.command(vehicle, [this](const vehicle::Vehicle&) {
                    return vehicle::Command{.kind = vehicle::CommandKind::kSetChargeLimit,
                                            .amount = 5000 + 100 * whole(50)};
                }));
            default:
                stage_.pass(base::Milliseconds(below(40'000'000)));
                return ignore(platform.run_timers());
        }
    }

private:
    static constexpr std::array kVehicles{kTesla, kFord, kSimulated, kTwin};
    static constexpr std::array<std::string_view, 4> kWebhooks{
        R"(,"autoSubscribe":true)", R"(,"version":"4.0","data":["odometer-traveleddistance","charge-voltage"])",
        R"(,"type":"schedule","interval":"47m")", R"(,"type":"dynamic")"};

    template <class T>
    static void ignore(const T&) {}
    std::size_t below(std::size_t count) { return random_() % count; }
    std::int64_t whole(std::size_t count) { return static_cast<std::int64_t>(below(count)); }
    template <class List>
    std::string_view pick(const List& list) {
        return list[below(list.size())];
    }

    Stage& stage_;
    std::mt19937 random_;
};

}  // namespace

TEST_CASE("a platform restored elsewhere is written down in the same bytes") {
    Stage stage;
    happen(stage);
    const std::string snapshot = stage.platform.snapshot();
    Stage other;
    REQUIRE(other.put(snapshot).ok());
    CHECK(other.platform.snapshot() == snapshot);
    CHECK(other.clock.now() == stage.clock.now());
}

TEST_CASE("a platform restored elsewhere answers, and goes on, like the one it was taken of") {
    Stage stage;
    const std::string token = happen(stage);
    const std::string snapshot = stage.platform.snapshot();
    Stage other;
    REQUIRE(other.put(snapshot).ok());
    CHECK(told(other, token) == told(stage, token));
    CHECK(sent_later(other) == sent_later(stage));
    CHECK(told(other, token) == told(stage, token));
    CHECK(other.platform.snapshot() == stage.platform.snapshot());
}

TEST_CASE("whatever happened, a restored platform is the same in every byte and goes on the same way") {
    std::size_t subscribed = 0;
    for (unsigned seed = 0; seed < 40; ++seed) {
        CAPTURE(seed);
        Stage stage;
        Wanderer here(stage, seed);
        for (int steps = 0; steps < 120; ++steps) here.step();
        const std::string snapshot = stage.platform.snapshot();
        for (const Webhook& webhook : stage.platform.webhooks()) subscribed += webhook.subscriptions.size();

        Stage other;
        REQUIRE(other.put(snapshot).ok());
        CHECK(other.platform.snapshot() == snapshot);
        CHECK(told(other, "") == told(stage, ""));
        Wanderer on(stage, seed + 1000), there(other, seed + 1000);
        for (int steps = 0; steps < 30; ++steps) {
            on.step();
            there.step();
        }
        CHECK(sent_later(other) == sent_later(stage));
        CHECK(other.platform.snapshot() == stage.platform.snapshot());
    }
    CHECK(subscribed > 100);
}

TEST_CASE("what happened after a snapshot is gone once it is put back, and its ids are not given out again") {
    Stage stage;
    const std::string token = happen(stage);
    const std::string snapshot = stage.platform.snapshot();
    const std::string before = told(stage, token);
    const auto next_event = [&] {
        return stage.platform.fire({.vehicle = std::string(kTesla), .event = "CHARGING_STARTED"})
            .value()
            .effects.at(0)
            .event_id;
    };
    const std::string event = next_event();
    stage.pass(hours(5));
    static_cast<void>(stage.platform.run_timers());
    REQUIRE(stage.platform.disconnect(kTesla).ok());
    stage.add("");

    REQUIRE(stage.put(snapshot).ok());
    CHECK(told(stage, token) == before);
    CHECK(next_event() != event);
}

TEST_CASE("reset returns to the start-up state whatever was put since") {
    Stage stage;
    stage.platform.keep_as_start();
    const std::string start = told(stage, "");
    const base::Instant began = stage.clock.now();
    Stage other;
    happen(other);
    REQUIRE(stage.put(other.platform.snapshot()).ok());
    stage.platform.reset();
    stage.clock.move_to(began);
    stage.platform.restart_timers();
    CHECK(told(stage, "") == start);
}

TEST_CASE("a webhook that a snapshot brought keeps its id from those that are made later") {
    Stage stage;
    const std::string taken = stage.add("").id;
    Stage other(two_of_a_kind_and_others(), {.webhook_ids = {"d0c0ffee-2000-4000-8000-00000000abcd"}});
    REQUIRE(other.put(stage.platform.snapshot()).ok());
    const std::string next = other.add("").id;
    CHECK(next != taken);
    CHECK(other.platform.webhooks().size() == 2);
}

TEST_CASE("no secret of the user's stands in a snapshot") {
    Stage stage(two_of_a_kind_and_others(),
                {.client_secret = base::Secret("s3cr3t-of-mine", base::Secret::Origin::kSupplied),
                 .application_management_token = base::Secret("t0ken-of-mine", base::Secret::Origin::kSupplied)});
    happen(stage);
    stage.platform.rotate_application_management_token(base::Secret("an0ther", base::Secret::Origin::kSupplied));
    const std::string snapshot = stage.platform.snapshot();
    for (const std::string secret : {"s3cr3t-of-mine", "t0ken-of-mine", "an0ther"}) {
        CHECK(snapshot.find(secret) == std::string::npos);
    }
}

TEST_CASE("of many vehicles of a kind all but the first say what differs") {
    std::vector<vehicle::Vehicle> fleet = two_of_a_kind_and_others();
    fleet = {fleet[0], fleet[3]};
    fleet[1].state = fleet[0].state;
    Stage stage(fleet);
    const auto body = document::parse(stage.platform.snapshot());
    REQUIRE(body.ok());
    std::string twin;
    append(twin, *document::find(body.value(), "/vehicles/1").value());
    CHECK(twin == R"({"id":")" + std::string(kTwin) +
                      R"(","fixture":"tesla-model-3-2020-2","vin":"5YJ3E1EA7LF600044","like":")" + std::string(kTesla) +
                      R"("})");
}

}  // namespace smartcar_sim::platform
