#include "cli/audit_output.h"

#include <string>
#include <utility>
#include <variant>

#include "cli/output_file.h"
#include "cli/report_output.h"
#include "contract/shown_headers.h"
#include "report/audit_report.h"
#include "report/audit_text.h"

namespace smartcar_sim::cli {

namespace {

// Escaped as a report escapes it, a secret might no longer be found: it is masked before.
class Concealer {
public:
    explicit Concealer(const Terminal& terminal) : terminal_(terminal) {}

    void conceal(audit::Finding& finding) const {
        mask(finding.came);
        mask(finding.fix);
        mask(finding.note);
        if (finding.difference) {
            mask(finding.difference->expected);
            mask(finding.difference->actual);
        }
        for (audit::Sent& sent : finding.exchanges) conceal(sent);
    }

private:
    void mask(std::string& text) const { text = terminal_.concealed(text); }

    void mask(contract::Headers& headers) const { headers = terminal_.concealed(headers); }

    void conceal(audit::Sent& sent) const {
        mask(sent.request.target);
        mask(sent.request.headers);
        mask(sent.request.body);
        mask(sent.raw);
        if (auto* response = std::get_if<contract::Response>(&sent.answer)) {
            response->headers = contract::shown_headers(response->headers);
            mask(response->headers);
            mask(response->body);
        } else {
            mask(std::get<delivery::Failure>(sent.answer).detail);
        }
    }

    const Terminal& terminal_;
};

}  // namespace

AuditOutput::AuditOutput(const Invocation& invocation, std::vector<ReportFile> files)
    : invocation_(invocation),
      terminal_(invocation.terminal),
      paint_(paint_of(invocation.terminal)),
      files_(std::move(files)) {}

void AuditOutput::add(audit::Finding finding) {
    Concealer(terminal_).conceal(finding);
    findings_.push_back(std::move(finding));
    const audit::Finding& shown = findings_.back();
    if (terminal_.json()) return terminal_.print(report::json_line(shown));
    const bool all = terminal_.verbosity() >= Verbosity::kVerbose;
    const std::string text =
        report::finding_text(shown, all ? report::Detail::kEverySteps : report::Detail::kWhatFailed, paint_);
    if (!text.empty()) terminal_.print(text);
}

base::Result<base::Done> AuditOutput::finish(audit::Summary summary) {
    conceal(summary);
    if (!terminal_.json() && terminal_.verbosity() != Verbosity::kQuiet) {
        terminal_.print(report::summary_text(findings_, summary, paint_));
    }
    return write(summary);
}

base::Result<base::Done> AuditOutput::give_up(audit::Summary summary) {
    conceal(summary);
    return write(summary);
}

void AuditOutput::conceal(audit::Summary& summary) const {
    summary.callback.target = terminal_.concealed(summary.callback.target);
    for (std::string& conclusion : summary.conclusions) conclusion = terminal_.concealed(conclusion);
}

base::Result<base::Done> AuditOutput::write(const audit::Summary& summary) {
    if (terminal_.json()) terminal_.print(report::json_line(summary));
    for (const ReportFile& file : files_) {
        const auto written =
            write_file("--report", file.path, terminal_.concealed(report::audit_report(file.kind, findings_, summary)),
                       Writing::kReplace);
        if (!written) return written;
    }
    if (!on_github(invocation_.surroundings.environment)) return base::Done{};
    return write_summary_of_step(
        invocation_.surroundings.environment,
        terminal_.concealed(report::audit_report(report::Kind::kMarkdown, findings_, summary)));
}

}  // namespace smartcar_sim::cli
