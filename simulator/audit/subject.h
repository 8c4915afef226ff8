// Whom an audit examines, and as whom it speaks.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/secret.h"
#include "base/url.h"
#include "contract/headers.h"
#include "contract/message.h"
#include "document/value.h"
#include "signature/explain.h"

namespace smartcar_sim::audit {

struct Subject {
    base::Url callback;
    base::Secret token;
    contract::Version version = contract::Version::k2_0;
    contract::Envelope envelope;   // of every message; its dialect is that of 4.0
    contract::VehicleRef vehicle;  // what every event is about
    // A body that the callback is known to accept, of `version`: ordinary events are it, with ids, times and what they
    // tell replaced. Nothing: our own.
    std::optional<document::Value> captured = std::nullopt;
    contract::Headers headers = {};  // -H: each replaces the standard one of its name
    enum class Challenges { kUnsigned, kSigned } challenges = Challenges::kUnsigned;  // --sign-verify
    base::Milliseconds timeout{15'000};                                               // of one exchange
    base::Instant now;                                                                // what the platform's clock shows
    std::vector<signature::Candidate> other_keys = {};  // what may have been used as the key by mistake
};

}  // namespace smartcar_sim::audit
