// What can go wrong by order: with a delivery, and with the application's own calls. Private to scenario/; format.cc
// has what it is part of.
#pragma once

#include "document/shape.h"

namespace smartcar_sim::scenario::shapes {

using document::Shape;

[[nodiscard]] const Shape& fault_plan();
[[nodiscard]] const Shape& api_fault_object();
[[nodiscard]] const Shape& api_fault();  // that, or "clear"

}  // namespace smartcar_sim::scenario::shapes
