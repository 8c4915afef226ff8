// The search. What came back is read in every spelling it could have, without hashing anything. Then each known hash,
// the right one first, is compared with those readings.
#include "signature/explain.h"

#include <algorithm>
#include <cstddef>
#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <utility>

#include "base/text.h"
#include "signature/hmac.h"
#include "signature/mistakes.h"

namespace smartcar_sim::signature {
namespace {

// A reading as short as this is the beginning of a hash at best (spellings.cc, "truncated").
constexpr std::size_t kShortestDigest = 32;
// What the pairs of a huge body may hash: about a tenth of a second's work.
constexpr std::size_t kMostBytesInPairs = std::size_t{64} << 20U;

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

std::string mac_hex(std::string_view key, std::string_view message) { return hmac_sha256_hex(key, message); }

std::string_view name_of(Subject subject) { return subject == Subject::kChallenge ? "challenge" : "body"; }

// "1,132": more digits than four never come here.
std::string grouped(int number) {
    std::string digits = std::to_string(number);
    if (digits.size() > 3) digits.insert(digits.size() - 3, ",");
    return digits;
}

std::string counted(int number, const std::string& what) {
    return grouped(number) + ' ' + what + (number == 1 ? "" : "s");
}

Explanation right(Subject subject) {
    Explanation explanation;
    explanation.valid = true;
    explanation.says =
        "This is the HMAC-SHA256 of the " + std::string(name_of(subject)) + " under the application management token.";
    explanation.tried = 1;
    return explanation;
}

void add_line(std::string& fix, Advice advice, Language language) {
    const std::string_view line = line_for(advice, language);
    if (!line.empty() && fix.find(line) == std::string::npos) fix.append(" ").append(line);
}

// Of a row without a hash. That the receiver is written in the row's language is sure, whatever its headers say.
void tell(Explanation& explanation, const Mistake& mistake, Language told) {
    const Language language = mistake.language != Language::kUnknown ? mistake.language : told;
    explanation.mistake = mistake.id;
    explanation.says = mistake.says;
    explanation.fix = mistake.fix;
    add_line(explanation.fix, mistake.advice, language);
}

void add_possible(Explanation& explanation, const Mistake& mistake) {
    const std::string id(mistake.id);
    if (*explanation.mistake != id && std::ranges::count(explanation.also_possible, id) == 0) {
        explanation.also_possible.push_back(id);
    }
}

std::vector<Mistake> all_mistakes() {
    std::vector<Mistake> all;
    all.reserve(not_hashes().size() + spellings().size() + rows().size());
    for (const NotAHash& row : not_hashes()) all.push_back(row.mistake);
    for (const Spelling& row : spellings()) all.push_back(row.mistake);
    for (const Row* row : rows()) all.push_back(row->mistake);
    return all;
}

}  // namespace

// The hashes of one question: those with one thing wrong at once, the pairs when nothing else will do.
class Explainer::Search {
public:
    explicit Search(Question question) : question_(std::move(question)) {}

    Explanation explain(const std::string& received) {
        if (equal(received, expected_)) return right(question_.subject);
        Explanation explanation;
        explanation.tried = 1;
        for (const NotAHash& row : not_hashes()) {
            if (row.matches(question_, received)) add(explanation, row.mistake);
        }
        const std::vector<Reading> readings = readings_of(received);
        for (const Reading& reading : readings) {
            if (reading.spelling != nullptr && says_the_same(reading, expected_)) {
                add(explanation, reading.spelling->mistake);
            }
        }
        if (!explanation.mistake && !readings.empty()) search(readings, explanation);
        if (!explanation.mistake) give_up(!readings.empty(), explanation);
        return explanation;
    }

    std::vector<std::string> wrong_hashes() {
        if (singles_.empty()) try_singles();
        std::vector<std::string> hashes;
        hashes.reserve(singles_.size());
        std::unordered_set<std::string_view> seen;
        for (const Hash& hash : singles_) {
            if (seen.insert(hash.hex).second) hashes.push_back(hash.hex);
        }
        return hashes;
    }

private:
    // A hash that wrong code may have computed. In a pair `second` is the row that makes the message or method meet
    // another method or key.
    struct Hash {
        std::string hex;
        const Row* row;
        const Row* second;
        std::string detail;
        Language language;
    };

    void add(Explanation& explanation, const Mistake& mistake) const {
        explanation.mistake ? add_possible(explanation, mistake) : tell(explanation, mistake, question_.language);
    }

