// `run`, `validate` and `init` on the program itself: what is selected, what is sent, how it ends.
#include <algorithm>
#include <atomic>
#include <csignal>
#include <mutex>
#include <regex>
#include <set>

#include "base/text.h"
#include "catch.h"
#include "cli/golden.h"
#include "cli/peers.h"
#include "cli/program.h"
#include "cli/temporary_folder.h"
#include "document/json.h"
#include "http/server.h"
#include "platform/development_values.h"
#include "receiver/behaviours.h"
#include "receiver/receiver.h"
#include "source_folder.h"

using namespace smartcar_sim;

namespace {

using Words = std::vector<std::string>;

constexpr std::string_view kStory =
    R"({"formatVersion": 1, "name": "STORY", "tags": ["TAG"], "vehicles": {"car": {"fixture": "tesla-model-3-2020"}},
  "steps": [{"verify": {}}, {"subscribe": "car"}, {"send": "CHARGING_STARTED"}]})";

std::string story(const std::string& name, const std::string& tag = "none") {
    std::string text(kStory);
    text.replace(text.find("STORY"), 5, name);
    text.replace(text.find("TAG"), 3, tag);
    return text;
}

Program::Finished run(Words words, std::map<std::string, std::string> environment = {},
                      const std::filesystem::path& folder = source_folder()) {
    words.insert(words.begin(), "run");
    return Program({.words = std::move(words), .folder = folder, .environment = std::move(environment)}).finish();
}

// A right callback that keeps what it was sent.
class Remembering {
public:
    Remembering()
        : receiver_(base::Secret(std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented)),
          server_(http::Server::start({}, [this](const contract::Request& request) {
                      const std::lock_guard lock(mutex_);
                      bodies_.push_back(request.body + " " +
                                        std::string(request.headers.get("sc-signature").value_or("")));
                      return receiver_.handle(request).response;
                  }).value()) {}

    [[nodiscard]] std::string url() const { return server_->origin() + "/webhooks"; }
    [[nodiscard]] Words taken() {
        const std::lock_guard lock(mutex_);
        Words bodies = std::exchange(bodies_, {});
        std::ranges::sort(bodies);
        return bodies;
    }

private:
    const receiver::Receiver receiver_;
    std::mutex mutex_;
    Words bodies_;
    std::unique_ptr<http::Server> server_;
};

std::set<std::string> files_in(const std::string& out) {
    std::set<std::string> files;
    static const std::regex kFile(R"(([a-z0-9-]+)\.json)");
    for (std::sregex_iterator match(out.begin(), out.end(), kFile); match != std::sregex_iterator(); ++match) {
        files.insert((*match)[1]);
    }
    return files;
}

std::string content_of(const std::filesystem::path& file) { return document::read_text(file.string()).value(); }

// Four stories, an invalid one in a folder within, and one that is no scenario.
struct Stories {
    Stories() {
        folder.write("s/a.json", story("First", "smoke"));
        folder.write("s/b.json", story("Second"));
        folder.write("s/c.json", story("Third", "smoke"));
        folder.write("s/d.json", story("Fourth"));
        folder.write("s/within/broken.json", "{");
    }
    [[nodiscard]] std::string path(const std::string& name) const { return (folder.path() / "s" / name).string(); }
    TemporaryFolder folder;
};

}  // namespace

TEST_CASE("run chooses by file, folder, name, tag, text and shard", "[cli][run]") {
    const Stories stories;
    const auto listed = [](Words words) {
        words.emplace_back("--list");
        const auto finished = run(std::move(words));
        CHECK(finished.code == 0);
        return files_in(finished.out);
    };
    using Files = std::set<std::string>;
    const std::string all = stories.path("");
    CHECK(listed({all}) == Files{"a", "b", "c", "d"});
    CHECK(listed({stories.path("b.json"), stories.path("b.json")}) == Files{"b"});
    CHECK(listed({"charging-session"}) == Files{"charging-session"});
    CHECK(listed({all, "--tag", "smoke"}) == Files{"a", "c"});
    CHECK(listed({all, "--filter", "THIRD"}) == Files{"c"});
    CHECK(listed({all, "--shard", "1/3"}) == Files{"a", "d"});
    CHECK(listed({stories.path("d.json"), stories.path("c.json"), stories.path("b.json"), stories.path("a.json"),
                  "--shard", "2/3"}) == Files{"b"});
    CHECK(listed({all, "--shard", "3/3"}) == Files{"c"});
}

