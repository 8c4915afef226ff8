// The checks of an audit: a table in which adding one is adding a row in the file of its family.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "audit/finding.h"
#include "base/result.h"
#include "contract/message.h"

namespace smartcar_sim::audit {

class Examination;

// What one check came to; the exchanges are kept by the examination.
struct Outcome {
    Verdict verdict = Verdict::kPass;
    std::string came;      // one sentence
    std::string fix = {};  // empty: that of the row
    std::string note = {};
    std::optional<std::string> mistake = std::nullopt;
    std::optional<Difference> difference = std::nullopt;
};

struct Check {
    std::string_view id;
    Severity severity = Severity::kLow;
    std::string_view asks;
    std::string_view sends;
    std::string_view expects;
    std::string_view why;
    std::string_view fix;
    Outcome (*run)(Examination& examination) = nullptr;
    // Asked of callbacks that answer challenges of that version; nothing: of every one.
    std::optional<contract::Version> of = std::nullopt;
    enum class Part {
        kPreflight,  // without it nothing else can be told
        kUsual,
        kThorough,  // only with --thorough
    } part = Part::kUsual;
    Family family = Family::kHandshake;
};

// In the order in which they are made.
[[nodiscard]] std::span<const Check> checks();

// The checks that ids and names of families stand for; a family for its checks up to that part. Code "unknown_check",
// with a suggestion.
[[nodiscard]] base::Result<std::vector<const Check*>> find_checks(const std::vector<std::string>& names,
                                                                  Check::Part most = Check::Part::kThorough);

}  // namespace smartcar_sim::audit
