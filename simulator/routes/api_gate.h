// What a request of the application meets before anything looks at it: rate limits, then faults.
//
// Rate limits count what goes to the API, that is to a path with a version; what they turn away meets no fault. A fault
// comes before authentication and before the question whether anything is served there.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "contract/http.h"
#include "routes/context.h"

namespace smartcar_sim::routes {

// The answer that it gets instead of its handler's, once a fault's latency has passed; nothing when it may go on.
[[nodiscard]] std::optional<contract::Response> stopped_at_gate(Context& context, const contract::Request& request);

// The same for one item of a batch, by itself: the body, status and headers of the item's entry. Only faults; what the
// items cost is charge_batch()'s.
[[nodiscard]] std::optional<contract::Response> item_stopped_at_gate(Context& context, const contract::Request& batch,
                                                                     std::string_view item_path);

// Each item of a batch counts as a request, and the batch was counted as one when it came: takes the rest at once. The
// 429 for the whole batch when there is too little left.
[[nodiscard]] std::optional<contract::Response> charge_batch(Context& context, const contract::Request& batch,
                                                             std::size_t items);

}  // namespace smartcar_sim::routes
