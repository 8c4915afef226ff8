#include "receiver/behaviours.h"

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "document/json.h"
#include "receiver/receiver.h"
#include "receiver/requests.h"
#include "signature/digest.h"
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

TEST_CASE("what is accepted in place of the reference is told as what it is") {
    const Handled challenge = behaving("hashes-any-text").handle(requests::verification(Version::k4_0));
    CHECK(challenge.received.kind == Received::Kind::kVerification);
    CHECK(challenge.received.message.event_name == "VERIFY");
    CHECK(challenge.received.summary.starts_with("accepted wrongly, as --behave says: VERIFY"));

    const Handled event = behaving("hashes-query")
                              .handle({.method = "POST",
                                       .target = "/?challenge=x",
                                       .headers = {},
                                       .body = R"({"eventName":"eventBased","eventId":"e"})",
                                       .peer = {}});
    CHECK(event.received.kind == Received::Kind::kEvent);
    CHECK(event.received.summary == "accepted wrongly, as --behave says: eventBased (event e)");

    const Handled text = behaving("accepts-bad-json").handle(requests::signed_post("no JSON"));
    CHECK(text.received.kind == Received::Kind::kEvent);
    CHECK(text.received.summary == "accepted wrongly, as --behave says: a message without a name");

    const Handled refused =
        behaving("verify-unsigned-only").handle(requests::signed_post(requests::verification(Version::k2_0).body));
    CHECK(refused.received.kind == Received::Kind::kRefused);
    CHECK(refused.received.summary == "refused wrongly, as --behave says");
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

TEST_CASE("a wrong way to check a signature believes what it says and refuses the rest") {
    const std::string right = signature::hmac_sha256_hex(requests::kToken, requests::kEvent);
    const std::string wrong(64, '0');
    struct Row {
        std::string behaviour;
        std::vector<std::string> believed, refused;
    };
    const Row rows[] = {
        {"no-signature-check", {right, wrong, ""}, {}},
        {"signature-if-there", {right}, {wrong, ""}},
        {"signature-unless-empty", {right, ""}, {wrong}},
        {"any-signature", {right, wrong}, {""}},
        {"empty-token", {right, signature::hmac_sha256_hex("", requests::kEvent)}, {wrong, ""}},
        {"compares-first-half", {right, right.substr(0, 32), right.substr(0, 32) + wrong}, {right.substr(0, 31), ""}},
        {"compares-what-came", {right, right.substr(0, 1), ""}, {wrong, right + "0"}},
        {"signature-in-any-case", {right, base::upper_case(right)}, {wrong, ""}},
        {"signature-after-prefix", {right, "sha256=" + right, "v1=" + right}, {right + "=", wrong}},
        {"unkeyed-hash",
         {right, base::to_hex(signature::hash(signature::Algorithm::kSha256, requests::kEvent))},
         {wrong, base::to_hex(signature::hash(signature::Algorithm::kSha1, requests::kEvent))}},
        {"algorithm-none", {right, "none", "none="}, {wrong, "alg=none", ""}},
        {"any-algorithm",
         {right, base::to_hex(signature::hmac(signature::Algorithm::kSha1, requests::kToken, requests::kEvent)),
          base::to_hex(signature::hmac(signature::Algorithm::kSha512, requests::kToken, requests::kEvent))},
         {wrong, ""}},
        {"trimmed-body", {right}, {wrong}},
        {"reserialised-by-node", {right}, {wrong}},
    };
    const auto status = [](const Receiver& receiver, const std::string& signature) {
        Request request = requests::unsigned_post(requests::kEvent);
        request.headers.add("SC-Signature", signature);
        return receiver.handle(request).response.status;
    };
    for (const Row& row : rows) {
        const Receiver receiver = behaving(row.behaviour);
        for (const std::string& signature : row.believed) {
            CAPTURE(row.behaviour, signature);
            CHECK(status(receiver, signature) == 200);
        }
        for (const std::string& signature : row.refused) {
            CAPTURE(row.behaviour, signature);
            CHECK(status(receiver, signature) == 401);
        }
        CHECK(receiver.handle(requests::verification(Version::k4_0)).response.status == 200);
    }
}

TEST_CASE("what a wrong receiver remembers is its own") {
    const Receiver receiver = behaving("verify-once");
    CHECK(receiver.handle(requests::verification(Version::k4_0)).response.status == 200);
    CHECK(receiver.handle(requests::verification(Version::k4_0)).response.status == 409);
    CHECK(behaving("verify-once").handle(requests::verification(Version::k4_0)).response.status == 200);

    const Receiver seen = behaving("known-signatures");
    Request other = requests::unsigned_post(R"({"eventType":"OTHER"})");
    other.headers.add("SC-Signature", signature::hmac_sha256_hex(requests::kToken, requests::kEvent));
    CHECK(seen.handle(other).response.status == 401);
    CHECK(seen.handle(requests::signed_post(requests::kEvent)).response.status == 200);
    CHECK(seen.handle(other).response.status == 200);
}

TEST_CASE("whoever takes one request at a time refuses a second until the first is answered") {
    const Receiver receiver = behaving("one-at-a-time");
    {
        const Handled first = receiver.handle(requests::verification(Version::k4_0));
        CHECK(first.response.status == 200);
        CHECK(first.delay > base::Milliseconds(0));
        CHECK(receiver.handle(requests::signed_post(requests::kEvent)).response.status == 503);
    }
    CHECK(receiver.handle(requests::signed_post(requests::kEvent)).response.status == 200);
}

TEST_CASE("what is handled without a right signature is seen though it is refused") {
    struct Row {
        std::string behaviour;
        bool disguised, unsigned_event;
    };
    const std::string disguised =
        R"({"eventName":"verify","payload":{"challenge":"challenge_0","eventId":"e","vehicleId":"dc6ea99e",)"
        R"("eventType":"CHARGING_STARTED","eventTime":"2022-04-13T10:15:00.000Z"}})";
    Request look = requests::unsigned_post("");
    look.method = "GET";
    look.target = "/applied/dc6ea99e";
    for (const Row& row : {Row{"handles-disguised-events", true, false}, Row{"handles-before-checking", true, true},
                           Row{"text-answer", false, false}}) {
        INFO(row.behaviour);
        for (const bool is_disguised : {true, false}) {
            const Receiver receiver = behaving(row.behaviour);
            const Handled handled =
                receiver.handle(requests::unsigned_post(is_disguised ? disguised : requests::kEvent));
            CHECK(handled.response.status == (is_disguised ? 200 : 401));
            const std::string applied = receiver.handle(look).response.body;
            const bool has_effect = applied.find(R"("sessions":1)") != std::string::npos;
            CHECK(has_effect == (is_disguised ? row.disguised : row.unsigned_event));
        }
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
    CHECK(ids.size() == handshake_behaviours().size() + signature_behaviours().size() + event_behaviours().size() +
                            transport_behaviours().size());
    CHECK(ids.size() >= 90);
}

TEST_CASE("a behaviour that is not there is refused with the nearest one") {
    CHECK(find_behaviour("echo-chalenge").error() ==
          base::Error{.code = "unknown_behaviour",
                      .message = "unknown behaviour \"echo-chalenge\"; did you mean \"echo-challenge\"?"});
    CHECK(find_behaviour("good").error().message ==
          "unknown behaviour \"good\"; `smartcar-sim list behaviours` shows them");
}

}  // namespace smartcar_sim::receiver
