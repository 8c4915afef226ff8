#include "base/mask.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text.h"
#include "catch.h"

using smartcar_sim::base::Mask;
using smartcar_sim::base::Secret;
using smartcar_sim::base::to_base64;
using smartcar_sim::base::to_hex;
using smartcar_sim::base::upper_case;

namespace {

Mask mask_of(std::string value) { return Mask(Secret(std::move(value), Secret::Origin::kSupplied)); }

}  // namespace

TEST_CASE("a supplied secret is masked wherever it stands") {
    const Mask mask = mask_of("a1b2c3d4e5f6");
    CHECK(mask.apply("a1b2c3d4e5f6") == "…e5f6");
    CHECK(mask.apply("<a1b2c3d4e5f6><a1b2c3d4e5f6a1b2c3d4e5f6>") == "<…e5f6><…e5f6…e5f6>");
    CHECK(mask.apply("a1b2c3d4e5f") == "a1b2c3d4e5f");
    CHECK(mask.apply("").empty());
}

TEST_CASE("a secret is masked as JSON and as URLs write it, and JSON stays JSON") {
    struct Row {
        std::string secret, text, masked;
    };
    const std::vector<Row> rows{
        {R"(a"b2c3d4e\f6)", R"({"a":"a\"b2c3d4e\\f6"})", R"({"a":"…e\\f6"})"},
        {R"(a"b2c3d4e\f6)", R"("{\"a\":\"a\\\"b2c3d4e\\\\f6\"}")", R"("{\"a\":\"…e\\\\f6\"}")"},
        {"a1\nb2c3d4e5f6", R"("a1\nb2c3d4e5f6")", R"("…e5f6")"},
        {"a1\x01"
         "b2c3d4e5f6",
         R"("a1\u0001b2c3d4e5f6")", R"("…e5f6")"},
        {"a1/b2+c3d4e5f6", "/v2.0/vehicles?key=a1%2Fb2%2Bc3d4e5f6&limit=1", "/v2.0/vehicles?key=…e5f6&limit=1"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.text);
        CHECK(mask_of(row.secret).apply(row.text) == row.masked);
    }
}

TEST_CASE("a secret is masked in another case and in hex") {
    const std::string secret = "a1b2>?c3D4e5f6";
    const Mask mask = mask_of(secret);
    CHECK(mask.apply("A1B2>?C3D4E5F6, a1b2>?c3d4e5f6, A1b2>?C3d4E5f6") == "…e5f6, …e5f6, …e5f6");
    CHECK(mask.apply(to_hex(secret)) == "…e5f6");
    CHECK(mask.apply("<" + upper_case(to_hex(secret)) + ">") == "<…e5f6>");
    CHECK(mask.apply("answered \"0123A1B2>?C3d\"…") == "answered \"0123\"…");
}

TEST_CASE("a secret is masked byte by byte and without its dashes") {
    const Mask mask = mask_of("a1b2-c3d4-e5f6");
    CHECK(mask.apply("A1B2C3D4E5F6") == "…e5f6");
    CHECK(mask.apply("%61%31%62%32%2d%63%33%64%34%2D%65%35%66%36") == "…e5f6");
    CHECK(mask.apply(R"("\u0061\u0031\u0062\u0032\u002d\u0063\u0033\u0064\u0034\u002D\u0065\u0035\u0066\u0036")") ==
          R"("…e5f6")");
    CHECK(mask.apply(R"({"type":"Buffer","data":[97,49,98,50,45,99,51,100,52,45,101,53,102,54]})") ==
          R"({"type":"Buffer","data":[…e5f6]})");
}

