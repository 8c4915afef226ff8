#include "cli/values.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/text.h"
#include "base/url.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;

Error bad_value(std::string message) { return {"bad_value", std::move(message)}; }

Result<std::string> check_flag(std::string_view value) {
    if (value == "true" || value == "1") return std::string("true");
    if (value == "false" || value == "0") return std::string("false");
    return bad_value(base::quoted(value) + " is neither true nor false");
}

Result<std::string> check_integer(const Option& option, std::string_view value) {
    const auto number = base::parse_number<std::int64_t>(value);
    if (number && *number >= option.low && *number <= option.high) return std::string(value);
    return bad_value(base::quoted(value) + " is not a whole number from " + std::to_string(option.low) + " to " +
                     std::to_string(option.high));
}

Result<std::string> check_choice(const Option& option, std::string_view value) {
    std::string listed;
    for (const std::string_view word : option.choices()) {
        if (word == value) return std::string(value);
        listed.append(listed.empty() ? "" : ", ").append(word);
    }
    return bad_value(base::quoted(value) + " is none of " + listed);
}

Result<std::string> check_url(std::string_view value) {
    const auto url = base::parse_url(value);
    if (!url) return bad_value(url.error().message);
    return std::string(value);
}

Result<std::string> check_origin(std::string_view value) {
    const auto url = base::parse_url(value);
    if (!url) return bad_value(url.error().message);
    if (url.value().target != "/") return bad_value(base::quoted(value) + " has a path; an origin ends at the port");
    return url.value().origin();
}

Result<std::string> check_duration(std::string_view value) {
    const auto duration = base::parse_duration(value);
    if (!duration) return bad_value(duration.error().message);
    return std::string(value);
}

// RFC 9110 section 5.6.2.
bool is_token(std::string_view text) {
    constexpr std::string_view kAllowed =
        "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ";
    return !text.empty() && text.find_first_not_of(kAllowed) == std::string_view::npos;
}

Result<std::string> check_header(std::string_view value) {
    const std::size_t colon = value.find(':');
    if (colon == std::string_view::npos || !is_token(value.substr(0, colon))) {
        return bad_value("a header has the form 'Name: value'");  // it may hold a password: not quoted
    }
    constexpr std::array<std::string_view, 3> kOurs{"sc-signature", "content-length", "transfer-encoding"};
    const auto same = [name = value.substr(0, colon)](std::string_view ours) {
        return base::equal_but_for_case(name, ours);
    };
    if (std::ranges::any_of(kOurs, same)) {
        return bad_value(base::quoted(value.substr(0, colon)) +
                         " is what the simulator makes of the body; a challenge is signed with --sign-verify");
    }
    if (value.find_first_of("\r\n") != std::string_view::npos || value.find('\0') != std::string_view::npos) {
        return bad_value("a header cannot hold a line break");
    }
    return std::string(value);
}

Result<std::string> check_pair(const Option& option, std::string_view value) {
    const std::size_t equals = value.find('=');
    if (equals != std::string_view::npos && equals > 0) return std::string(value);
    return bad_value(base::quoted(value) + " is not of the form " + std::string(option.placeholder));
}

}  // namespace

Result<std::string> check_value(const Option& option, std::string_view value) {
    // It could not be repeated in JSON, neither to the callback nor in our own output.
    if (!base::is_utf8(value)) return bad_value("the value is not UTF-8");
    switch (option.kind) {
        case ValueKind::kFlag:
            return check_flag(value);
        case ValueKind::kInteger:
            return check_integer(option, value);
        case ValueKind::kChoice:
            return check_choice(option, value);
        case ValueKind::kUrl:
            return check_url(value);
        case ValueKind::kOrigin:
            return check_origin(value);
        case ValueKind::kDuration:
            return check_duration(value);
        case ValueKind::kHeader:
            return check_header(value);
        case ValueKind::kPair:
            return check_pair(option, value);
        case ValueKind::kText:
        case ValueKind::kFile:
            break;
    }
    if (value.empty()) return bad_value("the value is empty");
    return std::string(value);
}

std::pair<std::string, std::string> split_header(std::string_view text) {
    const std::size_t colon = text.find(':');
    return {std::string(text.substr(0, colon)), std::string(base::trimmed(text.substr(colon + 1), " \t"))};
}

}  // namespace smartcar_sim::cli
