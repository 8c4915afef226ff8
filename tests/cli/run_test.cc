// `run`, `validate` and `init` on the program itself: what is selected, what is sent, how it ends.
#include <algorithm>
#include <csignal>
#include <regex>
#include <set>

#include "base/text.h"
#include "catch.h"
#include "cli/golden.h"
#include "cli/peers.h"
#include "cli/program.h"
#include "cli/stories.h"
#include "document/json.h"
#include "document/pointer.h"
#include "http/server.h"
#include "platform/development_values.h"
#include "receiver/behaviours.h"
#include "receiver/receiver.h"
#include "source_folder.h"

using namespace smartcar_sim;

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

TEST_CASE("shards do not depend on the order in which files are named", "[cli][run]") {
    const Stories stories;
    const Words files{stories.path("a.json"), stories.path("b.json"), stories.path("c.json"), stories.path("d.json")};
    for (const int parts : {2, 3, 4}) {
        for (int part = 1; part <= parts; ++part) {
            Words forwards = files;
            Words backwards(files.rbegin(), files.rend());
            for (Words* words : {&forwards, &backwards}) {
                words->insert(words->end(), {"--list", "--shard", std::to_string(part) + "/" + std::to_string(parts)});
            }
            CHECK(run(forwards).out == run(backwards).out);
        }
    }
}

TEST_CASE("a file for both versions is played in each, or in the one that is asked for", "[cli][run]") {
    const TemporaryFolder folder;
    std::string both = story("Both");
    both.insert(1, R"("webhook": {"version": ["2.0", "4.0"]}, )");
    both.replace(both.find(R"("CHARGING_STARTED")"), 18,
                 R"({"event": {"2.0": "CHARGING_STARTED", "4.0": "VEHICLE_STATE"}})");
    const std::string file = folder.write("both.json", both);
    const std::vector<std::pair<Words, Words>> rows{
        {{}, {"2.0", "4.0"}}, {{"--webhook-version", "2.0"}, {"2.0"}}, {{"--webhook-version", "4.0"}, {"4.0"}}};
    for (const auto& [chosen, versions] : rows) {
        Words words{file, "--built-in"};
        words.insert(words.end(), chosen.begin(), chosen.end());
        const auto played = run(words);
        CAPTURE(played.out, played.err);
        CHECK(played.code == 0);
        CHECK(played.out.find("passed: " + std::to_string(versions.size()) + " scenario") != std::string::npos);
        words.emplace_back("--list");
        const auto listed = run(words);
        CHECK(listed.out == file + "  Both  " + (versions.size() == 2 ? "2.0, 4.0" : versions.front()) + "\n");
        for (const std::string& version : versions) {
            CHECK(played.out.find("Both (" + version + ")") != std::string::npos);
        }
    }
    CHECK(run({file, "--list", "--json"}).out == R"({"type":"scenario","file":")" + file +
                                                     R"(","name":"Both","versions":["2.0","4.0"],"tags":["none"]})" +
                                                     "\n");
}

TEST_CASE("list scenarios has every shipped file, by the name that run takes", "[cli][run]") {
    const auto listed = Program({.words = {"list", "scenarios"}}).finish();
    CHECK(listed.code == 0);
    std::istringstream lines(listed.out);
    Words words;
    for (std::string line; std::getline(lines, line);) words.push_back(line.substr(0, line.find(' ')));
    std::size_t files = 0;
    for (const char* const folder : {"/scenarios", "/scenarios/with-app"}) {
        for (const auto& entry : std::filesystem::directory_iterator(source_folder() + folder)) {
            const std::string name = entry.path().filename().string();
            if (name.ends_with(".json") && !name.ends_with(".schema.json")) ++files;
        }
    }
    CHECK(words.size() == files);
    words.emplace_back("--list");
    CHECK(files_in(run(words).out).size() == files);
}

