// Scenarios played, each on a platform of its own: one after the other or several at once.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "app/called_off.h"
#include "app/instance.h"
#include "base/result.h"
#include "base/url.h"
#include "http/server.h"
#include "scenario/play.h"
#include "scenario/result.h"

namespace smartcar_sim::app {

// One file in one payload version. The file is read when its turn comes, so that a thousand need no more memory than
// one.
struct Performance {
    std::string path;
    std::string name;
    int line = 1;
    std::vector<std::string> tags = {};
    contract::Version version = contract::Version::k2_0;
    bool tells_version = false;  // the file runs once for each of several
    std::string key = {};        // the ids are derived from it and the seed
    // Of the text that was checked; what is played must be the same. Nothing: nobody looked before.
    std::optional<std::size_t> checked = std::nullopt;
    std::string left_out = {};  // why it is not to be played, one clause
};

// The result of one that is not played; `why` it is not-run or in error.
[[nodiscard]] scenario::Result unplayed(const Performance& performance, scenario::Verdict verdict, std::string why);

class ScenarioRun {
public:
    struct Options {
        InstanceOptions instance;  // of every platform, but for its vehicles, seed and clock
        base::Url callback;
        int port = 0;          // of the platform's API
        std::size_t jobs = 1;  // scenarios at once; only one can be called by an application
        bool fail_fast = false;
        // Nothing: the present less what the scenario lets pass.
        std::optional<base::Instant> start_at = std::nullopt;
        double speed = 0;  // platform seconds in a second of wall time; 0: as fast as possible
        std::string vehicle_id = {};
        std::map<std::string, std::string> environment = {};  // what scenarios may name
        scenario::Keep keep = scenario::Keep::kFailures;
        // Told of each, in the order of the performances, on some thread, never two at once.
        std::function<void(const scenario::Result&)> on_result;
        std::function<void(scenario::Result&)> before_result;  // may add to it, where it was played
    };

    // `called_off` outlives it. Codes of http::Server::start.
    [[nodiscard]] static base::Result<std::unique_ptr<ScenarioRun>> start(Options options, CalledOff& called_off);
    ~ScenarioRun();
    ScenarioRun(const ScenarioRun&) = delete;
    ScenarioRun& operator=(const ScenarioRun&) = delete;

    // Where the application reaches the platform.
    [[nodiscard]] const std::string& origin() const { return server_->origin(); }

    // Blocks until all were played. All but seed, exit, version and the whole time.
    [[nodiscard]] scenario::Summary play(const std::vector<Performance>& performances);

private:
    explicit ScenarioRun(Options options, CalledOff& called_off);
    [[nodiscard]] contract::Response answer(const contract::Request& request);
    [[nodiscard]] scenario::Result play_file(const Performance& performance);
    [[nodiscard]] scenario::Result play_one(const scenario::Scenario& scenario, const Performance& performance);
    void finish(std::size_t index, scenario::Result result);
    void count(const scenario::Result& result);

    Options options_;
    CalledOff& called_off_;
    std::atomic<bool> contacted_{false};
    std::atomic<bool> failed_{false};  // some scenario did

    std::mutex instances_mutex_;
    std::set<Instance*> instances_;       // guarded by instances_mutex_: those that play now
    std::shared_ptr<Instance> in_front_;  // guarded by instances_mutex_: the one an application reaches

    std::mutex results_mutex_;
    std::map<std::size_t, scenario::Result> waiting_;  // guarded by results_mutex_, like all below: of later ones
    std::size_t next_ = 0;
    scenario::Summary summary_;

    std::unique_ptr<http::Server> server_;  // last: it calls what is above
};

}  // namespace smartcar_sim::app
