// What a scenario reaches beyond its platform: commands, the application's calls, and the end of a run.
#include "app/outside.h"

#include <thread>

#include "an_instance.h"
#include "catch.h"
#include "cli/temporary_folder.h"

namespace smartcar_sim::app {
namespace {

constexpr base::Milliseconds kPatience = std::chrono::seconds(30);  // never reached when all is well

struct Beyond {
    std::unique_ptr<Instance> instance = an_instance();
    CalledOff called_off;
    InstanceOutside outside{*instance, called_off};
};

TEST_CASE("a command's answer is how it ended and all it wrote", "[app][outside]") {
    Beyond beyond;
    struct Row {
        std::string line;
        int code;
        std::string output;
    };
    const std::vector<Row> rows{
        {"true", 0, ""},
        {"echo one; echo two >&2; exit 7", 7, "one\ntwo"},
        {"printf 'no end'", 0, "no end"},
        {"echo; echo below", 0, "\nbelow"},
        {"kill -KILL $$", 137, ""},
        {"no-such-command 2>/dev/null", 127, ""},
        {"sleep 600 & echo in front", 0, "in front"},
    };
    for (const Row& row : rows) {
        const auto answer = beyond.outside.command(row.line, kPatience);
        CAPTURE(row.line);
        REQUIRE(answer.ok());
        CHECK(answer.value().exit_code == row.code);
        CHECK(answer.value().output == row.output);
    }
}

TEST_CASE("a command that takes too long is ended", "[app][outside]") {
    Beyond beyond;
    const auto answer = beyond.outside.command("echo begun; sleep 600", base::Milliseconds(20));
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().code == "command_failed");
    CHECK(answer.error().message == "it did not end within 20ms");
}

// A command went on until its time was up, and the program with it, after Ctrl-C.
TEST_CASE("a command ends with a run that is called off", "[app][outside]") {
    Beyond beyond;
    std::thread caller([&] { beyond.called_off.call_off(CalledOff::Kind::kSignal, "interrupted"); });
    const auto answer = beyond.outside.command("sleep 600", kPatience);
    caller.join();
    REQUIRE_FALSE(answer.ok());
    CHECK(answer.error().message == "interrupted");
    CHECK(beyond.outside.called_off() == "interrupted");
    CHECK_FALSE(beyond.outside.pause(kPatience));
}

TEST_CASE("the calls of the application are told in their order", "[app][outside]") {
    Beyond beyond;
    for (const std::string target : {"/v2.0/vehicles", "/nowhere?a=b"}) {
        contract::Request request;
        request.method = "GET";
        request.target = target;
        static_cast<void>(beyond.instance->answer(request));
    }
    const auto calls = beyond.outside.calls();
    REQUIRE(calls.size() == 2);
    CHECK(calls[0].method == "GET");
    CHECK(calls[0].target == "/v2.0/vehicles");
    CHECK(calls[0].status == 401);
    CHECK(calls[1].target == "/nowhere?a=b");
    CHECK(calls[1].status == 404);
}

}  // namespace
}  // namespace smartcar_sim::app
