#include "platform/effect.h"

#include <algorithm>
#include <array>
#include <iterator>
#include <utility>

namespace smartcar_sim::platform {
namespace {

// In the order of SkipReason.
constexpr std::array<SkipReasonLine, 6> kLines{{
    {"other-type", "this type of webhook never carries that event"},
    {"disabled", "the webhook was disabled; enable it"},
    {"unverified", "the callback URI has not answered a challenge yet; verify the webhook"},
    {"not-subscribed", "the vehicle is not subscribed to the webhook"},
    {"event-not-selected", "the webhook was made without that event, or without any trigger that changed"},
    {"vehicle-not-live", "event based webhooks serve live vehicles only, and this one is simulated"},
}};

}  // namespace

void Fired::append(Fired more) {
    std::ranges::move(more.effects, std::back_inserter(effects));
    std::ranges::move(more.skipped, std::back_inserter(skipped));
}

std::string_view name_of(SkipReason reason) { return kLines.at(static_cast<std::size_t>(reason)).id; }

std::span<const SkipReasonLine> skip_reasons() { return kLines; }

}  // namespace smartcar_sim::platform
