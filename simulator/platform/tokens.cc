#include "platform/tokens.h"

#include <algorithm>
#include <utility>

#include "signature/hmac.h"

namespace smartcar_sim::platform {
namespace {

VehicleSetPtr set_of(const Records& records, const std::vector<std::string>& vehicle_ids) {
    std::vector<VehicleIndex> order;
    order.reserve(vehicle_ids.size());
    for (const std::string& id : vehicle_ids) order.push_back(*records.index_of(id));
    return std::make_shared<const VehicleSet>(std::move(order));
}

void forget_expired(ByText<Grant>& grants, base::Instant now) {
    std::erase_if(grants, [&](const auto& each) { return each.second.expires_at <= now; });
}

OAuthError invalid_request(std::string description) {
    return {.status = 400, .error = "invalid_request", .description = std::move(description)};
}

}  // namespace

OAuthError invalid_client() {
    return {.status = 401,
            .error = "invalid_client",
            .description = "The client id or the client secret is not that of this application."};
}

// Both are compared, whatever the first says: the time taken tells nothing about either.
bool are_valid(const Credentials& given, std::string_view client_id, const base::Secret& client_secret) {
    const bool id = signature::equal(given.client_id, client_id);
    const bool secret = signature::equal(given.client_secret, client_secret.reveal());
    return id && secret;
}

std::string issue_code(Turn& turn, const std::vector<std::string>& vehicle_ids, std::string redirect_uri) {
    std::erase_if(turn.records.codes, [&](const auto& each) { return each.second.grant.expires_at <= turn.now; });
    std::string code = turn.next_id("code", turn.configuration.client_id);
    turn.records.codes[code] = {
        .grant = {.vehicles = set_of(turn.records, vehicle_ids), .expires_at = turn.now + kCodeLifetime},
        .redirect_uri = std::move(redirect_uri)};
    return code;
}

namespace {

Tokens issue(Turn& turn, const VehicleSetPtr& vehicles) {
    Records& records = turn.records;
    forget_expired(records.access_tokens, turn.now);
    forget_expired(records.refresh_tokens, turn.now);
    const std::string& parent = turn.configuration.client_id;
    Tokens tokens{.access_token = turn.next_id("access token", parent),
                  .refresh_token = turn.next_id("refresh token", parent)};
    records.refresh_tokens[tokens.refresh_token] = {.vehicles = vehicles,
                                                    .expires_at = turn.now + kRefreshTokenLifetime};
    records.access_tokens[tokens.access_token] = {.vehicles = vehicles, .expires_at = turn.now + kAccessTokenLifetime};
    return tokens;
}

}  // namespace

Tokens issue_tokens(Turn& turn, const std::vector<std::string>& vehicle_ids) {
    return issue(turn, set_of(turn.records, vehicle_ids));
}

bool Platform::accepts_client(const Credentials& credentials) const {
    return are_valid(credentials, configuration_.client_id, configuration_.client_secret);
}

TokenAnswer Platform::exchange_code(const Credentials& credentials, std::string_view code,
                                    const std::optional<std::string>& redirect_uri) {
    if (!accepts_client(credentials)) return invalid_client();
    const std::lock_guard lock(mutex_);
    Turn now = turn();
    const auto found = records_->codes.find(code);
    if (found == records_->codes.end() || found->second.grant.expires_at <= now.now) {
        return invalid_request("Invalid code: " + std::string(code) + ".");
    }
    const std::string& made_for = found->second.redirect_uri;
    if (redirect_uri && !made_for.empty() && *redirect_uri != made_for) {
        return invalid_request("Invalid redirect_uri: " + *redirect_uri + ".");
    }
    auto used = records_->codes.extract(found);
    return issue(now, used.mapped().grant.vehicles);
}

TokenAnswer Platform::refresh(const Credentials& credentials, std::string_view refresh_token) {
    if (!accepts_client(credentials)) return invalid_client();
    const std::lock_guard lock(mutex_);
    Turn now = turn();
    const auto found = records_->refresh_tokens.find(refresh_token);
    if (found == records_->refresh_tokens.end() || found->second.expires_at <= now.now) {
        return invalid_request("Invalid refresh_token: " + std::string(refresh_token) + ".");
    }
    Grant& grant = found->second;
    grant.expires_at = std::min(grant.expires_at, now.now + kRefreshGrace);
    return issue(now, grant.vehicles);
}

}  // namespace smartcar_sim::platform
