// Another text than the body's bytes: written again by a runtime, or spoilt on its way to the hash.
#include <array>
#include <cstddef>
#include <initializer_list>
#include <utility>

#include "base/printable.h"
#include "base/text.h"
#include "signature/json_bytes.h"
#include "signature/mistakes.h"
#include "signature/unicode.h"

namespace smartcar_sim::signature {
namespace {

const std::string& body_of(const Material& material) { return material.question.message; }

Variants one(const Material& m, std::string (*change)(std::string_view body)) {
    return m.about_body() ? Variants{{.text = change(body_of(m))}} : Variants{};
}

Variants each(const Material& m, std::vector<std::string> texts) {
    Variants variants;
    if (!m.about_body()) return variants;
    variants.reserve(texts.size());
    for (std::string& text : texts) variants.push_back({.text = std::move(text)});
    return variants;
}

// --- written again ----------------------------------------------------------------------------

Variants written_again(const Material& m, std::initializer_list<Runtime> by) {
    Variants variants;
    if (!m.about_body() || !m.json) return variants;
    variants.reserve(by.size());
    for (const Runtime runtime : by) variants.push_back({.text = written_by(runtime, *m.json)});
    return variants;
}

// What json.NewEncoder(w).Encode(body) writes ends with a line break.
Variants written_by_go(const Material& m) {
    Variants variants = written_again(m, {Runtime::kGoMap, Runtime::kGoMapUnescaped, Runtime::kGoNumberMap});
    for (std::size_t i = variants.size(); i > 0; --i) variants.push_back({.text = variants[i - 1].text + "\n"});
    return variants;
}

// --- parts and wrappings ----------------------------------------------------------------------

// "data" or "payload" as it stands in the body, and as the likeliest runtimes write it.
Variants members(const Material& m) {
    Variants variants;
    if (!m.about_body()) return variants;
    for (const std::string_view name : {"data", "payload"}) {
        const std::string as_it_stands = member(body_of(m), name);
        const auto json = read_json(as_it_stands);
        if (!json) continue;
        variants.push_back({.text = as_it_stands});
        for (const Runtime runtime : {Runtime::kNode, Runtime::kPython, Runtime::kPythonCompact, Runtime::kPhp,
                                      Runtime::kRuby, Runtime::kRails, Runtime::kGoMap}) {
            variants.push_back({.text = written_by(runtime, *json)});
        }
    }
    return variants;
}

Variants no_body(const Material& m) {
    if (!m.about_body()) return {};
    return {{.text = ""},
            {.text = "{}"},
            {.text = "undefined", .language = Language::kNode},
            {.text = "None", .language = Language::kPython},
            {.text = "b''", .language = Language::kPython},
            {.text = "null"},
            {.text = "[]", .language = Language::kPhp},
            {.text = "nil", .language = Language::kRuby},
            {.text = "<nil>", .language = Language::kGo}};
}

// --- bytes ------------------------------------------------------------------------------------

std::string replaced(std::string_view text, std::string_view what, std::string_view with) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
        const bool found = text.substr(at).starts_with(what);
        out += found ? with : text.substr(at, 1);
        at += found ? what.size() : 1;
    }
    return out;
}

std::string without_any(std::string_view text, std::string_view unwanted) {
    std::string out;
    for (const char c : text) {
        if (unwanted.find(c) == std::string_view::npos) out += c;
    }
    return out;
}

// The sizes that buffers, packets and columns have.
Variants cut_at_buffers(const Material& m) {
    constexpr std::array<std::size_t, 15> kSizes{255,  256,  512,  1000, 1023,  1024,  1448, 1460,
                                                 2048, 4096, 8191, 8192, 16384, 65535, 65536};
    Variants variants;
    if (!m.about_body()) return variants;
    for (const std::size_t size : kSizes) {
        if (size < body_of(m).size()) variants.push_back({.text = body_of(m).substr(0, size)});
    }
    return variants;
}

std::size_t characters_in(std::string_view text) {
    std::size_t count = 0;
    for (; !text.empty(); ++count) text.remove_prefix(first_character(text).length);
    return count;
}

