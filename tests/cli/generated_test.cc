// What is written from the tables for other programs: the man page, completion, docs/cli.md.
#include <cstdlib>
#include <fstream>
#include <sstream>

#include "catch.h"
#include "cli/command.h"
#include "cli/completion.h"
#include "cli/golden.h"
#include "cli/help.h"
#include "cli/manual.h"
#include "cli/temporary_folder.h"
#include "source_folder.h"

using namespace smartcar_sim;

namespace {

std::string content_of(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream(file).rdbuf();
    return content.str();
}

// What the script of a shell prints.
std::string output_of(const std::string& shell, const std::string& script) {
    const TemporaryFolder folder;
    const std::string file = folder.write("script", script);
    const std::string out = (folder.path() / "out").string();
    REQUIRE(std::system((shell + " " + file + " > " + out + " 2>&1").c_str()) == 0);
    return content_of(out);
}

// What bash offers for the last of `words`, one a line.
std::string completed(const std::string& words, int position) {
    return output_of("bash", cli::bash_completion() + "COMP_WORDS=(" + words + ")\nCOMP_CWORD=" +
                                 std::to_string(position) + "\n_smartcar_sim\nprintf '%s\\n' \"${COMPREPLY[@]}\"\n");
}

// The part of docs/cli.md after its marker.
std::string reference() {
    std::string text = "```\n" + cli::overview() + "```\n";
    for (const cli::Command& command : cli::commands()) {
        text += "\n## " + std::string(command.name) + "\n\n```\n" + cli::help_for(command) + "```\n";
    }
    return text;
}

}  // namespace

TEST_CASE("bash offers commands, then the options and words of the command") {
    CHECK(completed("smartcar-sim ver", 1) == "verify\n");
    CHECK(completed("smartcar-sim list ev", 2) == "events\n");
    CHECK(completed("smartcar-sim help comp", 2) == "completion\n");
    CHECK(completed("smartcar-sim sign --to", 2) == "--token-file\n--token\n");
    CHECK(completed("smartcar-sim sign --rem", 2) == "\n");
}

TEST_CASE("bash offers the words of a choice, files for a path, and nothing for free text") {
    CHECK(completed("smartcar-sim verify --webhook-version ''", 3) == "2.0\n4.0\n");
    const TemporaryFolder folder;
    const std::string file = folder.write("token.txt", "");
    CHECK(completed("smartcar-sim verify --token-file " + (folder.path() / "tok").string(), 3) == file + "\n");
    CHECK(completed("smartcar-sim send --vehicle-id ''", 3) == "\n");
}

TEST_CASE("the zsh script names every command and every option with its sentence") {
    const std::string script = cli::zsh_completion();
    CHECK(script.starts_with("#compdef smartcar-sim\n"));
    for (const cli::Command& command : cli::commands()) {
        CAPTURE(std::string(command.name));
        CHECK(script.find("        " + std::string(command.name) + ") _arguments") != std::string::npos);
        for (const cli::OptionId id : command.options) {
            CAPTURE(std::string(cli::option(id).name));
            CHECK(script.find("--" + std::string(cli::option(id).name) + "[") != std::string::npos);
        }
    }
}

TEST_CASE("the man page shows every command, example, variable and key, with hyphens that can be copied") {
    const std::string page = cli::man_page("1.2.3");
    CHECK(page.starts_with(".TH SMARTCAR\\-SIM 1 \"\" \"smartcar\\-sim 1.2.3\"\n"));
    CHECK(page.find("\\fB\\-\\-webhook\\-version 2.0|4.0\\fR") != std::string::npos);
    for (const cli::Command& command : cli::commands()) {
        CAPTURE(std::string(command.name));
        CHECK(page.find(".SS " + std::string(command.name) + "\n") != std::string::npos);
    }
    for (const cli::Option& row : cli::options()) {
        CAPTURE(std::string(row.name));
        CHECK(page.find(row.environment) != std::string::npos);
        CHECK(page.find(row.config_key) != std::string::npos);
    }
}

TEST_CASE("docs/cli.md holds the help of every command as it is printed") {
    const std::filesystem::path file = source_folder() + "/docs/cli.md";
    const std::string marker = "<!-- From here on written by UPDATE_GOLDEN=1 test_cli. -->\n\n";
    const std::string page = content_of(file);
    const std::size_t at = page.find(marker);
    REQUIRE(at != std::string::npos);
    const std::string prose = page.substr(0, at + marker.size());
    if (golden::updating()) std::ofstream(file) << prose << reference();
    CHECK(page.substr(prose.size()) == reference());
}
