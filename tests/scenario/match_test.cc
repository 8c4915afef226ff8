// What an expected value takes.
#include "scenario/match.h"

#include "catch.h"
#include "document/json.h"
#include "scenario/parse_step.h"

namespace smartcar_sim::scenario {
namespace {

document::Value read(const std::string& text) { return document::parse(text).value(); }

TEST_CASE("equal is the same JSON, matching is a pattern found somewhere", "[scenario][match]") {
    const auto [matcher, value, wanted] = GENERATE(table<std::string, std::string, std::string>({
        {"1", "1.0", "holds"},
        {"0.5", "5e-1", "holds"},
        {"1", "\"1\"", "fails"},
        {"1", "true", "fails"},
        {"null", "null", "holds"},
        {"null", "0", "fails"},
        {"\"a\"", "\"a\"", "holds"},
        {"\"a\"", "\"A\"", "fails"},
        {"[1, 2]", "[1.0, 2]", "holds"},
        {"[1, 2]", "[2, 1]", "fails"},
        {"[1, 2]", "[1]", "fails"},
        {R"({"a": 1, "b": [{"c": 2}]})", R"({"b": [{"c": 2.0}], "a": 1})", "holds"},
        {R"({"a": 1})", R"({"a": 1, "b": 2})", "fails"},
        {R"({"a": 1, "b": 2})", R"({"a": 1})", "fails"},
        {R"({"a": 1, "b": 2})", R"({"a": 1, "c": 2})", "fails"},
        {R"({"equals": {"matches": "x"}})", R"({"matches": "x"})", "holds"},
        {R"({"equals": 5})", "5", "holds"},
        {R"({"matches": "b+"})", R"("abbc")", "holds"},
        {R"({"matches": "^b"})", R"("abbc")", "fails"},
        {R"({"matches": "^4[0-9]$"})", "42", "holds"},
        {R"({"matches": "\"a\":1"})", R"({"a": 1})", "holds"},
        // More than the two words: an object that happens to have them.
        {R"({"matches": "a", "too": 1})", R"({"too": 1, "matches": "a"})", "holds"},
    }));
    INFO(matcher << " of " << value);
    CHECK((holds(read_matcher(read(matcher)), read(value)) ? "holds" : "fails") == wanted);
}

TEST_CASE("a text too long for the library's matcher does not match, and does not exhaust the stack",
          "[scenario][match]") {
    const Matcher matcher = read_matcher(read(R"({"matches": "^(a|b)*$"})"));
    CHECK(holds(matcher, document::Value(std::string(kLongestMatched, 'a'))));
    CHECK_FALSE(holds(matcher, document::Value(std::string(kLongestMatched + 1, 'a'))));
    CHECK_FALSE(holds(matcher, document::Value(std::string(1'000'000, 'a'))));
}

// A pattern with a name was refused as no regular expression, and that of a command's output was not filled in.
TEST_CASE("a name in a pattern matches what it stands for and nothing else", "[scenario][match]") {
    const Lookup lookup = [](const Name& name) -> base::Result<document::Value> {
        if (name.head == "gone") return base::Error{"unknown_name", "there is no {gone}"};
        return name.head == "n" ? document::Value(5) : document::Value("http://a.b/(c)?$");
    };
    const auto matches = [&](const std::string& pattern, const std::string& text) {
        CHECK(is_regular_expression(pattern));
        const auto ready = fill_in(Matcher{.kind = Matcher::Kind::kMatches, .equals = {}, .pattern = pattern}, lookup);
        REQUIRE(ready.ok());
        return holds(ready.value(), document::Value(text));
    };
    CHECK(matches("^{origin}/[a-z]+$", "http://a.b/(c)?$/path"));
    CHECK_FALSE(matches("^{origin}", "http://aXb/(c)?$"));
    CHECK(matches("^(x|{n})$", "5"));
    CHECK(matches("^a{{2}{n}$", "aa5"));
    CHECK_FALSE(is_regular_expression("({n}"));
    const Matcher equal{.kind = Matcher::Kind::kEquals, .equals = read(R"({"{n}": ["{n}"]})"), .pattern = {}};
    CHECK(fill_in(equal, lookup).value().equals == read(R"({"5": [5]})"));
    for (const Matcher& wrong :
         {read_matcher(read(R"({"matches": "a{gone}"})")), read_matcher(read(R"(["{gone}"])"))}) {
        const auto refused = fill_in(wrong, lookup);
        REQUIRE_FALSE(refused.ok());
        CHECK(refused.error().message == "there is no {gone}");
    }
}

TEST_CASE("a pattern that would exhaust the stack is refused unread", "[scenario][match]") {
    CHECK(is_regular_expression(std::string(kLongestPattern, 'a')));
    const std::string nested = std::string(100'000, '(') + std::string(100'000, ')');
    CHECK_FALSE(is_regular_expression(nested));
    CHECK(no_regular_expression(nested) == "a regular expression of 200000 bytes; 500 are the most it may have");
}

TEST_CASE("a pattern that its names make too long is an error", "[scenario][match]") {
    const auto filled = fill_in(read_matcher(read(R"({"matches": "{p.output}"})")), [](const Name&) {
        return base::Result<document::Value>(document::Value(std::string(100'000, '(')));
    });
    REQUIRE_FALSE(filled.ok());
    CHECK(filled.error().message.starts_with("with its names filled in it is a regular expression of 200000 bytes"));
}

TEST_CASE("a matcher says what it asks for", "[scenario][match]") {
    CHECK(describe(read_matcher(read(R"({"a": [1, null]})"))) == R"({"a":[1,null]})");
    CHECK(describe(read_matcher(read(R"({"matches": "^\"a"})"))) == R"(matching "^\"a")");
    CHECK(is_regular_expression("^a(b|c)*$"));
    CHECK_FALSE(is_regular_expression("["));
    CHECK(no_regular_expression("[") == R"("[" is no regular expression that ECMAScript would take)");
}

}  // namespace
}  // namespace smartcar_sim::scenario
