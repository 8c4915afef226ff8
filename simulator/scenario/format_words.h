// What stands in many places of a scenario: plain texts, and the names of events, signals and permissions. Private to
// scenario/; format.cc has what they are part of.
#pragma once

#include "document/shape.h"

namespace smartcar_sim::scenario::shapes {

using document::Shape;

[[nodiscard]] const Shape& anything();
[[nodiscard]] const Shape& text();
[[nodiscard]] const Shape& sentence();
[[nodiscard]] const Shape& texts();
[[nodiscard]] const Shape& flag();
[[nodiscard]] const Shape& nothing();
[[nodiscard]] const Shape& duration();
[[nodiscard]] const Shape& method();
[[nodiscard]] const Shape& identifier();
[[nodiscard]] const Shape& charging_event();
[[nodiscard]] const Shape& event_name();
[[nodiscard]] const Shape& event_or_per_version();
[[nodiscard]] const Shape& events_or_per_version();
[[nodiscard]] const Shape& signals();
[[nodiscard]] const Shape& triggers();
[[nodiscard]] const Shape& permissions();
[[nodiscard]] const Shape& version();
[[nodiscard]] const Shape& one_or_both_versions();
[[nodiscard]] const Shape& mode();
[[nodiscard]] const Shape& one_or_more_vehicles();
[[nodiscard]] const Shape& state();
[[nodiscard]] const Shape& permission_change();

}  // namespace smartcar_sim::scenario::shapes
