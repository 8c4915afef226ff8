// A webhook that somebody captured: what stands in a file is read as HTTP was sent, or as `curl -v` shows it.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace smartcar_sim::cli {

struct CapturedRequest {
    std::string body;                      // byte for byte
    std::optional<std::string> signature;  // what stood in SC-Signature
    std::optional<std::string> challenge;  // of a body that asks to be verified
};

// A request line, which may be missing, headers, an empty line and the body; before headers "> " as curl writes, among
// lines that begin with "*". Lines of the head end in LF or CRLF. Content-Length, where it is there, says where the
// body ends: an editor's line break behind it is left out. Code "bad_request_file", with its place in `file`.
[[nodiscard]] base::Result<CapturedRequest> read_captured_request(std::string_view text, const std::string& file);

}  // namespace smartcar_sim::cli
