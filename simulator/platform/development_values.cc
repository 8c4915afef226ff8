#include "platform/development_values.h"

#include <cstdint>

namespace smartcar_sim::platform {

std::string development_webhook_id(std::size_t ordinal) {
    std::string id = "d0c0ffee-0005-4000-8000-000000000000";
    constexpr std::string_view kDigits = "0123456789abcdef";
    constexpr std::size_t kBase = 16;
    auto place = id.rbegin();
    for (std::uint64_t rest = ordinal + 1; rest != 0 && *place != '-'; rest /= kBase) *place++ = kDigits[rest % kBase];
    return id;
}

}  // namespace smartcar_sim::platform
