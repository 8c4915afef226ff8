// Which function answers a request: a table of methods and paths, looked up segment by segment.
//
// A pattern is "/v2.0/vehicles" with exact segments and {parameters} of one segment each. Segments are
// matched as they were sent and parameters percent-decoded afterwards, so an escaped slash stays inside
// its segment. An exact segment wins over a parameter at the same place, without a second try. One
// trailing slash is tolerated everywhere (contract/clients.md section 1 item 13). The cost of a lookup
// grows with the request's segments, not with the number of routes; no regular expressions.
// Once built, a Router may be used from any thread.
#pragma once

#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <variant>
#include <vector>

#include "contract/http.h"

namespace smartcar_sim::routes {

struct Context;  // routes/context.h: what handlers work on

// The values of a pattern's {names}, decoded, and the row of the route that matched.
class Parameters {
public:
    void add(std::string_view name, std::string value) { values_.emplace_back(name, std::move(value)); }
    // Empty when the pattern has no such name.
    [[nodiscard]] const std::string& operator[](std::string_view name) const;
    [[nodiscard]] std::size_t row() const { return row_; }
    void set_row(std::size_t row) { row_ = row; }

private:
    std::size_t row_ = 0;
    std::vector<std::pair<std::string_view, std::string>> values_;
};

using Handler = contract::Response (*)(Context& context, const contract::Request& request,
                                       const Parameters& parameters);

// One row of a table; the texts must outlive the router (string literals do).
struct Route {
    std::string_view method;
    std::string_view pattern;
    Handler handler;
    std::size_t row = 0;  // of a table of the handler's own, when it serves several routes
};

struct Match {
    Handler handler = nullptr;
    Parameters parameters;
};
struct NoSuchPath {};
// The path exists; `allow` is the value of the Allow header: "GET, HEAD, POST".
struct NoSuchMethod {
    std::string allow;
};
using Lookup = std::variant<Match, NoSuchPath, NoSuchMethod>;

class Router {
public:
    Router();
    ~Router();
    Router(Router&&) noexcept;
    Router& operator=(Router&&) noexcept;

    // A GET route answers HEAD too: the server leaves out the body. Two routes of the same method and pattern are a
    // bug, and so are two names for one parameter.
    void add(std::span<const Route> routes);

    [[nodiscard]] Lookup find(std::string_view method, std::string_view path) const;

private:
    struct Node;
    std::unique_ptr<Node> root_;
};

}  // namespace smartcar_sim::routes
