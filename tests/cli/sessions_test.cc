// The commands that run until they are stopped, and each exit code, on the program itself.
#include <algorithm>
#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <sys/stat.h>
#include <unistd.h>

#include "base/clock.h"
#include "base/text.h"
#include "base/url.h"
#include "catch.h"
#include "cli/golden.h"
#include "cli/peers.h"
#include "cli/program.h"
#include "cli/temporary_folder.h"
#include "document/json.h"
#include "fakes/gate.h"
#include "fakes/raw_peer.h"
#include "http/server.h"
#include "platform/development_values.h"
#include "receiver/behaviours.h"
#include "receiver/receiver.h"
#include "source_folder.h"

using namespace smartcar_sim;

namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream(file).rdbuf();
    return content.str();
}

// The transcript against tests/golden/sessions/NAME.txt, which UPDATE_GOLDEN=1 rewrites.
void check_transcript(const std::string& name, const Program::Finished& finished) {
    const std::string file = source_folder() + "/tests/golden/sessions/" + name + ".txt";
    const std::string happened = without_accidents(golden::transcript(finished.out, finished.err, finished.code));
    if (golden::updating()) std::ofstream(file) << happened;
    CHECK(happened == content_of(file));
}

// "http://127.0.0.1:PORT" of the first line, which is "listening on http://127.0.0.1:PORT…".
std::string origin_in(const std::string& line) {
    const std::size_t begin = line.find("http://");
    REQUIRE(begin != std::string::npos);
    return line.substr(begin, line.find_first_of(" ,\"", begin) - begin);
}

Program::Finished run(std::vector<std::string> words) { return Program({.words = std::move(words)}).finish(); }

// The answer to a request of a client that closes afterwards.
std::string asked(const std::string& origin, const std::string& request) {
    auto connection = fakes::RawConnection::to(base::parse_url(origin).value().port);
    connection.send(request);
    return connection.read_message();
}

std::string posted(const std::string& origin, const std::string& target, const std::string& body = {}) {
    return asked(origin, "POST " + target + " HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: " +
                             std::to_string(body.size()) + "\r\n\r\n" + body);
}

std::string got(const std::string& origin, const std::string& target, const std::string& headers = {}) {
    return asked(origin, "GET " + target + " HTTP/1.1\r\nhost: 127.0.0.1\r\n" + headers + "\r\n");
}

// The answer to a line as one pastes it: curl [-X METHOD] [-H HEADER] [-d BODY] URL.
std::string answer_to_curl(const std::string& line) {
    const auto words = golden::split_words(line);
    std::string method, header, body, url;
    for (std::size_t i = 1; i < words.size(); ++i) {
        if (words[i].size() != 2 || words[i][0] != '-') {
            url = words[i];
            continue;
        }
        (words[i] == "-X" ? method : words[i] == "-H" ? header : body) = words[i + 1];
        ++i;
    }
    const auto parsed = base::parse_url(url);
    REQUIRE(parsed.ok());
    if (method.empty()) method = body.empty() ? "GET" : "POST";
    return asked(parsed.value().origin(), method + " " + parsed.value().target + " HTTP/1.1\r\nhost: 127.0.0.1\r\n" +
                                              (header.empty() ? "" : header + "\r\n") +
                                              "content-length: " + std::to_string(body.size()) + "\r\n\r\n" + body);
}

// A reference receiver that answers challenges and holds events until the test ends.
class HoldingCallback {
public:
    HoldingCallback() {
        auto started = http::Server::start({}, [this](const contract::Request& request) {
            receiver::Handled handled = receiver_.handle(request);
            if (handled.received.kind == receiver::Received::Kind::kEvent) gate_.pass();
            return handled.response;
        });
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }
    ~HoldingCallback() { gate_.open(); }
    HoldingCallback(const HoldingCallback&) = delete;
    HoldingCallback& operator=(const HoldingCallback&) = delete;

    [[nodiscard]] std::string url() const { return server_->origin() + "/webhooks"; }

