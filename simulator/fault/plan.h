// What is to go wrong with a delivery, as a value. product.md, "Faults on a send".
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "document/value.h"

namespace smartcar_sim::fault {

enum class SignatureFault { kNone, kWrongKey, kMissing, kEmpty, kFlippedBit, kUpperCase, kOfAnotherBody };
enum class BodyFault { kNone, kTampered, kTruncated, kReserialised };

// More of anything than this is a slip of the finger, and would fill the queue.
inline constexpr std::int64_t kMostTimes = 1000;

struct Plan {
    SignatureFault signature = SignatureFault::kNone;
    BodyFault body = BodyFault::kNone;
    int duplicates = 0;           // the same bytes this many times more
    base::Milliseconds delay{0};  // platform time before the first attempt
    int lost_answers = 0;         // ignores this many answers as if they had timed out

    // A signature or body fault is a forgery: sent once, never retried.
    [[nodiscard]] bool forges() const { return signature != SignatureFault::kNone || body != BodyFault::kNone; }
    bool operator==(const Plan&) const = default;
};

// {"signature": "wrong-key", "body": "tampered", "duplicate": true|n, "delay": "5s", "answer": "lost", "times": 3};
// unknown members and values are errors with a suggestion, and so is what cannot be had together. Code "bad_fault";
// messages name members without a place, so that the caller can say where the plan stands.
[[nodiscard]] base::Result<Plan> parse_plan(const document::Value& value);

[[nodiscard]] std::string_view name_of(SignatureFault fault);  // "wrong-key"; empty for kNone
[[nodiscard]] std::string_view name_of(BodyFault fault);
// The words that "signature" and "body" take.
[[nodiscard]] std::vector<std::string_view> signature_faults();
[[nodiscard]] std::vector<std::string_view> body_faults();

// The body as it will be sent, never the same bytes unless the fault is kNone (or there is nothing to truncate).
[[nodiscard]] std::string apply_to_body(BodyFault fault, std::string body);
// The signature header as it will be sent, made of the honest body whatever a body fault then does to it; nothing when
// the header is missing.
// `sign` is the honest signer: (key, message) -> hex.
using Sign = std::string (*)(std::string_view key, std::string_view message);
[[nodiscard]] std::optional<std::string> apply_to_signature(SignatureFault fault, std::string_view key,
                                                            std::string_view body, Sign sign);

struct Name {
    std::string_view id;  // "signature: wrong-key"
    std::string_view says;
};
[[nodiscard]] std::span<const Name> names();  // for `list faults`

}  // namespace smartcar_sim::fault
