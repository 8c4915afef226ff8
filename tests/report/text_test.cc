#include "report/text.h"

#include <sstream>
#include <string>
#include <vector>

#include "base/printable.h"
#include "catch.h"
#include "report/samples.h"

namespace smartcar_sim::report {
namespace {

std::vector<std::string> lines_of(const std::string& text) {
    std::vector<std::string> lines;
    std::istringstream stream(text);
    for (std::string line; std::getline(stream, line);) lines.push_back(line);
    return lines;
}

// The rest of the line after `beginning`.
std::string line_after(const std::string& text, const std::string& beginning) {
    for (const std::string& line : lines_of(text)) {
        if (line.starts_with(beginning)) return line.substr(beginning.size());
    }
    return "no such line";
}

std::string failure(const scenario::Result& result) { return scenario_text(result, Detail::kWhatFailed, unpainted); }

std::string in_brackets(Tone tone, std::string_view text) {
    return std::to_string(static_cast<int>(tone)) + "[" + std::string(text) + "]";
}

}  // namespace

TEST_CASE("a scenario that did what it should is one line") {
    scenario::Result result = samples::passed();
    CHECK(failure(result) ==
          "passed  scenarios/charging-session.json  A charging session reaches the callback  3 steps, 38m in 14 ms\n");
    result.passed = base::Milliseconds(0);
    result.steps.resize(1);
    result.version = contract::Version::k4_0;
    CHECK(failure(result) ==
          "passed  scenarios/charging-session.json  A charging session reaches the callback (4.0)  1 step in 14 ms\n");
    result.verdict = scenario::Verdict::kNotRun;
    result.skipped = "the run was stopped";
    CHECK(failure(result) ==
          "not-run  scenarios/charging-session.json  A charging session reaches the callback (4.0)  the run was "
          "stopped\n");
}

TEST_CASE("a step that failed is told with its source and what there is to know") {
    scenario::Result result = samples::plainly_failed();
    CHECK(failure(result) ==
          "failed  scenarios/both.json  Both versions are taken  1 step in 7 ms\n"
          "  scenarios/both.json:20:5: step 1, send CHARGING_STARTED about car\n"
          "      { \"send\": \"CHARGING_STARTED\" }\n"
          "    expected  delivered\n"
          "    actual    401 in 3 ms\n");
    scenario::StepResult& step = result.steps.front();
    step.says = "it is plugged in";
    step.complaints.front().why = "The hash is of another body.";
    step.complaints.front().fix = "Hash the bytes.";
    step.complaints.front().exchange = 0;
    step.exchanges = {samples::exchange("{}", 401, "no")};
    CHECK(failure(result) ==
          "failed  scenarios/both.json  Both versions are taken  1 step in 7 ms\n"
          "  scenarios/both.json:20:5: step 1, send CHARGING_STARTED about car\n"
          "    it is plugged in\n"
          "      { \"send\": \"CHARGING_STARTED\" }\n"
          "    expected  delivered\n"
          "    actual    401 in 3 ms\n"
          "    why       The hash is of another body.\n"
          "    fix       Hash the bytes.\n"
          "    request   curl -i -X POST 'http://127.0.0.1:3000/webhooks' -H 'accept: application/json, text/plain, "
          "*/*' -H 'content-type: application/json' -H 'user-agent: Smartcar-Webhooks/2.0' -H 'SC-Signature: 472f1360' "
          "--data-raw '{}'\n"
          "    response  401 in 3 ms no\n");
}

TEST_CASE("a request that two complaints are about is told once") {
    scenario::Result result = samples::plainly_failed();
    scenario::StepResult& step = result.steps.front();
    step.exchanges = {samples::exchange("{}", 401, "no"), samples::exchange("[]", 401, "no")};
    scenario::Complaint complaint = step.complaints.front();
    complaint.exchange = 0;
    step.complaints = {complaint, complaint};
    const auto requests = [&result] {
        int count = 0;
        for (const std::string& line : lines_of(failure(result))) count += line.starts_with("    request ") ? 1 : 0;
        return count;
    };
    CHECK(requests() == 1);
    step.complaints.back().exchange = 1;
    CHECK(requests() == 2);
}

TEST_CASE("of a complaint about an exchange that was not kept the rest is told") {
    scenario::Result result = samples::plainly_failed();
    const std::string without = failure(result);
    result.steps.front().complaints.front().exchange = 3;
    CHECK(failure(result) == without);
}

TEST_CASE("a source is shown in at most twelve lines, less the blanks it has in its file") {
    scenario::Result result = samples::plainly_failed();
    std::string& source = result.steps.front().source;
    source = "{\n      \"a\": [\n\n        1\r\n      ]\n    }";
    CHECK(failure(result).find("\n      {\n        \"a\": [\n      \n          1\n        ]\n      }\n") !=
          std::string::npos);
    source = "[";
    for (int i = 0; i < 12; ++i) source += "\n" + std::to_string(i);
    CHECK(failure(result).find("\n      10\n      … (1 more line)\n    expected") != std::string::npos);
    source += "\n]";
    CHECK(failure(result).find("\n      10\n      … (2 more lines)\n    expected") != std::string::npos);
}

TEST_CASE("a long body is cut, a curl command never is") {
    scenario::Result result = samples::plainly_failed();
    scenario::StepResult& step = result.steps.front();
    const std::string body(5'000, 'b');
    step.exchanges = {samples::exchange(body, 401, std::string(6'000, 'a'))};
    step.complaints.front().exchange = 0;
    const std::string text = transcript(result);
    CHECK(line_after(text, "    > b") == std::string(399, 'b') + "… (5000 bytes)");
    CHECK(line_after(text, "    < 401 ") == std::string(400, 'a') + "… (6000 bytes)");
    CHECK(line_after(text, "    response  401 in 3 ms ") == std::string(400, 'a') + "… (6000 bytes)");
    CHECK(line_after(text, "    request   ").ends_with(" --data-raw '" + body + "'"));
}

TEST_CASE("nothing anybody wrote reaches the terminal as a control character") {
    const std::string odd = "a\x1b]0;title\x07\x9b\xc2\x9b\x08\x7f";
    scenario::Result result = samples::passed();
    result.file = result.name = result.error = odd;
    result.application_output = {odd};
    result.verdict = scenario::Verdict::kError;
    for (scenario::StepResult& step : result.steps) {
        step.title = step.says = step.source = step.expected = step.place.file = odd;
        step.notes = {odd};
        step.verdict = scenario::Verdict::kError;
        step.exchanges = {samples::exchange(odd, 500, odd), samples::exchange(odd, 500, odd)};
        scenario::Exchange& broken = step.exchanges.back();
        broken.title = broken.request.method = broken.url.target = odd;
        broken.request.headers.add("x-odd", odd);
        broken.request.headers.set("SC-Signature", odd);
        broken.answer = delivery::Failure{.kind = delivery::Failure::Kind::kReset, .detail = odd};
        step.complaints = {{.expected = odd, .actual = odd, .why = odd, .fix = odd, .exchange = 0},
                           {.expected = odd, .actual = odd, .why = odd, .fix = odd, .exchange = 1}};
    }
    scenario::Summary summary = samples::summary();
    summary.slowest.front().title = summary.slowest.front().place.file = odd;
    const std::string text = transcript(result) + summary_text(summary, {}, unpainted);
    CHECK(base::printable(text, base::Lines::kKept) == text);
    CHECK(text.find('\r') == std::string::npos);
}

TEST_CASE("no line of the application's begins as a command of GitHub's does") {
    scenario::Result result = samples::plainly_failed();
    result.application_output = {"  at main (app.js:3)", "::error::forged", "10 %\r::add-mask::e"};
    CHECK(
        failure(result).ends_with("  the application's last lines\n"
                                  "    |   at main (app.js:3)\n"
                                  "    | ::error::forged\n"
                                  "    | 10 %\n"
                                  "    | ::add-mask::e\n"));
}

TEST_CASE("what stopped a scenario is said below its first line") {
    scenario::Result result = samples::plainly_failed();
    result.verdict = scenario::Verdict::kError;
    result.steps.clear();
    result.error = "the application ended with exit code 1";
    CHECK(failure(result) ==
          "error  scenarios/both.json  Both versions are taken  0 steps in 7 ms\n"
          "  the application ended with exit code 1\n");
}

TEST_CASE("the parts of a line have their tones") {
    CHECK(scenario_text(samples::passed(), Detail::kWhatFailed, in_brackets) ==
          "0[passed]  scenarios/charging-session.json  4[A charging session reaches the callback]  "
          "3[3 steps, 38m in 14 ms]\n");
    const std::string text = scenario_text(samples::plainly_failed(), Detail::kWhatFailed, in_brackets);
    CHECK(text.starts_with("1[failed]  "));
    CHECK(text.find("\n    3[expected]  delivered\n    1[actual]    401 in 3 ms\n") != std::string::npos);
}

TEST_CASE("a run ends with its counts and how to repeat it") {
    struct Row {
        scenario::Summary summary;
        std::string text;
    };
    scenario::Summary all_held;
    all_held.scenarios = all_held.passed = 1;
    all_held.steps = 1;
    all_held.seed = 7;
    scenario::Summary called_off = all_held;
    called_off.exit = 130;
    called_off.scenarios = 3;
    called_off.skipped = 2;
    scenario::Summary broken = all_held;
    broken.exit = 3;
    broken.errors = 1;
    const Row rows[] = {
        {all_held, "\npassed: 1 scenario, 1 passed, 0 failed; 1 step in 0 ms\nseed 7: repeat with --seed 7\n"},
        {called_off,
         "\nnot finished: 3 scenarios, 1 passed, 0 failed, 2 not run; 1 step in 0 ms\nseed 7: repeat with --seed 7\n"},
        {broken, "\nerror: 1 scenario, 1 passed, 0 failed, 1 in error; 1 step in 0 ms\nseed 7: repeat with --seed 7\n"},
    };
    for (const Row& row : rows) CHECK(summary_text(row.summary, {}, unpainted) == row.text);
}

TEST_CASE("what failed is told again at the end, then the slowest steps") {
    const std::vector<std::string> failed{"failed  a.json  A\n", "failed  b.json  B\n"};
    CHECK(summary_text(samples::summary(), failed, unpainted)
              .starts_with("\nwhat did not pass, again\nfailed  a.json  A\nfailed  b.json  B\n\nslowest steps\n"
                           "  15003 ms  scenarios/odd|name.json:100:9  send "));
}

}  // namespace smartcar_sim::report
