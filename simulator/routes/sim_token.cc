// Rotating the application management token, with a window in which the old one still counts.
#include <algorithm>
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "base/text.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"

namespace smartcar_sim::routes {

namespace {

using platform::TokenWindow;

base::Error bad_word(std::string_view member, const std::string& word, std::span<const std::string_view> words) {
    return {"bad_member", "/" + std::string(member) + " is " + base::quoted(word) + ", not " +
                              base::joined(words, ", ", " or ") + document::did_you_mean(word, words)};
}

// {"window": "old|new|both", "signWith": "old|new"}; without a window `unsaid`.
base::Result<TokenWindow> window_of(const document::Value& body, TokenWindow::Accepts unsaid) {
    constexpr std::array<std::string_view, 3> kWindows{"old", "new", "both"};
    constexpr std::array<std::string_view, 2> kSigners{"old", "new"};
    const auto window = text_member(body, "window");
    if (!window) return window.error();
    const auto sign_with = text_member(body, "signWith");
    if (!sign_with) return sign_with.error();
    const auto accepts = platform::parse_accepts(window.value().value_or(std::string(name_of(unsaid))));
    if (!accepts) return bad_word("window", *window.value(), kWindows);
    const auto otherwise = name_of(platform::usual_signer(*accepts));
    const auto signs = platform::parse_signs(sign_with.value().value_or(std::string(otherwise)));
    if (!signs) return bad_word("signWith", *sign_with.value(), kSigners);
    return TokenWindow{.accepts = *accepts, .signs = *signs};
}

// What stands in a header must be printable, and a token that is not is a mistake of copying.
bool is_token(std::string_view text) {
    const auto printable = [](char byte) { return byte > ' ' && byte < '\x7f'; };
    return !text.empty() && std::ranges::all_of(text, printable);
}

base::Result<base::Secret> token_of(Context& context, const document::Value& body) {
    auto given = text_member(body, "token");
    if (!given) return given.error();
    if (!given.value()) {
        return base::Secret(context.ids.uuid("application management token", "", context.token_ordinal++),
                            base::Secret::Origin::kInvented);
    }
    if (!is_token(*given.value())) {
        return base::Error{"bad_member", "/token is empty or holds something that is no printable ASCII"};
    }
    base::Secret token(*std::move(given).value(), base::Secret::Origin::kSupplied);
    context.masking.cover(token);
    if (context.on_secret) context.on_secret(token);
    return token;
}

void write_window(document::Writer& json, TokenWindow window) {
    json.member("window", name_of(window.accepts)).member("signWith", name_of(window.signs));
}

contract::Response rotate(Context& context, const contract::Request& request, const Parameters&) {
    constexpr std::array<std::string_view, 3> kMembers{"token", "window", "signWith"};
    const auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    const auto window = window_of(said.value().body, TokenWindow::Accepts::kNew);
    if (!window) return sim_error(window.error());
    auto token = token_of(context, said.value().body);
    if (!token) return sim_error(token.error());

    std::string answer;
    document::Writer json(answer);
    json.begin_object().member("token", token.value().shown());
    write_window(json, window.value());
    json.end_object();
    context.simulation.rotate_token(std::move(token).value(), window.value());
    return contract::json_response(200, std::move(answer));
}

contract::Response move_window(Context& context, const contract::Request& request, const Parameters&) {
    constexpr std::array<std::string_view, 2> kMembers{"window", "signWith"};
    const auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    const auto window = window_of(said.value().body, context.platform.token_window().accepts);
    if (!window) return sim_error(window.error());
    const auto moved = context.simulation.set_token_window(window.value());
    if (!moved) return sim_error(moved.error());
    std::string answer;
    document::Writer json(answer);
    json.begin_object();
    write_window(json, window.value());
    json.end_object();
    return contract::json_response(200, std::move(answer));
}

constexpr std::array kRoutes{
    Route{"POST", "/_sim/application-management-token", rotate},
    Route{"PATCH", "/_sim/application-management-token", move_window},
};

}  // namespace

std::span<const Route> sim_token() { return kRoutes; }

}  // namespace smartcar_sim::routes
