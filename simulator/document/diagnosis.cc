#include "document/diagnosis.h"

#include <cstdint>
#include <optional>

#include "base/text.h"

namespace smartcar_sim::document {

namespace {

constexpr std::string_view kTextEnds = "the text ends in the middle of ";

bool is_digit(char byte) { return byte >= '0' && byte <= '9'; }

bool is_word_character(char byte) {
    return (byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z') || byte == '_' || byte == '$' || is_digit(byte);
}

std::size_t digits_at(std::string_view text, std::size_t at) {
    std::size_t count = 0;
    while (at + count < text.size() && is_digit(text[at + count])) {
        ++count;
    }
    return count;
}

// The character `scanner` stands at, quoted for a message.
std::string quoted_character(const Scanner& scanner) {
    const std::string_view rest = scanner.rest();
    const auto byte = static_cast<unsigned char>(rest[0]);
    if (byte < 0x20 || byte == 0x7F) {
        return "the control character 0x" + base::to_hex(rest.substr(0, 1));
    }
    return byte == '"' ? "a string" : "\"" + std::string(rest.substr(0, base::utf8_length(rest))) + "\"";
}

// The four hex digits of an escape, or nothing.
std::optional<std::uint32_t> code_unit(std::string_view digits) {
    const auto bytes = base::from_hex(digits.substr(0, 4));
    if (!bytes || bytes->size() != 2) {
        return std::nullopt;
    }
    return static_cast<std::uint32_t>(static_cast<unsigned char>((*bytes)[0])) << 8U |
           static_cast<unsigned char>((*bytes)[1]);
}

bool is_high_surrogate(std::uint32_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool is_low_surrogate(std::uint32_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// What is wrong with the escape at the start of `text`, or how long it is.
struct Escape {
    std::size_t length = 0;
    std::string mistake;
};

Escape read_unicode_escape(std::string_view text) {
    const auto unit = code_unit(text.substr(2));
    if (!unit) {
        return {0, "\\u must be followed by four hex digits"};
    }
    if (is_low_surrogate(*unit)) {
        return {0, "\\" + std::string(text.substr(1, 5)) + " is half of a surrogate pair; its first half is missing"};
    }
    if (!is_high_surrogate(*unit)) {
        return {6, ""};
    }
    const auto second = text.substr(6, 2) == "\\u" ? code_unit(text.substr(8)) : std::nullopt;
    if (!second || !is_low_surrogate(*second)) {
        return {0, "\\" + std::string(text.substr(1, 5)) + " is half of a surrogate pair; its second half is missing"};
    }
    return {12, ""};
}

Escape read_escape(std::string_view text) {
    constexpr std::string_view kShortEscapes = R"("\/bfnrt)";
    if (text.size() < 2) {
        return {text.size(), ""};  // the string ends without a quote, which is the mistake to report
    }
    if (text[1] == 'u') {
        return read_unicode_escape(text);
    }
    if (kShortEscapes.find(text[1]) == std::string_view::npos) {
        return {0, R"(a backslash in a string must be followed by one of " \ / b f n r t u; write \\ for a backslash)"};
    }
    return {2, ""};
}

Diagnosis diagnose_string(const Scanner& scanner) {
    const std::string_view text = scanner.rest();
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') {
        if (text[at] == '\n' || text[at] == '\r') {
            return {scanner.at(), "the string does not end on its line; write a line break as \\n"};
        }
        if (static_cast<unsigned char>(text[at]) < 0x20) {
            return {scanner.at() + at, "a control character in a string must be escaped; write it as \\u00" +
                                           base::to_hex(text.substr(at, 1))};
        }
        if (text[at] != '\\') {
            ++at;
            continue;
        }
        const Escape escape = read_escape(text.substr(at));
        if (!escape.mistake.empty()) {
            return {scanner.at() + at, escape.mistake};
        }
        at += escape.length;
    }
    return {scanner.at(), std::string(kTextEnds) + "a string"};
}

Diagnosis diagnose_number(const Scanner& scanner) {
    const std::string_view text = scanner.rest();
    const std::size_t whole = text[0] == '-' ? 1 : 0;
    std::size_t at = whole + digits_at(text, whole);
    if (at == whole) {
        return {scanner.at(), "\"-\" must be followed by a digit"};
    }
    if (at < text.size() && text[at] == '.') {
        const std::size_t digits = digits_at(text, at + 1);
        if (digits == 0) {
            return {scanner.at() + at, "the \".\" of a number must be followed by a digit"};
        }
        at += 1 + digits;
    }
    if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
        const std::size_t sign = text.substr(at + 1, 1).find_first_of("+-") == 0 ? 1 : 0;
        if (digits_at(text, at + 1 + sign) == 0) {
            return {scanner.at() + at, "the exponent of a number needs a digit"};
        }
    }
    return {scanner.at(), "the number is too large for a double"};
}

std::string_view word_at(std::string_view text) {
    std::size_t length = 0;
    while (length < text.size() && is_word_character(text[length])) {
        ++length;
    }
    return text.substr(0, length);
}

// A text that stops here, or a comment that may not be here or has no end: wrong whatever was expected.
std::optional<Diagnosis> diagnose_end_or_comment(const Scanner& scanner, std::string_view inside) {
    if (scanner.at_end()) {
        return Diagnosis{scanner.at(), std::string(inside)};
    }
    if (scanner.rest().substr(0, 2) == "/*") {
        return Diagnosis{scanner.at(), std::string(kTextEnds) + "a comment"};
    }
    return std::nullopt;
}

Diagnosis diagnose_value(const Scanner& scanner, std::string_view inside) {
    if (const auto general = diagnose_end_or_comment(scanner, inside)) {
        return *general;
    }
    const char first = scanner.peek();
    if (first == '"') {
        return diagnose_string(scanner);
    }
    if (first == '-' || is_digit(first)) {
        return diagnose_number(scanner);
    }
    if (first == '\'') {
        return {scanner.at(), "a string goes in double quotes"};
    }
    if (const std::string_view word = word_at(scanner.rest()); !word.empty()) {
        return {scanner.at(), "\"" + std::string(word) + "\" is not a JSON value; a string goes in double quotes"};
    }
    return {scanner.at(), "expected a value here, not " + quoted_character(scanner)};
}

Diagnosis diagnose_key(const Scanner& scanner, std::string_view expected) {
    if (const auto general = diagnose_end_or_comment(scanner, std::string(kTextEnds) + "an object")) {
        return *general;
    }
    if (scanner.peek() == '"') {
        return diagnose_string(scanner);
    }
    return {scanner.at(), std::string(expected) + ", not " + quoted_character(scanner)};
}

// Expects `wanted` and, if it is there, moves behind it and the blanks that follow.
std::optional<Diagnosis> diagnose_punctuation(Scanner& scanner, char wanted, std::string_view expected,
                                              std::string_view inside) {
    if (const auto general = diagnose_end_or_comment(scanner, std::string(kTextEnds) + std::string(inside))) {
        return general;
    }
    if (scanner.peek() != wanted) {
        return Diagnosis{scanner.at(), std::string(expected) + ", not " + quoted_character(scanner)};
    }
    scanner.skip(1);
    scanner.skip_blanks();
    return std::nullopt;
}

Diagnosis diagnose_after_key(Scanner scanner) {
    if (const auto no_colon = diagnose_punctuation(scanner, ':', "expected \":\" after a key", "an object")) {
        return *no_colon;
    }
    return diagnose_value(scanner, std::string(kTextEnds) + "an object");
}

Diagnosis diagnose_after_member(Scanner scanner) {
    if (const auto no_comma =
            diagnose_punctuation(scanner, ',', R"(expected "," or "}" after a member)", "an object")) {
        return *no_comma;
    }
    return diagnose_key(scanner, "expected a key in double quotes after the comma");
}

Diagnosis diagnose_after_element(Scanner scanner) {
    if (const auto no_comma =
            diagnose_punctuation(scanner, ',', R"(expected "," or "]" after an element)", "an array")) {
        return *no_comma;
    }
    return diagnose_value(scanner, std::string(kTextEnds) + "an array");
}

