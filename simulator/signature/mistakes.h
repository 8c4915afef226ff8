// The rows behind explain(). Private to signature/.
//
// Adding a mistake is adding a row, in the file that has its kind: spellings.cc, key_mistakes.cc, method_mistakes.cc,
// message_mistakes.cc or body_mistakes.cc. tests/signature/wrong_code.* then has to make it.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signature/explain.h"
#include "signature/json_tree.h"
#include "signature/rewriting.h"

namespace smartcar_sim::signature {

// base64url, or base64 without its padding, as RFC 4648 section 4 has it.
[[nodiscard]] std::string standard_base64(std::string_view text);

// Not a hash at all: `matches` looks at the text that came back.
struct NotAHash {
    Mistake mistake;
    bool (*matches)(const Question& question, std::string_view received) = nullptr;
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

// What rows make their variants of.
struct Material {
    const Question& question;
    std::optional<Json> json = {};  // the body, or the body a challenge came in, if it is JSON

    [[nodiscard]] bool about_body() const { return question.subject == Subject::kBody; }
    [[nodiscard]] bool about_challenge() const { return question.subject == Subject::kChallenge; }
};

// Another key or message.
struct Variant {
    std::string text;
    std::string detail = {};  // one more sentence, or empty; names values, never shows them
    Language language = Language::kUnknown;
};
using Variants = std::vector<Variant>;

// Which pairs a row is part of: likely keys meet likely messages, and likely methods meet both. A method that uses no
// key meets messages alone.
enum class Likely { kNo, kYes, kWithMessages };

// Another key, another message or another method; exactly one of the three functions is there.
struct Row {
    Mistake mistake;
    Likely in_pairs = Likely::kNo;
    int most_in_pairs = 3;  // of its variants, the first: many webhooks must not take the room of the other rows
    Variants (*keys)(const Material& material) = nullptr;
    Variants (*messages)(const Material& material) = nullptr;
    // Digests in raw bytes. Fewer when this machine's OpenSSL does not offer an algorithm.
    std::vector<std::string> (*digests)(std::string_view key, std::string_view message) = nullptr;
};

[[nodiscard]] std::span<const Row> values_taken_for_the_key();
[[nodiscard]] std::span<const Row> other_methods();
[[nodiscard]] std::span<const Row> other_messages();  // of a challenge, and of both
[[nodiscard]] std::span<const Row> other_bodies();
[[nodiscard]] std::span<const Row> spoilt_bodies();
[[nodiscard]] std::span<const Row> spoilt_keys();
[[nodiscard]] std::span<const Row> other_algorithms();

// All of these in that order: likeliest first.
[[nodiscard]] std::span<const Row* const> rows();

}  // namespace smartcar_sim::signature