TEST_CASE("a secret is masked in base64, wherever in the text that was encoded") {
    struct Row {
        std::string secret, before, after, masked;
    };
    const std::vector<Row> rows{
        {"a1b2>?c3D4e5f6", "", "", "…e5f6="},
        {"a1b2>?c3D4e5f6", "", "z", "…e5f6Z6"},
        {"a1b2>?c3D4e5f6", "", "zzz", "…e5f6Z6eno="},
        {"a1b2>?c3D4e5f6", "x", "", "eG…e5f6"},
        {"a1b2>?c3D4e5f6", "x", "zz", "eG…e5f6eno="},
        {"a1b2>?c3D4e5f6", "xy", "", "eHl…e5f6=="},
        {"a1b2>?c3D4e5f6", "xy", "z", "eHl…e5f6no="},
        {"a1b2>?c3D4e5f6", "default:", "", "ZGVmYXVsdDp…e5f6=="},
        {"a1b2>?c3", "", "", "…="},
        {"a1b2>?c3", "x", "z", "eG…eg=="},
    };
    for (const Row& row : rows) {
        std::string encoded = to_base64(row.before + row.secret + row.after);
        CAPTURE(row.before, row.after, encoded);
        CHECK(mask_of(row.secret).apply(encoded) == row.masked);
        std::ranges::replace(encoded, '+', '-');
        std::ranges::replace(encoded, '/', '_');
        CHECK(mask_of(row.secret).apply(encoded) == row.masked);
    }
    CHECK(mask_of("a1b2>?c3D4e5f6").apply(to_base64("a1b2>?c3D4")) == to_base64("a1b2>?c3D4"));
}

TEST_CASE("the letter of an escape is not taken for the first of a secret") {
    const Mask mask = mask_of("nabcdefghi123");
    CHECK(mask.apply(R"({"a":"x\nabcdefghi123"})") == R"({"a":"x\nabcdefghi123"})");
    CHECK(mask.apply(R"({"a":"x\\nabcdefghi123"})") == R"({"a":"x\\…i123"})");
}

// An ending that JSON would escape could be masked in a text that is JSON or not, or JSON within JSON.
TEST_CASE("what was encoded is masked without an ending that JSON escapes") {
    const std::string secret = "abcdefghijkl12\"4";
    CHECK(mask_of(secret).apply("{\"a\":\"" + to_hex(secret) + "\"}") == R"({"a":"…"})");
    CHECK(mask_of(secret).apply("{\"a\":\"" + to_base64(secret) + "\"}") == R"({"a":"…=="})");
    CHECK(mask_of(secret).apply(R"({"a":"ABCDEFGHIJKL12\"4"})") == R"({"a":"…12\"4"})");
}

TEST_CASE("an excerpt shows no beginning of a secret") {
    const Mask mask = mask_of("a1b2c3d4e5f6g7h8");
    SECTION("that is cut here") {
        CHECK(mask.apply("0123a1b2c3d4e5f6g7h8", 12) == "0123…g7h8");
        CHECK(mask.apply("0123a1b2c3d4e5f6g7h8", 4) == "0123");
        CHECK(mask.apply("0123", 12) == "0123");
    }
    SECTION("that was cut before") {
        CHECK(mask.apply("answered \"0123a1b2c3d4e\"…") == "answered \"0123\"…");
        CHECK(mask.apply(R"({"says":"its body begins \"0123a1b2c3d4e\"…."})") ==
              R"({"says":"its body begins \"0123\"…."})");
    }
    SECTION("however many excerpts there are") {
        std::string text;
        for (int i = 0; i < 100'000; ++i) text += "a1b2c3d4\"… ";
        CHECK(mask.apply(text).find("a1b2c3d4") == std::string::npos);
    }
    SECTION("but other words that end alike") {
        CHECK(mask.apply("\"a1b2c3d\"… and a1b2c3d4e") == "\"a1b2c3d\"… and a1b2c3d4e");
        CHECK(mask.apply("…") == "…");
    }
}

TEST_CASE("what we invented is shown, and so is what is too short to be told from chance") {
    CHECK(Mask(Secret("a1b2c3d4e5f6", Secret::Origin::kInvented)).apply("a1b2c3d4e5f6") == "a1b2c3d4e5f6");
    CHECK(mask_of("a1b2c3d").apply("a1b2c3d") == "a1b2c3d");
    CHECK(mask_of("a1b2c3d4").apply("a1b2c3d4") == "…");
    CHECK(Mask().apply("a1b2c3d4e5f6") == "a1b2c3d4e5f6");
}
