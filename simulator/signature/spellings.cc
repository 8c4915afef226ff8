#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "signature/hmac.h"
#include "signature/mistakes.h"
#include "signature/unicode.h"

namespace smartcar_sim::signature {
namespace {

constexpr std::size_t kHexDigits = 64;
// Fewer digits than this could be the beginning of some known hash by chance.
constexpr std::size_t kFewestDigits = 16;

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

bool is_digest_size(std::size_t bytes) {
    constexpr std::array<std::size_t, 6> kDigestSizes{16, 20, 28, 32, 48, 64};
    return std::ranges::count(kDigestSizes, bytes) > 0;
}

// The hex of base64 that holds as many bytes as a digest may have; other text is base64 only by chance.
std::optional<std::string> base64(std::string_view received) {
    const auto bytes = base::from_base64(padded(std::string(received)));
    if (!bytes || !is_digest_size(bytes->size())) return std::nullopt;
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
    return sign == std::string_view::npos ? std::nullopt : hex_of(base::trimmed(received.substr(sign + 1)));
}

std::optional<std::string> surrounded(std::string_view received) {
    const std::string_view inner = base::trimmed(received);
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

// "6,143,131": what a Uint8Array is as text; JSON and Java's Arrays.toString put brackets around, and Java's bytes have
// signs.
std::optional<std::string> byte_list(std::string_view received) {
    if (received.starts_with('[') && received.ends_with(']')) received = received.substr(1, received.size() - 2);
    std::string bytes;
    while (!received.empty()) {
        const std::size_t comma = std::min(received.find(','), received.size());
        const auto byte = base::parse_number<int>(base::trimmed(received.substr(0, comma)));
        if (!byte || *byte < -128 || *byte > 255) return std::nullopt;
        bytes += static_cast<char>(static_cast<unsigned char>(*byte));
        received.remove_prefix(std::min(comma + 1, received.size()));
    }
    return is_digest_size(bytes.size()) ? std::optional(base::to_hex(bytes)) : std::nullopt;
}

// digest("binary") and ISO 8859-1: each byte as the character with that number, which JSON then has in UTF-8.
std::optional<std::string> raw_bytes(std::string_view received) {
    // A digest of printable characters alone does not happen; a word of so many does.
    constexpr auto kUnprintable = [](unsigned char byte) { return byte < 0x20 || byte > 0x7E; };
    if (std::ranges::none_of(received, kUnprintable)) return std::nullopt;
    const std::string bytes = low_bytes(received);
    if (is_digest_size(bytes.size()) && latin1_read_as_text(bytes) == received) return base::to_hex(bytes);
    return is_digest_size(received.size()) ? std::optional(base::to_hex(received)) : std::nullopt;
}

std::optional<std::string> python_bytes(std::string_view received) {
    const bool printed = received.size() > 3 && received[0] == 'b' && received[1] == received.back() &&
                         (received[1] == '\'' || received[1] == '"');
    if (!printed) return std::nullopt;
    const std::string_view inner = received.substr(2, received.size() - 3);
    if (auto hex = hex_of(inner)) return hex;
    return base64(inner);
}

std::optional<std::string> hex_of_hex(std::string_view received) {
    const auto text = base::from_hex(received);
    return text ? hex_of(*text) : std::nullopt;
}

std::optional<std::string> percent_encoded(std::string_view received) {
    if (received.find('%') == std::string_view::npos) return std::nullopt;
    const std::string decoded = base::percent_decode(received, base::Plus::kLiteral);
    if (auto hex = hex_of(decoded)) return hex;
    return base64(decoded);
}

// Java's new BigInteger(1, digest).toString(16) and other numbers written in hex.
std::optional<std::string> zeros_dropped(std::string_view received) {
    constexpr std::size_t kFewestLeft = 56;
    if (received.size() < kFewestLeft || received.size() >= kHexDigits) return std::nullopt;
    const auto hex = hex_of(received);
    return hex ? std::optional(std::string(kHexDigits - received.size(), '0') + *hex) : std::nullopt;
}

std::optional<std::string> truncated(std::string_view received) {
    return received.size() < kHexDigits ? hex_of(received) : std::nullopt;
}

constexpr std::string_view kSendHex =
    "Write the digest as 64 lower-case hex digits and nothing else: hexdigest(), digest('hex').";

constexpr std::array kSpellings{
    Spelling{{"upper-case", "The hash is right, but in upper-case hex.", "Write the hex digits in lower case."},
             upper_case},
    Spelling{{"base64", "The hash is right, but in base64.", kSendHex, Advice::kHmac}, base64},
    Spelling{{"base64url", "The hash is right, but in base64url.", kSendHex, Advice::kHmac}, base64url},
    Spelling{{"base64-of-hex", "The hash is right, but its hex digits were put in base64.", kSendHex, Advice::kHmac},
             base64_of_hex},
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
    Spelling{{"byte-list", "The hash is right, but written as a list of numbers, one for each byte.", kSendHex,
              Advice::kHmac},
             byte_list},
    Spelling{{"raw-bytes", "The hash is right, but its bytes were sent as they are and not as hex digits.", kSendHex,
              Advice::kHmac},
             raw_bytes},
    Spelling{{"printed-python-bytes", "The hash is right, but inside the b'…' that Python prints for bytes.",
              "Make text of bytes with decode() and not with str(); hexdigest() gives text already.", Advice::kHmac,
              Language::kPython},
             python_bytes},
    Spelling{
        {"hex-of-hex", "The hash is right, but its hex digits were written in hex once more.", kSendHex, Advice::kHmac},
        hex_of_hex},
    Spelling{{"percent-encoded", "The hash is right, but percent-encoded as in a URL.", kSendHex, Advice::kHmac},
             percent_encoded},
    Spelling{
        {"zeros-dropped", "The hash is right, but the zeros it begins with are missing: it was written as a number.",
         "Write each byte as two hex digits: HexFormat.of().formatHex(digest), String.format(\"%064x\", number)."},
        zeros_dropped},
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

// Shorter texts turn up by chance: "3000", "true".
constexpr std::size_t kShortestValue = 8;

constexpr std::array kNotHashes{
    NotAHash{{"echoed-challenge", "The challenge came back as it was sent.",
              "Answer with HMAC-SHA256 of the challenge under the application management token, in lower-case hex."},
             [](const Question& q, std::string_view received) {
                 return is_challenge(q) && !q.message.empty() && base::trimmed(received) == base::trimmed(q.message);
             }},
    NotAHash{
        {"token-sent", "The application management token itself came back: whoever can reach the callback can read it.",
         "Use the token as the key of the HMAC, send the hash, and renew the token in the dashboard."},
        [](const Question& q, std::string_view received) {
            return !q.key.empty() && carries(base::trimmed(received), base::trimmed(q.key));
        }},
    NotAHash{{"other-value-sent",
              "A value that you have came back, such as the client secret: whoever can reach the callback can read it.",
              "Send the hash and never what it is made with, and renew that value."},
             [](const Question& q, std::string_view received) {
                 return std::ranges::any_of(q.other_keys, [&](const Candidate& other) {
                     return other.value.size() >= kShortestValue && other.value != q.key &&
                            base::trimmed(received) == other.value;
                 });
             }},
    NotAHash{{"challenge-object-sent", "The object that holds the challenge came back, and not a hash.",
              "Answer with HMAC-SHA256 of the challenge under the application management token, in lower-case hex."},
             [](const Question& q, std::string_view received) {
                 return is_challenge(q) && q.message.size() >= kShortestValue &&
                        base::trimmed(received).starts_with('{') && received.find(q.message) != std::string_view::npos;
             }},
    NotAHash{
        {"sum-of-message", "This is the message in hex with the hash of nothing behind it: Go's hash.Sum(message).",
         "Give the message to Write, and nil to Sum.", Advice::kHmac, Language::kGo},
        [](const Question& q, std::string_view received) {
            const std::string message = base::to_hex(q.message);
            return !message.empty() && received.starts_with(message) &&
                   equal(received.substr(message.size()), hmac_sha256_hex(q.key, ""));
        }},
    NotAHash{{"empty-hash", "There is a hash's place, and nothing in it.",
              "Send the 64 hex digits; look for a variable that was never set."},
             [](const Question&, std::string_view received) { return base::trimmed(received).empty(); }},
    NotAHash{{"placeholder", "A value that is no text was turned into text, such as a promise nobody waited for.",
              "Wait for the hash to be computed (await it) and send its hex digits."},
             [](const Question&, std::string_view received) {
                 return std::ranges::count(kPlaceholders, base::trimmed(received)) > 0;
             }},
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
