#include "audit/finding.h"

#include <algorithm>
#include <array>

namespace smartcar_sim::audit {
namespace {

constexpr std::array kFamilies{Family::kHandshake, Family::kForgery, Family::kOracle,    Family::kRawBytes,
                               Family::kReplay,    Family::kShape,   Family::kTransport, Family::kTime};
constexpr std::array<std::string_view, kFamilies.size()> kFamilyNames{
    "handshake", "forgery", "signing-oracle", "raw-bytes", "replay-and-order", "shape", "transport", "time"};
constexpr std::array<std::string_view, kFamilies.size()> kFamilyTitles{
    "Handshake", "Forgery", "Signing oracle", "Raw bytes", "Replay and order", "Shape", "Transport", "Time"};
constexpr std::array<std::string_view, 4> kSeverityNames{"low", "medium", "high", "critical"};
constexpr std::array<std::string_view, 4> kVerdictNames{"pass", "fail", "skip", "unknown"};
constexpr std::array<char, 4> kGrades{'B', 'C', 'D', 'F'};  // by severity

template <class Enum, std::size_t N>
std::optional<Enum> parse(const std::array<std::string_view, N>& names, std::string_view name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return std::nullopt;
    return static_cast<Enum>(found - names.begin());
}

}  // namespace

std::span<const Family> families() { return kFamilies; }
std::string_view name_of(Family family) { return kFamilyNames.at(static_cast<std::size_t>(family)); }
std::string_view title_of(Family family) { return kFamilyTitles.at(static_cast<std::size_t>(family)); }
std::string_view name_of(Severity severity) { return kSeverityNames.at(static_cast<std::size_t>(severity)); }
std::string_view name_of(Verdict verdict) { return kVerdictNames.at(static_cast<std::size_t>(verdict)); }
std::optional<Family> parse_family(std::string_view name) { return parse<Family>(kFamilyNames, name); }
std::optional<Severity> parse_severity(std::string_view name) { return parse<Severity>(kSeverityNames, name); }
std::optional<Verdict> parse_verdict(std::string_view name) { return parse<Verdict>(kVerdictNames, name); }

std::optional<char> grade_of(std::span<const Finding> findings) {
    std::optional<char> grade;
    for (const Finding& finding : findings) {
        if (finding.verdict == Verdict::kPass) grade = std::max(grade.value_or('A'), 'A');
        if (finding.verdict != Verdict::kFail) continue;
        grade = std::max(grade.value_or('A'), kGrades.at(static_cast<std::size_t>(finding.severity)));
    }
    return grade;
}

void count(std::span<const Finding> findings, Summary& summary) {
    const auto of = [&](Verdict verdict) {
        return static_cast<std::size_t>(std::ranges::count(findings, verdict, &Finding::verdict));
    };
    summary.passed = of(Verdict::kPass);
    summary.failed = of(Verdict::kFail);
    summary.skipped = of(Verdict::kSkip);
    summary.unknown = of(Verdict::kUnknown);
    summary.grade = grade_of(findings);
}

}  // namespace smartcar_sim::audit
