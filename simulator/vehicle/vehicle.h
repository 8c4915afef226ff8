// A fake vehicle: who it is, what it can do, and what its signals say now.
//
// A plain value. The platform keeps each vehicle behind a shared pointer to const and replaces it when
// its state changes, so a reader holds one consistent picture without a lock. State is keyed by 4.0
// signal code in 4.0 units; every v2.0 body is derived from it (api_v2.h).
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "contract/message.h"
#include "document/value.h"

namespace smartcar_sim::vehicle {

enum class Powertrain { kBev, kPhev, kHev, kIce };
enum class Region { kUs, kCanada, kEurope };

[[nodiscard]] std::string_view name_of(Powertrain powertrain);  // "BEV", "PHEV", "HEV", "ICE"
[[nodiscard]] std::string_view name_of(Region region);          // "US", "CA", "EUROPE"

// The latest reading of one signal.
struct Reading {
    document::Value body;            // an object in wire key order: {"value":78,"unit":"percent"}
    base::Instant oem_updated_at{};  // when the vehicle recorded it; epoch 0 for static attributes
    bool operator==(const Reading&) const = default;
};

// One signal's new body.
struct Change {
    std::string code;
    document::Value body;
    bool operator==(const Change&) const = default;
};
using Changes = std::vector<Change>;

class State {
public:
    [[nodiscard]] const Reading* find(std::string_view code) const;  // nothing: the vehicle lacks the signal
    [[nodiscard]] bool has(std::string_view code) const { return find(code) != nullptr; }

    // The member "value" of the body, if there is one of that kind.
    [[nodiscard]] std::optional<double> number(std::string_view code) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view code) const;

    // Puts each body in with its time, once a code at most; the codes whose body is another now, in their order.
    std::vector<std::string> apply(const Changes& changes, base::Instant at);

    // Every reading was recorded at that instant.
    void touch(base::Instant at);

    [[nodiscard]] auto begin() const { return readings_.begin(); }  // (code, Reading) by code
    [[nodiscard]] auto end() const { return readings_.end(); }

    bool operator==(const State&) const = default;

private:
    [[nodiscard]] const document::Value* value(std::string_view code) const;

    std::map<std::string, Reading, std::less<>> readings_;
};

struct Vehicle {
    std::string fixture;  // the name of its file: "tesla-model-3-2020"
    std::string id;       // a lower-case UUID
    std::string vin;
    std::string make;   // upper case: "TESLA"
    std::string model;  // "Model 3"
    int year = 0;
    Powertrain powertrain = Powertrain::kBev;
    Region region = Region::kUs;
    contract::Mode mode = contract::Mode::kLive;
    // The permissions whose endpoints this vehicle can serve; the rest is VEHICLE_NOT_CAPABLE.
    std::vector<std::string> permissions;
    State state;

    [[nodiscard]] bool can(std::string_view permission) const;
    bool operator==(const Vehicle&) const = default;
};

}  // namespace smartcar_sim::vehicle
