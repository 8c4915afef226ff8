// The reports that make_report() chooses from.
#pragma once

#include <memory>

#include "report/report.h"

namespace smartcar_sim::report {

[[nodiscard]] std::unique_ptr<Report> make_json();
[[nodiscard]] std::unique_ptr<Report> make_junit();
[[nodiscard]] std::unique_ptr<Report> make_html();
[[nodiscard]] std::unique_ptr<Report> make_markdown();

}  // namespace smartcar_sim::report
