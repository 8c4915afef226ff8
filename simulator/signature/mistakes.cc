#include "signature/mistakes.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "signature/digest.h"
#include "signature/json_bytes.h"

namespace smartcar_sim::signature {
namespace {

using Guesses = std::vector<Guess>;
using Texts = std::vector<std::string>;

constexpr std::string_view kBlanks = " \t\r\n";
// Other values tried as the key at most: a long .env must not take the room of the other rows.
constexpr std::size_t kMostOtherKeys = 100;

bool is_challenge(const Question& question) { return question.subject == Subject::kChallenge; }
bool is_body(const Question& question) { return question.subject == Subject::kBody; }

Guess guess(std::string digest, std::string detail = {}) { return {std::move(digest), std::move(detail)}; }

// The right message under each of these keys.
Guesses under(const Texts& keys, const Question& question) {
    Guesses guesses;
    for (const std::string& key : keys) guesses.push_back(guess(hmac(Algorithm::kSha256, key, question.message)));
    return guesses;
}

// Each of these messages under the right key.
Guesses over(const Texts& messages, const Question& question) {
    Guesses guesses;
    for (const std::string& message : messages)
        guesses.push_back(guess(hmac(Algorithm::kSha256, question.key, message)));
    return guesses;
}

Guesses over_challenge(const Texts& messages, const Question& question) {
    return is_challenge(question) ? over(messages, question) : Guesses{};
}

Guesses over_body(const Texts& messages, const Question& question) {
    return is_body(question) ? over(messages, question) : Guesses{};
}

Texts unless_empty(std::string text) { return text.empty() ? Texts{} : Texts{std::move(text)}; }

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    return begin == std::string::npos ? "" : text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

std::string without(std::string text, char unwanted) {
    std::erase(text, unwanted);
    return text;
}

// --- other keys -------------------------------------------------------------------------------

// The candidates with their own row; every other one is named in the answer.
constexpr std::array<std::string_view, 4> kNamedCandidates{"stale-token", "client-secret", "client-id", "webhook-id"};

Guesses candidate_called(std::string_view name, const Question& question) {
    Guesses guesses;
    for (const Candidate& other : question.other_keys) {
        if (other.name != name || other.value.empty()) continue;
        guesses.push_back(guess(hmac(Algorithm::kSha256, other.value, question.message)));
    }
    return guesses;
}

Guesses other_candidates(const Question& question) {
    Guesses guesses;
    for (const Candidate& other : question.other_keys) {
        if (guesses.size() == kMostOtherKeys) break;
        if (std::ranges::count(kNamedCandidates, std::string_view(other.name)) > 0 || other.value.empty()) continue;
        guesses.push_back(guess(hmac(Algorithm::kSha256, other.value, question.message),
                                "It was the value called \"" + other.name + "\"."));
    }
    return guesses;
}

// What languages make of a token in hex: all of it without the dashes, or up to the first dash (Node).
Texts hex_decoded(const std::string& key) {
    Texts keys;
    for (const std::string& digits : {without(key, '-'), key.substr(0, key.find('-'))}) {
        if (const auto bytes = base::from_hex(digits); bytes && !bytes->empty()) keys.push_back(*bytes);
    }
    return keys;
}

// Node reads the dashes of a UUID as base64url's 62.
Texts base64_decoded(const std::string& key) {
    const auto bytes = base::from_base64(standard_base64(key));
    return bytes ? unless_empty(*bytes) : Texts{};
}

// --- other hashes -----------------------------------------------------------------------------

Guesses plain_hashes(const Texts& messages) {
    Guesses guesses;
    for (const std::string& message : messages) guesses.push_back(guess(hash(Algorithm::kSha256, message)));
    return guesses;
}

Guesses by(Algorithm algorithm, const Question& question) {
    return {guess(hmac(algorithm, question.key, question.message))};
}

Guesses hashed_twice(const Question& question) {
    const std::string right = base::to_hex(hmac(Algorithm::kSha256, question.key, question.message));
    Guesses guesses = over({right, base::to_hex(hash(Algorithm::kSha256, question.message))}, question);
    guesses.push_back(guess(hash(Algorithm::kSha256, right)));
    return guesses;
}

// --- other messages ---------------------------------------------------------------------------

// What a field that is not there becomes on its way into a hash: Go, PHP and Ruby; JavaScript; Python; Java.
const Texts& absent_field() {
    static const Texts texts{"", "undefined", "None", "null"};
    return texts;
}

Texts without_line_break(const std::string& message) {
    std::string text = message;
    while (!text.empty() && kBlanks.find(text.back()) != std::string_view::npos) text.pop_back();
    return text == message ? Texts{} : Texts{text};
}

// JSON.stringify(buffer).
std::string as_node_buffer(const std::string& bytes) {
    std::string json = R"({"type":"Buffer","data":[)";
    for (const char byte : bytes) json += std::to_string(static_cast<unsigned char>(byte)) + ',';
    if (json.back() == ',') json.pop_back();
    return json + "]}";
}

Texts with_python_spaces(const std::string& body) {
    const std::string spaced = with_spaces(body);
    return {spaced, with_unicode_escapes(spaced)};
}

Texts pretty_printed(const std::string& body) { return {pretty(body, 2), pretty(body, 4)}; }

Texts members(const std::string& body) {
    Texts texts;
    for (const std::string_view name : {"data", "payload"}) {
        for (std::string& text : unless_empty(member(body, name))) texts.push_back(std::move(text));
    }
    return texts;
}

std::string challenge_member(std::string_view after_colon, const Question& question) {
    return "{\"challenge\":" + std::string(after_colon) + as_json_string(question.message) + "}";
}

// --- the table --------------------------------------------------------------------------------

constexpr std::string_view kUseTheToken =
    "Use the application management token, from Configuration in Smartcar's dashboard, as the key.";
constexpr std::string_view kUseTheRawBody =
    "Hash the bytes of the request body as they arrived, before anything parses them; express.raw(), "
    "request.get_data(), "
    "file_get_contents('php://input').";
constexpr std::string_view kUseSha256 = "Use HMAC with SHA-256.";
constexpr std::string_view kReadTheKeyClean = "Trim the token where it is read, from its file or its variable.";

// Likeliest first. A row's guesses may be many or none; those that come to the right hash are not counted.
constexpr std::array kOtherHashes{
    OtherHash{{"stale-token", "The key was the other of the last two tokens: a rotation came between.",
               "Give the callback the token that signs now; while a token is rotated, let it take either."},
              [](const Question& q) { return candidate_called("stale-token", q); }},
    OtherHash{{"client-secret-as-key", "The key was the OAuth client secret.", kUseTheToken},
              [](const Question& q) { return candidate_called("client-secret", q); }},
    OtherHash{{"client-id-as-key", "The key was the client id.", kUseTheToken},
              [](const Question& q) { return candidate_called("client-id", q); }},
    OtherHash{{"webhook-id-as-key", "The key was the webhook's id.", kUseTheToken},
              [](const Question& q) { return candidate_called("webhook-id", q); }},
    OtherHash{{"other-value-as-key", "The key was another value you have.", kUseTheToken}, other_candidates},
    OtherHash{{"key-and-message-swapped", "The key was hashed, with the message as the key.",
               "Swap the arguments: the token is the key, and the challenge or body is the message."},
              [](const Question& q) { return Guesses{guess(hmac(Algorithm::kSha256, q.message, q.key))}; }},
    OtherHash{{"unkeyed-sha256", "This is the plain SHA-256 of the message, without a key.",
               "Compute an HMAC: hmac, not hash, with the application management token as its key."},
              [](const Question& q) { return plain_hashes({q.message}); }},
    OtherHash{{"key-and-message-joined", "Key and message were joined and hashed with plain SHA-256.",
               "Compute an HMAC: it is more than a hash of the two together."},
              [](const Question& q) { return plain_hashes({q.key + q.message, q.message + q.key}); }},
    OtherHash{
        {"no-key", "The key was empty, or the name of a value that is not there.",
         "Look at how the token reaches the code: a variable that is not set in this process gives this hash."},
        [](const Question& q) { return under({"", "undefined", "None", "null", "APPLICATION_MANAGEMENT_TOKEN"}, q); }},

    OtherHash{{"whole-body", "The whole request body was hashed and not the challenge in it.",
               "Hash the challenge alone: the string at payload.challenge (2.0) or data.challenge (4.0)."},
              [](const Question& q) { return over_challenge(unless_empty(q.request_body), q); }},
    OtherHash{{"quoted-challenge", "The challenge was hashed with quotes around it, as JSON writes it.",
               "Hash the string itself and not JSON.stringify(challenge)."},
              [](const Question& q) { return over_challenge({as_json_string(q.message)}, q); }},
    OtherHash{{"challenge-object", "The object that holds the challenge was hashed and not the challenge.",
               "Hash the string in \"challenge\" alone."},
              [](const Question& q) { return over_challenge({challenge_member("", q), challenge_member(" ", q)}, q); }},
    OtherHash{{"absent-challenge",
               "Nothing was hashed, or the text undefined, None or null: the code looked for the challenge where this "
               "message has none.",
               "Read payload.challenge in 2.0 messages and data.challenge in 4.0 messages, from the parsed body."},
              [](const Question& q) { return over_challenge(absent_field(), q); }},
    OtherHash{{"challenge-without-prefix", "The challenge was hashed without the \"challenge_\" it begins with.",
               "Hash the whole string, beginning included."},
              [](const Question& q) {
                  constexpr std::string_view kPrefix = "challenge_";
                  return q.message.starts_with(kPrefix) ? over_challenge({q.message.substr(kPrefix.size())}, q)
                                                        : Guesses{};
              }},

    OtherHash{{"line-break-added", "The message was hashed with a line break behind it.",
               "Hash the message alone: echo adds a line break, printf '%s' does not."},
              [](const Question& q) { return over({q.message + "\n", q.message + "\r\n"}, q); }},
    OtherHash{{"line-break-removed", "The message was hashed without the blanks or line break at its end.",
               "Hash every byte of the message: do not trim it."},
              [](const Question& q) { return over(without_line_break(q.message), q); }},

    OtherHash{{"body-with-spaces", "The body was parsed and written again with spaces, as Python's json.dumps does.",
               kUseTheRawBody},
              [](const Question& q) { return over_body(with_python_spaces(q.message), q); }},
    OtherHash{{"body-ascii-escaped", "The body was parsed and written again with \\u escapes for what is not ASCII.",
               kUseTheRawBody},
              [](const Question& q) { return over_body({with_unicode_escapes(compact(q.message))}, q); }},
    OtherHash{
        {"body-slashes-escaped",
         "The body was parsed and written again with \\/ for slashes, as PHP's json_encode does.", kUseTheRawBody},
        [](const Question& q) {
            const std::string slashed = with_escaped_slashes(compact(q.message));
            return over_body({with_unicode_escapes(slashed), slashed}, q);
        }},
    OtherHash{{"body-html-escaped",
               "The body was parsed and written again with <, > and & escaped, as Go and Rails do.", kUseTheRawBody},
              [](const Question& q) { return over_body({with_html_escapes(compact(q.message))}, q); }},
    OtherHash{
        {"body-pretty-printed", "The body was parsed and written again with line breaks and indents.", kUseTheRawBody},
        [](const Question& q) { return over_body(pretty_printed(q.message), q); }},
    OtherHash{{"body-compacted", "The body was parsed and written again without the white space it came with.",
               kUseTheRawBody},
              [](const Question& q) { return over_body({compact(q.message)}, q); }},
    OtherHash{
        {"quoted-body",
         "The body was hashed as a JSON string, in quotes: the Node and Ruby SDKs do that to a body given as text.",
         "Give verifyPayload the parsed object in Node and Ruby, or hash the raw bytes yourself."},
        [](const Question& q) { return over_body({as_json_string(q.message)}, q); }},
    OtherHash{{"buffer-as-json", "The body was hashed as {\"type\":\"Buffer\",…}: the Node SDK does that to a Buffer.",
               "Give verifyPayload the parsed object, or hash the raw bytes yourself."},
              [](const Question& q) { return over_body({as_node_buffer(q.message)}, q); }},
    OtherHash{
        {"object-as-text", "The parsed body was turned into \"[object Object]\", and that was hashed.", kUseTheRawBody},
        [](const Question& q) { return over_body({"[object Object]"}, q); }},
    OtherHash{{"no-body", "Nothing was hashed: the body had been read by something else, or was not there yet.",
               kUseTheRawBody},
              [](const Question& q) { return over_body(absent_field(), q); }},
    OtherHash{{"one-member-of-body", R"(Only "data" or "payload" of the body was hashed.)", kUseTheRawBody},
              [](const Question& q) { return over_body(members(q.message), q); }},

    OtherHash{{"key-with-newline", "The key had a line break behind it.", kReadTheKeyClean},
              [](const Question& q) { return under({q.key + "\n", q.key + "\r\n", q.key + "\r"}, q); }},
    OtherHash{{"key-with-blanks", "The key had a blank or a byte order mark around it.", kReadTheKeyClean},
              [](const Question& q) {
                  return under({q.key + " ", " " + q.key, " " + q.key + " ", q.key + "\t", "\xEF\xBB\xBF" + q.key}, q);
              }},
    OtherHash{{"key-in-quotes", "The key had quotes around it.",
               "Take the quotes out: not everything that reads a .env file removes them."},
              [](const Question& q) { return under({'"' + q.key + '"', '\'' + q.key + '\''}, q); }},
    OtherHash{{"key-trimmed", "The key was used without the blanks that the token has here.",
               "Check the token given to the simulator: it begins or ends with a blank or line break."},
              [](const Question& q) { return under({trimmed(q.key)}, q); }},
    OtherHash{{"key-in-other-case", "The key was used in upper case or in lower case.",
               "Use the token as it is written in the dashboard."},
              [](const Question& q) { return under({base::upper_case(q.key), base::lower_case(q.key)}, q); }},
    OtherHash{{"key-without-dashes", "The key was used without its dashes.",
               "Use the token as it is written in the dashboard."},
              [](const Question& q) { return under({without(q.key, '-')}, q); }},
    OtherHash{{"key-hex-decoded", "The key was read as hex digits and not as text.",
               "Use the token's characters as the key, dashes included: no decoding."},
              [](const Question& q) { return under(hex_decoded(q.key), q); }},
    OtherHash{{"key-base64-decoded", "The key was read as base64 and not as text.",
               "Use the token's characters as the key, dashes included: no decoding."},
              [](const Question& q) { return under(base64_decoded(q.key), q); }},
    OtherHash{
        {"key-as-credential", "The key was an Authorization value made of the token and not the token.", kUseTheToken},
        [](const Question& q) {
            const std::string pair = "default:" + q.key;
            return under({"Bearer " + q.key, pair, base::to_base64(pair), "Basic " + base::to_base64(pair)}, q);
        }},

    OtherHash{{"sha1", "This is an HMAC with SHA-1.", kUseSha256},
              [](const Question& q) { return by(Algorithm::kSha1, q); }},
    OtherHash{{"sha512", "This is an HMAC with SHA-512.", kUseSha256},
              [](const Question& q) { return by(Algorithm::kSha512, q); }},
    OtherHash{{"sha384", "This is an HMAC with SHA-384.", kUseSha256},
              [](const Question& q) { return by(Algorithm::kSha384, q); }},
    OtherHash{{"md5", "This is an HMAC with MD5.", kUseSha256},
              [](const Question& q) { return by(Algorithm::kMd5, q); }},
    OtherHash{{"hashed-twice", "A hash was hashed again.", "Hash the message once, and send that digest."},
              hashed_twice},
};

}  // namespace

std::span<const OtherHash> other_hashes() { return kOtherHashes; }

}  // namespace smartcar_sim::signature
