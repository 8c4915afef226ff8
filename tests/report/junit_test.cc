#include <string>
#include <vector>

#include "catch.h"
#include "report/report.h"
#include "report/samples.h"

namespace smartcar_sim::report {
namespace {

using namespace std::string_literals;

std::string junit(const std::vector<scenario::Result>& results) {
    const auto report = make_report(Kind::kJunit);
    for (const scenario::Result& result : results) report->add(result);
    return report->finish(samples::summary());
}

// What stands between two texts, the first time.
std::string between(const std::string& text, const std::string& before, const std::string& after) {
    const std::size_t start = text.find(before);
    REQUIRE(start != std::string::npos);
    const std::size_t end = text.find(after, start + before.size());
    REQUIRE(end != std::string::npos);
    return text.substr(start + before.size(), end - start - before.size());
}

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

scenario::Result of(const std::string& file, const std::string& name, int milliseconds) {
    scenario::Result result;
    result.file = file;
    result.name = name;
    result.took = base::Milliseconds(milliseconds);
    return result;
}

}  // namespace

TEST_CASE("whatever a name says, an XML parser reads it or U+FFFD in its place") {
    struct Row {
        std::string name, written;
    };
    const Row rows[] = {
        {"plain Zoë 車 🚗", "plain Zoë 車 🚗"},
        {"<a href=\"x\">&amp;'", "&lt;a href=&quot;x&quot;&gt;&amp;amp;'"},
        {"]]>", "]]&gt;"},
        {"a\nb\r\nc\td", "a&#10;b&#13;&#10;c&#9;d"},
        {"\x1b[31m\x01\x0b\x0c\0"s, "\uFFFD[31m\uFFFD\uFFFD\uFFFD\uFFFD"},
        {"\xef\xbf\xbe \xef\xbf\xbf \xef\xbf\xbd", "\uFFFD \uFFFD \uFFFD"},
        {"caf\xe9 \xed\xa0\x80", "caf\uFFFD \uFFFD\uFFFD\uFFFD"},
    };
    for (const Row& row : rows) {
        INFO(row.name);
        CHECK(between(junit({of("x.json", row.name, 1)}), "<testcase name=\"", "\" classname=") == row.written);
    }
}

TEST_CASE("a scenario is a case of its file's suite") {
    const std::string text = junit({of("a.json", "One", 1'234)});
    CHECK(text.find("<testsuite name=\"a.json\" file=\"a.json\" tests=\"1\" failures=\"0\" errors=\"0\" skipped=\"0\" "
                    "time=\"1.234\">") != std::string::npos);
    CHECK(text.find("<testcase name=\"One\" classname=\"a.json\" file=\"a.json\" line=\"1\" time=\"1.234\">") !=
          std::string::npos);
}

TEST_CASE("a file that is run twice in a row is one suite") {
    const std::string text = junit({of("a.json", "One", 5), of("b.json", "Two", 1'000), of("b.json", "Three", 2'060)});
    CHECK(count(text, "<testsuite ") == 2);
    CHECK(text.find("<testsuite name=\"b.json\" file=\"b.json\" tests=\"2\" failures=\"0\" errors=\"0\" skipped=\"0\" "
                    "time=\"3.060\">") != std::string::npos);
    CHECK(count(text, "<property name=\"seed\" value=\"81237\"/>") == 2);
    CHECK(count(text, "<property name=\"version\" value=\"1.2.3\"/>") == 2);
}

TEST_CASE("the totals in front are those of what came after") {
    const std::string text = junit(samples::results());
    CHECK(text.find("<testsuites name=\"smartcar-sim\" tests=\"6\" failures=\"2\" errors=\"1\" skipped=\"1\" "
                    "time=\"16.291\">") != std::string::npos);
    CHECK(count(text, "<testcase ") == 6);
    CHECK(count(text, "<failure ") == 2);
    CHECK(count(text, "<error ") == 1);
    CHECK(count(text, "<skipped ") == 1);
}

TEST_CASE("a failure says in short which step it was, and in full all there is to know") {
    const std::string text = junit({samples::plainly_failed()});
    CHECK(text.find("<failure message=\"send CHARGING_STARTED about car: expected delivered, actual 401 in 3 ms\" "
                    "type=\"expectation\">") != std::string::npos);
    CHECK(between(text, "type=\"expectation\">", "</failure>") ==
          "  scenarios/both.json:20:5: step 1, send CHARGING_STARTED about car\n"
          "      { \"send\": \"CHARGING_STARTED\" }\n"
          "    expected  delivered\n"
          "    actual    401 in 3 ms\n");
}

TEST_CASE("a failure's message is one line and short, whatever the callback answered") {
    scenario::Result result = samples::plainly_failed();
    result.steps.front().complaints.front().actual = "500 in 3 ms <html>\n" + std::string(10'000, 'x');
    const std::string message = between(junit({result}), "<failure message=\"", "\" type=");
    CHECK(message.size() < 600);
    CHECK(message.find('\n') == std::string::npos);
    CHECK(message.find("&#10;") == std::string::npos);
}

}  // namespace smartcar_sim::report
