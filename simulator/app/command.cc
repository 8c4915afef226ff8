#include "app/command.h"

#include <atomic>
#include <chrono>
#include <cstddef>
#include <string_view>
#include <utility>

#include "app/process.h"
#include "base/text.h"

namespace smartcar_sim::app {
namespace {

using Steady = std::chrono::steady_clock;

constexpr base::Milliseconds kLook{50};  // between two looks at whether the run was called off
constexpr std::size_t kMostOutput = std::size_t{1} << 20U;

}  // namespace

base::Result<CommandAnswer> run_command(const std::string& line, base::Milliseconds limit,
                                        const CalledOff& called_off) {
    std::string output;  // its thread's until the process is gone
    std::atomic<bool> too_much = false;
    auto process = Process::start(line, {}, [&](std::string_view text) {
        if (output.size() + text.size() > kMostOutput) too_much = true;
        if (!too_much) output.append(text) += '\n';
    });
    if (!process) return base::Error{"command_failed", process.error().message};
    const auto end = Steady::now() + limit;
    auto code = process.value()->exit_code();
    while (!code && Steady::now() < end && !too_much && called_off.kind() == CalledOff::Kind::kNot) {
        code = process.value()->wait(kLook);
    }
    process.value().reset();
    if (too_much) return base::Error{"command_failed", "it printed more than 1 MiB"};
    if (!output.empty()) output.pop_back();
    if (!code && called_off.kind() != CalledOff::Kind::kNot) return base::Error{"command_failed", called_off.why()};
    if (!code) return base::Error{"command_failed", "it did not end within " + base::format_duration(limit)};
    return CommandAnswer{.exit_code = *code, .output = std::move(output)};
}

}  // namespace smartcar_sim::app