TEST_CASE("nothing selected is never a success, and says why", "[cli][run]") {
    const Stories stories;
    const std::string all = (stories.folder.path() / "s").string();
    stories.folder.write("of-their-own/command.json",
                         R"({"formatVersion": 1, "name": "x", "steps": [{"probe": {"command": "true"}}]})");
    stories.folder.write("of-their-own/counts.json", R"({"formatVersion": 1, "name": "x", "steps": [{"verify": {}}],
      "teardown": [{"expectCalls": {"method": "GET", "path": "/x", "exactly": 0}}]})");
    stories.folder.write("of-their-own/fails.json", R"({"formatVersion": 1, "name": "x", "steps": [
      {"repeat": {"times": 2, "steps": [{"apiFault": {"endpoint": "*", "status": 503}}]}}]})");
    const auto own = [&](const std::string& name) { return (stories.folder.path() / "of-their-own" / name).string(); };
    const std::vector<std::pair<Words, std::string>> rows{
        {{stories.folder.write("of-their-own/other.json",
                               R"({"formatVersion": 1, "name": "x", "steps": [{"only": "4.0", "verify": {}}]})"),
          "--built-in"},
         "other.json: none of its steps is for version 2.0"},
        {{all, "--built-in", "--report", "json=" + own("r"), "--report", "md=" + own("r")}, "is given twice"},
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
        {{all, "--built-in", "--speed", "60x", "--realtime"}, "leave out the one or the other"},
        {{all, "--built-in", "--start-at", "today"}, "is no instant such as"},
        {{all, "--built-in", "--report", "htm=x"}, "did you mean \"html\"?"},
        {{all, "--built-in", "--behave", "upper-case-hsah"}, "did you mean \"upper-case-hash\"?"},
        {{"with-app/new-user-connects", "--built-in", "--jobs", "2"}, "leave out --jobs"},
        {{own("counts.json"), "--built-in", "--jobs", "2"}, "leave out --jobs"},
        {{own("fails.json"), "--built-in", "--jobs", "2"}, "leave out --jobs"},
        {{all, "--app", "true", "--jobs", "2"}, "leave out --jobs"},
        {{own("command.json"), "--built-in"}, "add --allow-commands"},
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
    fakes::LiveCallback callback;
    const auto finished =
        run({stories.path(""), "--callback", callback.url(), "--app", "touch " + stories.path("started")});
    CHECK(finished.code == 2);
    CHECK(taken_bytes(callback).empty());
    CHECK_FALSE(std::filesystem::exists(stories.path("started")));
    for (const std::string_view part :
         {"unknown member \"sned\"; did you mean \"send\"?", "must be a duration", "f.json:1:2"}) {
        CAPTURE(finished.err);
        CHECK(finished.err.find(part) != std::string::npos);
    }
}

TEST_CASE("a file without a step for its version is told of, not lost", "[cli][run]") {
    const Stories stories;
    stories.folder.write("s/other.json",
                         R"({"formatVersion": 1, "name": "x", "steps": [{"only": "4.0", "verify": {}}]})");
    const auto finished = run({stories.path(""), "--built-in", "--json"});
    CHECK(finished.code == 0);
    CHECK(finished.out.find(R"("skipped":"none of its steps is for version 2.0")") != std::string::npos);
    CHECK(finished.out.find(R"("scenarios":5,"passed":4,"failed":0,"errors":0,"skipped":1)") != std::string::npos);
}

TEST_CASE("a webhook's members say its version when nothing else does", "[cli][run]") {
    const Stories stories;
    const std::string doc = stories.folder.write("s/doc.json", R"({"formatVersion": 1, "name": "x",
      "webhook": {"dialect": "doc"}, "steps": [{"verify": {}}]})");
    const std::string events = stories.folder.write("s/events.json", R"({"formatVersion": 1, "name": "x",
      "webhook": {"events": ["CHARGING_STARTED"]}, "steps": [{"verify": {}}]})");
    const auto in_doc = run({doc, "--built-in", "-v"});
    CHECK(in_doc.code == 0);
    CHECK(in_doc.out.find(R"("eventType":"VERIFY")") != std::string::npos);
    CHECK(run({events, "--built-in"}).code == 0);
    CHECK(run({events, "--built-in", "--webhook-version", "4.0"}).code == 1);
}

TEST_CASE("several jobs that the environment asks for give way to one platform, and those of the command line do not",
          "[cli][run]") {
    const Stories stories;
    const std::string counts = stories.folder.write("s/counts.json", R"({"formatVersion": 1, "name": "x",
      "steps": [{"expectCalls": {"path": "/x", "exactly": 0}}]})");
    CHECK(run({counts, "--built-in"}, {{"SMARTCAR_SIM_JOBS", "4"}}).code == 0);
    const auto port = run({stories.path("a.json"), "--built-in", "--port", "1", "--jobs", "2"});
    CHECK(port.code == 1);
    CHECK(port.err.find("--port is the address of one platform; leave out --jobs") != std::string::npos);
}

