// A value that must not be printed. It has no stream operator and no implicit conversion: reveal()
// is what a reviewer searches for.
#pragma once

#include <string>
#include <utility>

namespace smartcar_sim::base {

class Secret {
public:
    enum class Origin {
        kSupplied,  // the user's own: masked everywhere, logs and reports included
        kInvented,  // made by the simulator: shown in the ready output, ready file and Configuration
    };

    Secret() = default;
    Secret(std::string value, Origin origin) : value_(std::move(value)), origin_(origin) {}

    [[nodiscard]] const std::string& reveal() const { return value_; }
    [[nodiscard]] Origin origin() const { return origin_; }

    // "…e5f6": the last four characters of a value of twelve or more, else just "…".
    [[nodiscard]] std::string masked() const;
    // What may be shown to the person at the terminal: the value itself only if we invented it.
    [[nodiscard]] std::string shown() const { return origin_ == Origin::kInvented ? value_ : masked(); }

    bool operator==(const Secret&) const = delete;

private:
    std::string value_;
    Origin origin_ = Origin::kSupplied;
};

}  // namespace smartcar_sim::base
