// What `run` prints and leaves behind: on the terminal, as JSON lines, in reports, on GitHub.
#include <algorithm>
#include <sstream>

#include "catch.h"
#include "cli/peers.h"
#include "cli/program.h"
#include "cli/stories.h"
#include "cli/temporary_folder.h"
#include "document/json.h"
#include "http/server.h"
#include "receiver/receiver.h"

using namespace smartcar_sim;

TEST_CASE("reports are written, and on GitHub annotations and a summary", "[cli][run]") {
    const Stories stories;
    // The second looks different in JSON, in XML, in Markdown and in a shell's quotes.
    const std::string token =
        GENERATE("a-secret-that-nobody-may-see", R"(a-"secret"-<that>-&-nobody\'s-`eye`-may-see)");
    receiver::Receiver receiver(base::Secret(token, base::Secret::Origin::kSupplied));
    const auto echo = http::Server::start({}, [&](const contract::Request& request) {
                          auto response = receiver.handle(request).response;
                          if (response.body.find("challenge") == std::string::npos) {
                              response.status = 500;
                              response.body = "the key is " + token;
                          }
                          return response;
                      }).value();
    const auto finished = run({stories.path("a.json"), "--callback", echo->origin() + "/w", "-v", "--report",
                               "junit=" + stories.path("r.xml"), "--report", "md=" + stories.path("r.md"), "--report",
                               "json=" + stories.path("r.jsonl"), "--report", "html=" + stories.path("r.html")},
                              {{"APPLICATION_MANAGEMENT_TOKEN", token},
                               {"GITHUB_ACTIONS", "true"},
                               {"GITHUB_STEP_SUMMARY", stories.path("summary.md")}});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 4);
    CHECK(finished.out.find("::group::First") != std::string::npos);
    CHECK(finished.out.find("::error file=") != std::string::npos);
    std::string all = finished.out + finished.err;
    for (const std::string name : {"r.xml", "r.md", "r.jsonl", "r.html", "summary.md"}) {
        const std::string content = content_of(stories.path(name));
        CHECK(content.find("CHARGING_STARTED") != std::string::npos);
        CHECK(content.find("500") != std::string::npos);
        all += content;
    }
    CHECK(all.find("nobody") == std::string::npos);
}

TEST_CASE("the objects of --json have what is promised", "[cli][run]") {
    const auto finished = run({"demo", "--built-in", "--webhook-version", "2.0", "--json"});
    std::istringstream lines(finished.out);
    std::vector<std::string> types;
    for (std::string line; std::getline(lines, line);) {
        const auto object = document::parse(line);
        REQUIRE(object.ok());
        const std::string type = *object.value().find("type")->string();
        Words promised;
        if (type == "step")
            promised = {"scenario", "file", "line", "step", "passed", "expected", "actual", "hint", "milliseconds"};
        if (type == "summary")
            promised = {"scenarios", "passed", "failed", "skipped", "seed", "exit", "version", "milliseconds"};
        for (const std::string& member : promised) {
            CAPTURE(type, member);
            CHECK(object.value().find(member) != nullptr);
        }
        types.push_back(type);
    }
    CHECK(std::ranges::count(types, "step") == 8);
    CHECK(types.back() == "summary");
}

