#include "app/process.h"

#include <array>
#include <cerrno>
#include <chrono>
#include <csignal>
#include <cstring>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <poll.h>
#include <spawn.h>
#include <sys/eventfd.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

extern "C" char** environ;  // NOLINT(readability-redundant-declaration): POSIX asks for it

namespace smartcar_sim::app {

namespace {

using Steady = std::chrono::steady_clock;

constexpr base::Milliseconds kLook{10};  // between two looks at whether it has ended
constexpr int kSignalBase = 128;         // the shell's convention

base::Error not_started(const std::string& what, int number) {
    return {"not_started", what + ": " + std::strerror(number)};  // NOLINT(concurrency-mt-unsafe): glibc's is safe
}

// This process's environment with the variables beside or instead, as exec wants it.
std::vector<std::string> environment_with(const Process::Variables& variables) {
    std::vector<std::string> entries;
    for (char** entry = environ; *entry != nullptr; ++entry) {
        const std::string_view text(*entry);
        if (!variables.contains(std::string(text.substr(0, text.find('='))))) entries.emplace_back(text);
    }
    for (const auto& [name, value] : variables) entries.emplace_back(name).append("=").append(value);
    return entries;
}

std::vector<char*> pointers_to(std::vector<std::string>& texts) {
    std::vector<char*> pointers;
    pointers.reserve(texts.size() + 1);
    for (std::string& text : texts) pointers.push_back(text.data());
    pointers.push_back(nullptr);
    return pointers;
}

// A group of its own, and none of our blocked signals.
class Attributes {
public:
    Attributes() : attributes_() {
        posix_spawnattr_init(&attributes_);
        sigset_t none;
        sigset_t all;
        sigemptyset(&none);
        sigfillset(&all);
        posix_spawnattr_setsigmask(&attributes_, &none);
        posix_spawnattr_setsigdefault(&attributes_, &all);
        posix_spawnattr_setpgroup(&attributes_, 0);
        posix_spawnattr_setflags(&attributes_, POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGMASK | POSIX_SPAWN_SETSIGDEF);
    }
    ~Attributes() { posix_spawnattr_destroy(&attributes_); }
    Attributes(const Attributes&) = delete;
    Attributes& operator=(const Attributes&) = delete;
    [[nodiscard]] const posix_spawnattr_t* get() const { return &attributes_; }

private:
    posix_spawnattr_t attributes_;
};

// Nothing on stdin, both outputs into one pipe.
class Streams {
public:
    explicit Streams(int output) : actions_() {
        posix_spawn_file_actions_init(&actions_);
        posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
        posix_spawn_file_actions_adddup2(&actions_, output, STDOUT_FILENO);
        posix_spawn_file_actions_adddup2(&actions_, output, STDERR_FILENO);
    }
    ~Streams() { posix_spawn_file_actions_destroy(&actions_); }
    Streams(const Streams&) = delete;
    Streams& operator=(const Streams&) = delete;
    [[nodiscard]] const posix_spawn_file_actions_t* get() const { return &actions_; }

private:
    posix_spawn_file_actions_t actions_;
};

int code_of(int status) { return WIFSIGNALED(status) ? kSignalBase + WTERMSIG(status) : WEXITSTATUS(status); }

}  // namespace

base::Result<std::unique_ptr<Process>> Process::start(const std::string& command, const Variables& variables,
                                                      Listener on_line) {
    std::array<int, 2> pipe{};
    if (pipe2(pipe.data(), O_CLOEXEC) != 0) return not_started("no pipe can be had", errno);
    // What the shell leaves behind comes to us and not to init, which in a container may reap nothing: the dead would
    // count as members of the group.
    prctl(PR_SET_CHILD_SUBREAPER, 1);
    std::vector<std::string> arguments{"sh", "-c", command};
    std::vector<std::string> environment = environment_with(variables);
    pid_t pid = 0;
    const int failed = posix_spawn(&pid, "/bin/sh", Streams(pipe[1]).get(), Attributes().get(),
                                   pointers_to(arguments).data(), pointers_to(environment).data());
    close(pipe[1]);
    if (failed != 0) {
        close(pipe[0]);
        return not_started("/bin/sh cannot be run", failed);
    }
    return std::unique_ptr<Process>(new Process(pid, pipe[0], eventfd(0, EFD_CLOEXEC), std::move(on_line)));
}

Process::Process(pid_t pid, int output, int wake, Listener on_line)
    : pid_(pid),
      output_(output),
      wake_(wake),
      reader_([this, listener = std::move(on_line)] { read_output(listener); }) {}

Process::~Process() {
    stop(base::Milliseconds(0));
    hear_out();
    close(wake_);
    close(output_);
}

void Process::hear_out() {
    std::call_once(heard_out_, [this] {
        eventfd_write(wake_, 1);
        reader_.join();
    });
}

// Ends when nobody is left who could write, or, when woken, with what a pipe holds: somebody who left the group may
// keep it open, and write on.
void Process::read_output(const Listener& on_line) const {
    constexpr std::size_t kLongestLine = 8'192;
    constexpr std::size_t kPipe = std::size_t{64} * 1'024;
    std::array<char, 4'096> chunk{};
    std::string line;
    std::size_t after_waking = 0;
    const auto tell = [&] {
        if (!line.empty() && line.back() == '\r') line.pop_back();
        on_line(line);
        line.clear();
    };
    while (true) {
        std::array<pollfd, 2> ready{
            {{.fd = output_, .events = POLLIN, .revents = 0}, {.fd = wake_, .events = POLLIN, .revents = 0}}};
        if (poll(ready.data(), ready.size(), -1) < 0 && errno == EINTR) continue;
        if (ready[0].revents == 0 || after_waking >= kPipe) break;
        const ssize_t got = read(output_, chunk.data(), chunk.size());
        if (got < 0 && errno == EINTR) continue;
        if (got <= 0) break;
        if (ready[1].revents != 0) after_waking += static_cast<std::size_t>(got);
        for (const char byte : std::string_view(chunk.data(), static_cast<std::size_t>(got))) {
            if (byte == '\n' || line.size() == kLongestLine) tell();
            if (byte != '\n') line += byte;
        }
    }
    if (!line.empty()) tell();
}

std::optional<int> Process::exit_code() {
    const std::lock_guard lock(mutex_);
    if (exit_code_) return exit_code_;
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) exit_code_ = code_of(status);
    return exit_code_;
}

std::optional<int> Process::wait(base::Milliseconds limit) {
    const auto end = Steady::now() + limit;
    while (Steady::now() < end) {
        if (const auto code = exit_code()) return code;
        std::this_thread::sleep_for(kLook);
    }
    return exit_code();
}

bool Process::group_is_left() {
    static_cast<void>(exit_code());
    while (exit_code() && waitpid(-pid_, nullptr, WNOHANG) > 0) {
    }
    return kill(-pid_, 0) == 0;
}

void Process::stop(base::Milliseconds patience) {
    if (!group_is_left()) return;
    if (patience > base::Milliseconds(0)) {
        kill(-pid_, SIGTERM);
        const auto end = Steady::now() + patience;
        while (Steady::now() < end) {
            if (!group_is_left()) return;
            std::this_thread::sleep_for(kLook);
        }
    }
    kill(-pid_, SIGKILL);
    static_cast<void>(wait(std::chrono::seconds(1)));
    static_cast<void>(group_is_left());
}

}  // namespace smartcar_sim::app
