// What is wrong with a JSON text the parser has refused, in our words. Private to document/.
//
// The JSON library says where it gave up and names its own states; a person wants the character that is wrong and
// what to write instead. So the parser remembers the last token it accepted, and this reads on from there.
#pragma once

#include <cstddef>
#include <string>

#include "document/json.h"
#include "document/scanner.h"

namespace smartcar_sim::document {

struct Diagnosis {
    std::size_t offset;
    std::string message;
};

// What came before the point where reading stopped.
enum class Before {
    kNothing,       // the text begins
    kObjectOpened,  // "{"
    kArrayOpened,   // "["
    kKey,           // a member's name, its colon not yet
    kMember,        // a whole member
    kElement,       // a whole element of an array
    kEverything,    // the one value of the text
};

// `scanner` stands right after the last token that was accepted.
[[nodiscard]] Diagnosis diagnose(Scanner scanner, Before before, Comments comments);

}  // namespace smartcar_sim::document
