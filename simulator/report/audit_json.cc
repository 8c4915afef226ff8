#include <string_view>
#include <variant>

#include "base/printable.h"
#include "report/audit_kinds.h"
#include "report/audit_report.h"
#include "report/audit_words.h"
#include "report/json_object.h"

namespace smartcar_sim::report {

namespace {

using audit::Verdict;

void write_headers(document::Writer& json, const contract::Headers& headers) {
    json.key("headers").begin_array();
    for (const auto& [name, value] : headers) {
        json.begin_array().value(base::as_utf8(name)).value(base::as_utf8(value)).end_array();
    }
    json.end_array();
}

void write_request(JsonObject& line, const audit::Sent& sent) {
    if (is_raw(sent)) {
        line.text("raw", sent.raw);
        return;
    }
    line.json().key("request").begin_object();
    line.text("method", sent.request.method).text("target", sent.request.target);
    write_headers(line.json(), sent.request.headers);
    line.text("body", sent.request.body).json().end_object();
}

void write_answer(JsonObject& line, const delivery::Answer& answer) {
    if (const auto* failure = std::get_if<delivery::Failure>(&answer)) {
        line.text("error", name_of(failure->kind)).text("detail", failure->detail);
        return;
    }
    const auto& response = std::get<contract::Response>(answer);
    line.json().key("response").begin_object().member("status", response.status);
    write_headers(line.json(), response.headers);
    line.text("body", response.body).json().end_object();
}

void write_exchanges(JsonObject& line, const audit::Finding& finding) {
    line.json().key("exchanges").begin_array();
    for (const audit::Sent& sent : finding.exchanges) {
        line.json().begin_object();
        line.text("title", sent.title);
        write_request(line, sent);
        write_answer(line, sent.answer);
        line.time("milliseconds", sent.took).json().end_object();
    }
    line.json().end_array();
}

void write_difference(JsonObject& line, const std::optional<audit::Difference>& difference) {
    line.json().key("difference");
    if (!difference) {
        line.json().null();
        return;
    }
    line.json().begin_object();
    line.text("expectedTitle", difference->expected_title).text("expected", difference->expected);
    line.text("actualTitle", difference->actual_title).text("actual", difference->actual).json().end_object();
}

void write_latency(JsonObject& line, const audit::Latency& latency) {
    line.json().key("latency").begin_object();
    line.count("answers", latency.answers).time("median", latency.median).time("p95", latency.p95);
    line.time("slowest", latency.slowest).time("limit", latency.limit).json().end_object();
}

void write_comparison(JsonObject& line, const std::optional<audit::Comparison>& comparison) {
    line.json().key("comparison");
    if (!comparison) {
        line.json().null();
        return;
    }
    line.json().begin_object();
    line.texts("worse", comparison->worse).texts("better", comparison->better);
    line.texts("still", comparison->still).texts("gone", comparison->gone).json().end_object();
}

}  // namespace

std::string json_line(const audit::Finding& finding) {
    JsonObject line("check");
    line.text("id", finding.id).text("family", name_of(finding.family)).text("severity", name_of(finding.severity));
    line.text("verdict", name_of(finding.verdict)).text("asks", finding.asks).text("sent", finding.sends);
    line.text("expected", finding.expects).text("why", finding.why).text_or_null("came", finding.came);
    line.text_or_null("fix", finding.fix).text_or_null("note", finding.note);
    line.text_or_null("mistake", finding.mistake.value_or(""));
    write_difference(line, finding.difference);
    line.time("milliseconds", finding.took);
    if (finding.verdict == Verdict::kFail || finding.verdict == Verdict::kUnknown) write_exchanges(line, finding);
    return line.take();
}

std::string json_line(const audit::Summary& summary) {
    JsonObject line("summary");
    line.text_or_null("grade", summary.grade ? std::string_view(&*summary.grade, 1) : std::string_view());
    line.count("passed", summary.passed).count("failed", summary.failed);
    line.count("skipped", summary.skipped).count("unknown", summary.unknown);
    line.text("callback", summary.callback.text()).text("webhookVersion", summary.webhook_version);
    write_latency(line, summary.latency);
    line.texts("conclusions", summary.conclusions);
    write_comparison(line, summary.comparison);
    line.text_or_null("probe", summary.probe).seed(summary.seed);
    line.json().member("exit", summary.exit);
    return line.text("version", summary.version).time("milliseconds", summary.took).take();
}

std::string audit_json(std::span<const audit::Finding> findings, const audit::Summary& summary) {
    std::string text;
    for (const audit::Finding& finding : findings) text += json_line(finding);
    return text + json_line(summary);
}

}  // namespace smartcar_sim::report
