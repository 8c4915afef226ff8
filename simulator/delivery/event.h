// One event on its way to one webhook: what submit() takes.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "base/url.h"
#include "contract/http.h"
#include "contract/message.h"
#include "delivery/retry.h"
#include "fault/plan.h"

namespace smartcar_sim::delivery {

// 50 KB is all that contract/webhooks.md section 7 says. Read as 50 KiB, the larger reading, so that no body the real
// platform would send is refused here.
inline constexpr std::size_t kMaxHonestBody = std::size_t{50} * 1024;

enum class BodySize {
    kGuarded,  // submit() refuses a rendered body over kMaxHonestBody, unless the fault forges it
    kAny,      // raw bytes that somebody chose on purpose
};

struct Event {
    std::string event_id;  // for the journal; a message that carries an event id carries this one
    std::string webhook_id;
    std::string event_name;
    std::string vehicle_id;
    base::Url url;
    contract::Message message;
    // Complete but for Host, Content-Length and SC-Signature: contract::delivery_headers() and then -H.
    contract::Headers headers;
    std::vector<contract::Edit> edits;  // "with": applied to the rendered body before signing
    fault::Plan fault;
    RetryPolicy retry;
    BodySize size = BodySize::kGuarded;
    // What the bytes of a message that never changes already carry: set when a delivery is resent. Empty: each
    // attempt derives its own.
    std::string delivery_id;
};

}  // namespace smartcar_sim::delivery
