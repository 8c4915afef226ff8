#include "receiver/behaviours.h"

#include <set>
#include <string>
#include <string_view>

#include "catch.h"
#include "document/json.h"
#include "receiver/receiver.h"
#include "receiver/requests.h"
#include "signature/explain.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::receiver {
namespace {

using contract::Request;
using contract::Response;
using contract::Version;

Receiver behaving(std::string_view id) { return Receiver(requests::token(), find_behaviour(id).value()); }

// What explain() makes of the answer to a challenge of that version.
signature::Explanation explanation_of(const Request& request, const Response& response) {
    const auto answer = document::parse(response.body);
    REQUIRE(answer.ok());
    REQUIRE(answer.value().find("challenge") != nullptr);
    return signature::explain({.subject = signature::Subject::kChallenge,
                               .message = requests::kChallenge,
                               .key = requests::kToken,
                               .received = *answer.value().find("challenge")->string(),
                               .request_body = request.body});
}

}  // namespace

TEST_CASE("a wrong answer to a challenge is wrong in the way its behaviour says") {
    struct Row {
        std::string behaviour, mistake;
    };
    const Row rows[] = {
        {"echo-challenge", "echoed-challenge"},
        {"upper-case-hash", "upper-case"},
        {"swapped-arguments", "key-and-message-swapped"},
        {"whole-body-hash", "whole-body"},
        {"wrong-field", "absent-challenge"},
    };
    for (const Row& row : rows) {
        for (const Version version : {Version::k2_0, Version::k4_0}) {
            INFO(row.behaviour);
            const Receiver receiver = behaving(row.behaviour);
            const Request request = requests::verification(version);
            const Handled handled = receiver.handle(request);
            CHECK(handled.response.status == 200);
            CHECK(explanation_of(request, handled.response).mistake == row.mistake);
            CHECK(handled.received.kind == Received::Kind::kVerification);
            CHECK(receiver.handle(requests::signed_post(requests::kEvent)).response.status == 200);
            CHECK(receiver.handle(requests::unsigned_post(requests::kEvent)).response.status == 401);
        }
    }
}

TEST_CASE("a wrong field that is there is hashed as it stands") {
    const Request both = requests::unsigned_post(R"({"eventName":"verify","payload":{"challenge":")" +
                                                 requests::kChallenge + R"("},"data":{"challenge":"something else"}})");
    const Response response = behaving("wrong-field").handle(both).response;
    CHECK(response == challenge_answer(signature::hmac_sha256_hex(requests::kToken, "something else")));
}

TEST_CASE("a text answer holds the right hash without JSON") {
    const Response response = behaving("text-answer").handle(requests::verification(Version::k4_0)).response;
    CHECK(response.status == 200);
    CHECK(response.headers.get("content-type") == "text/plain");
    CHECK(response.body == signature::hmac_sha256_hex(requests::kToken, requests::kChallenge));
    CHECK_FALSE(document::parse(response.body).ok());
}

TEST_CASE("whoever demands a signature on challenges answers only signed ones") {
    const Receiver receiver = behaving("verify-needs-signature");
    const Request request = requests::verification(Version::k4_0);
    CHECK(receiver.handle(request).response.status == 401);
    CHECK(receiver.handle(requests::signed_post(request.body)).response.status == 200);
    CHECK(receiver.handle(requests::signed_post(requests::kEvent)).response.status == 200);
}

TEST_CASE("whoever writes the body again verifies challenges and refuses every honest event") {
    const Receiver receiver = behaving("reserialised-body");
    CHECK(receiver.handle(requests::verification(Version::k2_0)).response.status == 200);
    CHECK(receiver.handle(requests::signed_post(requests::kEvent)).response.status == 401);

    const std::string computed = signature::hmac_sha256_hex(
        requests::kToken, signature::written_by(signature::Runtime::kPython, requests::kEvent));
    CHECK(signature::explain({.subject = signature::Subject::kBody,
                              .message = requests::kEvent,
                              .key = requests::kToken,
                              .received = computed})
              .mistake == "body-with-spaces");
    Request request = requests::unsigned_post(requests::kEvent);
    request.headers.add("SC-Signature", computed);
    CHECK(receiver.handle(request).response.status == 200);
}

TEST_CASE("a slow receiver is right, but later than Smartcar waits") {
    const Receiver receiver = behaving("slow");
    for (const Request& request : {requests::verification(Version::k4_0), requests::signed_post(requests::kEvent)}) {
        const Handled handled = receiver.handle(request);
        CHECK(handled.response == Receiver(requests::token()).handle(request).response);
        CHECK(handled.delay > std::chrono::seconds(15));
    }
}

TEST_CASE("every behaviour but the right one has an id and says what it does") {
    std::set<std::string_view> ids;
    for (const Behaviour& behaviour : behaviours()) {
        INFO(behaviour.id);
        CHECK(ids.insert(behaviour.id).second);
        CHECK_FALSE(behaviour.says.empty());
        CHECK(find_behaviour(behaviour.id).value() == &behaviour);
    }
    CHECK(ids.size() == 10);
}

TEST_CASE("a behaviour that is not there is refused with the nearest one") {
    CHECK(find_behaviour("echo-chalenge").error() ==
          base::Error{.code = "unknown_behaviour",
                      .message = "unknown behaviour \"echo-chalenge\"; did you mean \"echo-challenge\"?"});
    CHECK(find_behaviour("good").error().message ==
          "unknown behaviour \"good\"; `smartcar-sim list behaviours` shows them");
}

}  // namespace smartcar_sim::receiver
