// The application under test: started, waited for, watched, and ended with all it started.
#pragma once

#include <deque>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/process.h"
#include "base/result.h"
#include "base/url.h"
#include "platform/configuration.h"

namespace smartcar_sim::app {

class Application {
public:
    static constexpr std::size_t kKeptLines = 50;

    // Told of each line it writes, on a thread of its own.
    using Listener = std::function<void(std::string_view line)>;

    // Code "not_started".
    [[nodiscard]] static base::Result<std::unique_ptr<Application>> start(const std::string& command,
                                                                          const Process::Variables& variables,
                                                                          Listener on_line);

    [[nodiscard]] pid_t group() const { return process_->group(); }
    [[nodiscard]] std::optional<int> exit_code() { return process_->exit_code(); }
    // The last of what it wrote: to its last line, when it has ended.
    [[nodiscard]] std::vector<std::string> last_lines() const;
    // TERM, and KILL after five seconds.
    void stop();

private:
    explicit Application(Listener on_line) : on_line_(std::move(on_line)) {}
    void keep(std::string_view line);

    const Listener on_line_;
    mutable std::mutex mutex_;
    std::deque<std::string> lines_;     // guarded by mutex_
    std::unique_ptr<Process> process_;  // last: its thread calls what is above
};

// What an application on the official SDKs reads (contract/api.md section 11.1), and what one listens to here: PORT,
// APPLICATION_MANAGEMENT_TOKEN, SMARTCAR_SIM_ORIGIN, SMARTCAR_WEBHOOK_ID.
[[nodiscard]] Process::Variables variables_for(const platform::Configuration& configuration, const std::string& origin,
                                               const base::Url& callback);

}  // namespace smartcar_sim::app
