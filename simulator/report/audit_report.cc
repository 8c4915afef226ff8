#include "report/audit_report.h"

#include "report/audit_kinds.h"

namespace smartcar_sim::report {

std::string audit_report(Kind kind, std::span<const audit::Finding> findings, const audit::Summary& summary) {
    switch (kind) {
        case Kind::kJson:
            return audit_json(findings, summary);
        case Kind::kJunit:
            return audit_junit(findings, summary);
        case Kind::kHtml:
            return audit_html(findings, summary);
        case Kind::kMarkdown:
            break;
    }
    return audit_markdown(findings, summary);
}

}  // namespace smartcar_sim::report