TEST_CASE("damaged files are never sent", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string whole = content_of(source_folder() + "/scenarios/forgeries-refused.json");
    fakes::LiveCallback callback;
    // Cut where it is not whole any more, and with a letter too many in each tenth.
    for (std::size_t i = 1; i < 10; ++i) {
        std::string damaged = whole;
        damaged.insert(whole.size() * i / 10, "\"x\"x");
        folder.write("s/" + std::to_string(i) + ".json", damaged);
        folder.write("s/cut" + std::to_string(i) + ".json", whole.substr(0, whole.size() * i / 10));
    }
    const auto finished = run({(folder.path() / "s").string(), "--callback", callback.url()});
    CHECK(finished.code == 2);
    CHECK(taken_bytes(callback).empty());
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
        {{one, "--built-in", "--report", "md=" + stories.path("no/folder.md")}, 3, "folder.md: No such file"},
        {{one, "--app", "exit 7"}, 3, "the application ended with exit code 7 before it answered"},
        {{one, "--app", "echo cannot start; exit 1"}, 3, "cannot start"},
        {{one, "--app", "sleep 30", "--wait-timeout", "100ms"}, 3, "within 100ms"},
        {{one, "--callback", "http://8.8.8.8/"}, 3, "--remote"},
        {{one, "--built-in", "--wait-for", peers.url_of("nobody"), "--wait-timeout", "50ms"}, 3, "within 50ms"},
        {{one, "--built-in", "--wait-for", peers.url_of("answers-404")}, 0, ""},
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

TEST_CASE("a callback that answered once and then is gone has failed", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string gone = (folder.path() / "gone").string();
    // The command ends when the callback has.
    const std::string file = folder.write(
        "a.json", R"({"formatVersion": 1, "name": "x", "vehicles": {"car": {"fixture": "tesla-model-3-2020"}},
          "steps": [{"verify": {}}, {"subscribe": "car"}, {"probe": {"command": "until [ -e )" +
                      gone + R"( ]; do sleep 0.01; done", "within": "30s"}}, {"send": "CHARGING_STARTED"}]})");
    auto callback = std::make_unique<fakes::LiveCallback>();
    Program program({.words = {"run", file, "--callback", callback->url(), "--allow-commands", "-v"},
                     .environment = environment_of_shell()});
    program.err_line_with("verified");
    callback.reset();
    folder.write("gone", "");
    const auto finished = program.finish();
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 4);
    CHECK(finished.out.find("connection refused") != std::string::npos);
}

TEST_CASE("what is a warning is a failure when that is asked for", "[cli][run]") {
    const Stories stories;
    const receiver::Receiver receiver(
        base::Secret(std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented));
    const auto created = http::Server::start({}, [&](const contract::Request& request) {
                             contract::Response response = receiver.handle(request).response;
                             response.status = 201;
                             return response;
                         }).value();
    const Words words{stories.path("a.json"), "--callback", created->origin() + "/w"};
    CHECK(run(words).code == 0);
    Words strict = words;
    strict.emplace_back("--strict");
    const auto finished = run(strict);
    CHECK(finished.code == 4);
    CHECK(finished.out.find("201") != std::string::npos);
}

