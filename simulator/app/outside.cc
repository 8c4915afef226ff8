#include "app/outside.h"

#include <mutex>

#include "app/process.h"
#include "base/text.h"

namespace smartcar_sim::app {

base::Result<scenario::CommandAnswer> InstanceOutside::command(const std::string& line, base::Milliseconds limit) {
    std::mutex mutex;
    std::string output;
    auto process = Process::start(line, {}, [&](std::string_view text) {
        const std::lock_guard lock(mutex);
        if (!output.empty()) output += '\n';
        output += text;
    });
    if (!process) return base::Error{"command_failed", process.error().message};
    const auto code = process.value()->wait(limit);
    process.value().reset();
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
