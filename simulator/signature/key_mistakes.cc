// Another value than the token as the key, and the token as it should not be.
#include <algorithm>
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "signature/digest.h"
#include "signature/mistakes.h"
#include "signature/unicode.h"

namespace smartcar_sim::signature {
namespace {

// Other values tried as the key, of one name and in all: a long .env must not take the room of the other rows.
constexpr std::size_t kMostOfOneName = 16;
constexpr std::size_t kMostOtherKeys = 100;

// The candidates with their own row; every other one is named in the answer.
constexpr std::array<std::string_view, 4> kNamedCandidates{"stale-token", "client-secret", "client-id", "webhook-id"};

Variants candidates_called(std::string_view name, const Material& material) {
    Variants variants;
    for (const Candidate& other : material.question.other_keys) {
        if (variants.size() == kMostOfOneName) break;
        if (other.name == name && !other.value.empty()) variants.push_back({.text = other.value});
    }
    return variants;
}

Variants other_candidates(const Material& material) {
    Variants variants;
    for (const Candidate& other : material.question.other_keys) {
        if (variants.size() == kMostOtherKeys) break;
        if (std::ranges::count(kNamedCandidates, std::string_view(other.name)) > 0 || other.value.empty()) continue;
        variants.push_back({.text = other.value, .detail = "It was the value called \"" + other.name + "\"."});
    }
    return variants;
}

// What a variable that is not set becomes on its way into a hash.
Variants no_key(const Material& /*material*/) {
    return {{.text = ""},
            {.text = "undefined", .language = Language::kNode},
            {.text = "None", .language = Language::kPython},
            {.text = "null"},
            {.text = "nil"},
            {.text = "APPLICATION_MANAGEMENT_TOKEN"},
            {.text = "<no value>", .language = Language::kGo}};
}

std::string without(std::string text, char unwanted) {
    std::erase(text, unwanted);
    return text;
}

Variants unless_empty(std::string text) { return text.empty() ? Variants{} : Variants{{.text = std::move(text)}}; }

// What languages make of a token in hex: all of it without the dashes, or up to the first dash (Node).
Variants hex_decoded(const Material& material) {
    const std::string& key = material.question.key;
    Variants variants;
    for (const std::string& digits : {without(key, '-'), key.substr(0, key.find('-'))}) {
        if (auto bytes = base::from_hex(digits); bytes && !bytes->empty()) {
            variants.push_back({.text = *std::move(bytes)});
        }
    }
    return variants;
}

// Node reads the dashes of a UUID as base64url's 62; what is lenient otherwise, PHP and Ruby, leaves them out.
Variants base64_decoded(const Material& material) {
    const std::string& key = material.question.key;
    Variants variants;
    for (const std::string& text : {key, without(key, '-')}) {
        if (auto bytes = base::from_base64(standard_base64(text)); bytes && !bytes->empty()) {
            variants.push_back({.text = *std::move(bytes)});
        }
    }
    return variants;
}

Variants as_credential(const Material& material) {
    const std::string& key = material.question.key;
    const std::string pair = "default:" + key;
    return {{.text = "Bearer " + key},
            {.text = pair},
            {.text = base::to_base64(pair)},
            {.text = "Basic " + base::to_base64(pair)},
            {.text = "Token " + key}};
}

// What people call it.
constexpr std::array<std::string_view, 6> kNames{"APPLICATION_MANAGEMENT_TOKEN",
                                                 "SMARTCAR_APPLICATION_MANAGEMENT_TOKEN",
                                                 "SMARTCAR_MANAGEMENT_TOKEN",
                                                 "SMARTCAR_AMT",
                                                 "AMT",
                                                 "TOKEN"};

Variants behind_its_name(const Material& material) {
    Variants variants;
    for (const std::string_view name : kNames) {
        const std::string line = std::string(name) + "=" + material.question.key;
        variants.push_back({.text = line});
        variants.push_back({.text = "export " + line});
        variants.push_back({.text = line + "\n"});
    }
    return variants;
}

// What AWS Secrets Manager returns for a secret with one key.
Variants in_an_object(const Material& material) {
    Variants variants;
    for (const std::string_view name : kNames) {
        const std::string begin = "{\"" + std::string(name) + "\":";
        variants.push_back({.text = begin + "\"" + material.question.key + "\"}"});
        variants.push_back({.text = begin + " \"" + material.question.key + "\"}"});
    }
    return variants;
}

// A column or a buffer that is too short, and characters at which shells and .env files end a value.
Variants cut_short(const Material& material) {
    const std::string& key = material.question.key;
    Variants variants;
    for (const std::size_t length :
         {std::size_t{16}, std::size_t{32}, key.size() - std::min<std::size_t>(key.size(), 1)}) {
        if (length > 0 && length < key.size()) variants.push_back({.text = key.substr(0, length)});
    }
    for (const char end : {'#', '$', '=', '-', ' '}) {
        const std::size_t at = key.find(end);
        if (at != std::string::npos && at > 0) variants.push_back({.text = key.substr(0, at)});
    }
    return variants;
}

Variants hashed_first(const Material& material) {
    Variants variants;
    for (const Algorithm algorithm : {Algorithm::kSha256, Algorithm::kMd5}) {
        const std::string digest = hash(algorithm, material.question.key);
        if (digest.empty()) continue;
        variants.push_back({.text = digest});
        variants.push_back({.text = base::to_hex(digest)});
    }
    return variants;
}

Variants in_utf16(const Material& material) {
    return {{.text = as_utf16(material.question.key, ByteOrder::kLittle), .language = Language::kDotNet},
            {.text = as_utf16(material.question.key, ByteOrder::kBig)},
            {.text = "\xFE\xFF" + as_utf16(material.question.key, ByteOrder::kBig), .language = Language::kJava},
            {.text = "\xFF\xFE" + as_utf16(material.question.key, ByteOrder::kLittle), .language = Language::kPython}};
}

constexpr std::string_view kUseTheToken =
    "Use the application management token, from Configuration in Smartcar's dashboard, as the key.";
constexpr std::string_view kReadTheKeyClean = "Trim the token where it is read, from its file or its variable.";
constexpr std::string_view kNoDecoding = "Use the token's characters as the key, dashes included: no decoding.";
constexpr std::string_view kAsWritten = "Use the token as it is written in the dashboard.";

constexpr std::array kValuesTakenForTheKey{
    Row{.mistake = {"stale-token", "The key was the other of the last two tokens: a rotation came between.",
                    "Give the callback the token that signs now; while a token is rotated, let it take either."},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return candidates_called("stale-token", m); }},
    Row{.mistake = {"client-secret-as-key", "The key was the OAuth client secret.", kUseTheToken},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return candidates_called("client-secret", m); }},
    Row{.mistake = {"client-id-as-key", "The key was the client id.", kUseTheToken},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return candidates_called("client-id", m); }},
    Row{.mistake = {"webhook-id-as-key", "The key was the webhook's id.", kUseTheToken},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return candidates_called("webhook-id", m); }},
    Row{.mistake = {"other-value-as-key", "The key was another value you have.", kUseTheToken},
        .in_pairs = Likely::kYes,
        .most_in_pairs = 8,
        .keys = other_candidates},
    Row{.mistake = {"no-key", "The key was empty, or the name of a value that is not there.",
                    "Look at how the token reaches the code: a variable that is not set in this process gives this "
                    "hash."},
        .in_pairs = Likely::kYes,
        .keys = no_key},
};

