#include "http/answer_reader.h"

#include <cstddef>

#include "base/text.h"
#include "http/fields.h"

namespace smartcar_sim::http {
namespace {

using delivery::Failure;

constexpr std::size_t kMostResponseHead = std::size_t{64} * 1024;

}  // namespace

std::variant<AnswerReader::Read, Failure> AnswerReader::next(std::string_view method,
                                                             const std::function<void()>& interim) {
    auto head = final_head(interim);
    if (auto* lost = std::get_if<Failure>(&head)) return std::move(*lost);
    auto& read = std::get<ResponseHead>(head);
    const Framing framing = method == "HEAD" ? Framing{} : read.framing;
    auto body = read_body_start(input_, framing, delivery::kMostAnswer, terms_.wait);
    if (const auto* problem = std::get_if<BodyProblem>(&body)) return failed(*problem);
    auto& start = std::get<BodyStart>(body);
    return Read{{read.status, std::move(read.headers), std::move(start.bytes)}, read.close, start.whole};
}

AnswerReader::Head AnswerReader::final_head(const std::function<void()>& interim) {
    while (true) {
        Head head = next_head();
        const auto* read = std::get_if<ResponseHead>(&head);
        if (read == nullptr || read->status >= 200) return head;
        if (read->status == 101) return failure(Failure::Kind::kMalformed, "switched to a protocol nobody asked for");
        interim();
    }
}

AnswerReader::Head AnswerReader::next_head() {
    std::size_t seen = 0;
    while (true) {
        const std::string_view bytes = input_.buffered();
        if (const std::size_t length = head_length(bytes, seen); length > 0) {
            auto head = parse_response_head(bytes.substr(0, length));
            input_.consume(length);
            if (const auto* fault = std::get_if<Fault>(&head)) {
                return failure(Failure::Kind::kMalformed, "the answer is not HTTP/1.1: " + *fault);
            }
            return std::get<ResponseHead>(std::move(head));
        }
        if (bytes.size() > kMostResponseHead) {
            return failure(Failure::Kind::kMalformed, "the head of the answer is longer than 64 KiB");
        }
        seen = bytes.size();
        const Io filled = input_.fill(terms_.wait);
        if (filled != Io::kDone) return failed(filled, seen == 0 ? "no answer" : "the head of the answer did not end");
    }
}

Failure AnswerReader::failure(Failure::Kind kind, std::string_view what) const {
    return {kind, terms_.address + ": " + std::string(what)};
}

std::string AnswerReader::in_time() const { return " within " + base::format_duration(terms_.timeout); }

Failure AnswerReader::failed(Io outcome, std::string_view while_doing) const {
    if (outcome == Io::kTimeout) return failure(Failure::Kind::kTimeout, std::string(while_doing) + in_time());
    if (outcome == Io::kInterrupted) return failure(Failure::Kind::kCalledOff, "called off");
    const std::string how = outcome == Io::kClosed ? "the connection was closed" : "the connection was reset";
    const bool unanswered = input_.buffered().empty();
    return failure(Failure::Kind::kReset, how + (unanswered ? " without an answer" : " within the answer"));
}

Failure AnswerReader::failed(BodyProblem problem) const {
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

}  // namespace smartcar_sim::http
