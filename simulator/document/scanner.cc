#include "document/scanner.h"

#include <algorithm>

namespace smartcar_sim::document {

namespace {

constexpr std::string_view kWhiteSpace = " \t\n\r";

std::size_t string_length(std::string_view text) {
    std::size_t at = 1;
    while (at < text.size() && text[at] != '"') {
        at += text[at] == '\\' ? 2U : 1U;
    }
    return std::min(at + 1, text.size());
}

bool stands_at(std::string_view text, std::size_t at, std::string_view any_of) {
    return at < text.size() && any_of.find(text[at]) != std::string_view::npos;
}

std::size_t skip_digits(std::string_view text, std::size_t at) {
    while (stands_at(text, at, "0123456789")) {
        ++at;
    }
    return at;
}

// By the grammar of RFC 8259 section 6, as the library reads it: of "01" only the "0" is a number.
std::size_t number_length(std::string_view text) {
    std::size_t at = stands_at(text, 0, "-") ? 1 : 0;
    at = stands_at(text, at, "0") ? at + 1 : skip_digits(text, at);
    if (stands_at(text, at, ".")) {
        at = skip_digits(text, at + 1);
    }
    if (stands_at(text, at, "eE")) {
        ++at;
        at = skip_digits(text, stands_at(text, at, "+-") ? at + 1 : at);
    }
    return at;
}

}  // namespace

std::size_t Scanner::comment_length() const {
    const std::string_view text = rest();
    if (text.substr(0, 2) == "//") {
        return std::min(text.find_first_of("\n\r"), text.size());
    }
    if (text.substr(0, 2) == "/*") {
        const std::size_t end = text.find("*/", 2);
        return end == std::string_view::npos ? 0 : end + 2;
    }
    return 0;
}

void Scanner::skip_blanks() {
    while (!at_end()) {
        const std::size_t length = kWhiteSpace.find(peek()) != std::string_view::npos ? 1 : comment_length();
        if (length == 0) {
            return;
        }
        at_ += length;
    }
}

std::size_t Scanner::take_token() {
    skip_blanks();
    while (peek() == ',' || peek() == ':') {
        ++at_;
        skip_blanks();
    }
    const std::size_t start = at_;
    at_ += token_length();
    return start;
}

std::size_t Scanner::token_length() const {
    const std::string_view text = rest();
    switch (peek()) {
        case '"':
            return string_length(text);
        case '{':
        case '}':
        case '[':
        case ']':
            return 1;
        case 't':
            return std::string_view("true").size();
        case 'f':
            return std::string_view("false").size();
        case 'n':
            return std::string_view("null").size();
        default:
            return at_end() ? 0 : number_length(text);
    }
}

}  // namespace smartcar_sim::document