TEST_CASE("the shards of a selection are all of it, each once", "[cli][run]") {
    for (const int parts : {2, 3, 4}) {
        std::multiset<std::string> together;
        for (int part = 1; part <= parts; ++part) {
            const auto finished =
                run({"scenarios", "--list", "--shard", std::to_string(part) + "/" + std::to_string(parts)});
            for (const std::string& file : files_in(finished.out)) together.insert(file);
        }
        const auto all = files_in(run({"scenarios", "--list"}).out);
        CHECK(together == std::multiset<std::string>(all.begin(), all.end()));
    }
}

TEST_CASE("nothing selected is never a success, and says why", "[cli][run]") {
    const Stories stories;
    const std::string all = stories.path("");
    const std::vector<std::pair<Words, std::string>> rows{
        {{all, "--tag", "none-of-them"}, "none of 4 scenarios is left by --tag"},
        {{all, "--filter", "x9", "--tag", "smoke"}, "none of 4 scenarios is left by --tag, --filter"},
        {{stories.path("a.json"), "--shard", "2/2"}, "--shard 2/2 holds none of 1 scenario; make fewer parts"},
        {{"vehicle-errors", "--webhook-version", "2.0"}, "none of 1 scenario is left by --webhook-version"},
        {{"charging-sesion"}, "did you mean \"charging-session\"?"},
        {{stories.folder.path().string()}, "holds no *.json"},
        {{all, "--shard", "0/2"}, "is not the I-th of N parts"},
        {{all}, "say what to play against: --callback URL, --app COMMAND or --built-in"},
        {{all, "--built-in", "--callback", "http://127.0.0.1:9/"}, "leave out --callback and --app"},
        {{all, "--built-in", "--speed", "fast"}, "\"fast\" is no factor such as 60x"},
        {{all, "--built-in", "--start-at", "today"}, "is no instant such as"},
        {{all, "--built-in", "--report", "html=x"}, "html"},
        {{all, "--built-in", "--behave", "upper-case-hsah"}, "did you mean \"upper-case-hash\"?"},
        {{"with-app/new-user-connects", "--built-in", "--jobs", "2"}, "leave out --jobs"},
    };
    for (const auto& [words, says] : rows) {
        const auto finished = run(words);
        CAPTURE(words.back(), finished.err);
        CHECK(finished.code == 1);
        CHECK(finished.err.find(says) != std::string::npos);
        CHECK(finished.out.empty());
    }
}

TEST_CASE("one invalid file among many: every error is told and nothing is sent", "[cli][run]") {
    const Stories stories;
    stories.folder.write("s/e.json", R"({"formatVersion": 1, "name": "x", "steps": [{"sned": 1}, {"wait": 1}]})");
    stories.folder.write("s/f.json", "{");
    Remembering callback;
    const auto finished =
        run({stories.path(""), "--callback", callback.url(), "--app", "touch " + stories.path("started")});
    CHECK(finished.code == 2);
    CHECK(callback.taken().empty());
    CHECK_FALSE(std::filesystem::exists(stories.path("started")));
    for (const std::string_view part :
         {"unknown member \"sned\"; did you mean \"send\"?", "must be a duration", "f.json:1:2"}) {
        CAPTURE(finished.err);
        CHECK(finished.err.find(part) != std::string::npos);
    }
}

TEST_CASE("damaged files are never sent", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string whole = content_of(source_folder() + "/scenarios/forgeries-refused.json");
    Remembering callback;
    // Cut where it is not whole any more, and with a letter too many in each tenth.
    for (std::size_t i = 1; i < 10; ++i) {
        std::string damaged = whole;
        damaged.insert(whole.size() * i / 10, "\"x\"x");
        folder.write("s/" + std::to_string(i) + ".json", damaged);
        folder.write("s/cut" + std::to_string(i) + ".json", whole.substr(0, whole.size() * i / 10));
    }
    const auto finished = run({(folder.path() / "s").string(), "--callback", callback.url()});
    CHECK(finished.code == 2);
    CHECK(callback.taken().empty());
}

