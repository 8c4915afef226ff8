// Smartcar's event based webhook tutorial, as product.md's table "The tutorial" has it: in order, over HTTP.
#include <string>

#include "app/an_instance.h"
#include "app/api_client.h"
#include "base/text.h"
#include "base/url.h"
#include "catch.h"
#include "fakes/live_callback.h"
#include "signature/hmac.h"

using namespace smartcar_sim;
using namespace smartcar_sim::app;

namespace {

const std::string kKeyOfCallback(platform::kDevelopmentToken);  // in the callback's .env file, say

contract::Headers bearer(const std::string& token) { return {{"authorization", "Bearer " + token}}; }

class Tutorial {
public:
    void walk() {
        add_webhook();
        verify_webhook();
        find_token();
        send_test_payload();
        subscribe_simulated_vehicle();
        connect();
        list_vehicles();
        subscribe_vehicle();
        receive_data();
        unsubscribe_vehicle();
    }

private:
    void add_webhook() {
        INFO("Add webhook");
        const Answered added = api_.post("/_sim/webhooks", R"({"name":"Tutorial","callbackUri":")" + callback_.url() +
                                                               R"(","type":"eventBased","version":"2.0",)" +
                                                               R"("events":["CHARGING_STARTED","CHARGING_STOPPED"]})");
        REQUIRE(added.status == 201);
        CHECK(added.text("/status") == "unverified");
        webhook_ = added.text("/id");
    }

    void verify_webhook() {
        INFO("Verify this webhook");
        const Answered verified = api_.post("/_sim/webhooks/" + webhook_ + "/verify", "");
        REQUIRE(verified.status == 200);
        CHECK(*verified.body.find("verified") == document::Value(true));
        const document::Value challenge = callback_body();
        CHECK(*challenge.find("eventName") == document::Value("verify"));
        const std::string hash =
            signature::hmac_sha256_hex(kKeyOfCallback, *at(challenge, "/payload/challenge").string());
        CHECK(verified.text("/expected") == hash);
        CHECK(verified.text("/received") == hash);
        CHECK(api_.get("/_sim/webhooks/" + webhook_).text("/status") == "verified");
    }

    void find_token() {
        INFO("Find the APPLICATION_MANAGEMENT_TOKEN in Configuration");
        token_ = instance_->platform().configuration().application_management_token.reveal();
        CHECK(token_ == kKeyOfCallback);
    }

    void send_test_payload() {
        INFO("Send a test payload");
        const Answered sent = api_.post("/_sim/webhooks/" + webhook_ + "/test?wait=30s", "");
        REQUIRE(sent.status == 202);
        check_accepted(sent.text("/eventId"));
        const document::Value body = callback_body();
        CHECK(*body.find("eventName") == document::Value("eventBased"));
        CHECK(*body.find("mode") == document::Value("test"));
        const Answered nobody = api_.get("/_sim/vehicles");
        for (const document::Value& vehicle : *nobody.body.find("vehicles")->array()) {
            CHECK(*vehicle.find("id") != at(body, "/payload/vehicleId"));
        }
    }

    void subscribe_simulated_vehicle() {
        INFO("Event based webhooks only for live vehicles");
        const Answered visit = api_.post("/_sim/connect", R"({"mode":"simulated"})");
        REQUIRE(visit.status == 200);
        const std::string vehicle = visit.text("/vehicleIds/0");
        const Answered subscribed =
            api_.post("/v2.0/vehicles/" + vehicle + "/webhooks/" + webhook_, "", bearer(visit.text("/accessToken")));
        CHECK(subscribed.status == 200);
        check_skipped(vehicle, "vehicle-not-live");
    }

    void connect() {
        INFO("Connect: authorize, code, exchange for ACCESS_TOKEN");
        const Answered redirect = api_.get("/oauth/authorize?response_type=code&client_id=" + client() +
                                           "&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fexchange&mode=live" +
                                           "&scope=read_vehicle_info%20read_charge&state=s1");
        REQUIRE(redirect.status == 302);
        const std::string location(redirect.headers.get("location").value_or(""));
        REQUIRE(location.starts_with("http://localhost:8000/exchange?"));
        const base::Fields query = base::parse_form(location.substr(location.find('?') + 1));
        CHECK(base::field(query, "state") == "s1");

        const std::string basic = base::to_base64(client() + ":" + std::string(platform::kDevelopmentClientSecret));
        const Answered tokens =
            api_.post("/oauth/token",
                      "grant_type=authorization_code&redirect_uri=http%3A%2F%2Flocalhost%3A8000%2Fexchange&code=" +
                          base::field(query, "code").value_or(""),
                      {{"authorization", "Basic " + basic}, {"content-type", "application/x-www-form-urlencoded"}});
        REQUIRE(tokens.status == 200);
        access_token_ = tokens.text("/access_token");
        CHECK(tokens.text("/token_type") == "Bearer");
    }

    void list_vehicles() {
        INFO("All Vehicles endpoint with the ACCESS_TOKEN");
        const Answered vehicles = api_.get("/v2.0/vehicles", bearer(access_token_));
        REQUIRE(vehicles.status == 200);
        CHECK(at(vehicles.body, "/paging/count") == document::Value(1));
        vehicle_ = vehicles.text("/vehicles/0");
    }

    void subscribe_vehicle() {
        INFO("Subscribe each vehicle_id to WEBHOOK_ID");
        check_skipped(vehicle_, "not-subscribed");
        const Answered subscribed = api_.post(subscription(), "", bearer(access_token_));
        REQUIRE(subscribed.status == 200);
        CHECK(subscribed.text("/vehicleId") == vehicle_);
        CHECK(subscribed.text("/webhookId") == webhook_);
    }

    void receive_data() {
        INFO("Data starts to arrive");
        const Answered changed = api_.call("PATCH", "/_sim/vehicles/" + vehicle_, {},
                                           R"({"state":{"charge-ischargingcableconnected":true,)"
                                           R"("charge-ischarging":true}})");
        REQUIRE(changed.status == 200);
        check_accepted(changed.text("/eventIds/0"));
        const fakes::LiveCallback::Exchange exchange = callback_.newest();
        CHECK(exchange.handled.received.kind == receiver::Received::Kind::kEvent);
        CHECK(exchange.request.headers.get("SC-Signature") ==
              signature::hmac_sha256_hex(token_, exchange.request.body));
        CHECK(at(callback_body(), "/payload/eventType") == document::Value("CHARGING_STARTED"));
        CHECK(at(callback_body(), "/payload/vehicleId") == document::Value(vehicle_));
    }

    void unsubscribe_vehicle() {
        INFO("Unsubscribe with the APPLICATION_MANAGEMENT_TOKEN");
        CHECK(api_.call("DELETE", subscription(), bearer(access_token_), "").status == 401);
        CHECK(api_.call("DELETE", subscription(), bearer(token_), "").status == 200);
        check_skipped(vehicle_, "not-subscribed");
    }

    // The delivery of that event became final, and the callback took it at the first attempt.
    void check_accepted(const std::string& event_id) {
        const Answered listed = api_.get("/_sim/deliveries?wait=30s&eventId=" + event_id);
        REQUIRE(listed.text("/deliveries/0/outcome") == "delivered");
        CHECK(at(listed.body, "/deliveries/0/attempts").array()->size() == 1);
        CHECK(callback_.newest().handled.response.status == 200);
        CHECK(at(callback_body(), "/payload/eventId") == document::Value(event_id));
    }

    void check_skipped(const std::string& vehicle, const std::string& reason) {
        const std::size_t before = callback_.exchanges().size();
        const Answered sent =
            api_.post("/_sim/events", R"({"event":"CHARGING_STARTED","vehicleId":")" + vehicle + "\"}");
        CHECK(sent.status == 409);
        CHECK(sent.text("/skipped/0/webhookId") == webhook_);
        CHECK(sent.text("/skipped/0/reason") == reason);
        CHECK(callback_.exchanges().size() == before);
    }

    [[nodiscard]] document::Value callback_body() const {
        auto body = document::parse(callback_.newest().request.body);
        REQUIRE(body.ok());
        return std::move(body).value();
    }
    [[nodiscard]] static document::Value at(const document::Value& root, std::string_view pointer) {
        const auto found = document::find(root, pointer);
        REQUIRE(found.ok());
        REQUIRE(found.value() != nullptr);
        return *found.value();
    }
    [[nodiscard]] static std::string client() { return std::string(platform::kDevelopmentClientId); }
    [[nodiscard]] std::string subscription() const { return "/v2.0/vehicles/" + vehicle_ + "/webhooks/" + webhook_; }

    fakes::LiveCallback callback_;
    std::unique_ptr<Instance> instance_ = an_instance();
    ApiClient api_{instance_->origin()};
    std::string webhook_, token_, access_token_, vehicle_;
};

}  // namespace

TEST_CASE("the tutorial of event based webhooks can be walked over plain HTTP") { Tutorial().walk(); }
