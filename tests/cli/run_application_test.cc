// `run --app`: the application under test is started, told where everything is, watched, and ended with all it started.
#include <algorithm>
#include <csignal>
#include <sstream>

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include "catch.h"
#include "cli/program.h"
#include "cli/stories.h"
#include "cli/temporary_folder.h"

TEST_CASE("a signal ends a run at once, and the application with it", "[cli][run]") {
    const TemporaryFolder folder;
    const std::string file =
        folder.write("a.json", R"({"formatVersion": 1, "name": "x", "steps": [{"verify": {}}, {"wait": "9h"}]})");
    for (const auto& [signal, code] : {std::pair(SIGINT, 130), std::pair(SIGTERM, 143)}) {
        const std::string pid = (folder.path() / "pid").string();
        Program program({.words = {"run", file, "--realtime", "-v", "--app",
                                   "echo $$ > " + pid + "; exec " + callback_application()},
                         .environment = environment_of_shell()});
        program.err_line_with("verified");
        program.send(signal);
        CHECK(program.finish().code == code);
        CHECK(kill(std::stoi(content_of(pid)), 0) != 0);
    }
}

TEST_CASE("the application is told where everything is", "[cli][run]") {
    const Stories stories;
    const auto finished =
        run({stories.path("a.json"), "--app", "env; exec " + callback_application()}, environment_of_shell());
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
    const std::string go = stories.path("go");
    stories.folder.write("s/a.json", R"({"formatVersion": 1, "name": "x",
      "steps": [{"verify": {}}, {"probe": {"command": "touch )" +
                                         go + R"("}}, {"wait": "9h"}]})");
    const auto finished =
        run({stories.path("a.json"), "--realtime", "--allow-commands", "--report", "junit=" + stories.path("r.xml"),
             "--app",
             callback_application() + " & until [ -e " + go +
                 " ]; do sleep 0.01; done; for i in $(seq 70); do echo line $i; done; echo gone; exit 9"},
            environment_of_shell());
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 3);
    CHECK(finished.out.find("the application ended with exit code 9") != std::string::npos);
    CHECK(finished.out.find("| line 22\n") != std::string::npos);
    CHECK(finished.out.find("| line 21\n") == std::string::npos);
    CHECK(finished.out.find("| gone") != std::string::npos);
    const std::string report = content_of(stories.path("r.xml"));
    CHECK(report.find(R"(<error message="the application ended with exit code 9" type="environment">)") !=
          std::string::npos);
    CHECK(report.find(R"(failures="0" errors="1")") != std::string::npos);
}

TEST_CASE("what listens in the application's place before it is started is not taken for it", "[cli][run]") {
    const Stories stories;
    smartcar_sim::fakes::LiveCallback other;
    const auto finished =
        run({stories.path("a.json"), "--callback", other.url(), "--app", "touch " + stories.path("started")});
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 3);
    CHECK(finished.err.find("something else listens at") != std::string::npos);
    CHECK(other.taken().empty());
    CHECK_FALSE(std::filesystem::exists(stories.path("started")));
}

TEST_CASE("a token that a scenario rotates to shows nowhere, whatever its variable is called", "[cli][run]") {
    const Stories stories;
    stories.folder.write(
        "s/a.json",
        R"({"formatVersion": 1, "name": "x", "env": ["NEXT"], "vehicles": {"car": {"fixture": "tesla-model-3-2020"}},
      "steps": [{"verify": {}}, {"rotateToken": {"token": "{env.NEXT}"}}, {"rotateToken": {"token": "literally-in-the-file"}},
                {"probe": {"url": "/x", "requestHeaders": {"x-api": "{env.NEXT} literally-in-the-file"}, "status": 599}}]})");
    const auto finished = run({stories.path("a.json"), "--built-in", "-v", "--report", "json=" + stories.path("r")},
                              {{"NEXT", "supersecretvalue1234"}});
    const std::string all = finished.out + finished.err + content_of(stories.path("r"));
    CHECK(finished.code == 4);
    CHECK(all.find("supersecretvalue") == std::string::npos);
    CHECK(all.find("literally-in-the") == std::string::npos);
}

TEST_CASE("a command that takes longer than it may fails its probe", "[cli][run]") {
    const Stories stories;
    stories.folder.write(
        "s/a.json",
        R"({"formatVersion": 1, "name": "x", "steps": [{"probe": {"command": "sleep 60", "within": "100ms"}}]})");
    const auto finished = run({stories.path("a.json"), "--built-in", "--allow-commands"});
    CHECK(finished.code == 4);
    CHECK(finished.out.find("it did not end within 100ms") != std::string::npos);
}

