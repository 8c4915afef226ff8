#include "audit/baseline.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "document/json.h"

namespace smartcar_sim::audit {
namespace {

std::string text_at(const document::Value& object, std::string_view key) {
    const document::Value* member = object.find(key);
    return member == nullptr || member->string() == nullptr ? "" : *member->string();
}

base::Error bad_baseline(const std::string& file, int line, const std::string& what) {
    return {"bad_baseline", what, base::Place{file, line, 1}};
}

}  // namespace

base::Result<Baseline> parse_baseline(std::string_view lines, const std::string& file) {
    Baseline baseline;
    for (int number = 1; !lines.empty(); ++number) {
        const std::size_t end = std::min(lines.find('\n'), lines.size());
        const std::string_view line = lines.substr(0, end);
        lines.remove_prefix(std::min(end + 1, lines.size()));
        if (line.find_first_not_of(" \t\r") == std::string_view::npos) continue;
        auto object = document::parse(line, file);
        if (!object) {
            base::Error error = object.error();
            if (error.place) error.place->line = number;
            return error;
        }
        if (text_at(object.value(), "type") != "check") continue;
        if (text_at(object.value(), "id").empty()) return bad_baseline(file, number, "this check has no id");
        const auto verdict = parse_verdict(text_at(object.value(), "verdict"));
        if (!verdict) return bad_baseline(file, number, "this check has no verdict of pass, fail, skip or unknown");
        baseline[text_at(object.value(), "id")] = *verdict;
    }
    if (baseline.empty()) {
        return bad_baseline(file, 1, "there is no check in it; a baseline is what `audit --report json=FILE` wrote");
    }
    return baseline;
}

Comparison compare(std::span<const Finding> findings, const Baseline& baseline) {
    Comparison comparison;
    for (const auto& [id, before] : baseline) {
        if (before != Verdict::kFail) continue;
        const auto now = std::ranges::find(findings, id, &Finding::id);
        const Verdict verdict = now == findings.end() ? Verdict::kSkip : now->verdict;
        if (verdict == Verdict::kFail) comparison.still.push_back(id);
        if (verdict == Verdict::kPass) comparison.better.push_back(id);
        if (verdict == Verdict::kSkip || verdict == Verdict::kUnknown) comparison.gone.push_back(id);
    }
    for (const Finding& finding : findings) {
        if (finding.verdict != Verdict::kFail) continue;
        const auto before = baseline.find(finding.id);
        if (before == baseline.end() || before->second != Verdict::kFail) comparison.worse.emplace_back(finding.id);
    }
    return comparison;
}

}  // namespace smartcar_sim::audit
