// Another message than the challenge, and what goes wrong with either subject's bytes.
#include <array>
#include <cstddef>
#include <utility>

#include "base/text.h"
#include "signature/json_bytes.h"
#include "signature/mistakes.h"
#include "signature/unicode.h"

namespace smartcar_sim::signature {
namespace {

constexpr std::string_view kBlanks = " \t\r\n";

const std::string& message_of(const Material& material) { return material.question.message; }

Variants one(std::string text) { return {{.text = std::move(text)}}; }

Variants whole_body(const Material& m) {
    const std::string& body = m.question.request_body;
    return m.about_challenge() && !body.empty() ? one(body) : Variants{};
}

// Those that pairs are made with; the others follow.
constexpr std::array kLikelyRuntimes{Runtime::kNode, Runtime::kPython, Runtime::kPythonCompact, Runtime::kPhp,
                                     Runtime::kRuby, Runtime::kRails,  Runtime::kGoMap,         Runtime::kPythonRepr};

Variants whole_body_written_again(const Material& m) {
    if (!m.about_challenge() || !m.json) return {};
    Variants variants;
    variants.reserve(kLikelyRuntimes.size() + runtimes().size());
    for (const Runtime runtime : kLikelyRuntimes) variants.push_back({.text = written_by(runtime, *m.json)});
    for (const Runtime runtime : runtimes()) variants.push_back({.text = written_by(runtime, *m.json)});
    return variants;
}

Variants quoted_challenge(const Material& m) {
    if (!m.about_challenge()) return {};
    return {{.text = as_json_string(message_of(m))}, {.text = '\'' + message_of(m) + '\''}};
}

std::string challenge_member(std::string_view after_colon, const Material& m) {
    return "{\"challenge\":" + std::string(after_colon) + as_json_string(message_of(m)) + "}";
}

Variants challenge_object(const Material& m) {
    if (!m.about_challenge()) return {};
    return {{.text = challenge_member("", m)},
            {.text = challenge_member(" ", m)},
            {.text = "{'challenge': '" + message_of(m) + "'}", .language = Language::kPython},
            {.text = R"({"challenge"=>")" + message_of(m) + "\"}", .language = Language::kRuby},
            {.text = "{challenge=" + message_of(m) + "}", .language = Language::kJava},
            {.text = "map[challenge:" + message_of(m) + "]", .language = Language::kGo},
            {.text = "[object Object]", .language = Language::kNode},
            {.text = "Array", .language = Language::kPhp}};
}

// What a field that is not there becomes on its way into a hash: Go, PHP and Ruby; JavaScript; Python; Java.
Variants absent(bool wanted) {
    if (!wanted) return {};
    return {{.text = ""},
            {.text = "undefined", .language = Language::kNode},
            {.text = "None", .language = Language::kPython},
            {.text = "null"},
            {.text = "<nil>", .language = Language::kGo}};
}

Variants without_prefix(const Material& m) {
    constexpr std::string_view kPrefix = "challenge_";
    return m.about_challenge() && message_of(m).starts_with(kPrefix) ? one(message_of(m).substr(kPrefix.size()))
                                                                     : Variants{};
}

// Buffer.from(challenge, "hex"), base64.b64decode(challenge): of the whole, or of what follows the underscore.
Variants challenge_decoded(const Material& m) {
    if (!m.about_challenge()) return {};
    Variants variants;
    for (const std::string& text : {message_of(m), message_of(m).substr(message_of(m).rfind('_') + 1)}) {
        for (auto bytes : {base::from_hex(text), base::from_base64(standard_base64(text))}) {
            if (bytes && !bytes->empty()) variants.push_back({.text = *std::move(bytes)});
        }
    }
    return variants;
}

Variants without_line_break(const Material& m) {
    const std::size_t last = message_of(m).find_last_not_of(kBlanks);
    return one(message_of(m).substr(0, last == std::string::npos ? 0 : last + 1));
}

Variants in_utf16(const Material& m) {
    const std::string little = as_utf16(message_of(m), ByteOrder::kLittle);
    const std::string big = as_utf16(message_of(m), ByteOrder::kBig);
    return {{.text = little},
            {.text = big},
            {.text = "\xFF\xFE" + little},
            {.text = "\xFE\xFF" + big, .language = Language::kJava}};
}

Variants behind(const std::string& time, const std::string& message, Language language) {
    return {{.text = time + "." + message, .language = language},
            {.text = "v0:" + time + ":" + message, .language = language},
            {.text = time + "." + time + "." + message, .language = language}};
}

// As code for Stripe, Slack and Svix hashes, whose headers are not there.
Variants behind_a_timestamp(const Material& m) {
    Variants all;
    for (const Variant& nothing : absent(true)) {
        for (Variant& variant : behind(nothing.text, message_of(m), nothing.language))
            all.push_back(std::move(variant));
    }
    return all;
}

constexpr std::string_view kHashTheString = R"(Hash the string in "challenge" alone.)";
constexpr std::string_view kHashTheMessage = "Hash the bytes of the message as they came, without encoding them.";

constexpr std::array kMessages{
    Row{.mistake = {"whole-body", "The whole request body was hashed and not the challenge in it.",
                    "Hash the challenge alone: the string at payload.challenge (2.0) or data.challenge (4.0).",
                    Advice::kChallenge},
        .in_pairs = Likely::kYes,
        .messages = whole_body},
    Row{.mistake = {"whole-body-written-again",
                    "The whole request body was parsed, written again and hashed, and not the challenge in it.",
                    "Hash the challenge alone: the string at payload.challenge (2.0) or data.challenge (4.0).",
                    Advice::kChallenge},
        .in_pairs = Likely::kYes,
        .most_in_pairs = 8,
        .messages = whole_body_written_again},
    Row{.mistake = {"quoted-challenge", "The challenge was hashed with quotes around it, as JSON writes it.",
                    "Hash the string itself and not JSON.stringify(challenge)."},
        .in_pairs = Likely::kYes,
        .messages = quoted_challenge},
    Row{.mistake = {"challenge-object", "The object that holds the challenge was hashed and not the challenge.",
                    kHashTheString, Advice::kChallenge},
        .in_pairs = Likely::kYes,
        .messages = challenge_object},
    Row{.mistake = {"absent-challenge",
                    "Nothing was hashed, or the text undefined, None or null: the code looked for the challenge where "
                    "this message has none.",
                    "Read payload.challenge in 2.0 messages and data.challenge in 4.0 messages, from the parsed body.",
                    Advice::kChallenge},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return absent(m.about_challenge()); }},
    Row{.mistake = {"challenge-without-prefix", R"(The challenge was hashed without the "challenge_" it begins with.)",
                    "Hash the whole string, beginning included."},
        .in_pairs = Likely::kYes,
        .messages = without_prefix},
    Row{.mistake = {"challenge-decoded", "The challenge was decoded, from hex or base64, and then hashed.",
                    "Hash the challenge's characters: they are no encoding of anything."},
        .messages = challenge_decoded},

