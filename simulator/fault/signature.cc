#include <string>

#include "base/text.h"
#include "fault/plan.h"

namespace smartcar_sim::fault {
namespace {

constexpr std::string_view kOtherKeyEnding = "-wrong-key";
constexpr std::string_view kOtherBody = R"({"eventType":"ANOTHER_BODY"})";

// The lowest bit of the last digit: a receiver that compares only the beginning takes the result for right.
std::string with_flipped_bit(std::string hex) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    if (hex.empty()) return hex;
    const std::size_t digit = kDigits.find(hex.back());
    if (digit != std::string_view::npos) hex.back() = kDigits[digit ^ 1];
    return hex;
}

}  // namespace

std::optional<std::string> apply_to_signature(SignatureFault fault, std::string_view key, std::string_view body,
                                              Sign sign) {
    switch (fault) {
        case SignatureFault::kNone:
            break;
        case SignatureFault::kWrongKey:
            return sign(std::string(key).append(kOtherKeyEnding), body);
        case SignatureFault::kMissing:
            return std::nullopt;
        case SignatureFault::kEmpty:
            return "";
        case SignatureFault::kFlippedBit:
            return with_flipped_bit(sign(key, body));
        case SignatureFault::kUpperCase:
            return base::upper_case(sign(key, body));
        case SignatureFault::kOfAnotherBody:
            return sign(key, body == kOtherBody ? "{}" : kOtherBody);
    }
    return sign(key, body);
}

}  // namespace smartcar_sim::fault
