#include "vehicle/state.h"

#include <algorithm>
#include <cassert>

#include "vehicle/measure.h"

namespace smartcar_sim::vehicle {
namespace {

// The catalogue is one array in the order of its codes, so its addresses are in that order too.
auto by_signal(const State::Entry& entry) { return entry.first; }

document::Value json_of(const contract::Signal& signal, const Datum::Exact& value) {
    if (const bool* flag = std::get_if<bool>(&value)) return *flag;
    if (const auto* text = std::get_if<std::string>(&value)) return *text;
    if (const auto* steps = std::get_if<std::int64_t>(&value)) {
        return decimal(*steps, measure_of(signal.unit).per_unit);
    }
    return nullptr;
}

}  // namespace

bool Datum::operator==(const Datum& other) const {
    if (value != other.value) return false;
    if (structure == other.structure) return true;
    return structure != nullptr && other.structure != nullptr && *structure == *other.structure;
}

Change change_to(std::string_view code, Datum::Exact value) {
    const contract::Signal* const signal = contract::find_signal(code);
    assert(signal != nullptr);
    return {.signal = signal, .datum = {.value = std::move(value)}};
}

document::Value body_of(const contract::Signal& signal, const Datum& datum) {
    if (datum.structure == nullptr) return contract::signal_body(signal, json_of(signal, datum.value));
    document::Value body = *datum.structure;
    if (std::holds_alternative<std::monostate>(datum.value)) return body;
    if (document::Value* const number = body.find(contract::number_member(signal)))
        *number = json_of(signal, datum.value);
    return body;
}

void write_body(document::Writer& json, const contract::Signal& signal, const Datum& datum) {
    const bool is_scalar = signal.kind != contract::Signal::Kind::kStructured;
    if (datum.structure != nullptr && std::holds_alternative<std::monostate>(datum.value)) {
        json.value(*datum.structure);
    } else if (datum.structure != nullptr || !is_scalar) {
        json.value(body_of(signal, datum));
    } else {
        json.begin_object().member("value", json_of(signal, datum.value));
        if (!signal.unit.empty()) json.member("unit", signal.unit);
        json.end_object();
    }
}

const State::Readings& State::readings() const {
    static const Readings kNone;
    return readings_ ? *readings_ : kNone;
}

State::Readings& State::own() {
    if (!readings_) {
        readings_ = std::make_shared<Readings>();
    } else if (readings_.use_count() > 1) {
        readings_ = std::make_shared<Readings>(*readings_);
    }
    return *readings_;
}

const Reading* State::find(std::string_view code) const {
    const contract::Signal* const signal = contract::find_signal(code);
    return signal == nullptr ? nullptr : find(*signal);
}

const Reading* State::find(const contract::Signal& signal) const {
    const auto found = std::ranges::lower_bound(readings(), &signal, {}, by_signal);
    return found != readings().end() && found->first == &signal ? &found->second : nullptr;
}

std::optional<std::int64_t> State::steps(std::string_view code) const {
    const Reading* const reading = find(code);
    if (reading == nullptr) return std::nullopt;
    const auto* const value = std::get_if<std::int64_t>(&reading->datum.value);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

std::optional<bool> State::flag(std::string_view code) const {
    const Reading* const reading = find(code);
    if (reading == nullptr) return std::nullopt;
    const auto* const value = std::get_if<bool>(&reading->datum.value);
    return value == nullptr ? std::nullopt : std::optional(*value);
}

const std::string* State::text(std::string_view code) const {
    const Reading* const reading = find(code);
    return reading == nullptr ? nullptr : std::get_if<std::string>(&reading->datum.value);
}

const document::Value* State::structure(std::string_view code) const {
    const Reading* const reading = find(code);
    return reading == nullptr ? nullptr : reading->datum.structure.get();
}

std::vector<std::string> State::apply(const Changes& changes, base::Instant at) {
    std::vector<std::string> changed;
    if (changes.empty()) return changed;
    Readings& readings = own();
    for (const Change& change : changes) {
        auto found = std::ranges::lower_bound(readings, change.signal, {}, by_signal);
        const bool known = found != readings.end() && found->first == change.signal;
        if (!known || found->second.datum != change.datum) changed.emplace_back(change.signal->code);
        if (!known) found = readings.insert(found, {change.signal, {}});
        found->second = {.datum = change.datum, .oem_updated_at = at};
    }
    return changed;
}

void State::touch(base::Instant at) {
    for (auto& [signal, reading] : own()) reading.oem_updated_at = at;
}

}  // namespace smartcar_sim::vehicle
