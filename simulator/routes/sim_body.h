// Reading what a /_sim request says: a JSON object and a query, of which all is known.
#pragma once

#include <array>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "base/url.h"
#include "contract/http.h"
#include "document/value.h"

namespace smartcar_sim::routes {

// The query of what can be waited for.
inline constexpr std::array<std::string_view, 1> kWait{"wait"};

// What a route takes; what is left out takes nothing.
struct Vocabulary {
    std::span<const std::string_view> members = {};  // of the body
    std::span<const std::string_view> fields = {};   // of the query
};

struct Said {
    document::Value body;  // an object; no body is an empty one
    base::Fields query;    // each name once
};

// A member or a field that was left unread would be taken for one that is heeded, so what is not known is refused.
// Codes "bad_json" (with its place), "bad_body" for another kind of value, "unknown_member" and
// "bad_query" with what there is.
[[nodiscard]] base::Result<Said> read(const contract::Request& request, const Vocabulary& known);

// Members by kind; absent and null are nothing, another kind is code "bad_member" that names the JSON pointer.
[[nodiscard]] base::Result<std::optional<std::string>> text_member(const document::Value& body, std::string_view name);
[[nodiscard]] base::Result<std::vector<std::string>> texts_member(const document::Value& body, std::string_view name);
[[nodiscard]] base::Result<std::optional<base::Milliseconds>> duration_member(const document::Value& body,
                                                                              std::string_view name);
[[nodiscard]] base::Result<std::optional<bool>> flag_member(const document::Value& body, std::string_view name);

// The field "wait", at most one minute; zero when absent. Code "bad_query".
[[nodiscard]] base::Result<base::Milliseconds> wait_of(const base::Fields& query);
// A field such as limit=20. Code "bad_query" when it is not a whole number, or one past 2^53 - 1.
[[nodiscard]] base::Result<std::optional<std::uint64_t>> number_of(const base::Fields& query, std::string_view name);

}  // namespace smartcar_sim::routes
