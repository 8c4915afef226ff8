#include "scenario/ask.h"

#include <algorithm>
#include <chrono>
#include <functional>
#include <utility>

#include "base/text.h"
#include "contract/shown_headers.h"
#include "delivery/excerpt.h"
#include "scenario/judge.h"
#include "scenario/match.h"
#include "scenario/parse.h"

namespace smartcar_sim::scenario {

namespace {

using Complaints = std::vector<Complaint>;

constexpr StatusRange kSuccess{200, 299};
constexpr StatusRange kRedirect{300, 399};

// Between one question and the next: soon at first, since most applications are done at once.
constexpr base::Milliseconds kFirstPause{5};
constexpr base::Milliseconds kLongestPause{200};

// What one look said: no complaint ends the wait, and so does what no time will put right.
struct Seen {
    Complaints complaints;
    enum class Patience { kMayChange, kFinal } patience = Patience::kMayChange;
};

// Calls `look` until nothing is wrong or `within` has passed.
Complaints until_right(base::Milliseconds within, Outside& outside, const std::function<Seen()>& look) {
    using Steady = std::chrono::steady_clock;
    const auto end = Steady::now() + within;
    for (base::Milliseconds pause = kFirstPause;; pause = std::min(pause * 2, kLongestPause)) {
        Seen seen = look();
        const auto left = std::chrono::ceil<base::Milliseconds>(end - Steady::now());
        const bool final = seen.complaints.empty() || seen.patience == Seen::Patience::kFinal;
        if (final || left <= base::Milliseconds(0)) return std::move(seen.complaints);
        if (!outside.pause(std::min(pause, left))) return std::move(seen.complaints);
    }
}

Exchange exchange_with(const delivery::Outgoing& outgoing, std::string title, World& world) {
    delivery::Exchange made = world.stage().outside.request(outgoing);
    Exchange exchange{.title = std::move(title),
                      .url = outgoing.url,
                      .request = outgoing.request,
                      .answer = std::move(made.answer),
                      .at = world.stage().clock.now(),
                      .took = made.took};
    exchange.request.headers = contract::shown_headers(outgoing.request.headers);
    return exchange;
}

base::Result<delivery::Outgoing> question(const Probe& probe, const World& world) {
    const auto text = world.filled(probe.url);
    if (!text) return text.error();
    const auto url = resolve_url(text.value(), world.stage().callback);
    if (!url) return base::Error{url.error().code, "url: " + url.error().message};
    auto body = world.filled(probe.body);
    if (!body) return body.error();
    delivery::Outgoing outgoing;
    outgoing.url = url.value();
    outgoing.timeout = world.stage().timeout;
    outgoing.request.method = probe.method;
    outgoing.request.target = url.value().target;
    outgoing.request.body = std::move(body).value();
    for (const auto& [name, value] : probe.headers) {
        const auto filled = world.filled(value);
        if (!filled) return filled.error();
        if (filled.value().find_first_of("\r\n") != std::string::npos) {
            return base::Error{"bad_header", "requestHeaders: a header is one line"};
        }
        outgoing.request.headers.set(name, filled.value());
    }
    if (!outgoing.request.body.empty() && outgoing.request.headers.count("content-type") == 0) {
        outgoing.request.headers.set("content-type", "application/json");
    }
    return outgoing;
}

void ask_url(const Doing& doing, const Probe& probe, World& world) {
    const auto outgoing = question(probe, world);
    if (!outgoing) return complain(doing.result, outgoing.error());
    // How long it may take until it answers so; each answer may take as long as any.
    Expectation expect = doing.step.expect;
    const base::Milliseconds within = expect.within.value_or(base::Milliseconds(0));
    expect.within.reset();
    doing.result.complaints = until_right(within, world.stage().outside, [&]() -> Seen {
        doing.result.exchanges = {exchange_with(outgoing.value(), "probe", world)};
        return {judge_answer(doing.result.exchanges.front(), 0, expect, {kSuccess}, world.lookup())};
    });
    doing.memory.answer = doing.result.exchanges.front().answer;
}

Complaints judge_command(const CommandAnswer& answer, const Probe& probe, const Lookup& lookup) {
    Complaints complaints;
    const std::string printed = answer.output.empty() ? "" : ", printing " + delivery::excerpt(answer.output);
    if (answer.exit_code != probe.exit_code) {
        complaints.push_back({.expected = "exit " + std::to_string(probe.exit_code),
                              .actual = "exit " + std::to_string(answer.exit_code) + printed});
    }
    if (!probe.output) return complaints;
    const document::Value output(answer.output);
    if (auto complaint = judge_value("output", *probe.output, &output, lookup)) {
        complaints.push_back(*std::move(complaint));
    }
    return complaints;
}

void run_command(const Doing& doing, const Probe& probe, World& world) {
    const auto line = world.filled(probe.command);
    if (!line) return complain(doing.result, line.error());
    doing.result.complaints =
        until_right(doing.step.expect.within.value_or(base::Milliseconds(0)), world.stage().outside, [&]() -> Seen {
            auto answer =
                world.stage().outside.command(line.value(), doing.step.expect.within.value_or(world.stage().timeout));
            if (!answer) {
                StepResult failed;
                complain(failed, answer.error());
                return {failed.complaints};
            }
            doing.memory.output = answer.value().output;
            return {judge_command(answer.value(), probe, world.lookup())};
        });
}

// The path of a target, without a query and without the slash at its end that some clients send.
std::string_view path_of(std::string_view target) {
    target = target.substr(0, target.find('?'));
    if (target.size() > 1 && target.ends_with('/')) target.remove_suffix(1);
    return target;
}

std::string wanted_calls(const ExpectCalls& calls) {
    const auto times = [](int number) { return number == 1 ? "1 call" : std::to_string(number) + " calls"; };
    if (calls.exactly) return "exactly " + times(*calls.exactly);
    if (calls.at_least && calls.at_most) {
        return std::to_string(*calls.at_least) + " to " + times(*calls.at_most);
    }
    return calls.at_most ? "at most " + times(*calls.at_most) : "at least " + times(calls.at_least.value_or(1));
}

// What else was called: a path with a slip of the pen shows beside it.
std::string other_calls(const std::vector<Call>& made) {
    constexpr std::size_t kShown = 5;
    std::string text;
    for (std::size_t i = made.size() - std::min(made.size(), kShown); i < made.size(); ++i) {
        text += (text.empty() ? "" : ", ") + made[i].method + " " + made[i].target + " (" +
                std::to_string(made[i].status) + ")";
    }
    return text.empty() ? "the application called nothing" : "the last calls were " + text;
}

}  // namespace

void ask(const Doing& doing, const Probe& probe, World& world) {
    if (probe.command.empty()) {
        ask_url(doing, probe, world);
    } else {
        run_command(doing, probe, world);
    }
}

void count_calls(const Doing& doing, const ExpectCalls& calls, World& world) {
    const auto path = world.filled(calls.path);
    if (!path) return complain(doing.result, path.error());
    const std::string what = (calls.method.empty() ? "" : calls.method + " ") + path.value();
    const base::Milliseconds within = doing.step.expect.within.value_or(base::Milliseconds(0));
    // Whether more come than there may be is only known when the time is over.
    const bool to_the_end = (calls.at_most || calls.exactly == 0) && within > base::Milliseconds(0);
    const int least = calls.exactly.value_or(calls.at_least.value_or(0));
    const int most = calls.exactly.value_or(calls.at_most.value_or(INT32_MAX));
    bool right = false;
    const auto count = [&](const std::vector<Call>& made) {
        return static_cast<int>(std::ranges::count_if(made, [&](const Call& call) {
            return (calls.method.empty() || call.method == calls.method) &&
                   path_of(call.target) == path_of(path.value());
        }));
    };
    const auto look = [&]() -> Seen {
        const std::vector<Call> made = world.stage().outside.calls();
        const int number = count(made);
        right = number >= least && number <= most;
        if (right && !to_the_end) return {};
        return {.complaints = {{.expected = wanted_calls(calls) + " of " + what,
                                .actual = std::to_string(number),
                                .why = other_calls(made)}},
                .patience = number > most ? Seen::Patience::kFinal : Seen::Patience::kMayChange};
    };
    doing.result.complaints = until_right(within, world.stage().outside, look);
    if (right) doing.result.complaints.clear();
}

void visit_redirect(const Doing& doing, World& world) {
    const auto url = base::parse_url(*doing.memory.connected.redirect_to);
    if (!url) return complain(doing.result, url.error());
    delivery::Outgoing outgoing;
    outgoing.url = url.value();
    outgoing.timeout = world.stage().timeout;
    outgoing.request.method = "GET";
    outgoing.request.target = url.value().target;
    outgoing.request.headers.set("accept", "text/html,application/json");
    const std::size_t index = doing.result.exchanges.size();
    doing.result.exchanges.push_back(exchange_with(outgoing, "redirect", world));
    const Exchange& exchange = doing.result.exchanges.back();
    doing.memory.answer = exchange.answer;
    Complaints complaints = judge_answer(exchange, index, doing.step.expect, {kSuccess, kRedirect}, world.lookup());
    std::ranges::move(complaints, std::back_inserter(doing.result.complaints));
}

}  // namespace smartcar_sim::scenario
