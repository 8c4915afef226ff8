// Vehicle identification numbers.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace smartcar_sim::vehicle {

// 17 digits and capital letters, without I, O and Q (ISO 3779).
[[nodiscard]] bool is_vin(std::string_view text);

// What the ninth character must be in North America, '0'..'9' or 'X' (49 CFR 565.15). `vin` is one.
[[nodiscard]] char check_digit(std::string_view vin);
[[nodiscard]] bool has_valid_check_digit(std::string_view vin);

// Of the n-th car like that one: its serial number is n, and the check digit follows.
[[nodiscard]] std::string vin_of_twin(std::string vin, std::size_t ordinal);

}  // namespace smartcar_sim::vehicle
