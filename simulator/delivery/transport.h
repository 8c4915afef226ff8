// How a request reaches a callback, seen from the dispatcher: one exchange, one answer, no exceptions.
//
// An implementation may be called from several threads at once.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "base/url.h"
#include "contract/http.h"

namespace smartcar_sim::delivery {

// Of an answer's body; what comes after it is not read.
inline constexpr std::size_t kMostAnswer = std::size_t{1024} * 1024;

struct Outgoing {
    base::Url url;
    contract::Request request;           // target is url.target; headers complete but for Host and Content-Length
    base::Milliseconds timeout{15'000};  // of the whole exchange: connect, TLS, send, wait, read

    enum class Reuse {
        kKeepAlive,  // an idle connection to the same origin may be used and is kept afterwards
        kFresh,      // a new connection, closed afterwards: verifications (contract/clients.md section 1 item 9)
    };
    Reuse reuse = Reuse::kKeepAlive;
};

// Why no complete response came.
struct Failure {
    enum class Kind {
        kUnreachable,      // no connection: refused, no route, no such host; `detail` lists every address tried
        kRefusedByPolicy,  // outside loopback and private ranges without --remote
        kTls,              // handshake or certificate
        kTimeout,          // the whole exchange took longer than Outgoing::timeout
        kReset,            // closed or reset before the response was complete
        kMalformed,        // not HTTP, or a response whose head is too long (64 KiB)
        kCalledOff,        // the simulator was stopped meanwhile: nobody's fault
    };
    Kind kind = Kind::kUnreachable;
    std::string detail;  // for a person: "127.0.0.1:3000: connection refused"

    bool operator==(const Failure&) const = default;
};

// Whether no connection came about at all.
[[nodiscard]] bool lacks_connection(Failure::Kind kind);

// "unreachable", "policy", "tls", "timeout", "reset", "malformed", "called-off".
[[nodiscard]] std::string_view name_of(Failure::Kind kind);
[[nodiscard]] std::optional<Failure::Kind> parse_failure_kind(std::string_view name);
// What a developer can do about it, in a sentence or two; empty when it was our doing.
[[nodiscard]] std::string_view fix_for(Failure::Kind kind);
// The same of an answer to an event that was signed honestly; empty for a 2xx. `location` is where a redirect points
// to.
[[nodiscard]] std::string fix_for(int status, std::string_view location);

using Answer = std::variant<contract::Response, Failure>;

struct Exchange {
    Answer answer;
    base::Milliseconds took{0};  // wall time
};

class Transport {
public:
    virtual ~Transport() = default;
    [[nodiscard]] virtual Exchange exchange(const Outgoing& outgoing) = 0;
};

}  // namespace smartcar_sim::delivery
