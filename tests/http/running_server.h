// A server on a free port whose handler tells what it was asked.
#pragma once

#include <memory>
#include <string>
#include <utility>

#include "catch.h"
#include "fakes/raw_peer.h"
#include "http/server.h"

namespace smartcar_sim::http {

// The request as text: method, target, headers in brackets, body.
inline contract::Response describe(const contract::Request& request) {
    std::string text = request.method + " " + request.target + " ";
    for (const auto& [name, value] : request.headers)
        text.append("[").append(name).append("=").append(value).append("]");
    return {200, {{"content-type", "text/plain"}}, text + " " + request.body};
}

class RunningServer {
public:
    explicit RunningServer(Server::Options options = {}, Handler handler = describe) {
        auto started = Server::start(std::move(options), std::move(handler));
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }

    Server* operator->() const { return server_.get(); }
    [[nodiscard]] fakes::RawConnection connect() const { return fakes::RawConnection::to(server_->port()); }
    // What comes back for these bytes until the server closes; it must close.
    [[nodiscard]] std::string answer_to(std::string_view bytes) const {
        fakes::RawConnection client = connect();
        client.send_what_it_takes(bytes);
        return client.read_to_end();
    }
    // The server still answers, whatever happened to it.
    [[nodiscard]] bool alive() const { return answer_to("GET /alive HTTP/1.0\r\n\r\n").ends_with("GET /alive  "); }

private:
    std::unique_ptr<Server> server_;
};

// The body of a message.
inline std::string body_of(const std::string& message) {
    const std::size_t end = message.find("\r\n\r\n");
    return end == std::string::npos ? "no head: " + message : message.substr(end + 4);
}

inline int status_of(const std::string& message) { return message.size() < 12 ? 0 : std::stoi(message.substr(9, 3)); }

}  // namespace smartcar_sim::http
