// The server's side of one connection: requests in turn, as long as the client keeps it open.
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>

#include "base/clock.h"
#include "contract/http.h"
#include "http/input.h"
#include "http/request_head.h"
#include "http/response_head.h"
#include "http/socket.h"

namespace smartcar_sim::http {

using Handler = std::function<contract::Response(const contract::Request&)>;

// What one connection may cost.
struct Limits {
    base::Milliseconds head_deadline{10'000};  // of a request's head, from its first byte; of the first, from accept
    base::Milliseconds body_deadline{30'000};  // of a request's whole body, and of sending a response
    base::Milliseconds idle_timeout{75'000};   // between requests
    std::size_t max_body = std::size_t{1024} * 1024;  // of a request, after decompression
    // What the requests to one path may bring instead.
    struct Exception {
        std::string path = {};
        std::size_t max_body = 0;
    };
    std::optional<Exception> larger = {};
    // For a callback that is wrong on purpose: closes after each answer without saying so, leaves a client that has
    // ended sending without one, and lets the handler unpack what is compressed.
    bool hangs_up = false;
    bool drops_half_closed = false;
    bool leaves_packed = false;

    [[nodiscard]] std::size_t max_body_of(const contract::Request& request) const {
        return larger && request.path() == larger->path ? larger->max_body : max_body;
    }
};

class Connection {
public:
    // What calls off its waits: `closing` those for a further request, `cut` all of them.
    struct Interrupts {
        const Interrupt& closing;
        const Interrupt& cut;
    };

    // `peer` is the client's address without a port. The handler may be called from several connections at once.
    Connection(Socket socket, std::string peer, const Limits& limits, const Handler& handler, Interrupts interrupts);

    // Answers requests until either side is done, then closes.
    void serve();

private:
    [[nodiscard]] bool await_request(Deadline until);
    [[nodiscard]] bool answer_request(Deadline head_by);  // false when it was the last
    void refuse(const Refusal& refusal);
    // Nothing when there is no one to answer.
    [[nodiscard]] std::optional<std::variant<RequestHead, Refusal>> next_head(Deadline until);
    [[nodiscard]] std::optional<std::variant<std::string, Refusal>> body_of(const RequestHead& head);
    [[nodiscard]] contract::Response ask_handler(const contract::Request& request) const;
    [[nodiscard]] bool send(const ResponseBytes& response);
    [[nodiscard]] bool send(std::string_view bytes);
    void let_client_finish();
    [[nodiscard]] bool client_ended();

    SocketChannel channel_;
    Input input_;
    const std::string peer_;
    const Limits& limits_;
    const Handler& handler_;
    const Interrupts interrupts_;
};

}  // namespace smartcar_sim::http
