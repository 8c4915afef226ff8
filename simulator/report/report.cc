#include "report/report.h"

#include <array>

#include "document/pointer.h"
#include "report/kinds.h"

namespace smartcar_sim::report {

namespace {

constexpr std::array kKinds{Kind::kJson, Kind::kJunit, Kind::kHtml, Kind::kMarkdown};
constexpr std::array<std::string_view, kKinds.size()> kNames{"json", "junit", "html", "md"};

}  // namespace

std::unique_ptr<Report> make_report(Kind kind) {
    switch (kind) {
        case Kind::kJson:
            return make_json();
        case Kind::kJunit:
            return make_junit();
        case Kind::kHtml:
            return make_html();
        case Kind::kMarkdown:
            break;
    }
    return make_markdown();
}

base::Result<Kind> parse_kind(std::string_view name) {
    for (std::size_t i = 0; i < kKinds.size(); ++i) {
        if (kNames.at(i) == name) return kKinds.at(i);
    }
    return base::Error{"unknown_report", "unknown report \"" + std::string(name) + "\"" +
                                             document::meant_or_listed(name, kNames, "there is")};
}

}  // namespace smartcar_sim::report
