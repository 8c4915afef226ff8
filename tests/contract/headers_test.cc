#include "contract/headers.h"

#include <string>
#include <utility>
#include <vector>

#include "catch.h"

namespace smartcar_sim::contract {

namespace {

using Fields = std::vector<std::pair<std::string, std::string>>;

Fields fields_of(const Headers& headers) { return {headers.begin(), headers.end()}; }

}  // namespace

TEST_CASE("fields come in the order and the spelling in which they were added") {
    Headers headers{{"SC-Signature", "abc"}};
    headers.add("x-empty", "");
    headers.add("", "no name");
    CHECK(fields_of(headers) == Fields{{"SC-Signature", "abc"}, {"x-empty", ""}, {"", "no name"}});
    CHECK(headers.size() == 3);
    CHECK(headers.get("x-empty") == "");
}

TEST_CASE("any bytes are kept, and any length") {
    const std::string bytes("a\0b\r\n\xff", 6);
    const std::string longer(100'000, 'v');
    const Headers headers{{bytes, bytes}, {"long", longer}};
    CHECK(fields_of(headers) == Fields{{bytes, bytes}, {"long", longer}});
}

TEST_CASE("no fields are empty, have no size and no members") {
    Headers headers;
    CHECK(headers.empty());
    CHECK(headers.size() == 0);
    CHECK(headers.begin() == headers.end());
    CHECK(headers.get("any") == std::nullopt);
    headers.remove("any");
    CHECK(headers == Headers{});
}

TEST_CASE("a field that was set to one of the others keeps its value") {
    Headers headers{{"a", "first"}, {"b", "second"}};
    headers.set("a", *headers.get("b"));
    CHECK(fields_of(headers) == Fields{{"a", "second"}, {"b", "second"}});
}

TEST_CASE("headers are equal when their fields are, in order and to the letter") {
    const Headers headers{{"a", "bc"}, {"d", "e"}};
    CHECK(headers == Headers{{"a", "bc"}, {"d", "e"}});
    CHECK_FALSE(headers == Headers{{"d", "e"}, {"a", "bc"}});
    CHECK_FALSE(headers == Headers{{"A", "bc"}, {"d", "e"}});
    CHECK_FALSE(headers == Headers{{"ab", "c"}, {"d", "e"}});
}

TEST_CASE("a header is found whatever the case of its name") {
    const Headers headers{{"SC-Signature", "abc"}, {"content-type", "application/json"}};
    CHECK(headers.get("sc-signature") == "abc");
    CHECK(headers.get("Content-Type") == "application/json");
    CHECK(headers.get("content") == std::nullopt);
    CHECK(headers.get("") == std::nullopt);
}

TEST_CASE("of several fields with one name get gives the first and count tells how many") {
    const Headers headers{{"Cookie", "a"}, {"x", "y"}, {"cookie", "b"}};
    CHECK(headers.get("COOKIE") == "a");
    CHECK(headers.count("cookie") == 2);
    CHECK(headers.count("z") == 0);
}

TEST_CASE("set replaces all fields of a name in place of the first, or adds one at the end") {
    Headers headers{{"a", "1"}, {"B", "2"}, {"c", "3"}, {"b", "4"}};
    headers.set("b", "5");
    CHECK(headers == Headers{{"a", "1"}, {"b", "5"}, {"c", "3"}});
    headers.set("d", "6");
    CHECK(headers == Headers{{"a", "1"}, {"b", "5"}, {"c", "3"}, {"d", "6"}});
}

TEST_CASE("remove takes every field of the name and keeps the order of the rest") {
    Headers headers{{"a", "1"}, {"B", "2"}, {"c", "3"}, {"b", "4"}};
    headers.remove("b");
    CHECK(headers == Headers{{"a", "1"}, {"c", "3"}});
    headers.remove("missing");
    CHECK(headers.size() == 2);
}

TEST_CASE("names that differ beyond ASCII case are different names") {
    // 'K' is KELVIN SIGN's ASCII twin and '[' follows 'Z': neither is folded.
    const Headers headers{{"\u212A", "kelvin"}, {"a[", "bracket"}};
    CHECK(headers.get("k") == std::nullopt);
    CHECK(headers.get("a{") == std::nullopt);
    CHECK(headers.get("A[") == "bracket");
}

}  // namespace smartcar_sim::contract
