#include "app/stop_signal.h"

#include <thread>

#include <pthread.h>
#include <unistd.h>

namespace smartcar_sim::app {

namespace {

constexpr int kExitBase = 128;  // the shell's convention: 130 for SIGINT, 143 for SIGTERM

int next_signal(const sigset_t& signals) {
    int signal = 0;
    while (sigwait(&signals, &signal) != 0) {
    }
    return signal;
}

}  // namespace

StopSignal::StopSignal() : signals_() {
    sigemptyset(&signals_);
    sigaddset(&signals_, SIGINT);
    sigaddset(&signals_, SIGTERM);
    pthread_sigmask(SIG_BLOCK, &signals_, nullptr);
}

int StopSignal::wait() const { return next_signal(signals_); }

void StopSignal::let_next_kill() const {
    std::thread([signals = signals_] { _exit(kExitBase + next_signal(signals)); }).detach();
}

}  // namespace smartcar_sim::app
