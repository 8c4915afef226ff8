#include <algorithm>
#include <array>
#include <optional>
#include <string>
#include <utility>

#include "document/json.h"
#include "document/pointer.h"
#include "fault/plan.h"

namespace smartcar_sim::fault {
namespace {

constexpr std::size_t kCutBytes = 10;

// Where the string that begins with the quote at `at` ends: one past its closing quote.
std::size_t end_of_string(std::string_view json, std::size_t at) {
    for (std::size_t i = at + 1; i < json.size(); ++i) {
        if (json[i] == '\\') {
            ++i;
        } else if (json[i] == '"') {
            return i + 1;
        }
    }
    return json.size();
}

// Python's json.dumps: the same JSON in other bytes. What is left without a comma or colon gets a line break, because
// a fault that changes nothing would be taken for a forgery that the callback let through.
std::string reserialised(const std::string& body) {
    std::string text;
    for (std::size_t i = 0; i < body.size();) {
        const std::size_t end = body[i] == '"' ? end_of_string(body, i) : i + 1;
        text.append(body, i, end - i);
        if (body[i] == ':' || body[i] == ',') text += ' ';
        i = end;
    }
    return text == body ? body + '\n' : text;
}

std::string truncated(std::string body) {
    body.resize(body.size() - std::min(kCutBytes, (body.size() + 1) / 2));
    return body;
}

// --- tampered ---------------------------------------------------------------------------------

bool is_digit(char c) { return c >= '0' && c <= '9'; }

bool is_key(std::string_view json, std::size_t end_of_text) {
    const std::size_t next = json.find_first_not_of(" \t\r\n", end_of_text);
    return next != std::string_view::npos && json[next] == ':';
}

std::optional<std::size_t> last_digit(std::string_view json, std::size_t begin, std::size_t end) {
    for (std::size_t i = end; i > begin; --i) {
        if (is_digit(json[i - 1])) return i - 1;
    }
    return std::nullopt;
}

std::size_t end_of_value(std::string_view json, std::size_t at) {
    if (json[at] == '"') return end_of_string(json, at);
    return std::min(json.find_first_of(",]} \t\r\n", at), json.size());
}

// The last digit of the time an event happened or was sent. A millisecond more or less passes every check of shape
// that a receiver could make: nothing but the signature gives it away.
std::optional<std::size_t> digit_of_a_time(const std::string& body) {
    constexpr std::array<std::string_view, 2> kTimes{"/payload/eventTime", "/meta/deliveredAt"};
    const auto parsed = document::parse(body);
    if (!parsed.ok()) return std::nullopt;
    for (const std::string_view pointer : kTimes) {
        const auto found = document::find(parsed.value(), pointer);
        if (!found.ok() || found.value() == nullptr) continue;
        const std::size_t at = found.value()->offset;
        if (const auto digit = last_digit(body, at, end_of_value(body, at))) return digit;
    }
    return std::nullopt;
}

std::optional<std::size_t> last_digit_of_any_value(const std::string& body) {
    std::optional<std::size_t> found;
    for (std::size_t i = 0; i < body.size();) {
        const std::size_t end = body[i] == '"' ? end_of_string(body, i) : i + 1;
        const bool key = body[i] == '"' && is_key(body, end);
        if (const auto digit = key ? std::nullopt : last_digit(body, i, end)) found = digit;
        i = end;
    }
    return found;
}

std::string tampered(std::string body) {
    auto digit = digit_of_a_time(body);
    if (!digit) digit = last_digit_of_any_value(body);
    if (!digit) return body + '\n';
    // The last digit of a number may become any other without breaking it.
    body[*digit] = body[*digit] % 2 == 0 ? static_cast<char>(body[*digit] + 1) : static_cast<char>(body[*digit] - 1);
    return body;
}

}  // namespace

std::string apply_to_body(BodyFault fault, std::string body) {
    switch (fault) {
        case BodyFault::kNone:
            break;
        case BodyFault::kTampered:
            return tampered(std::move(body));
        case BodyFault::kTruncated:
            return truncated(std::move(body));
        case BodyFault::kReserialised:
            return reserialised(body);
    }
    return body;
}

}  // namespace smartcar_sim::fault
