#include "http/connection.h"

#include <array>
#include <utility>

#include "http/fields.h"

namespace smartcar_sim::http {
namespace {

// After a refusal: how long what the client still sends is read away, and how much of it.
constexpr base::Milliseconds kFarewell{1000};
constexpr std::size_t kMostDiscarded = std::size_t{64} * 1024 * 1024;

Refusal too_large(std::size_t limit) {
    return {413, "The body of the request is larger than " + std::to_string(limit) + " bytes."};
}

std::optional<Refusal> refusal_for(BodyProblem problem, std::size_t limit, base::Milliseconds deadline) {
    switch (problem) {
        case BodyProblem::kTooLarge:
            return too_large(limit);
        case BodyProblem::kMalformed:
            return Refusal{400, "The body is not chunked or compressed as its head says."};
        case BodyProblem::kTimeout:
            return Refusal{408, "The body did not arrive within " + base::format_duration(deadline) + "."};
        case BodyProblem::kClosed:
            return Refusal{400, "The body ends before the length its head says."};
        default:
            return std::nullopt;
    }
}

}  // namespace

Connection::Connection(Socket socket, std::string peer, const Limits& limits, const Handler& handler,
                       Interrupts interrupts)
    : channel_(std::move(socket)),
      input_(channel_),
      peer_(std::move(peer)),
      limits_(limits),
      handler_(handler),
      interrupts_(interrupts) {}

void Connection::serve() {
    Deadline head_by = within(limits_.head_deadline);
    bool asked = await_request(head_by);
    while (asked && answer_request(head_by) && !limits_.hangs_up) {
        asked = await_request(within(limits_.idle_timeout));
        head_by = within(limits_.head_deadline);
    }
}

// A blank line before a request is skipped (RFC 9112 section 2.2): old clients send one after a body.
bool Connection::await_request(Deadline until) {
    const Wait wait{until, &interrupts_.closing};
    while (true) {
        while (input_.buffered().starts_with("\r\n")) input_.consume(2);
        if (!input_.buffered().empty() && input_.buffered() != "\r") return true;
        if (input_.fill(wait) != Io::kDone) return false;
    }
}

void Connection::refuse(const Refusal& refusal) {
    if (send({.response = refusal_response(refusal), .connection = "close"})) let_client_finish();
}

bool Connection::answer_request(Deadline head_by) {
    auto next = next_head(head_by);
    if (!next) return false;
    if (const auto* refusal = std::get_if<Refusal>(&*next)) {
        refuse(*refusal);
        return false;
    }
    auto& head = std::get<RequestHead>(*next);
    auto body = body_of(head);
    if (!body) return false;
    if (const auto* refusal = std::get_if<Refusal>(&*body)) {
        refuse(*refusal);
        return false;
    }
    if (limits_.drops_half_closed && client_ended()) return false;
    head.request.body = std::get<std::string>(std::move(*body));
    head.request.peer = peer_;
    const contract::Response response = ask_handler(head.request);
    const bool close = head.close || interrupts_.closing.tripped();
    const std::string_view kept = head.keep_alive ? "keep-alive" : "";
    const bool sent =
        send({.response = response, .head_only = head.request.method == "HEAD", .connection = close ? "close" : kept});
    return sent && !close;
}

std::optional<std::variant<RequestHead, Refusal>> Connection::next_head(Deadline until) {
    const Wait wait{until, &interrupts_.cut};
    std::size_t seen = 0;
    while (true) {
        const std::string_view bytes = input_.buffered();
        if (const std::size_t length = head_length(bytes, seen); length > 0) {
            auto head = parse_request_head(bytes.substr(0, length));
            input_.consume(length);
            return head;
        }
        if (auto refusal = refuse_size(bytes)) return *refusal;
        seen = bytes.size();
        const Io filled = input_.fill(wait);
        if (filled == Io::kTimeout) {
            return Refusal{408, "The head of the request did not arrive within " +
                                    base::format_duration(limits_.head_deadline) + "."};
        }
        if (filled != Io::kDone) return std::nullopt;
    }
}

std::optional<std::variant<std::string, Refusal>> Connection::body_of(const RequestHead& head) {
    if (head.framing.kind == Framing::Kind::kNone) return std::string();
    const std::size_t limit = limits_.max_body_of(head.request);
    if (head.framing.length > limit) return too_large(limit);
    if (head.expects_continue && !send("HTTP/1.1 100 Continue\r\n\r\n")) return std::nullopt;
    const Wait wait{within(limits_.body_deadline), &interrupts_.cut};
    Framing framing = head.framing;
    if (limits_.leaves_packed) framing.coding = Framing::Coding::kNone;
    auto body = read_body(input_, framing, limit, wait);
    if (auto* bytes = std::get_if<std::string>(&body)) return std::move(*bytes);
    return refusal_for(std::get<BodyProblem>(body), limit, limits_.body_deadline);
}

contract::Response Connection::ask_handler(const contract::Request& request) const {
    try {
        contract::Response response = handler_(request);
        if (const auto fault = unsendable_field(response.headers); !fault) return response;
        return refusal_response({500, "The answer could not be sent: one of its header fields holds a line break."});
    } catch (...) {
        // What was thrown may hold a path or a secret: it is for whoever debugs the server, not for its clients.
        return refusal_response({500, "The request could not be answered because of a mistake in the simulator."});
    }
}

// One write a response: a client that has it must not wait until the handler is done with its next request.
bool Connection::send(const ResponseBytes& response) {
    std::string bytes;
    bytes.reserve(1024 + response.response.body.size());
    append(bytes, response);
    return send(bytes);
}

bool Connection::send(std::string_view bytes) {
    return channel_.write(bytes, {within(limits_.body_deadline), &interrupts_.cut}) == Io::kDone;
}

// The end follows the body closely, or it is not meant.
bool Connection::client_ended() {
    constexpr base::Milliseconds kMoment{20};
    return input_.buffered().empty() && input_.fill({within(kMoment), &interrupts_.cut}) == Io::kClosed;
}

// Closing a socket on which unread bytes wait sends a reset, and a reset can destroy the response on its way.
void Connection::let_client_finish() {
    const Wait wait{within(kFarewell), &interrupts_.closing};
    if (channel_.end_sending(wait) != Io::kDone) return;
    std::array<char, 16384> discarded;  // NOLINT(cppcoreguidelines-pro-type-member-init): only written to
    for (std::size_t count = 0; count < kMostDiscarded;) {
        const Received received = input_.read(discarded, wait);
        if (received.outcome != Io::kDone) return;
        count += received.count;
    }
}

}  // namespace smartcar_sim::http
