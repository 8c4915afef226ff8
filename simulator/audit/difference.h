// What a look at the probe shows that the look before did not.
#pragma once

#include <string>
#include <string_view>

namespace smartcar_sim::audit {

// The same but for whole numbers that are higher by one. What counts events, older ones too, differs so.
[[nodiscard]] bool counts_one_more(std::string_view before, std::string_view after);

// The members of JSON or the lines that differ, each as an excerpt in quotes: "charging":true became "charging":false.
[[nodiscard]] std::string difference(std::string_view before, std::string_view after);

}  // namespace smartcar_sim::audit
