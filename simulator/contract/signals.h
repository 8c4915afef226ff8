// The signals of 4.0: what they are called, what their body looks like, which permission opens them.
//
// Codes, names and groups are as captured or documented (contract/webhooks.md section 10, contract/api.md section 6.3);
// permissions are api.md section 6.4, most of them public integrations' reading of the contract.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "document/value.h"

namespace smartcar_sim::contract {

struct Signal {
    enum class Kind { kBoolean, kNumber, kString, kStructured };

    std::string_view code;   // "tractionbattery-stateofcharge"
    std::string_view name;   // "StateOfCharge"
    std::string_view group;  // "TractionBattery"
    Kind kind = Kind::kStructured;
    std::string_view unit;        // as live vehicles send it, else as documented; empty: the body has none
    std::string_view permission;  // "read_battery"; empty: no source names one, so none is asked for
    bool is_static = false;       // captured or documented as an attribute: both times in its meta are 0
};

// In the order of their codes.
[[nodiscard]] std::span<const Signal> signals();
[[nodiscard]] const Signal* find_signal(std::string_view code);

// As messages call it.
struct SignalName {
    std::string code, name, group;
};
// Of a code that is in the catalogue; any other is a bug.
[[nodiscard]] SignalName signal_name(std::string_view code);

// The member of a structured signal's body that holds the one number the signal goes by: "value" of
// tractionbattery-range, "capacity" of tractionbattery-nominalcapacity, "activeLimit" of charge-chargelimits; empty for
// every other signal.
[[nodiscard]] std::string_view number_member(const Signal& signal);

// The wire's body for a state of the vehicle: {"value":78,"unit":"percent"}. An object is the body already. The
// structured signals that go by one number can also be stated by it, and get the rest of what live vehicles send with
// it.
[[nodiscard]] document::Value signal_body(const Signal& signal, const document::Value& state);

}  // namespace smartcar_sim::contract
