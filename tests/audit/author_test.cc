#include "audit/author.h"

#include <chrono>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audited_subject.h"
#include "base/text.h"
#include "catch.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"

namespace smartcar_sim::audit {
namespace {

using contract::Dialect;
using contract::Version;
using document::Value;
using Look = Author::Look;

constexpr std::string_view kAlphanumeric = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";

Value parsed(const std::string& body) {
    const auto value = document::parse(body);
    INFO(body);
    REQUIRE(value.ok());
    return value.value();
}

// What stands there, as JSON.
std::string at(const std::string& body, std::string_view pointer) {
    const Value value = parsed(body);
    const auto found = document::find(value, pointer);
    if (!found || found.value() == nullptr) return "(nothing)";
    return document::write(*found.value()).value();
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

bool is_of(std::string_view text, std::string_view allowed) {
    return text.find_first_not_of(allowed) == std::string_view::npos;
}

Subject captured(const std::string& body, Version version) {
    Subject subject = subject_of(version);
    subject.captured = parsed(body);
    return subject;
}

std::vector<std::string> bodies_of(const Subject& subject, std::uint64_t seed) {
    Author author(subject, base::Ids(seed));
    std::vector<std::string> bodies;
    bodies.push_back(author.next().body);
    bodies.push_back(author.forged().body);
    bodies.push_back(author.earlier(std::chrono::hours(1)).body);
    bodies.push_back(author.event_2_0("CHARGING_COMPLETED", contract::Mode::kTest).body);
    bodies.push_back(author.state_in(Dialect::kDoc).body);
    bodies.push_back(author.error({{.type = "VEHICLE_STATE", .code = "ASLEEP", .signals = std::nullopt}}).body);
    for (const Look look : {Look::kPrefixed, Look::kAlphanumeric, Look::kUuid, Look::kLong}) {
        bodies.push_back(author.challenge_body(subject.version, author.challenge(look)));
    }
    return bodies;
}

}  // namespace

TEST_CASE("challenges have the looks of those that were seen, and one of every character allowed") {
    const Subject subject = subject_of(Version::k4_0);
    Author author(subject, base::Ids(7));
    std::set<std::string> all;
    for (int i = 0; i < 200; ++i) {
        const std::string alphanumeric = author.challenge(Look::kAlphanumeric);
        CHECK(alphanumeric.size() == 16);
        CHECK(is_of(alphanumeric, kAlphanumeric));
        const std::string uuid = author.challenge(Look::kUuid);
        CHECK(base::is_uuid(uuid));
        const std::string prefixed = author.challenge(Look::kPrefixed);
        CHECK(prefixed.size() == 42);
        CHECK(prefixed.starts_with("challenge_"));
        CHECK(is_of(prefixed.substr(10), "0123456789abcdef"));
        const std::string longest = author.challenge(Look::kLong);
        CHECK(longest.size() == 128);
        CHECK(is_of(longest, std::string(kAlphanumeric) + "._-"));
        for (const char c : {'a', 'Z', '0', '.', '_', '-'}) CHECK(longest.find(c) != std::string::npos);
        all.insert({alphanumeric, uuid, prefixed, longest});
    }
    CHECK(all.size() == 800);
}

TEST_CASE("a challenge looks as the subject's version has it and stands where that version has it") {
    const Subject old = subject_of(Version::k2_0);
    const std::string of_2_0 = Author(old, base::Ids(7)).challenge();
    CHECK(of_2_0.starts_with("challenge_"));
    const Subject current = subject_of(Version::k4_0);
    Author author(current, base::Ids(7));
    const std::string of_4_0 = author.challenge();
    CHECK(of_4_0.size() == 16);

    CHECK(at(author.challenge_body(Version::k2_0, of_2_0), "/payload/challenge") == quoted(of_2_0));
    CHECK(at(author.challenge_body(Version::k2_0, of_2_0), "/eventName") == quoted("verify"));
    CHECK(at(author.challenge_body(Version::k4_0, of_4_0), "/data/challenge") == quoted(of_4_0));
    CHECK(at(author.challenge_body(Version::k4_0, of_4_0), "/eventType") == quoted("VERIFY"));
}

TEST_CASE("each event is new, newer than the one before, in the past and tells the opposite") {
    for (const Version version : {Version::k2_0, Version::k4_0}) {
        const Subject subject = subject_of(version);
        Author author(subject, base::Ids(7));
        Event before = author.next();
        CHECK(before.charging);
        std::set<std::string> ids{before.id};
        for (int i = 0; i < 200; ++i) {
            const Event event = author.next();
            CHECK(ids.insert(event.id).second);
            CHECK(base::is_uuid(event.id));
            CHECK(event.version == version);
            CHECK(event.at > before.at);
            CHECK(event.at < subject.now);
            CHECK(event.charging == !before.charging);
            CHECK(author.charging() == event.charging);
            CHECK(event.charge != before.charge);
            CHECK((event.charge >= 20 && event.charge <= 80));
            before = event;
        }
    }
}

TEST_CASE("what an event says of itself stands in its body") {
    const Subject old = subject_of(Version::k2_0);
    const Event of_2_0 = Author(old, base::Ids(7)).telling(false);
    CHECK(at(of_2_0.body, "/payload/eventId") == quoted(of_2_0.id));
    CHECK(at(of_2_0.body, "/payload/eventType") == quoted("CHARGING_STOPPED"));
    CHECK(at(of_2_0.body, "/payload/eventTime") == quoted(base::format_instant(of_2_0.at)));
    CHECK(at(of_2_0.body, "/payload/vehicleId") == quoted(old.vehicle.id));

    const Subject current = subject_of(Version::k4_0);
    const Event of_4_0 = Author(current, base::Ids(7)).telling(true);
    CHECK(at(of_4_0.body, "/eventId") == quoted(of_4_0.id));
    CHECK(at(of_4_0.body, "/data/vehicle/id") == quoted(current.vehicle.id));
    CHECK(at(of_4_0.body, "/data/signals/0/code") == quoted("charge-ischarging"));
    CHECK(at(of_4_0.body, "/data/signals/0/body/value") == "true");
    CHECK(at(of_4_0.body, "/data/signals/1/body/value") == std::to_string(of_4_0.charge));
    CHECK(at(of_4_0.body, "/data/signals/0/meta/oemUpdatedAt") == std::to_string(of_4_0.at.time_since_epoch().count()));
}

// A forged event that was refused once counted as told: every other forgery then told what the callback knew already.
TEST_CASE("a forged event tells the opposite of what took effect last") {
    const Subject subject = subject_of(Version::k4_0);
    Author author(subject, base::Ids(7));
    const Event honest = author.next();
    const Event refused = author.forged();
    const Event again = author.forged();
    CHECK(refused.charging == !honest.charging);
    CHECK(again.charging == !honest.charging);
    CHECK(again.id != refused.id);
    CHECK(again.at > refused.at);
    CHECK(again.charge != refused.charge);
    author.handled(again);
    CHECK(author.forged().charging == honest.charging);
    CHECK(author.next().charging == honest.charging);
}

TEST_CASE("an earlier event happened that much before the last and tells the opposite, and the next one is newer") {
    const Subject subject = subject_of(Version::k2_0);
    Author author(subject, base::Ids(7));
    const Event last = author.next();
    const Event earlier = author.earlier(std::chrono::hours(1));
    CHECK(earlier.at == last.at - std::chrono::hours(1));
    CHECK(earlier.charging == !last.charging);
    CHECK(earlier.id != last.id);
    CHECK(at(earlier.body, "/payload/eventTime") == quoted(base::format_instant(earlier.at)));
    CHECK(author.charging() == last.charging);
    CHECK(author.next().at > last.at);
}

TEST_CASE("a redelivery of 4.0 has a new deliveryId and a later deliveredAt and nothing else") {
    const Subject subject = subject_of(Version::k4_0);
    Author author(subject, base::Ids(7));
    const Event event = author.next();
    const Event again = author.redelivered(event);
    CHECK(again.id == event.id);
    CHECK(again.at == event.at);
    CHECK(at(again.body, "/meta/deliveryId") != at(event.body, "/meta/deliveryId"));
    CHECK(at(again.body, "/meta/deliveredAt") > at(event.body, "/meta/deliveredAt"));
    CHECK(again.body.size() == event.body.size());
    Value first = parsed(event.body);
    Value second = parsed(again.body);
    CHECK_FALSE(first == second);
    for (Value* body : {&first, &second}) {
        CHECK(document::set(*body, "/meta/deliveryId", Value("x"), document::Missing::kError).ok());
        CHECK(document::set(*body, "/meta/deliveredAt", Value(0), document::Missing::kError).ok());
    }
    CHECK(first == second);
    CHECK(author.redelivered(event).body != again.body);
}

TEST_CASE("a redelivery of 2.0 is the same bytes") {
    const Subject subject = subject_of(Version::k2_0);
    Author author(subject, base::Ids(7));
    const Event event = author.next();
    CHECK(author.redelivered(event).body == event.body);
    CHECK(author.redelivered(event).id == event.id);
}

TEST_CASE("the same seed writes the same bytes and another seed writes others") {
    for (const Subject& subject : {subject_of(Version::k2_0), subject_of(Version::k4_0)}) {
        const auto bodies = bodies_of(subject, 7);
        CHECK(bodies == bodies_of(subject, 7));
        const auto others = bodies_of(subject, 8);
        for (std::size_t i = 0; i < bodies.size(); ++i) CHECK(bodies[i] != others[i]);
        CHECK(std::set<std::string>(bodies.begin(), bodies.end()).size() == bodies.size());
    }
}

TEST_CASE("a test payload is about a vehicle nobody owns") {
    const Subject subject = subject_of(Version::k4_0);
    Author author(subject, base::Ids(7));
    const std::string old = author.event_2_0("CHARGING_STARTED", contract::Mode::kTest).body;
    CHECK(at(old, "/mode") == quoted("test"));
    CHECK(at(old, "/payload/vehicleId") != quoted(subject.vehicle.id));
    const Event event = author.next();
    const std::string current =
        author.state(author.ordinary_signals(event), {.first_delivery = true, .changed = {}}, contract::Mode::kTest)
            .body;
    CHECK(at(current, "/meta/mode") == quoted("TEST"));
    CHECK(at(current, "/data/vehicle/id") != quoted(subject.vehicle.id));
    CHECK(at(current, "/data/user/id") != quoted(subject.vehicle.user_id));
}

TEST_CASE("of a captured 2.0 body id, type and time are replaced and the rest is kept") {
    const std::string body =
        R"({"version":"2.0","webhookId":"w","extra":[1,{"eventId":"kept"}],"eventName":"eventBased","mode":"live",)"
        R"("payload":{"vehicleId":"v","eventType":"CHARGING_COMPLETED","eventId":"old","odd":null,)"
        R"("eventTime":"2022-04-13T10:15:00.000Z"}})";
    const Subject subject = captured(body, Version::k2_0);
    const Event event = Author(subject, base::Ids(7)).telling(true);
    CHECK(event.body ==
          R"({"version":"2.0","webhookId":"w","extra":[1,{"eventId":"kept"}],"eventName":"eventBased","mode":"live",)"
          R"("payload":{"vehicleId":"v","eventType":"CHARGING_STARTED","eventId":")" +
              event.id + R"(","odd":null,"eventTime":")" + base::format_instant(event.at) + "\"}}");
}

TEST_CASE("of a captured 4.0 body ids, times and what is told are replaced in the form that stood there") {
    const std::string body =
        R"({"eventId":"old","eventType":"VEHICLE_STATE","data":{"user":{"id":"u"},"vehicle":{"id":"v","nick":"n"},)"
        R"("signals":[{"code":"charge-ischarging","body":{"value":false,"x":1},"meta":{"oemUpdatedAt":1,"fetchedAt":2}},)"
        R"({"meta":{"retrievedAt":"2020-01-01T00:00:00.000Z","other":3},"code":"tractionbattery-stateofcharge",)"
        R"("body":{"unit":"percent","value":1}},{"code":"odometer-traveleddistance","body":{"value":5.5}},)"
        R"({"code":"charge-ischarging","status":{"value":"ERROR"}},"odd"]},)"
        R"("meta":{"version":"4.0","deliveryId":"old","deliveredAt":"2020-01-01T00:00:00.000Z"}})";
    const Subject subject = captured(body, Version::k4_0);
    Author author(subject, base::Ids(7));
    const Event event = author.telling(true);
    const std::string milliseconds = std::to_string(event.at.time_since_epoch().count());
    CHECK(event.body ==
          R"({"eventId":")" + event.id +
              R"(","eventType":"VEHICLE_STATE","data":{"user":{"id":"u"},"vehicle":{"id":"v","nick":"n"},)"
              R"("signals":[{"code":"charge-ischarging","body":{"value":true,"x":1},"meta":{"oemUpdatedAt":)" +
              milliseconds + R"(,"fetchedAt":)" + milliseconds + R"(}},{"meta":{"retrievedAt":")" +
              base::format_instant(event.at) +
              R"(","other":3},"code":"tractionbattery-stateofcharge","body":{"unit":"percent","value":)" +
              std::to_string(event.charge) +
              R"(}},{"code":"odometer-traveleddistance","body":{"value":5.5}},)"
              R"({"code":"charge-ischarging","status":{"value":"ERROR"}},"odd"]},)"
              R"("meta":{"version":"4.0","deliveryId":)" +
              at(event.body, "/meta/deliveryId") + R"(,"deliveredAt":")" +
              base::format_instant(event.at + std::chrono::seconds(1)) + "\"}}");
    CHECK(at(event.body, "/meta/deliveryId") != quoted("old"));

    const Event again = author.redelivered(event);
    CHECK(at(again.body, "/eventId") == quoted(event.id));
    CHECK(at(again.body, "/meta/deliveryId") != at(event.body, "/meta/deliveryId"));
    CHECK(at(again.body, "/meta/deliveredAt") == quoted(base::format_instant(event.at + std::chrono::seconds(61))));
}

TEST_CASE("what a captured body does not have is not put in") {
    const std::string body = R"({"eventType":"VEHICLE_STATE","data":{"signals":{}}})";
    const Subject subject = captured(body, Version::k4_0);
    Author author(subject, base::Ids(7));
    CHECK(author.next().body == body);
    CHECK(author.redelivered(author.next()).body == body);
}

}  // namespace smartcar_sim::audit
