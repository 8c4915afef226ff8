#include "routes/vehicle_errors.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "contract/signals.h"
#include "document/pointer.h"
#include "routes/sim_body.h"

namespace smartcar_sim::routes {

namespace {

using contract::VehicleFault;

// Messages go on after the pointer to the entry, with a blank or with the rest of the pointer.

std::optional<base::Error> complaint_about_members(const document::Value& entry) {
    constexpr std::array<std::string_view, 4> kMembers{"type", "code", "state", "signals"};
    if (entry.object() == nullptr) {
        return base::Error{"bad_member", " is " + std::string(entry.kind()) + ", not an object"};
    }
    for (const auto& [name, value] : *entry.object()) {
        if (std::ranges::find(kMembers, name) != kMembers.end()) continue;
        return base::Error{"unknown_member",
                           " has no member \"" + name + "\"" + document::did_you_mean(name, kMembers)};
    }
    if (entry.find("type") == nullptr) return base::Error{"missing_member", " needs \"type\""};
    return std::nullopt;
}

base::Result<VehicleFault::State> state_of(const document::Value& entry) {
    const auto text = text_member(entry, "state");
    if (!text) return text.error();
    const std::string state = text.value().value_or("ERROR");
    if (state == "ERROR") return VehicleFault::State::kError;
    if (state == "RESOLVED") return VehicleFault::State::kResolved;
    return base::Error{"bad_member", "/state is \"" + state + "\", not ERROR or RESOLVED"};
}

base::Error unknown_signal(const std::string& code, std::size_t index) {
    std::vector<std::string_view> known;
    for (const contract::Signal& signal : contract::signals()) known.push_back(signal.code);
    return {"unknown_signal", "/signals/" + std::to_string(index) + ": unknown signal \"" + code + "\"" +
                                  document::did_you_mean(code, known)};
}

base::Result<std::optional<std::vector<contract::SignalName>>> signals_of(const document::Value& entry) {
    std::optional<std::vector<contract::SignalName>> names;
    const auto codes = texts_member(entry, "signals");
    if (!codes) return codes.error();
    const document::Value* const given = entry.find("signals");
    if (given == nullptr || given->is_null()) return names;
    names.emplace();
    for (const std::string& code : codes.value()) {
        if (contract::find_signal(code) == nullptr) return unknown_signal(code, names->size());
        names->push_back(contract::signal_name(code));
    }
    return names;
}

base::Result<VehicleFault> vehicle_error_of(const document::Value& entry) {
    if (const auto complaint = complaint_about_members(entry)) return *complaint;
    const auto type = text_member(entry, "type");
    if (!type) return type.error();
    const auto code = text_member(entry, "code");
    if (!code) return code.error();
    const auto state = state_of(entry);
    if (!state) return state.error();
    auto signals = signals_of(entry);
    if (!signals) return signals.error();
    return VehicleFault{.type = type.value().value_or(""),
                        .code = code.value(),
                        .state = state.value(),
                        .signals = std::move(signals).value()};
}

}  // namespace

base::Result<std::vector<VehicleFault>> vehicle_errors_of(const document::Value& body) {
    std::vector<VehicleFault> errors;
    const document::Value* const given = body.find("errors");
    if (given == nullptr || given->is_null()) return errors;
    if (given->array() == nullptr) {
        return base::Error{"bad_member", "/errors is " + std::string(given->kind()) + ", not an array of objects"};
    }
    for (const document::Value& entry : *given->array()) {
        auto error = vehicle_error_of(entry);
        if (!error) {
            return base::Error{error.error().code, "/errors/" + std::to_string(errors.size()) + error.error().message};
        }
        errors.push_back(std::move(error).value());
    }
    return errors;
}

}  // namespace smartcar_sim::routes
