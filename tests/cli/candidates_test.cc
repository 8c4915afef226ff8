#include "cli/candidates.h"

#include "catch.h"
#include "cli/temporary_folder.h"

using namespace smartcar_sim;

TEST_CASE("a .env file is read as dotenv libraries read it") {
    const TemporaryFolder folder;
    struct Row {
        std::string line, name, value;
    };
    const std::vector<Row> rows{
        {"A=plain", "A", "plain"},
        {"export A=exported", "A", "exported"},
        {"  A =  spaced  ", "A", "spaced"},
        {"A='single # quoted'", "A", "single # quoted"},
        {"A=\"double = quoted\" # comment", "A", "double = quoted"},
        {"A=value # comment", "A", "value"},
        {"A=with#hash", "A", "with#hash"},
        {"A=with=equals", "A", "with=equals"},
        {"A=windows\r", "A", "windows"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.line);
        const std::string path = folder.write(".env", "# comment\n\n" + row.line + "\n");
        const auto candidates = cli::read_candidates(path);
        REQUIRE(candidates.ok());
        REQUIRE(candidates.value().size() == 1);
        CHECK(candidates.value().front().name == row.name + " in " + path);
        CHECK(candidates.value().front().value == row.value);
    }
}

TEST_CASE("a variable without a value is no candidate") {
    const TemporaryFolder folder;
    const auto candidates = cli::read_candidates(folder.write(".env", "A=\nB=''\nC=c\n"));
    REQUIRE(candidates.ok());
    REQUIRE(candidates.value().size() == 1);
    CHECK(candidates.value().front().value == "c");
}

TEST_CASE("the final newline of a candidate's file is not part of it") {
    const TemporaryFolder folder;
    for (const char* content : {"secret", "secret\n", "secret\r\n"}) {
        const auto candidate = cli::read_candidate("old=@" + folder.write("old", content));
        REQUIRE(candidate.ok());
        CHECK(candidate.value().name == "old");
        CHECK(candidate.value().value == "secret");
    }
}
