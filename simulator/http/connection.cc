#include "http/connection.h"

#include <array>
#include <utility>

#include "http/fields.h"
#include "http/response_head.h"

namespace smartcar_sim::http {
namespace {

constexpr std::size_t kMostUnsent = std::size_t{64} * 1024;
// After a refusal: how long what the client still sends is read away, and how much of it.
constexpr base::Milliseconds kFarewell{1000};
constexpr std::size_t kMostDiscarded = std::size_t{64} * 1024 * 1024;

Refusal too_large(std::size_t limit) {
    return {413, "The body of the request is larger than " + std::to_string(limit) + " bytes."};
}

std::optional<Refusal> refusal_for(BodyProblem problem, const Limits& limits) {
    switch (problem) {
        case BodyProblem::kTooLarge:
            return too_large(limits.max_body);
        case BodyProblem::kMalformed:
            return Refusal{400, "The body is not chunked or compressed as its head says."};
        case BodyProblem::kTimeout:
            return Refusal{408, "The body did not arrive within " + base::format_duration(limits.body_deadline) + "."};
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
      interrupts_(interrupts),
      patience_(limits.head_deadline) {}

void Connection::serve() {
    while (answer_next()) patience_ = limits_.idle_timeout;
}

void Connection::refuse(const Refusal& refusal) {
    contract::Response response = refusal_response(refusal);
    if (refusal.status == 503) response.headers.add("retry-after", "1");
    append(unsent_, {.response = response, .close = true});
    if (flush()) let_client_finish();
}

bool Connection::answer_next() {
    auto next = next_head();
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
    head.request.body = std::get<std::string>(std::move(*body));
    head.request.peer = peer_;
    const contract::Response response = ask_handler(head.request);
    const bool close = head.close || interrupts_.closing.tripped();
    append(unsent_, {.response = response, .head_only = head.request.method == "HEAD", .close = close});
    const bool more_waits = !close && !input_.buffered().empty() && unsent_.size() <= kMostUnsent;
    return (more_waits || flush()) && !close;
}

std::optional<std::variant<RequestHead, Refusal>> Connection::next_head() {
    if (!await_request()) return std::nullopt;
    const Wait wait{within(limits_.head_deadline), &interrupts_.cut};
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
        if (!flush()) return std::nullopt;
        const Io filled = input_.fill(wait);
        if (filled == Io::kTimeout) {
            return Refusal{408, "The head of the request did not arrive within " +
                                    base::format_duration(limits_.head_deadline) + "."};
        }
        if (filled != Io::kDone) return std::nullopt;
    }
}

// A blank line before a request is skipped (RFC 9112 section 2.2): old clients send one after a body.
bool Connection::await_request() {
    const Wait wait{within(patience_), &interrupts_.closing};
    while (true) {
        while (input_.buffered().starts_with("\r\n")) input_.consume(2);
        if (!input_.buffered().empty() && input_.buffered() != "\r") return true;
        if (!flush() || input_.fill(wait) != Io::kDone) return false;
    }
}

std::optional<std::variant<std::string, Refusal>> Connection::body_of(const RequestHead& head) {
    if (head.framing.kind == Framing::Kind::kNone) return std::string();
    if (head.framing.length > limits_.max_body) return too_large(limits_.max_body);
    if (head.expects_continue) unsent_ += "HTTP/1.1 100 Continue\r\n\r\n";
    if (!flush()) return std::nullopt;
    const Wait wait{within(limits_.body_deadline), &interrupts_.cut};
    auto body = read_body(input_, head.framing, limits_.max_body, wait);
    if (auto* bytes = std::get_if<std::string>(&body)) return std::move(*bytes);
    return refusal_for(std::get<BodyProblem>(body), limits_);
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

bool Connection::flush() {
    if (unsent_.empty()) return true;
    const Io sent = channel_.write(unsent_, {within(limits_.body_deadline), &interrupts_.cut});
    unsent_.clear();
    return sent == Io::kDone;
}

// Closing a socket on which unread bytes wait sends a reset, and a reset can destroy the response on its way.
void Connection::let_client_finish() {
    channel_.end_sending();
    const Wait wait{within(kFarewell), &interrupts_.closing};
    std::array<char, 16384> discarded;  // NOLINT(cppcoreguidelines-pro-type-member-init): only written to
    for (std::size_t count = 0; count < kMostDiscarded;) {
        const Received received = input_.read(discarded, wait);
        if (received.outcome != Io::kDone) return;
        count += received.count;
    }
}

}  // namespace smartcar_sim::http
