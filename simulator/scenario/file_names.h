// The names a scenario file gives, and what may be asked of each. Private to scenario/.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "document/shape.h"
#include "document/value.h"
#include "scenario/names.h"

namespace smartcar_sim::scenario {

// What "{x}" can stand for.
enum class NameKind { kVehicle, kWebhook, kStep };

class FileNames {
public:
    // A step of which it is not known what it does: whatever is asked of it may be right.
    static constexpr std::string_view kUnknownStep = "?";

    explicit FileNames(document::Problems& problems) : problems_(problems) {}

    // A problem when something else has that name already. `step_kind` is "send" and the like.
    void add(const std::string& name, NameKind kind, std::size_t offset, std::string_view step_kind = {});
    void add_variable(const std::string& name) { variables_.insert(name); }

    [[nodiscard]] bool has(const std::string& name, NameKind kind) const;
    [[nodiscard]] std::vector<std::string_view> all(NameKind kind) const;

    // A problem for each name in the texts within `value` that stands for nothing.
    void check(const document::Value& value) const;
    void check(std::string_view text, std::size_t offset) const;

private:
    struct Entry {
        NameKind kind;
        std::string step_kind;
    };
    [[nodiscard]] std::optional<std::string> objection(const Name& name) const;
    [[nodiscard]] std::optional<std::string> objection_to_part(const Name& name, const Entry& entry) const;

    document::Problems& problems_;
    std::map<std::string, Entry, std::less<>> entries_;
    std::set<std::string, std::less<>> variables_;
};

}  // namespace smartcar_sim::scenario
