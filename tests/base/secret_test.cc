#include "base/secret.h"

#include <string>
#include <type_traits>
#include <utility>

#include "catch.h"

using smartcar_sim::base::Secret;

namespace {

template <class Stream, class T, class = void>
struct IsPrintable : std::false_type {};
template <class Stream, class T>
struct IsPrintable<Stream, T, std::void_t<decltype(std::declval<Stream&>() << std::declval<const T&>())>>
    : std::true_type {};

std::string masked(std::string value) { return Secret(std::move(value), Secret::Origin::kSupplied).masked(); }

}  // namespace

TEST_CASE("a secret cannot be printed or become a string by itself") {
    CHECK_FALSE(IsPrintable<std::ostream, Secret>::value);
    CHECK_FALSE(std::is_convertible_v<Secret, std::string>);
    CHECK_FALSE(std::is_convertible_v<Secret, std::string_view>);
}

TEST_CASE("a masked secret shows its last four characters if it has twelve") {
    CHECK(masked("a1b2c3d4e5f6") == "…e5f6");
    CHECK(masked("0123456789abcdefghijklmnop") == "…mnop");
    CHECK(masked("a1b2c3d4e5f") == "…");
    CHECK(masked("") == "…");
}

TEST_CASE("a mask shows neither half a character nor a line break") {
    CHECK(masked("tokentoken12é") == "…");
    CHECK(masked("tokentoken12\n") == "…");
    CHECK(masked("tokentoken 12") == "…");
}

TEST_CASE("only a secret we invented is shown") {
    CHECK(Secret("development-token", Secret::Origin::kInvented).shown() == "development-token");
    CHECK(Secret("a-person's-token", Secret::Origin::kSupplied).shown() == "…oken");
    CHECK(Secret("a-person's-token", Secret::Origin::kSupplied).reveal() == "a-person's-token");
}
