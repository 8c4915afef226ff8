// How the /_sim API answers: JSON bodies, and errors as {"error":{"code","message"}}.
#pragma once

#include <string>
#include <string_view>

#include "base/result.h"
#include "contract/http.h"

namespace smartcar_sim::routes {

// code is snake_case and stable; message is one sentence that says what to do. It may quote what the client sent.
[[nodiscard]] contract::Response sim_error(int status, std::string_view code, std::string_view message);
// 400 unless the code has a status of its own: not_found 404, queue_full 503 with retry-after, … An error that
// knows its place says it: "body:1:9: …".
[[nodiscard]] contract::Response sim_error(const base::Error& error);

}  // namespace smartcar_sim::routes