TEST_CASE("a variable that a scenario names is asked for, and not shown when it is a secret", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string file = folder.write("a.json", R"({"formatVersion": 1, "name": "x", "env": ["MY_API_KEY"],
      "steps": [{"probe": {"command": "echo {env.MY_API_KEY}; exit 1"}}]})");
    const Words words{file, "--built-in", "--allow-commands", "-v"};
    const auto without = run(words);
    CHECK(without.code == 2);
    CHECK(without.err.find("MY_API_KEY, which is not set") != std::string::npos);
    auto environment = environment_of_shell();
    environment["MY_API_KEY"] = "hunter2hunter2";
    const auto with = run(words, environment);
    CAPTURE(with.out, with.err);
    CHECK(with.code == 4);
    CHECK(with.out.find("exit") != std::string::npos);
    CHECK((with.out + with.err).find("hunter2hunter2") == std::string::npos);
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
    // The others err where only an audit asks: docs/audit-matrix.md.
    for (const std::string_view id :
         {"echo-challenge", "upper-case-hash", "swapped-arguments", "whole-body-hash", "wrong-field", "text-answer",
          "verify-needs-signature", "reserialised-body", "no-signature-check", "slow"}) {
        const receiver::Behaviour& behaviour = *receiver::find_behaviour(id).value();
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
    fakes::LiveCallback callback;
    const auto played = [&](Words more) {
        Words words{"scenarios", "--callback", callback.url()};
        words.insert(words.end(), more.begin(), more.end());
        CHECK(run(words).code == 0);
        return taken_bytes(callback);
    };
    const Words one = played({"--seed", "7", "--jobs", "1"});
    CHECK(one.size() > 200);
    CHECK(one == played({"--seed", "7", "--jobs", "8"}));

    // Two runs that nobody gave a seed share no event id.
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

TEST_CASE("no event id stands for two events in the scenarios of a run", "[cli][run]") {
    fakes::LiveCallback callback;
    const auto finished = run({"scenarios", "--callback", callback.url(), "--seed", "7"});
    CHECK(finished.code == 0);
    // What makes an event another one; a delivery of it may be repeated, and a forgery of it be damaged.
    std::map<std::string, std::set<std::string>> events;
    for (const auto& taken : callback.taken()) {
        if (taken.handled.response.status != 200) continue;
        const auto body = document::parse(taken.request.body);
        if (!body.ok()) continue;
        const auto text = [&](std::string_view pointer) {
            const auto found = document::find(body.value(), pointer);
            const bool is_text = found.ok() && found.value() != nullptr && found.value()->string() != nullptr;
            return is_text ? *found.value()->string() : std::string();
        };
        const std::string id = text("/payload/eventId") + text("/eventId");
        if (id.empty() || id.starts_with("d0c0ffee")) continue;  // written so in the file
        events[id].insert(text("/payload/eventType") + text("/eventType") + " " + text("/payload/vehicleId") +
                          text("/data/vehicle/id") + text("/data/challenge") + " " + text("/payload/eventTime") + " " +
                          text("/webhookId") + text("/meta/webhookId"));
    }
    CHECK(events.size() > 100);
    for (const auto& [id, meanings] : events) {
        CAPTURE(id, meanings);
        CHECK(meanings.size() == 1);
    }
}

TEST_CASE("the platform's clock begins where it is told, and else nothing is dated in the future", "[cli][run]") {
    fakes::LiveCallback callback;
    const auto first_time = [&](Words more) {
        Words words{"charging-session", "--webhook-version", "2.0", "--callback", callback.url()};
        words.insert(words.end(), more.begin(), more.end());
        CHECK(run(words).code == 0);
        std::vector<std::string> times;
        for (const std::string& body : taken_bytes(callback)) {
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
    // Nine hours at a million to one take 32 ms at least.
    const auto live = run({(stories.folder.path() / "slow").string(), "--built-in", "--speed", "1000000x", "--json"});
    CHECK(live.code == 0);
    static const std::regex kTook(R"re("type":"summary".*"milliseconds":(\d+),"slowest")re");
    std::smatch took;
    REQUIRE(std::regex_search(live.out, took, kTook));
    CHECK(std::stoi(took[1]) >= 32);
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
    const auto tesla = document::read_text(source_folder() + "/fixtures/vehicles/tesla-model-3-2020.json");
    REQUIRE(tesla.ok());
    const auto twins = validate({stories.folder.write("twin.json", tesla.value())});
    CHECK(twins.code == 2);
    CHECK(validate({stories.folder.write("tesla-model-3-2020.json", tesla.value())}).code == 0);
    CHECK(twins.err.find("twin.json:4:9: the vehicles \"tesla-model-3-2020\" and \"twin\" have one id") !=
          std::string::npos);

    // One file of each kind is enough to make the whole invalid, and the rest is checked all the same.
    const auto mixed = validate({stories.path("within/broken.json"), stories.path("a.json"), "--json"});
    CHECK(mixed.code == 2);
    CHECK(mixed.out == R"({"type":"valid","file":")" + stories.path("a.json") + R"(","kind":"scenario"})" + "\n");
    const auto error = document::parse(mixed.err);
    REQUIRE(error.ok());
    CHECK(*error.value().find("type")->string() == "error");
    CHECK(*error.value().find("file")->string() == stories.path("within/broken.json"));
    CHECK(error.value().find("line") != nullptr);
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

    const auto valid = Program({.words = {"validate", (fresh.path() / "smartcar-sim.json").string(),
                                          (fresh.path() / "scenarios").string()}})
                           .finish();
    CHECK(valid.code == 0);
    CHECK(std::ranges::count(valid.out, '\n') == 2);
    // The configuration of another folder is not found from here.
    CHECK(init.err.find("/scenarios --callback http://127.0.0.1:8000/x\n") != std::string::npos);
    const auto nowhere = Program({.words = {"init", mine}}).finish();
    CHECK(nowhere.code == 3);
    CHECK(nowhere.err.find("cannot write") != std::string::npos);
}