TEST_CASE("the environment is to blame with 3, the callback with 4", "[cli][run]") {
    const Stories stories;
    const std::string one = stories.path("a.json");
    Peers peers;
    const auto taken = http::Server::start({}, [](const contract::Request&) { return contract::Response{}; }).value();
    struct Row {
        Words words;
        int code;
        std::string says;
    };
    const std::vector<Row> rows{
        {{one, "--callback", peers.url_of("nobody")}, 3, "no connection to the callback"},
        {{one, "--built-in", "--port", std::to_string(taken->port())}, 3, "port"},
        {{one, "--built-in", "--report", "md=" + stories.path("no/folder.md")}, 3, "cannot be written"},
        {{one, "--app", "exit 7"}, 3, "the application ended with exit code 7 before it answered"},
        {{one, "--app", "echo cannot start; exit 1"}, 3, "cannot start"},
        {{one, "--app", "sleep 30", "--wait-timeout", "100ms"}, 3, "within 100ms"},
        {{one, "--callback", "http://8.8.8.8/"}, 3, "--remote"},
        {{one, "--callback", peers.url_of("answers-500")}, 4, ""},
        {{one, "--callback", peers.url_of("upper-case-hash")}, 4, ""},
        {{one, "--callback", peers.url_of("reference")}, 0, ""},
    };
    for (const Row& row : rows) {
        const auto finished = run(row.words);
        CAPTURE(row.words.back(), finished.out, finished.err);
        CHECK(finished.code == row.code);
        CHECK(finished.err.find(row.says) != std::string::npos);
    }
}

TEST_CASE("with a wrong token every scenario fails with 4 and the reason in words", "[cli][run]") {
    Peers peers;
    const std::string callback = peers.url_of("reference");
    const auto finished = run({"scenarios", "--callback", callback, "--jobs", "4"},
                              {{"APPLICATION_MANAGEMENT_TOKEN", "a-token-that-the-callback-lacks"}});
    CHECK(finished.code == 4);
    CHECK(finished.out.find("0 passed") != std::string::npos);
    CHECK(finished.out.find("The key was another value you have.") != std::string::npos);
    CHECK((finished.out + finished.err).find("a-token-that") == std::string::npos);
}

TEST_CASE("each wrong behaviour fails the scenarios it should", "[cli][run]") {
    const std::set<std::string> security{"demo", "forgeries-refused", "test-payload", "token-rotation"};
    const auto all = files_in(run({"scenarios", "--list"}).out);
    for (const receiver::Behaviour& behaviour : receiver::behaviours()) {
        // Its slowness is real time; that it times out is shown for `verify`.
        const bool slow = behaviour.delay > base::Milliseconds(0);
        Words words{"scenarios", "--behave", std::string(behaviour.id), "--jobs", "8", "--json"};
        if (slow) words = {"charging-session", "--behave", std::string(behaviour.id), "--json", "--timeout", "50ms"};
        const auto finished = run(words);
        std::set<std::string> failed;
        std::istringstream lines(finished.out);
        for (std::string line; std::getline(lines, line);) {
            if (line.find(R"("type":"scenario")") == std::string::npos ||
                line.find(R"("verdict":"failed")") == std::string::npos)
                continue;
            failed.merge(files_in(line));
        }
        CAPTURE(behaviour.id);
        CHECK(finished.code == 4);
        const bool forgeable = behaviour.id == "no-signature-check";
        CHECK(failed == (slow ? std::set<std::string>{"charging-session"} : forgeable ? security : all));
    }
}

TEST_CASE("the same seed sends the same bytes, with one job or eight", "[cli][run]") {
    Remembering callback;
    const auto played = [&](Words more) {
        Words words{"scenarios", "--callback", callback.url()};
        words.insert(words.end(), more.begin(), more.end());
        CHECK(run(words).code == 0);
        return callback.taken();
    };
    const Words one = played({"--seed", "7", "--jobs", "1"});
    CHECK(one.size() > 200);
    CHECK(one == played({"--seed", "7", "--jobs", "8"}));

    // Two runs that nobody gave a seed share no event id, and no two scenarios of a run do.
    static const std::regex kEventId(R"re("eventId":"([0-9a-f-]{36})")re");
    const auto ids = [](const Words& bodies) {
        std::set<std::string> found;
        for (const std::string& body : bodies) {
            std::smatch match;
            // Of the raw payloads of awkward-json the ids stand in the file.
            if (std::regex_search(body, match, kEventId) && !match[1].str().starts_with("d0c0ffee"))
                found.insert(match[1]);
        }
        return found;
    };
    const auto first = ids(played({}));
    const auto second = ids(played({"--jobs", "8"}));
    std::vector<std::string> shared;
    std::ranges::set_intersection(first, second, std::back_inserter(shared));
    CHECK(first.size() > 100);
    CHECK(shared.empty());
}

