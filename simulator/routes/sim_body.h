// Reading what a /_sim request says: a JSON object whose members are all known, and a query.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "contract/http.h"
#include "document/value.h"

namespace smartcar_sim::routes {

// The body as an object; no body is an empty one. Codes "bad_json" (with its place), "bad_body" for another kind of
// value, "unknown_member" with a suggestion.
[[nodiscard]] base::Result<document::Value> read_body(const contract::Request& request,
                                                      std::span<const std::string_view> known);

// Members by kind; absent and null are nothing, another kind is code "bad_member" that names the JSON pointer.
[[nodiscard]] base::Result<std::optional<std::string>> text_member(const document::Value& body, std::string_view name);
[[nodiscard]] base::Result<std::vector<std::string>> texts_member(const document::Value& body, std::string_view name);
[[nodiscard]] base::Result<std::optional<base::Milliseconds>> duration_member(const document::Value& body,
                                                                              std::string_view name);
[[nodiscard]] base::Result<std::optional<bool>> flag_member(const document::Value& body, std::string_view name);

// ?wait=5s, at most one minute; zero when absent. Code "bad_query".
[[nodiscard]] base::Result<base::Milliseconds> wait_of(const contract::Request& request);
// ?limit=20. Code "bad_query" when it is not a whole number, or one past 2^53 - 1.
[[nodiscard]] base::Result<std::optional<std::uint64_t>> number_of(const contract::Request& request,
                                                                   std::string_view name);

}  // namespace smartcar_sim::routes
