// Wrong ways to read a request, and requests that break something.
#include <algorithm>
#include <array>
#include <string>
#include <string_view>

#include "base/text.h"
#include "receiver/behaviours.h"
#include "receiver/message.h"
#include "receiver/steps.h"

namespace smartcar_sim::receiver {
namespace {

constexpr std::size_t kLarge = std::size_t{1} << 20U;
constexpr Manners kTakesAnything{.max_body = std::size_t{64} << 20U};

bool is_challenge(const Circumstances& now) { return now.body != nullptr && challenge_version(*now.body).has_value(); }

// request.read(int(headers["Content-Length"]))
MaybeResponse needs_length(const Circumstances& now) {
    return error_if(is_post(now) && now.request.headers.count("Content-Length") == 0, 411, "Length Required");
}

MaybeResponse exact_type(const Circumstances& now) {
    return error_if(is_post(now) && now.request.headers.get("Content-Type") != "application/json", 415,
                    "send application/json");
}

// event.headers["SC-Signature"]
MaybeResponse exact_case(const Circumstances& now) {
    if (!is_post(now) || is_challenge(now)) return std::nullopt;
    for (const auto& [name, value] : now.request.headers) {
        if (name == "SC-Signature") return std::nullopt;
    }
    return error_answer(401, "SC-Signature is missing");
}

MaybeResponse no_expectations(const Circumstances& now) {
    return error_if(now.request.headers.count("Expect") > 0, 417, "Expectation Failed");
}

// new URL(request.url, `https://${headers.host}`)
MaybeResponse needs_host(const Circumstances& now) { return broken_if(now.request.headers.count("Host") == 0); }

MaybeResponse unpacks(const Circumstances& now) {
    return broken_if(now.request.headers.get("Content-Encoding") == "gzip");
}

MaybeResponse breaks_on_large(const Circumstances& now) { return broken_if(now.request.body.size() > kLarge); }

MaybeResponse breaks_on_depth(const Circumstances& now) {
    constexpr std::size_t kDeep = 50;
    return broken_if(now.request.body.find(std::string(kDeep, '[')) != std::string::npos);
}

MaybeResponse breaks_on_bytes(const Circumstances& now) { return broken_if(!base::is_utf8(now.request.body)); }

MaybeResponse breaks_on_empty(const Circumstances& now) { return broken_if(is_post(now) && now.request.body.empty()); }

// JSON.parse outside of try
MaybeResponse breaks_on_text(const Circumstances& now) {
    return broken_if(is_post(now) && !now.request.body.empty() && now.body == nullptr);
}

MaybeResponse takes_what_is_not_json(const Circumstances& now) {
    if (!is_post(now) || now.body != nullptr || !now.is_signed(now.request.body)) return std::nullopt;
    return contract::json_response(200, R"({"received":true})");
}

MaybeResponse breaks_on_methods(const Circumstances& now) {
    return broken_if(!is_post(now) && now.request.method != "PUT");
}

// What was allocated is never given back.
MaybeResponse dies(const Circumstances& now) {
    if (now.request.body.size() > kLarge) now.memory.first_time("dead");
    return error_if(now.memory.knows("dead"), 503, "Service Unavailable");
}

constexpr std::array kBehaviours{
    Behaviour{.id = "needs-length", .says = "answers 411 to a chunked body", .first = needs_length},
    Behaviour{
        .id = "exact-content-type", .says = "answers 415 when the content type has a charset", .first = exact_type},
    Behaviour{
        .id = "exact-header-case", .says = "finds SC-Signature in exactly this spelling alone", .first = exact_case},
    Behaviour{.id = "refuses-expect", .says = "answers 417 to Expect: 100-continue", .first = no_expectations},
    Behaviour{.id = "needs-host", .says = "breaks on a request without Host", .first = needs_host},
    Behaviour{.id = "unpacks-blindly",
              .says = "breaks on a body that says it is compressed and is not",
              .first = unpacks,
              .manners = {.unpacks = Manners::Unpacks::kLater}},
    Behaviour{.id = "breaks-on-large-bodies",
              .says = "breaks on more than 1 MB",
              .first = breaks_on_large,
              .manners = kTakesAnything},
    Behaviour{.id = "breaks-on-nesting", .says = "breaks on deeply nested JSON", .first = breaks_on_depth},
    Behaviour{.id = "breaks-on-bad-utf-8", .says = "breaks on bytes that are not UTF-8", .first = breaks_on_bytes},
    Behaviour{.id = "breaks-on-empty-bodies", .says = "breaks on an empty body", .first = breaks_on_empty},
    Behaviour{.id = "breaks-on-bad-json", .says = "breaks on a body that is not JSON", .first = breaks_on_text},
    Behaviour{.id = "accepts-bad-json",
              .says = "answers 200 to a rightly signed body that is not JSON",
              .first = takes_what_is_not_json},
    Behaviour{.id = "breaks-on-other-methods", .says = "breaks on GET, HEAD and OPTIONS", .first = breaks_on_methods},
    Behaviour{.id = "dies-of-large-bodies",
              .says = "answers 503 to everything after a body of more than 1 MB",
              .first = dies,
              .manners = kTakesAnything},
    Behaviour{.id = "hangs-up",
              .says = "closes the connection after each answer without saying so",
              .manners = {.keep_alive = Manners::KeepAlive::kHangsUp}},
    Behaviour{.id = "drops-half-closed",
              .says = "does not answer a sender that has ended sending",
              .manners = {.half_closed = Manners::HalfClosed::kDropped}},
    Behaviour{.id = "impatient",
              .says = "gives a body a tenth of a second to arrive",
              .manners = {.patience = base::Milliseconds(100)}},
};

}  // namespace

std::span<const Behaviour> transport_behaviours() { return kBehaviours; }

}  // namespace smartcar_sim::receiver
