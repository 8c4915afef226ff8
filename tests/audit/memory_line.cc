#include "audit/memory_line.h"

#include <algorithm>
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
class TextChannel final : public http::Channel {
public:
    explicit TextChannel(std::string_view text) : text_(text) {}
    http::Received read(std::span<char> room, const http::Wait&) override {
        const std::size_t count = std::min(room.size(), text_.size());
        if (count == 0) return {.outcome = http::Io::kClosed, .count = 0};
        std::ranges::copy(text_.substr(0, count), room.begin());
        text_.remove_prefix(count);
        return {.outcome = http::Io::kDone, .count = count};
    }
    http::Io write(std::string_view, const http::Wait&) override { return http::Io::kDone; }
    [[nodiscard]] bool quiet() const override { return true; }

private:
    std::string_view text_;
};

// One request of a raw exchange as the server reads it; what it refuses by itself is a Response.
std::variant<contract::Request, contract::Response> read_request(std::string_view bytes, std::size_t max_body) {
    const std::size_t length = http::head_length(bytes, 0);
    if (length == 0) return http::refusal_response({.status = 400, .message = "no head"});
    auto head = http::parse_request_head(bytes.substr(0, length));
    if (const auto* refusal = std::get_if<http::Refusal>(&head)) return http::refusal_response(*refusal);
    auto& read = std::get<http::RequestHead>(head);
    TextChannel channel(bytes.substr(length));
    http::Input input(channel);
    auto body = http::read_body(input, read.framing, max_body, {http::within(base::Milliseconds(1000)), nullptr});
    if (std::holds_alternative<http::BodyProblem>(body)) {
        return http::refusal_response({.status = 400, .message = "no body"});
    }
    read.request.body = std::get<std::string>(std::move(body));
    return read.request;
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
    : receiver_(base::Secret(token, base::Secret::Origin::kInvented), wrong) {}

Handled MemoryLine::handle(const contract::Request& request) const {
    if (request.body.size() <= receiver_.manners().max_body) {
        // The label is undone by the server, before the handler sees anything.
        const bool gzip = request.headers.get("Content-Encoding") == "gzip";
        if (!gzip || receiver_.manners().unpacks == receiver::Manners::Unpacks::kLater) {
            return receiver_.handle(request);
        }
        return {.response = http::refusal_response({.status = 400, .message = "not gzip"}), .received = {}};
    }
    return {.response = http::refusal_response({.status = 413, .message = "too large"}), .received = {}};
}

Exchange MemoryLine::answered(const Handled& handled, base::Milliseconds timeout) {
    ++exchanges_;
    const base::Milliseconds took = std::min(handled.delay, timeout);
    elapsed_ += took;
    if (handled.delay < timeout) return {handled.response, took};
    return {Failure{Failure::Kind::kTimeout, std::string(kTarget) + ": no answer"}, took};
}

Exchange MemoryLine::exchange(const Outgoing& outgoing) { return answered(handle(outgoing.request), outgoing.timeout); }

// All are under way before one of them is answered.
std::vector<Exchange> MemoryLine::together(const std::vector<Outgoing>& outgoing) {
    std::vector<Handled> handled;
    handled.reserve(outgoing.size());
    for (const Outgoing& one : outgoing) handled.push_back(handle(one.request));
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
        auto request = read_request(bytes, manners.max_body);
        if (auto* refused = std::get_if<contract::Response>(&request)) {
            answer.answers.push_back(std::move(*refused));
            continue;
        }
        const Exchange exchanged = answered(handle(std::get<contract::Request>(request)), raw.timeout);
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
