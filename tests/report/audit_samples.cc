#include "report/audit_samples.h"

#include <utility>

namespace smartcar_sim::report::samples {

namespace {

using audit::Family;
using audit::Finding;
using audit::Sent;
using audit::Severity;
using audit::Verdict;

constexpr std::string_view kHash = "5f2b1c9e0d7a4b83c6e1f0a92d5478b3e6c1a0f94b7d2c8e35a6f1089bcd4e27";

std::string event(const std::string& vehicle) {
    return R"({"eventId":"4c1d2f7e-6f0a-4b7e-9a53-0c5e7d1b2a90","eventType":"VEHICLE_STATE","data":{"user":{"id":"9f1c"},)"
           R"("vehicle":{"id":")" +
           vehicle +
           R"(","make":"Citroën","model":"ë-C4","year":2023},"signals":[{"code":"charge-chargelimits","name":"ChargeLimits",)"
           R"("group":"Charge","body":{"activeLimit":100,"values":[{"type":"global","limit":100}],"unit":"percent"},)"
           R"("meta":{"oemUpdatedAt":"2026-01-01T00:00:00.000Z","retrievedAt":"2026-01-01T00:00:00.000Z"}},)"
           R"({"code":"odometer-traveleddistance","name":"TraveledDistance","group":"Odometer","body":{"value":12034.5,)"
           R"("unit":"km"}}],"triggers":[{"type":"SIGNAL_UPDATED","signal":{"name":"TraveledDistance"}}]},"meta":)"
           R"({"version":"4.0","webhookId":"6d0f2a51","webhookName":"Trips","deliveryId":"0f5d","mode":"LIVE"}})";
}

// The same value as another program would write it.
std::string rewritten(std::string text) {
    const auto replace = [&text](std::string_view from, std::string_view to) {
        for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
            text.replace(at, from.size(), to);
        }
    };
    replace("ë", "\\u00eb");
    replace("12034.5", "12034.500");
    replace(R"("limit":100})", R"("limit": 100})");
    return text;
}

delivery::Answer answer(int status, std::string body) { return contract::json_response(status, std::move(body)); }
delivery::Answer failed(delivery::Failure::Kind kind, std::string detail) {
    return delivery::Failure{.kind = kind, .detail = std::move(detail)};
}

Finding finding(std::string_view id, Family family, Severity severity, Verdict verdict) {
    Finding one;
    one.id = id;
    one.family = family;
    one.severity = severity;
    one.verdict = verdict;
    one.asks = "is it so?";
    one.sends = "an event as Smartcar sends it";
    one.expects = "a 2xx within 15s";
    one.why = "Smartcar takes anything else for a failure and sends the event again (docs: webhooks, retries).";
    one.took = base::Milliseconds(6);
    return one;
}

Finding passed(std::string_view id, Family family, std::string_view asks) {
    Finding one = finding(id, family, Severity::kHigh, Verdict::kPass);
    one.asks = asks;
    one.came = "200 in 4 ms";
    one.exchanges = {sent("the event", event("v1"), answer(200, R"({"received":true})"))};
    return one;
}

Finding forged() {
    Finding one = finding("signature-missing", Family::kForgery, Severity::kCritical, Verdict::kFail);
    one.asks = "is an event without SC-Signature refused?";
    one.sends = "an event as Smartcar sends it, but without the header SC-Signature";
    one.expects = "a 4xx, and no effect";
    one.why = "Without the signature anybody who knows the address can write your vehicles' state.";
    one.came = "200 in 3 ms {\"received\":true}, and the probe saw the vehicle change";
    one.fix = "Refuse with 401 when the header is missing; compare in constant time when it is there.";
    one.mistake = "header-not-required";
    one.exchanges = {
        sent("an honest event, to see what a taken one looks like", event("v1"), answer(200, R"({"received":true})")),
        sent("the forged event", event("v2"), answer(200, R"({"received":true})"))};
    one.exchanges.back().request.headers.remove("SC-Signature");
    return one;
}

