// What nobody should send, to a whole platform over real sockets: each is a clear 4xx, and the server lives on.
#include <string>
#include <vector>

#include "app/an_instance.h"
#include "base/text.h"
#include "base/url.h"
#include "catch.h"
#include "fakes/raw_peer.h"

namespace smartcar_sim::app {
namespace {

constexpr std::size_t kTenMegabytes = std::size_t{10} << 20U;

class Server {
public:
    // All that comes back for these bytes.
    [[nodiscard]] std::string answer_to(const std::string& bytes) const {
        auto connection = fakes::RawConnection::to(port_);
        connection.send_what_it_takes(bytes);
        connection.half_close();
        return connection.read_to_end();
    }
    [[nodiscard]] bool lives() const {
        return answer_to("GET /_sim/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n").starts_with("HTTP/1.1 200");
    }
    [[nodiscard]] fakes::RawConnection connect() const { return fakes::RawConnection::to(port_); }

private:
    const std::unique_ptr<Instance> instance_ = an_instance();
    const int port_ = base::parse_url(instance_->origin()).value().port;
};

std::string request(const std::string& line, const std::string& fields, const std::string& body = {}) {
    return line + " HTTP/1.1\r\n" + fields + "Content-Length: " + std::to_string(body.size()) + "\r\n\r\n" + body;
}

std::string post(const std::string& target, const std::string& body) {
    return request("POST " + target, "Host: 127.0.0.1\r\n", body);
}

}  // namespace

TEST_CASE("each kind of bad input is a clear 4xx, and the server lives on") {
    const Server server;
    const std::string host = "Host: 127.0.0.1\r\n";
    const std::string basic = "Authorization: Basic " +
                              base::to_base64(std::string(platform::kDevelopmentClientId) + ":" +
                                              std::string(platform::kDevelopmentClientSecret)) +
                              "\r\n";
    struct Row {
        std::string what, bytes;
        int status;
        std::string says;
    };
    const std::vector<Row> rows{
        {"JSON cut short", post("/_sim/webhooks", R"({"callbackUri":)"), 400, "body:1:16: "},
        {"JSON of another kind", post("/_sim/events", "[]"), 400, "the body is an array, not an object"},
        {"an unknown member", post("/_sim/webhooks", R"({"callbackUrl":"http://127.0.0.1/"})"), 400,
         R"(did you mean \"callbackUri\"?)"},
        {"a member twice", post("/_sim/connect", R"({"mode":"live","mode":"test"})"), 400, "mode"},
        {"an unknown query field", post("/_sim/events?wiat=5s", "{}"), 400,
         R"(takes no field \"wiat\"; did you mean \"wait\"?)"},
        {"a body that is not UTF-8", post("/_sim/connect", "{\"state\":\"\xff\"}"), 400, "UTF-8"},
        {"a path that is not UTF-8", request("GET /v2.0/vehicles/%ff", host), 401, "AUTHENTICATION"},
        {"a form that is not UTF-8", request("POST /oauth/token", host + basic, "grant_type=\xff"), 400,
         "unsupported_grant_type"},
        {"JSON where a form belongs", request("POST /oauth/token", host + basic, R"({"grant_type":"refresh_token"})"),
         400, "form-encoded"},
        {"no Host", request("GET /_sim/health", ""), 400, "Host"},
        {"Host twice", request("GET /_sim/health", host + host), 400, "Host"},
        {"no Authorization", request("GET /v2.0/vehicles", host), 401, "AUTHENTICATION"},
        {"Authorization of another scheme", request("GET /v2.0/vehicles", host + "Authorization: Negotiate abc\r\n"),
         401, "AUTHENTICATION"},
        {"two lengths", request("POST /_sim/connect", host + "Content-Length: 3\r\n", "{}"), 400, "Content-Length"},
        {"a length and chunks", request("POST /_sim/connect", host + "Transfer-Encoding: chunked\r\n", "{}"), 400,
         "Content-Length"},
        {"a header without a name", request("GET /_sim/health", host + ": x\r\n"), 400, "header"},
        {"ten megabytes", post("/_sim/events", std::string(kTenMegabytes, 'a')), 413, "larger than"},
        {"no such path", request("GET /_sim/webhook", host), 404, "/_sim/webhook"},
        {"no such method", request("PUT /_sim/events", host), 405, "allow: POST"},
    };
    for (const Row& row : rows) {
        CAPTURE(row.what);
        const std::string answer = server.answer_to(row.bytes);
        CAPTURE(answer);
        CHECK(answer.starts_with("HTTP/1.1 " + std::to_string(row.status)));
        CHECK(answer.find(row.says) != std::string::npos);
        CHECK(server.lives());
    }
}

TEST_CASE("connections that stop half way keep nobody waiting") {
    const Server server;
    std::vector<fakes::RawConnection> half_open;
    for (const std::string& beginning :
         {std::string("POST /_sim/events HT"), std::string("POST /_sim/events HTTP/1.1\r\nHost: 127.0.0.1\r\n"),
          std::string("POST /_sim/events HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Length: 100\r\n\r\n{\"event\""),
          std::string()}) {
        half_open.push_back(server.connect());
        half_open.back().send(beginning);
        CHECK(server.lives());
    }
    half_open[0].reset();
    half_open[1].close();
    half_open[2].half_close();
    CHECK(half_open[2].read_message().starts_with("HTTP/1.1 400"));
    CHECK(server.lives());
}

}  // namespace smartcar_sim::app
