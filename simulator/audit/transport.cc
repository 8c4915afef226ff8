// HTTP as proxies, other clients and strangers speak it: through one raw exchange where a delivery would not do.
#include <array>
#include <chrono>
#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "audit/families.h"
#include "audit/judging.h"
#include "base/text.h"

namespace smartcar_sim::audit {
namespace {

using delivery::RawAnswer;
using delivery::RawRequest;
using Piece = RawRequest::Piece;

constexpr std::size_t kOversized = std::size_t{2} * 1024 * 1024;
constexpr std::size_t kHuge = std::size_t{20} * 1024 * 1024;
constexpr std::size_t kDeep = 90;
constexpr std::size_t kBottomless = 20'000;
constexpr std::size_t kChunk = 100;

// --- requests as bytes -------------------------------------------------------------------------

struct Spelling {
    std::string_view version = "HTTP/1.1";
    enum class Host { kNamed, kLeftOut } host = Host::kNamed;
    enum class Names { kAsSent, kLowerCase, kUpperCase } names = Names::kAsSent;
    enum class Framing { kLength, kChunked } framing = Framing::kLength;
};

std::string spelled_name(std::string_view name, Spelling::Names names) {
    if (names == Spelling::Names::kLowerCase) return base::lower_case(name);
    if (names == Spelling::Names::kUpperCase) return base::upper_case(name);
    return std::string(name);
}

std::string head_of(const Examination& examination, const contract::Request& request, const Spelling& spelling) {
    std::string head = request.method + " " + request.target + " " + std::string(spelling.version) + "\r\n";
    const auto line = [&](std::string_view name, std::string_view value) {
        head += spelled_name(name, spelling.names) + ": " + std::string(value) + "\r\n";
    };
    // One that -H gave stands for ours: two are refused.
    const std::string host = std::string(request.headers.get("Host").value_or(""));
    if (spelling.host == Spelling::Host::kNamed) {
        line("Host", host.empty() ? examination.subject().callback.authority() : host);
    }
    for (const auto& [name, value] : request.headers) {
        if (base::lower_case(name) != "host") line(name, value);
    }
    if (spelling.framing == Spelling::Framing::kChunked) {
        line("Transfer-Encoding", "chunked");
    } else {
        line("Content-Length", std::to_string(request.body.size()));
    }
    return head + "\r\n";
}

std::string chunked(std::string_view body) {
    constexpr std::string_view kDigits = "0123456789abcdef";
    std::string text;
    while (!body.empty()) {
        const std::string_view chunk = body.substr(0, kChunk);
        const std::size_t size = chunk.size();
        if (size >= 16) text += kDigits[size / 16];
        text += kDigits[size % 16];
        text.append("\r\n").append(chunk).append("\r\n");
        body.remove_prefix(size);
    }
    return text + "0\r\n\r\n";
}

contract::Request next_request(Examination& examination) {
    return examination.request_of(examination.honest("", examination.author().next()));
}

RawRequest to_callback(const Examination& examination, std::vector<Piece> pieces) {
    return {.url = examination.subject().callback,
            .pieces = std::move(pieces),
            .end = RawRequest::End::kStayOpen,
            .answers = 1,
            .timeout = examination.subject().timeout};
}

// Every answer that was waited for came, and is a 2xx.
Outcome all_accepted(const RawAnswer& answer) {
    if (answer.failure) {
        Outcome outcome = failed(came_of(*answer.failure));
        if (!answer.answers.empty()) outcome.came = "After " + came_of(answer.answers.back()) + ": " + outcome.came;
        return outcome;
    }
    for (const contract::Response& response : answer.answers) {
        if (!contract::is_success(response.status)) return failed(came_of(response));
    }
    return answer.answers.empty() ? failed("no answer") : passed(came_of(answer.answers.back()));
}

Outcome accepts_spelled(Examination& examination, const std::string& title, const Spelling& spelling) {
    const contract::Request request = next_request(examination);
    const std::string body = spelling.framing == Spelling::Framing::kChunked ? chunked(request.body) : request.body;
    return all_accepted(
        examination.raw(title, to_callback(examination, {{.bytes = head_of(examination, request, spelling) + body}})));
}

// --- the rows' checks ---------------------------------------------------------------------------

// The head, then the body in that many pieces with a pause before each.
Outcome accepts_slowly(Examination& examination, std::size_t parts, base::Milliseconds pause) {
    const contract::Request request = next_request(examination);
    std::vector<Piece> pieces{{.bytes = head_of(examination, request, {})}};
    const std::size_t size = request.body.size() / parts + 1;
    for (std::size_t at = 0; at < request.body.size(); at += size) {
        pieces.push_back({.bytes = request.body.substr(at, size), .pause = pause});
    }
    return all_accepted(examination.raw("an event in pieces", to_callback(examination, std::move(pieces))));
}

Outcome slow_sender(Examination& examination) { return accepts_slowly(examination, 3, std::chrono::milliseconds(200)); }
Outcome very_slow_sender(Examination& examination) { return accepts_slowly(examination, 10, std::chrono::seconds(1)); }

Outcome chunks(Examination& examination) {
    return accepts_spelled(examination, "an event in chunks", {.framing = Spelling::Framing::kChunked});
}

Outcome expects_continue(Examination& examination) {
    contract::Request request = next_request(examination);
    request.headers.set("Expect", "100-continue");
    const std::string head = head_of(examination, request, {});
    return all_accepted(examination.raw(
        "an event that asks first",
        to_callback(examination, {{.bytes = head}, {.bytes = request.body, .after = Piece::After::kInterim}})));
}

// A connection that the callback says it closes is not held against it.
Outcome keep_alive(Examination& examination) {
    const contract::Request first = next_request(examination);
    const contract::Request second = next_request(examination);
    RawRequest request = to_callback(
        examination, {{.bytes = head_of(examination, first, {}) + first.body},
                      {.bytes = head_of(examination, second, {}) + second.body, .after = Piece::After::kAnswer}});
    request.answers = 2;
    const RawAnswer answer = examination.raw("two events on one connection", std::move(request));
    Outcome outcome = all_accepted(answer);
    if (!answer.failure && answer.answers.size() == 1) {
        outcome.note = "It says that it closes the connection after each answer, which costs a new one for each event.";
    }
    return outcome;
}

Outcome half_closed(Examination& examination) {
    const contract::Request request = next_request(examination);
    RawRequest raw = to_callback(examination, {{.bytes = head_of(examination, request, {}) + request.body}});
    raw.end = RawRequest::End::kHalfClose;
    return all_accepted(examination.raw("an event, and the end of sending", std::move(raw)));
}

Outcome header_case(Examination& examination) {
    Outcome lower = accepts_spelled(examination, "an event with header names in lower case",
                                    {.names = Spelling::Names::kLowerCase});
    if (lower.verdict == Verdict::kFail) return lower;
    return accepts_spelled(examination, "an event with header names in upper case",
                           {.names = Spelling::Names::kUpperCase});
}

Outcome http_1_0(Examination& examination) {
    return accepts_spelled(examination, "an event by HTTP/1.0",
                           {.version = "HTTP/1.0", .host = Spelling::Host::kLeftOut});
}

Outcome charset(Examination& examination) {
    Letter letter = examination.honest("an event with a charset", examination.author().next());
    letter.content_type = "application/json; charset=utf-8";
    return accepts(examination, {letter});
}

Letter odd(Examination& examination, std::string title, std::string body) {
    Letter letter{.title = std::move(title), .body = std::move(body), .version = examination.subject().version};
    letter.signatures = {examination.sign(letter.body)};
    return letter;
}

Outcome gzip_label(Examination& examination) {
    Letter letter = odd(examination, "an event that says it is compressed", examination.author().next().body);
    letter.headers = {{"Content-Encoding", "gzip"}};
    return survives(examination, letter);
}

Outcome of_size(Examination& examination, std::size_t size) {
    Letter letter = odd(examination, "a body that is too large", R"({"note":")" + std::string(size, 'x') + "\"}");
    letter.signatures.clear();
    return survives(examination, letter);
}

// An event with one member more, rightly signed: whoever hashes before he parses has accepted it by then.
Letter odd_event(Examination& examination, std::string title, const std::string& json) {
    return odd(examination, std::move(title), with_note(examination.author().next().body, json));
}

Outcome nested(Examination& examination, std::size_t depth) {
    return survives(examination,
                    odd_event(examination, "deep nesting", std::string(depth, '[') + std::string(depth, ']')));
}

Outcome invalid_utf_8(Examination& examination) {
    return survives(examination, odd_event(examination, "bytes that are not UTF-8", "\"\xC3\x28 \xFF\""));
}

// Signed, so that it is not the signature that refuses it: what is no event must not be taken for one, nor break
// anything.
Outcome is_refused_in_order(Examination& examination, const Letter& letter) {
    const Sent sent = examination.send(letter);
    const contract::Response* response = response_of(sent);
    if (response == nullptr) return failed(came_of(sent.answer));
    return response->status >= 400 && response->status < 500 ? passed(came_of(sent.answer))
                                                             : failed(came_of(sent.answer));
}

Outcome empty_body(Examination& examination) {
    return is_refused_in_order(examination, odd(examination, "an empty body", ""));
}

Outcome not_json(Examination& examination) {
    return is_refused_in_order(examination, odd(examination, "a body that is not JSON", "{\"eventId\":"));
}

Outcome by_method(Examination& examination, std::string_view method) {
    Letter letter{.title = std::string(method), .body = "", .version = examination.subject().version};
    letter.method = method;
    return survives(examination, letter);
}

Outcome alive(Examination& examination) {
    return accepts(examination, {examination.honest("an ordinary event", examination.author().next())});
}

constexpr std::string_view kAccepted = "2xx, as for every rightly signed event.";
constexpr std::string_view kSurvived = "Any complete answer below 500, or 501, or the end of the connection.";
constexpr std::string_view kWhyProxies =
    "Proxies, gateways and tunnels in front of a callback may forward an event so.";
constexpr std::string_view kWhyStrangers =
    "Anybody can send this: an error that nobody handles fills logs, sets off alarms and in the worst case ends the "
    "process.";
constexpr std::string_view kFixServer =
    "Let the framework's HTTP server read the request: this is no matter of the handler.";
constexpr std::string_view kFixErrors = "Handle the error where the body is read or parsed, and answer 400.";

constexpr std::array kChecks{
    Check{.id = "keep-alive",
          .severity = Severity::kHigh,
          .asks = "is a second event on the same connection answered?",
          .sends = "Two events on one connection, the second after the first one's answer.",
          .expects = "2xx for both, or Connection: close with the first answer.",
          .why = "Senders keep connections: one that is closed without a word costs the event that was on its way.",
          .fix = "Say Connection: close, or keep the connection open for some seconds.",
          .run = keep_alive},
    Check{.id = "slow-sender",
          .severity = Severity::kMedium,
          .asks = "is an event in several packets accepted?",
          .sends = "The head, and the body in three pieces, 200 ms apart.",
          .expects = kAccepted,
          .why = "A body of 50 KB arrives in some forty packets, with pauses between them when the network is bad.",
          .fix = "Read the body to its end, as Content-Length says, before it is hashed.",
          .run = slow_sender},
    Check{.id = "slow-sender-10s",
          .severity = Severity::kLow,
          .asks = "is an event that takes ten seconds to arrive accepted?",
          .sends = "The head, and the body in ten pieces, a second apart.",
          .expects = kAccepted,
          .why = "The 15 s allowed hold for the whole exchange, sending included.",
          .fix = "Give the body of a request at least 15 s to arrive.",
          .run = very_slow_sender,
          .part = Check::Part::kThorough},
    Check{.id = "chunked",
          .severity = Severity::kMedium,
          .asks = "is a chunked body accepted?",
          .sends = "An event with Transfer-Encoding: chunked.",
          .expects = kAccepted,
          .why = kWhyProxies,
          .fix = kFixServer,
          .run = chunks},
    Check{.id = "expect-continue",
          .severity = Severity::kLow,
          .asks = "is an event that asks before it sends accepted?",
          .sends = "The head with Expect: 100-continue, and the body after 100 or a second later.",
          .expects = kAccepted,
          .why = kWhyProxies,
          .fix = kFixServer,
          .run = expects_continue},
    Check{.id = "half-close",
          .severity = Severity::kLow,
          .asks = "is an event answered whose sender has ended sending?",
          .sends = "An event, and the end of this direction of the connection.",
          .expects = kAccepted,
          .why = "A sender with nothing more to say may say so and still wait for the answer.",
          .fix = "Do not take the end of what is sent for the end of interest in the answer.",
          .run = half_closed},
    Check{.id = "header-case",
          .severity = Severity::kMedium,
          .asks = "are header names accepted in any case?",
          .sends = "Events with sc-signature and with SC-SIGNATURE, all names likewise.",
          .expects = kAccepted,
          .why = "HTTP/2 and many proxies write every name in lower case.",
          .fix = "Look headers up without regard to case: the official AWS recipe's event.headers[\"SC-Signature\"] "
                 "does not.",
          .run = header_case},
    Check{.id = "http-1.0",
          .severity = Severity::kLow,
          .asks = "is HTTP/1.0 accepted?",
          .sends = "An event by HTTP/1.0, without Host.",
          .expects = kAccepted,
          .why = "Some proxies still speak it to what is behind them.",
          .fix = kFixServer,
          .run = http_1_0},
    Check{.id = "charset",
          .severity = Severity::kMedium,
          .asks = "is application/json with a charset accepted?",
          .sends = "An event with content type application/json; charset=utf-8.",
          .expects = kAccepted,
          .why = "Parameters of a content type are allowed, and HTTP libraries add this one.",
          .fix = "Compare the media type alone, up to the semicolon.",
          .run = charset},
    Check{.id = "gzip-label",
          .severity = Severity::kLow,
          .asks = "is a body survived that says it is compressed and is not?",
          .sends = "A rightly signed event with Content-Encoding: gzip.",
          .expects = kSurvived,
          .why = kWhyStrangers,
          .fix = "Answer 415 to a body that is compressed, or 400 when it cannot be unpacked.",
          .run = gzip_label},
    Check{.id = "oversized",
          .severity = Severity::kLow,
          .asks = "are 2 MB survived?",
          .sends = "2 MB of JSON, unsigned.",
          .expects = kSurvived,
          .why = kWhyStrangers,
          .fix = "Limit the body, and answer 413 to one that is larger.",
          .run = [](Examination& examination) { return of_size(examination, kOversized); }},
    Check{.id = "oversized-20-mb",
          .severity = Severity::kLow,
          .asks = "are 20 MB survived?",
          .sends = "20 MB of JSON, unsigned.",
          .expects = kSurvived,
          .why = kWhyStrangers,
          .fix = "Limit the body, and answer 413 to one that is larger.",
          .run = [](Examination& examination) { return of_size(examination, kHuge); },
          .part = Check::Part::kThorough},
    Check{.id = "deep-nesting",
          .severity = Severity::kLow,
          .asks = "are 90 levels of JSON survived?",
          .sends = "A rightly signed event with arrays within arrays.",
          .expects = kSurvived,
          .why = kWhyStrangers,
          .fix = kFixErrors,
          .run = [](Examination& examination) { return nested(examination, kDeep); }},
    Check{.id = "bottomless-nesting",
          .severity = Severity::kLow,
          .asks = "are 20,000 levels of JSON survived?",
          .sends = "A rightly signed event with arrays within arrays.",
          .expects = kSurvived,
          .why = kWhyStrangers,
          .fix = kFixErrors,
          .run = [](Examination& examination) { return nested(examination, kBottomless); },
          .part = Check::Part::kThorough},
    Check{.id = "invalid-utf-8",
          .severity = Severity::kLow,
          .asks = "are bytes that are not UTF-8 survived?",
          .sends = "A rightly signed event with bytes that are not UTF-8.",
          .expects = kSurvived,
          .why = kWhyStrangers,
          .fix = kFixErrors,
          .run = invalid_utf_8},
    Check{.id = "empty-body",
          .severity = Severity::kLow,
          .asks = "is an empty body refused?",
          .sends = "A POST without a body, rightly signed.",
          .expects = "A 4xx.",
          .why = "What is no event must not be answered like one, and must not break anything.",
          .fix = kFixErrors,
          .run = empty_body},
    Check{.id = "body-not-json",
          .severity = Severity::kLow,
          .asks = "is a body refused that is not JSON?",
          .sends = "Half an object, rightly signed.",
          .expects = "A 4xx.",
          .why = "What is no event must not be answered like one, and must not break anything.",
          .fix = kFixErrors,
          .run = not_json},
    Check{.id = "by-get",
          .severity = Severity::kLow,
          .asks = "is GET survived?",
          .sends = "GET without a body.",
          .expects = kSurvived,
          .why = "Browsers, health checks and scanners send it.",
          .fix = "Route POST alone to the handler; answer 405 to the rest.",
          .run = [](Examination& examination) { return by_method(examination, "GET"); }},
    Check{.id = "by-head",
          .severity = Severity::kLow,
          .asks = "is HEAD survived?",
          .sends = "HEAD.",
          .expects = kSurvived,
          .why = "Browsers, health checks and scanners send it.",
          .fix = "Route POST alone to the handler; answer 405 to the rest.",
          .run = [](Examination& examination) { return by_method(examination, "HEAD"); }},
    Check{.id = "by-options",
          .severity = Severity::kLow,
          .asks = "is OPTIONS survived?",
          .sends = "OPTIONS.",
          .expects = kSurvived,
          .why = "Browsers, health checks and scanners send it.",
          .fix = "Route POST alone to the handler; answer 405 to the rest.",
          .run = [](Examination& examination) { return by_method(examination, "OPTIONS"); }},
    Check{.id = "still-alive",
          .severity = Severity::kHigh,
          .asks = "is an event accepted after all that?",
          .sends = "An ordinary event, rightly signed.",
          .expects = "2xx within 15 s.",
          .why = "None of the above may end the process, nor lock out the sender.",
          .fix = "Look in the callback's own output for what ended it, and at what was sent just before.",
          .run = alive},
};

}  // namespace

std::span<const Check> transport_checks() { return kChecks; }

}  // namespace smartcar_sim::audit
