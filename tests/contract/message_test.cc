#include "contract/message.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"
#include "contract/delivery_headers.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "message_samples.h"
#include "source_folder.h"

namespace smartcar_sim::contract {
namespace {

const std::string kGolden = source_folder() + "/tests/golden/messages";

std::string golden_file(std::string_view name) {
    std::ifstream file(kGolden + "/" + std::string(name), std::ios::binary);
    return {std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>()};
}

std::string rewritten(const std::string& body) {
    const auto parsed = document::parse(body);
    if (!parsed) return "not JSON: " + parsed.error().message;
    const auto written = document::write(parsed.value());
    return written ? written.value() : "not canonical: " + written.error().message;
}

bool contains(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

base::Instant at(std::int64_t milliseconds) { return base::Instant(base::Milliseconds(milliseconds)); }

const Envelope kLive{.webhook_id = "hook", .webhook_name = "Name", .dialect = Dialect::kWire, .mode = Mode::kLive};

Message empty_state(const Envelope& envelope) { return vehicle_state(envelope, "event", {}, {}, {}); }

}  // namespace

TEST_CASE("every message is the golden bytes of its kind and dialect") {
    for (const samples::Sample& sample : samples::golden()) {
        CAPTURE(sample.file);
        CHECK(sample.message.render(sample.stamp) == golden_file(sample.file));
    }
}

TEST_CASE("every golden file is compared with some message") {
    std::set<std::string> compared;
    for (const samples::Sample& sample : samples::golden()) compared.emplace(sample.file);
    std::set<std::string> files;
    for (const auto& entry : std::filesystem::directory_iterator(kGolden))
        files.insert(entry.path().filename().string());
    CHECK(compared == files);
}

TEST_CASE("every golden message is a fixed point of parsing and writing") {
    for (const samples::Sample& sample : samples::golden()) {
        CAPTURE(sample.file);
        const std::string body = sample.message.render(sample.stamp);
        CHECK(rewritten(body) == body);
    }
}

TEST_CASE("whatever a user writes in a name, every message stays a fixed point of parsing and writing") {
    const std::vector<std::string> hostile = {
        "Škoda – Zürich",
        "車 🚗 \u2028\u2029\u007f",
        R"("quoted", \back\slashed\, {"key":[1]})",
        "tab\t newline\n return\r bell\a nul" + std::string(1, '\0') + "\x01\x02\x1f",
        "</script>&amp;/\\u00e9",
        R"(deliveredAt":0,"deliveryId":")",
    };
    for (const std::string& text : hostile) {
        CAPTURE(text);
        for (const std::string& body : samples::bodies_saying(text)) CHECK(rewritten(body) == body);
    }
}

TEST_CASE("a webhook named like the stamped members gets the stamp in the right place") {
    Envelope envelope = kLive;
    envelope.webhook_name = R"("deliveryId":"","deliveredAt":)";
    const auto body = document::parse(empty_state(envelope).render({"11111111-2222-4333-8444-555555555555", at(7)}));
    REQUIRE(body.ok());
    const document::Value* meta = body.value().find("meta");
    REQUIRE(meta != nullptr);
    CHECK(*meta->find("deliveryId") == document::Value("11111111-2222-4333-8444-555555555555"));
    CHECK(*meta->find("deliveredAt") == document::Value(7));
    CHECK(*meta->find("webhookName") == document::Value(envelope.webhook_name));
}

TEST_CASE("a 4.0 attempt changes the delivery id and time and nothing else") {
    const Message message = empty_state(kLive);
    const std::string first = message.render({"11111111-2222-4333-8444-555555555555", at(1000)});
    const std::string second = message.render({"99999999-2222-4333-8444-555555555555", at(26000)});
    CHECK(
        first ==
        R"({"eventId":"event","eventType":"VEHICLE_STATE","data":{"user":{"id":""},"vehicle":{"id":"","make":"","model":"","year":0},"signals":[]},"triggers":[],"meta":{"deliveryId":"11111111-2222-4333-8444-555555555555","deliveredAt":1000,"version":"4.0","webhookId":"hook","webhookName":"Name","mode":"LIVE","signalCount":0}})");
    CHECK(
        second ==
        R"({"eventId":"event","eventType":"VEHICLE_STATE","data":{"user":{"id":""},"vehicle":{"id":"","make":"","model":"","year":0},"signals":[]},"triggers":[],"meta":{"deliveryId":"99999999-2222-4333-8444-555555555555","deliveredAt":26000,"version":"4.0","webhookId":"hook","webhookName":"Name","mode":"LIVE","signalCount":0}})");
}

TEST_CASE("a 2.0 attempt repeats the same bytes") {
    const Message message = event_based(kLive, "event", "vehicle", "CHARGING_STOPPED", at(0));
    const std::string body =
        R"({"version":"2.0","webhookId":"hook","eventName":"eventBased","mode":"live","payload":{"eventId":"event","vehicleId":"vehicle","eventType":"CHARGING_STOPPED","eventTime":"1970-01-01T00:00:00.000Z"}})";
    CHECK(message.render({"a", at(1)}) == body);
    CHECK(message.render({"b", at(2)}) == body);
}

TEST_CASE("the mode is lower case in 2.0 and upper case in 4.0") {
    const std::vector<std::pair<Mode, std::string>> modes = {
        {Mode::kLive, "live"}, {Mode::kTest, "test"}, {Mode::kSimulated, "simulated"}};
    const std::vector<std::string> upper = {"LIVE", "TEST", "SIMULATED"};
    for (std::size_t i = 0; i < modes.size(); ++i) {
        Envelope envelope = kLive;
        envelope.mode = modes[i].first;
        const std::string legacy = event_based(envelope, "e", "v", "CHARGING_STARTED", at(0)).render({});
        CHECK(contains(legacy, "\"mode\":\"" + modes[i].second + "\""));
        for (const Dialect dialect : {Dialect::kWire, Dialect::kDoc}) {
            envelope.dialect = dialect;
            CHECK(contains(empty_state(envelope).render({}), "\"mode\":\"" + upper[i] + "\""));
        }
    }
}

TEST_CASE("a scheduled payload is told apart by its event name alone") {
    const std::string schedule = readings_2_0(kLive, "schedule", {}).render({});
    const std::string scheduled = readings_2_0(kLive, "scheduled", {}).render({});
    CHECK(schedule ==
          R"({"version":"2.0","webhookId":"hook","eventName":"schedule","mode":"live","payload":{"vehicles":[]}})");
    CHECK(scheduled ==
          R"({"version":"2.0","webhookId":"hook","eventName":"scheduled","mode":"live","payload":{"vehicles":[]}})");
}

TEST_CASE("the documented dialect puts the unit before the value and leaves bodies without a value alone") {
    const auto body_of = [](document::Value body) {
        const SignalReading reading{
            .signal = {}, .body = std::move(body), .oem_updated_at = {}, .retrieved_at = {}, .failure = {}};
        Envelope envelope = kLive;
        envelope.dialect = Dialect::kDoc;
        const auto message = document::parse(vehicle_state(envelope, "e", {}, {&reading, 1}, {}).render({}));
        REQUIRE(message.ok());
        const auto found = document::find(message.value(), "/data/signals/0/body");
        REQUIRE(found.ok());
        REQUIRE(found.value() != nullptr);
        return document::write(*found.value()).value();
    };
    using document::Array;
    using document::Object;
    CHECK(body_of(Object{{"value", 168}, {"additionalValues", Array{}}, {"unit", "km"}}) ==
          R"({"unit":"km","value":168,"additionalValues":[]})");
    CHECK(body_of(Object{{"values", Array{}}, {"activeLimit", 80}, {"unit", "percent"}}) ==
          R"({"values":[],"activeLimit":80,"unit":"percent"})");
    CHECK(body_of(Object{{"value", true}}) == R"({"value":true})");
}

TEST_CASE("versions, dialects and modes are read by the names they are written with") {
    CHECK(parse_version("2.0") == Version::k2_0);
    CHECK(parse_version("4.0") == Version::k4_0);
    CHECK(parse_version("3.0") == std::nullopt);
    CHECK(name_of(Version::k4_0) == "4.0");
    CHECK(parse_dialect("doc") == Dialect::kDoc);
    CHECK(parse_dialect("Wire") == std::nullopt);
    CHECK(name_of(Dialect::kWire) == "wire");
    CHECK(parse_mode("simulated") == Mode::kSimulated);
    CHECK(parse_mode("LIVE") == std::nullopt);
    CHECK(name_of(Mode::kTest) == "test");
}

TEST_CASE("a delivery carries the headers of the captured one, in their order") {
    CHECK(delivery_headers(Version::k4_0) == Headers{{"accept", "application/json, text/plain, */*"},
                                                     {"content-type", "application/json"},
                                                     {"user-agent", "Smartcar-Webhooks/4.0"}});
    CHECK(delivery_headers(Version::k2_0).get("user-agent") == "Smartcar-Webhooks/2.0");
}

}  // namespace smartcar_sim::contract
