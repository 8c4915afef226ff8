// The exit codes, stable: scripts and CI jobs branch on them (product.md, "Command line").
#pragma once

namespace smartcar_sim::cli {

enum class ExitCode : int {
    kHeld = 0,           // everything asked for held
    kUsage = 1,          // wrong use of the command line, nothing selected
    kInvalidFile = 2,    // a configuration, fixture or scenario file is not valid
    kEnvironment = 3,    // no connection at first contact, port taken, file not readable or writable
    kFailed = 4,         // an expectation or check failed; `explain`: the value is not valid
    kInterrupted = 130,  // 128 + SIGINT
    kTerminated = 143,   // 128 + SIGTERM
};

}  // namespace smartcar_sim::cli
