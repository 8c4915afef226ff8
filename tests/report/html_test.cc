#include <string>
#include <vector>

#include "catch.h"
#include "report/audit_report.h"
#include "report/audit_samples.h"
#include "report/html_bytes.h"
#include "report/html_page.h"
#include "report/html_sequence.h"
#include "report/report.h"
#include "report/samples.h"

namespace smartcar_sim::report {
namespace {

using namespace std::string_literals;

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

std::size_t count(const std::string& text, const std::string& part) {
    std::size_t found = 0;
    for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + 1)) ++found;
    return found;
}

std::string page_of_run() {
    const auto report = make_report(Kind::kHtml);
    for (const scenario::Result& result : samples::results()) report->add(result);
    return report->finish(samples::summary());
}

std::string page_of(const std::vector<audit::Finding>& findings) {
    audit::Summary summary = samples::audit_summary();
    audit::count(findings, summary);
    return audit_report(Kind::kHtml, findings, summary);
}

std::vector<std::string> pages() { return {page_of_run(), page_of(samples::audit_findings())}; }

// Every tag of a page, "<a href=…>" and "</a>", between its style and its end.
std::vector<std::string> tags_of(const std::string& page) {
    std::vector<std::string> tags;
    for (std::size_t at = page.find("</style>"); (at = page.find('<', at)) != std::string::npos;) {
        const std::size_t end = page.find('>', at);
        REQUIRE(end != std::string::npos);
        tags.push_back(page.substr(at, end + 1 - at));
        at = end;
    }
    return tags;
}

std::string style_of(const std::string& page) {
    const std::size_t start = page.find("<style>");
    return page.substr(start, page.find("</style>") - start);
}

