// A verification as people and programs read it, whether it was made here or by a running server.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "cli/terminal.h"
#include "document/value.h"
#include "simulation/simulation.h"

namespace smartcar_sim::cli {

struct VerdictText {
    std::string webhook_id, callback;
    bool verified = false;
    std::string reason, mistake;  // ids; empty for none
    std::string error;            // a name of delivery::Failure::Kind; empty when a whole answer came
    std::string says, fix;
    std::vector<std::string> warnings;
    std::optional<std::int64_t> status;
    std::string challenge, expected, received;
    std::int64_t milliseconds = 0;
};

[[nodiscard]] VerdictText verdict_text(const simulation::Verification& verification, const platform::Webhook& webhook);
// From the answer of POST /_sim/webhooks/{id}/verify.
[[nodiscard]] VerdictText verdict_text(const document::Value& answer, std::string webhook_id);

// Several lines: the verdict, what is wrong, both hashes, what to do. Nothing in it that the callback chose can write
// to the terminal; verification_object() has its exact bytes.
[[nodiscard]] std::string describe(const VerdictText& verdict, const Terminal& terminal);
// {"type":"verification",…} (product.md, "Machine-readable output").
[[nodiscard]] std::string verification_object(const VerdictText& verdict);

}  // namespace smartcar_sim::cli
