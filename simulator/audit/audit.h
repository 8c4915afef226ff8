// The examination of a callback from its preflight to its grade.
//
// Pure but for what the Line and the Probe do; used from one thread.
#pragma once

#include <functional>
#include <vector>

#include "audit/check.h"
#include "audit/finding.h"
#include "audit/line.h"
#include "audit/subject.h"
#include "base/ids.h"

namespace smartcar_sim::audit {

struct Options {
    std::vector<const Check*> selected;                        // of chosen_checks(), in any order
    base::Milliseconds max_time{0};                            // of the whole audit; what it has no time for is skipped
    std::function<void(const Finding&)> on_finding = nullptr;  // told of each as soon as it is there
};

struct Choice {
    std::vector<const Check*> only = {};  // none: all
    std::vector<const Check*> skip = {};
    enum class Extent { kUsual, kThorough } extent = Extent::kUsual;
};
// In the order of checks(); the preflight is always among them.
[[nodiscard]] std::vector<const Check*> chosen_checks(const Choice& choice);

struct Audited {
    std::vector<Finding> findings;
    Summary summary;  // without seed, program version and exit
};

// `probe` may be null.
[[nodiscard]] Audited examine(const Subject& subject, Line& line, Probe* probe, const base::Ids& ids,
                              const Options& options);

}  // namespace smartcar_sim::audit
