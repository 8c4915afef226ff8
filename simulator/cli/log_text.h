// The log: with -v one line on stderr for each thing that happened, with -vv its headers and bodies below it.
//
// Each entry is written whole, so threads may log at once. Credentials, cookies and the values of -H are "…"; bodies
// are shown as far as kLoggedBody bytes.
#pragma once

#include <cstddef>

#include "base/clock.h"
#include "cli/terminal.h"
#include "contract/http.h"
#include "delivery/journal.h"
#include "store/request_log.h"

namespace smartcar_sim::cli {

inline constexpr std::size_t kLoggedBody = 2'048;

// The newest attempt: "2026-01-01T00:00:00.000Z attempt CHARGING_STARTED of webhook ID -> URL: 200 in 3 ms". Of a
// verification: "… verification of webhook ID -> URL: 200 in 3 ms, verified".
void log_attempt(const delivery::Delivery& delivery, Terminal& terminal);

// An API call of the application: "2026-01-01T00:00:00.000Z call GET /v2.0/vehicles: 200".
void log_call(const store::ApiCall& call, const contract::Request& request, const contract::Response& response,
              Terminal& terminal);

// What the reference receiver got: "2026-01-01T00:00:00.000Z received POST /webhooks: 200".
void log_received(base::Instant at, const contract::Request& request, const contract::Response& response,
                  Terminal& terminal);

}  // namespace smartcar_sim::cli
