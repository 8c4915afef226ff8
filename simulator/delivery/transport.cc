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

}  // namespace smartcar_sim::delivery
