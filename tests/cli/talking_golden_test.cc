// Transcripts of the commands that talk to somebody: {NAME} in a command line is one of Peers.
#include <algorithm>
#include <filesystem>

#include "catch.h"
#include "cli/golden.h"
#include "cli/peers.h"
#include "source_folder.h"

namespace {

std::string played(const golden::Case& written) {
    Peers peers;
    golden::Case one = written;
    one.line = with_peers(one.line, peers);
    return without_accidents(golden::happened(one));
}

void check(const std::string& name) {
    // Installed data is looked for in the working folder first: the fixtures are in the source tree.
    std::filesystem::current_path(smartcar_sim::source_folder());
    const std::filesystem::path file = smartcar_sim::source_folder() + "/tests/golden/talking/" + name + ".txt";
    auto cases = golden::read_cases(file);
    REQUIRE(!cases.empty());
    for (golden::Case& one : cases) {
        INFO(name << ": " << one.name);
        const std::string text = played(one);
        if (golden::updating()) one.expectation = text;
        CHECK(text == one.expectation);
    }
    if (golden::updating()) golden::write_cases(file, cases);
}

}  // namespace

TEST_CASE("audit prints what its transcript shows") { check("audit"); }
TEST_CASE("demo prints what its transcript shows") { check("demo"); }
TEST_CASE("run prints what its transcript shows") { check("run"); }
TEST_CASE("verify prints what its transcript shows") { check("verify"); }
TEST_CASE("send prints what its transcript shows") { check("send"); }

TEST_CASE("a seeded demo is the same every time") {
    std::filesystem::current_path(smartcar_sim::source_folder());
    for (const char* line : {" demo --seed 7", " demo --seed 7 --webhook-version 4.0"}) {
        golden::Case one;
        one.line = line;
        const std::string first = played(one);
        CHECK(first == played(one));
        CHECK(first.find("SC-Signature: ") != std::string::npos);
    }
}
