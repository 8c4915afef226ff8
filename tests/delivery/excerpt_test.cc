#include "delivery/excerpt.h"

#include <string>

#include "catch.h"

using smartcar_sim::delivery::excerpt;
using smartcar_sim::delivery::kExcerptBytes;

TEST_CASE("a short text is quoted as it is") {
    CHECK(excerpt("OK") == "\"OK\"");
    CHECK(excerpt("") == "\"\"");
    CHECK(excerpt("Zoë 車 🚗") == "\"Zoë 車 🚗\"");
}

TEST_CASE("lines become one line") { CHECK(excerpt("<html>\r\n  <body>") == "\"<html> <body>\""); }

TEST_CASE("what could write to the terminal is not shown") {
    CHECK(excerpt("\x1b[31mred\x07") == "\"?[31mred?\"");
    CHECK(excerpt("a\xc2\x9b"
                  "31m") == "\"a??31m\"");  // U+009B, the one-byte CSI
    CHECK(excerpt("a\x7f") == "\"a?\"");
}

TEST_CASE("bytes that are not UTF-8 become question marks") {
    CHECK(excerpt("caf\xe9") == "\"caf?\"");
    CHECK(excerpt("\xff\xfe") == "\"??\"");
    CHECK(excerpt("cut \xf0\x9f\x9a") == "\"cut ???\"");
}

TEST_CASE("a long text is cut between characters and says so") {
    CHECK(excerpt(std::string(kExcerptBytes, 'a')) == "\"" + std::string(kExcerptBytes, 'a') + "\"");
    CHECK(excerpt(std::string(kExcerptBytes + 1, 'a')) == "\"" + std::string(kExcerptBytes, 'a') + "\"…");
    const std::string cut = excerpt(std::string(kExcerptBytes - 1, 'a') + "ëb");
    CHECK(cut == "\"" + std::string(kExcerptBytes - 1, 'a') + "ë\"…");
}
