// The events a 2.0 event based webhook can be subscribed to (contract/webhooks.md section 3.2).
#pragma once

#include <span>
#include <string_view>

namespace smartcar_sim::contract {

struct EventType {
    // payload.eventType. Empty where no public source says it: such an event is listed so that nobody takes it for
    // forgotten, and cannot be sent by name, because any name would be our invention.
    std::string_view name;
    std::string_view title;  // as the dashboard speaks of it
    std::string_view group;  // "charging", "diagnostics"
};

[[nodiscard]] std::span<const EventType> events();
// By its name on the wire; nothing when there is none.
[[nodiscard]] const EventType* find_event(std::string_view name);

}  // namespace smartcar_sim::contract
