// One request in, one answer out: the whole HTTP face of the platform without a socket.
#pragma once

#include <functional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "contract/http.h"
#include "routes/context.h"
#include "routes/guard.h"
#include "routes/router.h"

namespace smartcar_sim::routes {

// The tables of everything that a Service serves.
[[nodiscard]] std::vector<std::span<const Route>> all_routes();
// "/v2.0/user" of "/{version}/user": any version is served as that one.
[[nodiscard]] std::string public_pattern(std::string_view pattern);

// May be used from any thread.
class Service {
public:
    // Told of each call of the application once it is answered, on the thread that answers it.
    using CallListener = std::function<void(const store::ApiCall& call, const contract::Request& request,
                                            const contract::Response& response)>;

    Service(Context& context, AllowedHosts allowed, CallListener on_call = nullptr);

    // /_sim requests are guarded (guard.h), and their answers show no secret of the user. All others are the
    // application's and are logged.
    [[nodiscard]] contract::Response answer(const contract::Request& request) const;

private:
    [[nodiscard]] contract::Response answer_sim(const contract::Request& request) const;
    [[nodiscard]] contract::Response find_sim(const contract::Request& request) const;
    [[nodiscard]] contract::Response answer_application(const contract::Request& request) const;

    Context& context_;
    const AllowedHosts allowed_;
    const CallListener on_call_;
    Router router_;
};

}  // namespace smartcar_sim::routes
