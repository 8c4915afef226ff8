#include "scenario/play.h"

#include <algorithm>
#include <chrono>
#include <optional>
#include <utility>

#include "scenario/act.h"
#include "scenario/judge.h"
#include "scenario/titles.h"
#include "scenario/world.h"

namespace smartcar_sim::scenario {

namespace {

using Steady = std::chrono::steady_clock;

base::Milliseconds since(Steady::time_point start) {
    return std::chrono::ceil<base::Milliseconds>(Steady::now() - start);
}

// The course of one scenario: which step is next, what is judged when, and what that makes of the whole.
class Player {
public:
    Player(const Scenario& scenario, Stage& stage, Keep keep)
        : scenario_(scenario), stage_(stage), keep_(keep), world_(scenario, stage), actor_(world_) {}

    Result play();

private:
    // What a step sent, or what the application and the clock set off meanwhile: only the first is the step's to judge.
    enum class Whose { kOwn, kOthers };
    // Deliveries of a step that can be judged only when the clock has moved on.
    struct Open {
        const Step* step;
        std::size_t result;  // in result_.steps
        Positions deliveries;
        Whose whose;
    };
    enum class Clock { kStands, kMayRun };

    Goes play(const Steps& steps, const std::string& path);
    Goes play(const Step& step, const std::string& path);
    Goes play_together(const Together& together, const std::string& path);
    void list_parts(const Steps& steps, const std::string& path,
                    std::vector<std::pair<const Step*, std::string>>& parts) const;
    void skip(const Steps& steps, std::size_t from, const std::string& path);

    std::size_t begin(const Step& step, const std::string& path);
    void conclude(const Step& step, std::size_t index, const Fallout& fallout, const Positions& deliveries);
    void settle(const Step& step, std::size_t index, Positions deliveries, Whose whose);
    void judge(const Step& step, StepResult& result, const Positions& deliveries, Whose whose);
    void judge_open(Clock clock);
    void judge_rest();
    bool leave_when_called_off(std::size_t index);
    Goes end(std::size_t index);
    [[nodiscard]] bool all_attempted(const Positions& deliveries) const;
    [[nodiscard]] Demand demand_of(const Step& step, Whose whose) const;
    [[nodiscard]] bool is_called_off() const { return !stage_.outside.called_off().empty(); }
    [[nodiscard]] bool is_left_out(const Step& step) const { return step.only && *step.only != stage_.version; }

