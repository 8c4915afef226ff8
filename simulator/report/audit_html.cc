// An audit as a page that is read from the top: may this be merged, what failed, what exactly was sent and came, and
// what is not known.
#include <algorithm>
#include <numeric>
#include <variant>

#include "report/audit_kinds.h"
#include "report/audit_words.h"
#include "report/html_bytes.h"
#include "report/html_diff.h"
#include "report/html_page.h"
#include "report/html_sequence.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

using audit::Verdict;

// How much of what was exchanged is shown.
struct Room {
    std::size_t bytes;  // of a head or a body
    std::size_t exchanges;
};
constexpr Room kOfFailure{.bytes = 4'096, .exchanges = 6};
constexpr Room kOfUnknown{.bytes = 1'024, .exchanges = 6};
constexpr Room kOnceFull{.bytes = 200, .exchanges = 1};

std::string anchor(std::string_view id) { return "check-" + std::string(id); }

std::string link_to(std::string_view id) {
    return "<a" + html_attribute("href", "#" + anchor(id)) + "><code>" + html_text(id) + "</code></a>";
}

std::string grade_look(const std::optional<char>& grade) {
    if (!grade) return "skip";
    return *grade == 'A' ? "pass" : *grade < 'D' ? "unknown" : "fail";
}

std::string header(const audit::Summary& summary) {
    const std::string letter = summary.grade ? std::string(1, *summary.grade) : "–";
    return R"(<header class="card top"><div class="tile )" + grade_look(summary.grade) + R"(" aria-hidden="true">)" +
           letter + "</div><div>\n" +
           html_element("h1", "", summary.grade ? "Grade " + letter : std::string("No grade")) +
           html_element("p", "", grade_says(summary.grade)) + R"(<p class="soft">)" + html_text(counts(summary)) +
           "<br>" + html_text("the callback " + summary.callback.text()) + "</p></div></header>\n";
}

std::string marks(const Findings& findings) {
    std::string html = R"(<div class="marks">)";
    for (const audit::Finding* finding : findings) {
        const std::string_view look = name_of(finding->verdict);
        html += "<a" + html_attribute("class", look) + html_attribute("href", "#" + anchor(finding->id)) +
                html_attribute("title", std::string(finding->id) + ": " + std::string(word_for(finding->verdict))) +
                R"(><span aria-hidden="true">)" + std::string(html_mark(look)) + R"(</span><span class="hidden">)" +
                html_text(finding->id) + " " + std::string(word_for(finding->verdict)) + "</span></a>";
    }
    return html + "</div>";
}

std::string families(std::span<const audit::Finding> findings) {
    std::string html = R"(<table class="wide families">)"
                       "\n";
    for (const FamilyCounts& one : by_family(findings)) {
        html += R"(<tr><th scope="row">)" + html_text(title_of(one.family)) + "</th><td>" + html_text(one.text()) +
                "</td><td>" + marks(of_family(findings, one.family)) + "</td></tr>\n";
    }
    return html + "</table>\n";
}

std::string bar(std::string_view label, base::Milliseconds time, base::Milliseconds limit) {
    const long long share = std::min(share_of_limit(time, limit), 1000LL);
    const std::string percent = std::to_string(share / 10) + "." + std::to_string(share % 10) + "%";
    return R"(<div class="time"><span>)" + html_text(label) +
           R"(</span><div class="bar" aria-hidden="true"><span style="width:max(2px,)" + percent +
           R"lit()"></span></div><span class="number">)lit" + std::to_string(time.count()) + " ms</span></div>\n";
}

std::string latency(const audit::Latency& latency) {
    if (latency.answers == 0) return {};
    std::string html = "<section>\n" + html_element("h2", "", "How fast it answers") + R"(<div class="card">)" +
                       html_element("p", "", latency_text(latency));
    if (latency.limit.count() > 0) {
        html += bar("median", latency.median, latency.limit) + bar("p95", latency.p95, latency.limit) +
                bar("slowest", latency.slowest, latency.limit);
    }
    return html + "</div></section>\n";
}

std::string conclusions(const std::vector<std::string>& sentences) {
    if (sentences.empty()) return {};
    std::string html = "<section>\n" + html_element("h2", "", "What this says together") +
                       R"(<ul class="card">)"
                       "\n";
    for (const std::string& sentence : sentences) html += html_element("li", "", sentence);
    return html + "</ul></section>\n";
}

std::string comparison(const std::optional<audit::Comparison>& compared) {
    if (!compared) return {};
    std::string html = "<section>\n" + html_element("h2", "", "Against the baseline") + R"(<div class="card">)";
    const std::vector<Compared> lists = lists_of(*compared);
    if (lists.empty()) return html + html_element("p", "", "Nothing failed then or fails now.") + "</div></section>\n";
    html += "<dl>\n";
    for (const Compared& list : lists) {
        const std::string_view look = list.label == "worse" ? "fail" : list.label == "better" ? "pass" : "unknown";
        html += "<dt>" + html_verdict(look, list.label) + "</dt><dd>" + html_text(list.says) + ": ";
        for (const std::string& id : *list.ids) html += (&id == &list.ids->front() ? "" : ", ") + link_to(id);
        html += "</dd>\n";
    }
    return html + "</dl></div></section>\n";
}

// Whoever holds no token, or Smartcar.
std::string_view sender_of(audit::Family family) {
    const bool is_forged = family == audit::Family::kForgery || family == audit::Family::kOracle;
    return is_forged ? "forger" : "Smartcar (simulator)";
}

std::string picture(const audit::Finding& finding) {
    Sequence sequence(sender_of(finding.family), "callback");
    for (const audit::Sent& sent : finding.exchanges) {
        sequence.exchange(sent.title, sent.answer, sent.took, Sequence::Way::kWhole);
    }
    return sequence.take();
}

std::string terms(const audit::Finding& finding) {
    std::string html = "<dl>\n";
    for (const Said& said : said_of(finding)) html += html_term(said.label, said.text);
    return html + "</dl>\n";
}

bool has_no_answer(const audit::Sent& sent) { return std::holds_alternative<delivery::Failure>(sent.answer); }

// The one that most likely decided: the first without an answer, or else the last.
std::size_t decisive(const audit::Finding& finding) {
    const auto found = std::ranges::find_if(finding.exchanges, has_no_answer);
    const auto place = static_cast<std::size_t>(found - finding.exchanges.begin());
    return std::min(place, finding.exchanges.size() - 1);
}

// Those whose bytes are shown: where there are too many, rather those without an answer. In their order.
std::vector<std::size_t> chosen(const audit::Finding& finding, std::size_t most) {
    std::vector<std::size_t> places(finding.exchanges.size());
    std::iota(places.begin(), places.end(), std::size_t{0});
    std::ranges::stable_partition(places, [&](std::size_t place) { return has_no_answer(finding.exchanges[place]); });
    std::ranges::stable_partition(places, [&](std::size_t place) { return place == decisive(finding); });
    places.resize(std::min(places.size(), most));
    std::ranges::sort(places);
    return places;
}

std::string exchanges(const audit::Finding& finding, const Room& room, Fold decided) {
    std::string html;
    for (const std::size_t place : chosen(finding, room.exchanges)) {
        const audit::Sent& sent = finding.exchanges[place];
        const ShownExchange shown{.request = is_raw(sent) ? nullptr : &sent.request,
                                  .raw = sent.raw,
                                  .answer = &sent.answer,
                                  .took = sent.took};
        const std::string head = "Bytes of " + std::to_string(place + 1) + ": " + html_text(sent.title) + ", " +
                                 html_text(answer_in_short(sent.answer, sent.took));
        html +=
            html_folded(place == decisive(finding) ? decided : Fold::kClosed, head, exchange_html(shown, room.bytes));
    }
    if (finding.exchanges.size() <= room.exchanges) return html;
    return html + html_element("p", "soft small",
                               "The bytes of " + counted(finding.exchanges.size() - room.exchanges, "more exchange") +
                                   " are not shown; --report json=FILE has them.");
}

std::string failure(const audit::Finding& finding, const Room& room) {
    const std::string severity(name_of(finding.severity));
    std::string html = R"(<article class="card failure")" + html_attribute("id", anchor(finding.id)) + ">\n<p>" +
                       html_verdict("fail", "failed") + R"( <span class="severity )" + severity + R"(">)" + severity +
                       "</span> <code>" + html_text(finding.id) + "</code></p>\n" +
                       html_element("h3", "", finding.asks) + terms(finding);
    if (finding.difference) {
        html += html_element("h4", "", "Where the bytes differ") + difference_html(*finding.difference);
    }
    if (finding.exchanges.empty()) return html + "</article>\n";
    return html + html_element("h4", "", "What was exchanged") + picture(finding) +
           exchanges(finding, room, Fold::kOpen) + "</article>\n";
}

// Says less of what comes once there is much.
const Room& room_in(const std::string& html, const Room& usual) { return html.size() < kRoomyPage ? usual : kOnceFull; }

std::string failures(std::span<const audit::Finding> findings) {
    const Findings failed = worst_first(findings);
    if (failed.empty()) return {};
    std::string html = "<section>\n" + html_element("h2", "", "What failed, worst first");
    for (const audit::Finding* finding : failed) html += failure(*finding, room_in(html, kOfFailure));
    return html + "</section>\n";
}

std::string unknown(const audit::Finding& finding, const Room& room) {
    const std::string head = html_verdict("unknown", "unknown") + " " + html_text(finding.asks);
    return "<div" + html_attribute("id", anchor(finding.id)) + ">" +
           html_folded(Fold::kClosed, head,
                       "<p><code>" + html_text(finding.id) + "</code></p>\n" + terms(finding) + picture(finding) +
                           exchanges(finding, room, Fold::kClosed)) +
           "</div>\n";
}

std::string row(const audit::Finding& finding) {
    const bool is_skipped = finding.verdict == Verdict::kSkip;
    std::string said = html_text(finding.asks);
    if (!finding.came.empty()) said += R"(<br><span class="soft">)" + html_text(finding.came) + "</span>";
    if (!finding.note.empty()) said += R"(<br><span class="soft">)" + html_text(finding.note) + "</span>";
    return "<tr" + html_attribute("id", anchor(finding.id)) + R"(><td><code>)" + html_text(finding.id) +
           "</code></td><td>" + said + R"(</td><td class="number">)" +
           (is_skipped ? "" : std::to_string(finding.took.count()) + " ms") + "</td></tr>\n";
}

std::string head_of(std::size_t count, Verdict verdict) {
    return "<h2>" + html_verdict(name_of(verdict), std::to_string(count) + " " + std::string(word_for(verdict))) +
           "</h2>";
}

std::string unknowns(std::span<const audit::Finding> findings) {
    const Findings of = of_verdict(findings, Verdict::kUnknown);
    if (of.empty()) return {};
    std::string html = html_element("p", "soft", "They were asked, and the answers do not tell.");
    for (const audit::Finding* finding : of) html += unknown(*finding, room_in(html, kOfUnknown));
    return html_folded(Fold::kClosed, head_of(of.size(), Verdict::kUnknown), html);
}

std::string table(std::span<const audit::Finding> findings, Verdict verdict) {
    const Findings of = of_verdict(findings, verdict);
    if (of.empty()) return {};
    std::string html = R"(<table class="wide">)"
                       "\n";
    for (const audit::Finding* finding : of) html += row(*finding);
    return html_folded(Fold::kClosed, head_of(of.size(), verdict), html + "</table>\n");
}

std::string conditions(const audit::Summary& summary) {
    return "<section>\n" + html_element("h2", "", "How it was asked") +
           R"(<dl class="card">)"
           "\n" +
           html_term("callback", summary.callback.text()) + html_term("webhook version", summary.webhook_version) +
           html_term("effects", summary.probe.empty() ? "not seen" : "seen by " + summary.probe) +
           html_term("took", std::to_string(summary.took.count()) + " ms") +
           html_term("repeat", "--seed " + std::to_string(summary.seed)) + "</dl></section>\n";
}

}  // namespace

std::string audit_html(std::span<const audit::Finding> findings, const audit::Summary& summary) {
    std::string others = unknowns(findings) + table(findings, Verdict::kPass) + table(findings, Verdict::kSkip);
    if (!others.empty()) others = R"(<section class="card">)" + others + "</section>\n";
    const std::string body = header(summary) + "<main>\n" +
                             R"(<section class="card">)"
                             "\n" +
                             html_element("h2", "hidden", "Families of checks") + families(findings) + "</section>\n" +
                             conclusions(summary.conclusions) + latency(summary.latency) +
                             comparison(summary.comparison) + failures(findings) + others + conditions(summary) +
                             "</main>\n";
    return html_page("Audit of " + summary.callback.text() + ": " + grade_text(summary.grade), body, summary.version);
}

}  // namespace smartcar_sim::report
