// Names in braces: "{car}", "{webhook.id}", "{s1.response/received}", "{env.PORT}".
//
// A name begins with a letter or "_", goes on with letters, digits, "_" and "-", and may have a part after "." or a
// JSON pointer after "/". Other braces, as those of JSON, stand for themselves; "{{" is one brace.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "document/value.h"

namespace smartcar_sim::scenario {

// Whether a step, a webhook or a vehicle may be called that.
[[nodiscard]] bool is_identifier(std::string_view text);
[[nodiscard]] std::string no_identifier(std::string_view text);  // says that it is none

// "{s1.response/received}" is step "s1", part "response", pointer "/received".
struct Name {
    std::string head;
    std::string part;
    std::string pointer;

    [[nodiscard]] std::string text() const;
    bool operator==(const Name&) const = default;
};

// Every name in a text, in its order.
[[nodiscard]] std::vector<Name> names_in(std::string_view text);
// The same of every text within a value, keys included.
[[nodiscard]] std::vector<Name> names_in(const document::Value& value);

using Lookup = std::function<base::Result<document::Value>(const Name& name)>;

// Filled in; what is no text is written as JSON. The first error of `lookup` ends it.
[[nodiscard]] base::Result<std::string> fill_in(std::string_view text, const Lookup& lookup);
// The same within a value; a text that is one name and nothing else becomes what it stands for, of whatever kind.
[[nodiscard]] base::Result<document::Value> fill_in(const document::Value& value, const Lookup& lookup);

}  // namespace smartcar_sim::scenario
