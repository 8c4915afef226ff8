// The two tables are data: what a compiler cannot check about them is checked here.
#include <algorithm>
#include <map>
#include <set>

#include "catch.h"
#include "cli/command.h"
#include "cli/golden.h"
#include "cli/parser.h"
#include "cli/values.h"

using namespace smartcar_sim;

TEST_CASE("the rows of the option table stand in the order of their ids") {
    std::size_t index = 0;
    for (const cli::Option& row : cli::options()) CHECK(static_cast<std::size_t>(row.id) == index++);
    CHECK(cli::options().back().id == cli::OptionId::kHelp);
}

TEST_CASE("every option is taken by a command, and within a command each spelling is one option") {
    std::set<cli::OptionId> taken;
    for (const cli::Command& command : cli::commands()) {
        CAPTURE(std::string(command.name));
        std::set<std::string_view> names;
        std::set<char> letters;
        for (const cli::OptionId id : command.options) {
            const cli::Option& row = cli::option(id);
            CAPTURE(std::string(row.name));
            CHECK(names.insert(row.name).second);
            CHECK((row.letter == 0 || letters.insert(row.letter).second));
            taken.insert(id);
        }
    }
    for (const cli::Option& row : cli::options()) {
        CAPTURE(std::string(row.name));
        // --token-file and the like appear in several; an option in none would be dead.
        CHECK(taken.contains(row.id));
    }
}

TEST_CASE("options of one spelling are completed the same way, so that a shell need not know the command") {
    std::map<std::string_view, cli::ValueKind> kinds;
    for (const cli::Option& row : cli::options()) {
        const auto [first, is_new] = kinds.emplace(row.name, row.kind);
        CAPTURE(std::string(row.name));
        CHECK((is_new || first->second == row.kind));
    }
}

TEST_CASE("an environment variable and a configuration key stand for one option each") {
    std::set<std::string_view> variables, keys;
    for (const cli::Option& row : cli::options()) {
        CAPTURE(std::string(row.name));
        CHECK((row.environment.empty() || variables.insert(row.environment).second));
        CHECK((row.config_key.empty() || keys.insert(row.config_key).second));
    }
}

TEST_CASE("every default passes the check of its own row") {
    for (const cli::Option& row : cli::options()) {
        CAPTURE(std::string(row.name));
        if (!row.fallback.empty()) CHECK(cli::check_value(row, row.fallback).ok());
        CHECK(row.takes_value() == !row.placeholder.empty());
    }
}

TEST_CASE("help sentences leave out the final stop and fit into JSON and roff as they are") {
    for (const cli::Option& row : cli::options()) {
        CAPTURE(std::string(row.name));
        CHECK(!row.help.empty());
        CHECK(!row.help.ends_with('.'));
        CHECK(row.help.find_first_of("\"\\\n") == std::string_view::npos);
    }
}

TEST_CASE("every command has two or three examples, and their options are the command's") {
    for (const cli::Command& command : cli::commands()) {
        CAPTURE(std::string(command.name));
        CHECK(command.examples.size() >= 2);
        CHECK(command.examples.size() <= 3);
        CHECK(!command.summary.ends_with('.'));
        CHECK(command.run != nullptr);
        for (const cli::Example& example : command.examples) {
            CAPTURE(std::string(example.line));
            const std::string call = "smartcar-sim " + std::string(command.name);
            std::size_t start = example.line.find(call);
            REQUIRE(start != std::string_view::npos);
            start += call.size();
            const std::size_t end = example.line.find_first_of(">)", start);
            const auto words = golden::split_words(example.line.substr(start, end - start));
            CHECK(cli::parse_line(command, words).ok());
        }
    }
}
