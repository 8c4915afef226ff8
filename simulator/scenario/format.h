// The scenario format as tables: what scenarios/scenario.schema.json is written from and every file is checked by.
#pragma once

#include <string>

#include "document/shape.h"

namespace smartcar_sim::scenario {

// Of a whole file.
[[nodiscard]] const document::Shape& format();

// Of a webhook, of one step, of its fault, and of a fault of the API.
[[nodiscard]] const document::Shape& webhook_format();
[[nodiscard]] const document::Shape& step_format();
[[nodiscard]] const document::Shape& fault_format();
[[nodiscard]] const document::Shape& api_fault_format();

// The text of scenarios/scenario.schema.json.
[[nodiscard]] std::string schema();

}  // namespace smartcar_sim::scenario
