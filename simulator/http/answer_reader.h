// Reads the answers that come on a connection, one after the other, until a deadline that is the same for all.
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <variant>

#include "base/clock.h"
#include "contract/http.h"
#include "delivery/transport.h"
#include "http/body.h"
#include "http/input.h"
#include "http/response_head.h"
#include "http/socket.h"

namespace smartcar_sim::http {

class AnswerReader {
public:
    struct Terms {
        std::string address;         // failures begin with it
        base::Milliseconds timeout;  // what failures say was too short
        Wait wait;
    };

    AnswerReader(Input& input, Terms terms) : input_(input), terms_(std::move(terms)) {}

    struct Read {
        contract::Response response;
        bool close = false;  // the peer says that it is the last on the connection
        bool whole = true;   // otherwise it is cut off at delivery::kMostAnswer, and nobody knows where the next begins
    };

    // The answer to a request of this method. Interim ones (100, 102, 103) come before it, as many as the deadline
    // allows: `interim` is called after each.
    [[nodiscard]] std::variant<Read, delivery::Failure> next(
        std::string_view method, const std::function<void()>& interim = [] {});

    // What became of an exchange in which a read or a write went so; `while_doing` is a clause, for a timeout.
    [[nodiscard]] delivery::Failure failed(Io outcome, std::string_view while_doing) const;
    [[nodiscard]] delivery::Failure failure(delivery::Failure::Kind kind, std::string_view what) const;

private:
    using Head = std::variant<ResponseHead, delivery::Failure>;
    [[nodiscard]] Head final_head(const std::function<void()>& interim);
    [[nodiscard]] Head next_head();
    [[nodiscard]] delivery::Failure failed(BodyProblem problem) const;
    [[nodiscard]] std::string in_time() const;

    Input& input_;
    const Terms terms_;
};

}  // namespace smartcar_sim::http
