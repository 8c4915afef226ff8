#include "app/stop_signal.h"

#include <thread>
#include <utility>

#include <pthread.h>
#include <unistd.h>

namespace smartcar_sim::app {

namespace {

constexpr int kExitBase = 128;  // the shell's convention: 130 for SIGINT, 143 for SIGTERM

// Wakes wait(); by itself it means nothing.
constexpr int kRelease = SIGURG;

int next_signal(const sigset_t& signals) {
    int signal = 0;
    while (sigwait(&signals, &signal) != 0) {
    }
    return signal;
}

}  // namespace

StopSignal::StopSignal() : signals_(), waiter_(pthread_self()) {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    sigaddset(&signals_, kRelease);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

int StopSignal::wait() const {
    while (!released_) {
        const int signal = next_signal(signals_);
        if (signal != kRelease) return signal;
    }
    return 0;
}

void StopSignal::release() {
    released_ = true;
    pthread_kill(waiter_, kRelease);
}

void StopSignal::let_next_kill(Group group) const {
    sigset_t deadly = signals_;
    sigdelset(&deadly, kRelease);
    std::thread([deadly, group = std::move(group)] {
        const int signal = next_signal(deadly);
        if (group && *group > 0) kill(-*group, SIGKILL);
        _exit(kExitBase + signal);
    }).detach();
}

}  // namespace smartcar_sim::app
