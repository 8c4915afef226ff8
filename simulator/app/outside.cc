#include "app/outside.h"

#include <chrono>

#include "app/process.h"
#include "base/text.h"

namespace smartcar_sim::app {

namespace {

using Steady = std::chrono::steady_clock;

constexpr base::Milliseconds kLook{50};  // between two looks at whether the run was called off

}  // namespace

base::Result<scenario::CommandAnswer> InstanceOutside::command(const std::string& line, base::Milliseconds limit) {
    std::string output;  // its thread's until the process is gone
    auto process = Process::start(line, {}, [&](std::string_view text) { output.append(text) += '\n'; });
    if (!process) return base::Error{"command_failed", process.error().message};
    const auto end = Steady::now() + limit;
    auto code = process.value()->exit_code();
    while (!code && Steady::now() < end && called_off_.kind() == CalledOff::Kind::kNot) {
        code = process.value()->wait(kLook);
    }
    process.value().reset();
    if (!output.empty()) output.pop_back();
    if (!code && called_off_.kind() != CalledOff::Kind::kNot) return base::Error{"command_failed", called_off_.why()};
    if (!code) return base::Error{"command_failed", "it did not end within " + base::format_duration(limit)};
    return scenario::CommandAnswer{.exit_code = *code, .output = std::move(output)};
}

std::vector<scenario::Call> InstanceOutside::calls() const {
    std::vector<scenario::Call> calls;
    for (const store::ApiCall& call : instance_.requests().calls()) {
        calls.push_back({.method = call.method, .target = call.target, .status = call.status});
    }
    return calls;
}

}  // namespace smartcar_sim::app
