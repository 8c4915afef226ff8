#include "http/raw_exchange.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "http/answer_reader.h"
#include "http/input.h"

namespace smartcar_sim::http {
namespace {

using delivery::Failure;
using delivery::RawAnswer;
using delivery::RawRequest;
using Piece = RawRequest::Piece;
using After = RawRequest::Piece::After;

constexpr Deadline kNever = Deadline::max();

// When the pieces of a request are due. Interim answers belong to the request that is answered next.
class Schedule {
public:
    explicit Schedule(const std::vector<Piece>& pieces) : pieces_(pieces) {}

    [[nodiscard]] bool all_sent() const { return next_ == pieces_.size(); }
    [[nodiscard]] bool at_last() const { return next_ + 1 == pieces_.size(); }
    // When `next()` is to be sent; kNever while what it comes after is missing, or when there is none.
    [[nodiscard]] Deadline due() const;
    // The next piece waits for an interim answer and the final one is there.
    [[nodiscard]] bool refused() const;

    [[nodiscard]] const Piece& next() const { return pieces_[next_]; }
    void note_sent();
    void note_interim();
    void note_answer();

private:
    // When the next piece could go, its pause not counted.
    [[nodiscard]] Deadline ready() const;
    // The request that is being sent has its answer.
    [[nodiscard]] bool answered() const { return answers_ > requests_before_; }

    const std::vector<Piece>& pieces_;
    std::size_t next_ = 0;
    int requests_before_ = 0;  // the one that is being sent
    int answers_ = 0;
    bool interim_ = false;  // has come since the last answer
    Deadline sent_ = std::chrono::steady_clock::now();
    Deadline heard_ = sent_;  // the last answer, or the first interim one after it
};

Deadline Schedule::ready() const {
    if (all_sent() || refused()) return kNever;
    switch (next().after) {
        case After::kInterim:
            return interim_ ? std::max(sent_, heard_) : sent_ + next().patience;
        case After::kAnswer:
            return answered() ? std::max(sent_, heard_) : kNever;
        default:
            return sent_;
    }
}

Deadline Schedule::due() const {
    const Deadline ready_at = ready();
    return ready_at == kNever ? kNever : ready_at + next().pause;
}

bool Schedule::refused() const { return !all_sent() && next().after == After::kInterim && answered(); }

void Schedule::note_sent() {
    if (next().after == After::kAnswer) ++requests_before_;
    sent_ = std::chrono::steady_clock::now();
    ++next_;
}

void Schedule::note_interim() {
    if (!interim_) heard_ = std::chrono::steady_clock::now();
    interim_ = true;
}

void Schedule::note_answer() {
    ++answers_;
    interim_ = false;
    heard_ = std::chrono::steady_clock::now();
}

// Reads a connection and, while it waits for something to read, sends what is due. So an answer that begins before the
// request has ended holds up neither the request nor itself.
class Talk final : public Source {
public:
    Talk(Channel& channel, const RawRequest& request)
        : channel_(channel), request_(request), schedule_(request.pieces) {}

    [[nodiscard]] Received read(std::span<char> room, const Wait& wait) override;

    [[nodiscard]] Schedule& schedule() { return schedule_; }
    [[nodiscard]] std::string take_bytes() { return std::move(bytes_); }

private:
    // kDone unless the wait is over.
    [[nodiscard]] Io send_what_is_due(const Wait& wait);
    [[nodiscard]] Io send(std::string_view bytes, const Wait& wait);

    Channel& channel_;
    const RawRequest& request_;
    Schedule schedule_;
    std::string bytes_;  // that were read
};

Received Talk::read(std::span<char> room, const Wait& wait) {
    while (true) {
        if (const Io sent = send_what_is_due(wait); sent != Io::kDone) return {sent, 0};
        const Received received = channel_.read(room, {std::min(wait.until, schedule_.due()), wait.unless});
        bytes_.append(room.data(), std::min(received.count, delivery::kMostRawBytes - bytes_.size()));
        if (received.outcome != Io::kTimeout || passed(wait.until)) return received;
    }
}

Io Talk::send_what_is_due(const Wait& wait) {
    while (passed(schedule_.due())) {
        if (const Io state = state_of(wait); state != Io::kDone) return state;
        const Io sent = send(schedule_.next().bytes, wait);
        if (sent == Io::kTimeout || sent == Io::kInterrupted) return sent;
        // A peer that is gone has not read everything, but what it said until then counts, and is read next.
        schedule_.note_sent();
    }
    return Io::kDone;
}

Io Talk::send(std::string_view bytes, const Wait& wait) {
    const Io sent = bytes.empty() ? Io::kDone : channel_.write(bytes, wait);
    const bool ends = schedule_.at_last() && request_.end == RawRequest::End::kHalfClose;
    return sent == Io::kDone && ends ? channel_.end_sending(wait) : sent;
}

// "HEAD" or "": the first bytes of the request that is answered after so many others, though they may come in pieces.
std::string_view method_after(std::size_t answers, const std::vector<Piece>& pieces) {
    constexpr std::string_view kHead = "HEAD ";
    std::string start;
    for (const Piece& piece : pieces) {
        if (piece.after == After::kAnswer) {
            if (answers == 0) break;
            --answers;
            start.clear();
        }
        start += piece.bytes.substr(0, kHead.size());
    }
    return start.starts_with(kHead) ? "HEAD" : "";
}

// Reads answers into `result` until all are there or one cannot be.
std::optional<Failure> collect(const RawRequest& request, Talk& talk, const AnswerReader::Terms& terms,
                               RawAnswer& result) {
    Input input(talk);
    AnswerReader reader(input, terms);
    const auto wanted = static_cast<std::size_t>(std::max(request.answers, 0));
    result.answers.reserve(wanted);
    while (result.answers.size() < wanted && !talk.schedule().refused()) {
        auto next = reader.next(method_after(result.answers.size(), request.pieces), [&] {
            ++result.interim;
            talk.schedule().note_interim();
        });
        if (auto* failure = std::get_if<Failure>(&next)) return std::move(*failure);
        auto& read = std::get<AnswerReader::Read>(next);
        talk.schedule().note_answer();
        result.answers.push_back(std::move(read.response));
        if (read.close) break;  // nobody may ask for more, whether the peer then closes or not
        if (!read.whole && result.answers.size() < wanted) {
            return reader.failure(Failure::Kind::kMalformed,
                                  "an answer is longer than 1 MiB, so that the next cannot be read");
        }
    }
    return std::nullopt;
}

}  // namespace

RawAnswer RawExchange::exchange(const RawRequest& request) {
    const auto began = std::chrono::steady_clock::now();
    const Wait wait{began + request.timeout, &aborted_};
    RawAnswer result;
    auto connected = connector_.connect(request.url, wait);
    if (auto* failure = std::get_if<Failure>(&connected)) {
        result.failure = std::move(*failure);
    } else {
        auto& [channel, address] = std::get<Connected>(connected);
        Talk talk(*channel, request);
        result.failure = collect(request, talk, {std::move(address), request.timeout, wait}, result);
        result.bytes = talk.take_bytes();
    }
    result.took = std::chrono::duration_cast<base::Milliseconds>(std::chrono::steady_clock::now() - began);
    return result;
}

}  // namespace smartcar_sim::http
