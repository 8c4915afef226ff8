// The callback that the tests examine, and the vehicle it hears of.
#pragma once

#include <chrono>
#include <string>

#include "audit/subject.h"

namespace smartcar_sim::audit {

inline const std::string kToken = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";

[[nodiscard]] inline Subject subject_of(contract::Version version,
                                        contract::Dialect dialect = contract::Dialect::kWire) {
    Subject subject;
    subject.callback = {.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = "/webhooks"};
    subject.token = base::Secret(kToken, base::Secret::Origin::kInvented);
    subject.version = version;
    subject.envelope = {.webhook_id = "5a8e5e38-1e12-4011-a36d-56f120053f9e",
                        .webhook_name = "Audit",
                        .dialect = dialect,
                        .mode = contract::Mode::kLive};
    subject.vehicle = {.id = "9af13248-3b73-4c9d-9a4b-d937ce6bc8e2",
                       .user_id = "4f3a1b1e-5b0e-4a37-9e62-57a5b1d0c001",
                       .make = "TESLA",
                       .model = "Model 3",
                       .year = 2020};
    subject.now = base::Instant(std::chrono::seconds(1'767'225'600));
    return subject;
}

}  // namespace smartcar_sim::audit
