// What `run` and `audit` are pointed at: the callback as it was given, that of an application to be started, or the
// built-in one.
#pragma once

#include <atomic>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include <sys/types.h>

#include "app/application.h"
#include "app/called_off.h"
#include "app/pause.h"
#include "base/result.h"
#include "base/url.h"
#include "cli/built_in_callback.h"
#include "cli/command.h"
#include "platform/configuration.h"

namespace smartcar_sim::cli {

class UnderTest {
public:
    // Starts the built-in callback, and nothing else. The arguments outlive it. Codes "bad_arguments",
    // "missing_option", those of BuiltInCallback::start and of find_free_port.
    [[nodiscard]] static base::Result<std::unique_ptr<UnderTest>> choose(const Invocation& invocation,
                                                                         const platform::Configuration& configuration,
                                                                         app::CalledOff& called_off);

    [[nodiscard]] const base::Url& callback() const { return callback_; }
    // Where the built-in callback shows what it made of events, as --probe-url takes it; empty for every other.
    [[nodiscard]] std::string probe_url() const { return built_in_ ? callback_.origin() + "/applied/{vehicleId}" : ""; }

    // Starts the application, which is told the platform's origin, and waits until the callback answers; without
    // --app or --wait-for it is asked once. Codes "port_taken", "not_started", "application_gone", "called_off",
    // "unreachable".
    [[nodiscard]] base::Result<base::Done> start(const std::string& origin);

    // Why the application is no longer there; nothing while it is, and when there is none.
    [[nodiscard]] std::optional<std::string> gone();
    // The last of what it wrote.
    [[nodiscard]] std::vector<std::string> last_lines() const;
    // Its process group, once there is one.
    [[nodiscard]] std::shared_ptr<const std::atomic<pid_t>> group() const { return group_; }
    void stop();

private:
    UnderTest(const Invocation& invocation, platform::Configuration configuration, app::CalledOff& called_off)
        : invocation_(invocation), configuration_(std::move(configuration)), called_off_(called_off) {}
    [[nodiscard]] base::Result<base::Done> choose_callback();
    [[nodiscard]] base::Result<base::Done> start_application(const std::string& origin);
    [[nodiscard]] base::Result<base::Done> wait();
    [[nodiscard]] std::string what_to_do() const;

    const Invocation& invocation_;
    const platform::Configuration configuration_;
    app::CalledOff& called_off_;
    base::Url callback_;
    std::unique_ptr<BuiltInCallback> built_in_;
    std::unique_ptr<app::Application> application_;
    const std::shared_ptr<std::atomic<pid_t>> group_ = std::make_shared<std::atomic<pid_t>>(0);
};

// Looks after something while it is under way, on a thread of its own.
class Watch {
public:
    explicit Watch(std::function<void()> look);
    ~Watch();
    Watch(const Watch&) = delete;
    Watch& operator=(const Watch&) = delete;

private:
    app::Pause over_;
    std::thread thread_;
};

}  // namespace smartcar_sim::cli
