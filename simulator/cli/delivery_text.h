// A delivery as people and programs read it, whether it was made here or by a running server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/terminal.h"
#include "delivery/journal.h"
#include "document/value.h"

namespace smartcar_sim::cli {

struct AttemptText {
    std::string delivery_id, url, error, detail, body, signature;
    std::string answer;    // the body that came back
    std::string location;  // where a redirect points to
    std::optional<std::int64_t> status;
    std::int64_t milliseconds = 0;
};

struct DeliveryText {
    std::string event_id, event;
    std::string outcome;  // "delivered", "dropped"; "failed" when one attempt was all that was asked for; "pending"
    std::vector<AttemptText> attempts;
    std::string fix = {};  // what to do about an attempt that failed; may be empty
};

// What to do about the newest attempt, of what was signed honestly; empty when that was a success.
[[nodiscard]] std::string fix_for(const DeliveryText& delivery);

enum class Asked { kOneAttempt, kRetries };

[[nodiscard]] DeliveryText delivery_text(const delivery::Delivery& delivery, Asked asked);
// From one element of GET /_sim/deliveries, of which one attempt was asked: "pending" until that is filed, "failed"
// when it failed, though the server goes on trying.
[[nodiscard]] DeliveryText delivery_text(const document::Value& delivery);

// One line an attempt: "CHARGING_STARTED -> http://127.0.0.1:3000/webhooks  200 in 3 ms  delivered"; below it what
// the callback answered, if that was not a 2xx, and what to do about it.
[[nodiscard]] std::string describe(const DeliveryText& delivery, const Terminal& terminal);
// The same for its newest attempt alone, as it happens.
[[nodiscard]] std::string describe_newest(const DeliveryText& delivery, const Terminal& terminal);
// {"type":"delivery",…} (product.md, "Machine-readable output").
[[nodiscard]] std::string delivery_object(const DeliveryText& delivery, const Terminal& terminal);

}  // namespace smartcar_sim::cli
