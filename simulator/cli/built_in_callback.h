// The reference receiver on a port of its own, for `demo` and `run --built-in`.
#pragma once

#include <memory>
#include <string>

#include "app/pause.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/url.h"
#include "http/server.h"
#include "receiver/receiver.h"

namespace smartcar_sim::cli {

// What its server makes of connections and of how a body arrives.
[[nodiscard]] http::Limits limits_for(const receiver::Manners& manners);

class BuiltInCallback {
public:
    // `behaviour` is a name of `list behaviours`, or empty for none. Codes "unknown_behaviour" and those of
    // http::Server::start.
    [[nodiscard]] static base::Result<std::unique_ptr<BuiltInCallback>> start(const base::Secret& token,
                                                                              const std::string& behaviour);
    ~BuiltInCallback();
    BuiltInCallback(const BuiltInCallback&) = delete;
    BuiltInCallback& operator=(const BuiltInCallback&) = delete;

    [[nodiscard]] base::Url url() const;

private:
    BuiltInCallback(const base::Secret& token, const receiver::Behaviour* behaviour)
        : receiver_(token, behaviour, receiver::Receiver::Explains::kNothing) {}

    receiver::Receiver receiver_;
    app::Pause slowness_;
    std::unique_ptr<http::Server> server_;
};

}  // namespace smartcar_sim::cli