// As many bytes as the text has characters.
Variants cut_by_length_in_characters(const Material& m) {
    const std::string& body = body_of(m);
    return each(m, {body.substr(0, utf16_length(body)), body.substr(0, characters_in(body))});
}

Variants up_to(const Material& m, std::initializer_list<std::string_view> ends) {
    Variants variants;
    if (!m.about_body()) return variants;
    for (const std::string_view end : ends) {
        const std::size_t at = body_of(m).find(end);
        if (at != std::string::npos) variants.push_back({.text = body_of(m).substr(0, at)});
    }
    return variants;
}

std::string html_entities(std::string_view text, std::string_view quote, std::string_view apostrophe) {
    return replaced(replaced(base::escape_html(text), "&quot;", quote), "&#39;", apostrophe);
}

// PHP's addslashes(), which WordPress still does to what comes in.
std::string with_backslashes(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '"' || c == '\'' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string without_backslashes(std::string_view text) {
    std::string out;
    for (std::size_t i = 0; i < text.size(); ++i) {
        if (text[i] == '\\' && i + 1 < text.size()) ++i;
        out += text[i];
    }
    return out;
}

constexpr std::string_view kReplacement = "\xEF\xBF\xBD";

Variants characters_lost(const Material& m) {
    const std::string& body = body_of(m);
    return each(m, {without_characters_beyond_ascii(body, "?"), without_bytes_beyond_ascii(body, "?"),
                    without_characters_beyond_ascii(body, ""), without_bytes_beyond_ascii(body, kReplacement),
                    without_characters_beyond_ascii(body, kReplacement), seven_bits(body)});
}

// --- the tables -------------------------------------------------------------------------------

constexpr std::string_view kUseTheRawBody =
    "Hash the bytes of the request body as they arrived, before anything parses them.";
constexpr std::string_view kReadAllOfIt = "Read the body to its end, and count its length in bytes.";
constexpr std::string_view kKeepTheBytes = "Hash the body's bytes: do not make text of them before.";

// Who parses the body and writes it again. In a canonical body most of these change nothing, and are then not tried.
constexpr std::array kOtherBodies{
    Row{.mistake = {"body-with-spaces",
                    "The body was parsed and written again with spaces, as Python's json.dumps does.", kUseTheRawBody,
                    Advice::kRawBody, Language::kPython},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kPython, Runtime::kPythonUtf8}); }},
    Row{.mistake = {"body-as-node", "The body was parsed and written again by JSON.stringify, as the Node SDK does.",
                    kUseTheRawBody, Advice::kRawBody, Language::kNode},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kNode}); }},
    Row{.mistake = {"body-slashes-escaped",
                    R"(The body was parsed and written again with \/ for slashes, as PHP's json_encode does.)",
                    kUseTheRawBody, Advice::kRawBody, Language::kPhp},
        .in_pairs = Likely::kYes,
        .messages =
            [](const Material& m) {
                return written_again(m, {Runtime::kPhp, Runtime::kPhpObjects, Runtime::kPhpUnicode});
            }},
    Row{.mistake = {"body-ascii-escaped",
                    "The body was parsed and written again without spaces and with \\u escapes for what is not ASCII, "
                    "as Python's json.dumps does with separators=(',', ':').",
                    kUseTheRawBody, Advice::kRawBody, Language::kPython},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kPythonCompact}); }},
    Row{.mistake = {"body-as-ruby", "The body was parsed and written again by Ruby's to_json, as the Ruby SDK does.",
                    kUseTheRawBody, Advice::kRawBody, Language::kRuby},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kRuby}); }},
    Row{.mistake = {"body-as-python-utf8",
                    "The body was parsed and written again by Python without spaces and without \\u escapes, as "
                    "FastAPI's responses are.",
                    kUseTheRawBody, Advice::kRawBody, Language::kPython},
        .messages = [](const Material& m) { return written_again(m, {Runtime::kPythonCompactUtf8}); }},
    Row{.mistake =
            {"body-html-escaped",
             "The body was written again with <, > and & escaped and all else as it was, as Go does with a struct "
             "or a json.RawMessage, and Rails with most bodies.",
             kUseTheRawBody, Advice::kRawBody},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return one(m, html_escaped); }},
    Row{.mistake = {"body-as-rails",
                    "The body was parsed and written again by to_json in Rails, which escapes <, > and &.",
                    kUseTheRawBody, Advice::kRawBody, Language::kRuby},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kRails}); }},
    Row{.mistake = {"body-as-go-map",
                    "The body was parsed into a map and written again by Go, which sorts the keys and escapes <, > "
                    "and &.",
                    kUseTheRawBody, Advice::kRawBody, Language::kGo},
        .in_pairs = Likely::kYes,
        .messages = written_by_go},
    Row{.mistake = {"body-as-jackson",
                    "The body was parsed and written again by Jackson, which writes every fraction as Java does.",
                    kUseTheRawBody, Advice::kRawBody, Language::kJava},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kJackson}); }},
    Row{.mistake = {"body-as-gson",
                    "The body was parsed into a JsonElement and written again by Gson, which escapes <, >, &, = and "
                    "' and leaves out members that are null.",
                    kUseTheRawBody, Advice::kRawBody, Language::kJava},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kGsonTree, Runtime::kGsonPrinted}); }},
    Row{.mistake = {"body-as-gson-map",
                    "The body was parsed into a Map and written again by Gson, to which every number is a fraction: "
                    "78 becomes 78.0.",
                    kUseTheRawBody, Advice::kRawBody, Language::kJava},
        .in_pairs = Likely::kYes,
        .messages =
            [](const Material& m) { return written_again(m, {Runtime::kGsonMap, Runtime::kGsonMapUnescaped}); }},
    Row{.mistake = {"body-without-nulls", "The body was parsed and written again without the members that are null.",
                    kUseTheRawBody, Advice::kRawBody},
        .messages = [](const Material& m) { return written_again(m, {Runtime::kJacksonWithoutNulls}); }},
    Row{.mistake = {"body-as-dotnet",
                    "The body was parsed and written again by System.Text.Json, which escapes all but plain ASCII.",
                    kUseTheRawBody, Advice::kRawBody, Language::kDotNet},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kDotNet}); }},
    Row{.mistake = {"body-as-newtonsoft",
                    "The body was parsed and written again by Newtonsoft's Json.NET, which shortens dates.",
                    kUseTheRawBody, Advice::kRawBody, Language::kDotNet},
        .messages = [](const Material& m) { return written_again(m, {Runtime::kNewtonsoft}); }},
    Row{.mistake = {"body-as-php-with-flags",
                    "The body was parsed and written again by PHP with JSON_UNESCAPED_SLASHES or "
                    "JSON_UNESCAPED_UNICODE.",
                    kUseTheRawBody, Advice::kRawBody, Language::kPhp},
        .in_pairs = Likely::kYes,
        .messages =
            [](const Material& m) { return written_again(m, {Runtime::kPhpSlashesUnicode, Runtime::kPhpSlashes}); }},
    Row{.mistake = {"body-sorted", "The body was parsed and written again with its keys in alphabetical order.",
                    kUseTheRawBody, Advice::kRawBody},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kNodeSorted}); }},
    Row{.mistake = {"body-as-flask",
                    "The body was parsed and written again by Python with its keys sorted, as Flask's json.dumps does.",
                    kUseTheRawBody, Advice::kRawBody, Language::kPython},
        .in_pairs = Likely::kYes,
        .messages =
            [](const Material& m) {
                return written_again(m, {Runtime::kPythonSorted, Runtime::kPythonSortedCompact});
            }},
    Row{.mistake = {"body-from-database",
                    "The body came out of a JSON column, in which PostgreSQL and MySQL order keys by their length.",
                    "Hash the bytes of the request as they arrived, and keep a copy of them as text.",
                    Advice::kRawBody},
        .messages = [](const Material& m) { return written_again(m, {Runtime::kDatabase}); }},
    Row{.mistake = {"body-pretty-printed", "The body was parsed and written again with line breaks and indents.",
                    kUseTheRawBody, Advice::kRawBody},
        .messages =
            [](const Material& m) {
                return written_again(
                    m, {Runtime::kNodePretty2, Runtime::kNodePretty4, Runtime::kNodePrettyTab, Runtime::kRubyPretty});
            }},
    Row{.mistake = {"body-pretty-printed-by-python",
                    "The body was parsed and written again by Python's json.dumps with an indent.", kUseTheRawBody,
                    Advice::kRawBody, Language::kPython},
        .messages =
            [](const Material& m) { return written_again(m, {Runtime::kPythonPretty2, Runtime::kPythonPretty4}); }},
    Row{.mistake = {"body-pretty-printed-by-php",
                    "The body was parsed and written again by PHP with JSON_PRETTY_PRINT.", kUseTheRawBody,
                    Advice::kRawBody, Language::kPhp},
        .messages = [](const Material& m) { return written_again(m, {Runtime::kPhpPretty}); }},
    Row{.mistake = {"body-compacted", "The white space between the body's tokens was taken out, and nothing else.",
                    kUseTheRawBody, Advice::kRawBody},
        .messages = [](const Material& m) { return one(m, compact); }},
    Row{.mistake = {"body-printed-by-python", "The parsed body was turned into text by Python's str() or an f-string.",
                    kUseTheRawBody, Advice::kRawBody, Language::kPython},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kPythonRepr}); }},
    Row{.mistake = {"body-printed-by-ruby", "The parsed body was turned into text by Ruby's to_s or inspect.",
                    kUseTheRawBody, Advice::kRawBody, Language::kRuby},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return written_again(m, {Runtime::kRubyInspect}); }},
    Row{.mistake = {"body-printed-by-java", "The parsed body was turned into text by the toString() of a Java Map.",
                    kUseTheRawBody, Advice::kRawBody, Language::kJava},
        .messages = [](const Material& m) { return written_again(m, {Runtime::kJavaPrinted}); }},
    Row{.mistake = {"body-printed-by-go", "The parsed body was turned into text by Go's fmt.Sprint.", kUseTheRawBody,
                    Advice::kRawBody, Language::kGo},
        .messages = [](const Material& m) { return written_again(m, {Runtime::kGoPrinted}); }},

    Row{.mistake =
            {"quoted-body",
             "The body was hashed as a JSON string, in quotes: the Node and Ruby SDKs do that to a body given as "
             "text.",
             "Give verifyPayload the parsed object in Node and Ruby, or hash the raw bytes yourself.",
             Advice::kRawBody},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return one(m, as_json_string); }},
    Row{.mistake = {"buffer-as-json",
                    R"(The body was hashed as {"type":"Buffer",…}: the Node SDK does that to a Buffer.)",
                    "Give verifyPayload the parsed object, or hash the raw bytes yourself.", Advice::kRawBody,
                    Language::kNode},
        .in_pairs = Likely::kYes,
        .messages = [](const Material& m) { return one(m, as_node_buffer); }},
    Row{.mistake = {"object-as-text",
                    R"(The parsed body was turned into "[object Object]" or "Array", and that was hashed.)",
                    kUseTheRawBody, Advice::kRawBody},
        .in_pairs = Likely::kYes,
        .messages =
            [](const Material& m) {
                if (!m.about_body()) return Variants{};
                return Variants{{.text = "[object Object]", .language = Language::kNode},
                                {.text = "Array", .language = Language::kPhp}};
            }},
    Row{.mistake = {"no-body", "Nothing was hashed: the body had been read by something else, or was not there yet.",
                    kUseTheRawBody, Advice::kRawBody},
        .in_pairs = Likely::kYes,
        .messages = no_body},
    Row{.mistake = {"one-member-of-body", R"(Only "data" or "payload" of the body was hashed.)", kUseTheRawBody,
                    Advice::kRawBody},
        .in_pairs = Likely::kYes,
        .messages = members},
};

