// A message of every kind and dialect: with the values of the golden files, and with any text in every place
// where a user's text can end up.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "contract/message.h"

namespace smartcar_sim::contract::samples {

struct Sample {
    std::string_view file;  // in tests/golden/messages/
    Message message;
    Stamp stamp;
};
[[nodiscard]] std::vector<Sample> golden();

[[nodiscard]] std::vector<std::string> bodies_saying(const std::string& text);

}  // namespace smartcar_sim::contract::samples
