#include "scenario/result.h"

#include <algorithm>
#include <variant>

#include "base/printable.h"
#include "base/text.h"

namespace smartcar_sim::scenario {

namespace {

// Linux takes words of a command of up to 128 KiB, 32 pages; a longer body has to come from a pipe.
constexpr std::size_t kLongestWord = 100'000;

// Fit for single quotes, on one line, and to be pasted into a terminal.
bool is_plain(std::string_view text) {
    while (!text.empty()) {
        const std::size_t length = base::utf8_length(text);
        if (length == 0 || base::is_control(text.substr(0, length))) return false;
        text.remove_prefix(length);
    }
    return true;
}

std::string quoted(std::string_view text) {
    std::string word = "'";
    for (const char letter : text) {
        if (letter == '\'') {
            word += R"('\'')";
        } else {
            word += letter;
        }
    }
    return word + "'";
}

std::string octal(char letter) {
    const auto byte = static_cast<unsigned char>(letter);
    const auto digit = [byte](unsigned shift) { return static_cast<char>('0' + ((byte >> shift) & 7U)); };
    return {'\\', digit(6), digit(3), digit(0)};
}

// What stands in a format of printf for a byte that is not there as it is.
std::string format_of(char letter) {
    if (letter == '\n') return "\\n";
    if (letter == '\\') return R"(\\)";
    if (letter == '%') return "%%";
    return octal(letter);
}

// The format, in single quotes, for which POSIX's printf prints `text`. It is plain and does not begin with "-", which
// would make an option of it.
std::string printf_format(std::string_view text) {
    constexpr std::string_view kSpecial = "'\\%";
    std::string format = "'";
    while (!text.empty()) {
        const std::size_t length = base::utf8_length(text);
        const std::string_view character = text.substr(0, std::max<std::size_t>(length, 1));
        const bool as_it_is = length > 0 && !base::is_control(character) &&
                              kSpecial.find(character) == std::string_view::npos &&
                              (character != "-" || format.size() > 1);
        if (as_it_is) {
            format += character;
        } else {
            for (const char letter : character) format += format_of(letter);
        }
        text.remove_prefix(character.size());
    }
    return format + "'";
}

bool is_letter(char letter) { return (letter >= 'A' && letter <= 'Z') || (letter >= 'a' && letter <= 'z'); }

// One word for a POSIX shell; line breaks at its end, which no header and no URL has, would be lost.
std::string shell_word(std::string_view text) {
    if (!text.empty() && std::ranges::all_of(text, is_letter)) return std::string(text);
    return is_plain(text) ? quoted(text) : "\"$(printf " + printf_format(text) + ")\"";
}

bool has_any(std::string_view text, std::string_view letters) {
    return text.find_first_of(letters) != std::string_view::npos;
}

// POST, PUT and PATCH say how long their body is even when it is empty.
bool sends_body(const contract::Request& request) {
    return !request.body.empty() || request.method == "POST" || request.method == "PUT" || request.method == "PATCH";
}

std::string method_options(const contract::Request& request) {
    if (request.method == "HEAD" && request.body.empty()) return " --head";  // with -X it would wait for a body
    return request.method == "GET" && request.body.empty() ? " -i" : " -i -X " + shell_word(request.method);
}

// What curl would otherwise make of a URL: patterns of braces and brackets, and "/../" taken away.
std::string url_options(const std::string& target) {
    return std::string(has_any(target, "[]{}") ? " --globoff" : "") +
           (target.find("/.") != std::string::npos ? " --path-as-is" : "");
}

// A header without a value is written "Name;", and "Name:" takes away one that curl would add by itself.
std::string header_options(const contract::Request& request) {
    std::string options;
    for (const auto& [name, value] : request.headers) {
        if (base::equal_but_for_case(name, "host") || base::equal_but_for_case(name, "content-length")) continue;
        const std::string field =
            value.empty() ? std::string(name) + ";" : std::string(name).append(": ").append(value);
        options += " -H " + shell_word(field);
    }
    for (const std::string_view name : {"Accept", "User-Agent", "Content-Type"}) {
        const bool added = name != "Content-Type" || sends_body(request);
        if (added && !request.headers.get(name)) options += " -H '" + std::string(name) + ":'";
    }
    return options;
}

}  // namespace

std::string_view name_of(Verdict verdict) {
    switch (verdict) {
        case Verdict::kPassed:
            return "passed";
        case Verdict::kFailed:
            return "failed";
        case Verdict::kError:
            return "error";
        case Verdict::kNotRun:
            return "not-run";
    }
    return {};
}

std::string Result::title() const { return version ? name + " (" + std::string(name_of(*version)) + ")" : name; }

// The command is one line of printable UTF-8 whatever the body is, so that reports can indent it. --data-raw sends its
// word as it is, where --data would read a file named after an "@" at its start; --data-binary keeps the line breaks of
// stdin, which the other two take away.
std::string curl_command(const Exchange& exchange) {
    const contract::Request& request = exchange.request;
    std::string command = "curl" + method_options(request) + url_options(exchange.url.target) + " " +
                          shell_word(exchange.url.text()) + header_options(request);
    if (!sends_body(request)) return command;
    if (!is_plain(request.body)) {
        return "printf " + printf_format(request.body) + " | " + command + " --data-binary @-";
    }
    // The shell's own printf is no program that is started, and has no limit.
    if (request.body.size() > kLongestWord) {
        return "printf %s " + quoted(request.body) + " | " + command + " --data-binary @-";
    }
    return command + " --data-raw " + quoted(request.body);
}

std::string answer_line(const Exchange& exchange) {
    if (const auto* failure = std::get_if<delivery::Failure>(&exchange.answer)) {
        const std::string detail = base::printable(failure->detail, base::Lines::kJoined);
        return std::string(name_of(failure->kind)) + (detail.empty() ? "" : " (" + detail + ")");
    }
    const auto& response = std::get<contract::Response>(exchange.answer);
    const std::string line = std::to_string(response.status) + " in " + std::to_string(exchange.took.count()) + " ms";
    return response.body.empty() ? line : line + " " + base::shortened(response.body);
}

}  // namespace smartcar_sim::scenario
