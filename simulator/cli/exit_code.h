// The exit codes, stable: scripts and CI jobs branch on them (product.md, "Command line").
#pragma once

#include <string_view>

#include "base/result.h"

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

// Of an error in what the user gave: kEnvironment for a file that cannot be read, data that is not installed or a
// server that is not there, kInvalidFile for one with a place in it, kUsage for the rest, which is the command line
// itself.
[[nodiscard]] ExitCode exit_code_of(const base::Error& error);

// Of an exchange that did not go as asked: kEnvironment when nobody could be talked to, kFailed when the callback was
// there and failed. `failure` is a name of delivery::Failure::Kind, empty when a whole answer came.
[[nodiscard]] ExitCode exit_code_of_exchange(std::string_view failure);

}  // namespace smartcar_sim::cli