    // Returns when an event of that platform is here.
    void hold_an_event_of(Program& serve) {
        const std::string origin = origin_in(serve.out_line());
        static_cast<void>(serve.out_line_with("verified: "));
        const std::string body = R"({"event":"CHARGING_STARTED","vehicleId":"tesla-model-3-2020"})";
        REQUIRE(posted(origin, "/_sim/events", body).starts_with("HTTP/1.1 202"));
        REQUIRE(gate_.reached());
    }

private:
    Gate gate_;
    const receiver::Receiver receiver_{
        base::Secret(std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented)};
    std::unique_ptr<http::Server> server_;
};

}  // namespace

TEST_CASE("serve tells what an application needs, and ends with 130 on SIGINT") {
    Program serve({.words = {"serve", "--port", "0", "--seed", "7"}});
    static_cast<void>(serve.out_line_with("/_sim/connect"));
    serve.send(SIGINT);
    check_transcript("serve", serve.finish());
}

TEST_CASE("serve --callback verifies the callback, connects a user and subscribes the vehicles") {
    Peers peers;
    Program serve({.words = {"serve", "--port", "0", "--seed", "7", "--callback", peers.url_of("reference")}});
    static_cast<void>(serve.out_line_with("verified"));
    serve.send(SIGTERM);
    check_transcript("serve_callback", serve.finish());
}

TEST_CASE("serve --json prints the ready object, then the verification") {
    Peers peers;
    Program serve(
        {.words = {"serve", "--port", "0", "--seed", "7", "--json", "--callback", peers.url_of("reference")}});
    static_cast<void>(serve.out_line_with(R"("type":"verification")"));
    serve.send(SIGTERM);
    check_transcript("serve_json", serve.finish());
}

TEST_CASE("serve says what came of a verification that was asked for through its API") {
    Peers peers;
    for (const bool json : {false, true}) {
        CAPTURE(json);
        std::vector<std::string> words{"serve", "--port", "0"};
        if (json) words.emplace_back("--json");
        Program serve({.words = words});
        const std::string origin = origin_in(serve.out_line());
        const std::string added =
            posted(origin, "/_sim/webhooks", R"({"callbackUri":")" + peers.url_of("upper-case-hash") + R"("})");
        const std::size_t id = added.find(R"("id":")") + 6;
        const std::string answer = posted(origin, "/_sim/webhooks/" + added.substr(id, 36) + "/verify");
        REQUIRE(answer.find(R"("mistake":"upper-case")") != std::string::npos);
        const std::string told = serve.out_line_with(json ? R"("mistake":"upper-case")" : "(wrong-hash, upper-case)");
        if (json)
            CHECK(told.find(R"("webhookId":")" + added.substr(id, 36) + R"(","callbackUri":"http)") !=
                  std::string::npos);
        serve.send(SIGTERM);
        CHECK(serve.finish().code == 143);
    }
}

TEST_CASE("serve tells of each attempt, and in JSON of the delivery after it") {
    struct Row {
        std::string behaviour, event, told, object;
        bool advised = false;  // about an honest event that failed through the callback
    };
    const std::string charging = R"(","event":"CHARGING_STARTED")";
    const std::vector<Row> rows{
        {"reference", charging + "}", "  delivered", R"("outcome":"delivered","status":200)"},
        {"reference", charging + R"(,"fault":{"signature":"wrong-key"}})", "  dropped",
         R"("outcome":"dropped","status":401)"},
        {"reserialised-body", charging + "}", "  failed, to be tried again",
         R"("attempts":1,"outcome":"pending","status":401)", true},
        {"reference", charging + R"(,"fault":{"answer":"lost","times":1}})", "  failed, to be tried again",
         R"("outcome":"pending","status":null,"error":"timeout")"},
    };
    Peers peers;
    for (const Row& row : rows) {
        for (const bool json : {false, true}) {
            CAPTURE(row.behaviour, row.told, json);
            std::vector<std::string> words{"serve", "--port", "0", "--callback", peers.url_of(row.behaviour)};
            if (json) words.emplace_back("--json");
            Program serve({.words = words});
            const std::string origin = origin_in(serve.out_line());
            static_cast<void>(serve.out_line_with("verifi"));
            const std::string vehicles = got(origin, "/_sim/vehicles");
            const std::size_t id = vehicles.find(R"("id":")") + 6;
            static_cast<void>(
                posted(origin, "/_sim/events", R"({"vehicleId":")" + vehicles.substr(id, 36) + row.event));
            if (json) {
                const std::string object = serve.out_line_with(R"("type":"delivery")");
                CHECK(object.find(row.object) != std::string::npos);
                CHECK(object.ends_with(R"("fix":null})") != row.advised);
            } else {
                CHECK(serve.err_line_with("CHARGING_STARTED -> ").ends_with(row.told));
            }
            serve.send(SIGTERM);
            const auto finished = serve.finish();
            CHECK(finished.code == 143);
            if (!json) CHECK((finished.err.find("fix: ") != std::string::npos) == row.advised);
        }
    }
}

