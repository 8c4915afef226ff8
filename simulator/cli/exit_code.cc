#include "cli/exit_code.h"

namespace smartcar_sim::cli {

ExitCode exit_code_of(const base::Error& error) {
    if (error.code == "file_unreadable" || error.code == "data_missing") return ExitCode::kEnvironment;
    return error.place ? ExitCode::kInvalidFile : ExitCode::kUsage;
}

}  // namespace smartcar_sim::cli
