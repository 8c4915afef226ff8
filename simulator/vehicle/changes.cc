// State as people state it, checked against the catalogue of signals and brought onto the grid of its measures.
#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include "base/text.h"
#include "contract/signals.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "vehicle/fixture.h"
#include "vehicle/measure.h"

namespace smartcar_sim::vehicle {
namespace {

using contract::Signal;
using document::Value;
using Complaint = std::optional<base::Error>;

base::Error unknown_signal(std::string_view code) {
    std::vector<std::string_view> known;
    known.reserve(contract::signals().size());
    for (const Signal& signal : contract::signals()) known.push_back(signal.code);
    return {.code = "unknown_signal",
            .message = "unknown signal " + base::quoted(code) + document::did_you_mean(code, known)};
}

base::Error bad_value(const Signal& signal, std::string_view complaint) {
    return {.code = "bad_signal_value", .message = std::string(signal.code) + " " + std::string(complaint)};
}

std::string_view kind_name(Signal::Kind kind) {
    switch (kind) {
        case Signal::Kind::kBoolean:
            return "a boolean";
        case Signal::Kind::kNumber:
            return "a number";
        case Signal::Kind::kString:
            return "a string";
        case Signal::Kind::kStructured:
            break;
    }
    return "an object";
}

// --- numbers --------------------------------------------------------------------------------------

// What there is more or less of, but never less than nothing.
bool is_amount(const Measure& measure) {
    constexpr std::array<std::string_view, 6> kUnits{"km", "kWh", "kPa", "liters", "count", ""};
    return std::ranges::find(kUnits, measure.unit) != kUnits.end();
}

Complaint off_grid(const Signal& signal, const Value& number, const Measure& measure) {
    const auto steps = steps_of(number.number(), measure);
    if (!steps) {
        return bad_value(signal, "is kept in " + std::string(measure.step) + ", and " +
                                     document::format_number(number.number()) + " is finer than that or too large");
    }
    if (measure.unit == "percent" && (*steps < 0 || *steps > kWhole)) {
        return bad_value(signal, "is in percent, from 0 to 100");
    }
    if (*steps < 0 && is_amount(measure)) return bad_value(signal, "cannot be less than 0");
    return std::nullopt;
}

// The members of structured bodies that the APIs show in other units or places.
struct InnerNumber {
    std::string_view code;
    std::string_view list;    // the member that holds the entries; empty: the body itself
    std::string_view member;  // of the body or of each entry
    Measure measure;
};
const std::array kInnerNumbers{
    InnerNumber{"charge-chargelimits", "", "activeLimit", measure_of("percent")},
    InnerNumber{"charge-chargelimits", "values", "limit", measure_of("percent")},
    InnerNumber{"charge-chargerecords", "values", "startStateOfCharge", measure_of("percent")},
    InnerNumber{"charge-chargerecords", "values", "endStateOfCharge", measure_of("percent")},
    InnerNumber{"location-preciselocation", "", "latitude", kCoordinate},
    InnerNumber{"location-preciselocation", "", "longitude", kCoordinate},
    InnerNumber{"location-preciselocation", "", "heading", kDegrees},
    InnerNumber{"service-records", "values", "odometer", measure_of("km")},
    InnerNumber{"tractionbattery-nominalcapacity", "", "capacity", measure_of("kWh")},
    InnerNumber{"tractionbattery-nominalcapacity", "availableCapacities", "capacity", measure_of("kWh")},
    InnerNumber{"tractionbattery-range", "", "value", measure_of("km")},
    InnerNumber{"tractionbattery-range", "additionalValues", "value", measure_of("km")},
    InnerNumber{"wheel-tires", "values", "tirePressure", measure_of("kPa")},
};

Complaint objection_to(const Signal& signal, const Value& holder, const InnerNumber& inner) {
    const Value* const number = holder.find(inner.member);
    if (number == nullptr || number->is_null()) return std::nullopt;
    if (number->is_number()) return off_grid(signal, *number, inner.measure);
    return bad_value(signal,
                     "must have a number as " + base::quoted(inner.member) + ", not " + std::string(number->kind()));
}

// Another unit would be another value.
Complaint other_unit(const Signal& signal, const Value& body) {
    const Value* const unit = body.find("unit");
    if (unit == nullptr || signal.unit.empty() || *unit == Value(std::string(signal.unit))) return std::nullopt;
    return bad_value(signal, "is in " + std::string(signal.unit));
}

Complaint objection_to(const Signal& signal, const Value& body) {
    for (const InnerNumber& inner : kInnerNumbers) {
        if (inner.code != signal.code) continue;
        const Value* const list = inner.list.empty() ? nullptr : body.find(inner.list);
        if (inner.list.empty()) {
            if (auto complaint = objection_to(signal, body, inner)) return complaint;
        } else if (list != nullptr && list->array() != nullptr) {
            for (const Value& entry : *list->array()) {
                if (auto complaint = objection_to(signal, entry, inner)) return complaint;
            }
        }
    }
    return other_unit(signal, body);
}

// --- values ---------------------------------------------------------------------------------------

base::Result<Datum> datum_of_number(const Signal& signal, const Value& number) {
    const Measure& measure = measure_of(signal.unit);
    if (auto complaint = off_grid(signal, number, measure)) return *std::move(complaint);
    return Datum{.value = *steps_of(number.number(), measure)};
}

base::Result<Datum> scalar(const Signal& signal, const Value& given) {
    if (given.kind() != kind_name(signal.kind)) {
        return bad_value(signal,
                         "must be " + std::string(kind_name(signal.kind)) + ", not " + std::string(given.kind()));
    }
    if (given.is_number()) return datum_of_number(signal, given);
    if (const bool* const flag = given.boolean()) return Datum{.value = *flag};
    return Datum{.value = *given.string()};
}

// {"value":78,"unit":"percent"}
base::Result<Datum> scalar_body(const Signal& signal, const Value& body) {
    const Value* const value = body.find("value");
    if (value == nullptr) return bad_value(signal, R"(is given as an object without "value")");
    if (auto complaint = other_unit(signal, body)) return *std::move(complaint);
    for (const auto& [name, member] : *body.object()) {
        const bool known = name == "value" || (name == "unit" && !signal.unit.empty());
        if (!known) return bad_value(signal, "has no member " + base::quoted(name));
    }
    return scalar(signal, *value);
}

base::Result<Datum> structured(const Signal& signal, const Value& given) {
    const std::string_view member = contract::number_member(signal);
    const bool by_number = !member.empty() && given.is_number();
    if (given.object() == nullptr && !by_number) {
        return bad_value(signal, "must be an object, not " + std::string(given.kind()));
    }
    if (auto complaint = objection_to(signal, given)) return *std::move(complaint);
    Value body = contract::signal_body(signal, given);
    Value* const number = member.empty() ? nullptr : body.find(member);
    Datum datum;
    if (number != nullptr && number->is_number()) {
        auto exact = datum_of_number(signal, *number);
        if (!exact) return exact.error();
        datum.value = std::move(exact.value().value);
        *number = nullptr;
    }
    datum.structure = std::make_shared<const Value>(std::move(body));
    return datum;
}

base::Error at(base::Error error, const Source& source, std::size_t offset) {
    error.place = document::place_of(source.name, source.text, offset);
    return error;
}

base::Result<Datum> datum_of(const Signal& signal, const Value& given) {
    if (signal.code == "vehicleidentification-vin") {
        return bad_value(signal, "is the vehicle's VIN, which does not change");
    }
    if (!document::write(given).ok()) return bad_value(signal, "holds something that JSON cannot carry unchanged");
    if (signal.kind == Signal::Kind::kStructured) return structured(signal, given);
    return given.object() != nullptr ? scalar_body(signal, given) : scalar(signal, given);
}

}  // namespace

base::Result<Change> change(std::string_view code, const Value& given) {
    const Signal* const signal = contract::find_signal(code);
    if (signal == nullptr) return unknown_signal(code);
    auto datum = datum_of(*signal, given);
    if (!datum) return datum.error();
    return Change{.signal = signal, .datum = std::move(datum).value()};
}

base::Result<Changes> parse_changes(const Value& state, const Source& source) {
    if (state.object() == nullptr) {
        base::Error error{.code = "bad_signal_value",
                          .message = "state must be an object of signal codes, not " + std::string(state.kind())};
        return at(std::move(error), source, state.offset);
    }
    Changes changes;
    changes.reserve(state.object()->size());
    for (const auto& [code, given] : *state.object()) {
        base::Result<Change> checked = change(code, given);
        if (!checked.ok()) {
            const bool blames_key = checked.error().code == "unknown_signal";
            return at(checked.error(), source, blames_key ? given.key_offset : given.offset);
        }
        changes.push_back(std::move(checked).value());
    }
    return changes;
}

}  // namespace smartcar_sim::vehicle
