#include "base/text.h"

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"

using namespace smartcar_sim::base;

namespace {

std::string every_byte() {
    std::string bytes;
    for (int byte = 0; byte < 256; ++byte) bytes += static_cast<char>(byte);
    return bytes;
}

TEST_CASE("a number is the whole text or none") {
    CHECK(parse_number<int>("-12") == -12);
    CHECK(parse_number<double>("0.5") == 0.5);
    for (const std::string_view text : {"", " 1", "1 ", "+1", "1.5", "0x10", "99999999999"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number<int>(text));
    }
    CHECK_FALSE(parse_number<std::size_t>("-1"));
    for (const std::string_view text : {"nan", "inf", "-inf", "1e999", "1,5"}) {
        CAPTURE(text);
        CHECK_FALSE(parse_number<double>(text));
    }
}

}  // namespace

TEST_CASE("hex is written in lower case and read in both") {
    CHECK(to_hex(std::string("\x00\x0f\xa5\xff", 4)) == "000fa5ff");
    CHECK(to_hex("").empty());
    CHECK(from_hex("000fA5Ff") == std::string("\x00\x0f\xa5\xff", 4));
    CHECK(from_hex(to_hex(every_byte())) == every_byte());
}

TEST_CASE("ASCII letters have a case, and nothing else has") {
    CHECK(lower_case("aZ@[`{\xc3\x84") == "az@[`{\xc3\x84");
    CHECK(upper_case("aZ@[`{\xc3\xa4") == "AZ@[`{\xc3\xa4");
    CHECK(equal_but_for_case("Content-Type", "cONTENT-tYPE"));
    CHECK_FALSE(equal_but_for_case("SC-Signature", "SC_Signature"));
    CHECK_FALSE(equal_but_for_case("host", "hos"));
    CHECK_FALSE(equal_but_for_case("@", "`"));
}

TEST_CASE("blanks around a text are taken off, and those within stay") {
    CHECK(trimmed("\r\n\t a b\r\n") == "a b");
    CHECK(trimmed("a") == "a");
    CHECK(trimmed("").empty());
    CHECK(trimmed(" \n ").empty());
    CHECK(trimmed(" a\n ", " \t") == "a\n");
    CHECK(trimmed("\v") == "\v");
}

TEST_CASE("letters and digits are those of ASCII") {
    std::string found;
    for (const char byte : every_byte()) {
        if (is_alphanumeric(byte)) found += byte;
    }
    CHECK(found == "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz");
}

TEST_CASE("words stand between blanks, however many") {
    CHECK(words("").empty());
    CHECK(words("   ").empty());
    CHECK(words("read_battery") == std::vector<std::string>{"read_battery"});
    CHECK(words("  a  required:b ") == std::vector<std::string>{"a", "required:b"});
}

TEST_CASE("what is not hex is not read") {
    CHECK(from_hex("") == "");
    for (const char* text : {"0", "0g", "g0", " 0", "0x00", "00 0", "-1"}) {
        CAPTURE(text);
        CHECK_FALSE(from_hex(text));
    }
}

TEST_CASE("base64 is that of RFC 4648 section 10") {
    const std::vector<std::pair<std::string, std::string>> vectors = {{"", ""},
                                                                      {"f", "Zg=="},
                                                                      {"fo", "Zm8="},
                                                                      {"foo", "Zm9v"},
                                                                      {"foob", "Zm9vYg=="},
                                                                      {"fooba", "Zm9vYmE="},
                                                                      {"foobar", "Zm9vYmFy"},
                                                                      {"\xfb\xff", "+/8="}};
    for (const auto& [bytes, text] : vectors) {
        CAPTURE(text);
        CHECK(to_base64(bytes) == text);
        CHECK(from_base64(text) == bytes);
    }
    CHECK(from_base64(to_base64(every_byte())) == every_byte());
}

TEST_CASE("what is not padded base64 with zero bits left over is not read") {
    for (const char* text :
         {"Z", "Zg", "Zg=", "Zm9", "Zh==", "Zm9=", "====", "=Zg=", "Zg=a", "Zm9v\n", "-_8=", "Z===", "Zg==Zg=="}) {
        CAPTURE(text);
        CHECK_FALSE(from_base64(text));
    }
}

TEST_CASE("percent-encoding leaves only the unreserved characters of RFC 3986") {
    CHECK(percent_encode("AZaz09-._~") == "AZaz09-._~");
    CHECK(percent_encode("a b/c?d=e&f+g%é") == "a%20b%2Fc%3Fd%3De%26f%2Bg%25%C3%A9");
    CHECK(percent_decode(percent_encode(every_byte()), Plus::kLiteral) == every_byte());
    CHECK(percent_decode(percent_encode(every_byte()), Plus::kIsSpace) == every_byte());
}

TEST_CASE("a malformed escape stays as it is") {
    for (const char* text : {"%", "%4", "%zz", "%4g", "100%", "%%"}) {
        CAPTURE(text);
        CHECK(percent_decode(text, Plus::kLiteral) == text);
    }
    CHECK(percent_decode("%%41%", Plus::kLiteral) == "%A%");
}

TEST_CASE("a plus is a space in forms alone") {
    CHECK(percent_decode("a+b%2B", Plus::kIsSpace) == "a b+");
    CHECK(percent_decode("a+b%2B", Plus::kLiteral) == "a+b+");
}

TEST_CASE("a form is read in order, repeated names included") {
    CHECK(parse_form("a=1&b=x+y%26&a=2") == Fields{{"a", "1"}, {"b", "x y&"}, {"a", "2"}});
    CHECK(parse_form("").empty());
    CHECK(parse_form("&&").empty());
    CHECK(parse_form("a&b=&=c&d=e=f") == Fields{{"a", ""}, {"b", ""}, {"", "c"}, {"d", "e=f"}});
}

TEST_CASE("a field is the first of its name") {
    const Fields fields = parse_form("a=1&a=2&b=");
    CHECK(field(fields, "a") == "1");
    CHECK(field(fields, "b") == "");
    CHECK_FALSE(field(fields, "A"));
}
