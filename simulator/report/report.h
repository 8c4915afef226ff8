// The files a run leaves behind: --report KIND=PATH.
//
// A report is made for one run and used from one thread. It keeps of a result what it will say of it and no more, so
// that it needs no more memory than its own text. Results are shown as they come: whoever makes them masks what is
// secret in them first, for in an escaped text a mask may no longer find it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/result.h"
#include "scenario/result.h"

namespace smartcar_sim::report {

class Report {
public:
    virtual ~Report() = default;
    // One scenario after the other, in the order of the run.
    virtual void add(const scenario::Result& result) = 0;
    // The whole text; nothing may be asked of the report afterwards.
    [[nodiscard]] virtual std::string finish(const scenario::Summary& summary) = 0;
};

enum class Kind {
    kJson,      // the lines that `run --json` prints (json.h)
    kJunit,     // JUnit XML: a suite a file, a case a scenario
    kHtml,      // one page that needs nothing else
    kMarkdown,  // GitHub-flavoured
};

[[nodiscard]] std::unique_ptr<Report> make_report(Kind kind);

// "json", "junit", "html", "md"; code "unknown_report" for the rest, with what was probably meant.
[[nodiscard]] base::Result<Kind> parse_kind(std::string_view name);

}  // namespace smartcar_sim::report
