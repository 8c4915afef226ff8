// What changes say, as text to compare.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>

#include "contract/signals.h"
#include "document/writer.h"
#include "vehicle/ask.h"

namespace smartcar_sim::vehicle {

// By code: the value of a scalar, the body of the rest.
using Told = std::map<std::string, std::string, std::less<>>;

inline Told told(const Changes& changes) {
    Told texts;
    for (const Change& change : changes) {
        const document::Value body = body_of(*change.signal, change.datum);
        const bool scalar = change.signal->kind != contract::Signal::Kind::kStructured;
        const document::Value* const shown = scalar ? body.find("value") : &body;
        REQUIRE(shown != nullptr);
        CHECK(texts.emplace(change.signal->code, text_of(*shown)).second);
    }
    return texts;
}

}  // namespace smartcar_sim::vehicle
