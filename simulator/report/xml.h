// Pieces of XML that any parser reads back as what was written, or as U+FFFD where XML cannot say it. Private to
// report/.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"

namespace smartcar_sim::report {

[[nodiscard]] std::string xml_text(std::string_view text);
[[nodiscard]] std::string xml_attribute(std::string_view name, std::string_view text);  // ` name="text"`
[[nodiscard]] std::string seconds(base::Milliseconds time);                             // "15.003"

}  // namespace smartcar_sim::report
