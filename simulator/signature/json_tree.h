// JSON as a tree that forgets nothing a runtime could keep: numbers as they are spelled, members in their order.
// Private to signature/, which rewrites bodies in the manner of other runtimes; everything else reads JSON with
// document/.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace smartcar_sim::signature {

struct Json {
    enum class Kind { kNull, kFalse, kTrue, kNumber, kString, kArray, kObject };
    Kind kind = Kind::kNull;
    std::string text = {};                // of a number as spelled; of a string in UTF-8, surrogates without a pair too
    std::vector<Json> items = {};         // elements, or the values of members
    std::vector<std::string> names = {};  // of members, as many as items
};

// Nothing for text that is no JSON, or deeper than 64. Of members with the same name the last value counts, in the
// first one's place: every runtime here does so.
[[nodiscard]] std::optional<Json> read_json(std::string_view text);

}  // namespace smartcar_sim::signature
