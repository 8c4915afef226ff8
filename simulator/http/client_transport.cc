#include "http/client_transport.h"

#include <algorithm>
#include <utility>

#include "http/body.h"
#include "http/fields.h"
#include "http/request_head.h"
#include "http/response_head.h"

namespace smartcar_sim::http {
namespace {

using delivery::Answer;
using delivery::Failure;
using delivery::Outgoing;

constexpr std::size_t kMostResponseHead = std::size_t{64} * 1024;

// One request and its answer on a connection.
class Conversation {
public:
    Conversation(OpenConnection& connection, const Outgoing& outgoing, const Wait& wait)
        : connection_(connection), outgoing_(outgoing), wait_(wait) {}

    [[nodiscard]] Answer hold(std::string_view request);
    // Another request may follow.
    [[nodiscard]] bool reusable() const { return reusable_ && connection_.input.buffered().empty(); }

private:
    using Head = std::variant<ResponseHead, Failure>;
    [[nodiscard]] Head final_head();
    [[nodiscard]] Head next_head();
    [[nodiscard]] Failure failed(Io outcome, std::string_view while_doing) const;
    [[nodiscard]] Failure failed(BodyProblem problem) const;
    [[nodiscard]] Failure failure(Failure::Kind kind, std::string_view what) const {
        return {kind, connection_.address + ": " + std::string(what)};
    }
    [[nodiscard]] std::string in_time() const { return " within " + base::format_duration(outgoing_.timeout); }