    const Scenario& scenario_;
    Stage& stage_;
    const Keep keep_;
    World world_;
    Actor actor_;
    Result result_;
    std::vector<Open> open_;
    std::optional<base::Instant> looked_at_;  // when open_ was last judged
    const Step* last_ = nullptr;              // the step played last
};

// --- the course -----------------------------------------------------------------------------------------

Result Player::play() {
    const auto start = Steady::now();
    const base::Instant began = stage_.clock.now();
    result_.file = scenario_.file;
    result_.name = scenario_.name;
    result_.line = scenario_.line;
    result_.tags = scenario_.tags;
    if (!scenario_.versions.empty()) result_.version = stage_.version;
    if (const auto error = world_.prepare()) {
        result_.verdict = Verdict::kError;
        result_.error = error->message;
        return std::move(result_);
    }
    if (play(scenario_.setup, "setup") == Goes::kOn && result_.verdict == Verdict::kPassed) {
        play(scenario_.steps, "steps");
    } else {
        skip(scenario_.steps, 0, "steps");
    }
    judge_rest();
    if (is_called_off()) {
        skip(scenario_.teardown, 0, "teardown");
    } else {
        play(scenario_.teardown, "teardown");
        judge_rest();
    }
    if (std::string why = stage_.outside.called_off(); !why.empty()) {
        result_.verdict = Verdict::kFailed;
        result_.error = std::move(why);
    }
    result_.took = since(start);
    result_.passed = stage_.clock.now() - began;
    return std::move(result_);
}

Goes Player::play(const Steps& steps, const std::string& path) {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const Goes goes = play(steps[i], path + "/" + std::to_string(i));
        if (goes == Goes::kOn && !is_called_off()) continue;
        skip(steps, i + 1, path);
        return Goes::kNoFurther;
    }
    return Goes::kOn;
}

Goes Player::play(const Step& step, const std::string& path) {
    if (is_left_out(step)) return Goes::kOn;
    if (const auto* together = std::get_if<Together>(&step.action)) return play_together(*together, path);
    if (const auto* repeat = std::get_if<Repeat>(&step.action)) {
        Goes goes = Goes::kOn;
        for (int round = 0; round < repeat->times && goes == Goes::kOn; ++round) {
            goes = play(repeat->steps, path + "/repeat/" + std::to_string(round));
        }
        return goes;
    }
    const auto start = Steady::now();
    const std::size_t result = begin(step, path);
    Memory memory;
    Fallout fallout;
    const Goes goes = actor_.act({step, result_.steps[result], memory, fallout});
    world_.run_due();
    if (leave_when_called_off(result)) return Goes::kNoFurther;
    const Positions deliveries = world_.claim(nullptr);
    memory.deliveries = world_.those_of(fallout.event_ids, deliveries);
    if (memory.deliveries.empty()) memory.deliveries = deliveries;
    if (!step.id.empty()) world_.remember(step.id, std::move(memory));
    conclude(step, result, fallout, deliveries);
    result_.steps[result].took = since(start);
    const Goes ended = end(result);
    judge_open(Clock::kStands);
    return goes == Goes::kOn ? ended : goes;
}

void Player::list_parts(const Steps& steps, const std::string& path,
                        std::vector<std::pair<const Step*, std::string>>& parts) const {
    for (std::size_t i = 0; i < steps.size(); ++i) {
        if (is_left_out(steps[i])) continue;
        const std::string place = path + "/" + std::to_string(i);
        const auto* repeat = std::get_if<Repeat>(&steps[i].action);
        if (repeat == nullptr) {
            parts.emplace_back(&steps[i], place);
            continue;
        }
        for (int round = 0; round < repeat->times; ++round) {
            list_parts(repeat->steps, place + "/repeat/" + std::to_string(round), parts);
        }
    }
}

// Every event exists before the first is sent; they leave in the order asked for.
Goes Player::play_together(const Together& together, const std::string& path) {
    struct Part {
        const Step* step;
        std::size_t result;
        base::Result<Volley> volley;
        Fallout fallout;
    };
    const auto start = Steady::now();
    std::vector<std::pair<const Step*, std::string>> steps;
    list_parts(together.steps, path + "/together", steps);
    std::vector<Part> parts;
    parts.reserve(steps.size());
    for (const auto& [step, place] : steps) {
        parts.push_back({.step = step, .result = begin(*step, place), .volley = fire(*step, world_), .fallout = {}});
    }
    std::vector<Part*> order(parts.size());
    std::ranges::transform(parts, order.begin(), [](Part& part) { return &part; });
    if (together.order == Together::Order::kReversed) std::ranges::reverse(order);
    for (Part* const part : order) {
        const bool sent = send_off(std::move(part->volley), world_, result_.steps[part->result], part->fallout);
        if (sent && together.order != Together::Order::kConcurrent) world_.run_due();
    }
    world_.run_due();
    Goes goes = Goes::kOn;
    for (Part& part : parts) {
        if (leave_when_called_off(part.result)) {
            goes = Goes::kNoFurther;
            continue;
        }
        const Positions deliveries = world_.claim(&part.fallout.event_ids);
        if (!part.step->id.empty()) {
            Memory memory;
            memory.deliveries = deliveries;
            world_.remember(part.step->id, std::move(memory));
        }
        conclude(*part.step, part.result, part.fallout, deliveries);
        result_.steps[part.result].took = since(start);
        if (end(part.result) == Goes::kNoFurther) goes = Goes::kNoFurther;
    }
    if (!parts.empty() && !is_called_off())
        settle(*last_, result_.steps.size() - 1, world_.claim(nullptr), Whose::kOthers);
    judge_open(Clock::kStands);
    return goes;
}

void Player::skip(const Steps& steps, std::size_t from, const std::string& path) {
    for (std::size_t i = from; i < steps.size(); ++i) {
        if (is_left_out(steps[i])) continue;
        StepResult& result = result_.steps[begin(steps[i], path + "/" + std::to_string(i))];
        result.verdict = Verdict::kNotRun;
        result.source.clear();
    }
}

// --- one step -------------------------------------------------------------------------------------------

// Its place in result_.steps.
std::size_t Player::begin(const Step& step, const std::string& path) {
    StepResult& result = result_.steps.emplace_back();
    result.number = static_cast<int>(result_.steps.size());
    result.path = path;
    result.title = title_of(step, stage_.version);
    result.says = step.says;
    result.place = step.place;
    result.source = step.source;
    result.at = stage_.clock.now();
    last_ = &step;
    return result_.steps.size() - 1;
}

// What a step had under way when the run was called off says nothing about the callback.
bool Player::leave_when_called_off(std::size_t index) {
    if (!is_called_off()) return false;
    StepResult& result = result_.steps[index];
    result.verdict = Verdict::kNotRun;
    result.complaints.clear();
    result.source.clear();
    return true;
}

Demand Player::demand_of(const Step& step, Whose whose) const {
    static const Expectation kNothingSaid;
    static const fault::Plan kNoFault;
    const bool is_asked = whose == Whose::kOwn && sends_events(step);
    return {.expect = is_asked ? step.expect : kNothingSaid,
            .fault = whose == Whose::kOwn ? step.fault : kNoFault,
            .version = stage_.version,
            .key = actor_.signs_with_the_first() ? Key::kProved : Key::kRotated};
}

bool Player::all_attempted(const Positions& deliveries) const {
    return std::ranges::all_of(deliveries, [&](delivery::Position position) {
        const auto delivery = stage_.journal.at(position);
        return !delivery || !delivery->attempts.empty() || delivery->outcome != delivery::Outcome::kPending;
    });
}

void Player::conclude(const Step& step, std::size_t index, const Fallout& fallout, const Positions& deliveries) {
    StepResult& result = result_.steps[index];
    const Demand demand = demand_of(step, Whose::kOwn);
    if (result.expected.empty()) result.expected = expected_sentence(step, demand);
    Positions own = world_.those_of(fallout.event_ids, deliveries);
    Positions others;
    std::ranges::set_difference(deliveries, own, std::back_inserter(others));
    // A step that sends nothing itself is asked about all that came of it: a wait, a visit to Connect.
    const Positions& counted = sends_events(step) ? own : deliveries;
    const Reach reach = counted.empty() && result.complaints.empty() ? Reach::kNobody : Reach::kSomebody;
    if (auto complaint = complaint_about_reach(step, demand, fallout.skipped, reach,
                                               [&](const std::string& id) { return world_.alias_of(id); })) {
        result.complaints.push_back(*std::move(complaint));
    } else {
        std::ranges::move(judge_events(world_.events_of(counted),
                                       {.expect = step.expect, .fault = step.fault, .version = stage_.version}),
                          std::back_inserter(result.complaints));
    }
    if (awaits_outcome(demand)) {
        const auto final = [&] {
            return std::ranges::none_of(own, [&](delivery::Position position) {
                const auto delivery = stage_.journal.at(position);
                return delivery && delivery->outcome == delivery::Outcome::kPending;
            });
        };
        static_cast<void>(stage_.simulation.advance_until(final, kLongest));
    }
    settle(step, index, std::move(own), Whose::kOwn);
    settle(step, index, std::move(others), Whose::kOthers);
}

// Judged now, or when all have been attempted.
void Player::settle(const Step& step, std::size_t index, Positions deliveries, Whose whose) {
    if (deliveries.empty()) return;
    if (all_attempted(deliveries)) {
        result_.steps[index].source = step.source;
        judge(step, result_.steps[index], deliveries, whose);
        end(index);
    } else {
        open_.push_back({.step = &step, .result = index, .deliveries = std::move(deliveries), .whose = whose});
    }
}

void Player::judge(const Step& step, StepResult& result, const Positions& deliveries, Whose whose) {
    const Demand demand = demand_of(step, whose);
    const Keys keys{.token = stage_.platform.application_management_token(),
                    .others = stage_.simulation.values_taken_for_the_token()};
    for (const delivery::Position position : deliveries) {
        const auto delivery = stage_.journal.at(position);
        if (!delivery || delivery->attempts.empty()) {
            const bool wanted = demand.expect.outcome == delivery::Outcome::kDropped && !demand.expect.attempts;
            if (delivery && wanted) continue;
            result.complaints.push_back(
                {.expected = expected_of(demand),
                 .actual = delivery ? "dropped before an attempt was made: nobody was to be told any more"
                                    : "the journal no longer holds the delivery"});
            continue;
        }
        const std::size_t first = result.exchanges.size();
        for (const delivery::Attempt& attempt : delivery->attempts) {
            result.exchanges.push_back(exchange_of(attempt, delivery->event_name));
            const auto* failure = std::get_if<delivery::Failure>(&attempt.answer);
            if (failure == nullptr || attempt.lost) {
                stage_.contacted = true;
            } else if (delivery::lacks_connection(failure->kind) && !stage_.contacted) {
                result.verdict = Verdict::kError;
            }
        }
        std::ranges::move(judge_delivery(*delivery, demand, first, keys, world_.lookup()),
                          std::back_inserter(result.complaints));
    }
}

// Those that can be judged by now; a clock that may run runs until they all can.
void Player::judge_open(Clock clock) {
    if (open_.empty()) return;
    // While the clock stands nothing falls due.
    if (clock == Clock::kStands && stage_.clock.now() == looked_at_) return;
    looked_at_ = stage_.clock.now();
    const auto attempted = [&] {
        return std::ranges::all_of(open_, [&](const Open& open) { return all_attempted(open.deliveries); });
    };
    if (clock == Clock::kMayRun) static_cast<void>(stage_.simulation.advance_until(attempted, kLongest));
    std::vector<Open> left;
    for (Open& open : std::exchange(open_, {})) {
        if (leave_when_called_off(open.result)) continue;
        if (clock == Clock::kStands && !all_attempted(open.deliveries)) {
            left.push_back(std::move(open));
            continue;
        }
        StepResult& result = result_.steps[open.result];
        result.source = open.step->source;
        judge(*open.step, result, open.deliveries, open.whose);
        end(open.result);
    }
    open_ = std::move(left);
}

// What is still open, and what the application set off after the last step.
void Player::judge_rest() {
    if (!is_called_off() && last_ != nullptr) {
        world_.run_due();
        settle(*last_, result_.steps.size() - 1, world_.claim(nullptr), Whose::kOthers);
    }
    judge_open(Clock::kMayRun);
}

// What the step makes of the scenario.
Goes Player::end(std::size_t index) {
    StepResult& result = result_.steps[index];
    if (!result.complaints.empty() && result.verdict == Verdict::kPassed) result.verdict = Verdict::kFailed;
    if (result.verdict == Verdict::kPassed) {
        result.source.clear();
        if (keep_ == Keep::kFailures) result.exchanges.clear();
        return Goes::kOn;
    }
    if (result.verdict != Verdict::kError) {
        if (result_.verdict == Verdict::kPassed) result_.verdict = Verdict::kFailed;
        return Goes::kOn;
    }
    result_.verdict = Verdict::kError;
    if (result_.error.empty() && !result.complaints.empty()) result_.error = result.complaints.front().actual;
    return Goes::kNoFurther;
}

}  // namespace

Result play(const Scenario& scenario, Stage& stage, Keep keep) { return Player(scenario, stage, keep).play(); }

}  // namespace smartcar_sim::scenario
