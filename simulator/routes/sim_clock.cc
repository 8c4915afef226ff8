#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "document/writer.h"
#include "routes/admission.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"

namespace smartcar_sim::routes {

namespace {

constexpr base::Milliseconds kMaxWall = std::chrono::seconds(60);

contract::Response advance(Context& context, const contract::Request& request, const Parameters&) {
    constexpr std::array<std::string_view, 2> kMembers{"by", "maxWall"};
    const auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    const auto by = duration_member(said.value().body, "by");
    if (!by) return sim_error(by.error());
    if (!by.value()) return sim_error(400, "missing_member", R"(the body needs "by": {"by":"25s"})");
    const auto max_wall = duration_member(said.value().body, "maxWall");
    if (!max_wall) return sim_error(max_wall.error());

    const auto moved = context.simulation.advance(*by.value(), max_wall.value().value_or(kMaxWall));
    if (!moved) return sim_error(moved.error());
    std::string answer;
    document::Writer json(answer);
    json.begin_object().member("now", base::format_instant(moved.value().now));
    json.member("target", base::format_instant(moved.value().target));
    json.member("pending", static_cast<std::int64_t>(moved.value().pending)).end_object();
    return contract::json_response(200, std::move(answer));
}

contract::Response reset(Context& context, const contract::Request&, const Parameters&) {
    const auto done = context.simulation.reset();
    if (!done) return sim_error(done.error());
    context.requests.clear();
    return contract::Response{204, {}, ""};
}

// Takes no lock, so that it answers whatever the rest is doing.
contract::Response health(Context&, const contract::Request&, const Parameters&) {
    return contract::json_response(200, R"({"status":"ok"})");
}

constexpr std::array kRoutes{
    Route{"POST", "/_sim/clock/advance", advance},
    Route{"POST", "/_sim/reset", bare<reset>},
    Route{"GET", "/_sim/health", bare<health>},
};

}  // namespace

std::span<const Route> sim_clock() { return kRoutes; }

}  // namespace smartcar_sim::routes
