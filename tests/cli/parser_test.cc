#include "cli/parser.h"

#include "catch.h"
#include "cli/golden.h"

using namespace smartcar_sim;
using cli::OptionId;

namespace {

cli::ParsedLine parsed(const char* line) {
    const auto words = golden::split_words(line);
    const cli::Command* command = cli::find_command(words.front());
    REQUIRE(command != nullptr);
    const auto result = cli::parse_line(*command, std::span(words).subspan(1));
    INFO((result ? "" : result.error().message));
    REQUIRE(result.ok());
    return result.value();
}

std::vector<std::string> values(const cli::ParsedLine& line, OptionId id) {
    std::vector<std::string> found;
    for (const cli::Given& given : line.given) {
        if (given.id == id) found.push_back(given.value);
    }
    return found;
}

}  // namespace

TEST_CASE("a value may follow its option or be attached to it") {
    CHECK(values(parsed("verify --timeout 2s"), OptionId::kTimeout) == std::vector<std::string>{"2s"});
    CHECK(values(parsed("verify --timeout=2s"), OptionId::kTimeout) == std::vector<std::string>{"2s"});
    CHECK(values(parsed("verify -H 'A: b'"), OptionId::kHeader) == std::vector<std::string>{"A: b"});
    CHECK(values(parsed("verify '-HA: b'"), OptionId::kHeader) == std::vector<std::string>{"A: b"});
}

TEST_CASE("a value with commas, equal signs and a leading dash arrives whole") {
    const auto line = parsed(R"(send --test --set '/a={"x":1,"y":[2,3]}' --set /b=-1 --vehicle-id -)");
    CHECK(values(line, OptionId::kSet) == std::vector<std::string>{R"(/a={"x":1,"y":[2,3]})", "/b=-1"});
    CHECK(values(line, OptionId::kVehicleId) == std::vector<std::string>{"-"});
}

TEST_CASE("repeated options keep their order") {
    CHECK(values(parsed("verify -H 'A: 1' --header 'B: 2' -H 'A: 3'"), OptionId::kHeader) ==
          std::vector<std::string>{"A: 1", "B: 2", "A: 3"});
}

TEST_CASE("letters without a value can be written together") {
    const auto line = parsed("verify -vvq");
    CHECK(values(line, OptionId::kVerbose).size() == 2);
    CHECK(values(line, OptionId::kQuiet).size() == 1);
}

TEST_CASE("arguments and options may be mixed, and after -- everything is an argument") {
    CHECK(parsed("send CHARGING_STARTED --timeout 1s").arguments == std::vector<std::string>{"CHARGING_STARTED"});
    CHECK(parsed("send --timeout 1s CHARGING_STARTED").arguments == std::vector<std::string>{"CHARGING_STARTED"});
    CHECK(parsed("send -- --odd-name.json").arguments == std::vector<std::string>{"--odd-name.json"});
}

TEST_CASE("one spelling means what the command at hand says") {
    CHECK(values(parsed("serve --port 1"), OptionId::kPort).size() == 1);
    CHECK(values(parsed("callback --port 1"), OptionId::kReceiverPort).size() == 1);
    CHECK(values(parsed("demo --port 1"), OptionId::kPlatformPort).size() == 1);
}
