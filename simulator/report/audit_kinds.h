// The reports that audit_report() chooses from.
#pragma once

#include <span>
#include <string>

#include "audit/finding.h"

namespace smartcar_sim::report {

[[nodiscard]] std::string audit_json(std::span<const audit::Finding> findings, const audit::Summary& summary);
[[nodiscard]] std::string audit_junit(std::span<const audit::Finding> findings, const audit::Summary& summary);
[[nodiscard]] std::string audit_html(std::span<const audit::Finding> findings, const audit::Summary& summary);
[[nodiscard]] std::string audit_markdown(std::span<const audit::Finding> findings, const audit::Summary& summary);

}  // namespace smartcar_sim::report
