#include "http/request_head.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "http/fields.h"

namespace smartcar_sim::http {
namespace {

using Refused = std::optional<Refusal>;

struct RequestLine {
    std::string_view method;
    std::string_view target;
    std::string_view version;
};

std::optional<RequestLine> split_request_line(std::string_view line) {
    const std::size_t first = line.find(' ');
    const std::size_t last = line.rfind(' ');
    if (first == std::string_view::npos || first == last) return std::nullopt;
    return RequestLine{line.substr(0, first), line.substr(first + 1, last - first - 1), line.substr(last + 1)};
}

bool is_version(std::string_view text) {
    const auto digit = [](char byte) { return byte >= '0' && byte <= '9'; };
    return text.size() == 8 && text.starts_with("HTTP/") && digit(text[5]) && text[6] == '.' && digit(text[7]);
}

bool is_upper_token(std::string_view text) {
    return is_token(text) && std::ranges::none_of(text, [](char byte) { return byte >= 'a' && byte <= 'z'; });
}

bool is_target_byte(char byte) { return byte > 0x20 && byte < 0x7F && byte != '#'; }

Refused check_request_line(const RequestLine& line) {
    if (!is_version(line.version)) return Refusal{400, "The request line does not end in an HTTP version."};
    if (line.version != "HTTP/1.1" && line.version != "HTTP/1.0") {
        return Refusal{505, "Only HTTP/1.1 and HTTP/1.0 are spoken here."};
    }
    if (!is_upper_token(line.method)) return Refusal{400, "The method is not a word in upper case."};
    if (!std::ranges::all_of(line.target, is_target_byte)) {
        return Refusal{400, "The request target holds a character that must be percent-encoded."};
    }
    return std::nullopt;
}

// "http://host/path" becomes "/path", and its host replaces the Host field (RFC 9112 section 3.2.2).
void make_origin_form(contract::Request& request) {
    constexpr std::string_view kScheme = "http://";
    const std::string_view target = request.target;
    if (!base::equal_but_for_case(target.substr(0, kScheme.size()), kScheme)) return;
    const std::size_t end = std::min(target.find_first_of("/?", kScheme.size()), target.size());
    std::string path(target.substr(end));
    request.headers.set("host", target.substr(kScheme.size(), end - kScheme.size()));
    request.target = path.starts_with('/') ? std::move(path) : "/" + path;
}

Refused check_target(const contract::Request& request) {
    const bool whole_server = request.method == "OPTIONS" && request.target == "*";
    if (!whole_server && !request.target.starts_with('/'))
        return Refusal{400, "The request target does not start with /."};
    if (request.path().size() > kMostPathBytes) {
        return Refusal{414, "The path is longer than " + std::to_string(kMostPathBytes) + " bytes."};
    }
    return std::nullopt;
}

// Fields with one value that something here goes by. Given twice, one reader would take the first and another the last.
constexpr std::array<std::string_view, 8> kGivenOnce = {
    "Authorization", "Content-Length", "Content-Type",   "Expect",
    "Host",          "Origin",         "SC-Unit-System", "Transfer-Encoding"};

Refused check_fields(const contract::Headers& headers, std::string_view version) {
    for (const std::string_view name : kGivenOnce) {
        if (headers.count(name) > 1) return Refusal{400, std::string(name) + " is given twice."};
    }
    if (version == "HTTP/1.1" && headers.count("host") == 0) return Refusal{400, "HTTP/1.1 needs a Host header."};
    return std::nullopt;
}

Refused read_coding(RequestHead& head) {
    std::vector<std::string> codings = list_members(head.request.headers, "content-encoding");
    std::erase(codings, "identity");
    if (codings.empty()) return std::nullopt;
    const bool gzip = codings.size() == 1 && (codings.front() == "gzip" || codings.front() == "x-gzip");
    if (!gzip || !can_unpack_gzip()) {
        return Refusal{415, "The body's Content-Encoding is not understood; send it without, or with gzip."};
    }
    head.framing.coding = Framing::Coding::kGzip;
    return std::nullopt;
}

Refused read_framing(RequestHead& head, std::string_view version) {
    const auto read = body_length(head.request.headers);
    if (const auto* fault = std::get_if<Fault>(&read)) return Refusal{400, *fault + "."};
    const auto& [length, chunked] = std::get<BodyLength>(read);
    if (chunked && version == "HTTP/1.0") return Refusal{400, "HTTP/1.0 has no Transfer-Encoding."};
    if (!chunked && length.value_or(0) == 0) return std::nullopt;
    head.framing.kind = chunked ? Framing::Kind::kChunked : Framing::Kind::kLength;
    head.framing.length = length.value_or(0);
    return read_coding(head);
}

Refused read_expectation(RequestHead& head, std::string_view version) {
    const auto expectation = head.request.headers.get("expect");
    if (!expectation) return std::nullopt;
    if (!base::equal_but_for_case(*expectation, "100-continue"))
        return Refusal{417, "The only expectation met here is 100-continue."};
    head.expects_continue = version == "HTTP/1.1" && head.framing.kind != Framing::Kind::kNone;
    return std::nullopt;
}

}  // namespace

contract::Response refusal_response(const Refusal& refusal) {
    std::string code = base::lower_case(contract::reason_phrase(refusal.status));
    std::ranges::replace(code, ' ', '_');
    return contract::json_response(refusal.status,
                                   R"({"error":{"code":")" + code + R"(","message":")" + refusal.message + R"("}})");
}

std::variant<RequestHead, Refusal> parse_request_head(std::string_view head) {
    if (auto refused = refuse_size(head)) return *refused;
    auto split = split_head(head);
    if (const auto* fault = std::get_if<Fault>(&split)) return Refusal{400, "This is not HTTP/1.1: " + *fault + "."};
    auto& lines = std::get<HeadLines>(split);
    if (lines.fields.size() > kMostFields) return Refusal{431, "The request has more than 100 header fields."};
    const auto line = split_request_line(lines.first);
    if (!line) return Refusal{400, "The request line is not METHOD TARGET VERSION."};
    if (auto refused = check_request_line(*line)) return *refused;

    RequestHead read;
    read.request.method = line->method;
    read.request.target = line->target;
    read.request.headers = std::move(lines.fields);
    if (auto refused = check_fields(read.request.headers, line->version)) return *refused;
    make_origin_form(read.request);
    if (auto refused = check_target(read.request)) return *refused;
    if (auto refused = read_framing(read, line->version)) return *refused;
    if (auto refused = read_expectation(read, line->version)) return *refused;
    read.close = closes(read.request.headers, line->version);
    read.keep_alive = !read.close && line->version == "HTTP/1.0";
    return read;
}

std::optional<Refusal> refuse_size(std::string_view bytes) {
    const std::size_t line = std::min(bytes.find('\n'), bytes.size());
    if (line > kMostRequestLineBytes) return Refusal{414, "The request line is longer than 8 KiB."};
    if (bytes.size() > kMostHeadBytes) return Refusal{431, "The head of the request is longer than 32 KiB."};
    return std::nullopt;
}

std::string to_bytes(const RequestBytes& bytes) {
    const contract::Request& request = bytes.request;
    std::string out;
    out.reserve(1024 + request.body.size());
    out.append(request.method).append(" ").append(request.target).append(" HTTP/1.1\r\n");
    if (request.headers.count("host") == 0) append_field(out, "Host", bytes.authority);
    for (const auto& [name, value] : request.headers) {
        const bool frames =
            base::equal_but_for_case(name, "content-length") || base::equal_but_for_case(name, "transfer-encoding");
        if (!frames) append_field(out, name, value);
    }
    const bool usual = request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
    if (usual || !request.body.empty()) append_field(out, "Content-Length", std::to_string(request.body.size()));
    if (bytes.close && request.headers.count("connection") == 0) append_field(out, "Connection", "close");
    return out.append("\r\n").append(request.body);
}

}  // namespace smartcar_sim::http
