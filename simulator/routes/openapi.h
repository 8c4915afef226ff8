// The API in OpenAPI 3.1: every route of all_routes() (service.h), joined with what openapi_tables.h says of it.
#pragma once

#include <string>

namespace smartcar_sim::routes {

// JSON, written once and then the same bytes each time. A route of which nothing is said would be missing: the tests
// compare the two. May be called from any thread.
[[nodiscard]] const std::string& openapi_document();

}  // namespace smartcar_sim::routes
