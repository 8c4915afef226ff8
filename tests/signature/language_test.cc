#include "signature/language.h"

#include <string_view>

#include "catch.h"
#include "signature/explain.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::signature {

TEST_CASE("the language of a receiver is told by its headers") {
    struct Case {
        std::string_view server, powered_by;
        Language language;
    };
    for (const auto& [server, powered_by, language] : {
             Case{"", "Express", Language::kNode},
             Case{"", "PHP/8.2.36", Language::kPhp},
             Case{"nginx/1.24", "PHP/8.2.36", Language::kPhp},
             Case{"Werkzeug/3.0.1 Python/3.11.7", "", Language::kPython},
             Case{"Python/3.11 aiohttp/3.9.1", "", Language::kPython},
             Case{"uvicorn", "", Language::kPython},
             Case{"WEBrick/1.8.1 (Ruby/3.1.2/2022-04-12)", "", Language::kRuby},
             Case{"Jetty(11.0.18)", "", Language::kJava},
             Case{"Kestrel", "", Language::kDotNet},
             Case{"Microsoft-IIS/10.0", "ASP.NET", Language::kDotNet},
             Case{"TornadoServer/6.1", "", Language::kPython},
             Case{"WSGIServer/0.2 CPython/3.11.2", "", Language::kPython},
             Case{"", "Phusion Passenger(R) 6.0.20", Language::kUnknown},
             Case{"Microsoft-IIS/10.0", "", Language::kUnknown},
             Case{"nginx", "", Language::kUnknown},
             Case{"cloudflare", "", Language::kUnknown},
             Case{"", "", Language::kUnknown},
         }) {
        CAPTURE(server, powered_by);
        CHECK(language_told_by(server, powered_by) == language);
    }
}

TEST_CASE("a sign of a language within a longer word tells nothing") {
    for (const std::string_view server : {"Something/1.0", "linode", "nodexyz", "expressway", "ThinServer", "xphp"}) {
        CAPTURE(server);
        CHECK(language_told_by(server, "") == Language::kUnknown);
        CHECK(language_told_by("", server) == Language::kUnknown);
    }
    CHECK(language_told_by("linode node", "") == Language::kNode);
}

namespace {

const std::string kKey = "6f1d2b7c-0c1e-4d0e-9a53-2f6c1c9e7a10";
const std::string kBody = R"({"url":"a/b","value":1.0,"name":"Zürich"})";

std::string fix_of(const std::string& hashed, Language told) {
    return explain({.subject = Subject::kBody,
                    .message = kBody,
                    .key = kKey,
                    .received = hmac_sha256_hex(kKey, hashed),
                    .language = told})
        .fix;
}

}  // namespace

TEST_CASE("a fix ends with the line for the language that made the mistake, whatever the headers say") {
    const std::string by_php = written_by(Runtime::kPhp, kBody);
    CHECK(fix_of(by_php, Language::kUnknown) ==
          "Hash the bytes of the request body as they arrived, before anything parses them. In PHP: hash "
          "file_get_contents('php://input'); in Laravel and Symfony $request->getContent().");
    CHECK(fix_of(by_php, Language::kNode) == fix_of(by_php, Language::kUnknown));
}

TEST_CASE("a mistake that any language makes is mended in the one that the headers tell") {
    const std::string spoilt = kBody + "\n";
    CHECK(fix_of(spoilt, Language::kGo).find("In Go") == std::string::npos);
    const std::string lost = R"({"url":"a/b","value":1.0,"name":"Z?rich"})";
    CHECK(fix_of(lost, Language::kGo) ==
          "Hash the body's bytes: do not make text of them before. In Go: hash what io.ReadAll(r.Body) gives, and give "
          "the same bytes to json.Unmarshal.");
    CHECK(fix_of(lost, Language::kUnknown) ==
          "Hash the body's bytes: do not make text of them before. In Express that is express.raw(), in Flask "
          "request.get_data(), in PHP file_get_contents('php://input').");
}

TEST_CASE("of runtimes that write the same bytes the receiver's own is named first") {
    const Question question{.subject = Subject::kBody,
                            .message = kBody,
                            .key = kKey,
                            .received = hmac_sha256_hex(kKey, R"({"url":"a/b","value":1,"name":"Zürich"})")};
    CHECK(explain(question).mistake == "body-as-node");
    Question told = question;
    told.language = Language::kPhp;
    CHECK(explain(told).mistake == "body-as-php-with-flags");
    CHECK(explain(told).also_possible == std::vector<std::string>{"body-as-node"});
}

TEST_CASE("a hash that several languages make is mended in the one that the headers tell, or in general") {
    // As JSON.stringify and PHP with JSON_UNESCAPED_SLASHES | JSON_UNESCAPED_UNICODE both write it.
    const std::string by_either = R"({"url":"a/b","value":1,"name":"Zürich"})";
    const std::string fix = "Hash the bytes of the request body as they arrived, before anything parses them. ";
    CHECK(fix_of(by_either, Language::kUnknown) == fix + std::string(line_for(Advice::kRawBody, Language::kUnknown)));
    for (const Language told : {Language::kNode, Language::kPhp, Language::kGo}) {
        CHECK(fix_of(by_either, told) == fix + std::string(line_for(Advice::kRawBody, told)));
    }
}

TEST_CASE("every language has a line for every advice") {
    for (const Advice advice : {Advice::kRawBody, Advice::kHmac, Advice::kCleanKey, Advice::kChallenge}) {
        for (const Language language : {Language::kNode, Language::kPython, Language::kPhp, Language::kRuby,
                                        Language::kGo, Language::kJava, Language::kDotNet}) {
            CHECK(line_for(advice, language).ends_with('.'));
        }
    }
    CHECK(line_for(Advice::kNone, Language::kNode).empty());
}

}  // namespace smartcar_sim::signature
