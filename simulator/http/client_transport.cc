#include "http/client_transport.h"

#include <algorithm>
#include <utility>

#include "http/answer_reader.h"
#include "http/fields.h"
#include "http/request_head.h"

namespace smartcar_sim::http {
namespace {

using delivery::Answer;
using delivery::Failure;
using delivery::Outgoing;

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
    auto connected = connector_.connect(url, {std::chrono::steady_clock::now() + std::chrono::seconds(1), &aborted_});
    auto* failure = std::get_if<Failure>(&connected);
    return failure == nullptr ? std::nullopt : std::optional(std::move(*failure));
}

Answer ClientTransport::answer_to(const Outgoing& outgoing, const Wait& wait) {
    if (const auto why = unsendable(outgoing.request)) return Failure{Failure::Kind::kMalformed, "not sent: " + *why};
    auto opened = connection_for(outgoing, wait);
    if (auto* failure = std::get_if<Failure>(&opened)) return std::move(*failure);
    auto& connection = std::get<std::unique_ptr<OpenConnection>>(opened);
    const bool fresh = outgoing.reuse == Outgoing::Reuse::kFresh;

    AnswerReader reader(connection->input, {connection->address, outgoing.timeout, wait});
    const Io sent = connection->channel->write(to_bytes({outgoing.request, outgoing.url.authority(), fresh}), wait);
    // A receiver may answer and close before it has read everything: what it said counts, so a reset is not the end.
    if (sent == Io::kTimeout || sent == Io::kInterrupted) return reader.failed(sent, "the request could not be sent");
    auto next = reader.next(outgoing.request.method);
    if (auto* failure = std::get_if<Failure>(&next)) return std::move(*failure);
    auto& read = std::get<AnswerReader::Read>(next);
    const bool ends = fresh || closes(outgoing.request.headers, "HTTP/1.1") || sent != Io::kDone || read.close ||
                      !read.whole || !connection->input.buffered().empty();
    if (!ends) pool_.keep(outgoing.url.origin(), std::move(connection), std::chrono::steady_clock::now());
    return std::move(read.response);
}

ClientTransport::Opened ClientTransport::connection_for(const Outgoing& outgoing, const Wait& wait) {
    if (outgoing.reuse == Outgoing::Reuse::kKeepAlive) {
        auto kept = pool_.take(outgoing.url.origin(), std::chrono::steady_clock::now());
        if (kept) return kept;
    }
    auto connected = connector_.connect(outgoing.url, wait);
    if (auto* failure = std::get_if<Failure>(&connected)) return std::move(*failure);
    auto& [channel, address] = std::get<Connected>(connected);
    return std::make_unique<OpenConnection>(std::move(channel), std::move(address));
}

}  // namespace smartcar_sim::http
