#include "base/url.h"

#include <string>
#include <utility>
#include <vector>

#include "catch.h"

using smartcar_sim::base::parse_url;
using smartcar_sim::base::Url;

TEST_CASE("a URL is taken apart") {
    const std::vector<std::pair<std::string, Url>> urls = {
        {"http://127.0.0.1:3000/webhooks", {"http", "127.0.0.1", 3000, "/webhooks"}},
        {"http://example.com", {"http", "example.com", 80, "/"}},
        {"https://example.com", {"https", "example.com", 443, "/"}},
        {"HTTPS://Example.COM:8443/Path", {"https", "example.com", 8443, "/Path"}},
        {"http://example.com?x=1", {"http", "example.com", 80, "/?x=1"}},
        {"http://example.com/a?b=c/d#top", {"http", "example.com", 80, "/a?b=c/d"}},
        {"http://example.com#top", {"http", "example.com", 80, "/"}},
        {"http://example.com:/", {"http", "example.com", 80, "/"}},
        {"http://[::1]:3000/", {"http", "::1", 3000, "/"}},
        {"http://[2001:DB8::7]", {"http", "2001:db8::7", 80, "/"}},
        {"http://[::ffff:127.0.0.1]/x", {"http", "::ffff:127.0.0.1", 80, "/x"}},
        {"http://my_service.internal:65535/", {"http", "my_service.internal", 65535, "/"}},
        {"http://example.com/%7Ea%20b/é", {"http", "example.com", 80, "/%7Ea%20b/é"}}};
    for (const auto& [text, url] : urls) {
        CAPTURE(text);
        const auto read = parse_url(text);
        REQUIRE(read.ok());
        CHECK(read.value() == url);
    }
}

TEST_CASE("what is not a callback's URL is refused in one sentence") {
    const std::string scheme = "the URL must begin with http:// or https://";
    const std::string no_host = "the URL has no host; write it like http://127.0.0.1:3000/webhooks";
    const std::string blank = "a URL may not hold blanks or control characters; write a space as %20";
    const std::string port = "the port of the URL must be a number from 1 to 65535";
    const std::string user = "a URL with a user name or password is refused; leave out what stands before the \"@\"";
    const std::string brackets =
        "the brackets of the URL do not hold an IPv6 address; write it like http://[::1]:3000/";
    const std::string host = "the host of the URL may hold only letters, digits, \"-\", \".\" and \"_\"";
    const std::vector<std::pair<std::string, std::string>> refused = {
        {"", scheme},
        {"/webhooks", scheme},
        {"127.0.0.1:3000/webhooks", scheme},
        {"localhost:3000", scheme},
        {"ftp://example.com/", scheme},
        {"http:/example.com", scheme},
        {"://example.com", scheme},
        {"http://", no_host},
        {"http:///webhooks", no_host},
        {"http://:3000/", no_host},
        {"http://?x", no_host},
        {"http://exa mple.com/", blank},
        {" http://example.com/", blank},
        {"http://example.com/a b", blank},
        {"http://example.com/\r\nX: y", blank},
        {"http://example.com/\x7f", blank},
        {"http://example.com:0/", port},
        {"http://example.com:65536/", port},
        {"http://example.com:-1/", port},
        {"http://example.com:80x/", port},
        {"http://example.com:99999999999/", port},
        {"http://[::1]:x/", port},
        {"http://user@example.com/", user},
        {"http://user:word@example.com/", user},
        {"http://[::1", brackets},
        {"http://[]/", brackets},
        {"http://[example.com]/", brackets},
        {"http://[fe80::1%25eth0]/", brackets},
        {"http://[::1]3000/", "only a port may follow the brackets of the URL, like http://[::1]:3000/"},
        {"http://::1/", no_host},
        {"http://2001:db8::7/",
         "the URL has more than one port; an IPv6 address goes in brackets, like http://[::1]:3000/"},
        {"http://exämple.com/", host},
        {"http://a\\b/", host},
        {"http://{car}/", host}};
    for (const auto& [text, why] : refused) {
        CAPTURE(text);
        const auto read = parse_url(text);
        REQUIRE_FALSE(read.ok());
        CHECK(read.error().code == "bad_url");
        CHECK(read.error().message == why);
    }
}

TEST_CASE("an \"@\" behind the host is no user name") {
    const auto url = parse_url("http://example.com/@me?to=a@b");
    REQUIRE(url.ok());
    CHECK(url.value().target == "/@me?to=a@b");
}

TEST_CASE("an authority names the port only when the scheme does not") {
    CHECK(Url{"http", "example.com", 80, "/"}.authority() == "example.com");
    CHECK(Url{"https", "example.com", 443, "/"}.authority() == "example.com");
    CHECK(Url{"https", "example.com", 80, "/"}.authority() == "example.com:80");
    CHECK(Url{"http", "::1", 3000, "/"}.authority() == "[::1]:3000");
    CHECK(Url{"http", "::1", 80, "/"}.authority() == "[::1]");
}

TEST_CASE("a URL is written from its parts") {
    const Url url{"https", "::1", 8443, "/a?b=c"};
    CHECK(url.origin() == "https://[::1]:8443");
    CHECK(url.text() == "https://[::1]:8443/a?b=c");
    CHECK(url.tls());
    CHECK_FALSE(Url{"http", "example.com", 80, "/"}.tls());
}
