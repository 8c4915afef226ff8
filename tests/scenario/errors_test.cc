// Scenario files with mistakes, and what is said of them, word for word: tests/golden/scenario_errors/NAME.json and
// NAME.expected.
#include <algorithm>
#include <filesystem>

#include "a_theatre.h"
#include "golden_file.h"
#include "source_folder.h"

namespace smartcar_sim::scenario {
namespace {

namespace fs = std::filesystem;

std::string errors_of(const fs::path& path) {
    const auto text = document::read_text(path.string());
    REQUIRE(text.ok());
    const std::string name = path.filename().string();
    auto root = document::parse(text.value(), name, document::Comments::kAllowed);
    if (!root) return document::explain_error(root.error(), text.value()) + "\n";
    const auto parsed = parse({.name = name, .text = text.value(), .root = std::move(root).value()},
                              {.fixtures = kFixtures, .read_payload = [](const std::string& payload) {
                                   return payload == "broken.json"
                                              ? base::Result<std::string>(std::string("{"))
                                              : base::Error{"file_unreadable", payload + " cannot be read"};
                               }});
    CHECK(parsed.errors.empty() == parsed.scenario.has_value());
    std::string all;
    for (const base::Error& error : parsed.errors) {
        REQUIRE(error.place.has_value());
        CHECK(error.place->line > 0);
        all += document::explain_error(error, text.value()) + "\n";
    }
    return all;
}

TEST_CASE("all the mistakes of a file are told at once, each with its line and a caret", "[scenario][errors]") {
    std::size_t files = 0;
    for (const auto& entry : fs::directory_iterator(source_folder() + "/tests/golden/scenario_errors")) {
        if (entry.path().extension() != ".json") continue;
        ++files;
        INFO(entry.path().filename());
        const std::string happened = errors_of(entry.path());
        CHECK_FALSE(happened.empty());
        CHECK(golden::expected("scenario_errors/" + entry.path().stem().string() + ".expected", happened) == happened);
    }
    CHECK(files >= 9);
}

}  // namespace
}  // namespace smartcar_sim::scenario
