#include "delivery/transport.h"

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

}  // namespace smartcar_sim::delivery
