#include "cli/terminal.h"

#include <sstream>
#include <thread>
#include <vector>

#include "catch.h"

using namespace smartcar_sim;
using cli::Terminal;
using cli::Verbosity;

TEST_CASE("how much goes to stderr is -q, -v and -vv, while data and errors always go") {
    struct Row {
        Verbosity verbosity;
        std::string expected;
    };
    const std::vector<Row> rows{
        {Verbosity::kQuiet, "smartcar-sim: broken\n"},
        {Verbosity::kNormal, "note\nwarning: careful\nsmartcar-sim: broken\n"},
        {Verbosity::kVerbose, "note\nwarning: careful\ninfo\nsmartcar-sim: broken\n"},
        {Verbosity::kDebug, "note\nwarning: careful\ninfo\ndebug\nsmartcar-sim: broken\n"},
    };
    for (const Row& row : rows) {
        std::ostringstream out, err;
        Terminal terminal(out, err, {.verbosity = row.verbosity});
        terminal.print("data");
        terminal.note("note");
        terminal.warn("careful");
        terminal.log(Terminal::Level::kInfo, "info");
        terminal.log(Terminal::Level::kDebug, "debug");
        CHECK(terminal.fail(cli::ExitCode::kFailed, {"broken", "broken"}) == cli::ExitCode::kFailed);
        CHECK(out.str() == "data\n");
        CHECK(err.str() == row.expected);
    }
}

TEST_CASE("an error in a file shows its line, or all its parts as JSON") {
    const base::Error error{"unknown_key", "unknown key \"b\"", base::Place{"x.json", 2, 3}};
    std::ostringstream out, err;
    SECTION("for a person") {
        Terminal(out, err, {}).fail(cli::ExitCode::kInvalidFile, error, "{\n  \"b\": 1\n}");
        CHECK(err.str() == "x.json:2:3: unknown key \"b\"\n  \"b\": 1\n  ^\n");
    }
    SECTION("for a program") {
        Terminal(out, err, {.json = true}).fail(cli::ExitCode::kInvalidFile, error, "{\n  \"b\": 1\n}");
        CHECK(err.str() ==
              "{\"type\":\"error\",\"code\":\"unknown_key\",\"message\":\"unknown key \\\"b\\\"\","
              "\"file\":\"x.json\",\"line\":2,\"column\":3}\n");
    }
    CHECK(out.str().empty());
}

TEST_CASE("what the terminal was told to conceal shows on neither stream") {
    std::ostringstream out, err;
    Terminal terminal(out, err, {.json = true, .verbosity = Verbosity::kDebug});
    terminal.conceal(base::Secret("a\"b2c3d4e5f6", base::Secret::Origin::kSupplied));
    terminal.print(R"({"a":"a\"b2c3d4e5f6"})");
    terminal.note("a\"b2c3d4e5f6");
    terminal.log(Terminal::Level::kDebug, "a\"b2c3d4e5f6");
    terminal.fail(cli::ExitCode::kFailed, {"broken", "a\"b2c3d4e5f6"});
    CHECK(out.str() == "{\"a\":\"…e5f6\"}\n");
    CHECK(err.str() == "…e5f6\n…e5f6\n{\"type\":\"error\",\"code\":\"broken\",\"message\":\"…e5f6\"}\n");
    CHECK(terminal.concealed("a\"b2c3d4e5f6", 3) == "…e5f6");
}

TEST_CASE("each stream is coloured by itself") {
    std::ostringstream out, err;
    const Terminal terminal(out, err, {.colour_out = true});
    CHECK(terminal.paint(cli::Colour::kBad, "no") == "\x1b[31mno\x1b[0m");
    CHECK(terminal.paint_note(cli::Colour::kBad, "no") == "no");
}

TEST_CASE("lines that threads print at once do not mix") {
    constexpr int kThreads = 4, kLines = 200;
    const std::string line(100, 'x');
    std::ostringstream out, err;
    Terminal terminal(out, err, {});
    std::vector<std::thread> threads;
    for (int i = 0; i < kThreads; ++i) {
        threads.emplace_back([&] {
            for (int j = 0; j < kLines; ++j) terminal.print(line);
        });
    }
    for (std::thread& thread : threads) thread.join();

    std::istringstream lines(out.str());
    int whole = 0;
    for (std::string read; std::getline(lines, read);) whole += read == line ? 1 : 0;
    CHECK(whole == kThreads * kLines);
}
