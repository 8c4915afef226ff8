// What an audit sees of a callback's work, and as whom it speaks: probes, captured bodies, ids.
#include <filesystem>
#include <fstream>
#include <memory>
#include <mutex>
#include <set>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

#include "base/text.h"
#include "catch.h"
#include "cli/audits.h"
#include "cli/temporary_folder.h"
#include "document/json.h"
#include "document/pointer.h"
#include "fakes/live_callback.h"
#include "http/server.h"
#include "platform/development_values.h"
#include "receiver/receiver.h"

using namespace smartcar_sim;

namespace {

using Ids = std::set<std::string>;

std::string text_at(const std::string& body, std::string_view pointer) {
    const auto parsed = document::parse(body);
    if (!parsed) return "";
    const auto found = document::find(parsed.value(), pointer);
    return found && found.value() != nullptr && found.value()->string() != nullptr ? *found.value()->string() : "";
}

// What stands there in all bodies that have something there.
Ids texts_at(const std::vector<fakes::LiveCallback::Exchange>& exchanges, std::string_view pointer) {
    Ids texts;
    for (const auto& exchange : exchanges) texts.insert(text_at(exchange.request.body, pointer));
    texts.erase("");
    return texts;
}

// Leaves what it has applied in a file that is named like the vehicle.
class FilingCallback {
public:
    FilingCallback(std::filesystem::path folder, const std::string& vehicle, const receiver::Behaviour* wrong = nullptr)
        : file_(std::move(folder) / vehicle),
          look_{.method = "GET",
                .target = "/applied/" + base::percent_encode(vehicle),
                .headers = {},
                .body = {},
                .peer = {}},
          receiver_(base::Secret(std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented), wrong) {
        auto started = http::Server::start({}, [this](const contract::Request& request) { return handle(request); });
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }
    [[nodiscard]] std::string url() const { return server_->origin() + "/webhooks"; }

private:
    contract::Response handle(const contract::Request& request) {
        const std::lock_guard lock(mutex_);
        const contract::Response response = receiver_.handle(request).response;
        std::ofstream(file_) << receiver_.handle(look_).response.body;
        return response;
    }

    const std::filesystem::path file_;
    const contract::Request look_;
    std::mutex mutex_;
    const receiver::Receiver receiver_;     // guarded by mutex_, with the file
    std::unique_ptr<http::Server> server_;  // last: it stops before what its handler uses goes
};

constexpr std::string_view kEvent2_0 = R"({"webhookId":"captured-webhook","version":"2.0","eventName":"eventBased",
  "mode":"live","addedLater":{"deep":[1.50,null]},"payload":{"eventType":"CHARGING_STARTED","eventId":"captured-event",
  "vehicleId":"captured-vehicle","eventTime":"2025-06-01T10:00:00.000Z"}})";

constexpr std::string_view kEvent4_0 = R"({"eventId":"captured-event","eventType":"VEHICLE_STATE",
  "data":{"user":{"id":"captured-user"},"vehicle":{"id":"captured-vehicle","make":"KIA","model":"EV6","year":2022},
    "signals":[{"code":"charge-ischarging","name":"IsCharging","group":"Charge","body":{"value":true},
      "meta":{"oemUpdatedAt":"2025-06-01T10:00:00.000Z","retrievedAt":"2025-06-01T10:00:00.000Z"}}]},
  "triggers":[{"type":"SIGNAL_UPDATED","signal":{"name":"IsCharging","group":"Charge","code":"charge-ischarging"}}],
  "addedLater":true,
  "meta":{"deliveryId":"captured-delivery","deliveredAt":"2025-06-01T10:00:01.000Z","webhookId":"captured-webhook",
    "webhookName":"Mine","version":"4.0","mode":"LIVE","signalCount":1}})";

}  // namespace

TEST_CASE("a command sees what came of events", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string vehicle = "my-car.1";
    const FilingCallback callback(folder.path(), vehicle);
    const auto finished =
        audited({"--callback", callback.url(), "--vehicle-id", vehicle, "--json", "--only", "replay-and-order",
                 "--only", "signature-missing", "--probe", "cat " + folder.path().string() + "/{vehicleId}"},
                environment_of_shell());
    CAPTURE(finished.out, finished.err);
    const Told told(finished.out);
    CHECK(finished.code == 0);
    CHECK(told.of("pass").size() == told.checks().size());
    CHECK(told.text("probe") == "the command of --probe");
}