    OpenConnection& connection_;
    const Outgoing& outgoing_;
    const Wait& wait_;
    bool reusable_ = false;
};

Answer Conversation::hold(std::string_view request) {
    const Io sent = connection_.channel->write(request, wait_);
    // A receiver may answer and close before it has read everything: what it said counts, so a reset is not the end.
    if (sent == Io::kTimeout || sent == Io::kInterrupted) return failed(sent, "the request could not be sent");
    auto head = final_head();
    if (auto* lost = std::get_if<Failure>(&head)) return std::move(*lost);
    auto& read = std::get<ResponseHead>(head);
    const Framing framing = outgoing_.request.method == "HEAD" ? Framing{} : read.framing;
    auto body = read_body_start(connection_.input, framing, delivery::kMostAnswer, wait_);
    if (const auto* problem = std::get_if<BodyProblem>(&body)) return failed(*problem);
    auto& start = std::get<BodyStart>(body);
    reusable_ = sent == Io::kDone && !read.close && start.whole;
    return contract::Response{read.status, std::move(read.headers), std::move(start.bytes)};
}

// Interim answers (100, 102, 103) come before it, as many as the deadline allows.
Conversation::Head Conversation::final_head() {
    while (true) {
        Head head = next_head();
        const auto* read = std::get_if<ResponseHead>(&head);
        if (read == nullptr || read->status >= 200) return head;
        if (read->status == 101) return failure(Failure::Kind::kMalformed, "switched to a protocol nobody asked for");
    }
}

Conversation::Head Conversation::next_head() {
    std::size_t seen = 0;
    while (true) {
        const std::string_view bytes = connection_.input.buffered();
        if (const std::size_t length = head_length(bytes, seen); length > 0) {
            auto head = parse_response_head(bytes.substr(0, length));
            connection_.input.consume(length);
            if (const auto* fault = std::get_if<Fault>(&head)) {
                return failure(Failure::Kind::kMalformed, "the answer is not HTTP/1.1: " + *fault);
            }
            return std::get<ResponseHead>(std::move(head));
        }
        if (bytes.size() > kMostResponseHead) {
            return failure(Failure::Kind::kMalformed, "the head of the answer is longer than 64 KiB");
        }
        seen = bytes.size();
        const Io filled = connection_.input.fill(wait_);
        if (filled != Io::kDone) return failed(filled, seen == 0 ? "no answer" : "the head of the answer did not end");
    }
}

Failure Conversation::failed(Io outcome, std::string_view while_doing) const {
    if (outcome == Io::kTimeout) return failure(Failure::Kind::kTimeout, std::string(while_doing) + in_time());
    if (outcome == Io::kInterrupted) return failure(Failure::Kind::kCalledOff, "called off");
    const std::string how = outcome == Io::kClosed ? "the connection was closed" : "the connection was reset";
    const bool unanswered = connection_.input.buffered().empty();
    return failure(Failure::Kind::kReset, how + (unanswered ? " without an answer" : " within the answer"));
}

Failure Conversation::failed(BodyProblem problem) const {
    switch (problem) {
        case BodyProblem::kTimeout:
            return failure(Failure::Kind::kTimeout, "the answer did not end" + in_time());
        case BodyProblem::kInterrupted:
            return failure(Failure::Kind::kCalledOff, "called off");
        case BodyProblem::kMalformed:
            return failure(Failure::Kind::kMalformed, "the answer's body is not chunked as it says");
        case BodyProblem::kClosed:
            return failure(Failure::Kind::kReset, "the connection was closed within the answer");
        default:
            break;
    }
    return failure(Failure::Kind::kReset, "the connection was reset within the answer");
}

// What must not go on the wire: it would end a line of the head, or blur where one ends.
std::optional<std::string> unsendable(const contract::Request& request) {
    if (!is_token(request.method)) return "the method is not a word";
    const auto may_be_sent = [](char byte) { return byte > 0x20 && byte != 0x7F; };
    if (request.target.empty() || !std::ranges::all_of(request.target, may_be_sent)) {
        return "the request target holds a blank or a control character";
    }
    return unsendable_field(request.headers);
}

}  // namespace

delivery::Exchange ClientTransport::exchange(const Outgoing& outgoing) {
    const auto began = std::chrono::steady_clock::now();
    Answer answer = answer_to(outgoing, {began + outgoing.timeout, &aborted_});
    const auto took = std::chrono::steady_clock::now() - began;
    return {std::move(answer), std::chrono::duration_cast<base::Milliseconds>(took)};
}

std::optional<Failure> ClientTransport::obstacle(const base::Url& url) {
    auto connected = connect(url, {std::chrono::steady_clock::now() + std::chrono::seconds(1), &aborted_});
    auto* failure = std::get_if<Failure>(&connected);
    return failure == nullptr ? std::nullopt : std::optional(std::move(*failure));
}

Answer ClientTransport::answer_to(const Outgoing& outgoing, const Wait& wait) {
    if (const auto why = unsendable(outgoing.request)) return Failure{Failure::Kind::kMalformed, "not sent: " + *why};
    const bool fresh = outgoing.reuse == Outgoing::Reuse::kFresh;
    const std::string authority = outgoing.url.authority();
    const std::string request = to_bytes({outgoing.request, authority, fresh});
    const std::string origin = outgoing.url.origin();

    std::unique_ptr<OpenConnection> connection = fresh ? nullptr : pool_.take(origin, std::chrono::steady_clock::now());
    if (!connection) {
        Connected connected = connect(outgoing.url, wait);
        if (auto* failure = std::get_if<Failure>(&connected)) return std::move(*failure);
        connection = std::get<std::unique_ptr<OpenConnection>>(std::move(connected));
    }
    Conversation conversation(*connection, outgoing, wait);
    Answer answer = conversation.hold(request);
    const bool ends = fresh || closes(outgoing.request.headers, "HTTP/1.1");
    if (!ends && conversation.reusable()) pool_.keep(origin, std::move(connection), std::chrono::steady_clock::now());
    return answer;
}

ClientTransport::Connected ClientTransport::connect(const base::Url& url, const Wait& wait) {
    auto dialled = dial(url, options_.remote ? Reach::kAnywhere : Reach::kNear, wait);
    if (auto* failure = std::get_if<Failure>(&dialled)) return std::move(*failure);
    auto& [socket, address] = std::get<Dialled>(dialled);
    if (!url.tls()) {
        return std::make_unique<OpenConnection>(std::make_unique<SocketChannel>(std::move(socket)), std::move(address));
    }
    auto secured = trust().secure(std::move(socket), url.host, wait);
    if (auto* failure = std::get_if<Failure>(&secured)) return Failure{failure->kind, address + ": " + failure->detail};
    return std::make_unique<OpenConnection>(std::get<std::unique_ptr<Channel>>(std::move(secured)), std::move(address));
}

const TlsTrust& ClientTransport::trust() {
    std::call_once(trust_loaded_, [this] {
        const auto check =
            options_.insecure ? TlsTrust::Options::Check::kNothing : TlsTrust::Options::Check::kCertificate;
        trust_ = std::make_unique<TlsTrust>(TlsTrust::Options{options_.cacert, check});
    });
    return *trust_;
}

}  // namespace smartcar_sim::http
