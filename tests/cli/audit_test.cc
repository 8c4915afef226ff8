// `audit` from its grade to its exit code: what decides it, what is compared, what is written and what is not told.
#include "audit/audit.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/check.h"
#include "catch.h"
#include "cli/audits.h"
#include "cli/peers.h"
#include "cli/temporary_folder.h"
#include "fakes/live_callback.h"
#include "fakes/raw_peer.h"
#include "http/server.h"
#include "receiver/receiver.h"

using namespace smartcar_sim;

namespace {

using Ids = std::set<std::string>;

const Words kNobodyLooks{"--probe-wait", "1ms"};  // the callback makes no calls: nothing is worth a wait

Words with(Words words, const Words& more) {
    words.insert(words.end(), more.begin(), more.end());
    return words;
}

void check_that_all_pass(const Words& words) {
    const auto finished = audited(with({"--built-in", "--json"}, words));
    CAPTURE(finished.out, finished.err);
    const Told told(finished.out);
    CHECK(finished.code == 0);
    CHECK(told.of("pass").size() == audit::chosen_checks({}).size());
    CHECK(told.checks().size() == audit::chosen_checks({}).size());
    CHECK(told.text("grade") == "A");
    CHECK(told.text("probe") == "the page /applied of the built-in callback");
    CHECK(finished.out.find(R"("conclusions":[])") != std::string::npos);
}

// Verifies, and answers every event with what it was not to tell.
class TellTale {
public:
    explicit TellTale(const std::string& token)
        : token_(token), receiver_(base::Secret(token, base::Secret::Origin::kSupplied)) {
        auto started = http::Server::start({}, [this](const contract::Request& request) {
            contract::Response response = receiver_.handle(request).response;
            if (response.body.find("\"challenge\"") != std::string::npos) return response;
            response.body = "The key is " + token_;
            for (const auto& [name, value] : request.headers) {
                response.body += ", " + std::string(name) + " is " + std::string(value);
                response.headers.add("x-got-" + std::string(name), value);
            }
            return response;
        });
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }
    [[nodiscard]] std::string url() const { return server_->origin() + "/webhooks"; }

private:
    const std::string token_;
    const receiver::Receiver receiver_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace

TEST_CASE("the built-in callback passes every check in 2.0", "[cli][audit]") { check_that_all_pass({}); }
TEST_CASE("the built-in callback passes every check in 4.0", "[cli][audit]") {
    check_that_all_pass({"--webhook-version", "4.0"});
}
TEST_CASE("the built-in callback passes every check in 4.0 as documented", "[cli][audit]") {
    check_that_all_pass({"--webhook-version", "4.0", "--dialect", "doc"});
}
TEST_CASE("the built-in callback passes every check with signed challenges and a path of its own", "[cli][audit]") {
    check_that_all_pass({"--sign-verify", "-H", "X-Tunnel: through"});
}

// Host stood there twice, and Expect, which every server refuses.
TEST_CASE("headers of the user take the place of those of a transport check", "[cli][audit]") {
    for (const std::string header : {"Host: callback.test", "host: callback.test", "Expect: 100-continue",
                                     "Connection: close", "Content-Type: text/json"}) {
        CAPTURE(header);
        const auto finished =
            audited({"--built-in", "--json", "--only", "transport", "--skip", "slow-sender", "-H", header});
        CAPTURE(finished.out);
        CHECK(finished.code == 0);
        CHECK(Told(finished.out).of("fail").empty());
    }
}

// With the whole family came a check that sends for ten seconds, which nobody had asked for.
TEST_CASE("a family is named for its usual checks, and with --thorough for all of them", "[cli][audit]") {
    const auto ids = [](const Words& words) {
        return Told(audited(with({"--built-in", "--json", "--skip", "slow-sender"}, words)).out).of("pass");
    };
    const Ids usual = ids({"--only", "transport"});
    CHECK(usual.contains("keep-alive"));
    CHECK_FALSE(usual.contains("slow-sender"));
    CHECK_FALSE(usual.contains("oversized-20-mb"));
    const Ids all = ids({"--only", "transport", "--thorough", "--skip", "slow-sender-10s"});
    CHECK(all.contains("oversized-20-mb"));
    CHECK(ids({"--only", "bottomless-nesting"}) == Ids{"bottomless-nesting", "challenge-answered", "event-accepted"});
    CHECK(ids({"--only", "shape", "--thorough", "--skip", "shape"}) == Ids{"challenge-answered", "event-accepted"});
}

TEST_CASE("failures from --fail-on up decide the exit code", "[cli][audit]") {
    struct Row {
        std::string behaviour, check;
        std::string least;  // that fails
    };
    const std::vector<std::string> severities{"critical", "high", "medium", "low"};
    for (const Row& row :
         {Row{"signature-if-there", "signature-missing", "critical"}, Row{"hangs-up", "keep-alive", "high"},
          Row{"needs-length", "chunked", "medium"}, Row{"needs-host", "http-1.0", "low"}}) {
        bool fails = false;
        for (const std::string& severity : severities) {
            fails = fails || severity == row.least;
            CAPTURE(row.behaviour, severity);
            const auto finished = audited({"--behave", row.behaviour, "--only", row.check, "--fail-on", severity});
            CHECK(finished.code == (fails ? 4 : 0));
            CHECK(finished.out.find("failed   " + row.least + "  " + row.check) != std::string::npos);
        }
    }
}

TEST_CASE("an audit in which nothing could be told is no success", "[cli][audit]") {
    const fakes::RawPeer silent([](fakes::RawConnection& connection, int) { static_cast<void>(connection.ends()); });
    const auto finished = audited(
        {"--callback", silent.origin() + "/webhooks", "--max-time", "100ms", "--fail-on", "critical", "--json"});
    CAPTURE(finished.out, finished.err);
    const Told told(finished.out);
    CHECK(finished.code == 4);
    CHECK(told.of("skip").size() == told.checks().size());
    CHECK(told.text("grade").empty());
    CHECK(told.text("challenge-answered", "came") == "The 100ms of --max-time were over.");
}

TEST_CASE("a callback that takes connections and never answers costs no more than --timeout for each", "[cli][audit]") {
    const fakes::RawPeer silent([](fakes::RawConnection& connection, int) { static_cast<void>(connection.ends()); });
    const auto begin = std::chrono::steady_clock::now();
    const auto finished =
        audited({"--callback", silent.origin() + "/webhooks", "--timeout", "200ms", "--max-time", "10s", "--json"});
    CHECK(std::chrono::steady_clock::now() - begin < std::chrono::seconds(9));
    CAPTURE(finished.out, finished.err);
    CHECK(finished.err.find("at most 10s in all and 200ms for an answer") != std::string::npos);
    const Told told(finished.out);
    CHECK(finished.code == 4);
    CHECK(told.of("fail") == Ids{"challenge-answered", "event-accepted"});
    CHECK(told.of("skip").size() + 2 == told.checks().size());
    CHECK(silent.connections() < 6);
}

TEST_CASE("against a baseline only what got worse fails, and what got better is told", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string baseline = (folder.path() / "earlier.json").string();
    const Words checks{"--only", "chunked", "--only", "charset", "--fail-on", "low", "--json"};
    const auto first = audited(with({"--behave", "needs-length", "--report", "json=" + baseline}, checks));
    CHECK(first.code == 4);
    CHECK(first.out == content_of(baseline));

    const auto compared = [&](const Words& words) {
        return audited(with(words, with(checks, {"--baseline", baseline})));
    };
    const auto same = compared({"--behave", "needs-length"});
    CHECK(same.code == 0);
    CHECK(Told(same.out).compared("still") == Ids{"chunked"});
    CHECK(Told(same.out).compared("worse").empty());
    const auto better = compared({"--built-in"});
    CHECK(better.code == 0);
    CHECK(Told(better.out).compared("better") == Ids{"chunked"});
    const auto worse = compared({"--behave", "exact-content-type"});
    CHECK(worse.code == 4);
    CHECK(Told(worse.out).compared("worse") == Ids{"charset"});
    CHECK(Told(worse.out).compared("better") == Ids{"chunked"});
    const auto gone = compared({"--behave", "needs-length", "--skip", "chunked"});
    CHECK(gone.code == 0);
    CHECK(Told(gone.out).compared("gone") == Ids{"chunked"});
    // It is read before it is replaced.
    const auto replaced = compared({"--built-in", "--report", "json=" + baseline});
    CHECK(Told(replaced.out).compared("better") == Ids{"chunked"});
    CHECK(Told(content_of(baseline)).of("fail").empty());
}

TEST_CASE("an audit is written in every kind of report, and on GitHub into the step's summary", "[cli][audit]") {
    const TemporaryFolder folder;
    const auto file = [&](const std::string& name) { return (folder.path() / name).string(); };
    folder.write("r.md", "of an earlier audit");
    folder.write("summary.md", "of an earlier step\n");
    const auto finished = audited(
        {"--behave", "needs-length", "--seed", "7", "--only", "chunked", "--report", "json=" + file("r.jsonl"),
         "--report", "junit=" + file("r.xml"), "--report", "html=" + file("r.html"), "--report", "md=" + file("r.md")},
        {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", file("summary.md")}});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 0);
    for (const std::string name : {"r.jsonl", "r.xml", "r.html", "r.md", "summary.md"}) {
        CAPTURE(name);
        const std::string content = content_of(file(name));
        CHECK(content.find("chunked") != std::string::npos);
        CHECK(content.find("411") != std::string::npos);
        CHECK(content.find("Let the framework") != std::string::npos);
        CHECK(content.find("of an earlier audit") == std::string::npos);
    }
    CHECK(Told(content_of(file("r.jsonl"))).number("seed") == 7);
    CHECK(content_of(file("r.xml")).find(R"(tests="3" failures="1" errors="0" skipped="0")") != std::string::npos);
    CHECK(content_of(file("summary.md")).starts_with("of an earlier step\n"));
    CHECK(content_of(file("summary.md")).find("## smartcar-sim audit: grade C") != std::string::npos);
    const std::string page = content_of(file("r.html"));
    for (const std::string_view reference : {"src=", "href=\"http", "@import", "url("}) {
        CAPTURE(reference);
        CHECK(page.find(reference) == std::string::npos);
    }
}

TEST_CASE("elsewhere than on GitHub nobody's summary is written", "[cli][audit]") {
    const TemporaryFolder folder;
    const std::string file = (folder.path() / "summary.md").string();
    CHECK(audited({"--built-in", "--only", "charset"}, {{"GITHUB_STEP_SUMMARY", file}}).code == 0);
    CHECK_FALSE(std::filesystem::exists(file));
}

// The report of an earlier audit stayed where it was, and was taken for this one's.
TEST_CASE("the reports of an audit that could not begin say why", "[cli][audit]") {
    const TemporaryFolder folder;
    const auto file = [&](const std::string& name) { return (folder.path() / name).string(); };
    Peers peers;
    for (const Words& against : {Words{"--callback", peers.url_of("nobody")}, Words{"--app", "echo no; exit 5"}}) {
        Words words = against;
        const std::vector<std::string> kinds{"json", "junit", "html", "md"};
        for (const std::string& kind : kinds) {
            folder.write(kind, "of an earlier audit");
            words.insert(words.end(), {"--report", kind + "=" + file(kind)});
        }
        const auto finished = audited(words, {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", file("summary")}});
        const std::string why =
            against.front() == "--app" ? "the application ended with exit code 5" : "connection refused";
        CAPTURE(finished.out, finished.err);
        CHECK(finished.code == 3);
        CHECK(finished.out.empty());
        CHECK(finished.err.find(why) != std::string::npos);
        for (const std::string& name : with(kinds, {"summary"})) {
            CAPTURE(name);
            CHECK(content_of(file(name)).find(why) != std::string::npos);
            CHECK(content_of(file(name)).find("of an earlier audit") == std::string::npos);
        }
        CHECK(content_of(file("junit")).find(R"(tests="1" failures="0" errors="1" skipped="0")") != std::string::npos);
        CHECK(Told(content_of(file("json"))).number("exit") == 3);
    }
}

TEST_CASE("a report that cannot be written is known before anything is sent", "[cli][audit]") {
    fakes::LiveCallback callback;
    const auto finished = audited({"--callback", callback.url(), "--report", "json=/nowhere/at/all.json"});
    CHECK(finished.code == 3);
    CHECK(finished.err.find("/nowhere/at/all.json") != std::string::npos);
    CHECK(callback.taken().empty());
}

TEST_CASE("the user's token and headers are told to nobody, though the callback tells them", "[cli][audit]") {
    // The second looks different in JSON, in XML, in Markdown and in a shell's quotes.
    const std::string token = GENERATE("a-secret-for-no-eye-to-see", R"(a-"secret"-<for>-&-no-eye\'s-`sight`-to-see)");
    const TellTale callback(token);
    const TemporaryFolder folder;
    const auto file = [&](const std::string& name) { return (folder.path() / name).string(); };
    const Words words{"--callback",   callback.url(),
                      "--token-file", folder.write("token", token),
                      "-H",           "Authorization: Bearer for-no-eye-but-the-gateway",
                      "-H",           "X-Api-Key: another-for-no-eye",
                      "--only",       "transport",
                      "--only",       "signature-missing",
                      "--only",       "challenge-signed",
                      "--skip",       "slow-sender",
                      "--report",     "json=" + file("r.jsonl"),
                      "--report",     "junit=" + file("r.xml"),
                      "--report",     "html=" + file("r.html"),
                      "--report",     "md=" + file("r.md")};
    for (const Words& style : {Words{"-v"}, Words{"-vv"}, Words{"--json"}}) {
        const auto finished = audited(with(with(words, style), kNobodyLooks),
                                      {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", file("summary.md")}});
        CAPTURE(finished.out, finished.err);
        CHECK(finished.code == 0);
        std::string all = finished.out + finished.err;
        for (const std::string name : {"r.jsonl", "r.xml", "r.html", "r.md", "summary.md"})
            all += content_of(file(name));
        CHECK(all.find("The key is ") != std::string::npos);
        CHECK(all.find("no-eye") == std::string::npos);
    }
}

// They were taken for secrets: the callback's address was blotted out, and the id of the check keep-alive.
TEST_CASE("headers that tell of a request's way are hidden nowhere", "[cli][audit]") {
    fakes::LiveCallback callback;
    const auto finished = audited({"--callback", callback.url(), "--json", "--only", "keep-alive", "-H",
                                   "X-Forwarded-For: 127.0.0.1", "-H", "Connection: keep-alive"});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 0);
    CHECK(finished.out.find(R"("id":"keep-alive")") != std::string::npos);
    CHECK(finished.out.find(R"("callback":")" + callback.url()) != std::string::npos);
}

TEST_CASE("the same seed sends the same bytes in an audit", "[cli][audit]") {
    fakes::LiveCallback callback;
    for (const std::string version : {"2.0", "4.0"}) {
        const auto sent = [&](const std::string& seed) {
            const auto finished = audited(with(
                {"--callback", callback.url(), "--webhook-version", version, "--seed", seed, "--skip", "slow-sender"},
                kNobodyLooks));
            CAPTURE(finished.out, finished.err);
            CHECK(finished.code == 0);
            return taken_bytes(callback);
        };
        const Words first = sent("7");
        CHECK(first.size() > 100);
        const bool same = first == sent("7");
        CHECK(same);
        const bool other = first != sent("8");
        CHECK(other);
    }
}

TEST_CASE("without --seed the seed is told with which the audit can be repeated", "[cli][audit]") {
    fakes::LiveCallback callback;
    const Words words = with({"--callback", callback.url(), "--only", "handshake", "--json"}, kNobodyLooks);
    const Told told(audited(words).out);
    const auto challenges = [&] {
        Words bodies;
        for (const auto& exchange : callback.taken()) {
            const std::string& body = exchange.request.body;
            if (body.find("\"challenge\":\"challenge_") != std::string::npos) bodies.push_back(body);
        }
        std::ranges::sort(bodies);
        return bodies;
    };
    const Words first = challenges();
    CHECK(first.size() > 5);
    static_cast<void>(audited(with(words, {"--seed", std::to_string(told.number("seed"))})));
    CHECK(challenges() == first);
}
