#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "signature/mistakes.h"

namespace smartcar_sim::signature {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";
constexpr std::size_t kHexDigits = 64;
// Fewer digits than this could be the beginning of some known hash by chance.
constexpr std::size_t kFewestDigits = 16;

std::string_view trimmed(std::string_view text) {
    const std::size_t begin = text.find_first_not_of(kBlanks);
    if (begin == std::string_view::npos) return {};
    return text.substr(begin, text.find_last_not_of(kBlanks) + 1 - begin);
}

bool is_hex_digit(char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }

// The hash in `text` in lower case when it is hex of some length, in either case.
std::optional<std::string> hex_of(std::string_view text) {
    if (text.size() < kFewestDigits || !std::ranges::all_of(text, is_hex_digit)) return std::nullopt;
    return base::lower_case(text);
}

std::string padded(std::string text) {
    while (text.size() % 4 != 0) text += '=';
    return text;
}

std::optional<std::string> upper_case(std::string_view received) {
    auto hex = hex_of(received);
    return hex && *hex != received ? hex : std::nullopt;
}

// The hex of base64 that holds as many bytes as a digest may have; other text is base64 only by chance.
std::optional<std::string> base64(std::string_view received) {
    constexpr std::array<std::size_t, 5> kDigestSizes{16, 20, 32, 48, 64};
    const auto bytes = base::from_base64(padded(std::string(received)));
    if (!bytes || std::ranges::count(kDigestSizes, bytes->size()) == 0) return std::nullopt;
    return base::to_hex(*bytes);
}

std::optional<std::string> base64url(std::string_view received) {
    if (received.find_first_of("-_") == std::string_view::npos) return std::nullopt;
    return base64(standard_base64(received));
}

// Buffer.from(hexDigest).toString("base64"), btoa(hexDigest).
std::optional<std::string> base64_of_hex(std::string_view received) {
    const auto text = base::from_base64(padded(std::string(received)));
    return text ? hex_of(*text) : std::nullopt;
}

std::optional<std::string> prefixed(std::string_view received) {
    if (received.starts_with("0x")) return hex_of(received.substr(2));
    const std::size_t sign = received.find_last_of("=:");
    return sign == std::string_view::npos ? std::nullopt : hex_of(trimmed(received.substr(sign + 1)));
}

std::optional<std::string> surrounded(std::string_view received) {
    const std::string_view inner = trimmed(received);
    return inner != received ? hex_of(inner) : std::nullopt;
}

std::optional<std::string> quoted(std::string_view received) {
    const bool quotes = received.size() > 2 && received.front() == received.back() &&
                        (received.front() == '"' || received.front() == '\'');
    return quotes ? hex_of(received.substr(1, received.size() - 2)) : std::nullopt;
}

// .NET's BitConverter.ToString: 06-8F-83; OpenSSL's -c: 06:8f:83.
std::optional<std::string> separated(std::string_view received) {
    std::string digits;
    for (std::size_t i = 0; i < received.size(); ++i) {
        const bool between = i % 3 == 2;
        if (between != (received[i] == '-' || received[i] == ':' || received[i] == ' ')) return std::nullopt;
        if (!between) digits += received[i];
    }
    return digits.size() != received.size() ? hex_of(digits) : std::nullopt;
}

std::optional<std::string> truncated(std::string_view received) {
    return received.size() < kHexDigits ? hex_of(received) : std::nullopt;
}

constexpr std::string_view kSendHex =
    "Write the digest as 64 lower-case hex digits and nothing else: hexdigest(), digest('hex').";

constexpr std::array kSpellings{
    Spelling{{"upper-case", "The hash is right, but in upper-case hex.", "Write the hex digits in lower case."},
             upper_case},
    Spelling{{"base64", "The hash is right, but in base64.", kSendHex}, base64},
    Spelling{{"base64url", "The hash is right, but in base64url.", kSendHex}, base64url},
    Spelling{{"base64-of-hex", "The hash is right, but its hex digits were put in base64.", kSendHex}, base64_of_hex},
    Spelling{{"prefixed", "The hash is right, but something like \"sha256=\" stands before it.",
              "Leave the prefix out: Smartcar's signatures have none."},
             prefixed},
    Spelling{{"surrounding-blanks", "The hash is right, but there are blanks or line breaks around it.",
              "Trim it: the 64 hex digits stand alone."},
             surrounded},
    Spelling{{"quoted-hash", "The hash is right, but in quotes of its own.",
              "Leave out the inner quotes: encode it as JSON once."},
             quoted},
    Spelling{
        {"separated-hex", "The hash is right, but there are signs between its bytes, as .NET's BitConverter puts them.",
         "Write the digits without separators, in lower case: Convert.ToHexString(...).ToLowerInvariant()."},
        separated},
    Spelling{{"truncated", "The hash is right as far as it goes, but its end is missing.",
              "Send all 64 hex digits; look for a substring or a column that is too short."},
             truncated,
             Spelling::Extent::kBeginning},
};

// --- not a hash at all ------------------------------------------------------------------------

bool holds(std::string_view text, std::string_view key) {
    return base::lower_case(text).find(base::lower_case(key)) != std::string::npos;
}

// The key as it is, in another case, without its dashes, in hex, in base64 or in base64url, alone or in a longer text
// such as a credential.
bool carries(std::string_view received, std::string_view key) {
    // Of a shorter key the same letters turn up by chance.
    constexpr std::size_t kShortestKey = 8;
    if (key.size() < kShortestKey) return received == key;
    std::string digits(key);
    std::erase(digits, '-');
    const std::string_view word = received.substr(received.rfind(' ') + 1);  // what follows "Basic"
    return holds(received, key) || (digits.size() >= kShortestKey && holds(received, digits)) ||
           holds(base::from_hex(received).value_or(""), key) ||
           holds(base::from_base64(standard_base64(word)).value_or(""), key);
}

bool is_challenge(const Question& question) { return question.subject == Subject::kChallenge; }

constexpr std::array<std::string_view, 8> kPlaceholders{"undefined",        "null",  "None", "nil",
                                                        "[object Promise]", "false", "NaN",  "[object Object]"};

constexpr std::array kNotHashes{
    NotAHash{{"echoed-challenge", "The challenge came back as it was sent.",
              "Answer with HMAC-SHA256 of the challenge under the application management token, in lower-case hex."},
             [](const Question& q) {
                 return is_challenge(q) && !q.message.empty() && trimmed(q.received) == trimmed(q.message);
             }},
    NotAHash{
        {"token-sent", "The application management token itself came back: whoever can reach the callback can read it.",
         "Use the token as the key of the HMAC, send the hash, and renew the token in the dashboard."},
        [](const Question& q) { return !q.key.empty() && carries(trimmed(q.received), trimmed(q.key)); }},
    NotAHash{{"empty-hash", "There is a hash's place, and nothing in it.",
              "Send the 64 hex digits; look for a variable that was never set."},
             [](const Question& q) { return trimmed(q.received).empty(); }},
    NotAHash{{"placeholder", "A value that is no text was turned into text, such as a promise nobody waited for.",
              "Wait for the hash to be computed (await it) and send its hex digits."},
             [](const Question& q) { return std::ranges::count(kPlaceholders, trimmed(q.received)) > 0; }},
};

}  // namespace

std::string standard_base64(std::string_view text) {
    std::string standard(text);
    std::ranges::replace(standard, '-', '+');
    std::ranges::replace(standard, '_', '/');
    return padded(std::move(standard));
}

std::span<const Spelling> spellings() { return kSpellings; }
std::span<const NotAHash> not_hashes() { return kNotHashes; }

}  // namespace smartcar_sim::signature
