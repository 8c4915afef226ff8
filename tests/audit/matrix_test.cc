// Every wrong behaviour of `callback --behave` against every check, in memory. docs/audit-matrix.md is made of it.
#include <algorithm>
#include <chrono>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "audit/audit.h"
#include "audit/audited_subject.h"
#include "audit/memory_line.h"
#include "base/text.h"
#include "catch.h"
#include "golden_file.h"
#include "receiver/behaviours.h"

namespace smartcar_sim::audit {
namespace {

using contract::Dialect;
using contract::Version;

// Of a callback for 4.0 that knows 2.0.
Audited examined(const receiver::Behaviour* behaviour, const Subject& subject,
                 Choice::Extent extent = Choice::Extent::kUsual) {
    MemoryLine line(kToken, behaviour);
    MemoryProbe probe(line);
    Options options;
    options.selected = chosen_checks({.extent = extent});
    options.max_time = std::chrono::hours(10);
    return examine(subject, line, &probe, base::Ids(7), options);
}

// The checks of --thorough are harder forms of these: who fails none of them passes those.
bool fails_a_form_of_thorough(const Audited& audited) {
    const std::set<std::string_view> forms{"burst", "body-50-kb", "slow-sender", "deep-nesting", "oversized"};
    return std::ranges::any_of(audited.findings, [&](const Finding& finding) {
        return finding.verdict == Verdict::kFail && forms.contains(finding.id);
    });
}

// What speaks the documented dialect cannot be told from what refuses events, except in that dialect.
Subject subject_for(const receiver::Behaviour* behaviour) {
    const bool documented = behaviour != nullptr && behaviour->id == "needs-fetched-at";
    return subject_of(Version::k4_0, documented ? Dialect::kDoc : Dialect::kWire);
}

std::vector<std::string> ids_of(const Audited& audited, Verdict verdict) {
    std::vector<std::string> ids;
    for (const Finding& finding : audited.findings) {
        if (finding.verdict == verdict) ids.emplace_back(finding.id);
    }
    return ids;
}

std::string told(const Audited& audited) {
    std::string text;
    for (const Finding& finding : audited.findings) {
        if (finding.verdict == Verdict::kPass) continue;
        text += std::string(finding.id) + " " + std::string(name_of(finding.verdict)) + ": " + finding.came + "\n";
    }
    return text;
}

std::string row_of(const receiver::Behaviour& behaviour, const Audited& audited) {
    const std::vector<std::string> failed = ids_of(audited, Verdict::kFail);
    const bool preflight = audited.summary.skipped > audited.findings.size() / 2;
    return "| `" + std::string(behaviour.id) + "` | " + std::string(behaviour.says) + " | " +
           std::string(1, audited.summary.grade.value_or('-')) + " | " + base::joined(failed, ", ") +
           (preflight ? " (the rest is skipped)" : "") + " |\n";
}

constexpr std::string_view kIntroduction =
    R"(# What an audit says of each wrong behaviour

Made by `tests/audit/matrix_test.cc`, which plays every behaviour of `smartcar-sim callback --behave` through every check, in
memory, with a probe, as a callback for 4.0 that knows 2.0 too. A callback that behaves in no wrong way passes every check.

| `--behave` | what it does wrong | grade | checks that fail |
|---|---|---|---|
)";

}  // namespace

TEST_CASE("the reference callback passes every check, whatever version or dialect it is asked in") {
    for (const Subject& subject :
         {subject_of(Version::k2_0), subject_of(Version::k4_0), subject_of(Version::k4_0, Dialect::kDoc)}) {
        const Audited audited = examined(nullptr, subject, Choice::Extent::kThorough);
        INFO(told(audited));
        CHECK(audited.findings.size() >= 80);
        const bool all = audited.summary.passed + audited.summary.skipped == audited.findings.size();
        CHECK(all);
        CHECK(audited.summary.skipped <= 1);
        CHECK(audited.summary.grade == 'A');
    }
}

TEST_CASE("every wrong behaviour fails the checks it should and no others, and every check is failed by one") {
    std::string matrix(kIntroduction);
    std::set<std::string> never;
    for (const Check& check : checks()) never.emplace(check.id);
    for (const receiver::Behaviour& behaviour : receiver::behaviours()) {
        Audited audited = examined(&behaviour, subject_for(&behaviour));
        if (fails_a_form_of_thorough(audited)) {
            audited = examined(&behaviour, subject_for(&behaviour), Choice::Extent::kThorough);
        }
        INFO(behaviour.id << "\n" << told(audited));
        CHECK(audited.summary.failed > 0);
        for (const std::string& id : ids_of(audited, Verdict::kFail)) never.erase(id);
        matrix += row_of(behaviour, audited);
    }
    CAPTURE(never);
    CHECK(never.empty());
    CHECK(receiver::behaviours().size() >= 30);
    CHECK(matrix == golden::expected("../../docs/audit-matrix.md", matrix));
}

}  // namespace smartcar_sim::audit