TEST_CASE("serve says at once what no waiting would change") {
    Program serve({.words = {"serve", "--port", "0", "--callback", "http://192.0.2.1/webhooks"}});
    const std::string origin = origin_in(serve.out_line());
    CHECK(serve.out_line_with("not verified").find("(policy)") != std::string::npos);
    CHECK(serve.err_line_with("again") == "to verify again: smartcar-sim verify --server " + origin);
    serve.send(SIGTERM);
    CHECK(serve.finish().code == 143);
}

TEST_CASE("serve verifies a callback that comes later") {
    auto closed = std::make_unique<fakes::ClosedPort>();
    const int port = closed->port();
    Program serve({.words = {"serve", "--port", "0", "--callback", "http://127.0.0.1:" + std::to_string(port) + "/"}});
    CHECK(serve.err_line_with("waiting for")
              .ends_with(" to answer, to verify it (127.0.0.1:" + std::to_string(port) + ": connection refused)"));
    closed.reset();
    Program callback({.words = {"callback", "--port", std::to_string(port)}});
    CHECK(serve.out_line_with("verified").starts_with("verified: "));
    callback.send(SIGTERM);
    serve.send(SIGTERM);
    CHECK(callback.finish().code == 143);
    CHECK(serve.finish().code == 143);
}

TEST_CASE("the ready file holds the ready object, for its owner alone, and appears when the server answers") {
    const TemporaryFolder folder;
    const std::string file = folder.path() / "ready.json";
    Program serve({.words = {"serve", "--port", "0", "--json", "--ready-file", file}});
    const std::string ready = serve.out_line();
    CHECK(content_of(file) == ready + "\n");
    CHECK(document::parse(ready).ok());
    struct stat status{};
    REQUIRE(stat(file.c_str(), &status) == 0);
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(asked(origin_in(ready), "GET /_sim/health HTTP/1.1\r\nhost: 127.0.0.1\r\n\r\n").starts_with("HTTP/1.1 200"));
    serve.send(SIGTERM);
    CHECK(serve.finish().code == 143);
}

// The mode of what was left there held for what was written, and a link led it elsewhere.
TEST_CASE("the ready file is for its owner alone whatever was left in its place") {
    const TemporaryFolder folder;
    const std::string file = folder.path() / "ready.json";
    const std::string other = folder.write("other", "untouched");
    SECTION("a file open to all") { REQUIRE(chmod(folder.write("ready.json.part", "").c_str(), 0666) == 0); }
    SECTION("a link") { REQUIRE(symlink(other.c_str(), (file + ".part").c_str()) == 0); }
    Program serve({.words = {"serve", "--port", "0", "--ready-file", file}});
    static_cast<void>(serve.out_line());
    struct stat status{};
    REQUIRE(lstat(file.c_str(), &status) == 0);
    CHECK(S_ISREG(status.st_mode));
    CHECK((status.st_mode & 0777) == 0600);
    CHECK(content_of(other) == "untouched");
    serve.send(SIGTERM);
    CHECK(serve.finish().code == 143);
}

