// Bytes as HTML, so that what cannot be seen is seen. Private to report/.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "contract/http.h"
#include "delivery/transport.h"

namespace smartcar_sim::report {

// Text that may be copied from the page as it was, as far as HTML can say it. Line breaks, tabs, controls, characters
// that have no look of their own and bytes that are not UTF-8 are marked with what they are; what is not ASCII is
// underlined and has its bytes for a title. Spaces are dotted where they are easily missed, or everywhere.
enum class Spaces { kAsNeeded, kEach };
[[nodiscard]] std::string visible_bytes(std::string_view bytes, Spaces spaces);

// One request and what came back.
struct ShownExchange {
    const contract::Request* request = nullptr;  // or
    std::string_view raw;                        // the bytes that were sent
    const delivery::Answer* answer = nullptr;
    base::Milliseconds took{0};
};
// Head and body each way, at most `most` bytes of each.
[[nodiscard]] std::string exchange_html(const ShownExchange& exchange, std::size_t most);

}  // namespace smartcar_sim::report
