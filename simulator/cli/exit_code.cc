#include "cli/exit_code.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace smartcar_sim::cli {

ExitCode exit_code_of(const base::Error& error) {
    static constexpr std::array<std::string_view, 12> kOfEnvironment{
        "file_unreadable", "file_unwritable",  "data_missing",       "port_taken",   "bad_address",   "not_started",
        "unreachable",     "application_gone", "server_unreachable", "not_a_server", "not_attempted", "evicted"};
    if (std::ranges::find(kOfEnvironment, error.code) != kOfEnvironment.end()) return ExitCode::kEnvironment;
    return error.place ? ExitCode::kInvalidFile : ExitCode::kUsage;
}

ExitCode exit_code_of_exchange(std::string_view failure) {
    static constexpr std::array<std::string_view, 4> kNoConnection{"unreachable", "policy", "tls", "called-off"};
    return std::ranges::find(kNoConnection, failure) == kNoConnection.end() ? ExitCode::kFailed
                                                                            : ExitCode::kEnvironment;
}

}  // namespace smartcar_sim::cli
