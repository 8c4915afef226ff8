#include "platform/a_platform.h"

namespace smartcar_sim::platform {
namespace {

const Credentials kGood{std::string(kDevelopmentClientId), std::string(kDevelopmentClientSecret)};

Tokens tokens_of(const TokenAnswer& answer) {
    const auto* const tokens = std::get_if<Tokens>(&answer);
    REQUIRE(tokens != nullptr);
    return *tokens;
}

OAuthError error_of(const TokenAnswer& answer) {
    const auto* const error = std::get_if<OAuthError>(&answer);
    REQUIRE(error != nullptr);
    return *error;
}

bool opens(const World& world, const std::string& access_token) {
    return std::holds_alternative<VehiclePage>(world.platform.vehicles(access_token, 10, 0));
}

TEST_CASE("a code becomes tokens once") {
    World world;
    const std::string code = world.connect().code;
    const Tokens tokens = tokens_of(world.platform.exchange_code(kGood, code, std::nullopt));
    CHECK(base::is_uuid(tokens.access_token));
    CHECK(base::is_uuid(tokens.refresh_token));
    CHECK(tokens.expires_in == std::chrono::hours(2));
    CHECK(opens(world, tokens.access_token));

    const OAuthError again = error_of(world.platform.exchange_code(kGood, code, std::nullopt));
    CHECK(again.status == 400);
    CHECK(again.error == "invalid_request");
    CHECK(again.description == "Invalid code: " + code + ".");
}

TEST_CASE("a code lives ten minutes") {
    World world;
    const std::string early = world.connect().code;
    const std::string late = world.connect().code;
    world.clock.pass(kCodeLifetime - base::Milliseconds(1));
    CHECK(opens(world, tokens_of(world.platform.exchange_code(kGood, early, std::nullopt)).access_token));
    world.clock.pass(base::Milliseconds(1));
    CHECK(error_of(world.platform.exchange_code(kGood, late, std::nullopt)).error == "invalid_request");
}

TEST_CASE("a redirect URI at the exchange must be the one of the visit") {
    World world;
    const auto visit = [&] { return world.platform.connect({.redirect_uri = "http://localhost:1/cb"}).value().code; };
    const OAuthError wrong = error_of(world.platform.exchange_code(kGood, visit(), "http://localhost:2/cb"));
    CHECK(wrong.description == "Invalid redirect_uri: http://localhost:2/cb.");
    CHECK(opens(world, tokens_of(world.platform.exchange_code(kGood, visit(), "http://localhost:1/cb")).access_token));
    CHECK(opens(world, tokens_of(world.platform.exchange_code(kGood, visit(), std::nullopt)).access_token));
}

TEST_CASE("wrong credentials open nothing and do not use the code up") {
    World world;
    const std::string code = world.connect().code;
    for (const Credentials& wrong :
         {Credentials{}, Credentials{kGood.client_id, "guess"}, Credentials{"someone", kGood.client_secret}}) {
        CHECK(error_of(world.platform.exchange_code(wrong, code, std::nullopt)).status == 401);
        CHECK(error_of(world.platform.refresh(wrong, "x")).error == "invalid_client");
    }
    CHECK(opens(world, tokens_of(world.platform.exchange_code(kGood, code, std::nullopt)).access_token));
}

TEST_CASE("refreshing gives new tokens, and the old refresh token works for the grace and no longer") {
    World world;
    const std::string old = world.connect().refresh_token;
    const Tokens first = tokens_of(world.platform.refresh(kGood, old));
    CHECK(first.refresh_token != old);
    CHECK(opens(world, first.access_token));

    world.clock.pass(kRefreshGrace - base::Milliseconds(1));
    CHECK(opens(world, tokens_of(world.platform.refresh(kGood, old)).access_token));
    // A second use within the grace does not extend it.
    world.clock.pass(base::Milliseconds(1));
    const OAuthError late = error_of(world.platform.refresh(kGood, old));
    CHECK(late.error == "invalid_request");
    CHECK(late.description == "Invalid refresh_token: " + old + ".");
    CHECK(opens(world, tokens_of(world.platform.refresh(kGood, first.refresh_token)).access_token));
}

TEST_CASE("an access token lives two hours, also after a refresh, and a refresh token sixty days") {
    World world;
    const Connected connected = world.connect();
    tokens_of(world.platform.refresh(kGood, connected.refresh_token));
    world.clock.pass(kAccessTokenLifetime - base::Milliseconds(1));
    CHECK(opens(world, connected.access_token));
    world.clock.pass(base::Milliseconds(1));
    CHECK_FALSE(opens(world, connected.access_token));

    const std::string unused = world.connect().refresh_token;
    const std::string late = world.connect().refresh_token;
    world.clock.pass(kRefreshTokenLifetime - base::Milliseconds(1));
    CHECK(opens(world, tokens_of(world.platform.refresh(kGood, unused)).access_token));
    world.clock.pass(base::Milliseconds(1));
    CHECK(error_of(world.platform.refresh(kGood, late)).error == "invalid_request");
}

TEST_CASE("no token is empty") {
    World world;
    CHECK_FALSE(opens(world, ""));
    CHECK(error_of(world.platform.exchange_code(kGood, "", std::nullopt)).error == "invalid_request");
    CHECK(error_of(world.platform.refresh(kGood, "")).error == "invalid_request");
}

}  // namespace
}  // namespace smartcar_sim::platform
