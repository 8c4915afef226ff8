// Reads the body of a request or a response: the one place that uses the HTTP library.
//
// Heads are ours, bodies are the library's: it is given a head of our own making that says nothing but how the body
// is framed, reads and joins what follows, and unpacks gzip. So whatever a peer writes into a head never reaches it,
// and its own requests, responses, sockets, threads and routes are not used.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <variant>

#include "http/input.h"

namespace smartcar_sim::http {

// Where a body ends.
struct Framing {
    enum class Kind {
        kNone,
        kLength,
        kChunked,
        kUntilClose,  // responses only
    };
    Kind kind = Kind::kNone;
    std::uint64_t length = 0;                                   // with kLength
    enum class Coding { kNone, kGzip } coding = Coding::kNone;  // to be undone

    bool operator==(const Framing&) const = default;
};

// Whether this build of the library knows gzip. The other codings it may know are refused: no client met so far uses
// them, and what the library makes of a stream that was cut short passes for a whole one.
[[nodiscard]] bool can_unpack_gzip();

enum class BodyProblem {
    kClosed,  // the peer ended its side within the body
    kReset,
    kTimeout,
    kInterrupted,
    kTooLarge,   // more than the limit, packed or unpacked
    kMalformed,  // not chunked, or not gzip, as its head says
};

// The body, at most `limit` bytes of it, decoded. After a problem the connection is of no further use.
[[nodiscard]] std::variant<std::string, BodyProblem> read_body(Input& input, const Framing& framing, std::size_t limit,
                                                               const Wait& wait);

struct BodyStart {
    std::string bytes;
    bool whole = true;  // otherwise the connection is of no further use: nobody knows where the body ends
};

// As much of a body without a coding as there is below `limit`, or its first `limit` bytes. Never kTooLarge.
[[nodiscard]] std::variant<BodyStart, BodyProblem> read_body_start(Input& input, const Framing& framing,
                                                                   std::size_t limit, const Wait& wait);

}  // namespace smartcar_sim::http
