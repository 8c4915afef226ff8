// The application management token while it is rotated: for a time an application, or Smartcar, still has the old one.
#pragma once

#include <optional>
#include <string_view>
#include <utility>

#include "base/secret.h"

namespace smartcar_sim::platform {

// Which of the last two tokens the API accepts, and which signs.
struct TokenWindow {
    enum class Accepts { kOld, kNew, kBoth };
    enum class Signs { kOld, kNew };
    Accepts accepts = Accepts::kNew;
    Signs signs = Signs::kNew;
    bool operator==(const TokenWindow&) const = default;
};
[[nodiscard]] std::string_view name_of(TokenWindow::Accepts accepts);  // "old", "new", "both"
[[nodiscard]] std::string_view name_of(TokenWindow::Signs signs);      // "old", "new"
[[nodiscard]] std::optional<TokenWindow::Accepts> parse_accepts(std::string_view text);
[[nodiscard]] std::optional<TokenWindow::Signs> parse_signs(std::string_view text);
// When nobody says who signs: before the new token counts nobody signs with it.
[[nodiscard]] TokenWindow::Signs usual_signer(TokenWindow::Accepts accepts);

class ManagementTokens {
public:
    explicit ManagementTokens(base::Secret token) : new_(std::move(token)) {}

    void rotate(base::Secret token, TokenWindow window);
    void set(TokenWindow window) { window_ = window; }
    [[nodiscard]] TokenWindow window() const { return window_; }

    [[nodiscard]] const base::Secret& signing() const { return signs_with_old() ? *old_ : new_; }
    // Of the last two; nothing before any rotation.
    [[nodiscard]] std::optional<base::Secret> not_signing() const { return signs_with_old() ? new_ : old_; }
    [[nodiscard]] bool accepts(std::string_view token) const;

private:
    [[nodiscard]] bool signs_with_old() const { return old_ && window_.signs == TokenWindow::Signs::kOld; }

    std::optional<base::Secret> old_;
    base::Secret new_;
    TokenWindow window_;
};

}  // namespace smartcar_sim::platform
