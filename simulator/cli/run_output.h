// What `run` and `demo` print and write while scenarios are played, and when all were.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "cli/command.h"
#include "cli/run_options.h"
#include "report/github.h"
#include "report/report.h"
#include "report/text.h"
#include "scenario/result.h"

namespace smartcar_sim::cli {

// Used from one thread at a time.
class RunOutput {
public:
    // The invocation outlives it.
    RunOutput(const Invocation& invocation, std::vector<ReportFile> files, report::Detail detail);

    // Whether what was exchanged in steps that passed is of any use to it.
    [[nodiscard]] scenario::Keep keep() const;

    void add(scenario::Result result);
    // What could not be played, for reasons that are told elsewhere: for the files alone. One reason that all of them
    // share makes one annotation.
    enum class Reason { kShared, kOwn };
    void add_unplayed(std::vector<scenario::Result> results, Reason reason);
    // The end of the output, and the files. Code "file_unwritable".
    [[nodiscard]] base::Result<base::Done> finish(const scenario::Summary& summary);
    // The annotations and the files alone.
    [[nodiscard]] base::Result<base::Done> write(const scenario::Summary& summary);

private:
    struct Open {
        ReportFile file;
        std::unique_ptr<report::Report> report;
    };
    void print(const scenario::Result& result);

    const Invocation& invocation_;
    Terminal& terminal_;
    const report::Detail detail_;
    const report::Paint paint_;
    const bool on_github_;
    std::vector<Open> reports_;
    std::unique_ptr<report::Report> step_summary_;  // on GitHub
    report::Annotations annotations_;
    std::vector<std::string> failures_;  // as they were printed
};

}  // namespace smartcar_sim::cli