TEST_CASE("the platform's clock begins where it is told, and else nothing is dated in the future", "[cli][run]") {
    Remembering callback;
    const auto first_time = [&](Words more) {
        Words words{"charging-session", "--webhook-version", "2.0", "--callback", callback.url()};
        words.insert(words.end(), more.begin(), more.end());
        CHECK(run(words).code == 0);
        std::vector<std::string> times;
        for (const std::string& body : callback.taken()) {
            const std::size_t at = body.find("eventTime\":\"");
            if (at != std::string::npos) times.push_back(body.substr(at + 12, 24));
        }
        std::ranges::sort(times);
        REQUIRE(times.size() == 2);
        return times;
    };
    CHECK(first_time({"--seed", "7"}) == Words{"2026-01-01T00:00:00.000Z", "2026-01-01T00:38:00.000Z"});
    CHECK(first_time({"--start-at", "2027-02-03T04:05:06Z"}).front() == "2027-02-03T04:05:06.000Z");
    const Words now = first_time({});
    CHECK(base::parse_instant(now.back()).value() <= base::SystemClock().now());
}

TEST_CASE("a run that fails fast begins nothing more, and one that takes too long ends", "[cli][run]") {
    const Stories stories;
    stories.folder.write("s/a.json",
                         R"({"formatVersion": 1, "name": "x", "steps": [{"verify": {}, "expect": {"status": 404}}]})");
    const auto fast = run({stories.path(""), "--built-in", "--fail-fast"});
    CHECK(fast.code == 4);
    CHECK(fast.out.find("3 not run") != std::string::npos);

    stories.folder.write("slow/a.json", R"({"formatVersion": 1, "name": "x", "steps": [{"wait": "9h"}]})");
    const auto slow =
        run({(stories.folder.path() / "slow").string(), "--built-in", "--realtime", "--max-time", "50ms"});
    CHECK(slow.code == 4);
    CHECK(slow.out.find("--max-time") != std::string::npos);
    CHECK(run({(stories.folder.path() / "slow").string(), "--built-in", "--speed", "1000000x"}).code == 0);
}

TEST_CASE("a signal ends a run at once, and the application with it", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string file =
        folder.write("a.json", R"({"formatVersion": 1, "name": "x", "steps": [{"verify": {}}, {"wait": "9h"}]})");
    for (const auto& [signal, code] : {std::pair(SIGINT, 130), std::pair(SIGTERM, 143)}) {
        const std::string pid = (folder.path() / "pid").string();
        Program program({.words = {"run", file, "--realtime", "-v", "--app",
                                   "echo $$ > " + pid + "; exec " + SMARTCAR_SIM_PROGRAM + " callback --port $PORT"},
                         .environment = {{"PATH", "/usr/bin:/bin"}}});
        program.err_line_with("verified");
        program.send(signal);
        CHECK(program.finish().code == code);
        CHECK(kill(std::stoi(content_of(pid)), 0) != 0);
    }
}

TEST_CASE("the application is told where everything is", "[cli][run]") {
    const Stories stories;
    const auto finished = run(
        {stories.path("a.json"), "--app", std::string("env; exec ") + SMARTCAR_SIM_PROGRAM + " callback --port $PORT"},
        {{"PATH", "/usr/bin:/bin"}});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 0);
    for (const std::string_view name :
         {"PORT", "APPLICATION_MANAGEMENT_TOKEN", "SMARTCAR_SIM_ORIGIN", "SMARTCAR_WEBHOOK_ID", "SMARTCAR_CLIENT_ID",
          "SMARTCAR_CLIENT_SECRET", "SMARTCAR_REDIRECT_URI", "SMARTCAR_API_ORIGIN", "SMARTCAR_AUTH_ORIGIN",
          "SMARTCAR_CONNECT_ORIGIN", "SMARTCAR_API_V3_ORIGIN", "SMARTCAR_VEHICLE_API_ORIGIN",
          "SMARTCAR_MANAGEMENT_API_ORIGIN"}) {
        CAPTURE(name);
        CHECK(finished.err.find("app | " + std::string(name) + "=") != std::string::npos);
    }
}

