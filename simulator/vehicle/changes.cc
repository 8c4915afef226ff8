// State as people state it, checked against the catalogue of signals.
#include <utility>
#include <vector>

#include "contract/signals.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "vehicle/fixture.h"

namespace smartcar_sim::vehicle {
namespace {

using contract::Signal;

base::Error unknown_signal(std::string_view code) {
    std::vector<std::string_view> known;
    for (const Signal& signal : contract::signals()) known.push_back(signal.code);
    return {.code = "unknown_signal",
            .message = "unknown signal \"" + std::string(code) + "\"" + document::did_you_mean(code, known)};
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

// The three that contract::signal_body() completes from one number.
bool takes_number(const Signal& signal) {
    return signal.code == "tractionbattery-range" || signal.code == "tractionbattery-nominalcapacity" ||
           signal.code == "charge-chargelimits";
}

bool is_percentage_out_of_range(const Signal& signal, const document::Value& value) {
    return signal.unit == "percent" && value.is_number() && (value.number() < 0 || value.number() > 100);
}

std::optional<base::Error> complaint_about(const Signal& signal, const document::Value& given) {
    if (!document::write(given).ok()) return bad_value(signal, "holds something that JSON cannot carry unchanged");
    const bool structured = signal.kind == Signal::Kind::kStructured;
    const bool as_body = given.object() != nullptr;
    const document::Value* const value = as_body && !structured ? given.find("value") : &given;
    if (value == nullptr) return bad_value(signal, "is given as an object without \"value\"");
    const bool fits = value->kind() == kind_name(signal.kind) || (value->is_number() && takes_number(signal));
    if (!fits) {
        return bad_value(signal,
                         "must be " + std::string(kind_name(signal.kind)) + ", not " + std::string(value->kind()));
    }
    if (is_percentage_out_of_range(signal, *value)) return bad_value(signal, "is in percent, from 0 to 100");
    return std::nullopt;
}

base::Error at(base::Error error, const Source& source, std::size_t offset) {
    error.place = document::place_of(source.name, source.text, offset);
    return error;
}

}  // namespace

base::Result<Change> change(std::string_view code, const document::Value& given) {
    const Signal* const signal = contract::find_signal(code);
    if (signal == nullptr) return unknown_signal(code);
    if (auto complaint = complaint_about(*signal, given)) return *std::move(complaint);
    return Change{.code = std::string(code), .body = contract::signal_body(*signal, given)};
}

base::Result<Changes> parse_changes(const document::Value& state, const Source& source) {
    if (state.object() == nullptr) {
        base::Error error{.code = "bad_signal_value",
                          .message = "state must be an object of signal codes, not " + std::string(state.kind())};
        return at(std::move(error), source, state.offset);
    }
    Changes changes;
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