    void search(const std::vector<Reading>& readings, Explanation& explanation) {
        if (singles_.empty()) try_singles();
        look_up(singles_, readings, explanation);
        explanation.tried = tried();
        if (explanation.mistake) return;
        if (pairs_.empty()) try_pairs();
        look_up(pairs_, readings, explanation);
        explanation.tried = tried();
    }

    void look_up(const std::vector<Hash>& hashes, const std::vector<Reading>& readings,
                 Explanation& explanation) const {
        std::vector<std::pair<const Hash*, const Reading*>> found;
        for (const Hash& hash : hashes) {
            if (const Reading* reading = reading_of(hash.hex, readings)) found.emplace_back(&hash, reading);
        }
        // Of runtimes that write the same bytes, the receiver's own is the likeliest.
        if (question_.language != Language::kUnknown) {
            std::ranges::stable_partition(found, [&](const auto& one) {
                return one.first->language == Language::kUnknown || one.first->language == question_.language;
            });
        }
        // Whatever its headers say, the receiver is written in the language that alone makes this hash.
        const bool one_language = std::ranges::all_of(
            found, [&](const auto& one) { return one.first->language == found.front().first->language; });
        for (const auto& [hash, reading] : found) {
            if (explanation.mistake) {
                add_possible(explanation, hash->row->mistake);
            } else {
                const bool sure = one_language && hash->language != Language::kUnknown;
                tell_of(*hash, *reading, sure ? hash->language : question_.language, explanation);
            }
        }
    }

    void tell_of(const Hash& hash, const Reading& reading, Language language, Explanation& explanation) const {
        const Mistake& mistake = hash.row->mistake;
        explanation.mistake = mistake.id;
        explanation.says = mistake.says;
        explanation.fix = mistake.fix;
        if (hash.second != nullptr) {
            explanation.says.append(" A second mistake is in it, ").append(hash.second->mistake.id).append(": ");
            explanation.says += hash.second->mistake.says;
            explanation.fix.append(" As to ").append(hash.second->mistake.id).append(": ");
            explanation.fix += hash.second->mistake.fix;
        }
        if (!hash.detail.empty()) explanation.says += " " + hash.detail;
        if (reading.spelling != nullptr) {
            explanation.says += " It was also spelled another way (" + std::string(reading.spelling->mistake.id) + ").";
            explanation.fix += " " + std::string(reading.spelling->mistake.fix);
        }
        add_line(explanation.fix, mistake.advice, language);
        if (hash.second != nullptr) add_line(explanation.fix, hash.second->mistake.advice, language);
    }

    void give_up(bool is_a_hash, Explanation& explanation) const {
        const std::string subject(name_of(question_.subject));
        if (!is_a_hash) {
            explanation.says = "This is no hash in any spelling known here.";
            explanation.fix = "Write HMAC-SHA256 of the " + subject + " as 64 lower-case hex digits.";
            return;
        }
        explanation.says = "No known mistake makes this hash. " + grouped(explanation.tried) +
                           " hashes were tried: " + counted(keys_.count(), "other key") + ", " +
                           counted(messages_.count(), "other message") + ", " + counted(methods_, "other method") +
                           " and " + counted(static_cast<int>(pairs_.size()), "pair") + " of them.";
        explanation.fix =
            "Compare the key with the application management token first, then the bytes that are hashed with the " +
            subject + "; smartcar-sim explain --candidates-from .env tries your other values as the key.";
    }

    // --- the hashes ---------------------------------------------------------------------------

    // Each text once, however many rows make it: the first to make it has it hashed, the others get the same hash.
    struct Hashed {
        std::string hex;
        bool in_pairs = false;
    };
    using Known = std::unordered_map<std::string, Hashed>;

    void try_singles() {
        for (const Row* row : rows()) {
            if (row->keys != nullptr) try_variants(*row, row->keys(material_), keys_, &by_key);
            if (row->messages != nullptr) try_variants(*row, row->messages(material_), messages_, &by_message);
            if (row->digests != nullptr) try_methods(*row);
        }
    }

    static std::string by_key(const Question& question, const std::string& key) {
        return mac_hex(key, question.message);
    }
    static std::string by_message(const Question& question, const std::string& message) {
        return mac_hex(question.key, message);
    }

    // A row's variant that pairs are made of; its text is a key of the axis's known ones, which stay in place.
    struct Part {
        const Row* row;
        const std::string* text;
        std::string detail;
        Language language;
    };
    // What a row's keys or messages are compared with, and what becomes of them.
    struct Axis {
        const std::string& right;
        Known known = {};
        std::vector<Part> parts = {};

