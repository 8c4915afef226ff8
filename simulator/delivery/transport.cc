#include "delivery/transport.h"

#include "delivery/excerpt.h"

namespace smartcar_sim::delivery {

std::string_view name_of(Failure::Kind kind) {
    switch (kind) {
        case Failure::Kind::kUnreachable:
            return "unreachable";
        case Failure::Kind::kRefusedByPolicy:
            return "policy";
        case Failure::Kind::kTls:
            return "tls";
        case Failure::Kind::kTimeout:
            return "timeout";
        case Failure::Kind::kReset:
            return "reset";
        case Failure::Kind::kMalformed:
            return "malformed";
        case Failure::Kind::kCalledOff:
            return "called-off";
    }
    return {};
}

bool lacks_connection(Failure::Kind kind) {
    using Kind = Failure::Kind;
    return kind == Kind::kUnreachable || kind == Kind::kRefusedByPolicy || kind == Kind::kTls;
}

std::optional<Failure::Kind> parse_failure_kind(std::string_view name) {
    using Kind = Failure::Kind;
    for (const Kind kind : {Kind::kUnreachable, Kind::kRefusedByPolicy, Kind::kTls, Kind::kTimeout, Kind::kReset,
                            Kind::kMalformed, Kind::kCalledOff}) {
        if (name_of(kind) == name) return kind;
    }
    return std::nullopt;
}

std::string_view fix_for(Failure::Kind kind) {
    switch (kind) {
        case Failure::Kind::kUnreachable:
            return "Start the callback, or check the host and port of the callback URI.";
        case Failure::Kind::kRefusedByPolicy:
            return "Add --remote if you mean to send there.";
        case Failure::Kind::kTls:
            return "Name the authority of its certificate with --cacert FILE, or skip the check with --insecure; "
                   "if the callback speaks plain HTTP, write http:// in the callback URI.";
        case Failure::Kind::kTimeout:
            return "Answer at once and leave slow work for later; Smartcar waits 15 seconds.";
        case Failure::Kind::kReset:
            return "Look in the callback's own output: a crash or an unhandled exception ends a connection like this. "
                   "So does a callback that serves https; then write https:// in the callback URI.";
        case Failure::Kind::kMalformed:
            return "Answer in HTTP/1.1; something else may be listening on that port.";
        case Failure::Kind::kCalledOff:
            return {};
    }
    return {};
}

std::string fix_for(int status, std::string_view location) {
    const std::string ask_explain =
        "save a body with `smartcar-sim send … --json | jq -j .body > body.json`, log the hash that your code computes "
        "for it, and `smartcar-sim explain --body body.json --computed HASH` names the mistake, given the same token.";
    switch (status) {
        case 400:
        case 415:
        case 422:
            return "Take a POST with a JSON body. If it was the signature that your code refused, " + ask_explain;
        case 401:
        case 403:
        case 419:
            return "The signature is right under the simulator's token: its own development token, unless "
                   "--token-file FILE, APPLICATION_MANAGEMENT_TOKEN or a rotation gave it another. "
                   "If your code computes another signature, " +
                   ask_explain +
                   " If it was no check of the signature, let the callback's path through without login "
                   "and CSRF token.";
        case 404:
            return "Check the path of the callback URI.";
        case 405:
            return "Let the callback's path take POST.";
        default:
            break;
    }
    if (status >= 500) return "Look in the callback's own output for the error behind it.";
    if (status >= 300 && status < 400) {
        return "Redirects are not followed: " +
               (location.empty() ? std::string("answer an event with 200.")
                                 : "use " + excerpt(location) +
                                       " as the callback URI or, if it is a login page, let the callback's path "
                                       "through without a login.");
    }
    return status >= 400 ? "Answer an event with 200." : "";
}

}  // namespace smartcar_sim::delivery