TEST_CASE("a command sees what a callback should not have done", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string vehicle = "v1";
    const FilingCallback callback(folder.path(), vehicle, receiver::find_behaviour("counts-duplicates").value());
    const auto finished = audited({"--callback", callback.url(), "--vehicle-id", vehicle, "--json", "--only",
                                   "replay-and-order", "--probe", "cat " + folder.path().string() + "/{vehicleId}"},
                                  environment_of_shell());
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 4);
    CHECK(Told(finished.out).of("fail") == failed_in_matrix("counts-duplicates"));
}

TEST_CASE("a command is told the event", "[cli][audit]") {
    const TemporaryFolder folder;
    fakes::LiveCallback callback;
    const std::string asked = (folder.path() / "asked").string();
    const auto finished = audited({"--callback", callback.url(), "--only", "order-kept", "--probe-wait", "1ms",
                                   "--probe", "for word in {eventId}; do echo $word; done | tee -a " + asked},
                                  environment_of_shell());
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 4);  // what was asked for could not be told
    const Ids sent = texts_at(callback.taken(), "/payload/eventId");
    CHECK(sent.size() == 3);
    std::istringstream lines(content_of(asked));
    for (std::string id; lines >> id;) CHECK(sent.contains(id));
}

TEST_CASE("a URL sees what came of events, its ids percent-encoded", "[cli][audit]") {
    fakes::LiveCallback callback;
    const std::string vehicle = "v 1?/'%";
    const auto finished = audited({"--callback", callback.url(), "--vehicle-id", vehicle, "--json", "--only",
                                   "replay-and-order", "--probe-url", "/applied/{vehicleId}?event={eventId}"});
    CAPTURE(finished.out, finished.err);
    const Told told(finished.out);
    CHECK(finished.code == 0);
    CHECK(told.text("probe") == "the URL of --probe-url");
    // What is looked up by its event says nothing of the order of two.
    CHECK(told.of("unknown") == Ids{"order-reversed"});
    CHECK(told.of("pass").size() == told.checks().size() - 1);
    Ids looked;
    Ids sent;
    for (const auto& exchange : callback.taken()) {
        const std::string& target = exchange.request.target;
        if (exchange.request.method == "GET") looked.insert(target.substr(0, target.rfind('=')));
        if (exchange.request.method == "GET") CHECK(target.size() > target.rfind('=') + 30);
        sent.insert(text_at(exchange.request.body, "/payload/vehicleId"));
    }
    CHECK(looked == Ids{"/applied/v%201%3F%2F%27%25?event"});
    CHECK(sent == Ids{"", vehicle});
}

TEST_CASE("a probe that shows nothing is told of, and nothing is concluded from it", "[cli][audit]") {
    fakes::LiveCallback callback;
    const std::string origin = callback.url().substr(0, callback.url().rfind('/'));
    struct Row {
        Words probe;
        std::string why;
    };
    for (const Row& row :
         {Row{{"--probe", "echo half; exit 7"}, "it ended with exit code 7"},
          Row{{"--probe", "no-such-command 2>/dev/null"}, "it ended with exit code 127"},
          Row{{"--probe-url", origin + "/{vehicleId}"}, "it answered 405"},
          Row{{"--probe-url", "http://255.255.255.255/{vehicleId}"}, "outside loopback"},
          Row{{"--probe", "echo always", "--probe-wait", "1ms"}, "of an honest event there was nothing to be seen"}}) {
        Words words{"--callback", callback.url(), "--json", "--only", "order-kept", "--only", "order-reversed"};
        words.insert(words.end(), row.probe.begin(), row.probe.end());
        const auto finished = audited(words, environment_of_shell());
        CAPTURE(row.why, finished.out, finished.err);
        const Told told(finished.out);
        CHECK(finished.code == 4);
        CHECK(told.of("unknown") == Ids{"order-kept", "order-reversed"});
        CHECK(told.text("probe").empty());
        CHECK(finished.out.find(row.why) != std::string::npos);
    }
}

