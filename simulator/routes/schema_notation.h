// JSON schemas (2020-12, as OpenAPI 3.1 uses them) written short:
//
//   {id: uuid, code: string|null, retryAfter?: integer(0..), doors: [Opening], state: 'OPEN'|'CLOSED'}
//
// A word in lower case is a type: string, integer, number, boolean, null, object, any, uuid, instant, uri, duration and
// clock ("23:30"). With a capital it is the name of a schema of the document's components. 'x' is that text, low..high
// the limits of a number, {*: T} an object of any names. A name that is no word stands in quotes: 'page[size]'.
// Pure.
#pragma once

#include <string_view>

#include "base/result.h"
#include "document/value.h"

namespace smartcar_sim::routes {

// What becomes of members that a notation does not name.
enum class Others { kRefused, kIgnored };

// Code "bad_notation", with what is wrong and where.
[[nodiscard]] base::Result<document::Value> schema_from(std::string_view notation, Others others = Others::kRefused);

// {"$ref":"#/components/<kind>/<name>"}
[[nodiscard]] document::Value reference_to(std::string_view kind, std::string_view name);

}  // namespace smartcar_sim::routes
