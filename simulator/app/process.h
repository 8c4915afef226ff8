// A shell command in a process group of its own: started, listened to, ended with everything it started.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include <sys/types.h>

#include "base/clock.h"
#include "base/result.h"

namespace smartcar_sim::app {

class Process {
public:
    using Variables = std::map<std::string, std::string>;
    // A line of its output, of either stream, without its end; on a thread of the process's own.
    using Listener = std::function<void(std::string_view line)>;

    // `sh -c COMMAND` with this process's environment and `variables` beside or instead. Code "not_started".
    [[nodiscard]] static base::Result<std::unique_ptr<Process>> start(const std::string& command,
                                                                      const Variables& variables, Listener on_line);
    // stop(), without patience.
    ~Process();
    Process(const Process&) = delete;
    Process& operator=(const Process&) = delete;

    // Its process group.
    [[nodiscard]] pid_t group() const { return pid_; }
    // How the shell ended, as a shell tells it: 128 and the number of a signal; nothing while it runs.
    [[nodiscard]] std::optional<int> exit_code();
    // Blocks until it has ended or `limit` has passed; then nothing. What it wrote may be told later: hear_out().
    [[nodiscard]] std::optional<int> wait(base::Milliseconds limit);
    // Of one that has ended: blocks until all it wrote was told. What is written later, by what it left behind, is
    // lost.
    void hear_out();
    // TERM to the whole group, and KILL to what is left of it after `patience`.
    void stop(base::Milliseconds patience);

private:
    Process(pid_t pid, int output, int wake, Listener on_line);
    void read_output(const Listener& on_line) const;
    [[nodiscard]] bool group_is_left();

    const pid_t pid_;  // of the shell, and of the group
    const int output_;
    const int wake_;  // an eventfd: the reader is to take what is there and end
    std::mutex mutex_;
    std::optional<int> exit_code_;  // guarded by mutex_
    std::once_flag heard_out_;
    std::thread reader_;  // last: it starts when all else is there
};

}  // namespace smartcar_sim::app