TEST_CASE("what an application has started ends with it", "[cli][run]") {
    const Stories stories;
    const std::string pids = stories.path("pids");
    const auto finished = run({stories.path("a.json"), "--app",
                               "sleep 600 & echo $! > " + pids + "; (sleep 600 & echo $! >> " + pids +
                                   "; wait) & exec " + callback_application()},
                              environment_of_shell());
    CHECK(finished.code == 0);
    std::istringstream lines(content_of(pids));
    int count = 0;
    for (int pid = 0; lines >> pid; ++count) CHECK(kill(pid, 0) != 0);
    CHECK(count == 2);
}

TEST_CASE("a signal ends the wait for an application that never answers, and the reports say so", "[cli][run]") {
    const Stories stories;
    Program program({.words = {"run", stories.path("a.json"), "--report", "junit=" + stories.path("r.xml"), "--app",
                               "echo up; exec sleep 600"},
                     .environment = environment_of_shell()});
    program.err_line_with("app | up");
    program.send(SIGTERM);
    CHECK(program.finish().code == 143);
    const std::string report = content_of(stories.path("r.xml"));
    CHECK(report.find(R"(<skipped message="terminated"/>)") != std::string::npos);
}

TEST_CASE("an application's output shows no token that was supplied, and nothing at all with -q", "[cli][run]") {
    const Stories stories;
    auto environment = environment_of_shell();
    environment["APPLICATION_MANAGEMENT_TOKEN"] = R"(a-"token"-<with>-&-\-in-it)";
    Words words{stories.path("a.json"), "--app",
                "env; echo \"$APPLICATION_MANAGEMENT_TOKEN\"; exec " + callback_application()};
    const auto finished = run(words, environment);
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 0);
    CHECK(finished.err.find("APPLICATION_MANAGEMENT_TOKEN=") != std::string::npos);
    CHECK(finished.err.find("\"token\"") == std::string::npos);
    words.emplace_back("-q");
    const auto quiet = run(words, environment);
    CHECK(quiet.code == 0);
    CHECK(quiet.out.empty());
    CHECK(quiet.err.empty());
}

TEST_CASE("a second signal kills an application that heeds none", "[cli][run]") {
    // It was left behind, and kept its port.
    const Stories stories;
    const std::string alive = stories.path("alive");  // as long as somebody holds it open
    REQUIRE(mkfifo(alive.c_str(), S_IRUSR | S_IWUSR) == 0);
    Program program({.words = {"run", stories.path("a.json"), "--app",
                               "exec 9<>" + alive + "; trap 'echo asked' TERM; echo up; while :; do sleep 0.02; done"},
                     .environment = environment_of_shell()});
    program.err_line_with("app | up");
    pollfd end{.fd = open(alive.c_str(), O_RDONLY | O_CLOEXEC), .events = 0, .revents = 0};
    REQUIRE(end.fd >= 0);
    program.send(SIGTERM);
    program.err_line_with("app | asked");
    program.send(SIGTERM);
    CHECK(program.finish().code == 143);
    constexpr int kPatience = 30'000;
    CHECK(poll(&end, 1, kPatience) == 1);
    close(end.fd);
}

TEST_CASE("the time that a run may take includes the wait for the application", "[cli][run]") {
    const Stories stories;
    const auto finished =
        run({stories.path("a.json"), "--max-time", "50ms", "--app", "exec sleep 600"}, environment_of_shell());
    CAPTURE(finished.out, finished.err);
    CHECK(finished.code == 4);
    CHECK(finished.err.find("the run took longer than --max-time 50ms; nothing had answered at") != std::string::npos);
}

TEST_CASE("an application that does not listen where it was told is told of its port", "[cli][run]") {
    const Stories stories;
    const auto finished =
        run({stories.path("a.json"), "--wait-timeout", "50ms", "--app", "exec sleep 600"}, environment_of_shell());
    CHECK(finished.code == 3);
    CHECK(finished.err.find("does not listen on the port in PORT, which is ") != std::string::npos);
    CHECK(finished.err.find("--wait-timeout") != std::string::npos);
}

TEST_CASE("the last lines of an application that never answered are in the reports, and cannot command a terminal",
          "[cli][run]") {
    const Stories stories;
    const auto finished = run({stories.path("a.json"), "--report", "json=" + stories.path("r"), "--app",
                               R"(printf 'no \033]0;title\007\n'; exit 9)"},
                              environment_of_shell());
    CHECK(finished.code == 3);
    CHECK(finished.err.find("app | no ") != std::string::npos);
    CHECK(finished.err.find('\033') == std::string::npos);
    CHECK(
        content_of(stories.path("r")).find(R"("error":"the application ended with exit code 9 before it answered")") !=
        std::string::npos);
    CHECK(content_of(stories.path("r")).find(R"("applicationOutput":["no )") != std::string::npos);
}
