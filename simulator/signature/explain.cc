// The search. What came back is read in every spelling it could have, without hashing anything. Then each known hash,
// the right one first, is compared with those readings.
#include "signature/explain.h"

#include <algorithm>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "signature/hmac.h"
#include "signature/mistakes.h"

namespace smartcar_sim::signature {
namespace {

constexpr int kMostTried = 200;
// A reading as short as this is the beginning of a hash at best (spellings.cc, "truncated").
constexpr std::size_t kShortestDigest = 32;

// What came back, read as lower-case hex.
struct Reading {
    std::string hex;
    const Spelling* spelling;  // null: it was lower-case hex already
};

bool is_lower_hex(std::string_view text) {
    return text.size() >= kShortestDigest && text.find_first_not_of("0123456789abcdef") == std::string_view::npos;
}

std::vector<Reading> readings_of(const std::string& received) {
    std::vector<Reading> readings;
    if (is_lower_hex(received)) readings.push_back({.hex = received, .spelling = nullptr});
    for (const Spelling& spelling : spellings()) {
        if (auto hex = spelling.undo(received)) readings.push_back({.hex = std::move(*hex), .spelling = &spelling});
    }
    return readings;
}

bool says_the_same(const Reading& reading, std::string_view digest_hex) {
    const bool beginning = reading.spelling != nullptr && reading.spelling->extent == Spelling::Extent::kBeginning;
    return beginning ? digest_hex.starts_with(reading.hex) : digest_hex == reading.hex;
}

const Reading* reading_of(std::string_view digest_hex, const std::vector<Reading>& readings) {
    const auto found =
        std::ranges::find_if(readings, [&](const Reading& one) { return says_the_same(one, digest_hex); });
    return found == readings.end() ? nullptr : &*found;
}

void add(Explanation& explanation, const Mistake& mistake, const std::string& detail = {}) {
    const std::string id(mistake.id);
    if (!explanation.mistake) {
        explanation.mistake = id;
        explanation.says = std::string(mistake.says) + (detail.empty() ? "" : " " + detail);
        explanation.fix = mistake.fix;
    } else if (*explanation.mistake != id && std::ranges::count(explanation.also_possible, id) == 0) {
        explanation.also_possible.push_back(id);
    }
}

// A hash that is wrong twice: made of something else and then written in another way.
void add_spelling(Explanation& explanation, const Reading& reading) {
    if (reading.spelling == nullptr) return;
    explanation.says += " It was also spelled another way (" + std::string(reading.spelling->mistake.id) + ").";
    explanation.fix += " " + std::string(reading.spelling->mistake.fix);
}

void try_other_hashes(const Question& question, const std::string& expected, const std::vector<Reading>& readings,
                      Explanation& explanation) {
    for (const OtherHash& row : other_hashes()) {
        for (const Guess& guess : row.guesses(question)) {
            if (explanation.tried == kMostTried) return;
            ++explanation.tried;
            const std::string hex = base::to_hex(guess.digest);
            const Reading* reading = hex.empty() || hex == expected ? nullptr : reading_of(hex, readings);
            if (reading == nullptr) continue;
            const bool first = !explanation.mistake;
            add(explanation, row.mistake, guess.detail);
            if (first) add_spelling(explanation, *reading);
        }
    }
}

std::string_view name_of(Subject subject) { return subject == Subject::kChallenge ? "challenge" : "body"; }

Explanation right(Subject subject) {
    Explanation explanation;
    explanation.valid = true;
    explanation.says =
        "This is the HMAC-SHA256 of the " + std::string(name_of(subject)) + " under the application management token.";
    explanation.tried = 1;
    return explanation;
}

void give_up(const Question& question, bool is_a_hash, Explanation& explanation) {
    if (!is_a_hash) {
        explanation.says = "This is no hash in any spelling known here.";
        explanation.fix =
            "Write HMAC-SHA256 of the " + std::string(name_of(question.subject)) + " as 64 lower-case hex digits.";
        return;
    }
    explanation.says = "No known mistake makes this hash.";
    explanation.fix =
        "Compare the key with the application management token first, then the bytes that are hashed with the " +
        std::string(name_of(question.subject)) +
        "; smartcar-sim explain --candidates-from .env tries your other values as the key.";
}

std::vector<Mistake> all_mistakes() {
    std::vector<Mistake> all;
    for (const NotAHash& row : not_hashes()) all.push_back(row.mistake);
    for (const Spelling& row : spellings()) all.push_back(row.mistake);
    for (const OtherHash& row : other_hashes()) all.push_back(row.mistake);
    return all;
}

}  // namespace

Explanation explain(const Question& question) {
    const std::string expected = hmac_sha256_hex(question.key, question.message);
    if (equal(question.received, expected)) return right(question.subject);

    Explanation explanation;
    explanation.tried = 1;
    for (const NotAHash& row : not_hashes()) {
        if (row.matches(question)) add(explanation, row.mistake);
    }
    const std::vector<Reading> readings = readings_of(question.received);
    for (const Reading& reading : readings) {
        if (reading.spelling != nullptr && says_the_same(reading, expected))
            add(explanation, reading.spelling->mistake);
    }
    if (!explanation.mistake && !readings.empty()) try_other_hashes(question, expected, readings, explanation);
    if (!explanation.mistake) give_up(question, !readings.empty(), explanation);
    return explanation;
}

std::span<const Mistake> mistakes() {
    static const std::vector<Mistake> all = all_mistakes();
    return all;
}

bool key_in_doubt(const Explanation& explanation) {
    if (explanation.mistake) return explanation.mistake == "other-value-as-key";
    return !explanation.valid && explanation.tried > 1;  // 1: what came is no hash at all
}

}  // namespace smartcar_sim::signature
