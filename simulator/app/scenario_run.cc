#include "app/scenario_run.h"

#include <algorithm>
#include <chrono>
#include <cmath>
#include <thread>
#include <utility>

#include "app/outside.h"
#include "app/scenario_files.h"

namespace smartcar_sim::app {

namespace {

constexpr std::size_t kSlowest = 5;  // steps that the summary names

}  // namespace

scenario::Result unplayed(const Performance& performance, scenario::Verdict verdict, std::string why) {
    scenario::Result result;
    result.file = performance.path;
    result.name = performance.name;
    result.line = performance.line;
    if (performance.tells_version) result.version = performance.version;
    result.tags = performance.tags;
    result.verdict = verdict;
    (verdict == scenario::Verdict::kNotRun ? result.skipped : result.error) = std::move(why);
    return result;
}

base::Result<std::unique_ptr<ScenarioRun>> ScenarioRun::start(Options options, CalledOff& called_off) {
    const int port = options.port;
    std::unique_ptr<ScenarioRun> run(new ScenarioRun(std::move(options), called_off));
    auto server = http::Server::start({.port = port},
                                      [&run = *run](const contract::Request& request) { return run.answer(request); });
    if (!server) return server.error();
    run->server_ = std::move(server).value();
    return run;
}

ScenarioRun::ScenarioRun(Options options, CalledOff& called_off)
    : options_(std::move(options)), called_off_(called_off) {
    called_off_.on_call_off([this] {
        const std::lock_guard lock(instances_mutex_);
        for (Instance* const instance : instances_) instance->abort();
    });
}

ScenarioRun::~ScenarioRun() { called_off_.on_call_off(nullptr); }

contract::Response ScenarioRun::answer(const contract::Request& request) {
    std::shared_ptr<Instance> instance;
    {
        const std::lock_guard lock(instances_mutex_);
        instance = in_front_;
    }
    if (instance) return instance->answer(request);
    return contract::json_response(
        503,
        R"({"error":{"code":"no_platform","message":"no scenario is being played; each has a platform of its own"}})");
}

scenario::Summary ScenarioRun::play(const std::vector<Performance>& performances) {
    next_ = 0;
    summary_ = {};
    std::atomic<std::size_t> taken{0};
    const auto work = [&] {
        for (std::size_t index = taken++; index < performances.size(); index = taken++) {
            const Performance& performance = performances[index];
            std::string why = performance.left_out;
            if (why.empty()) why = called_off_.why();
            if (why.empty() && options_.fail_fast && failed_) why = "an earlier scenario failed (--fail-fast)";
            finish(index, why.empty() ? play_file(performance)
                                      : unplayed(performance, scenario::Verdict::kNotRun, std::move(why)));
        }
    };
    std::vector<std::thread> others;
    for (std::size_t i = 1; i < std::min(options_.jobs, performances.size()); ++i) others.emplace_back(work);
    work();
    for (std::thread& other : others) other.join();
    return summary_;
}

scenario::Result ScenarioRun::play_file(const Performance& performance) {
    const LoadedScenario loaded = load_scenario(performance.path, options_.instance.vehicles);
    if (performance.checked && *performance.checked != std::hash<std::string>{}(loaded.text)) {
        return unplayed(performance, scenario::Verdict::kError,
                        "the file was changed after it was checked; run it again");
    }
    if (loaded.scenario) return play_one(*loaded.scenario, performance);
    return unplayed(performance, scenario::Verdict::kError, document::explain_error(loaded.errors.front(), ""));
}

scenario::Result ScenarioRun::play_one(const scenario::Scenario& scenario, const Performance& performance) {
    InstanceOptions options = options_.instance;
    const base::Ids ids = base::Ids(options.seed).within(performance.key);
    options.seed = ids.seed();
    const scenario::Cast cast = scenario::cast_of(scenario, options.vehicles, ids, options_.vehicle_id);
    options.vehicles = cast.vehicles;
    options.clock = InstanceOptions::Start::kFrozen;
    options.start_at = options_.start_at.value_or(base::SystemClock().now() -
                                                  scenario::longest_course(scenario, options.delivery.timeout));
    // Of several platforms at once, each has an address of its own.
    const bool alone = options_.jobs == 1;
    if (!alone) options.listen = Listen{};
    auto started = Instance::start(std::move(options));
    if (!started) return unplayed(performance, scenario::Verdict::kError, started.error().message);
    std::shared_ptr<Instance> instance = std::move(started).value();
    if (options_.speed > 0) {
        instance->simulation().before_clock_moves([this](base::Milliseconds time) {
            called_off_.pause(base::Milliseconds(std::llround(static_cast<double>(time.count()) / options_.speed)));
        });
    }
    {
        const std::lock_guard lock(instances_mutex_);
        instances_.insert(instance.get());
        if (alone) in_front_ = instance;
    }
    // Whoever called the run off before saw no instance of it.
    if (called_off_.kind() != CalledOff::Kind::kNot) instance->abort();
    InstanceOutside outside(*instance, called_off_);
    scenario::Stage stage{.simulation = instance->simulation(),
                          .platform = instance->platform(),
                          .journal = instance->journal(),
                          .clock = instance->clock(),
                          .ids = instance->ids(),
                          .outside = outside,
                          .callback = options_.callback,
                          .origin = alone ? origin() : instance->origin(),
                          .cast = cast,
                          .version = performance.version,
                          .environment = options_.environment,
                          .timeout = options_.instance.delivery.timeout,
                          .contacted = contacted_};
    scenario::Result result = scenario::play(scenario, stage, options_.keep);
    {
        const std::lock_guard lock(instances_mutex_);
        instances_.erase(instance.get());
        in_front_.reset();
    }
    instance->stop(base::Milliseconds(0));
    // An application that is gone is no failure of what it was asked.
    if (called_off_.kind() == CalledOff::Kind::kApplication && !result.error.empty()) {
        result.verdict = scenario::Verdict::kError;
    }
    if (options_.before_result) options_.before_result(result);
    return result;
}

// Tells of it, and of those after it that were played sooner.
void ScenarioRun::finish(std::size_t index, scenario::Result result) {
    if (did_not_hold(result.verdict)) failed_ = true;
    const std::lock_guard lock(results_mutex_);
    waiting_.emplace(index, std::move(result));
    for (auto first = waiting_.begin(); first != waiting_.end() && first->first == next_; first = waiting_.begin()) {
        count(first->second);
        options_.on_result(first->second);
        waiting_.erase(first);
        ++next_;
    }
}

void ScenarioRun::count(const scenario::Result& result) {
    using scenario::Verdict;
    ++summary_.scenarios;
    if (result.verdict == Verdict::kPassed) ++summary_.passed;
    if (result.verdict == Verdict::kFailed) ++summary_.failed;
    if (result.verdict == Verdict::kError) ++summary_.errors;
    if (result.verdict == Verdict::kNotRun) ++summary_.skipped;
    for (const scenario::StepResult& step : result.steps) {
        if (step.verdict == Verdict::kNotRun) continue;
        ++summary_.steps;
        summary_.slowest.push_back({.title = step.title, .place = step.place, .took = step.took});
    }
    std::ranges::stable_sort(summary_.slowest, std::ranges::greater{}, &scenario::Summary::Slow::took);
    if (summary_.slowest.size() > kSlowest) summary_.slowest.resize(kSlowest);
}

}  // namespace smartcar_sim::app
