#include "audit/audit.h"

#include <algorithm>
#include <optional>
#include <span>
#include <string>
#include <utility>

#include "audit/diagnosis.h"
#include "audit/examination.h"
#include "audit/latency.h"
#include "base/text.h"
#include "delivery/excerpt.h"

namespace smartcar_sim::audit {
namespace {

Finding finding_of(const Check& check) {
    Finding finding;
    finding.id = check.id;
    finding.family = check.family;
    finding.severity = check.severity;
    finding.asks = check.asks;
    finding.sends = check.sends;
    finding.expects = check.expects;
    finding.why = check.why;
    return finding;
}

void take(Finding& finding, Outcome outcome, const Check& check) {
    finding.verdict = outcome.verdict;
    finding.came = std::move(outcome.came);
    finding.note = std::move(outcome.note);
    finding.mistake = std::move(outcome.mistake);
    finding.difference = std::move(outcome.difference);
    if (finding.verdict != Verdict::kFail) return;
    finding.fix = outcome.fix.empty() ? std::string(check.fix) : std::move(outcome.fix);
}

class Run {
public:
    Run(const Subject& subject, Line& line, Probe* probe, const base::Ids& ids, const Options& options)
        : options_(options), line_(line), examination_(subject, line, probe, ids, options.max_time) {}

    [[nodiscard]] Finding make(const Check& check);
    [[nodiscard]] const Examination& examination() const { return examination_; }
    [[nodiscard]] std::size_t unasked() const { return unasked_; }
    // The check that was being made when the audit had to end; empty when it ended between two.
    [[nodiscard]] const std::string& cut_during() const { return cut_during_; }

private:
    // Whether the audit has to end here. What is judged by times that were taken already needs none.
    [[nodiscard]] bool is_cut(const Check& check) const {
        const bool sends = check.family != Family::kTime || examination_.honest_times().empty();
        return line_.called_off() || (sends && examination_.time_is_up());
    }
    // Why the check is not made; nothing when it is.
    [[nodiscard]] std::optional<std::string> obstacle(const Check& check);
    [[nodiscard]] std::string not_asked() {
        ++unasked_;
        if (line_.called_off()) return "The audit was called off.";
        return "The " + base::format_duration(options_.max_time) + " of --max-time were over.";
    }

    const Options& options_;
    Line& line_;
    Examination examination_;
    std::string preflight_failed_;
    std::size_t unasked_ = 0;
    std::string cut_during_;
};

std::optional<std::string> Run::obstacle(const Check& check) {
    if (is_cut(check)) return not_asked();
    if (check.part == Check::Part::kPreflight) return std::nullopt;
    if (!preflight_failed_.empty()) {
        return "The preflight failed (" + preflight_failed_ + "): without it nothing else can be told.";
    }
    if (check.of && !examination_.speaks(*check.of)) {
        if (is_cut(check)) return not_asked();
        return "The callback answers no " + std::string(name_of(*check.of)) + " challenge, so it gets no such events.";
    }
    return std::nullopt;
}

Finding Run::make(const Check& check) {
    Finding finding = finding_of(check);
    if (auto why = obstacle(check)) {
        finding.came = *std::move(why);
        return finding;
    }
    const base::Milliseconds began = line_.elapsed();
    take(finding, check.run(examination_), check);
    finding.exchanges = examination_.take_exchanges();
    finding.took = line_.elapsed() - began;
    if (is_cut(check) && finding.verdict != Verdict::kPass) {
        // What failed may have failed for want of time alone.
        finding.verdict = Verdict::kSkip;
        finding.fix.clear();
        finding.note.clear();
        finding.mistake.reset();
        finding.difference.reset();
        finding.came = not_asked();
        if (cut_during_.empty()) cut_during_ = check.id;
    }
    if (check.part == Check::Part::kPreflight && finding.verdict == Verdict::kFail && preflight_failed_.empty()) {
        preflight_failed_ = check.id;
    }
    return finding;
}

void conclude_from_probe(const Examination& examination, std::span<const Finding> findings, Summary& summary) {
    const Probe* probe = examination.probe();
    if (probe == nullptr) {
        const bool missed = std::ranges::any_of(findings, [](const Finding& finding) {
            return finding.family == Family::kReplay && finding.verdict == Verdict::kUnknown;
        });
        if (missed) {
            summary.conclusions.emplace_back(
                "What the callback did with an event was not seen: there was no --probe or --probe-url.");
        }
        return;
    }
    const bool sees = examination.has_seen() && !examination.blind();
    if (sees) summary.probe = probe->name();
    if (!examination.probe_problem().empty()) {
        summary.conclusions.push_back(std::string("What the callback did could not ") + (sees ? "always " : "") +
                                      "be seen: " + examination.probe_problem() + ".");
    } else if (examination.blind() && probe->shows() == Probe::Shows::kCalls) {
        summary.conclusions.emplace_back(
            "What the callback did with an event was not seen: it made no call to the platform's API, and there was no "
            "--probe or --probe-url.");
    } else if (examination.blind()) {
        summary.conclusions.push_back(
            "What the callback did could not be told: of an honest event there was nothing to be seen in " +
            probe->name() + ", which showed " + delivery::excerpt(examination.shown_last()) + ".");
    }
}

}  // namespace

std::vector<const Check*> chosen_checks(const Choice& choice) {
    const auto is_in = [](const std::vector<const Check*>& some, const Check& check) {
        return std::ranges::find(some, &check) != some.end();
    };
    std::vector<const Check*> chosen;
    for (const Check& check : checks()) {
        const bool usual =
            choice.only.empty() && (check.part != Check::Part::kThorough || choice.extent == Choice::Extent::kThorough);
        // What is named is meant, thorough or not.
        const bool wanted = (usual || is_in(choice.only, check)) && !is_in(choice.skip, check);
        if (wanted || check.part == Check::Part::kPreflight) chosen.push_back(&check);
    }
    return chosen;
}

Audited examine(const Subject& subject, Line& line, Probe* probe, const base::Ids& ids, const Options& options) {
    Run run(subject, line, probe, ids, options);
    Audited audited;
    audited.findings.reserve(options.selected.size());
    for (const Check* check : options.selected) {
        audited.findings.push_back(run.make(*check));
        if (options.on_finding) options.on_finding(audited.findings.back());
    }
    Summary& summary = audited.summary;
    summary.callback = subject.callback;
    summary.webhook_version = name_of(subject.version);
    count(audited.findings, summary);
    summary.latency = latency_of(run.examination().honest_times());
    if (auto print = print_told_by(audited.findings)) summary.conclusions.push_back(*std::move(print));
    conclude_from_probe(run.examination(), audited.findings, summary);
    summary.unasked = run.unasked();
    if (summary.unasked > 0) {
        const std::string why = line.called_off() ? "The audit was called off" : "The time was up";
        const std::string during = run.cut_during().empty() ? "" : " during " + run.cut_during() + ", and so";
        summary.conclusions.push_back(
            why + during + " before all was asked: " + std::to_string(summary.unasked) +
            (summary.unasked == 1 ? " of the checks was not made." : " of the checks were not made."));
        if (summary.failed == 0) summary.grade.reset();  // what was not asked might have decided it
    }
    summary.took = line.elapsed();
    return audited;
}

}  // namespace smartcar_sim::audit