Diagnosis diagnose_trailing_text(const Scanner& scanner) {
    if (const auto general = diagnose_end_or_comment(scanner, "")) {
        return *general;
    }
    return {scanner.at(), "the text goes on after its value, with " + quoted_character(scanner)};
}

// Where a comment begins although there may be none.
std::optional<std::size_t> unwanted_comment(Scanner scanner) {
    while (!scanner.at_end() && std::string_view(" \t\n\r,:").find(scanner.peek()) != std::string_view::npos) {
        scanner.skip(1);
    }
    const std::string_view opening = scanner.rest().substr(0, 2);
    return opening == "//" || opening == "/*" ? std::optional(scanner.at()) : std::nullopt;
}

}  // namespace

Diagnosis diagnose(Scanner scanner, Before before, Comments comments) {
    if (const auto comment = unwanted_comment(scanner); comment && comments == Comments::kRefused) {
        return {*comment, "comments are not allowed here"};
    }
    // The library reads "01" as the number 0 and a second one.
    if (scanner.previous() == '0' && is_digit(scanner.peek())) {
        return {scanner.at() - 1, "a number may not begin with 0"};
    }
    scanner.skip_blanks();
    switch (before) {
        case Before::kNothing:
            return diagnose_value(scanner, "expected a value, but there is none");
        case Before::kObjectOpened:
            return diagnose_key(scanner, "expected a key in double quotes or \"}\"");
        case Before::kArrayOpened:
            return diagnose_value(scanner, std::string(kTextEnds) + "an array");
        case Before::kKey:
            return diagnose_after_key(scanner);
        case Before::kMember:
            return diagnose_after_member(scanner);
        case Before::kElement:
            return diagnose_after_element(scanner);
        case Before::kEverything:
            return diagnose_trailing_text(scanner);
    }
    return {scanner.at(), "not JSON"};
}

}  // namespace smartcar_sim::document
