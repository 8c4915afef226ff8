#include <string>
#include <string_view>
#include <vector>

#include "routes/a_client.h"
#include "signature/hmac.h"

namespace smartcar_sim::routes {
namespace {

constexpr std::string_view kTarget = "/_sim/application-management-token";
const std::string kOld(platform::kDevelopmentToken);

// Whether that token may end a subscription.
bool accepted(Client& client, const std::string& webhook, const std::string& token) {
    const std::string path = "/v2.0/vehicles/" + std::string(kTesla) + "/webhooks/" + webhook;
    return client.send("DELETE", path, {}, {{"authorization", "Bearer " + token}}).status == 200;
}

// The key of the newest delivery, of those given; empty for neither.
std::string signer(Client& client, const std::string& webhook, const std::vector<std::string>& keys) {
    REQUIRE(client.send("PUT", "/_sim/webhooks/" + webhook + "/subscriptions/" + std::string(kTesla)).status == 204);
    const auto fired = client.fire("CHARGING_STARTED");
    REQUIRE(fired.status == 202);
    client.settle();
    const auto found = client.get("/_sim/deliveries?eventId=" + text_at(fired, "/eventIds/0"));
    const std::string body = text_at(found, "/deliveries/0/attempts/0/request/body");
    for (const std::string& key : keys) {
        if (found.body.find(signature::hmac_sha256_hex(key, body)) != std::string::npos) return key;
    }
    return {};
}

TEST_CASE("a window says which of the two tokens is accepted and which signs") {
    struct Row {
        std::string members;
        bool old_accepted, new_accepted, old_signs;
        std::string window, sign_with;
    };
    const std::vector<Row> rows = {
        {"", false, true, false, "new", "new"},
        {R"("window":"new")", false, true, false, "new", "new"},
        {R"("window":"new","signWith":"old")", false, true, true, "new", "old"},
        {R"("window":"both")", true, true, false, "both", "new"},
        {R"("window":"both","signWith":"old")", true, true, true, "both", "old"},
        {R"("window":"old")", true, false, true, "old", "old"},
        {R"("window":"old","signWith":"new")", true, false, false, "old", "new"},
    };
    for (const Row& row : rows) {
        Client client;
        const std::string webhook = client.add_ready_webhook();
        CAPTURE(row.members);
        const auto rotated = client.post(std::string(kTarget), "{" + row.members + "}");
        CHECK(rotated.status == 200);
        CHECK(text_at(rotated, "/window") == row.window);
        CHECK(text_at(rotated, "/signWith") == row.sign_with);
        const std::string made_up = text_at(rotated, "/token");
        CHECK(base::is_uuid(made_up));
        CHECK(accepted(client, webhook, kOld) == row.old_accepted);
        CHECK(accepted(client, webhook, made_up) == row.new_accepted);
        CHECK(signer(client, webhook, {kOld, made_up}) == (row.old_signs ? kOld : made_up));
    }
}

TEST_CASE("a window is moved without another rotation, and reset brings the first token back") {
    Client client;
    const std::string webhook = client.add_ready_webhook();
    const std::string made_up = text_at(client.post(std::string(kTarget), R"({"window":"old"})"), "/token");
    CHECK_FALSE(accepted(client, webhook, made_up));
    const auto moved = client.patch(std::string(kTarget), R"({"window":"both"})");
    CHECK(moved.body == R"({"window":"both","signWith":"new"})");
    CHECK(accepted(client, webhook, made_up));
    CHECK(accepted(client, webhook, kOld));
    CHECK(text_at(client.post(std::string(kTarget)), "/token") != made_up);
    CHECK_FALSE(accepted(client, webhook, kOld));
    REQUIRE(client.post("/_sim/reset").status == 204);
    client.add_ready_webhook();
    CHECK(accepted(client, webhook, kOld));
}

TEST_CASE("there is no window to move before any rotation, and none after a reset") {
    Client client;
    const auto refused = [&] {
        const auto answer = client.patch(std::string(kTarget), R"({"window":"both"})");
        CHECK(answer.status == 409);
        CHECK(text_at(answer, "/error/code") == "not_rotated");
    };
    refused();
    REQUIRE(client.post(std::string(kTarget)).status == 200);
    CHECK(client.patch(std::string(kTarget), R"({"window":"both"})").status == 200);
    REQUIRE(client.post("/_sim/reset").status == 204);
    refused();
}

// Once it closed the window again.
TEST_CASE("who signs is changed without moving the window") {
    Client client;
    REQUIRE(client.post(std::string(kTarget), R"({"window":"both"})").status == 200);
    const auto moved = client.send("PATCH", std::string(kTarget), R"({"signWith":"old"})");
    CHECK(text_at(moved, "/window") == "both");
    CHECK(text_at(moved, "/signWith") == "old");
}

TEST_CASE("a token that a user supplies is shown nowhere") {
    Client client;
    const std::string secret = "s3cr3t-t0k3n-of-mine";
    std::string told;
    client.world.context.on_secret = [&](const base::Secret& token) { told = token.reveal(); };
    const auto rotated = client.post(std::string(kTarget), R"({"token":")" + secret + "\"}");
    CHECK(text_at(rotated, "/token") == "…mine");
    CHECK(told == secret);
    client.send("GET", "/v2.0/vehicles?why=" + secret);
    const std::string requests = client.get("/_sim/requests").body;
    CHECK(requests.find("why=") != std::string::npos);
    CHECK(requests.find(secret) == std::string::npos);
    CHECK(accepted(client, client.add_ready_webhook(), secret));
}

TEST_CASE("a rotation that is not understood changes nothing") {
    Client client;
    const std::string webhook = client.add_ready_webhook();
    for (const std::string body : {R"({"window":"neww"})", R"({"signWith":"both"})", R"({"token":""})",
                                   R"({"token":"a b"})", R"({"token":7})"}) {
        CAPTURE(body);
        CHECK(text_at(client.post(std::string(kTarget), body), "/error/code") == "bad_member");
    }
    CHECK(client.post(std::string(kTarget), R"({"window":"neww"})").body ==
          error_body("bad_member", R"(/window is \"neww\", not old, new or both; did you mean \"new\"?)"));
    CHECK(accepted(client, webhook, kOld));
}

}  // namespace
}  // namespace smartcar_sim::routes
