#include "cli/exit_code.h"

#include <algorithm>
#include <array>
#include <string_view>

namespace smartcar_sim::cli {

ExitCode exit_code_of(const base::Error& error) {
    static constexpr std::array<std::string_view, 4> kOfEnvironment{"file_unreadable", "data_missing",
                                                                    "server_unreachable", "not_a_server"};
    if (std::ranges::find(kOfEnvironment, error.code) != kOfEnvironment.end()) return ExitCode::kEnvironment;
    return error.place ? ExitCode::kInvalidFile : ExitCode::kUsage;
}

}  // namespace smartcar_sim::cli
