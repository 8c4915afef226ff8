#include "store/request_log.h"

#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "base/secret.h"

namespace smartcar_sim::store {
namespace {

// Form and query fields whose values open doors.
constexpr std::array<std::string_view, 5> kSecretFields = {"client_secret", "refresh_token", "access_token", "code",
                                                           "password"};

// "Bearer …e5f6". Of Basic credentials nothing is shown: the end of their base64 is the end of the secret.
std::string masked_credentials(std::string_view authorization) {
    const std::size_t blank = authorization.find(' ');
    if (blank == std::string_view::npos) return authorization.empty() ? "" : "…";
    const std::string_view scheme = authorization.substr(0, blank);
    if (scheme != "Bearer" && scheme != "bearer") return std::string(scheme) + " …";
    const base::Secret token(std::string(authorization.substr(blank + 1)), base::Secret::Origin::kSupplied);
    return std::string(scheme) + " " + token.masked();
}

// "client_secret=…" and the rest as it was; a field is what stands between '&', or after '?'.
std::string masked_fields(std::string_view text) {
    if (text.find('=') == std::string_view::npos) return std::string(text);
    std::string out;
    std::size_t at = 0;
    while (at < text.size()) {
        const std::size_t end = std::min(text.find_first_of("?&", at), text.size());
        const std::string_view field = text.substr(at, end - at);
        const std::size_t equals = std::min(field.find('='), field.size());
        const bool secret = std::ranges::find(kSecretFields, field.substr(0, equals)) != kSecretFields.end();
        out += secret && equals < field.size() ? std::string(field.substr(0, equals)) + "=…" : std::string(field);
        if (end < text.size()) out += text[end];
        at = end + 1;
    }
    return out;
}

bool is_form(const contract::Request& request) {
    const auto type = request.headers.get("content-type");
    return type && type->starts_with("application/x-www-form-urlencoded");
}

}  // namespace

ApiCall RequestLog::add(base::Instant at, const contract::Request& request, int status, const base::Mask& mask) {
    // Cut before fields are masked, so that a body of megabytes costs little more than its excerpt.
    const std::string body = mask.apply(request.body, kBodyExcerpt);
    ApiCall call{.number = 0,
                 .at = at,
                 .method = request.method,
                 .target = masked_fields(mask.apply(request.target, kTargetExcerpt)),
                 .authorization = masked_credentials(request.headers.get("authorization").value_or("")),
                 .body = is_form(request) ? masked_fields(body) : body,
                 .body_bytes = request.body.size(),
                 .status = status};
    const std::lock_guard lock(mutex_);
    call.number = ++last_;
    calls_.push_back(call);
    if (calls_.size() > capacity_) calls_.pop_front();
    return call;
}

std::vector<ApiCall> RequestLog::calls(std::uint64_t after) const {
    const std::lock_guard lock(mutex_);
    const auto first = std::ranges::find_if(calls_, [after](const ApiCall& call) { return call.number > after; });
    return {first, calls_.end()};
}

void RequestLog::clear() {
    const std::lock_guard lock(mutex_);
    calls_.clear();
}

}  // namespace smartcar_sim::store
