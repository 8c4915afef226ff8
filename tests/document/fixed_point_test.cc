// What we sign must survive a receiver that parses and re-serialises it, so the writer is compared with the JavaScript
// that receivers run, byte for byte.
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <string_view>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "document/node.h"
#include "document/payloads.h"
#include "document/writer.h"

using namespace smartcar_sim::document;

namespace {

// What is legal in JavaScript and refused here, by how our message says so.
bool is_our_own_rule(std::string_view message) {
    for (const std::string_view rule :
         {"is there twice", "is half of a surrogate pair", "is not UTF-8", "too large for a double", "nested deeper"}) {
        if (message.find(rule) != std::string_view::npos) {
            return true;
        }
    }
    return false;
}

// One byte changed, removed or doubled, or the text cut off.
std::string damage(std::string text, Payloads& payloads) {
    constexpr std::string_view kLikely = "{}[],:\"\\-+.eE0123456789tfnu x/*\t\x01";
    const std::size_t at = payloads.below(text.size());
    switch (payloads.below(4)) {
        case 0:
            text[at] = kLikely[payloads.below(kLikely.size())];
            break;
        case 1:
            text.erase(at, 1);
            break;
        case 2:
            text.insert(at, 1, kLikely[payloads.below(kLikely.size())]);
            break;
        default:
            text.resize(at);
    }
    return text;
}

std::vector<double> doubles_to_compare() {
    std::vector<double> doubles;
    constexpr double kMax = std::numeric_limits<double>::max();
    for (int exponent = -323; exponent <= 308; ++exponent) {
        const double power = std::strtod(("1e" + std::to_string(exponent)).c_str(), nullptr);
        doubles.insert(doubles.end(), {power, -power, std::nextafter(power, 0), std::nextafter(power, kMax)});
    }
    for (int exponent = -1074; exponent <= 1023; ++exponent) {
        doubles.push_back(std::ldexp(1, exponent));
    }
    Payloads payloads(1);
    while (doubles.size() < 25000) {
        doubles.push_back(payloads.number());
    }
    return doubles;
}

}  // namespace

TEST_CASE("a written payload is a fixed point of JavaScript's parse and stringify") {
    if (!Node::installed("a written payload is a fixed point of JavaScript's parse and stringify")) return;
    Payloads payloads(2);
    Node node;
    std::vector<std::string> texts;
    while (texts.size() < 1000) {
        const auto text = write(payloads.payload());
        REQUIRE(text.ok());
        texts.push_back(text.value());
        node.ask_json(texts.back());
    }
    CHECK(node.answers() == texts);
}

TEST_CASE("numbers are laid out as JavaScript's String does") {
    if (!Node::installed("numbers are laid out as JavaScript's String does")) return;
    const std::vector<double> doubles = doubles_to_compare();
    Node node;
    std::vector<std::string> ours;
    for (const double number : doubles) {
        ours.push_back(format_number(number));
        node.ask_number(number);
    }
    CHECK(node.answers() == ours);
}

TEST_CASE("the writer refuses exactly the objects whose members JavaScript would move or merge") {
    if (!Node::installed("the writer refuses exactly the objects whose members JavaScript would move or merge")) return;
    Payloads payloads(3);
    Node node;
    std::vector<std::string> texts;
    std::vector<bool> refused;
    while (texts.size() < 3000) {
        std::string text;
        Writer writer(text);
        writer.value(payloads.object_of_indexes());
        refused.push_back(writer.failed());
        texts.push_back(text);
        node.ask_json(text);
    }
    const std::vector<std::string> answers = node.answers();
    REQUIRE(answers.size() == texts.size());
    for (std::size_t at = 0; at < texts.size(); ++at) {
        CAPTURE(texts[at]);
        CHECK((answers[at] != texts[at]) == refused[at]);
    }
}

TEST_CASE("damaged JSON is refused where JavaScript refuses it, and reads alike where not") {
    if (!Node::installed("damaged JSON is refused where JavaScript refuses it, and reads alike where not")) return;
    Payloads payloads(4);
    Node node;
    std::vector<std::string> texts;
    while (texts.size() < 5000) {
        texts.push_back(damage(write(payloads.payload()).value(), payloads));
        node.ask_json(texts.back());
    }
    const std::vector<std::string> answers = node.answers();
    REQUIRE(answers.size() == texts.size());
    for (std::size_t at = 0; at < texts.size(); ++at) {
        CAPTURE(texts[at]);
        const auto value = parse(texts[at]);
        if (!value.ok()) {
            CAPTURE(value.error().message);
            CHECK((answers[at] == "refused" || is_our_own_rule(value.error().message)));
            continue;
        }
        CHECK(answers[at] != "refused");
        if (const auto again = write(value.value()); again.ok()) {
            CHECK(again.value() == answers[at]);
        }
    }
}

TEST_CASE("reading what was written and writing it again gives the same bytes") {
    Payloads payloads(5);
    for (int round = 0; round < 300; ++round) {
        const std::string text = write(payloads.payload()).value();
        CAPTURE(text);
        const auto value = parse(text);
        REQUIRE(value.ok());
        const auto again = write(value.value());
        REQUIRE(again.ok());
        CHECK(again.value() == text);
    }
}
