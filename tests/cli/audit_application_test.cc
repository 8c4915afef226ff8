// `audit --app`: what the application calls is seen, and its end and a signal are the audit's.
#include <chrono>
#include <csignal>
#include <cstdlib>
#include <semaphore>
#include <string>
#include <string_view>
#include <utility>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catch.h"
#include "cli/audits.h"
#include "cli/program.h"
#include "cli/temporary_folder.h"
#include "document/node.h"
#include "fakes/live_callback.h"
#include "fakes/raw_peer.h"

using namespace smartcar_sim;

namespace {

// Asks the platform about the vehicle before it answers an event that is rightly signed, once an event.
constexpr std::string_view kAsking = R"(
import { createHmac } from "node:crypto";
import { createServer } from "node:http";

const token = process.env.APPLICATION_MANAGEMENT_TOKEN;
const hash = (bytes) => createHmac("sha256", token).update(bytes).digest("hex");
const seen = new Set();

async function answer(body, signature) {
  const text = body.toString();
  const message = JSON.parse(text);
  const challenge = message.payload?.challenge;
  if (message.eventName === "verify" && /^[\w.-]+$/.test(challenge)) return [200, { challenge: hash(challenge) }];
  if (signature !== hash(body)) return [401, {}];
  if (EVERY_TIME || !seen.has(message.payload.eventId)) {
    seen.add(message.payload.eventId);
    await fetch(process.env.SMARTCAR_SIM_ORIGIN + "/v2.0/vehicles/" + message.payload.vehicleId);
  }
  return [200, {}];
}

createServer((request, response) => {
  const chunks = [];
  request.on("data", (chunk) => chunks.push(chunk));
  request.on("end", async () => {
    const [status, object] = await answer(Buffer.concat(chunks), request.headers["sc-signature"]).catch(() => [400, {}]);
    response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(object));
  });
}).listen(process.env.PORT, "127.0.0.1");
)";

std::string asking(std::string_view every_time) {
    std::string program(kAsking);
    constexpr std::string_view kChoice = "EVERY_TIME";
    return program.replace(program.find(kChoice), kChoice.size(), every_time);
}

}  // namespace

TEST_CASE("the calls that the application makes to the platform show what it does", "[cli][audit]") {
    if (!Node::installed("the calls of an application are an audit's probe")) return;
    const TemporaryFolder folder;
    const auto told = [&](std::string_view every_time) {
        const std::string program = folder.write("app.mjs", asking(every_time));
        const auto finished =
            audited({"--app", "exec node " + program, "--json", "--only", "duplicate-delivery", "--only", "order-kept",
                     "--only", "order-reversed", "--only", "signature-wrong-key"},
                    {{"PATH", std::getenv("PATH")}});
        CAPTURE(finished.out, finished.err);
        return Told(finished.out);
    };
    const Told once = told("false");
    CHECK(once.text("probe") == "the platform's record of API calls");
    CHECK(once.of("fail").empty());
    CHECK(once.text("duplicate-delivery", "verdict") == "pass");
    CHECK(once.text("order-kept", "verdict") == "pass");
    CHECK(once.text("signature-wrong-key", "verdict") == "pass");
    // That it did something is no sign of what came of it.
    CHECK(once.text("order-reversed", "verdict") == "unknown");
    const Told twice = told("true");
    CHECK(twice.text("duplicate-delivery", "verdict") == "fail");
    CHECK(twice.text("duplicate-delivery", "came").find("shows that the second one was handled too") !=
          std::string::npos);
}

TEST_CASE("an application that makes no calls is not taken for one that does nothing", "[cli][audit]") {
    const auto finished = audited(
        {"--app", "exec " + callback_application(), "--json", "--only", "replay-and-order", "--probe-wait", "1ms"},
        environment_of_shell());
    CAPTURE(finished.out, finished.err);
    const Told told(finished.out);
    CHECK(finished.code == 0);
    CHECK(told.text("probe").empty());
    CHECK(finished.out.find("it made no call to the platform's API") != std::string::npos);
    CHECK(told.of("unknown").contains("duplicate-delivery"));
}

TEST_CASE("an application that ends before it answers is no failure of the callback", "[cli][audit]") {
    const auto finished = audited({"--app", "echo no port for me >&2; exit 9"}, environment_of_shell());
    CHECK(finished.code == 3);
    CHECK(finished.out.empty());
    CHECK(finished.err.find("app | no port for me") != std::string::npos);
    CHECK(finished.err.find("the application ended with exit code 9 before it answered") != std::string::npos);
}