TEST_CASE("a ready file that cannot be written is the environment's failure") {
    const auto finished = run({"serve", "--port", "0", "--ready-file", "/nonexistent/ready.json"});
    CHECK(finished.code == 3);
    CHECK(finished.err == "smartcar-sim: cannot create /nonexistent/ready.json: No such file or directory\n");
}

TEST_CASE("a token the user supplied is nowhere in what the commands print or write") {
    const TemporaryFolder folder;
    const std::string secret = "a-token-of-the-user-77aa";
    const std::string file = folder.write("token", secret + "\n");
    const std::string ready_file = folder.path() / "ready.json";
    Program callback({.words = {"callback", "--port", "0", "--token-file", file, "-vv"}});
    const std::string callback_uri = origin_in(callback.out_line()) + "/";
    Program serve({.words = {"serve", "--port", "0", "--token-file", file, "-vv", "--callback", callback_uri,
                             "--ready-file", ready_file}});
    const std::string origin = origin_in(serve.out_line());
    static_cast<void>(serve.out_line_with("verified: "));
    const auto sent = run({"send", "CHARGING_STARTED", "--callback", callback_uri, "--token-file", file, "-vv"});
    const auto through_server = run({"send", "CHARGING_STARTED", "--server", origin, "-vv", "--json"});
    callback.send(SIGTERM);
    serve.send(SIGTERM);
    const auto received = callback.finish();
    const auto served = serve.finish();

    CHECK(sent.code == 0);
    CHECK(through_server.code == 0);
    CHECK(through_server.err.empty());  // the server logs its attempts
    CHECK(served.out.find("…77aa") != std::string::npos);
    for (const std::string& text : {received.out, received.err, served.out, served.err, sent.out, sent.err,
                                    through_server.out, content_of(ready_file)}) {
        CHECK(!text.empty());
        CHECK(text.find(secret) == std::string::npos);
    }
}

// Nothing but the token's end may show, whoever sent it.
TEST_CASE("a token that a callback or an application sends is masked in all that is printed and answered") {
    const TemporaryFolder folder;
    const std::string secret = "a-token-of-the-user-77aa";
    const std::string file = folder.write("token", secret);
    const receiver::Receiver reference(base::Secret(secret, base::Secret::Origin::kSupplied));
    std::atomic<int> challenges{0};
    // The first challenge is answered rightly, so that events are sent.
    const auto callback = http::Server::start({}, [&](const contract::Request& request) {
        if (request.headers.get("sc-signature")) {
            return contract::Response{
                500, {{"x-key", secret}}, "wrong key: " + secret + std::string(100, '.') + secret};
        }
        if (challenges++ == 0) return reference.handle(request).response;
        return contract::json_response(200, R"({"challenge":")" + secret + "\"}");
    });
    REQUIRE(callback.ok());
    const std::string url = callback.value()->origin() + "/";
    Program serve({.words = {"serve", "--port", "0", "--token-file", file, "-vv", "--callback", url}});
    const std::string origin = origin_in(serve.out_line());
    static_cast<void>(serve.out_line_with("verified: "));
    static_cast<void>(got(origin, "/v2.0/vehicles?key=" + secret, "authorization: Bearer " + secret + "\r\n"));
    static_cast<void>(posted(origin, "/v2.0/" + secret, R"({"key":")" + secret + "\"}"));

    std::vector<std::string> shown;
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"verify", "--callback", url, "--token-file", file, "-vv"},
             {"verify", "--callback", url, "--token-file", file, "--json"},
             {"send", "CHARGING_STARTED", "--callback", url, "--token-file", file, "-vv"},
             {"send", "CHARGING_STARTED", "--server", origin},
             {"verify", "--server", origin}}) {
        const auto finished = run(words);
        CHECK(finished.code == 4);
        shown.push_back(finished.out + finished.err);
    }
    shown.push_back(got(origin, "/_sim/deliveries"));
    shown.push_back(got(origin, "/_sim/requests"));
    serve.send(SIGTERM);
    const auto served = serve.finish();
    shown.push_back(served.out + served.err);
    for (const std::string& text : shown) {
        CHECK(text.find("…77aa") != std::string::npos);
        CHECK(text.find(secret) == std::string::npos);
        CHECK(text.find(secret.substr(0, 8)) == std::string::npos);
    }
}

