#include "receiver/message.h"

#include <string>

#include "catch.h"
#include "document/json.h"

namespace smartcar_sim::receiver {
namespace {

document::Value parsed(const std::string& json) {
    const auto value = document::parse(json);
    REQUIRE(value.ok());
    return value.value();
}

}  // namespace

TEST_CASE("both versions say in their own places what happened to which vehicle") {
    const Particulars old = particulars_of(parsed(
        R"({"eventName":"eventBased","payload":{"eventId":"e","vehicleId":"v","eventType":"CHARGING_STARTED"}})"));
    CHECK(old.event_name == "eventBased");
    CHECK(old.event_type == "CHARGING_STARTED");
    CHECK(old.event_id == "e");
    CHECK(old.vehicle_id == "v");

    const Particulars schedule = particulars_of(
        parsed(R"({"eventName":"schedule","payload":{"vehicles":[{"vehicleId":"first"},{"vehicleId":"second"}]}})"));
    CHECK(schedule.event_name == "schedule");
    CHECK(schedule.vehicle_id == "first");

    const Particulars current =
        particulars_of(parsed(R"({"eventId":"e","eventType":"VEHICLE_STATE","data":{"vehicle":{"id":"v"}}})"));
    CHECK(current.event_name == "VEHICLE_STATE");
    CHECK(current.event_type.empty());
    CHECK(current.event_id == "e");
    CHECK(current.vehicle_id == "v");
}

TEST_CASE("what a message does not say in text stays empty") {
    for (const std::string json : {"null", "[]", "{}", R"({"eventName":5,"eventId":null,"payload":[],"data":"x"})"}) {
        const Particulars none = particulars_of(parsed(json));
        CHECK((none.event_name + none.event_type + none.event_id + none.vehicle_id).empty());
    }
}

TEST_CASE("a challenge is known by its event's exact name") {
    using contract::Version;
    CHECK(challenge_version(parsed(R"({"eventName":"verify"})")) == Version::k2_0);
    CHECK(challenge_version(parsed(R"({"eventType":"VERIFY"})")) == Version::k4_0);
    CHECK(challenge_version(parsed(R"({"eventName":"VERIFY"})")) == std::nullopt);
    CHECK(challenge_version(parsed(R"({"eventType":"verify"})")) == std::nullopt);
    CHECK(challenge_version(parsed(R"({"data":{"challenge":"nsQsLU7wY9WKt2IU"}})")) == std::nullopt);
}

TEST_CASE("a challenge has 8 to 512 characters of a token") {
    for (const std::string& good :
         {std::string("nsQsLU7wY9WKt2IU"), std::string("08bd4b28-b65f-4fb8-b0f5-ef5ba0d3ac12"),
          std::string("challenge_063f9ab0"), std::string("._~+/=-0"), std::string(512, 'x')}) {
        CHECK(is_well_shaped(good));
    }
    for (const std::string& bad :
         {std::string(), std::string("1234567"), std::string(513, 'x'), std::string("12345678\n"),
          std::string("{\"a\":\"bcd\"}"), std::string("12345678\0", 9), std::string("1234,5678")}) {
        CHECK_FALSE(is_well_shaped(bad));
    }
}

}  // namespace smartcar_sim::receiver
