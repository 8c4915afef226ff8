// What the platform decided to send, and to whom it decided not to. The platform itself sends nothing.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/url.h"
#include "contract/message.h"

namespace smartcar_sim::platform {

// One message for one webhook, ready to be stamped, signed and sent.
struct Effect {
    std::string webhook_id;
    base::Url callback;
    std::string event_id;    // the journal's own for schedule and dynamic, whose bodies carry none
    std::string event_name;  // "CHARGING_STARTED", "VEHICLE_STATE", "VEHICLE_ERROR", "schedule", "dynamic"
    std::string vehicle_id;
    contract::Version version = contract::Version::k2_0;
    bool was_owed = false;  // it is the first delivery that the webhook owed that vehicle
    contract::Message message;
};

// Why a webhook got nothing. The first that holds, in this order.
enum class SkipReason {
    kOtherType,  // this type of webhook never carries that event
    kDisabled,
    kUnverified,
    kNotSubscribed,
    kEventNotSelected,  // an event, or all signals that changed, the webhook was not made for
    kVehicleNotLive,    // eventBased serves live vehicles only
};

struct Skipped {
    std::string webhook_id;
    std::string vehicle_id;
    SkipReason reason = SkipReason::kOtherType;
    bool operator==(const Skipped&) const = default;
};

struct Fired {
    std::vector<Effect> effects;
    std::vector<Skipped> skipped;

    void append(Fired more);
};

[[nodiscard]] std::string_view name_of(SkipReason reason);  // "vehicle-not-live"

// Every skip reason with one line, for `list reasons`.
struct SkipReasonLine {
    std::string_view id;
    std::string_view says;
};
[[nodiscard]] std::span<const SkipReasonLine> skip_reasons();

}  // namespace smartcar_sim::platform