TEST_CASE("an application that goes in the middle of a run is told of with its last lines", "[cli][run]") {
    const Stories stories;
    stories.folder.write("s/a.json", R"({"formatVersion": 1, "name": "x", "steps": [{"verify": {}}, {"wait": "9h"}]})");
    const auto finished =
        run({stories.path("a.json"), "--realtime", "--app",
             std::string("timeout 0.5 ") + SMARTCAR_SIM_PROGRAM + " callback --port $PORT; echo gone; exit 9"},
            {{"PATH", "/usr/bin:/bin"}});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 3);
    CHECK(finished.out.find("the application ended with exit code 9") != std::string::npos);
    CHECK(finished.out.find("| gone") != std::string::npos);
}

TEST_CASE("reports are written, and on GitHub annotations and a summary", "[cli][run]") {
    const Stories stories;
    const std::string token = "a-secret-that-nobody-may-see";
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
                               "json=" + stories.path("r.jsonl")},
                              {{"APPLICATION_MANAGEMENT_TOKEN", token},
                               {"GITHUB_ACTIONS", "true"},
                               {"GITHUB_STEP_SUMMARY", stories.path("summary.md")}});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 4);
    CHECK(finished.out.find("::group::First") != std::string::npos);
    CHECK(finished.out.find("::error file=") != std::string::npos);
    std::string all = finished.out + finished.err;
    for (const std::string name : {"r.xml", "r.md", "r.jsonl", "summary.md"}) {
        const std::string content = content_of(stories.path(name));
        CHECK(content.find("CHARGING_STARTED") != std::string::npos);
        CHECK(content.find("500") != std::string::npos);
        all += content;
    }
    CHECK(all.find(token) == std::string::npos);
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

TEST_CASE("validate checks every kind of file and shows no secret", "[cli][run]") {
    const Stories stories;
    const auto validate = [](Words words) {
        words.insert(words.begin(), "validate");
        return Program({.words = std::move(words)}).finish();
    };
    const auto valid = validate(
        {stories.path(""), "fixtures/vehicles", stories.folder.write("smartcar-sim.json", R"({"formatVersion": 1})")});
    CAPTURE(valid.out, valid.err);
    CHECK(valid.code == 0);
    CHECK(valid.out.find("  scenario\n") != std::string::npos);
    CHECK(valid.out.find("  fixture\n") != std::string::npos);
    CHECK(valid.out.find("  configuration\n") != std::string::npos);
    const auto broken =
        validate({stories.folder.write("smartcar-sim.json", R"({"formatVersion": 1, "token": "hunter2hunter2"})")});
    CHECK(broken.code == 2);
    CHECK(broken.err.find("hunter2") == std::string::npos);
    CHECK(validate({stories.folder.write("v.json", R"({"vin": "x", "make": "TESLA"})")}).code == 2);
    CHECK(validate({stories.path("within/broken.json")}).code == 2);
    CHECK(validate({stories.path("nowhere.json")}).code == 1);
}

TEST_CASE("init writes what validate and run accept, and keeps what is there", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string mine = folder.write("smartcar-sim.json", R"({"formatVersion": 1})");
    const auto init =
        Program({.words = {"init", folder.path().string(), "--callback", "http://127.0.0.1:8000/x"}}).finish();
    CHECK(init.code == 0);
    CHECK(content_of(mine) == R"({"formatVersion": 1})");
    CHECK(init.out.find("kept  ") != std::string::npos);
    CHECK(content_of(folder.path() / "scenarios/scenario.schema.json") ==
          content_of(source_folder() + "/scenarios/scenario.schema.json"));
    CHECK(run({(folder.path() / "scenarios").string(), "--built-in"}).code == 0);
    const TemporaryFolder fresh;
    CHECK(Program({.words = {"init", fresh.path().string(), "--callback", "http://127.0.0.1:8000/x"}}).finish().code ==
          0);
    CHECK(content_of(fresh.path() / "smartcar-sim.json").find("http://127.0.0.1:8000/x") != std::string::npos);
}