TEST_CASE("serve -v logs each verification, attempt and API call in a line") {
    Peers peers;
    Program serve({.words = {"serve", "--port", "0", "--seed", "7", "-v", "--callback", peers.url_of("reference")}});
    const std::string origin = origin_in(serve.out_line());
    static_cast<void>(serve.out_line_with("verified: "));
    static_cast<void>(got(origin, "/v2.0/vehicles?limit=1", "authorization: Bearer nobody's\r\n"));
    static_cast<void>(
        posted(origin, "/_sim/events?wait=15s", R"({"event":"CHARGING_STARTED","vehicleId":"tesla-model-3-2020"})"));
    serve.send(SIGTERM);
    check_transcript("serve_verbose", serve.finish());
}

TEST_CASE("serve -vv adds headers and bodies, but no credentials") {
    Peers peers;
    Program serve({.words = {"serve", "--port", "0", "-vv", "-H", "X-Proxy-Key: s3cr3t", "--callback",
                             peers.url_of("reference")}});
    const std::string origin = origin_in(serve.out_line());
    static_cast<void>(serve.out_line_with("verified: "));
    static_cast<void>(got(origin, "/v2.0/vehicles", "Authorization: Bearer nobodys-access-token\r\n"));
    serve.send(SIGTERM);
    const std::string log = serve.finish().err;
    for (const char* part :
         {"\n  > content-type: application/json\n", "\n  > X-Proxy-Key: …\n", R"("eventName":"verify")",
          "\n  < {\"challenge\":\"", "\n  > Authorization: …\n", "\n  < {\"statusCode\":401,"}) {
        CAPTURE(part, log);
        CHECK(log.find(part) != std::string::npos);
    }
    for (const char* secret : {"s3cr3t", "nobodys-access-token"}) CHECK(log.find(secret) == std::string::npos);
}

TEST_CASE("callback -v logs each request in a line, -vv with headers and bodies") {
    Program callback({.words = {"callback", "--port", "0", "-vv"}});
    const std::string origin = origin_in(callback.out_line());
    static_cast<void>(posted(origin, "/webhooks", "{}"));
    callback.send(SIGTERM);
    const std::string log = callback.finish().err;
    CAPTURE(log);
    CHECK(log.find("Z received POST /webhooks: 4") != std::string::npos);
    CHECK(log.find("\n  > host: 127.0.0.1\n  > content-length: 2\n  > {}\n  < ") != std::string::npos);
}

// The state that reset returns to was kept before the callback had answered.
TEST_CASE("after a reset the webhook of serve --callback is verified as it was") {
    Peers peers;
    Program serve({.words = {"serve", "--port", "0", "--callback", peers.url_of("reference")}});
    const std::string origin = origin_in(serve.out_line());
    static_cast<void>(serve.out_line_with("verified: "));
    CHECK(posted(origin, "/_sim/reset").starts_with("HTTP/1.1 204"));
    CHECK(got(origin, "/_sim/webhooks").find(R"("status":"verified")") != std::string::npos);
    serve.send(SIGTERM);
    CHECK(serve.finish().code == 143);
}

