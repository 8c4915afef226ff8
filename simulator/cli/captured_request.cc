#include "cli/captured_request.h"

#include <cstddef>
#include <utility>

#include "base/text.h"
#include "document/json.h"
#include "receiver/message.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;

std::string_view take_line(std::string_view& text) {
    const std::size_t end = text.find('\n');
    std::string_view line = text.substr(0, end);
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.ends_with('\r')) line.remove_suffix(1);
    return line;
}

struct Head {
    std::optional<std::string> signature;
    std::optional<std::size_t> length;
    bool chunked = false;
    int headers = 0;
    int lines = 0;  // with the remarks before it
    bool by_curl = false;
};

// "SC-Signature: …"; a line that is no header is left to the caller.
bool read_header(std::string_view line, Head& head) {
    const std::size_t colon = line.find(':');
    const std::string_view name = line.substr(0, colon);
    if (colon == std::string_view::npos || name.empty() || name.find_first_of(" \t{}\"") != std::string_view::npos) {
        return false;
    }
    const std::string_view value = base::trimmed(line.substr(colon + 1));
    ++head.headers;
    if (base::equal_but_for_case(name, "sc-signature")) head.signature = value;
    if (base::equal_but_for_case(name, "content-length")) head.length = base::parse_number<std::size_t>(value);
    if (base::equal_but_for_case(name, "transfer-encoding")) head.chunked = value != "identity";
    return true;
}

bool is_request_line(std::string_view line) { return line.find(" HTTP/") != std::string_view::npos; }

// What curl says of the connection before the head, and between head and body: how many lines it took.
int skip_remarks(std::string_view& text) {
    int lines = 0;
    while (text.starts_with("* ") || text.starts_with("*\n") || text.starts_with("{ [") || text.starts_with("} [")) {
        take_line(text);
        ++lines;
    }
    return lines;
}

Error bad(const std::string& file, int line, std::string message) {
    return {"bad_request_file", std::move(message), base::Place{file, line, 1}};
}

// The head; `text` is then what follows its empty line.
Result<Head> read_head(std::string_view& text, const std::string& file) {
    Head head;
    head.lines = skip_remarks(text);
    const int first = head.lines + 1;
    const bool by_curl = text.starts_with("> ");
    head.by_curl = by_curl;
    while (!text.empty()) {
        std::string_view line = take_line(text);
        ++head.lines;
        if (by_curl && line.starts_with('*')) continue;
        if (by_curl && !line.starts_with('>'))
            return bad(file, head.lines, "the request's head has no end, an empty line with >");
        if (by_curl) line = base::trimmed(line.substr(1));
        if (line.empty()) return head;
        if (head.lines == first && is_request_line(line)) continue;
        if (!read_header(line, head)) {
            return bad(file, head.lines, "the line is no header; give a body alone with --body");
        }
    }
    return bad(file, head.lines + 1, "there is no empty line between the headers and the body");
}

std::optional<std::string> challenge_in(const std::string& body) {
    const auto json = document::parse(body);
    if (!json.ok()) return std::nullopt;
    const auto version = receiver::challenge_version(json.value());
    return version ? receiver::challenge_field(json.value(), *version) : std::nullopt;
}

}  // namespace

Result<CapturedRequest> read_captured_request(std::string_view text, const std::string& file) {
    const auto head = read_head(text, file);
    if (!head) return head.error();
    const auto& [signature, length, chunked, headers, lines, by_curl] = head.value();
    if (headers == 0) return bad(file, lines, "there are no headers; give a body alone with --body");
    if (chunked && !length && text.find("\r\n") != std::string_view::npos) {
        return bad(file, lines + 1, "the body is in chunks; put them together and give the body with --body");
    }
    if (by_curl) skip_remarks(text);
    if (length && text.size() < *length) {
        return bad(file, lines + 1,
                   "Content-Length is " + std::to_string(*length) + ", but " + std::to_string(text.size()) +
                       " bytes of body follow: what was captured is not what was sent");
    }
    CapturedRequest request;
    request.body = text.substr(0, length.value_or(text.size()));
    request.signature = signature;
    request.challenge = challenge_in(request.body);
    return request;
}

}  // namespace smartcar_sim::cli
