// The head of a request. It is read strictly: what two readers could take for two different things is refused.
//
// Refused are bare CR or LF, NUL and other control characters, folded lines, blanks before a colon, a missing Host, a
// second one of a field that has one value, a length beside Transfer-Encoding, and what is too long. Nothing is
// percent-decoded.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "contract/http.h"
#include "http/body.h"

namespace smartcar_sim::http {

inline constexpr std::size_t kMostHeadBytes = std::size_t{32} * 1024;
inline constexpr std::size_t kMostRequestLineBytes = std::size_t{8} * 1024;
inline constexpr std::size_t kMostPathBytes = 1024;

// A request that is answered without asking the handler; the connection is closed afterwards.
struct Refusal {
    int status = 400;
    std::string message;  // one sentence for the developer of the client; never repeats what was sent
    bool operator==(const Refusal&) const = default;
};

// application/json: {"error":{"code":"bad_request","message":"..."}}; the code is the reason phrase in snake_case.
[[nodiscard]] contract::Response refusal_response(const Refusal& refusal);

struct RequestHead {
    contract::Request request;  // without body and peer; the target in origin form, or "*"
    Framing framing;
    bool close = false;             // after the response
    bool keep_alive = false;        // HTTP/1.0 that asks for it: it closes unless the response says the same
    bool expects_continue = false;  // a 100 before the body
};

// `head` as head_length() delimits it. The limits above and of the count of fields are checked here.
[[nodiscard]] std::variant<RequestHead, Refusal> parse_request_head(std::string_view head);

// The refusal that `bytes`, the start of a head or all of it, has already earned by its size.
[[nodiscard]] std::optional<Refusal> refuse_size(std::string_view bytes);

// A request as it is sent: Host first unless the fields name one, fields as spelled and ordered, Content-Length where
// there is a body or the method usually has one. A Content-Length or Transfer-Encoding among the fields is left out:
// how the body is framed is ours to say.
struct RequestBytes {
    const contract::Request& request;
    std::string_view authority;  // what Host says
    bool close = false;          // says "Connection: close"
};
[[nodiscard]] std::string to_bytes(const RequestBytes& bytes);

}  // namespace smartcar_sim::http