// A report of an earlier run stayed where it was, and was taken for this one's.
TEST_CASE("the reports of a run that could not begin say why", "[cli][run]") {
    const Stories stories;
    Peers peers;
    for (const Words& against : {Words{"--callback", peers.url_of("nobody")}, Words{"--app", "echo no; exit 5"}}) {
        stories.folder.write("s/r.xml", "<of-an-earlier-run/>");
        stories.folder.write("s/r.md", "of an earlier run");
        stories.folder.write("s/summary.md", "of an earlier step\n");
        Words words{stories.path("a.json"),
                    stories.path("b.json"),
                    "--report",
                    "junit=" + stories.path("r.xml"),
                    "--report",
                    "md=" + stories.path("r.md")};
        words.insert(words.end(), against.begin(), against.end());
        const auto finished =
            run(words, {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", stories.path("summary.md")}});
        const std::string why =
            against.front() == "--app" ? "the application ended with exit code 5" : "connection refused";
        CAPTURE(finished.out, finished.err);
        CHECK(finished.code == 3);
        CHECK(finished.err.find(why) != std::string::npos);
        const std::string junit = content_of(stories.path("r.xml"));
        CHECK(junit.find(R"(tests="2" failures="0" errors="2" skipped="0")") != std::string::npos);
        CHECK(junit.find("of-an-earlier-run") == std::string::npos);
        const std::string markdown = content_of(stories.path("r.md"));
        const std::string summary = content_of(stories.path("summary.md"));
        for (const std::string& text : {junit, markdown, summary}) CHECK(text.find(why) != std::string::npos);
        CHECK(markdown.find("of an earlier run") == std::string::npos);
        CHECK(summary.starts_with("of an earlier step\n"));
        // Said once, not of each scenario.
        CHECK(finished.out.find("::error ") != std::string::npos);
        CHECK(finished.out.find("::error ") == finished.out.rfind("::error "));
    }
    const auto json = run({stories.path("a.json"), "--callback", peers.url_of("nobody"), "--json"});
    CHECK(json.out.starts_with(R"({"type":"summary","scenarios":1,"passed":0,"failed":0,"errors":1,)"));
    CHECK(json.out.find(R"("exit":3)") != std::string::npos);
}

TEST_CASE("a report says why a scenario was called off", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string file =
        folder.write("a.json", R"({"formatVersion": 1, "name": "x", "steps": [{"verify": {}}, {"wait": "9h"}]})");
    const auto report = [&](const std::string& name) { return (folder.path() / name).string(); };
    const auto finished = run({file, "--built-in", "--realtime", "--max-time", "50ms", "--report",
                               "junit=" + report("r.xml"), "--report", "md=" + report("r.md")},
                              {{"GITHUB_ACTIONS", "true"}});
    CHECK(finished.code == 4);
    CHECK(content_of(report("r.xml"))
              .find(R"(<failure message="the run took longer than --max-time 50ms" type="expectation">)") !=
          std::string::npos);
    CHECK(content_of(report("r.md")).find("the run took longer than") != std::string::npos);
    CHECK(finished.out.find("::error file=" + file + ",line=1") != std::string::npos);
}

TEST_CASE("the steps are told with -v, and with -q only what failed", "[cli][run]") {
    const Stories stories;
    Peers peers;
    const auto said = [](Words words) { return run(std::move(words)).out; };
    const std::string one = stories.path("a.json");
    const std::string refusing = peers.url_of("reserialised-body");
    CHECK(said({one, "--built-in"}).find("step 1, verify") == std::string::npos);
    CHECK(said({one, "--built-in", "-v"}).find("step 1, verify  passed") != std::string::npos);
    CHECK(said({one, "--built-in", "-q"}).empty());
    const std::string failed = said({one, stories.path("b.json"), "--callback", refusing, "-q"});
    CHECK(failed.starts_with("failed  " + one));
    CHECK(failed.find("failed  " + stories.path("b.json")) != std::string::npos);
    CHECK(failed.find("seed") == std::string::npos);
}

TEST_CASE("what is not valid is in the reports and annotated where it stands", "[cli][run]") {
    // A report of an earlier run was left standing, and told of success.
    const Stories stories;
    stories.folder.write("s/r.xml", "<of-an-earlier-run/>");
    stories.folder.write("s/e.json", "{\"formatVersion\": 1, \"name\": \"x\",\n\"steps\": [{\"sned\": 1}]}");
    const auto finished = run({stories.path(""), "--report", "junit=" + stories.path("r.xml")},
                              {{"GITHUB_ACTIONS", "true"}, {"GITHUB_STEP_SUMMARY", stories.path("summary.md")}});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 2);
    const std::string message = "unknown member \"sned\"; did you mean \"send\"?";
    CHECK(finished.out.find("::error file=" + stories.path("e.json") + ",line=2,title=") != std::string::npos);
    CHECK(finished.out.find(message) != std::string::npos);
    const std::string junit = content_of(stories.path("r.xml"));
    CHECK(junit.find(R"(tests="1" failures="0" errors="1" skipped="0")") != std::string::npos);
    CHECK(junit.find("of-an-earlier-run") == std::string::npos);
    CHECK(content_of(stories.path("summary.md")).find("sned") != std::string::npos);
}

TEST_CASE("what is not played says in which version", "[cli][run]") {
    // Both cases of a file had the same name.
    const Stories stories;
    stories.folder.write("both/a.json", R"({"formatVersion": 1, "name": "x", "tags": ["t"],
      "webhook": {"version": ["2.0", "4.0"]}, "steps": [{"verify": {}}]})");
    const std::string both = (stories.folder.path() / "both").string();
    Peers peers;
    const auto gave_up = run({both, "--callback", peers.url_of("nobody"), "--report", "json=" + stories.path("r")});
    CHECK(gave_up.code == 3);
    for (const std::string_view version : {"2.0", "4.0"}) {
        const std::string line = R"("scenario":"x","version":")" + std::string(version) + "\"";
        CHECK(content_of(stories.path("r")).find(line) != std::string::npos);
    }
    const auto fast = run({both, "--callback", peers.url_of("answers-500"), "--fail-fast", "--json"});
    CHECK(fast.out.find(R"("scenario":"x","version":"4.0")") != std::string::npos);
    CHECK(fast.out.find(R"("tags":["t"],"verdict":"not-run")") != std::string::npos);
}