Finding reserialised() {
    Finding one = finding("number-spelling", Family::kRawBytes, Severity::kMedium, Verdict::kFail);
    one.asks = "is the hash taken over the bytes that came?";
    one.sends = "an event whose JSON is spelt in another way than most programs write it";
    one.expects = "a 2xx";
    one.why = "The signature is over the bytes. A body that was parsed and written again has others.";
    one.came = "401 in 2 ms {\"error\":\"bad signature\"}";
    one.fix = "Hash the raw request body, before any parser touches it.";
    one.note = "The callback's own hash would be right for what a Python program writes.";
    one.mistake = "reserialised-python";
    one.exchanges = {sent("the event", event("v1"), answer(401, R"({"error":"bad signature"})"))};
    one.difference = audit::Difference{.expected_title = "what was signed and sent",
                                       .expected = event("v1"),
                                       .actual_title = "what json.dumps makes of it",
                                       .actual = rewritten(event("v1"))};
    return one;
}

Finding hostile() {
    Finding one = finding("unknown-event-type", Family::kShape, Severity::kHigh, Verdict::kFail);
    one.asks = "is an event of a type that is new taken?";
    one.sends = "an event of the type TYRE_ROTATED";
    one.came = "500 in 8 ms <script>alert(1)</script></style> | `@octocat` ]]> \x1b[31m";
    one.fix = "Answer 200 to what you do not know; Smartcar adds types without asking.";
    contract::Response response;
    response.status = 500;
    response.headers = {{"content-type", "text/html"}, {"x-by\"><img src=x onerror=alert(1)>", "caf\xe9\t!"}};
    response.body =
        "<!--<script>alert(1)</script></style></pre></body>\r\n"
        "<img src=\"http://evil.example/x.png\" onerror='alert(2)'>\n\t& url(http://evil.example) @import 'x'  \n"
        "caf\xe9 \xe2\x80\xae live \xf0\x9f\x9a\x97 \x1b[31m]]> `tick` | ::error::forged";
    one.exchanges = {sent("<b>the</b> event & more", event("v1"), std::move(response))};
    return one;
}

Finding reset() {
    Finding one = finding("body-in-two-parts", Family::kTransport, Severity::kHigh, Verdict::kFail);
    one.asks = "is a body that comes in two parts read whole?";
    one.sends = "the head and half of the body, and the rest 200 ms later";
    one.came = "reset in 41 ms: the connection was closed before an answer came";
    one.fix = "Read until Content-Length bytes are there.";
    Sent raw;
    raw.title = "the event in two parts";
    raw.raw = "POST /webhooks HTTP/1.1\r\nHost: 127.0.0.1:3000\r\nSC-Signature: " + std::string(kHash) +
              "\r\nContent-Type: application/json\r\nContent-Length: 17\r\n\r\n{\"eventId\":\"4c1\"}";
    raw.answer = failed(delivery::Failure::Kind::kReset, "the connection was closed before an answer came");
    raw.took = base::Milliseconds(41);
    one.exchanges = {raw};
    return one;
}

