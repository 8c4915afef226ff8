// The program itself, as a shell sees it: exit codes, streams, and the examples of `help`.
#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <sstream>

#include <sys/wait.h>

#include "catch.h"
#include "cli/command.h"
#include "cli/temporary_folder.h"
#include "document/json.h"
#include "source_folder.h"

using namespace smartcar_sim;

namespace {

struct Finished {
    int code = -1;
    std::string out, err;
};

std::string content_of(const std::filesystem::path& file) {
    std::ostringstream content;
    content << std::ifstream(file).rdbuf();
    return content.str();
}

// The script in bash, standing in `folder`, with the program on its path and nothing in its
// environment that sets an option.
Finished run_in(const TemporaryFolder& folder, const std::string& script) {
    const std::filesystem::path program = SMARTCAR_SIM_PROGRAM;
    const std::string file = folder.write("script", script);
    const std::string command = "cd " + folder.path().string() + " && env -i PATH=" + program.parent_path().string() +
                                ":/usr/bin:/bin bash " + file + " > out 2> err < /dev/null";
    const int status = std::system(command.c_str());
    REQUIRE(WIFEXITED(status));
    return {WEXITSTATUS(status), content_of(folder.path() / "out"), content_of(folder.path() / "err")};
}

Finished run(const std::string& script) { return run_in(TemporaryFolder(), script); }

}  // namespace

TEST_CASE("the exit code says what kind of end it was") {
    struct Row {
        std::string script;
        int code;
    };
    const std::vector<Row> rows{
        {"smartcar-sim help", 0},
        {"smartcar-sim", 1},
        {"smartcar-sim teleport", 1},
        {"smartcar-sim verify --timeout soon", 1},
        {"smartcar-sim verify --callback http://127.0.0.1:1 --timeout 0s", 1},
        {"echo '{' > smartcar-sim.json; smartcar-sim config show", 2},
        {"smartcar-sim sign --body missing", 3},
        {"smartcar-sim list events > /dev/full", 3},
        {"smartcar-sim callback --port 0 > /dev/full", 3},
        {"smartcar-sim explain --challenge c --answer nonsense", 4},
    };
    for (const Row& row : rows) {
        CAPTURE(row.script);
        const Finished finished = run(row.script);
        CAPTURE(finished.err);
        CHECK(finished.code == row.code);
    }
}

TEST_CASE("serve whose output nobody gets ends at once") {
    const Finished finished = run("cd " + source_folder() + " && smartcar-sim serve --port 0 > /dev/full");
    CHECK(finished.code == 3);
    CHECK(finished.err == "smartcar-sim: the output could not be written\n");
}

TEST_CASE("data is on stdout, everything else on stderr") {
    const Finished signed_body = run("printf 'hello\\n' | smartcar-sim sign");
    CHECK(signed_body.out.size() == 65);
    CHECK(signed_body.err.starts_with("warning: "));
    const Finished wrong = run("smartcar-sim sign --bdy x");
    CHECK(wrong.out.empty());
    CHECK(wrong.err == "smartcar-sim: unknown option --bdy; did you mean --body?\n");
}

// They ended in an assertion, or in JSON that nobody could read.
TEST_CASE("values and words that are not UTF-8 are refused in words that are") {
    const Finished flag = run("smartcar-sim verify --callback http://127.0.0.1:9/ --webhook-id $'\\xff'");
    CHECK(flag.code == 1);
    CHECK(flag.err == "smartcar-sim: --webhook-id: the value is not UTF-8\n");
    const Finished variable = run("SMARTCAR_SIM_VEHICLE_ID=$'\\xff' smartcar-sim config show --json");
    CHECK(variable.code == 1);
    CHECK(document::parse(variable.err).ok());
    const Finished word = run("smartcar-sim $'\\xff' --json");
    CHECK(word.code == 1);
    CHECK(word.err.find("unknown command \\\"?\\\"") != std::string::npos);
    CHECK(document::parse(word.err).ok());
}

TEST_CASE("a working folder that was removed is said so") {
    const Finished finished = run("mkdir gone && cd gone && rmdir ../gone && smartcar-sim help");
    CHECK(finished.code == 3);
    CHECK(finished.err ==
          "smartcar-sim: the working folder cannot be found (No such file or directory); change to one that exists\n");
}

TEST_CASE("the environment reaches the settings") {
    const Finished shown = run("SMARTCAR_SIM_TIMEOUT=2s smartcar-sim config show");
    CHECK(shown.out.find("SMARTCAR_SIM_TIMEOUT") != std::string::npos);
}

TEST_CASE("the version option names the version, the commit and the libraries") {
    const Finished version = run("smartcar-sim --version");
    CHECK(version.code == 0);
    CHECK(version.out.starts_with("smartcar-sim "));
    const std::size_t commit = version.out.find(" (commit ");
    REQUIRE(commit != std::string::npos);
    const std::string id = version.out.substr(commit + 9, version.out.find(')') - commit - 9);
    const std::string folder = source_folder();
    if (run("git -C " + folder + " rev-parse HEAD").code == 0) {
        CHECK(run("git -C " + folder + " cat-file -e " + id).code == 0);
    }
    for (const std::string library : {"cpp-httplib 0.", "OpenSSL 3.", "nlohmann/json 3.", "cxxopts 3."}) {
        CAPTURE(library);
        CHECK(version.out.find('\n' + library) != std::string::npos);
    }
}

TEST_CASE("the examples of the commands that need no callback work when pasted") {
    for (const char* name : {"explain", "sign", "list", "config", "completion", "help"}) {
        const cli::Command* command = cli::find_command(name);
        REQUIRE(command != nullptr);
        for (const cli::Example& example : command->examples) {
            CAPTURE(std::string(example.line));
            const Finished finished = run(std::string(example.line));
            CAPTURE(finished.err);
            const bool explains = command->name == "explain";  // what it is asked about is wrong
            CHECK(finished.code == (explains ? 4 : 0));
            CHECK(finished.err.find("warning") == std::string::npos);
        }
    }
}
