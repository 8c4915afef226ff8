#include "fault/api_fault.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace smartcar_sim::fault {
namespace {

using Segments = std::vector<std::string_view>;

// "/a/b/" is {"a", "b"}, "/" is {}.
Segments segments_of(std::string_view path) {
    if (path.ends_with('/')) path.remove_suffix(1);
    Segments segments;
    while (!path.empty()) {
        if (path.front() == '/') path.remove_prefix(1);
        const std::string_view segment = path.substr(0, path.find('/'));
        segments.push_back(segment);
        path.remove_prefix(segment.size());
    }
    return segments;
}

bool is_digits(std::string_view text) {
    return !text.empty() && std::ranges::all_of(text, [](char each) { return each >= '0' && each <= '9'; });
}

// "v2.0" for every version with a dot, "v3" for v3; empty when it is none.
std::string_view version_of(std::string_view segment) {
    if (!segment.starts_with('v')) return {};
    const std::string_view digits = segment.substr(1);
    const std::size_t dot = digits.find('.');
    if (dot == std::string_view::npos) return is_digits(digits) ? segment : std::string_view();
    return is_digits(digits.substr(0, dot)) && is_digits(digits.substr(dot + 1)) ? "v2.0" : std::string_view();
}

// A path in its two parts.
struct Path {
    std::string_view version;  // empty without one
    Segments rest;

    explicit Path(std::string_view path) : rest(segments_of(path)) {
        if (rest.empty()) return;
        version = version_of(rest.front());
        if (!version.empty()) rest.erase(rest.begin());
    }
    [[nodiscard]] bool is_of_vehicle() const {
        return rest.size() > 1 && rest.front() == "vehicles" && !rest[1].empty();
    }
};

bool is_parameter(std::string_view segment) { return segment.size() > 2 && segment.front() == '{'; }

// A path that was sent has no parameters; one of a route may have.
enum class Of { kRequest, kRoute };

bool fits(std::span<const std::string_view> pattern, std::span<const std::string_view> segments, Of of) {
    for (std::size_t i = 0; i < pattern.size(); ++i) {
        if (i == segments.size()) return false;
        if (pattern[i] == "*") return true;
        const bool is_any =
            is_parameter(pattern[i]) ? !segments[i].empty() : of == Of::kRoute && is_parameter(segments[i]);
        if (!is_any && pattern[i] != segments[i]) return false;
    }
    return pattern.size() == segments.size();
}

bool endpoint_matches(const std::string& endpoint, std::string_view path, Of of) {
    if (endpoint == "*") return true;
    const Path wanted(endpoint);
    const Path asked(path);
    if (!wanted.version.empty() && wanted.version != asked.version) return false;
    if (!asked.rest.empty() && fits(wanted.rest, asked.rest, of)) return true;
    return asked.is_of_vehicle() && fits(wanted.rest, std::span(asked.rest).subspan(2), of);
}

}  // namespace

std::string vehicle_in(std::string_view path) {
    const Path asked(path);
    return asked.is_of_vehicle() ? base::percent_decode(asked.rest[1], base::Plus::kLiteral) : std::string();
}

bool has_version(std::string_view path) { return !Path(path).version.empty(); }

std::string path_of_item(std::string_view batch_path, std::string_view item_path) {
    if (batch_path.ends_with('/')) batch_path.remove_suffix(1);
    constexpr std::string_view kBatch = "/batch";
    if (batch_path.ends_with(kBatch)) batch_path.remove_suffix(kBatch.size());
    item_path = item_path.substr(0, item_path.find('?'));
    std::string path(batch_path);
    if (!item_path.starts_with('/')) path += '/';
    return path.append(item_path);
}

bool ApiFault::matches(const ApiRequest& request) const {
    const std::string_view asked = request.method == "HEAD" && method != "HEAD" ? "GET" : request.method;
    if (!method.empty() && method != asked) return false;
    if (!vehicle.empty() && vehicle != vehicle_in(request.path)) return false;
    return endpoint_matches(endpoint, request.path, Of::kRequest);
}

bool ApiFault::is_about(const ApiRequest& route) const {
    const bool same_method = method.empty() || method == route.method || (method == "HEAD" && route.method == "GET");
    return same_method && endpoint_matches(endpoint, route.path, Of::kRoute);
}

base::Result<base::Done> StandingFaults::add(std::string id, ApiFault fault) {
    if (faults_.size() >= kMost) {
        const auto room = std::ranges::find_if(faults_, &StandingFault::used_up);
        if (room == faults_.end()) {
            return base::Error{"too_many_faults", "there are " + std::to_string(kMost) +
                                                      " faults already; take some away with DELETE /_sim/faults"};
        }
        faults_.erase(room);
    }
    faults_.push_back({.id = std::move(id), .fault = std::move(fault)});
    return base::Done{};
}

base::Result<base::Done> StandingFaults::remove(std::string_view id) {
    const auto found = std::ranges::find(faults_, id, &StandingFault::id);
    if (found == faults_.end()) return base::Error{"not_found", "there is no fault " + base::quoted(id)};
    faults_.erase(found);
    return base::Done{};
}

std::optional<ApiFault> StandingFaults::meet(const ApiRequest& request) {
    for (StandingFault& standing : faults_) {
        if (standing.used_up() || !standing.fault.matches(request)) continue;
        if (standing.passed < standing.fault.after) {
            ++standing.passed;
            continue;
        }
        ++standing.applied;
        return standing.fault;
    }
    return std::nullopt;
}

}  // namespace smartcar_sim::fault