Finding late() {
    Finding one = finding("burst", Family::kTime, Severity::kHigh, Verdict::kFail);
    one.asks = "is every one of eight events at once answered in time?";
    one.sends = "eight events on eight connections";
    one.expects = "a 2xx to each within 15s";
    one.came = "two of eight timed out";
    one.fix = "Answer first and work later.";
    for (int i = 1; i <= 8; ++i) {
        one.exchanges.push_back(
            sent("event " + std::to_string(i) + " of 8", event("v" + std::to_string(i)), answer(200, "")));
        if (i % 4 != 0) continue;
        one.exchanges.back().answer = failed(delivery::Failure::Kind::kTimeout, "no answer within 15s");
        one.exchanges.back().took = base::Milliseconds(15'000);
    }
    one.took = base::Milliseconds(15'012);
    return one;
}

Finding wrong_hash() {
    Finding one = finding("challenge-case", Family::kHandshake, Severity::kLow, Verdict::kFail);
    one.asks = "is the challenge's hash written in lower case?";
    one.sends = "the challenge of a verification";
    one.expects = "200 and the hash in lower-case hex";
    one.came = "200 in 2 ms, the hash in upper case";
    one.fix = "Write the digest as hex in lower case.";
    one.exchanges = {sent("the challenge", R"({"eventType":"VERIFY","data":{"challenge":"b1e5"}})",
                          answer(200, R"({"challenge":"5F2B1C9E0D7A4B83"})"))};
    one.difference = audit::Difference{.expected_title = "the hash",
                                       .expected = "5f2b1c9e0d7a4b83",
                                       .actual_title = "what came",
                                       .actual = "5F2B1C9E0D7A4B83"};
    return one;
}

Finding unknown() {
    Finding one = finding("replayed-event", Family::kReplay, Severity::kMedium, Verdict::kUnknown);
    one.asks = "does the same event twice have one effect?";
    one.sends = "one event two times, byte for byte";
    one.came = "200 both times; what the callback did with it cannot be seen without --probe";
    one.exchanges = {sent("the event", event("v1"), answer(200, "")),
                     sent("the event again", event("v1"), answer(200, ""))};
    return one;
}

Finding skipped(std::string_view id, std::string_view asks, std::string why) {
    Finding one = finding(id, Family::kHandshake, Severity::kMedium, Verdict::kSkip);
    one.asks = asks;
    one.came = std::move(why);
    one.took = base::Milliseconds(0);
    return one;
}

Finding refused() {
    Finding one = finding("second-address", Family::kTransport, Severity::kHigh, Verdict::kUnknown);
    one.asks = "does it answer on both of its addresses?";
    one.sends = "the event to each address of the host's name";
    one.came = "one of two addresses refused the connection";
    one.exchanges = {sent("the event to 127.0.0.1", event("v1"), answer(200, "")),
                     sent("the event to ::1", event("v1"),
                          failed(delivery::Failure::Kind::kUnreachable, "[::1]:3000: connection refused"))};
    return one;
}

}  // namespace

Sent sent(std::string title, std::string body, delivery::Answer answer) {
    Sent one;
    one.title = std::move(title);
    one.request.method = "POST";
    one.request.target = "/webhooks";
    one.request.headers = {{"accept", "application/json, text/plain, */*"},
                           {"content-type", "application/json"},
                           {"SC-Signature", kHash},
                           {"user-agent", "Smartcar-Webhooks/4.0"}};
    one.request.body = std::move(body);
    one.answer = std::move(answer);
    one.took = base::Milliseconds(3);
    return one;
}

Finding plain_finding() { return passed("event-taken", Family::kShape, "is an event taken?"); }

std::vector<Finding> audit_findings() {
    return {
        passed("challenge-answered", Family::kHandshake, "is a challenge answered with its hash?"),
        passed("challenge-fresh", Family::kHandshake, "is each challenge answered with a hash of its own?"),
        wrong_hash(),
        skipped("challenge-2.0", "is a challenge of version 2.0 answered too?", "the callback takes 4.0 alone"),
        passed("signature-empty", Family::kForgery, "is an event with an empty SC-Signature refused?"),
        forged(),
        passed("signature-of-other-body", Family::kForgery, "is the signature of another event refused?"),
        passed("challenge-of-an-event", Family::kOracle, "does it refuse to sign an event as a challenge?"),
        reserialised(),
        unknown(),
        hostile(),
        passed("fields-added", Family::kShape, "is an event with fields that are new taken?"),
        reset(),
        refused(),
        late(),
    };
}

audit::Summary audit_summary() {
    audit::Summary summary;
    summary.callback = {.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = "/webhooks"};
    summary.webhook_version = "4.0";
    summary.conclusions = {
        "Whoever knows the address can write: SC-Signature is checked when it is there, and not missed.",
        "The hash is taken over JSON that was parsed and written again."};
    summary.latency = {.answers = 42,
                       .median = base::Milliseconds(3),
                       .p95 = base::Milliseconds(412),
                       .slowest = base::Milliseconds(2'950),
                       .limit = base::Milliseconds(15'000)};
    summary.comparison = audit::Comparison{.worse = {"signature-missing", "burst"},
                                           .better = {"signature-empty"},
                                           .still = {"unknown-event-type"},
                                           .gone = {"replayed-event"}};
    summary.probe = "the command of --probe";
    summary.seed = 81'237;
    summary.version = "1.2.3";
    summary.exit = 4;
    summary.took = base::Milliseconds(17'412);
    audit::count(audit_findings(), summary);
    return summary;
}

}  // namespace smartcar_sim::report::samples