    Row{.mistake = {"line-break-added", "The message was hashed with a line break behind it.",
                    "Hash the message alone: echo adds a line break, printf '%s' does not."},
        .in_pairs = Likely::kYes,
        .messages =
            [](const Material& m) {
                return Variants{{.text = message_of(m) + "\n"}, {.text = message_of(m) + "\r\n"}};
            }},
    Row{.mistake = {"line-break-removed", "The message was hashed without the blanks or line break at its end.",
                    "Hash every byte of the message: do not trim it."},
        .in_pairs = Likely::kYes,
        .messages = without_line_break},
    Row{.mistake = {"message-as-python-bytes", "The text b'…' that Python prints for bytes was hashed.",
                    "Hash the bytes, or make text of them with decode() and not with str().", Advice::kHmac,
                    Language::kPython},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return one(as_python_bytes(message_of(m))); }},
    Row{.mistake = {"message-in-base64",
                    "The message was hashed in base64: gateways that call a function hand bodies over like that.",
                    "Decode it first: where isBase64Encoded is true, hash Buffer.from(event.body, 'base64')."},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return one(base::to_base64(message_of(m))); }},
    Row{.mistake = {"message-in-hex", "The message was hashed as the hex of its bytes.", kHashTheMessage,
                    Advice::kHmac},
        .messages = [](const Material& m) { return one(base::to_hex(message_of(m))); }},
    Row{.mistake = {"message-in-utf16", "The message was hashed in UTF-16.", "Take the message's bytes in UTF-8.",
                    Advice::kHmac},
        .messages = in_utf16},
    Row{.mistake = {"message-with-bom", "The message was hashed with a byte order mark before it.", kHashTheMessage},
        .messages = [](const Material& m) { return one("\xEF\xBB\xBF" + message_of(m)); }},
    Row{.mistake = {"message-url-encoded", "The message was percent-encoded and then hashed.", kHashTheMessage},
        .messages = [](const Material& m) { return one(base::percent_encode(message_of(m))); }},
    Row{.mistake = {"message-behind-timestamp",
                    "A timestamp that is not there was put before the message, as other providers' signatures have it.",
                    "Hash the message alone: Smartcar signs no timestamp."},
        .messages = behind_a_timestamp},
};

}  // namespace

std::span<const Row> other_messages() { return kMessages; }

}  // namespace smartcar_sim::signature