audit::Finding large(audit::Verdict verdict, const std::string& body) {
    audit::Finding finding = samples::plain_finding();
    finding.verdict = verdict;
    finding.severity = audit::Severity::kHigh;
    contract::Response response{.status = 500, .headers = {}, .body = body};
    response.headers.add("x-large", body);
    for (int i = 0; i < 3; ++i) finding.exchanges.push_back(samples::sent("again", body, response));
    finding.difference = audit::Difference{.expected_title = "one",
                                           .expected = body,
                                           .actual_title = "another",
                                           .actual = body + std::string(50'000, 'y')};
    return finding;
}

}  // namespace

TEST_CASE("a page is all there is to it: it asks for nothing from anywhere") {
    for (const std::string& page : pages()) {
        CHECK(count(page, "<style>") == 1);
        for (const std::string word : {"url(", "@import", "@font-face", "http:", "https:"}) {
            INFO(word);
            CHECK_FALSE(has(style_of(page), word));
        }
        for (const std::string& tag : tags_of(page)) {
            INFO(tag);
            CHECK_FALSE(has(tag, " src="));
            CHECK_FALSE((has(tag, " href=") && !has(tag, " href=\"#")));
            CHECK_FALSE(has(tag, "<script"));
        }
        CHECK(has(page, R"(content="default-src 'none'; style-src 'unsafe-inline'; img-src data:")"));
    }
}

TEST_CASE("whatever a callback or a scenario says, the page has no tag or attribute of its") {
    for (const std::string& page : pages()) {
        CHECK(count(page, "</style>") == 1);
        CHECK(count(page, "</body>") == 1);
        CHECK_FALSE(has(page, "<!--"));
        for (const std::string& tag : tags_of(page)) {
            INFO(tag);
            for (const std::string theirs : {"<img", "<script", "<h1>O", "<b>", " onerror="})
                CHECK_FALSE(has(tag, theirs));
        }
    }
    CHECK(has(page_of(samples::audit_findings()), "&lt;script&gt;alert(1)&lt;/script&gt;&lt;/style&gt;"));
    CHECK(has(page_of_run(), "Odd | &lt;b&gt;names&lt;/b&gt;"));
}

TEST_CASE("no control, and no byte that is not UTF-8, reaches the page") {
    for (const std::string& page : pages()) {
        CHECK(base::is_utf8(page));
        for (const char letter : page) {
            const auto byte = static_cast<unsigned char>(letter);
            if (byte < 0x20 && letter != '\n' && letter != '\t') FAIL("a control: " << int{byte});
        }
    }
}

TEST_CASE("what is opened is closed, in order") {
    for (const std::string& page : pages()) {
        std::vector<std::string> open;
        for (const std::string& tag : tags_of(page)) {
            const std::string name = tag.substr(1, tag.find_first_of(" >/", 2) - 1);
            if (tag.ends_with("/>") || name == "br" || tag == "</style>" || tag == "</head>" || tag == "</html>")
                continue;
            if (!tag.starts_with("</")) {
                open.push_back(name);
                continue;
            }
            INFO(tag);
            REQUIRE_FALSE(open.empty());
            REQUIRE("/" + open.back() == tag.substr(1, tag.size() - 2));
            open.pop_back();
        }
        CHECK(open.empty());
    }
}

TEST_CASE("every link of a page leads to a place in it") {
    for (const std::string& page : pages()) {
        const std::string before = "href=\"#";
        for (std::size_t at = page.find(before); at != std::string::npos; at = page.find(before, at + 1)) {
            const std::size_t start = at + before.size();
            const std::string place = page.substr(start, page.find('"', start) - start);
            INFO(place);
            CHECK(count(page, " id=\"" + place + "\"") == 1);
        }
    }
}

TEST_CASE("an audit of many checks with large bodies makes a page that a browser opens") {
    struct Row {
        std::string what, body;
    };
    const Row rows[] = {
        {"letters", std::string(50'000, 'x')},
        {"what becomes longest as HTML", std::string(50'000, '\x01')},
        {"bytes that are not UTF-8", std::string(50'000, '\xe9')},
        {"markup", std::string(50'000, '<')},
    };
    for (const Row& row : rows) {
        INFO(row.what);
        std::vector<audit::Finding> findings;
        findings.reserve(95);
        for (int i = 0; i < 80; ++i) findings.push_back(large(audit::Verdict::kFail, row.body));
        for (int i = 0; i < 15; ++i) findings.push_back(large(audit::Verdict::kUnknown, row.body));
        CHECK(page_of(findings).size() < 6'000'000);
    }
}

TEST_CASE("what a check that passed exchanged is not in the page") {
    audit::Finding finding = samples::plain_finding();
    finding.exchanges = {samples::sent("a title", "a body of theirs", contract::json_response(200, "an answer"))};
    CHECK_FALSE(has(page_of({finding}), "a body of theirs"));
}

TEST_CASE("a body that is cut says how much there is") {
    audit::Finding finding = samples::plain_finding();
    finding.verdict = audit::Verdict::kFail;
    finding.exchanges = {samples::sent("a title", std::string(50'000, 'x'), contract::json_response(200, ""))};
    CHECK(has(page_of({finding}), "50000 bytes, of which the first 4096 are shown"));
}

TEST_CASE("an audit in which nothing failed speaks of no failure") {
    const std::string page = page_of({samples::plain_finding()});
    CHECK(has(page, "<h1>Grade A</h1>"));
    CHECK_FALSE(has(page, "What failed"));
    CHECK(has(page_of({}), "<h1>No grade</h1>"));
}

TEST_CASE("of a scenario in which everything fails, the first steps stand open and the rest is folded") {
    scenario::Result result = samples::plainly_failed();
    result.steps.front().exchanges = {samples::exchange("{}", 401, "no")};
    for (int i = 0; i < 9; ++i) result.steps.push_back(result.steps.front());
    const auto report = make_report(Kind::kHtml);
    report->add(result);
    const std::string page = report->finish(samples::summary());
    CHECK(count(page, "<details><summary><h4>") == 7);
    CHECK(count(page, "<details open><summary>Bytes of ") == 1);
    CHECK(count(page, "<details><summary>Bytes of ") == 9);
}

TEST_CASE("a run of very many scenarios makes a page that a browser opens") {
    const auto report = make_report(Kind::kHtml);
    scenario::Result result = samples::failed();
    result.steps[1].exchanges.assign(100, samples::exchange(std::string(50'000, '<'), 500, std::string(50'000, '&')));
    for (int i = 0; i < 400; ++i) report->add(i % 2 == 0 ? result : samples::passed());
    CHECK(report->finish(samples::summary()).size() < 12'000'000);
}

TEST_CASE("bytes that cannot be seen are named, and the rest stays as it can be copied") {
    struct Row {
        std::string bytes, html;
    };
    const Row rows[] = {
        {"a b", "a b"},
        {"<&>\"'", "&lt;&amp;&gt;&quot;&#39;"},
        {"a\r\nb", R"(a<i data-byte="\r\n"></i>)"
                   "\nb"},
        {"\t", "<i data-byte=\"\\t\"></i>\t"},
        {"\x1b\0\x7f"s, R"(<i data-byte="\x1B\x00\x7F"></i>)"},
        {"caf\xe9", R"(caf<i data-byte="\xE9"></i>)"},
        {"né 車", R"(n<u title="C3A9">é</u> <u title="E8BB8A">車</u>)"},
        {"\u200b\u202e\u00a0\ufeff", R"(<i data-byte="U+200BU+202EU+00A0U+FEFF"></i>)"},
        {"\U000E0041", R"(<i data-byte="U+E0041"></i>)"},
        {"a  b ", R"(a<span class="blank">  </span>b<span class="blank"> </span>)"},
    };
    for (const Row& row : rows) {
        INFO(row.html);
        CHECK(visible_bytes(row.bytes, Spaces::kAsNeeded) == row.html);
    }
    CHECK(visible_bytes("a b", Spaces::kEach) == R"(a<span class="blank"> </span>b)");
}

TEST_CASE("a picture shows what came of each request") {
    using Failed = delivery::Failure::Kind;
    struct Row {
        delivery::Answer answer;
        Sequence::Way way;
        std::size_t crosses;
        std::string says;
    };
    const Row rows[] = {
        {contract::json_response(204, ""), Sequence::Way::kWhole, 0, "204 in 5 ms"},
        {contract::json_response(200, ""), Sequence::Way::kLost, 1, "the answer was lost: 200 in 5 ms"},
        {delivery::Failure{Failed::kTimeout, ""}, Sequence::Way::kWhole, 1, "timeout in 5 ms"},
        {delivery::Failure{Failed::kReset, ""}, Sequence::Way::kWhole, 1, "reset in 5 ms"},
        {delivery::Failure{Failed::kMalformed, ""}, Sequence::Way::kWhole, 1, "malformed in 5 ms"},
        {delivery::Failure{Failed::kUnreachable, "refused"}, Sequence::Way::kWhole, 1, "unreachable in 5 ms: refused"},
        {delivery::Failure{Failed::kTls, ""}, Sequence::Way::kWhole, 1, "tls in 5 ms"},
    };
    for (const Row& row : rows) {
        Sequence sequence("a", "b");
        sequence.exchange("the event", row.answer, base::Milliseconds(5), row.way);
        const std::string drawn = sequence.take();
        INFO(drawn);
        CHECK(count(drawn, "class=\"stop\"") == row.crosses);
        CHECK(has(drawn, ">" + row.says + "</text>"));
    }
}

TEST_CASE("a picture of very many exchanges counts the rest") {
    Sequence sequence("a", "b");
    for (int i = 0; i < 100; ++i) {
        sequence.band("later");
        sequence.exchange("the event", contract::json_response(200, ""), base::Milliseconds(5), Sequence::Way::kWhole);
    }
    const std::string drawn = sequence.take();
    CHECK(count(drawn, ">the event</text>") == Sequence::kMost);
    CHECK(has(drawn, "70 more exchanges not drawn"));
    CHECK(Sequence("a", "b").take().empty());
}

TEST_CASE("a long title is broken between words and ends in three lines") {
    Sequence sequence("a", "b");
    sequence.exchange(std::string(50, 'w') + " and " + std::string(200, 'v'), contract::json_response(200, ""),
                      base::Milliseconds(5), Sequence::Way::kWhole);
    const std::string drawn = sequence.take();
    CHECK(count(drawn, "</text>") == 2 + 3 + 1);
    CHECK(has(drawn, " …</text>"));
}

}  // namespace smartcar_sim::report
