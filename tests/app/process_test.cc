// Shell commands: what they write, how they end, and that nothing of them is left.
#include "app/process.h"

#include <cerrno>
#include <condition_variable>
#include <csignal>
#include <mutex>
#include <thread>

#include "app/application.h"
#include "catch.h"

namespace smartcar_sim::app {
namespace {

constexpr base::Milliseconds kPatience = std::chrono::seconds(30);  // never reached when all is well
constexpr base::Milliseconds kBrief{100};

struct Ran {
    std::optional<int> code;
    std::vector<std::string> lines;
};

Ran run(const std::string& command, const Process::Variables& variables = {}) {
    std::mutex mutex;
    Ran ran;
    auto process = Process::start(command, variables, [&](std::string_view line) {
        const std::lock_guard lock(mutex);
        ran.lines.emplace_back(line);
    });
    REQUIRE(process.ok());
    ran.code = process.value()->wait(kPatience);
    process.value().reset();
    return ran;
}

TEST_CASE("a command's output is told line by line, of both streams", "[app][process]") {
    const Ran ran = run("printf 'a\\r\\nb\\n\\nno end'; printf '\\nfrom stderr\\n' >&2; exit 3");
    CHECK(ran.code == 3);
    CHECK(ran.lines == std::vector<std::string>{"a", "b", "", "no end", "from stderr"});
}

TEST_CASE("a command sees the variables given instead of those there were", "[app][process]") {
    CHECK(run("echo $HOME $NEW", {{"HOME", "mine"}, {"NEW", "a b"}}).lines == std::vector<std::string>{"mine a b"});
}

TEST_CASE("a command reads nothing and inherits no blocked signal", "[app][process]") {
    sigset_t blocked;
    sigset_t before;
    sigemptyset(&blocked);
    sigaddset(&blocked, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &blocked, &before);
    const Ran ran = run("cat; kill -TERM $$; echo survived");
    pthread_sigmask(SIG_SETMASK, &before, nullptr);
    CHECK(ran.code == 128 + SIGTERM);
    CHECK(ran.lines.empty());
}

// The ids a command prints before it would go on for long.
struct Started {
    explicit Started(const std::string& command) {
        auto started = Process::start(command, {}, [this](std::string_view line) {
            const std::lock_guard lock(mutex);
            lines.emplace_back(line);
            said.notify_all();
        });
        REQUIRE(started.ok());
        process = std::move(started).value();
    }
    std::vector<std::string> wait_for(std::size_t count) {
        std::unique_lock lock(mutex);
        REQUIRE(said.wait_for(lock, kPatience, [&] { return lines.size() >= count; }));
        return lines;
    }
    std::mutex mutex;
    std::condition_variable said;
    std::vector<std::string> lines;
    std::unique_ptr<Process> process;
};

bool is_there(const std::string& pid) { return kill(std::stoi(pid), 0) == 0 || errno != ESRCH; }

TEST_CASE("a command that is stopped ends with all it started", "[app][process]") {
    Started started("sleep 600 & echo $!; (sleep 600 & echo $!; wait) & wait");
    const auto pids = started.wait_for(2);
    started.process->stop(kPatience);
    for (const std::string& pid : pids) CHECK_FALSE(is_there(pid));
    CHECK(started.process->exit_code().has_value());
}

TEST_CASE("a command that does not heed TERM is killed when patience ends", "[app][process]") {
    Started started("trap '' TERM; echo $$; while :; do sleep 600; done");
    const auto pids = started.wait_for(1);
    started.process->stop(kBrief);
    CHECK_FALSE(is_there(pids.front()));
    CHECK(started.process->exit_code() == 128 + SIGKILL);
}

TEST_CASE("a command that still runs has no exit code, and is ended with its object", "[app][process]") {
    std::string pid;
    {
        Started started("echo $$; sleep 600");
        pid = started.wait_for(1).front();
        CHECK_FALSE(started.process->exit_code());
        CHECK_FALSE(started.process->wait(base::Milliseconds(1)));
    }
    CHECK_FALSE(is_there(pid));
}

TEST_CASE("an application's last fifty lines are kept", "[app][process]") {
    std::mutex mutex;
    std::condition_variable said;
    int told = 0;
    auto application =
        Application::start("i=0; while [ $i -lt 60 ]; do i=$((i+1)); echo line $i; done", {}, [&](std::string_view) {
            const std::lock_guard lock(mutex);
            ++told;
            said.notify_all();
        });
    REQUIRE(application.ok());
    {
        std::unique_lock lock(mutex);
        REQUIRE(said.wait_for(lock, kPatience, [&] { return told == 60; }));
    }
    const auto lines = application.value()->last_lines();
    CHECK(lines.size() == Application::kKeptLines);
    CHECK(lines.front() == "line 11");
    CHECK(lines.back() == "line 60");
}

// It was told to have ended without a word when nobody had read yet what it said.
TEST_CASE("the last lines of an application that has ended are all there", "[app][process]") {
    for (int i = 0; i < 50; ++i) {
        auto application = Application::start("echo cannot bind; exit 9", {}, [](std::string_view) {});
        REQUIRE(application.ok());
        while (!application.value()->exit_code()) std::this_thread::yield();
        CHECK(application.value()->last_lines() == std::vector<std::string>{"cannot bind"});
    }
}

TEST_CASE("what an application leaves behind does not keep its last lines from being told", "[app][process]") {
    auto application = Application::start("yes & exit 9", {}, [](std::string_view) {});
    REQUIRE(application.ok());
    while (!application.value()->exit_code()) std::this_thread::yield();
    CHECK(application.value()->last_lines().size() <= Application::kKeptLines);
}

TEST_CASE("an application is told what the official SDKs read", "[app][process]") {
    platform::Configuration configuration;
    const base::Url callback{.scheme = "http", .host = "127.0.0.1", .port = 4321, .target = "/webhooks"};
    const auto variables = variables_for(configuration, "http://127.0.0.1:8080", callback);
    CHECK(variables.at("PORT") == "4321");
    CHECK(variables.at("SMARTCAR_REDIRECT_URI") == "http://127.0.0.1:4321/exchange");
    CHECK(variables.at("SMARTCAR_AUTH_ORIGIN") == "http://127.0.0.1:8080");
    CHECK(variables.at("APPLICATION_MANAGEMENT_TOKEN") == configuration.application_management_token.reveal());
    CHECK(variables.at("SMARTCAR_WEBHOOK_ID") == platform::development_webhook_id(0));
    configuration.webhook_ids = {"mine"};
    CHECK(variables_for(configuration, "", callback).at("SMARTCAR_WEBHOOK_ID") == "mine");
}

}  // namespace
}  // namespace smartcar_sim::app
