// Which mistake made a hash wrong: a bounded search through a table of mistakes, one row each.
//
// A hash is method(key, message). The search takes the right one with one of the three replaced, row by row, and then
// the pairs that real code produces together: another likely key with another likely message, say. docs/explain.md
// describes the space; mistakes.h says how a row is added. Pure; may be called from any thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "signature/language.h"

namespace smartcar_sim::signature {

enum class Subject { kChallenge, kBody };

// A value that may have been taken for the key. Only its name is ever printed.
struct Candidate {
    std::string name;  // "stale-token", "client-secret", "webhook-id", "SMARTCAR_CLIENT_ID from .env"
    std::string value;
};

struct Question {
    Subject subject = Subject::kChallenge;
    std::string message = {};       // what was to be hashed: the challenge, or the raw request body
    std::string key = {};           // the application management token
    std::string received = {};      // what came back, or stood in SC-Signature
    std::string request_body = {};  // for a challenge: the whole body it came in; may be empty
    std::vector<Candidate> other_keys = {};
    Language language = Language::kUnknown;  // the receiver's, if its answer told: which line the fix ends with
};

struct Mistake {
    std::string_view id;    // "upper-case", "key-and-message-swapped"
    std::string_view says;  // what the code did: one sentence
    std::string_view fix;   // what to do instead: one sentence
    Advice advice = Advice::kNone;
    Language language = Language::kUnknown;  // that alone makes this mistake
};

struct Explanation {
    bool valid = false;
    std::optional<std::string> mistake;      // nothing: no known mistake, or valid
    std::vector<std::string> also_possible;  // other rows that give the same bytes
    std::string says;
    std::string fix;
    int tried = 0;  // hashes computed, kMostTried at most
};

inline constexpr int kMostTried = 2'000;

[[nodiscard]] Explanation explain(const Question& question);

// One question about many hashes: what can be computed before one came back is computed once.
class Explainer {
public:
    explicit Explainer(Question question);  // its `received` does not count
    ~Explainer();
    Explainer(const Explainer&) = delete;
    Explainer& operator=(const Explainer&) = delete;

    // From one thread at a time.
    [[nodiscard]] Explanation explain(const std::string& received);
    // The hashes that wrong code makes with one thing wrong, in lower-case hex, likeliest first, each once: whoever
    // cannot see what a receiver computes can offer it one after the other.
    [[nodiscard]] std::vector<std::string> wrong_hashes();

private:
    class Search;
    std::unique_ptr<Search> search_;
};

// Whether the likeliest reason is that the two sides have different keys.
[[nodiscard]] bool key_in_doubt(const Explanation& explanation);

// Every row, in the order they are tried: likeliest first.
[[nodiscard]] std::span<const Mistake> mistakes();

}  // namespace smartcar_sim::signature
