#include "receiver/receiver.h"

#include <optional>
#include <string>
#include <vector>

#include "catch.h"
#include "contract/message_samples.h"
#include "receiver/requests.h"
#include "signature/hmac.h"

namespace smartcar_sim::receiver {
namespace {

using contract::Request;
using contract::Version;
using Kind = Received::Kind;

Handled handle(const Request& request) { return Receiver(requests::token()).handle(request); }

std::string answer_to_challenge() {
    return R"({"challenge":")" + signature::hmac_sha256_hex(requests::kToken, requests::kChallenge) + R"("})";
}

// A verification of 2.0 with this text as its challenge, which need not be one.
Request challenge_of(const std::string& json) {
    return requests::unsigned_post(R"({"version":"2.0","eventName":"verify","payload":{"challenge":)" + json + "}}");
}

Request looking_at(const std::string& vehicle) {
    return {.method = "GET", .target = "/applied/" + vehicle, .headers = {}, .body = {}, .peer = "127.0.0.1"};
}

}  // namespace

TEST_CASE("a challenge of either version is answered with its hash") {
    for (const Version version : {Version::k2_0, Version::k4_0}) {
        const Handled handled = handle(requests::verification(version));
        CHECK(handled.response == contract::json_response(200, answer_to_challenge()));
        CHECK(handled.received.kind == Kind::kVerification);
        CHECK(handled.received.summary == std::string(name_of(version)) + " challenge " + requests::kChallenge);
        CHECK(handled.received.why.empty());
        CHECK(handled.delay == base::Milliseconds(0));
    }
}

TEST_CASE("the signature of a challenge is not looked at") {
    Request request = requests::verification(Version::k4_0);
    request.headers.add("SC-Signature", signature::hmac_sha256_hex(requests::kToken, request.body));
    CHECK(handle(request).response.body == answer_to_challenge());
    request.headers.set("SC-Signature", "wrong");
    CHECK(handle(request).response.body == answer_to_challenge());
}

TEST_CASE("what is not shaped like a challenge is not signed for a stranger") {
    const std::string forged = R"("{\"eventType\":\"VEHICLE_STATE\"}")";
    const std::string too_long = '"' + std::string(513, 'x') + '"';
    for (const std::string& json : {forged, too_long, std::string(R"("seven77")"), std::string(R"("with blank")"),
                                    std::string(R"("Zürich-Zürich")"), std::string(R"("nul\u0000inside")")}) {
        INFO(json);
        const Handled handled = handle(challenge_of(json));
        CHECK(
            handled.response ==
            contract::json_response(400, R"({"error":"the challenge is not 8 to 512 of A-Z a-z 0-9 . _ ~ + / = -"})"));
        CHECK(handled.received.kind == Kind::kRefused);
    }
    for (const std::string json : {"null", "5", "[\"nsQsLU7wY9WKt2IU\"]"}) {
        CHECK(handle(challenge_of(json)).response ==
              contract::json_response(400, R"({"error":"the challenge is missing"})"));
    }
}

TEST_CASE("every message the platform sends is accepted, or answered if it is a challenge") {
    const auto samples = contract::samples::golden();
    REQUIRE(samples.size() >= 10);
    for (const auto& sample : samples) {
        INFO(sample.file);
        const Handled handled = handle(requests::signed_post(sample.message.render(sample.stamp)));
        CHECK(handled.response.status == 200);
        CHECK(handled.received.kind != Kind::kRefused);
        CHECK_FALSE(handled.received.message.event_name.empty());
    }
}

TEST_CASE("a signed event is accepted and told in one line") {
    const Handled handled = handle(requests::signed_post(requests::kEvent));
    CHECK(handled.response == contract::json_response(200, R"({"received":true})"));
    CHECK(handled.received.kind == Kind::kEvent);
    CHECK(handled.received.message.event_name == "eventBased");
    CHECK(handled.received.summary == "eventBased CHARGING_STARTED of vehicle dc6ea99e (event 52f6e0bb)");
}

TEST_CASE("an event nobody knows yet is accepted once its signature holds") {
    CHECK(handle(requests::signed_post(R"({"eventType":"VEHICLE_DREAMT","data":{}})")).response.status == 200);
    const Handled nameless = handle(requests::signed_post("[1]"));
    CHECK(nameless.response.status == 200);
    CHECK(nameless.received.summary == "a message without a name");
}

TEST_CASE("an event without exactly one right signature is refused, and why is for the owner") {
    struct Row {
        std::vector<std::string> signatures;
        std::string why;
        std::optional<std::string> mistake;
    };
    const std::string right = signature::hmac_sha256_hex(requests::kToken, requests::kEvent);
    const Row rows[] = {
        {{}, "SC-Signature is missing", std::nullopt},
        {{""}, "SC-Signature is not the signature of this body", "empty-hash"},
        {{std::string(64, '0')}, "SC-Signature is not the signature of this body", std::nullopt},
        {{"sha256=" + right}, "SC-Signature is not the signature of this body", "prefixed"},
        {{right, right}, "SC-Signature is there 2 times", std::nullopt},
        {{right, std::string(64, '0')}, "SC-Signature is there 2 times", std::nullopt},
    };
    for (const Row& row : rows) {
        Request request = requests::unsigned_post(requests::kEvent);
        for (const std::string& signature : row.signatures) request.headers.add("sc-signature", signature);
        const Handled handled = handle(request);
        CHECK(handled.response == contract::json_response(401, R"({"error":")" + row.why + R"("})"));
        CHECK(handled.received.kind == Kind::kRefused);
        CHECK(handled.received.why == row.why);
        CHECK(handled.received.mistake == row.mistake);
        CHECK(handled.received.message.event_name.empty());
        CHECK(handled.received.summary == "refused: " + row.why + (row.mistake ? " (" + *row.mistake + ")" : ""));
    }
}

TEST_CASE("a body that is no JSON is a 400 when it is signed and a 401 when it is not") {
    const Handled handled = handle(requests::signed_post("{\"a\":"));
    CHECK(handled.response.status == 400);
    CHECK(handled.received.why.starts_with("the body is not JSON: "));
    CHECK(handle(requests::unsigned_post("{\"a\":")).response.status == 401);
    CHECK(handle(requests::signed_post("")).response.status == 400);
}

TEST_CASE("only POST is for webhooks") {
    for (const std::string method : {"GET", "PUT", "DELETE", "HEAD"}) {
        Request request = requests::signed_post(requests::kEvent);
        request.method = method;
        const Handled handled = handle(request);
        CHECK(handled.response.status == 405);
        CHECK(handled.response.headers.get("allow") == "POST");
        CHECK(handled.received.why == "webhooks come by POST, not by " + method);
    }
}

TEST_CASE("a body past every webhook's size is refused unread") {
    const std::string fits = '"' + std::string(kMaxBody - 2, 'x') + '"';
    CHECK(handle(requests::signed_post(fits)).response.status == 200);
    const Handled handled = handle(requests::signed_post(fits + " "));
    CHECK(handled.response == contract::json_response(413, R"({"error":"the body is larger than 262144 bytes"})"));
}

// It was parsed first, whatever its size and whoever sent it.
TEST_CASE("what is too large is not read, a challenge no more than an event") {
    std::string large = requests::verification(Version::k4_0).body;
    large.insert(1, R"("note":")" + std::string(kMaxBody, 'x') + R"(",)");
    const Handled handled = handle(requests::unsigned_post(large));
    CHECK(handled.response.status == 413);
    CHECK(handled.received.message.event_name.empty());
    const Behaviour reads{.id = "reads", .says = "", .first = [](const Circumstances& now) {
                              return std::optional(error_answer(now.body == nullptr ? 418 : 200, "x"));
                          }};
    CHECK(Receiver(requests::token(), &reads).handle(requests::unsigned_post(large)).response.status == 418);
    CHECK(Receiver(requests::token(), &reads).handle(requests::unsigned_post("{}")).response.status == 200);
}

TEST_CASE("why a signature is wrong is looked for only for whoever shows it") {
    Request request = requests::unsigned_post(requests::kEvent);
    request.headers.add("SC-Signature", "sha256=" + signature::hmac_sha256_hex(requests::kToken, requests::kEvent));
    const Receiver quiet(requests::token(), nullptr, Receiver::Explains::kNothing);
    CHECK(handle(request).received.mistake == "prefixed");
    CHECK(quiet.handle(request).received.mistake == std::nullopt);
    CHECK(quiet.handle(request).received.summary == "refused: SC-Signature is not the signature of this body");
    CHECK(quiet.handle(request).response == handle(request).response);
}

TEST_CASE("what events of a vehicle came to is shown to whoever asks") {
    const Receiver receiver(requests::token());
    const std::string nothing =
        R"({"vehicleId":"dc6ea99e","sessions":0,"charging":null,"stateOfCharge":null,"asOf":null})";
    const std::string charging =
        R"({"vehicleId":"dc6ea99e","sessions":1,"charging":true,"stateOfCharge":null,"asOf":"2022-04-13T10:15:00.000Z"})";
    const auto look = [&] { return receiver.handle(looking_at("dc6ea99e")); };
    CHECK(look().response == contract::json_response(200, nothing));
    CHECK(receiver.handle(requests::unsigned_post(requests::kEvent)).response.status == 401);
    CHECK(look().response.body == nothing);
    CHECK(receiver.handle(requests::signed_post(requests::kEvent)).response.status == 200);
    CHECK(look().response.body == charging);
    CHECK(receiver.handle(requests::signed_post(requests::kEvent)).response.status == 200);
    CHECK(look().response.body == charging);
    CHECK(look().received.kind == Kind::kLook);
    CHECK(look().received.summary == "shown: what events about vehicle dc6ea99e came to");
    CHECK(receiver.handle(looking_at("dc6ea99e?pretty=1")).response.body == charging);
    CHECK(Receiver(requests::token()).handle(looking_at("dc6ea99e")).response.body == nothing);
}

TEST_CASE("an event of 4.0 has its effect too") {
    const Receiver receiver(requests::token());
    const std::string event =
        R"({"eventId":"e","eventType":"VEHICLE_STATE","data":{"vehicle":{"id":"v"},"signals":[{"code":)"
        R"("charge-ischarging","body":{"value":true},"meta":{"oemUpdatedAt":1649844900000}},{"code":)"
        R"("tractionbattery-stateofcharge","body":{"value":78.5}}]},"triggers":[{"type":"SIGNAL_UPDATED","signal":)"
        R"({"code":"charge-ischarging"}}],"meta":{"deliveryId":"d"}})";
    CHECK(receiver.handle(requests::signed_post(event)).response.status == 200);
    CHECK(receiver.handle(looking_at("v")).response.body ==
          R"({"vehicleId":"v","sessions":1,"charging":true,"stateOfCharge":78.5,"asOf":"2022-04-13T10:15:00.000Z"})");
}

TEST_CASE("a vehicle's id is percent-decoded once and quoted as JSON wants it") {
    struct Row {
        std::string path, vehicle, printed;
    };
    const Row rows[] = {
        {"a%20b", "a b", "a b"},
        {"a+b", "a+b", "a+b"},
        {"a%2Fb", "a/b", "a/b"},
        {"a/b", "a/b", "a/b"},
        {"a%2520b", "a%20b", "a%20b"},
        {"%22", "\\\"", "\""},
        {"Z%C3%BCrich", "Z\u00fcrich", "Z??rich"},
        {"%FF", "?", "?"},
        {"%1B%5B2J", "\\u001b[2J", "?[2J"},
        {"", "", ""},
    };
    for (const Row& row : rows) {
        INFO(row.path);
        const Handled handled = handle(looking_at(row.path));
        CHECK(handled.response.status == 200);
        CHECK(handled.response.body.starts_with(R"({"vehicleId":")" + row.vehicle + R"(","sessions":0)"));
        CHECK(handled.received.summary == "shown: what events about vehicle " + row.printed + " came to");
    }
}

TEST_CASE("looking is done by GET under its own path alone") {
    for (const std::string target : {"/applied", "/appliedv", "/webhooks/applied/v", "/?/applied/v"}) {
        INFO(target);
        Request request = looking_at("");
        request.target = target;
        CHECK(handle(request).response.status == 405);
    }
    Request post = requests::signed_post(requests::kEvent);
    post.target = "/applied/dc6ea99e";
    CHECK(handle(post).received.kind == Kind::kEvent);
}

TEST_CASE("a request is in flight until its answer is let go, and a look is none") {
    const Behaviour counts{.id = "counts", .says = "", .first = [](const Circumstances& now) {
                               return std::optional(error_answer(400 + now.memory.in_flight, "x"));
                           }};
    const Receiver receiver(requests::token(), &counts);
    const Request request = requests::signed_post(requests::kEvent);
    Handled first = receiver.handle(request);
    CHECK(first.response.status == 401);
    const Handled look = receiver.handle(looking_at("v"));
    {
        const Handled second = receiver.handle(request);
        CHECK(second.response.status == 402);
    }
    CHECK(receiver.handle(request).response.status == 402);
    first.in_flight.reset();
    CHECK(receiver.handle(request).response.status == 401);
}

TEST_CASE("nothing in a message reaches the terminal but printable ASCII of a bearable length") {
    const std::string nasty =
        R"({"eventType":"\u001b[2J\u009b31m\r\nrm","eventId":")" + std::string(200, 'x') + R"("})";
    const std::string summary = handle(requests::signed_post(nasty)).received.summary;
    CHECK(summary == "?[2J??31m??rm (event " + std::string(80, 'x') + "...)");
}

TEST_CASE("no answer and no summary shows the token") {
    for (const Request& request :
         {requests::verification(Version::k2_0), requests::signed_post(requests::kEvent),
          requests::unsigned_post(requests::kEvent), requests::unsigned_post(requests::kToken)}) {
        const Handled handled = handle(request);
        CHECK((handled.response.body + handled.received.summary).find(requests::kToken) == std::string::npos);
    }
}

}  // namespace smartcar_sim::receiver
