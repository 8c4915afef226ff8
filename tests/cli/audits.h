// What tests of `audit` share: the program run to its end, and what it said with --json.
#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <string_view>

#include "cli/program.h"
#include "cli/stories.h"
#include "document/value.h"

// `smartcar-sim audit` and the words, to its end.
[[nodiscard]] Program::Finished audited(Words words, std::map<std::string, std::string> environment = {});

// The lines of --json, or of a JSON report. Throws for one that is no JSON.
class Told {
public:
    explicit Told(const std::string& lines);

    // The checks with that verdict: "pass", "fail", "skip", "unknown".
    [[nodiscard]] std::set<std::string> of(std::string_view verdict) const;
    // A text of that check or of the summary; empty for null.
    [[nodiscard]] std::string text(const std::string& check, std::string_view member) const;
    [[nodiscard]] std::string text(std::string_view member) const;
    [[nodiscard]] std::int64_t number(std::string_view member) const;
    // The checks of one list of the comparison: "worse", "better", "still", "gone".
    [[nodiscard]] std::set<std::string> compared(std::string_view list) const;
    [[nodiscard]] const std::map<std::string, smartcar_sim::document::Value>& checks() const { return checks_; }

private:
    std::map<std::string, smartcar_sim::document::Value> checks_;
    smartcar_sim::document::Value summary_;
};

// The checks that a behaviour fails, as its row of docs/audit-matrix.md says, but for those of --thorough.
[[nodiscard]] std::set<std::string> failed_in_matrix(std::string_view behaviour);
