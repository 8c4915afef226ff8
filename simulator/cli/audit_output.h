// What `audit` prints and writes.
#pragma once

#include <vector>

#include "audit/audit.h"
#include "cli/command.h"
#include "cli/run_options.h"
#include "report/text.h"

namespace smartcar_sim::cli {

class AuditOutput {
public:
    // The invocation outlives it.
    AuditOutput(const Invocation& invocation, std::vector<ReportFile> files);

    // As soon as there is one.
    void add(audit::Finding finding);
    // The end of the output, and the files. Code "file_unwritable".
    [[nodiscard]] base::Result<base::Done> finish(audit::Summary summary);
    // The same of an audit that could not begin, but for what a person reads: the error tells that.
    [[nodiscard]] base::Result<base::Done> give_up(audit::Summary summary);

    [[nodiscard]] const std::vector<audit::Finding>& findings() const { return findings_; }

private:
    void conceal(audit::Summary& summary) const;
    [[nodiscard]] base::Result<base::Done> write(const audit::Summary& summary);

    const Invocation& invocation_;
    Terminal& terminal_;
    const report::Paint paint_;
    const std::vector<ReportFile> files_;
    std::vector<audit::Finding> findings_;  // nothing secret in them
};

}  // namespace smartcar_sim::cli