TEST_CASE("events are made of a captured 2.0 body, about its vehicle", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string body = folder.write("event.json", kEvent2_0);
    fakes::LiveCallback callback;
    const auto finished =
        audited({"--callback", callback.url(), "--template", body, "--only", "order-kept", "--probe-wait", "1ms"});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 0);
    CHECK(finished.err.find("with 2.0 messages") != std::string::npos);
    const auto exchanges = callback.taken();
    CHECK(texts_at(exchanges, "/webhookId") == Ids{"captured-webhook"});
    CHECK(texts_at(exchanges, "/payload/vehicleId") == Ids{"captured-vehicle"});
    CHECK(texts_at(exchanges, "/payload/eventType") == Ids{"CHARGING_STARTED", "CHARGING_STOPPED"});
    CHECK(texts_at(exchanges, "/payload/eventTime").size() == 3);
    CHECK_FALSE(texts_at(exchanges, "/payload/eventId").contains("captured-event"));
    CHECK(exchanges.back().request.body.find(R"("addedLater":{"deep":[1.5,null]})") != std::string::npos);
}

TEST_CASE("events are made of a captured 4.0 body, about its vehicle", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string body = folder.write("event.json", kEvent4_0);
    fakes::LiveCallback callback;
    const auto finished =
        audited({"--callback", callback.url(), "--template", body, "--only", "order-kept", "--probe-wait", "1ms"});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 0);
    CHECK(finished.err.find("with 4.0 messages") != std::string::npos);
    const auto exchanges = callback.taken();
    CHECK(texts_at(exchanges, "/meta/webhookId") == Ids{"captured-webhook"});
    CHECK(texts_at(exchanges, "/data/vehicle/id") == Ids{"captured-vehicle"});
    CHECK(texts_at(exchanges, "/data/vehicle/model") == Ids{"EV6"});
    CHECK(texts_at(exchanges, "/data/user/id") == Ids{"captured-user"});
    CHECK_FALSE(texts_at(exchanges, "/eventId").contains("captured-event"));
    CHECK_FALSE(texts_at(exchanges, "/meta/deliveryId").contains("captured-delivery"));
    CHECK_FALSE(texts_at(exchanges, "/data/signals/0/meta/retrievedAt").contains("2025-06-01T10:00:00.000Z"));
    CHECK(exchanges.back().request.body.find(R"("addedLater":true)") != std::string::npos);
}

TEST_CASE("ids of the command line go before those of a captured body", "[cli][audit]") {
    const TemporaryFolder folder;
    fakes::LiveCallback callback;
    struct Row {
        std::string_view body;
        std::string vehicle, user, webhook;  // where they stand
    };
    for (const Row& row : {Row{kEvent2_0, "/payload/vehicleId", "", "/webhookId"},
                           Row{kEvent4_0, "/data/vehicle/id", "/data/user/id", "/meta/webhookId"}}) {
        const std::string body = folder.write("event.json", row.body);
        const auto finished =
            audited({"--callback", callback.url(), "--template", body, "--only", "order-kept", "--probe-wait", "1ms",
                     "--vehicle-id", "my-vehicle", "--user-id", "my-user", "--webhook-id", "my-webhook"});
        CAPTURE(finished.out, finished.err);
        CHECK(finished.code == 0);
        const auto exchanges = callback.taken();
        CHECK(texts_at(exchanges, row.vehicle) == Ids{"my-vehicle"});
        CHECK(texts_at(exchanges, row.webhook) == Ids{"my-webhook"});
        if (!row.user.empty()) CHECK(texts_at(exchanges, row.user) == Ids{"my-user"});
    }
}

TEST_CASE("an audit speaks of the vehicle, user and webhook that the callback knows", "[cli][audit]") {
    fakes::LiveCallback callback;
    const Words ids{"--vehicle-id", "my-vehicle", "--user-id", "my-user", "--webhook-id", "my-webhook"};
    const auto heard = [&](const std::string& version) {
        Words words{"--callback", callback.url(), "--webhook-version",  version,        "--only",
                    "order-kept", "--only",       "challenge-repeated", "--probe-wait", "1ms"};
        words.insert(words.end(), ids.begin(), ids.end());
        CHECK(audited(words).code == 0);
        return callback.taken();
    };
    const auto exchanges2_0 = heard("2.0");
    CHECK(texts_at(exchanges2_0, "/payload/vehicleId") == Ids{"my-vehicle"});
    CHECK(texts_at(exchanges2_0, "/webhookId") == Ids{"my-webhook"});
    const auto exchanges4_0 = heard("4.0");
    CHECK(texts_at(exchanges4_0, "/data/vehicle/id") == Ids{"my-vehicle"});
    CHECK(texts_at(exchanges4_0, "/data/user/id") == Ids{"my-user"});
    CHECK(texts_at(exchanges4_0, "/meta/webhookId") == Ids{"my-webhook"});
}
