#include "report/samples.h"

#include <utility>

#include "base/text.h"

namespace smartcar_sim::report::samples {

namespace {

using scenario::Complaint;
using scenario::Exchange;
using scenario::Result;
using scenario::StepResult;
using scenario::Verdict;

const base::Instant kStart = *base::parse_instant("2026-01-01T00:00:00Z");

std::string event(const std::string& type) {
    return R"({"version":"2.0","webhookId":"w1","eventName":"eventBased","payload":{"eventType":")" + type + "\"}}";
}

Exchange challenge() {
    Exchange one = exchange(R"({"version":"2.0","webhookId":"w1","eventName":"verify","payload":{"challenge":"c"}})",
                            200, R"({"challenge":"b1e5"})");
    one.title = "verify";
    one.request.headers.remove("SC-Signature");
    return one;
}

Result result(std::string file, std::string name, int line) {
    Result one;
    one.file = std::move(file);
    one.name = std::move(name);
    one.line = line;
    return one;
}

StepResult step(int number, std::string title, std::string expected) {
    StepResult one;
    one.number = number;
    one.path = "steps/" + std::to_string(number - 1);
    one.title = std::move(title);
    one.expected = std::move(expected);
    one.place = {.file = "scenarios/charging-session.json", .line = 9 + number, .column = 5};
    one.at = kStart;
    one.took = base::Milliseconds(number);
    return one;
}

StepResult failing(StepResult one, std::string source) {
    one.verdict = Verdict::kFailed;
    one.source = std::move(source);
    return one;
}

Exchange timed_out() {
    Exchange one = exchange(event("CHARGING_STOPPED"), 200, "");
    one.title = "CHARGING_STOPPED";
    one.answer = delivery::Failure{.kind = delivery::Failure::Kind::kTimeout, .detail = "no answer within 15s"};
    one.took = base::Milliseconds(15'000);
    one.at = kStart + base::Milliseconds(60'000);
    return one;
}

// Every character that means something to XML, Markdown, a terminal or a shell.
StepResult misleading_step() {
    StepResult one = failing(step(2, "send `CHARGING_STARTED` | <b>car</b> about @octocat", "delivered"),
                             "{\n        \"send\": { \"raw\": \"```` & ]]> <script>\" },\n"
                             "        \"expect\": {\n          \"status\": \"2xx\"\n        }\n      }");
    one.says = "The *author* says: don't _mind_ [me](http://x)";
    one.place = {.file = "scenarios/odd|name.json", .line = 100, .column = 9};
    one.exchanges = {exchange("{\"name\":\"it's caf\xe9\", \"percent\":\"100%\\n\"}\n", 500,
                              "<h1>\x1b[31m]]> `tick` | caf\xe9</h1>\r\n::error::forged\r\n"),
                     timed_out()};
    one.complaints = {
        Complaint{.expected = "delivered at the first attempt",
                  .actual = "500 in 3 ms <h1>\x1b[31m]]> `tick` | caf\xe9</h1>",
                  .why = "The callback's <body> is *not* JSON, and it has a\nline break.",
                  .fix = "Look in the callback's own output for the error behind it.",
                  .exchange = 0},
        Complaint{.expected = "an answer within 2s, 100%",
                  .actual = "timeout (no answer within 15s)",
                  .why = "",
                  .fix = "Answer at once and leave slow work for later; Smartcar waits 15 seconds.",
                  .exchange = 1},
    };
    return one;
}

Result in_error() {
    Result one = result("scenarios/with-app/subscribe.json", "The application subscribes its vehicles", 4);
    one.verdict = Verdict::kError;
    one.error = "the application ended with exit code 1 before http://127.0.0.1:3000/webhooks answered";
    StepResult kept = failing(step(1, "expect calls of POST /v2.0/vehicles/{id}/webhooks/{id}", "exactly 1 call"),
                              R"({ "expectCalls": { "method": "POST" } })");
    kept.verdict = Verdict::kError;
    kept.place = {.file = one.file, .line = 12, .column = 5};
    one.steps = {kept};
    one.application_output = {"Traceback (most recent call last):", "  File \"app.py\", line 3, in <module>",
                              "\x1b[31mKeyError\x1b[0m: 'SMARTCAR_SIM_ORIGIN'", "::error::forged", "10 %\r100 %"};
    one.took = base::Milliseconds(1'250);
    return one;
}

Result not_run() {
    Result one = result("scenarios/retries.json", "Retries end in a delivery", 3);
    one.verdict = Verdict::kNotRun;
    one.skipped = "an earlier scenario failed, and --fail-fast was given";
    return one;
}

Result of_both_versions(contract::Version version) {
    Result one = result("scenarios/both.json", "Both versions are taken", 5);
    one.version = version;
    one.took = base::Milliseconds(7);
    StepResult sent = step(1, "send CHARGING_STARTED about car", "delivered at the first attempt");
    sent.place = {.file = one.file, .line = 20, .column = 5};
    one.steps = {sent};
    return one;
}

Result failed_of_4_0() {
    Result one = of_both_versions(contract::Version::k4_0);
    one.verdict = Verdict::kFailed;
    StepResult& sent = one.steps.front();
    std::string source = "{ \"repeat\": { \"times\": 2, \"steps\": [\n";
    for (int i = 0; i < 14; ++i) source += "        { \"wait\": \"" + std::to_string(i) + "m\" },\n";
    sent = failing(sent, source + "      ] } }");
    sent.exchanges = {exchange(event(std::string(500, 'E')), 401, std::string(1'000, 'x'))};
    sent.complaints = {Complaint{.expected = "delivered at the first attempt",
                                 .actual = "401 in 3 ms",
                                 .why = "",
                                 .fix = "Take a POST with a JSON body.",
                                 .exchange = 0}};
    return one;
}

}  // namespace

Exchange exchange(std::string body, int status, std::string answer) {
    Exchange one;
    one.title = "CHARGING_STARTED";
    one.url = {.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = "/webhooks"};
    one.request.method = "POST";
    one.request.target = "/webhooks";
    one.request.headers = {{"accept", "application/json, text/plain, */*"},
                           {"content-type", "application/json"},
                           {"user-agent", "Smartcar-Webhooks/2.0"},
                           {"SC-Signature", "472f1360"}};
    one.request.body = std::move(body);
    one.answer = contract::json_response(status, std::move(answer));
    one.at = kStart;
    one.took = base::Milliseconds(3);
    return one;
}

Result passed() {
    Result one = result("scenarios/charging-session.json", "A charging session reaches the callback", 4);
    one.tags = {"charging"};
    one.took = base::Milliseconds(14);
    one.passed = base::Milliseconds(38 * 60'000);
    StepResult verify = step(1, "verify", "verified");
    verify.exchanges = {challenge()};
    StepResult wait = step(2, "wait 38m", "");
    wait.notes = {"38m pass"};
    StepResult sent = step(3, "send CHARGING_COMPLETED about car", "delivered within 4 attempts");
    sent.says = "it is full";
    sent.exchanges = {timed_out(), exchange(event("CHARGING_COMPLETED"), 200, R"({"received":true})")};
    one.steps = {verify, wait, sent};
    return one;
}

Result failed() {
    Result one = result("scenarios/odd|name.json", "Odd | <b>names</b> & ]]> @octocat *stars* `code` \x1b[31m", 100);
    one.tags = {"odd", "caf\xe9"};
    one.verdict = Verdict::kFailed;
    one.took = base::Milliseconds(15'020);
    StepResult verify = step(1, "verify", "verified");
    verify.exchanges = {challenge()};
    StepResult never = step(3, "send CHARGING_STOPPED about car", "delivered at the first attempt");
    never.verdict = Verdict::kNotRun;
    one.steps = {verify, misleading_step(), never};
    return one;
}

Result plainly_failed() {
    Result one = of_both_versions(contract::Version::k2_0);
    one.version = std::nullopt;
    one.verdict = Verdict::kFailed;
    one.steps.front() = failing(one.steps.front(), "{ \"send\": \"CHARGING_STARTED\" }");
    one.steps.front().complaints = {
        Complaint{.expected = "delivered", .actual = "401 in 3 ms", .why = "", .fix = "", .exchange = std::nullopt}};
    return one;
}

std::vector<Result> results() {
    return {passed(), failed(), of_both_versions(contract::Version::k2_0), failed_of_4_0(), in_error(), not_run()};
}

scenario::Summary summary() {
    return {.scenarios = 6,
            .passed = 2,
            .failed = 2,
            .errors = 1,
            .skipped = 1,
            .steps = 9,
            .seed = 81'237,
            .exit = 4,
            .version = "1.2.3",
            .took = base::Milliseconds(16'291),
            .slowest = {{.title = "send `CHARGING_STARTED` | <b>car</b> about @octocat",
                         .place = {.file = "scenarios/odd|name.json", .line = 100, .column = 9},
                         .took = base::Milliseconds(15'003)},
                        {.title = "verify",
                         .place = {.file = "scenarios/charging-session.json", .line = 10, .column = 5},
                         .took = base::Milliseconds(1)}}};
}

}  // namespace smartcar_sim::report::samples
