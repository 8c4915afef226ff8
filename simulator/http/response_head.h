// The head of a response: as it arrives, and as we send it.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <variant>

#include "contract/http.h"
#include "http/body.h"
#include "http/fields.h"

namespace smartcar_sim::http {

struct ResponseHead {
    int status = 0;
    contract::Headers headers;
    Framing framing;     // of the answer to a request that was not HEAD; a coding is left as it is
    bool close = false;  // the connection is of no further use
};

// `head` as head_length() delimits it.
[[nodiscard]] std::variant<ResponseHead, Fault> parse_response_head(std::string_view head);

// Writes status line, fields as spelled and ordered, and content-length: the bytes of the body unless the status has
// none (204, 304). Length, connection and transfer-encoding are the server's to say: the response's own are left out.
struct ResponseBytes {
    const contract::Response& response;
    bool head_only = false;            // the answer to HEAD
    std::string_view connection = {};  // what the field of that name says; empty: there is none
};
void append(std::string& out, const ResponseBytes& bytes);

}  // namespace smartcar_sim::http
