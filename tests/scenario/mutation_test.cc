// The shipped scenarios, damaged in twenty thousand ways: reading never crashes, and what it complains about has a
// place. Reading sends nothing, because it is given nothing to send with.
#include <algorithm>
#include <cstdint>
#include <filesystem>

#include "a_theatre.h"
#include "source_folder.h"

namespace smartcar_sim::scenario {
namespace {

// xorshift64: the same damage on every machine.
class Damage {
public:
    explicit Damage(std::uint64_t seed) : state_(seed) {}

    std::size_t below(std::size_t bound) {
        state_ ^= state_ << 13U;
        state_ ^= state_ >> 7U;
        state_ ^= state_ << 17U;
        return static_cast<std::size_t>(state_ % bound);
    }

    std::string of(std::string text) {
        static const std::vector<std::string> kTokens{"{",
                                                      "}",
                                                      "[",
                                                      "]",
                                                      ",",
                                                      ":",
                                                      "\"",
                                                      "null",
                                                      "true",
                                                      "-1",
                                                      "1e999",
                                                      "99999999999999999999",
                                                      "\"5s\"",
                                                      "{car}",
                                                      "\"{s1.eventId}\"",
                                                      "\"4.0\"",
                                                      "//",
                                                      "/*",
                                                      "\\u0000",
                                                      "\xff",
                                                      "\"steps\"",
                                                      "\"expect\"",
                                                      "\"together\"",
                                                      "{}",
                                                      "[]"};
        for (std::size_t count = 1 + below(3); count > 0 && !text.empty(); --count) {
            const std::size_t at = below(text.size());
            const std::size_t length = std::min(1 + below(40), text.size() - at);
            switch (below(7)) {
                case 0:
                    text[at] = static_cast<char>(below(256));
                    break;
                case 1:
                    text.erase(at, length);
                    break;
                case 2:
                    text.insert(at, kTokens[below(kTokens.size())]);
                    break;
                case 3:
                    text.insert(below(text.size()), text.substr(at, length));
                    break;
                case 4:
                    text.replace(at, length, kTokens[below(kTokens.size())]);
                    break;
                case 5:
                    swap(text, at, length);
                    break;
                default:
                    if (below(8) == 0) text.resize(at);
                    break;
            }
        }
        return text;
    }

private:
    // A slice and another of the same length: members change places, or halves of them.
    void swap(std::string& text, std::size_t at, std::size_t length) {
        const std::size_t other = below(text.size() - length + 1);
        const std::string one = text.substr(at, length);
        const std::string two = text.substr(other, length);
        text.replace(at, length, two);
        text.replace(other, length, one);
    }

    std::uint64_t state_;
};

// The line exists and is not shorter than the column; one behind its last character is where a text ends too soon.
bool within(const base::Place& place, std::string_view text) {
    for (int line = 1; line < place.line; ++line) {
        const std::size_t end = text.find('\n');
        if (end == std::string_view::npos) return false;
        text.remove_prefix(end + 1);
    }
    const std::string_view line = text.substr(0, text.find('\n'));
    return place.line > 0 && place.column > 0 && static_cast<std::size_t>(place.column) <= line.size() + 1;
}

TEST_CASE("damaged scenario files are refused with a place or read, and never crash", "[scenario][mutation]") {
    constexpr int kRounds = 20'000;
    std::vector<std::string> originals;
    for (const std::string folder : {"/scenarios", "/scenarios/with-app"}) {
        for (const auto& entry : std::filesystem::directory_iterator(source_folder() + folder)) {
            const std::string name = entry.path().filename().string();
            if (!name.ends_with(".json") || name.ends_with(".schema.json")) continue;
            originals.push_back(document::read_text(entry.path().string()).value());
        }
    }
    REQUIRE(originals.size() > 20);
    std::ranges::sort(originals);  // a folder is listed in any order
    Damage damage(20'261'127);
    int read = 0;
    int refused = 0;
    int not_json = 0;
    for (int round = 0; round < kRounds; ++round) {
        const std::string text = damage.of(originals[damage.below(originals.size())]);
        auto root = document::parse(text, "damaged.json", document::Comments::kAllowed);
        if (!root) {
            ++not_json;
            if (!root.error().place || !within(*root.error().place, text)) FAIL(text);
            continue;
        }
        const auto parsed = parse({.name = "damaged.json", .text = text, .root = std::move(root).value()},
                                  {.fixtures = kFixtures, .read_payload = {}});
        for (const base::Error& error : parsed.errors) {
            if (!error.place || !within(*error.place, text) || error.message.empty()) FAIL(text);
            static_cast<void>(document::explain_error(error, text));
        }
        if (parsed.errors.empty() != parsed.scenario.has_value()) FAIL(text);
        if (parsed.scenario && parsed.scenario->steps.empty()) FAIL(text);
        parsed.scenario ? ++read : ++refused;
    }
    // The damage is of every kind, or the test would prove little.
    CHECK(not_json > 1'000);
    CHECK(refused > 1'000);
    CHECK(read > 1'000);
}

}  // namespace
}  // namespace smartcar_sim::scenario
