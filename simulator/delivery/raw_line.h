// Bytes out and bytes in, seen from the audit: what a receiver makes of a transport that no delivery would use.
//
// Deliveries never go this way (tests/architecture/arrows.sh): Transport says only what Smartcar would say. An
// implementation may be called from several threads at once. docs/http.md tells the rest.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/url.h"
#include "contract/http.h"
#include "delivery/transport.h"

namespace smartcar_sim::delivery {

// Of what came: RawAnswer::bytes.
inline constexpr std::size_t kMostRawBytes = std::size_t{64} * 1024;

// Bytes that are sent as they are, in pieces, on a connection of their own. It is read meanwhile, pauses included, and
// closed once `answers` of them are there, whatever is left to send.
struct RawRequest {
    struct Piece {
        // What must have come before it is sent.
        enum class After {
            kNothing,
            kInterim,  // a 1xx to this request, or `patience` without one; when its final answer comes first, neither
                       // this piece nor one after it is sent, and the exchange is over
            kAnswer,   // the answer to the request before: this piece begins the next request
        };

        std::string bytes;            // may be empty: a pause before the end
        base::Milliseconds pause{0};  // before it is sent, from the piece before or from what it comes after
        After after = After::kNothing;
        base::Milliseconds patience{1000};  // as curl waits
    };
    enum class End {
        kStayOpen,
        kHalfClose,  // says after the last piece that nothing more comes: a FIN, over TLS its alert
    };

    base::Url url;  // where to connect, and whom to expect there; nothing of it is added to the bytes
    std::vector<Piece> pieces = {};
    End end = End::kStayOpen;
    // Final ones waited for. One that answers bytes which begin with "HEAD " has no body; of requests that do not wait
    // for the answer before (pipelined), the first speaks for all.
    int answers = 1;
    base::Milliseconds timeout{15'000};  // of the whole exchange: connect, TLS, pauses, all answers
};

struct RawAnswer {
    std::vector<contract::Response> answers = {};  // whole ones, in order; of a body the first kMostAnswer bytes
    int interim = 0;                               // 1xx before them
    // Why fewer came than were asked for. Nothing when they came, when one said that it is the last on the connection,
    // or when a final one came instead of an interim one.
    std::optional<Failure> failure = {};
    std::string bytes = {};  // all that was read, from the first on, at most kMostRawBytes of it
    base::Milliseconds took{0};
};

class RawLine {
public:
    virtual ~RawLine() = default;
    [[nodiscard]] virtual RawAnswer exchange(const RawRequest& request) = 0;
};

}  // namespace smartcar_sim::delivery
