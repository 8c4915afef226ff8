#include "http/chunked.h"

#include <string>
#include <string_view>

#include "catch.h"

namespace smartcar_sim::http {
namespace {

enum class Verdict { kComplete, kUnfinished, kBroken };

Verdict read_at_once(std::string_view body) {
    ChunkedGrammar grammar;
    if (!grammar.accept(body)) return Verdict::kBroken;
    return grammar.complete() ? Verdict::kComplete : Verdict::kUnfinished;
}

Verdict read_byte_by_byte(std::string_view body) {
    ChunkedGrammar grammar;
    for (const char& byte : body) {
        if (!grammar.accept({&byte, 1})) return Verdict::kBroken;
    }
    return grammar.complete() ? Verdict::kComplete : Verdict::kUnfinished;
}

void check_all(Verdict expected, std::initializer_list<std::string_view> bodies) {
    for (const std::string_view body : bodies) {
        CAPTURE(body);
        CHECK((read_at_once(body) == expected));
        CHECK((read_byte_by_byte(body) == expected));
    }
}

}  // namespace

TEST_CASE("a chunked body ends with an empty chunk and a blank line") {
    check_all(Verdict::kComplete, {"0\r\n\r\n", "5\r\nhello\r\n0\r\n\r\n", "A\r\n0123456789\r\n00\r\n\r\n",
                                   "5;name=value\r\nhello\r\n0 ; x\r\n\r\n"});
    check_all(Verdict::kUnfinished, {"", "5", "5\r\nhel", "5\r\nhello\r\n", "0\r\n", "0\r\n\r"});
}

TEST_CASE("what strtoul would take for a chunk size is refused") {
    check_all(Verdict::kBroken, {"-2\r\n", "+5\r\n", "0x5\r\n", " 5\r\n", "5garbage\r\n", "\r\n", "fffffffff\r\n"});
}

TEST_CASE("a chunk that is not followed by CRLF is refused, not taken for the end") {
    check_all(Verdict::kBroken, {"5\r\nhelloX\r\n0\r\n\r\n", "5\r\nhello\n", "5\nhello", "5\r\nhello\rX"});
}

TEST_CASE("trailers, bytes after the end and endless extensions are refused") {
    check_all(Verdict::kBroken, {"0\r\nname: value\r\n\r\n", "0\r\n\r\nGET / HTTP/1.1\r\n"});
    const std::string endless = "5;" + std::string(5000, 'x');
    check_all(Verdict::kBroken, {endless});
}

}  // namespace smartcar_sim::http
