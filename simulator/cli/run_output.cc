#include "cli/run_output.h"

#include <utility>
#include <variant>

#include "cli/output_file.h"
#include "cli/report_output.h"
#include "report/json.h"

namespace smartcar_sim::cli {

namespace {

// Escaped as a report escapes it, a secret might no longer be found: it is masked before.
void conceal(scenario::Result& result, const Terminal& terminal) {
    const auto mask = [&](std::string& text) { text = terminal.concealed(text); };
    const auto mask_headers = [&](contract::Headers& headers) { headers = terminal.concealed(headers); };
    mask(result.error);
    mask(result.name);
    mask(result.skipped);
    for (std::string& line : result.application_output) mask(line);
    for (scenario::StepResult& step : result.steps) {
        mask(step.title);
        mask(step.says);
        mask(step.source);
        mask(step.expected);
        for (std::string& note : step.notes) mask(note);
        for (scenario::Complaint& complaint : step.complaints) {
            mask(complaint.expected);
            mask(complaint.actual);
            mask(complaint.why);
            mask(complaint.fix);
        }
        for (scenario::Exchange& exchange : step.exchanges) {
            mask(exchange.url.target);
            mask(exchange.request.target);
            mask(exchange.request.body);
            mask_headers(exchange.request.headers);
            if (auto* response = std::get_if<contract::Response>(&exchange.answer)) {
                mask(response->body);
                mask_headers(response->headers);
            } else {
                mask(std::get<delivery::Failure>(exchange.answer).detail);
            }
        }
    }
}

}  // namespace

RunOutput::RunOutput(const Invocation& invocation, std::vector<ReportFile> files, report::Detail detail)
    : invocation_(invocation),
      terminal_(invocation.terminal),
      detail_(detail),
      paint_(paint_of(invocation.terminal)),
      on_github_(on_github(invocation.surroundings.environment)) {
    for (ReportFile& file : files) {
        auto report = report::make_report(file.kind);
        reports_.push_back({std::move(file), std::move(report)});
    }
    if (on_github_) step_summary_ = report::make_report(report::Kind::kMarkdown);
}

scenario::Keep RunOutput::keep() const {
    return detail_ == report::Detail::kEverySteps || !reports_.empty() ? scenario::Keep::kEverything
                                                                       : scenario::Keep::kFailures;
}

void RunOutput::add(scenario::Result result) {
    conceal(result, terminal_);
    print(result);
    for (Open& open : reports_) open.report->add(result);
    if (step_summary_) {
        step_summary_->add(result);
        annotations_.add(result);
    }
}

void RunOutput::add_unplayed(std::vector<scenario::Result> results, Reason reason) {
    for (scenario::Result& result : results) {
        conceal(result, terminal_);
        for (Open& open : reports_) open.report->add(result);
        if (!on_github_) continue;
        step_summary_->add(result);
        if (reason == Reason::kOwn || &result == &results.front()) annotations_.add(result);
    }
}

void RunOutput::print(const scenario::Result& result) {
    if (terminal_.json()) return terminal_.print(report::json_lines(result));
    const bool held = !did_not_hold(result.verdict);
    if (held && terminal_.verbosity() == Verbosity::kQuiet) return;
    const std::string text = report::scenario_text(result, detail_, paint_);
    if (!held) failures_.push_back(report::brief_text(result, paint_));
    terminal_.print(on_github_ ? report::group_begin(result) + "\n" + text + report::group_end() : text);
}

base::Result<base::Done> RunOutput::finish(const scenario::Summary& summary) {
    if (terminal_.json()) {
        terminal_.print(report::json_line(summary));
    } else if (terminal_.verbosity() != Verbosity::kQuiet) {
        terminal_.print(report::summary_text(summary, failures_, paint_));
    }
    return write(summary);
}

base::Result<base::Done> RunOutput::write(const scenario::Summary& summary) {
    for (const std::string& line : annotations_.finish()) {
        // A program that reads JSON lines is not to stumble over them; GitHub heeds both streams.
        terminal_.json() ? terminal_.note(line) : terminal_.print(line);
    }
    for (Open& open : reports_) {
        const auto written = write_file("--report", open.file.path, terminal_.concealed(open.report->finish(summary)),
                                        Writing::kReplace);
        if (!written) return written;
    }
    if (!step_summary_) return base::Done{};
    return write_summary_of_step(invocation_.surroundings.environment,
                                 terminal_.concealed(step_summary_->finish(summary)));
}

}  // namespace smartcar_sim::cli