// It ended with 3 and grade A, and without a word of why.
TEST_CASE("an application that ends in the middle of an audit is told of, and the rest is skipped", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string report = (folder.path() / "r.xml").string();
    const std::string output = (folder.path() / "output").string();
    // It makes no calls, and one is still waited for when it goes.
    const auto finished = audited({"--app",
                                   callback_application() + " > " + output + " & until grep -q eventBased " + output +
                                       "; do sleep 0.01; done; echo bye; exit 9",
                                   "--probe-wait", "60s", "--json", "--report", "junit=" + report},
                                  environment_of_shell());
    CAPTURE(finished.out, finished.err);
    const Told told(finished.out);
    CHECK(finished.code == 3);
    CHECK(finished.err.find("the application ended with exit code 9") != std::string::npos);
    CHECK(finished.out.find(R"("conclusions":["The audit was called off: the application ended with exit code 9.")") !=
          std::string::npos);
    CHECK(told.of("fail").empty());
    CHECK(told.of("skip").contains("signature-missing"));
    CHECK(told.number("exit") == 3);
    CHECK(content_of(report).find(R"(<error message="The audit was called off: the application ended)") !=
          std::string::npos);
}

TEST_CASE("an audit does not begin where something else listens already", "[cli][audit]") {
    fakes::LiveCallback callback;
    const auto finished = audited({"--callback", callback.url(), "--app", "exec sleep 600"}, environment_of_shell());
    CHECK(finished.code == 3);
    CHECK(finished.err.find("something else listens at") != std::string::npos);
}

TEST_CASE("a signal ends an audit at once, and the application with it", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string pid = (folder.path() / "pid").string();
    const std::string report = (folder.path() / "r.md").string();
    for (const auto& [signal, code] : {std::pair(SIGINT, 130), std::pair(SIGTERM, 143)}) {
        // Nothing it does is seen, and it is looked for as long as it may take.
        Program program({.words = {"audit", "--probe-wait", "10m", "--max-time", "20m", "--report", "md=" + report,
                                   "--app", "echo $$ > " + pid + "; exec " + callback_application()},
                         .environment = environment_of_shell()});
        program.err_line_with("eventBased");
        program.send(signal);
        const auto finished = program.finish();
        CHECK(finished.code == code);
        CHECK(kill(std::stoi(content_of(pid)), 0) != 0);
        const std::string why = signal == SIGINT ? "interrupted" : "terminated";
        CHECK(finished.out.find("The audit was called off: " + why) != std::string::npos);
        CHECK(content_of(report).find("The audit was called off: " + why) != std::string::npos);
    }
}

TEST_CASE("a signal ends an exchange under way, and a look", "[cli][audit]") {
    const TemporaryFolder folder;
    std::counting_semaphore<> heard(0);
    const fakes::RawPeer silent([&](fakes::RawConnection& connection, int) {
        static_cast<void>(connection.read_message());
        heard.release();
        static_cast<void>(connection.ends());
    });
    fakes::LiveCallback callback;
    for (const Words& words : {Words{"--callback", silent.origin() + "/webhooks", "--timeout", "10m"},
                               Words{"--callback", callback.url(), "--probe-url", silent.origin() + "/{vehicleId}"}}) {
        Words all{"audit", "--max-time", "20m"};
        all.insert(all.end(), words.begin(), words.end());
        Program program({.words = all});
        REQUIRE(heard.try_acquire_for(std::chrono::seconds(30)));
        program.send(SIGINT);
        const auto finished = program.finish();
        CAPTURE(finished.out, finished.err);
        CHECK(finished.code == 130);
        CHECK(finished.out.find("The audit was called off: interrupted.") != std::string::npos);
    }
}

TEST_CASE("a signal ends a command that looks", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string looking = (folder.path() / "looking").string();
    REQUIRE(mkfifo(looking.c_str(), S_IRUSR | S_IWUSR) == 0);
    pollfd said{.fd = open(looking.c_str(), O_RDONLY | O_NONBLOCK | O_CLOEXEC), .events = POLLIN, .revents = 0};
    REQUIRE(said.fd >= 0);
    Program program({.words = {"audit", "--built-in", "--probe", "echo now > " + looking + "; exec sleep 600"},
                     .environment = environment_of_shell()});
    constexpr int kPatience = 30'000;
    CHECK(poll(&said, 1, kPatience) == 1);
    program.send(SIGINT);
    CHECK(program.finish().code == 130);
    close(said.fd);
}
