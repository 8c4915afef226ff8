#include "platform/management_tokens.h"

#include <utility>

#include "signature/hmac.h"

namespace smartcar_sim::platform {

std::string_view name_of(TokenWindow::Accepts accepts) {
    switch (accepts) {
        case TokenWindow::Accepts::kOld:
            return "old";
        case TokenWindow::Accepts::kNew:
            return "new";
        case TokenWindow::Accepts::kBoth:
            break;
    }
    return "both";
}

std::string_view name_of(TokenWindow::Signs signs) { return signs == TokenWindow::Signs::kOld ? "old" : "new"; }

std::optional<TokenWindow::Accepts> parse_accepts(std::string_view text) {
    using Accepts = TokenWindow::Accepts;
    for (const Accepts accepts : {Accepts::kOld, Accepts::kNew, Accepts::kBoth}) {
        if (name_of(accepts) == text) return accepts;
    }
    return std::nullopt;
}

std::optional<TokenWindow::Signs> parse_signs(std::string_view text) {
    for (const TokenWindow::Signs signs : {TokenWindow::Signs::kOld, TokenWindow::Signs::kNew}) {
        if (name_of(signs) == text) return signs;
    }
    return std::nullopt;
}

TokenWindow::Signs usual_signer(TokenWindow::Accepts accepts) {
    return accepts == TokenWindow::Accepts::kOld ? TokenWindow::Signs::kOld : TokenWindow::Signs::kNew;
}

void ManagementTokens::rotate(base::Secret token, TokenWindow window) {
    old_ = std::exchange(new_, std::move(token));
    window_ = window;
}

// Both are compared, whatever the first says.
bool ManagementTokens::accepts(std::string_view token) const {
    const bool is_new = signature::equal(token, new_.reveal());
    if (!old_) return is_new;
    const bool is_old = signature::equal(token, old_->reveal());
    return (is_old && window_.accepts != TokenWindow::Accepts::kNew) ||
           (is_new && window_.accepts != TokenWindow::Accepts::kOld);
}

}  // namespace smartcar_sim::platform
