// JSON parsed and written again, as other runtimes do it: the commonest reason why a signature fails.
//
// For the table of mistakes, and for callbacks that make them. Adding a runtime is adding a row in rewriting.cc.
// Numbers, escapes, order, white space and what a key that is there twice becomes are the runtime's own;
// tests/signature/wrong_code.* compares each with the runtime itself. Pure; may be called from any thread.
#pragma once

#include <span>
#include <string>
#include <string_view>

#include "signature/json_tree.h"

namespace smartcar_sim::signature {

enum class Runtime {
    kNode,                 // JSON.stringify(JSON.parse(body))
    kNodePretty2,          // JSON.stringify(…, null, 2)
    kNodePretty4,          // JSON.stringify(…, null, 4)
    kNodePrettyTab,        // JSON.stringify(…, null, "\t")
    kNodeSorted,           // fast-json-stable-stringify and RFC 8785, but for keys beyond U+FFFF
    kPython,               // json.dumps(json.loads(body))
    kPythonUtf8,           // json.dumps(…, ensure_ascii=False)
    kPythonCompact,        // json.dumps(…, separators=(",", ":"))
    kPythonCompactUtf8,    // both: Starlette's JSONResponse
    kPythonSorted,         // json.dumps(…, sort_keys=True): Flask
    kPythonSortedCompact,  // json.dumps(…, sort_keys=True, separators=(",", ":"))
    kPythonPretty2,        // json.dumps(…, indent=2)
    kPythonPretty4,        // json.dumps(…, indent=4)
    kPythonRepr,           // str(json.loads(body))
    kPhp,                  // json_encode(json_decode($body, true)): Laravel, Symfony
    kPhpObjects,           // json_encode(json_decode($body))
    kPhpSlashes,           // with JSON_UNESCAPED_SLASHES
    kPhpUnicode,           // with JSON_UNESCAPED_UNICODE
    kPhpSlashesUnicode,    // with both
    kPhpPretty,            // with JSON_PRETTY_PRINT
    kRuby,                 // JSON.generate(JSON.parse(body)), JSON.parse(body).to_json
    kRubyPretty,           // JSON.pretty_generate(…), of no empty {} and []
    kRubyInspect,          // JSON.parse(body).to_s
    kRails,                // the same to_json once ActiveSupport is loaded
    kGoMap,                // json.Marshal of a map[string]interface{}
    kGoMapUnescaped,       // an Encoder with SetEscapeHTML(false), without its line break
    kGoNumberMap,          // json.Marshal of such a map that a Decoder with UseNumber filled
    kGoPrinted,            // fmt.Sprint of such a map
    kGsonMap,              // new Gson().toJson(new Gson().fromJson(body, Map.class))
    kGsonMapUnescaped,     // with disableHtmlEscaping()
    kGsonTree,             // new Gson().toJson(JsonParser.parseString(body))
    kGsonPrinted,          // JsonParser.parseString(body).toString()
    kJackson,              // mapper.writeValueAsString(mapper.readTree(body)), of a Map too
    kJacksonWithoutNulls,  // with Include.NON_NULL
    kJavaPrinted,          // mapper.readValue(body, Map.class).toString()
    kDotNet,               // System.Text.Json's JsonSerializer.Serialize(JsonElement)
    kNewtonsoft,           // JObject.Parse(body).ToString(Formatting.None)
    kDatabase,             // a column of PostgreSQL's jsonb or MySQL's JSON
};

// The text as that runtime writes it once it has parsed it; text that is no JSON comes back as it is.
[[nodiscard]] std::string written_by(Runtime runtime, std::string_view json);
[[nodiscard]] std::string written_by(Runtime runtime, const Json& json);

// "node", "python-compact": in the order of the enumeration.
[[nodiscard]] std::string_view name_of(Runtime runtime);
[[nodiscard]] std::span<const Runtime> runtimes();

}  // namespace smartcar_sim::signature
