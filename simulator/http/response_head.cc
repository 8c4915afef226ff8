#include "http/response_head.h"

#include <optional>

#include "base/text.h"

namespace smartcar_sim::http {
namespace {

bool has_no_body(int status) { return status == 204 || status == 304; }

// "HTTP/1.1 200 OK"; the phrase, and even the blank before it, may be missing.
std::optional<int> status_of(std::string_view line) {
    if (!line.starts_with("HTTP/1.1 ") && !line.starts_with("HTTP/1.0 ")) return std::nullopt;
    const std::string_view digits = line.substr(9, 3);
    const auto status = decimal(digits);
    if (digits.size() != 3 || !status || *status < 100 || (line.size() > 12 && line[12] != ' ')) return std::nullopt;
    return static_cast<int>(*status);
}

bool is_ours_to_say(std::string_view name) {
    return base::equal_but_for_case(name, "content-length") || base::equal_but_for_case(name, "connection") ||
           base::equal_but_for_case(name, "transfer-encoding");
}

}  // namespace

std::variant<ResponseHead, Fault> parse_response_head(std::string_view head) {
    auto split = split_head(head);
    if (const auto* fault = std::get_if<Fault>(&split)) return *fault;
    auto& lines = std::get<HeadLines>(split);
    const auto status = status_of(lines.first);
    if (!status) return "the first line is not an HTTP status line";
    const auto length = body_length(lines.fields);
    if (const auto* fault = std::get_if<Fault>(&length)) return *fault;

    ResponseHead read;
    read.status = *status;
    read.close = closes(lines.fields, lines.first.substr(0, 8));
    read.headers = std::move(lines.fields);
    const auto& body = std::get<BodyLength>(length);
    if (has_no_body(*status) || *status < 200 || body.length == 0) return read;
    read.framing.kind = Framing::Kind::kUntilClose;
    if (body.chunked) read.framing.kind = Framing::Kind::kChunked;
    if (body.length) read.framing = {Framing::Kind::kLength, *body.length};
    read.close |= read.framing.kind == Framing::Kind::kUntilClose;
    return read;
}

void append(std::string& out, const ResponseBytes& bytes) {
    const contract::Response& response = bytes.response;
    out.append("HTTP/1.1 ").append(std::to_string(response.status)).append(" ");
    out.append(contract::reason_phrase(response.status)).append("\r\n");
    for (const auto& [name, value] : response.headers) {
        if (!is_ours_to_say(name)) append_field(out, name, value);
    }
    if (!has_no_body(response.status)) append_field(out, "content-length", std::to_string(response.body.size()));
    if (!bytes.connection.empty()) append_field(out, "connection", bytes.connection);
    out.append("\r\n");
    if (!bytes.head_only && !has_no_body(response.status)) out.append(response.body);
}

}  // namespace smartcar_sim::http