TEST_CASE("the curl lines that serve prints work when pasted") {
    Peers peers;
    for (const char* version : {"2.0", "4.0"}) {
        Program serve(
            {.words = {"serve", "--port", "0", "--webhook-version", version, "--callback", peers.url_of("reference")}});
        static_cast<void>(serve.out_line_with("Try"));
        std::vector<std::string> lines;
        for (std::string line = serve.out_line(); line.starts_with("  curl "); line = serve.out_line()) {
            lines.push_back(line);
        }
        CHECK(lines.size() == 7);
        for (const std::string& line : lines) {
            const std::string answer = answer_to_curl(line);
            CAPTURE(line, answer);
            CHECK(answer.starts_with("HTTP/1.1 20"));
            if (line.find("PATCH") != std::string::npos) CHECK(answer.find(R"("eventIds":[")") != std::string::npos);
        }
        serve.send(SIGTERM);
        CHECK(serve.finish().code == 143);
    }
}

TEST_CASE("serve takes no webhook id that its API's paths would refuse") {
    const auto finished = run({"serve", "--port", "0", "--webhook-id", "w1"});
    CHECK(finished.code == 1);
    CHECK(finished.err == "smartcar-sim: --webhook-id: \"w1\" is not a UUID, and the ids of webhooks are\n");
}

TEST_CASE("serve on other than loopback addresses warns") {
    Program serve({.words = {"serve", "--port", "0", "--host", "0.0.0.0"}});
    CHECK(serve.err_line() ==
          "warning: listening on 0.0.0.0 lets other machines use this simulator; its accounts are fake and its API "
          "asks for no password");
    CHECK(serve.out_line().starts_with("listening on http://127.0.0.1:"));
    serve.send(SIGTERM);
    CHECK(serve.finish().code == 143);
}

TEST_CASE("serve reports what was not delivered when it was stopped") {
    HoldingCallback callback;
    Program serve({.words = {"serve", "--port", "0", "--seed", "7", "--grace", "0s", "--callback", callback.url()}});
    callback.hold_an_event_of(serve);
    serve.send(SIGINT);
    const auto finished = serve.finish();
    CAPTURE(finished.err);
    CHECK(finished.code == 130);
    CHECK(finished.err.find("not delivered when stopped: CHARGING_STARTED ") != std::string::npos);
    CHECK(finished.err.ends_with(" to webhook d0c0ffee-0005-4000-8000-000000000001 after 1 attempt\n"));
}

TEST_CASE("a second signal ends serve at once, whatever the grace") {
    HoldingCallback callback;
    Program serve({.words = {"serve", "--port", "0", "--grace", "10m", "--callback", callback.url()}});
    callback.hold_an_event_of(serve);
    serve.send(SIGINT);
    serve.send(SIGTERM);
    const int code = serve.finish().code;
    CHECK((code == 130 || code == 143));  // either may be seen first
}

TEST_CASE("callback prints what it receives, and ends with 130 on SIGINT") {
    Program callback({.words = {"callback", "--port", "0"}});
    const std::string url = origin_in(callback.out_line()) + "/webhooks";
    CHECK(run({"verify", "--callback", url, "--seed", "7"}).code == 0);
    CHECK(run({"verify", "--callback", url, "--seed", "7", "--webhook-version", "4.0"}).code == 0);
    CHECK(run({"send", "CHARGING_STARTED", "--callback", url, "--seed", "7"}).code == 0);
    CHECK(run({"send", "VEHICLE_STATE", "--callback", url, "--seed", "7"}).code == 0);
    CHECK(run({"send", "CHARGING_STARTED", "--callback", url, "--seed", "7", "--token", "another-token"}).code == 4);
    callback.send(SIGINT);
    check_transcript("callback", callback.finish());
}

TEST_CASE("callback --json prints one object for each request, and ends with 143 on SIGTERM") {
    Program callback({.words = {"callback", "--port", "0", "--json"}});
    const std::string url = origin_in(callback.out_line()) + "/webhooks";
    CHECK(run({"verify", "--callback", url, "--seed", "7"}).code == 0);
    CHECK(run({"send", "CHARGING_STARTED", "--callback", url, "--seed", "7"}).code == 0);
    CHECK(run({"send", "CHARGING_STARTED", "--callback", url, "--seed", "7", "--token", "another-token"}).code == 4);
    callback.send(SIGTERM);
    check_transcript("callback_json", callback.finish());
}

// One name of each table: that every name is found is receiver/'s to show.
TEST_CASE("callback can be wrong in a named way, and says so") {
    for (const receiver::Behaviour& behaviour :
         {receiver::handshake_behaviours().front(), receiver::signature_behaviours().front(),
          receiver::event_behaviours().front(), receiver::transport_behaviours().front()}) {
        CAPTURE(std::string(behaviour.id));
        Program callback({.words = {"callback", "--port", "0", "--behave", std::string(behaviour.id)}});
        CHECK(callback.out_line().starts_with("listening on http://127.0.0.1:"));
        CHECK(callback.out_line() ==
              "behaves wrongly on purpose: " + std::string(behaviour.id) + ", " + std::string(behaviour.says));
        callback.send(SIGTERM);
        CHECK(callback.finish().code == 143);
    }
}

// It slept until its slow answer was due.
TEST_CASE("a slow callback ends at once") {
    Program callback({.words = {"callback", "--port", "0", "--behave", "slow"}});
    auto connection = fakes::RawConnection::to(base::parse_url(origin_in(callback.out_line())).value().port);
    const std::string body = R"({"eventName":"verify","payload":{"challenge":"challenge_0123456789abcdef"}})";
    connection.send("POST / HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: " + std::to_string(body.size()) +
                    "\r\n\r\n" + body);
    static_cast<void>(callback.out_line_with("200  2.0 challenge"));
    callback.send(SIGINT);
    CHECK(callback.finish(std::chrono::seconds(10)).code == 130);
}

TEST_CASE("callback with an unknown behaviour says what was meant") {
    const auto finished = run({"callback", "--port", "0", "--behave", "upper-case-hsh"});
    CHECK(finished.code == 1);
    CHECK(finished.err == "smartcar-sim: unknown behaviour \"upper-case-hsh\"; did you mean \"upper-case-hash\"?\n");
}

TEST_CASE("a port that is taken is the environment's failure") {
    Program first({.words = {"serve", "--port", "0"}});
    const std::string origin = origin_in(first.out_line());
    const std::string port = std::to_string(base::parse_url(origin).value().port);
    for (const char* command : {"serve", "callback", "demo"}) {
        const auto second = run({command, "--port", port});
        CHECK(second.code == 3);
        CHECK(second.err ==
              "smartcar-sim: 127.0.0.1:" + port +
                  " is in use by another program; stop it, or choose another port (0 takes a free one)\n");
    }
    first.send(SIGTERM);
    CHECK(first.finish().code == 143);
}

TEST_CASE("each exit code, on the commands that talk") {
    Peers peers;
    struct Row {
        std::vector<std::string> words;
        int code;
    };
    const std::vector<Row> rows{
        {{"demo"}, 0},
        {{"verify", "--callback", peers.url_of("reference")}, 0},
        {{"send", "--test", "--callback", peers.url_of("reference")}, 0},
        {{"verify"}, 1},
        {{"send", "CHARGING_STRATED", "--callback", peers.url_of("reference")}, 1},
        {{"verify", "--callback", peers.url_of("nobody")}, 3},
        {{"callback", "--port", "0", "--token-file", "missing"}, 3},
        {{"send", "--test", "--callback", peers.url_of("nobody")}, 3},
        {{"verify", "--callback", peers.url_of("upper-case-hash")}, 4},
        {{"send", "--test", "--callback", peers.url_of("answers-500")}, 4},
    };
    for (const Row& row : rows) {
        const auto finished = run(row.words);
        CAPTURE(row.words.front(), finished.out, finished.err);
        CHECK(finished.code == row.code);
    }
    const TemporaryFolder folder;
    folder.write("fixtures/vehicles/broken.json", "{");
    CHECK(Program({.words = {"demo"}, .folder = folder.path()}).finish().code == 2);
}

TEST_CASE("no event of the demo is dated in the future, and the last is now") {
    const base::Instant before = base::SystemClock().now();
    const auto finished = run({"demo"});
    const base::Instant after = base::SystemClock().now();
    constexpr std::string_view kTime = "\"eventTime\":\"";
    std::vector<base::Instant> times;
    for (std::size_t at = finished.out.find(kTime); at != std::string::npos; at = finished.out.find(kTime, at + 1)) {
        const std::size_t begin = at + kTime.size();
        times.push_back(base::parse_instant(finished.out.substr(begin, finished.out.find('"', begin) - begin)).value());
    }
    REQUIRE(times.size() == 3);
    CHECK(std::ranges::all_of(times, [after](base::Instant time) { return time <= after; }));
    CHECK(times.back() >= before);
}
