#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "audit/check.h"
#include "audit/families.h"
#include "document/pointer.h"

namespace smartcar_sim::audit {
namespace {

std::vector<Check> all_checks() {
    const std::array<std::pair<Family, std::span<const Check>>, 8> tables{{{Family::kHandshake, handshake_checks()},
                                                                           {Family::kForgery, forgery_checks()},
                                                                           {Family::kOracle, oracle_checks()},
                                                                           {Family::kRawBytes, raw_bytes_checks()},
                                                                           {Family::kReplay, replay_checks()},
                                                                           {Family::kShape, shape_checks()},
                                                                           {Family::kTransport, transport_checks()},
                                                                           {Family::kTime, time_checks()}}};
    std::vector<Check> all;
    for (const auto& [family, table] : tables) {
        for (Check check : table) {
            check.family = family;
            all.push_back(check);
        }
    }
    // What nothing can be told without comes first, whatever its family.
    std::ranges::stable_partition(all, [](const Check& check) { return check.part == Check::Part::kPreflight; });
    return all;
}

std::vector<std::string_view> all_names() {
    std::vector<std::string_view> names;
    names.reserve(checks().size() + families().size());
    for (const Family family : families()) names.push_back(name_of(family));
    for (const Check& check : checks()) names.push_back(check.id);
    return names;
}

}  // namespace

std::span<const Check> checks() {
    static const std::vector<Check> all = all_checks();
    return all;
}

base::Result<std::vector<const Check*>> find_checks(const std::vector<std::string>& names, Check::Part most) {
    std::vector<const Check*> found;
    for (const std::string& name : names) {
        const std::size_t before = found.size();
        const auto family = parse_family(name);
        for (const Check& check : checks()) {
            const bool of_family = family == check.family && check.part <= most;
            if (check.id == name || of_family) found.push_back(&check);
        }
        if (found.size() > before) continue;
        const std::string hint = document::did_you_mean(name, all_names());
        return base::Error{"unknown_check", "unknown check or family \"" + name + "\"" +
                                                (hint.empty() ? "; `smartcar-sim list checks` shows them" : hint)};
    }
    return found;
}

}  // namespace smartcar_sim::audit
