// One request in, one answer out: the whole HTTP face of the platform without a socket.
#pragma once

#include "contract/http.h"
#include "routes/context.h"
#include "routes/guard.h"
#include "routes/router.h"

namespace smartcar_sim::routes {

// May be used from any thread.
class Service {
public:
    Service(Context& context, AllowedHosts allowed);

    // /_sim requests are guarded (guard.h); all others are the application's and are logged.
    [[nodiscard]] contract::Response answer(const contract::Request& request) const;

private:
    [[nodiscard]] contract::Response answer_sim(const contract::Request& request) const;
    [[nodiscard]] contract::Response answer_application(const contract::Request& request) const;

    Context& context_;
    const AllowedHosts allowed_;
    Router router_;
};

}  // namespace smartcar_sim::routes
