#include <string>

#include "routes/a_client.h"
#include "signature/hmac.h"

namespace smartcar_sim::routes {
namespace {

constexpr std::string_view kTarget = "/_sim/explain";
const std::string kToken(platform::kDevelopmentToken);

std::string question(const std::string& hash, const std::string& more = "") {
    return R"({"body":"{\"a\":1.0}","signature":")" + hash + "\"" + more + "}";
}

std::string mac(const std::string& key, const std::string& message) { return signature::hmac_sha256_hex(key, message); }

}  // namespace

TEST_CASE("a running platform explains a signature and an answer under its own token") {
    Client client;
    const auto right = client.post(std::string(kTarget), question(mac(kToken, R"({"a":1.0})")));
    CHECK(right.status == 200);
    CHECK(
        right.body ==
        R"({"type":"explanation","valid":true,"mistake":null,"alsoPossible":[],"says":"This is the HMAC-SHA256 of the )"
        R"(body under the application management token.","fix":"","tried":1})");
    const auto rewritten = client.post(std::string(kTarget), question(mac(kToken, R"({"a":1})")));
    CHECK(text_at(rewritten, "/mistake") == "body-as-node");
    const auto answer =
        client.post(std::string(kTarget),
                    R"({"challenge":"challenge_1","requestBody":"{}","answer":")" + mac(kToken, "{}") + "\"}");
    CHECK(text_at(answer, "/mistake") == "whole-body");
    const auto computed = client.post(
        std::string(kTarget), R"({"challenge":"challenge_1","computed":")" + mac("challenge_1", kToken) + "\"}");
    CHECK(text_at(computed, "/mistake") == "key-and-message-swapped");
}

TEST_CASE("it knows the old token, the webhooks and what it is told, and shows no value") {
    Client client;
    const std::string webhook = client.add_ready_webhook();
    REQUIRE(client.post("/_sim/application-management-token", R"({"token":"the-newest-token"})").status == 200);
    struct Row {
        std::string key, mistake;
    };
    for (const auto& [key, mistake] : {
             Row{kToken, "stale-token"},
             Row{webhook, "webhook-id-as-key"},
             Row{std::string(platform::kDevelopmentClientSecret), "client-secret-as-key"},
             Row{"hunter2hunter2", "other-value-as-key"},
         }) {
        INFO(mistake);
        const auto told = client.post(
            std::string(kTarget), question(mac(key, R"({"a":1.0})"), R"(,"candidates":{"SESSION":"hunter2hunter2"})"));
        CHECK(text_at(told, "/mistake") == mistake);
        CHECK(told.body.find(key) == std::string::npos);
    }
}

TEST_CASE("a question that cannot be answered is refused") {
    struct Row {
        std::string body, message;
    };
    Client client;
    for (const auto& [body, message] : {
             Row{"{}", R"(the body needs what was hashed: one of "body" and "challenge")"},
             Row{R"({"body":"a","challenge":"b"})", R"("body" and "challenge" do not go together; give one)"},
             Row{R"({"body":"a"})", R"(the body needs one hash to look at: one of "signature" and "computed")"},
             Row{R"({"body":"a","signature":"b","computed":"c"})",
                 R"("signature" and "computed" do not go together; give one)"},
             Row{R"({"challenge":"a"})", R"(the body needs one hash to look at: one of "answer" and "computed")"},
             Row{R"({"challenge":"a","signature":"b"})", R"("signature" does not go with "challenge")"},
             Row{R"({"body":"a","signature":"b","requestBody":"c"})", R"("requestBody" does not go with "body")"},
             Row{R"({"body":"a","signature":"b","candidates":["c"]})",
                 "/candidates is an array, not an object of names and values"},
             Row{R"({"body":"a","signature":"b","candidates":{"c":1}})",
                 R"(/candidates has a number as "c", not a string)"},
             Row{R"({"body":1,"signature":"b"})", "/body is a number, not a string"},
         }) {
        INFO(body);
        const auto refused = client.post(std::string(kTarget), body);
        CHECK(refused.status == 400);
        CHECK(text_at(refused, "/error/message") == message);
    }
}

}  // namespace smartcar_sim::routes