constexpr std::array kSpoiltKeys{
    Row{.mistake = {"key-with-newline", "The key had a line break behind it.", kReadTheKeyClean, Advice::kCleanKey},
        .in_pairs = Likely::kYes,
        .keys =
            [](const Material& m) {
                return Variants{{.text = m.question.key + "\n"}, {.text = m.question.key + "\r"}};
            }},
    Row{.mistake = {"key-with-crlf", "The key had the two bytes behind it that end a line on Windows.",
                    kReadTheKeyClean, Advice::kCleanKey},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return Variants{{.text = m.question.key + "\r\n"}}; }},
    Row{.mistake = {"key-with-escaped-newline", R"(The key had the two characters \n behind it, and not a line break.)",
                    R"(Take the \n out of the variable or the .env file.)"},
        .keys =
            [](const Material& m) {
                return Variants{{.text = m.question.key + "\\n"}, {.text = m.question.key + "\\r\\n"}};
            }},
    Row{.mistake = {"key-with-blanks", "The key had a blank around it.", kReadTheKeyClean, Advice::kCleanKey},
        .in_pairs = Likely::kYes,
        .keys =
            [](const Material& m) {
                const std::string& key = m.question.key;
                return Variants{
                    {.text = key + " "}, {.text = " " + key}, {.text = " " + key + " "}, {.text = key + "\t"}};
            }},
    Row{.mistake = {"key-with-bom", "The key had a byte order mark before it.",
                    "Save the file that holds the token as UTF-8 without a byte order mark."},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return Variants{{.text = "\xEF\xBB\xBF" + m.question.key}}; }},
    Row{.mistake = {"key-in-quotes", "The key had quotes around it.",
                    "Take the quotes out: not everything that reads a .env file removes them."},
        .in_pairs = Likely::kYes,
        .keys =
            [](const Material& m) {
                const std::string& key = m.question.key;
                return Variants{{.text = '"' + key + '"'}, {.text = '\'' + key + '\''}, {.text = '`' + key + '`'}};
            }},
    Row{.mistake = {"key-trimmed", "The key was used without the blanks that the token has here.",
                    "Check the token given to the simulator: it begins or ends with a blank or line break."},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return Variants{{.text = std::string(base::trimmed(m.question.key))}}; }},
    Row{.mistake = {"key-in-other-case", "The key was used in upper case or in lower case.", kAsWritten},
        .keys =
            [](const Material& m) {
                return Variants{{.text = base::upper_case(m.question.key)}, {.text = base::lower_case(m.question.key)}};
            }},
    Row{.mistake = {"key-without-dashes", "The key was used without its dashes.", kAsWritten},
        .keys = [](const Material& m) { return unless_empty(without(m.question.key, '-')); }},
    Row{.mistake = {"key-hex-decoded", "The key was read as hex digits and not as text.", kNoDecoding},
        .in_pairs = Likely::kYes,
        .keys = hex_decoded},
    Row{.mistake = {"key-base64-decoded", "The key was read as base64 and not as text.", kNoDecoding},
        .keys = base64_decoded},
    Row{.mistake = {"key-in-base64", "The key was put in base64 first.", kAsWritten},
        .keys =
            [](const Material& m) {
                const std::string encoded = base::to_base64(m.question.key);
                return Variants{{.text = encoded}, {.text = encoded.substr(0, encoded.find('='))}};
            }},
    Row{.mistake = {"key-in-hex", "The key was written as the hex of its characters first.", kAsWritten},
        .keys = [](const Material& m) { return unless_empty(base::to_hex(m.question.key)); }},
    Row{.mistake = {"key-hashed-first", "The key was hashed, and its hash was the key.",
                    "Use the token itself as the key: HMAC hashes a long key on its own."},
        .keys = hashed_first},
    Row{.mistake = {"key-as-credential", "The key was an Authorization value made of the token and not the token.",
                    kUseTheToken},
        .keys = as_credential},
    Row{.mistake = {"key-with-its-name", "The key was the whole line NAME=token and not the token in it.",
                    "Read the variable and not the line: cut it behind the first equals sign."},
        .keys = behind_its_name},
    Row{.mistake = {"key-in-json", "The key was a JSON object that holds the token, as a secret store returns it.",
                    "Parse what the secret store returns, and use the token in it."},
        .keys = in_an_object},
    Row{.mistake = {"key-as-python-bytes", "The key was the text b'…' that Python prints for bytes.",
                    "Make text of bytes with decode() and not with str().", Advice::kCleanKey, Language::kPython},
        .in_pairs = Likely::kYes,
        .keys = [](const Material& m) { return Variants{{.text = "b'" + m.question.key + "'"}}; }},
    Row{.mistake = {"key-cut-short", "Only the beginning of the key was used.",
                    "Look for a column or a variable that is too short, and for # or $ without quotes around them."},
        .keys = cut_short},
    Row{.mistake = {"key-in-utf16", "The key was taken in UTF-16.", "Take the token's bytes in UTF-8 or ASCII.",
                    Advice::kHmac},
        .keys = in_utf16},
};

}  // namespace

std::span<const Row> values_taken_for_the_key() { return kValuesTakenForTheKey; }
std::span<const Row> spoilt_keys() { return kSpoiltKeys; }

}  // namespace smartcar_sim::signature
