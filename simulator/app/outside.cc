#include "app/outside.h"

#include "app/command.h"

namespace smartcar_sim::app {

base::Result<scenario::CommandAnswer> InstanceOutside::command(const std::string& line, base::Milliseconds limit) {
    auto answer = run_command(line, limit, called_off_);
    if (!answer) return answer.error();
    return scenario::CommandAnswer{.exit_code = answer.value().exit_code, .output = std::move(answer.value().output)};
}

std::vector<scenario::Call> InstanceOutside::calls() const {
    std::vector<scenario::Call> calls;
    for (const store::ApiCall& call : instance_.requests().calls()) {
        calls.push_back({.method = call.method, .target = call.target, .status = call.status});
    }
    return calls;
}

}  // namespace smartcar_sim::app
