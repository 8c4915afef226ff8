// Tokens that stand for the application (contract/api.md section 2.7).
#include "platform/platform.h"
#include "platform/records.h"
#include "platform/tokens.h"

namespace smartcar_sim::platform {

ApplicationTokenAnswer Platform::issue_application_token(const Credentials& credentials) {
    if (!are_valid(credentials, configuration_.api_client_id, configuration_.client_secret)) return invalid_client();
    const std::lock_guard lock(mutex_);
    Turn now = turn();
    auto& tokens = now.records.application_tokens;
    std::erase_if(tokens, [&](const auto& each) { return each.second <= now.now; });
    ApplicationToken token{.access_token = now.next_id("application token", configuration_.api_client_id)};
    tokens[token.access_token] = now.now + kApplicationTokenLifetime;
    return token;
}

bool Platform::is_application_token(std::string_view token) const {
    const std::lock_guard lock(mutex_);
    const auto found = records_->application_tokens.find(token);
    return found != records_->application_tokens.end() && found->second > clock_.now();
}

}  // namespace smartcar_sim::platform
