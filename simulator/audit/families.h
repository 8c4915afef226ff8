// The rows of each family. Private to audit/.
#pragma once

#include <span>

#include "audit/check.h"

namespace smartcar_sim::audit {

[[nodiscard]] std::span<const Check> handshake_checks();
[[nodiscard]] std::span<const Check> forgery_checks();
[[nodiscard]] std::span<const Check> oracle_checks();
[[nodiscard]] std::span<const Check> raw_bytes_checks();
[[nodiscard]] std::span<const Check> replay_checks();
[[nodiscard]] std::span<const Check> shape_checks();
[[nodiscard]] std::span<const Check> transport_checks();
[[nodiscard]] std::span<const Check> time_checks();

}  // namespace smartcar_sim::audit
