#include "routes/sim_answer.h"

#include <algorithm>
#include <array>
#include <utility>

#include "contract/api_error.h"
#include "document/writer.h"

namespace smartcar_sim::routes {

namespace {

std::string placed_message(const base::Error& error) {
    if (!error.place) return error.message;
    const base::Place& place = *error.place;
    return place.file + ":" + std::to_string(place.line) + ":" + std::to_string(place.column) + ": " + error.message;
}

}  // namespace

contract::Response sim_error(int status, std::string_view code, std::string_view message) {
    std::string body;
    document::Writer writer(body);
    writer.begin_object().key("error").begin_object();
    writer.member("code", code).member("message", contract::quotable(message));
    writer.end_object().end_object();
    return contract::json_response(status, std::move(body));
}

contract::Response sim_error(const base::Error& error) {
    constexpr std::array<std::pair<std::string_view, int>, 10> kStatuses{{
        {"not_found", 404},
        {"queue_full", 503},
        {"clock_busy", 409},
        {"unverified", 409},
        {"disabled", 409},
        {"reached_nobody", 409},
        {"not_connected", 409},
        {"not_rotated", 409},
        {"not_an_event", 409},
        {"too_many_faults", 409},
    }};
    const auto* const found = std::ranges::find(kStatuses, error.code, [](const auto& row) { return row.first; });
    contract::Response response =
        sim_error(found == kStatuses.end() ? 400 : found->second, error.code, placed_message(error));
    if (response.status == 503) response.headers.add("retry-after", "1");
    return response;
}

}  // namespace smartcar_sim::routes
