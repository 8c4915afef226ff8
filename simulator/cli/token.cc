#include "cli/token.h"

#include <string>
#include <utility>

#include "cli/input.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;
using base::Secret;

Result<Secret> from_file(const std::string& path) {
    auto bytes = read_bytes(path);
    if (!bytes) return bytes.error();
    std::string token = std::move(bytes).value();
    if (token.ends_with('\n')) token.pop_back();
    if (token.ends_with('\r')) token.pop_back();
    if (token.empty()) return Error{"token_empty", "the token file " + path + " is empty"};
    return Secret(std::move(token), Secret::Origin::kSupplied);
}

bool stands(const Settings& settings, OptionId id, Source source) {
    const Setting* setting = settings.find(id);
    return setting != nullptr && setting->source == source;
}

}  // namespace

Result<Secret> application_management_token(const Settings& settings, Terminal& terminal) {
    const bool token_flag = stands(settings, OptionId::kToken, Source::kFlag);
    const bool file_flag = stands(settings, OptionId::kTokenFile, Source::kFlag);
    if (token_flag && file_flag) return Error{"token_twice", "--token and --token-file exclude each other"};
    if (token_flag) {
        terminal.warn("--token can be read by others in the process list; --token-file keeps it out of there");
    }
    const bool named_here = token_flag || (!file_flag && stands(settings, OptionId::kToken, Source::kEnvironment));
    if (!named_here && settings.has(OptionId::kTokenFile)) return from_file(settings.text(OptionId::kTokenFile));
    return Secret(settings.text(OptionId::kToken), named_here ? Secret::Origin::kSupplied : Secret::Origin::kInvented);
}

}  // namespace smartcar_sim::cli
