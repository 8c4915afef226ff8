#include "audit/watched_line.h"

#include <algorithm>
#include <chrono>
#include <iterator>
#include <string_view>
#include <utility>

#include "audit/check.h"
#include "catch.h"

namespace smartcar_sim::audit {
namespace {

std::string text_of(const contract::Request& request) {
    std::string text = request.method + " " + request.target + "\n";
    for (const auto& [name, value] : request.headers) {
        text.append(name).append(": ").append(value).append("\n");
    }
    return text + "\n" + request.body;
}

}  // namespace

delivery::Exchange WatchedLine::exchange(const delivery::Outgoing& outgoing) {
    sent.push_back(text_of(outgoing.request));
    timeouts.push_back(outgoing.timeout);
    line_.pause(each);
    if (instead) {
        if (auto answer = instead(outgoing.request)) return {*std::move(answer), each};
    }
    delivery::Exchange exchange = line_.exchange(outgoing);
    exchange.took += each;
    keep();
    return exchange;
}

delivery::RawAnswer WatchedLine::exchange(const delivery::RawRequest& request) {
    std::string bytes;
    for (const auto& piece : request.pieces) bytes += piece.bytes;
    sent.push_back(std::move(bytes));
    timeouts.push_back(request.timeout);
    delivery::RawAnswer answer = line_.exchange(request);
    keep();
    return answer;
}

std::vector<delivery::Exchange> WatchedLine::together(const std::vector<delivery::Outgoing>& outgoing) {
    for (const delivery::Outgoing& one : outgoing) {
        sent.push_back(text_of(one.request));
        timeouts.push_back(one.timeout);
    }
    std::vector<delivery::Exchange> exchanges = line_.together(outgoing);
    keep();
    return exchanges;
}

std::string WatchedLine::applied(base::Milliseconds ago) const {
    const base::Milliseconds then = std::max(elapsed() - ago, base::Milliseconds(0));
    const auto later = std::ranges::find_if(history_, [&](const auto& entry) { return entry.first > then; });
    return later == history_.begin() ? later->second : std::prev(later)->second;
}

Options asking(const std::vector<std::string>& names) {
    Choice choice;
    if (!names.empty()) choice.only = find_checks(names).value();
    Options options;
    options.selected = chosen_checks(choice);
    options.max_time = std::chrono::hours(10);
    return options;
}

Audited examined(WatchedLine& line, Probe* probe, const std::vector<std::string>& names, const Subject& subject) {
    return examine(subject, line, probe, base::Ids(7), asking(names));
}

const Finding& finding_of(const Audited& audited, std::string_view id) {
    const auto found = std::ranges::find(audited.findings, id, &Finding::id);
    INFO(id);
    REQUIRE(found != audited.findings.end());
    return *found;
}

std::vector<std::string> ids_of(const Audited& audited, Verdict verdict) {
    std::vector<std::string> ids;
    for (const Finding& finding : audited.findings) {
        if (finding.verdict == verdict) ids.emplace_back(finding.id);
    }
    return ids;
}

}  // namespace smartcar_sim::audit
