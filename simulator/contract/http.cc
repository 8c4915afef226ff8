#include "contract/http.h"

#include <algorithm>
#include <array>
#include <utility>

namespace smartcar_sim::contract {
namespace {

// Field names are ASCII, so the locale has no say.
constexpr char lower(char letter) {
    return letter >= 'A' && letter <= 'Z' ? static_cast<char>(letter - 'A' + 'a') : letter;
}

bool same_name(std::string_view left, std::string_view right) {
    return std::ranges::equal(left, right, {}, lower, lower);
}

auto named(std::string_view name) {
    return [name](const Headers::Field& field) { return same_name(field.first, name); };
}

struct Phrase {
    int status;
    std::string_view text;
};

constexpr std::array kPhrases = {
    Phrase{100, "Continue"},
    Phrase{101, "Switching Protocols"},
    Phrase{200, "OK"},
    Phrase{201, "Created"},
    Phrase{202, "Accepted"},
    Phrase{203, "Non-Authoritative Information"},
    Phrase{204, "No Content"},
    Phrase{205, "Reset Content"},
    Phrase{206, "Partial Content"},
    Phrase{300, "Multiple Choices"},
    Phrase{301, "Moved Permanently"},
    Phrase{302, "Found"},
    Phrase{303, "See Other"},
    Phrase{304, "Not Modified"},
    Phrase{307, "Temporary Redirect"},
    Phrase{308, "Permanent Redirect"},
    Phrase{400, "Bad Request"},
    Phrase{401, "Unauthorized"},
    Phrase{402, "Payment Required"},
    Phrase{403, "Forbidden"},
    Phrase{404, "Not Found"},
    Phrase{405, "Method Not Allowed"},
    Phrase{406, "Not Acceptable"},
    Phrase{407, "Proxy Authentication Required"},
    Phrase{408, "Request Timeout"},
    Phrase{409, "Conflict"},
    Phrase{410, "Gone"},
    Phrase{411, "Length Required"},
    Phrase{412, "Precondition Failed"},
    Phrase{413, "Content Too Large"},
    Phrase{414, "URI Too Long"},
    Phrase{415, "Unsupported Media Type"},
    Phrase{416, "Range Not Satisfiable"},
    Phrase{417, "Expectation Failed"},
    Phrase{421, "Misdirected Request"},
    Phrase{422, "Unprocessable Content"},
    Phrase{424, "Failed Dependency"},
    Phrase{426, "Upgrade Required"},
    Phrase{428, "Precondition Required"},
    Phrase{429, "Too Many Requests"},
    Phrase{430, "Billing"},  // Smartcar's own: no registry knows it, so the phrase is ours
    Phrase{431, "Request Header Fields Too Large"},
    Phrase{500, "Internal Server Error"},
    Phrase{501, "Not Implemented"},
    Phrase{502, "Bad Gateway"},
    Phrase{503, "Service Unavailable"},
    Phrase{504, "Gateway Timeout"},
    Phrase{505, "HTTP Version Not Supported"},
};
static_assert(std::ranges::is_sorted(kPhrases, {}, &Phrase::status), "reason_phrase() searches by halves");

}  // namespace

void Headers::set(std::string_view name, std::string value) {
    const auto first = std::ranges::find_if(fields_, named(name));
    if (first == fields_.end()) {
        add(std::string(name), std::move(value));
        return;
    }
    *first = {std::string(name), std::move(value)};
    fields_.erase(std::remove_if(first + 1, fields_.end(), named(name)), fields_.end());
}

void Headers::remove(std::string_view name) { std::erase_if(fields_, named(name)); }

std::optional<std::string_view> Headers::get(std::string_view name) const {
    const auto first = std::ranges::find_if(fields_, named(name));
    if (first == fields_.end()) return std::nullopt;
    return first->second;
}

std::size_t Headers::count(std::string_view name) const {
    return static_cast<std::size_t>(std::ranges::count_if(fields_, named(name)));
}

std::string_view Request::path() const { return std::string_view(target).substr(0, target.find('?')); }

std::string_view Request::query() const {
    const std::size_t mark = target.find('?');
    return mark == std::string::npos ? std::string_view() : std::string_view(target).substr(mark + 1);
}

Response json_response(int status, std::string body) {
    return {status, {{"content-type", "application/json"}}, std::move(body)};
}

std::string_view reason_phrase(int status) {
    const auto found = std::ranges::lower_bound(kPhrases, status, {}, &Phrase::status);
    return found != kPhrases.end() && found->status == status ? found->text : "Unknown";
}

}  // namespace smartcar_sim::contract
