// How API v3 is asked and answers: who calls, in which of its two shapes, and what a list brings along
// (contract/api.md sections 6.2 and 7.5).
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/text.h"
#include "contract/http.h"
#include "contract/v3_error.h"
#include "document/value.h"
#include "routes/context.h"
#include "routes/router.h"

namespace smartcar_sim::routes {

// 2025: bare resources and milliseconds, what the SDKs read with a user's access token. 2026: wrapped resources and
// ISO-8601, for a token of the application.
enum class Shape { k2025, k2026 };

// By the token. One that is nobody's is answered as 2026 when the request names a user in sc-user-id.
[[nodiscard]] Shape shape_of(Context& context, const contract::Request& request);

[[nodiscard]] contract::Response refuse(Context& context, Shape shape, const contract::V3Error& error);
[[nodiscard]] contract::Response no_content(Context& context);  // 204
[[nodiscard]] contract::V3Error v3_denied(platform::Denial denial);

[[nodiscard]] contract::V3Error missing(std::string_view parameter);  // detail "missing userId"
[[nodiscard]] contract::V3Error malformed(std::string detail);
[[nodiscard]] contract::V3Error nowhere(std::string detail);  // RESOURCE_NOT_FOUND:PATH

// data.attributes of the body, an object; or what is wrong with it.
[[nodiscard]] std::variant<document::Value, contract::V3Error> attributes_of(const contract::Request& request);

// For what only the application may ask: 401 without a token, 403 ACCESS_DENIED with a user's.
[[nodiscard]] std::optional<contract::Response> refuse_all_but_application(Context& context,
                                                                           const contract::Request& request);
template <Handler kHandler>
contract::Response by_application(Context& context, const contract::Request& request, const Parameters& parameters) {
    if (auto refused = refuse_all_but_application(context, request)) return *std::move(refused);
    return kHandler(context, request, parameters);
}

// Where a resource is: below /v3 of this server in 2026, without either in 2025.
[[nodiscard]] std::string link_to(Shape shape, const contract::Request& request, std::string_view path);

// --- lists ----------------------------------------------------------------------------------------------

struct V3Page {
    std::size_t number = 1;
    std::size_t size = 0;
    [[nodiscard]] std::size_t offset() const { return (number - 1) * size; }
};
// page[number] and page[size], or page and pageSize as the links of 2025 spell them.
[[nodiscard]] std::variant<V3Page, contract::V3Error> v3_page(const base::Fields& query, std::size_t default_size,
                                                              std::size_t most);

// filter[name]; an empty one is none.
[[nodiscard]] std::optional<std::string> filter_of(const base::Fields& query, std::string_view name);
// A filter that is a UUID; empty without one.
[[nodiscard]] std::variant<std::string, contract::V3Error> id_filter(const base::Fields& query, std::string_view name);
// filter[vehicle.mode]; live without one.
[[nodiscard]] std::variant<contract::Mode, contract::V3Error> mode_filter(const base::Fields& query);

// self, first, next, last and "prev" or "previous" of one page of a list at that path.
[[nodiscard]] document::Value list_links(Shape shape, const contract::Request& request, std::string_view path,
                                         const V3Page& page, std::size_t count);
// {"data":[…],"meta":{"pageNumber","pageSize","totalCount"},"links":{…}}
[[nodiscard]] document::Value list_body(const contract::Request& request, std::string_view path,
                                        document::Array resources, const V3Page& page, std::size_t count);

}  // namespace smartcar_sim::routes
