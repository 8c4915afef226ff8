// What a server does to be a callback that is wrong on purpose: Limits::hangs_up, drops_half_closed, leaves_packed.
#include <string>
#include <vector>

#include "catch.h"
#include "http/gzip.h"
#include "http/running_server.h"

namespace smartcar_sim::http {
namespace {

const std::string kGet = "GET /a HTTP/1.1\r\nHost: x\r\n\r\n";

Server::Options hanging_up() {
    Server::Options options;
    options.limits.hangs_up = true;
    return options;
}

Server::Options dropping() {
    Server::Options options;
    options.limits.drops_half_closed = true;
    return options;
}

Server::Options leaving_packed() {
    Server::Options options;
    options.limits.leaves_packed = true;
    return options;
}

std::string packed(const std::string& body) {
    return "POST / HTTP/1.1\r\nHost: x\r\nConnection: close\r\nContent-Encoding: gzip\r\nContent-Length: " +
           std::to_string(body.size()) + "\r\n\r\n" + body;
}

contract::Response body_alone(const contract::Request& request) { return {200, {}, request.body}; }

}  // namespace

TEST_CASE("a server that hangs up closes after its answer, and does not say so") {
    const RunningServer server(hanging_up());
    fakes::RawConnection client = server.connect();
    client.send(kGet);
    const std::string answer = client.read_message();
    CHECK(status_of(answer) == 200);
    CHECK(answer.find("onnection") == std::string::npos);
    CHECK(client.ends());
    CHECK(server.alive());
}

TEST_CASE("a server that hangs up answers the first of two requests that come at once") {
    const RunningServer server(hanging_up());
    const std::string answers = server.answer_to(kGet + kGet);
    CHECK(answers.find("HTTP/1.1 200") == 0);
    CHECK(answers.rfind("HTTP/1.1 200") == 0);
}

TEST_CASE("a server that drops the half-closed leaves a client without an answer that has ended sending") {
    const RunningServer server(dropping());
    for (const std::string& request :
         std::vector<std::string>{kGet, "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2\r\n\r\nhi"}) {
        fakes::RawConnection client = server.connect();
        client.send(request);
        client.half_close();
        CHECK(client.read_to_end().empty());
    }
    CHECK(server.alive());
}

TEST_CASE("a server that drops the half-closed answers all others, on one connection too") {
    const RunningServer server(dropping());
    fakes::RawConnection client = server.connect();
    for (int at = 0; at < 2; ++at) {
        client.send(kGet);
        CHECK(body_of(client.read_message()) == "GET /a [Host=x] ");
    }
    client.send(kGet + kGet);
    CHECK(body_of(client.read_message()) == "GET /a [Host=x] ");
    CHECK(body_of(client.read_message()) == "GET /a [Host=x] ");
}

TEST_CASE("a half-closed client is answered by any other server") {
    const RunningServer server;
    fakes::RawConnection client = server.connect();
    client.send(kGet);
    client.half_close();
    CHECK(body_of(client.read_to_end()) == "GET /a [Host=x] ");
}

TEST_CASE("a server that leaves bodies packed hands them on as they came") {
    const RunningServer server(leaving_packed(), body_alone);
    CHECK(body_of(server.answer_to(packed("no gzip at all"))) == "no gzip at all");
    const std::string zipped = gzipped("hello");
    CHECK(body_of(server.answer_to(packed(zipped))) == zipped);
    const RunningServer usual({}, body_alone);
    CHECK(status_of(usual.answer_to(packed("no gzip at all"))) == 400);
}

TEST_CASE("a server that leaves bodies packed limits them all the same") {
    Server::Options options = leaving_packed();
    options.limits.max_body = 4;
    const RunningServer server(options, body_alone);
    CHECK(body_of(server.answer_to(packed("four"))) == "four");
    CHECK(status_of(server.answer_to(packed("fives"))) == 413);
}

}  // namespace smartcar_sim::http
