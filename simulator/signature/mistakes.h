// The rows behind explain(): what each mistake makes of a question. Private to signature/.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signature/explain.h"

namespace smartcar_sim::signature {

// base64url, or base64 without its padding, as RFC 4648 section 4 has it.
[[nodiscard]] std::string standard_base64(std::string_view text);

// Not a hash at all: `matches` looks at the text that came back.
struct NotAHash {
    Mistake mistake;
    bool (*matches)(const Question& question) = nullptr;
};
[[nodiscard]] std::span<const NotAHash> not_hashes();

// A hash written in another way: `undo` gives its lower-case hex when the text has that form. What it undid is only
// called a mistake when the hash then turns out to be one we know.
struct Spelling {
    Mistake mistake;
    std::optional<std::string> (*undo)(std::string_view received) = nullptr;
    enum class Extent { kWhole, kBeginning } extent = Extent::kWhole;  // of the hash, in what undo gives
};
[[nodiscard]] std::span<const Spelling> spellings();

// A hash that wrong code may have computed.
struct Guess {
    std::string digest;  // raw bytes
    std::string detail;  // one more sentence for this guess, or empty; names values, never shows them
};

// A hash of something else, under something else, or by something else.
struct OtherHash {
    Mistake mistake;
    std::vector<Guess> (*guesses)(const Question& question) = nullptr;
};
[[nodiscard]] std::span<const OtherHash> other_hashes();

}  // namespace smartcar_sim::signature
