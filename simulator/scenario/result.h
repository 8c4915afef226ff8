// What became of a scenario: what every report is made from.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/url.h"
#include "contract/http.h"
#include "contract/message.h"
#include "delivery/transport.h"

namespace smartcar_sim::scenario {

enum class Verdict {
    kPassed,
    kFailed,
    kError,   // the environment: nobody to talk to, a file that went away, the application gone
    kNotRun,  // an earlier step ended the scenario, or it was called off
};
[[nodiscard]] std::string_view name_of(Verdict verdict);  // "passed", "failed", "error", "not-run"
[[nodiscard]] constexpr bool did_not_hold(Verdict verdict) {
    return verdict == Verdict::kFailed || verdict == Verdict::kError;
}

// One request and what came back: an attempt at a delivery, a challenge, a probe.
struct Exchange {
    std::string title;  // "CHARGING_STARTED", "verify", "probe"
    base::Url url;
    contract::Request request;  // headers as they may be shown
    delivery::Answer answer;
    bool lost = false;  // the fault "answer": "lost" made a timeout of an answer
    base::Instant at;   // platform time
    base::Milliseconds took{0};
};

// One thing that was not as expected.
struct Complaint {
    std::string expected;  // "delivered at the first attempt"
    std::string actual;    // "401 in 3 ms"
    std::string why = {};  // what explains it, if anything does: the mistake behind a hash, a skip reason
    std::string fix = {};  // what to do about it; may be empty
    std::optional<std::size_t> exchange = std::nullopt;  // of the step's exchanges, the one it is about
};

struct StepResult {
    int number = 0;     // from 1 on, in the order of the file; the steps of a repeat count once a round
    std::string path;   // "steps/3/together/0", "setup/0"
    std::string title;  // "send CHARGING_STARTED about car"
    std::string says;   // what the author says it is for; may be empty
    base::Place place;
    std::string source;  // as it stands in the file; only of a step that did not pass
    Verdict verdict = Verdict::kPassed;
    std::string expected;  // what had to come of it, in a sentence without a final stop
    std::vector<Complaint> complaints;
    std::vector<Exchange> exchanges;  // of a step that passed only when they were asked for
    std::vector<std::string> notes;   // what else there is to tell: "38m pass", "access token …"
    base::Instant at;                 // platform time when it began
    base::Milliseconds took{0};       // wall time
};

struct Result {
    std::string file;
    std::string name;
    int line = 1;
    std::optional<contract::Version> version;  // of a file that runs once for each
    std::vector<std::string> tags;
    Verdict verdict = Verdict::kPassed;
    std::string error;    // of kError, and of one that was called off: why, one sentence
    std::string skipped;  // of kNotRun: why, one clause
    std::vector<StepResult> steps;
    std::vector<std::string> application_output;  // the last lines of --app, when it did not pass
    base::Milliseconds took{0};                   // wall time
    base::Milliseconds passed{0};                 // platform time

    // The name and, of a file that runs once for each, the version: "A charging session (4.0)".
    [[nodiscard]] std::string title() const;
};

// The request as a curl command that sends the same bytes again. Headers whose values are not shown stay as they are.
[[nodiscard]] std::string curl_command(const Exchange& exchange);
// "200 in 3 ms {"received":true}", "timeout (no answer within 15s)": one line.
[[nodiscard]] std::string answer_line(const Exchange& exchange);

// All that a run did.
struct Summary {
    std::size_t scenarios = 0, passed = 0, failed = 0, errors = 0, skipped = 0;
    std::size_t steps = 0;
    std::uint64_t seed = 0;
    int exit = 0;
    std::string version;  // of the program
    base::Milliseconds took{0};

    // The slowest steps, slowest first.
    struct Slow {
        std::string title;
        base::Place place;
        base::Milliseconds took{0};
    };
    std::vector<Slow> slowest;
};

}  // namespace smartcar_sim::scenario
