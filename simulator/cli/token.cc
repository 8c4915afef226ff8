#include "cli/token.h"

#include <algorithm>
#include <string>
#include <string_view>
#include <utility>

#include "cli/input.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;
using base::Secret;

// NAME=value, as in a .env file.
bool is_assignment(std::string_view text) {
    const std::string_view name = text.substr(0, text.find('='));
    const auto may_stand = [](char byte) {
        return (byte >= 'A' && byte <= 'Z') || (byte >= '0' && byte <= '9') || byte == '_';
    };
    return name.size() < text.size() && !name.empty() && std::ranges::all_of(name, may_stand);
}

// What stands between the token and what was supplied; empty when that is the token alone. A value that is almost the
// token would be neither the callback's key nor masked where the token is.
std::string_view blemish(std::string_view value) {
    constexpr std::string_view kByteOrderMark = "\xEF\xBB\xBF";
    const auto quote = [](char byte) { return byte == '"' || byte == '\''; };
    if (value.starts_with(kByteOrderMark)) return "begins with a byte order mark";
    if (value.find_first_of("\r\n") != std::string_view::npos) return "has more than one line";
    if (value.find_first_of(" \t") != std::string_view::npos) return "holds a blank";
    if (!std::ranges::all_of(value, [](char byte) { return byte > ' ' && byte < '\x7f'; })) {
        return "holds a byte that is no printable ASCII";
    }
    if (!value.empty() && (quote(value.front()) || quote(value.back()))) return "has a quote around it";
    return {};
}

Result<Secret> from_file(const std::string& path) {
    auto bytes = read_bytes(path);
    if (!bytes) return bytes.error();
    std::string token = std::move(bytes).value();
    if (token.ends_with('\n')) token.pop_back();
    if (token.ends_with('\r')) token.pop_back();
    if (token.empty()) return Error{"token_empty", "the token file " + path + " is empty"};
    if (is_assignment(token)) {
        return Error{"token_assigned", "the token file " + path +
                                           " holds NAME=value; it is to hold the token alone. The variables of a .env "
                                           "file can be loaded with: set -a; . ./.env; set +a"};
    }
    return Secret(std::move(token), Secret::Origin::kSupplied);
}

bool stands(const Settings& settings, OptionId id, Source source) {
    const Setting* setting = settings.find(id);
    return setting != nullptr && setting->source == source;
}

}  // namespace

Result<OptionId> token_source(const Settings& settings) {
    const bool token_flag = stands(settings, OptionId::kToken, Source::kFlag);
    const bool file_flag = stands(settings, OptionId::kTokenFile, Source::kFlag);
    if (token_flag && file_flag) return Error{"token_twice", "--token and --token-file exclude each other"};
    if (token_flag) return OptionId::kToken;
    if (file_flag) return OptionId::kTokenFile;
    if (stands(settings, OptionId::kToken, Source::kEnvironment)) return OptionId::kToken;
    return settings.has(OptionId::kTokenFile) ? OptionId::kTokenFile : OptionId::kToken;
}

Result<Secret> application_management_token(const Settings& settings, Terminal& terminal) {
    const auto source = token_source(settings);
    if (!source) return source.error();
    if (stands(settings, OptionId::kToken, Source::kFlag)) {
        terminal.warn("--token can be read by others in the process list; --token-file keeps it out of there");
    }
    const auto origin =
        stands(settings, OptionId::kToken, Source::kDefault) ? Secret::Origin::kInvented : Secret::Origin::kSupplied;
    auto token = source.value() == OptionId::kTokenFile
                     ? from_file(settings.text(OptionId::kTokenFile))
                     : Result<Secret>(Secret(settings.text(OptionId::kToken), origin));
    if (!token || token.value().origin() == Secret::Origin::kInvented) return token;
    if (const auto wrong = blemish(token.value().reveal()); !wrong.empty()) {
        return Error{"bad_token", settings.find(source.value())->origin + ": the application management token " +
                                      std::string(wrong) + "; give the token alone, as the dashboard shows it"};
    }
    terminal.conceal(token.value());
    return token;
}

}  // namespace smartcar_sim::cli
