#include "delivery/verify_request.h"

#include <string>

#include "catch.h"
#include "contract/delivery_headers.h"
#include "signature/hmac.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;

namespace {

VerifyRequest verify(contract::Version version) {
    return {.url = {.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = "/webhooks?a=1"},
            .version = version,
            .envelope = {.webhook_id = "5a8e5e38-1e12-4011-a36d-56f120053f9e", .webhook_name = "Example Webhook"},
            .event_id = "52f6e0bb-1369-45da-a61c-9e67d092d6db",
            .stamp = {.delivery_id = "5d569643-3a47-4cd1-a3ec-db5fc1f6f03b",
                      .delivered_at = base::Instant(std::chrono::milliseconds(1'767'225'600'000))},
            .challenge = "challenge_3f0c9a51d2e84b7796a1c0de55f7b812",
            .headers = {},
            .sign_with = std::nullopt};
}

}  // namespace

TEST_CASE("a 2.0 challenge is posted unsigned, on a connection of its own") {
    const Outgoing outgoing = verify_request(verify(contract::Version::k2_0));
    CHECK(outgoing.reuse == Outgoing::Reuse::kFresh);
    CHECK(outgoing.timeout == std::chrono::seconds(15));
    CHECK(outgoing.request.method == "POST");
    CHECK(outgoing.request.target == "/webhooks?a=1");
    CHECK(outgoing.request.headers == contract::delivery_headers(contract::Version::k2_0));
    CHECK(outgoing.request.body ==
          R"({"version":"2.0","webhookId":"5a8e5e38-1e12-4011-a36d-56f120053f9e","eventName":"verify",)"
          R"("payload":{"challenge":"challenge_3f0c9a51d2e84b7796a1c0de55f7b812"}})");
}

TEST_CASE("a 4.0 challenge carries event, delivery and webhook") {
    const Outgoing outgoing = verify_request(verify(contract::Version::k4_0));
    CHECK(outgoing.request.headers == contract::delivery_headers(contract::Version::k4_0));
    CHECK(
        outgoing.request.body ==
        R"({"eventId":"52f6e0bb-1369-45da-a61c-9e67d092d6db","eventType":"VERIFY",)"
        R"("data":{"challenge":"challenge_3f0c9a51d2e84b7796a1c0de55f7b812"},)"
        R"("meta":{"version":"4.0","webhookId":"5a8e5e38-1e12-4011-a36d-56f120053f9e","webhookName":"Example Webhook",)"
        R"("deliveryId":"5d569643-3a47-4cd1-a3ec-db5fc1f6f03b","deliveredAt":"2026-01-01T00:00:00.000Z"}})");
}

TEST_CASE("with --sign-verify it is signed over its bytes") {
    VerifyRequest signed_verify = verify(contract::Version::k4_0);
    signed_verify.sign_with = base::Secret("token", base::Secret::Origin::kInvented);
    const Outgoing outgoing = verify_request(signed_verify);
    CHECK(outgoing.request.headers.get("SC-Signature") == signature::hmac_sha256_hex("token", outgoing.request.body));
}

TEST_CASE("with --sign-verify the one signature is ours, whatever headers the user adds") {
    // Before, a -H 'SC-Signature: x' was sent beside it.
    VerifyRequest signed_verify = verify(contract::Version::k2_0);
    signed_verify.sign_with = base::Secret("token", base::Secret::Origin::kInvented);
    signed_verify.headers = {{"sc-signature", "x"}};
    const Outgoing outgoing = verify_request(signed_verify);
    CHECK(outgoing.request.headers.count("SC-Signature") == 1);
    CHECK(outgoing.request.headers.get("SC-Signature") == signature::hmac_sha256_hex("token", outgoing.request.body));
}

TEST_CASE("headers of the user replace the standard one of their name") {
    VerifyRequest custom = verify(contract::Version::k2_0);
    custom.headers = {{"User-Agent", "mine"}, {"X-Tenant", "7"}};
    const contract::Headers headers = verify_request(custom).request.headers;
    CHECK(headers.count("user-agent") == 1);
    CHECK(headers.get("user-agent") == "mine");
    CHECK(headers.get("x-tenant") == "7");
}
