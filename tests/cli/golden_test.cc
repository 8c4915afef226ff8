#include "cli/golden.h"

#include <algorithm>
#include <filesystem>

#include "catch.h"
#include "source_folder.h"

namespace {

std::vector<std::filesystem::path> transcripts() {
    const std::filesystem::path folder = smartcar_sim::source_folder() + "/tests/golden/cli";
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator(folder)) files.push_back(entry.path());
    std::ranges::sort(files);
    return files;
}

}  // namespace

TEST_CASE("every command line prints what its transcript shows") {
    // Installed data is looked for in the working folder first: the fixtures are in the source tree.
    std::filesystem::current_path(smartcar_sim::source_folder());
    for (const auto& file : transcripts()) {
        auto cases = golden::read_cases(file);
        REQUIRE(!cases.empty());
        for (golden::Case& one : cases) {
            INFO(file.filename().string() << ": " << one.name);
            const std::string happened = golden::happened(one);
            if (golden::updating()) one.expectation = happened;
            CHECK(happened == one.expectation);
        }
        if (golden::updating()) golden::write_cases(file, cases);
    }
}