        [[nodiscard]] int count() const { return static_cast<int>(known.size()); }
    };

    void try_variants(const Row& row, Variants variants, Axis& axis,
                      std::string (*hash)(const Question&, const std::string&)) {
        int left_for_pairs = row.in_pairs == Likely::kNo ? 0 : row.most_in_pairs;
        for (Variant& variant : variants) {
            if (variant.text == axis.right) continue;
            const auto [place, is_new] = axis.known.try_emplace(std::move(variant.text));
            auto& [text, hashed] = *place;
            if (is_new) hashed.hex = hash(question_, text);
            const Language language = variant.language != Language::kUnknown ? variant.language : row.mistake.language;
            if (left_for_pairs > 0 && !hashed.in_pairs) {
                hashed.in_pairs = true;
                --left_for_pairs;
                axis.parts.push_back({.row = &row, .text = &text, .detail = variant.detail, .language = language});
            }
            keep(singles_, hashed.hex, row, nullptr, std::move(variant.detail), language);
        }
    }

    void try_methods(const Row& row) {
        for (const std::string& digest : row.digests(question_.key, question_.message)) {
            ++methods_;
            keep(singles_, base::to_hex(digest), row, nullptr, {}, row.mistake.language);
        }
    }

    void keep(std::vector<Hash>& hashes, std::string hex, const Row& row, const Row* second, std::string detail,
              Language language) const {
        // An empty digest is an algorithm that is not there; the right hash is no mistake, however it was made.
        if (hex.empty() || hex == expected_) return;
        hashes.push_back(
            {.hex = std::move(hex), .row = &row, .second = second, .detail = std::move(detail), .language = language});
    }

    void try_pairs() {
        for (const Row* method : rows()) {
            if (method->digests == nullptr || method->in_pairs == Likely::kNo) continue;
            for (const Part& message : messages_.parts) pair_method(*method, question_.key, message, *message.text);
            if (method->in_pairs == Likely::kWithMessages) continue;
            for (const Part& key : keys_.parts) pair_method(*method, *key.text, key, question_.message);
        }
        // By key: hashing another message under the same key is cheaper than the other way round.
        for (const Part& key : keys_.parts) {
            for (const Part& message : messages_.parts) {
                if (!has_room(message.text->size())) return;
                keep(pairs_, mac_hex(*key.text, *message.text), *message.row, key.row, key.detail,
                     message.language != Language::kUnknown ? message.language : key.language);
            }
        }
    }

    // A message is the first of the two, a key the second: what is told first should be nearer to the code's heart.
    void pair_method(const Row& method, const std::string& key, const Part& part, const std::string& message) {
        if (!has_room(message.size())) return;
        const bool by_message = part.row->messages != nullptr;
        for (const std::string& digest : method.digests(key, message)) {
            keep(pairs_, base::to_hex(digest), by_message ? *part.row : method, by_message ? &method : part.row,
                 part.detail, part.language);
        }
    }

    // Room for one hash more, of a message of that many bytes; no method in pairs makes several.
    bool has_room(std::size_t bytes) {
        if (tried() >= kMostTried) return false;
        bytes_ += bytes;
        return bytes_ <= kMostBytesInPairs;
    }

    // With the right one.
    [[nodiscard]] int tried() const {
        return 1 + keys_.count() + messages_.count() + methods_ + static_cast<int>(pairs_.size());
    }

    const Question question_;
    const std::string expected_ = hmac_sha256_hex(question_.key, question_.message);
    const Material material_{
        .question = question_,
        .json = read_json(question_.subject == Subject::kBody ? question_.message : question_.request_body)};
    Axis keys_{.right = question_.key};
    Axis messages_{.right = question_.message};
    std::vector<Hash> singles_, pairs_;
    int methods_ = 0;
    std::size_t bytes_ = 0;
};

Explainer::Explainer(Question question) : search_(std::make_unique<Search>(std::move(question))) {}
Explainer::~Explainer() = default;
Explanation Explainer::explain(const std::string& received) { return search_->explain(received); }

std::vector<std::string> Explainer::wrong_hashes() { return search_->wrong_hashes(); }

Explanation explain(const Question& question) { return Explainer(question).explain(question.received); }

std::span<const Mistake> mistakes() {
    static const std::vector<Mistake> all = all_mistakes();
    return all;
}

bool key_in_doubt(const Explanation& explanation) {
    if (explanation.mistake) return explanation.mistake == "other-value-as-key";
    return !explanation.valid && explanation.tried > 1;  // 1: what came is no hash at all
}

}  // namespace smartcar_sim::signature
