// The commands that run until they are stopped, and each exit code, on the program itself.
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include <sys/stat.h>

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

using namespace smartcar_sim;

namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream(file).rdbuf();
    return content.str();
}

// The transcript against tests/golden/sessions/NAME.txt, which UPDATE_GOLDEN=1 rewrites.
void check_transcript(const std::string& name, const Program::Finished& finished) {
    const std::string file = SMARTCAR_SIM_SOURCE_DIR "/tests/golden/sessions/" + name + ".txt";
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
        const std::string answer = asked(origin, "POST /_sim/events HTTP/1.1\r\nhost: 127.0.0.1\r\ncontent-length: " +
                                                     std::to_string(body.size()) + "\r\n\r\n" + body);
        REQUIRE(answer.starts_with("HTTP/1.1 202"));
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

TEST_CASE("serve says at once what no waiting would change") {
    Program serve({.words = {"serve", "--port", "0", "--callback", "http://192.0.2.1/webhooks"}});
    CHECK(serve.out_line_with("not verified").find("(policy)") != std::string::npos);
    serve.send(SIGTERM);
    CHECK(serve.finish().code == 143);
}

TEST_CASE("serve verifies a callback that comes later") {
    const int port = fakes::free_port();
    Program serve({.words = {"serve", "--port", "0", "--callback", "http://127.0.0.1:" + std::to_string(port) + "/"}});
    CHECK(serve.err_line_with("waiting for")
              .ends_with(" to answer, to verify it (127.0.0.1:" + std::to_string(port) + ": connection refused)"));
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
    CHECK(served.out.find("…77aa") != std::string::npos);
    for (const std::string& text : {received.out, received.err, served.out, served.err, sent.out, sent.err,
                                    through_server.out, through_server.err, content_of(ready_file)}) {
        CHECK(!text.empty());
        CHECK(text.find(secret) == std::string::npos);
    }
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

TEST_CASE("callback can be wrong in each of the named ways, and says so") {
    for (const receiver::Behaviour& behaviour : receiver::behaviours()) {
        CAPTURE(std::string(behaviour.id));
        Program callback({.words = {"callback", "--port", "0", "--behave", std::string(behaviour.id)}});
        CHECK(callback.out_line().starts_with("listening on http://127.0.0.1:"));
        CHECK(callback.out_line() ==
              "behaves wrongly on purpose: " + std::string(behaviour.id) + ", " + std::string(behaviour.says));
        callback.send(SIGTERM);
        CHECK(callback.finish().code == 143);
    }
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
    for (const char* command : {"serve", "callback"}) {
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
