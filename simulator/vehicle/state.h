// What the signals of a vehicle say: exact values with the time they were recorded, keyed by 4.0 signal code.
//
// Numbers are whole steps of their measure (measure.h). Every body of every API is derived from these: signals.h for
// 4.0 and v3, api_v2.h for v2.0. What moves with time is not here: a charging vehicle's readings are those of the
// instant it was last anchored, and charging.h says what has become of them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "base/clock.h"
#include "contract/signals.h"
#include "document/value.h"
#include "document/writer.h"

namespace smartcar_sim::vehicle {

// What one signal says.
struct Datum {
    using Exact = std::variant<std::monostate, bool, std::int64_t, std::string>;

    // The one value of a scalar signal. Of tractionbattery-range, tractionbattery-nominalcapacity and
    // charge-chargelimits the number they go by, or nothing when it is null.
    Exact value = {};
    // The body of a structured signal, null in the place of the number that `value` holds.
    std::shared_ptr<const document::Value> structure = {};

    bool operator==(const Datum& other) const;
};

struct Change {
    const contract::Signal* signal = nullptr;  // never null
    Datum datum = {};
    bool operator==(const Change&) const = default;
};
using Changes = std::vector<Change>;

// A code of the catalogue and a value of its kind; anything else is a bug.
[[nodiscard]] Change change_to(std::string_view code, Datum::Exact value);

// The latest reading of one signal.
struct Reading {
    Datum datum;
    base::Instant oem_updated_at{};  // when the vehicle recorded it
    bool operator==(const Reading&) const = default;
};

// The body on the wire of 4.0 and v3, in its key order: {"value":78,"unit":"percent"}.
[[nodiscard]] document::Value body_of(const contract::Signal& signal, const Datum& datum);

// The same written, without a copy of what is structured.
void write_body(document::Writer& json, const contract::Signal& signal, const Datum& datum);

// A value whose copies share their readings until one is changed.
class State {
public:
    using Entry = std::pair<const contract::Signal*, Reading>;

    [[nodiscard]] const Reading* find(std::string_view code) const;  // nothing: the vehicle lacks the signal
    [[nodiscard]] const Reading* find(const contract::Signal& signal) const;
    [[nodiscard]] bool has(std::string_view code) const { return find(code) != nullptr; }

    [[nodiscard]] std::optional<std::int64_t> steps(std::string_view code) const;
    [[nodiscard]] std::optional<bool> flag(std::string_view code) const;
    [[nodiscard]] const std::string* text(std::string_view code) const;
    [[nodiscard]] const document::Value* structure(std::string_view code) const;

    // Puts each value in with its time, once a code at most; the codes that say something else now, in their order.
    std::vector<std::string> apply(const Changes& changes, base::Instant at);

    // Every reading was recorded at that instant.
    void touch(base::Instant at);

    [[nodiscard]] auto begin() const { return readings().begin(); }  // entries by code
    [[nodiscard]] auto end() const { return readings().end(); }
    [[nodiscard]] std::size_t size() const { return readings().size(); }

    // Whether the two share their readings: they are equal then, which is not looked at.
    [[nodiscard]] bool is_same_as(const State& other) const { return readings_ == other.readings_; }
    bool operator==(const State& other) const { return readings() == other.readings(); }

private:
    using Readings = std::vector<Entry>;
    [[nodiscard]] const Readings& readings() const;
    [[nodiscard]] Readings& own();  // shared with nobody

    std::shared_ptr<Readings> readings_;
};

}  // namespace smartcar_sim::vehicle
