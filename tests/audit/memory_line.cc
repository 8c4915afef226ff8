#include "audit/memory_line.h"

#include <algorithm>
#include <chrono>
#include <span>
#include <string_view>
#include <utility>
#include <variant>

#include "http/body.h"
#include "http/fields.h"
#include "http/input.h"
#include "http/request_head.h"
#include "http/socket.h"

namespace smartcar_sim::audit {
namespace {

using delivery::Exchange;
using delivery::Failure;
using delivery::Outgoing;
using delivery::RawAnswer;
using delivery::RawRequest;
using receiver::Handled;

constexpr std::string_view kTarget = "127.0.0.1:3000";

// A peer that has said all it says.
class TextSource final : public http::Source {
public:
    explicit TextSource(std::string_view text) : text_(text) {}
    http::Received read(std::span<char> room, const http::Wait&) override {
        const std::size_t count = std::min(room.size(), text_.size());
        if (count == 0) return {.outcome = http::Io::kClosed, .count = 0};
        std::ranges::copy(text_.substr(0, count), room.begin());
        text_.remove_prefix(count);
        return {.outcome = http::Io::kDone, .count = count};
    }

private:
    std::string_view text_;
};

// One request of a raw exchange as the server reads it; what it refuses by itself is a Response.
std::variant<contract::Request, contract::Response> read_request(std::string_view bytes,
                                                                 const receiver::Manners& manners) {
    const std::size_t length = http::head_length(bytes, 0);
    if (length == 0) return http::refusal_response({.status = 400, .message = "no head"});
    auto head = http::parse_request_head(bytes.substr(0, length));
    if (const auto* refusal = std::get_if<http::Refusal>(&head)) return http::refusal_response(*refusal);
    auto& read = std::get<http::RequestHead>(head);
    TextSource source(bytes.substr(length));
    http::Input input(source);
    http::Framing framing = read.framing;
    if (manners.unpacks == receiver::Manners::Unpacks::kLater) framing.coding = http::Framing::Coding::kNone;
    auto body = http::read_body(input, framing, manners.max_body, {http::within(std::chrono::minutes(1)), nullptr});
    if (const auto* problem = std::get_if<http::BodyProblem>(&body)) {
        const int status = *problem == http::BodyProblem::kTooLarge ? 413 : 400;
        return http::refusal_response({.status = status, .message = "no body"});
    }
    read.request.body = std::get<std::string>(std::move(body));
    return read.request;
}

std::string bytes_of(const Outgoing& outgoing) {
    return http::to_bytes({.request = outgoing.request, .authority = kTarget, .close = true});
}

// The bytes of each request: a piece that waits for an answer begins another.
std::vector<std::string> requests_of(const RawRequest& raw) {
    std::vector<std::string> requests;
    for (const RawRequest::Piece& piece : raw.pieces) {
        if (requests.empty() || piece.after == RawRequest::Piece::After::kAnswer) requests.emplace_back();
        requests.back() += piece.bytes;
    }
    return requests;
}

}  // namespace

MemoryLine::MemoryLine(const std::string& token, const receiver::Behaviour* wrong)
    : receiver_(base::Secret(token, base::Secret::Origin::kInvented), wrong, receiver::Receiver::Explains::kNothing) {}

Handled MemoryLine::handle(std::string_view bytes) const {
    auto request = read_request(bytes, receiver_.manners());
    if (const auto* read = std::get_if<contract::Request>(&request)) return receiver_.handle(*read);
    return {.response = std::get<contract::Response>(request), .received = {}};
}

Exchange MemoryLine::answered(const Handled& handled, base::Milliseconds timeout) {
    ++exchanges_;
    const base::Milliseconds took = std::min(handled.delay, timeout);
    elapsed_ += took;
    if (handled.delay < timeout) return {handled.response, took};
    return {Failure{Failure::Kind::kTimeout, std::string(kTarget) + ": no answer"}, took};
}

Exchange MemoryLine::exchange(const Outgoing& outgoing) {
    return answered(handle(bytes_of(outgoing)), outgoing.timeout);
}

// All are under way before one of them is answered.
std::vector<Exchange> MemoryLine::together(const std::vector<Outgoing>& outgoing) {
    std::vector<Handled> handled;
    handled.reserve(outgoing.size());
    for (const Outgoing& one : outgoing) handled.push_back(handle(bytes_of(one)));
    std::vector<Exchange> exchanges;
    exchanges.reserve(outgoing.size());
    for (std::size_t i = 0; i < outgoing.size(); ++i) exchanges.push_back(answered(handled[i], outgoing[i].timeout));
    return exchanges;
}

RawAnswer MemoryLine::exchange(const RawRequest& raw) {
    const receiver::Manners& manners = receiver_.manners();
    RawAnswer answer;
    const base::Milliseconds began = elapsed_;
    base::Milliseconds sending{0};
    for (const RawRequest::Piece& piece : raw.pieces) sending += piece.pause;
    const bool late = sending > manners.patience;
    const bool dropped =
        raw.end == RawRequest::End::kHalfClose && manners.half_closed == receiver::Manners::HalfClosed::kDropped;
    elapsed_ += sending;
    const auto lost = [&](const char* how) {
        answer.failure = Failure{Failure::Kind::kReset, std::string(kTarget) + ": " + how};
    };
    for (const std::string& bytes : requests_of(raw)) {
        if (!answer.answers.empty() && manners.keep_alive == receiver::Manners::KeepAlive::kHangsUp) {
            lost("the connection was closed without an answer");
            break;
        }
        if (dropped) {
            lost("the connection was closed without an answer");
            break;
        }
        if (late) {
            answer.answers.push_back(http::refusal_response({.status = 408, .message = "too slow"}));
            continue;
        }
        const Exchange exchanged = answered(handle(bytes), raw.timeout);
        if (const auto* failure = std::get_if<Failure>(&exchanged.answer)) {
            answer.failure = *failure;
            break;
        }
        answer.answers.push_back(std::get<contract::Response>(exchanged.answer));
    }
    answer.took = elapsed_ - began;
    return answer;
}

std::string MemoryLine::applied(const std::string& vehicle_id) const {
    contract::Request request{
        .method = "GET", .target = "/applied/" + vehicle_id, .headers = {}, .body = {}, .peer = {}};
    return receiver_.handle(request).response.body;
}

}  // namespace smartcar_sim::audit