constexpr std::array kSpoiltBodies{
    Row{.mistake = {"body-in-latin1", "The body was hashed in Latin-1: é as one byte.",
                    "Hash the body's bytes, which are UTF-8.", Advice::kRawBody},
        .messages = [](const Material& m) { return each(m, {low_bytes(body_of(m)), as_latin1(body_of(m))}); }},
    Row{.mistake = {"body-read-as-latin1",
                    "The body's UTF-8 was read as Latin-1 or Windows-1252 and written as UTF-8: é became Ã©.",
                    kKeepTheBytes, Advice::kRawBody},
        .in_pairs = Likely::kYes,
        .messages =
            [](const Material& m) {
                return each(m, {latin1_read_as_text(body_of(m)), windows1252_read_as_text(body_of(m))});
            }},
    Row{.mistake = {"body-characters-lost", "Characters beyond ASCII were replaced or left out: é became ? or U+FFFD.",
                    kKeepTheBytes, Advice::kRawBody},
        .messages = characters_lost},
    Row{.mistake = {"body-cut-short",
                    "Only the beginning of the body was hashed: as much as fits a buffer or a packet.", kReadAllOfIt,
                    Advice::kRawBody},
        .messages = cut_at_buffers},
    Row{.mistake = {"body-cut-by-characters",
                    "The end of the body was missing: its length was counted in characters and not in bytes.",
                    kReadAllOfIt, Advice::kRawBody},
        .messages = cut_by_length_in_characters},
    Row{.mistake = {"body-cut-at-nul", "The body was hashed up to its first NUL alone.", kReadAllOfIt,
                    Advice::kRawBody},
        .messages = [](const Material& m) { return up_to(m, {std::string_view("\0", 1)}); }},
    Row{.mistake = {"body-first-line", "Only the first line of the body was hashed.",
                    "Read the whole body and not a line of it.", Advice::kRawBody},
        .messages = [](const Material& m) { return up_to(m, {"\r\n", "\n"}); }},
    Row{.mistake = {"body-lines-joined", "The body was read line by line and put together without its line breaks.",
                    "Read the body as bytes and not by lines.", Advice::kRawBody},
        .messages = [](const Material& m) { return each(m, {without_any(body_of(m), "\r\n")}); }},
    Row{.mistake = {"body-line-ends-changed", "The line breaks in the body were changed, from CR LF to LF or back.",
                    kKeepTheBytes, Advice::kRawBody},
        .messages =
            [](const Material& m) {
                const std::string short_ends = replaced(body_of(m), "\r\n", "\n");
                return each(m, {short_ends, replaced(short_ends, "\n", "\r\n")});
            }},
    Row{.mistake = {"body-without-blanks", "All blanks were taken out of the body, those in its texts too.",
                    kKeepTheBytes, Advice::kRawBody},
        .messages =
            [](const Material& m) {
                return each(m, {without_any(body_of(m), " \t\r\n"), without_any(body_of(m), " ")});
            }},
    Row{.mistake = {"body-html-entities", "The body's quotes were written as HTML: &quot; or &#34;.",
                    "Hash the body before any filter for HTML sees it.", Advice::kRawBody},
        .messages =
            [](const Material& m) {
                return each(
                    m, {html_entities(body_of(m), "&quot;", "&#039;"), html_entities(body_of(m), "&quot;", "&#x27;"),
                        html_entities(body_of(m), "&#34;", "&#39;"), html_entities(body_of(m), "&quot;", "&#39;"),
                        html_entities(body_of(m), "&quot;", "'")});
            }},
    Row{.mistake = {"body-with-backslashes",
                    "Backslashes were put before the body's quotes, as WordPress does to what comes in.",
                    "Hash the body as it came; wp_unslash() undoes it.", Advice::kRawBody, Language::kPhp},
        .messages = [](const Material& m) { return one(m, with_backslashes); }},
    Row{.mistake = {"body-without-backslashes", "The body's backslashes were taken away.", kKeepTheBytes,
                    Advice::kRawBody},
        .messages = [](const Material& m) { return one(m, without_backslashes); }},
    Row{.mistake = {"body-url-decoded", "The body was read as a form: %XX was decoded, and + became a blank.",
                    "Let nothing read the body as a form: it is application/json.", Advice::kRawBody},
        .messages =
            [](const Material& m) {
                return each(m, {base::percent_decode(body_of(m), base::Plus::kIsSpace),
                                base::percent_decode(body_of(m), base::Plus::kLiteral)});
            }},
};

}  // namespace

std::span<const Row> other_bodies() { return kOtherBodies; }
std::span<const Row> spoilt_bodies() { return kSpoiltBodies; }

}  // namespace smartcar_sim::signature
