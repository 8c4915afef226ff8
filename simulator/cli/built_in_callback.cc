#include "cli/built_in_callback.h"

#include <utility>

namespace smartcar_sim::cli {

http::Limits limits_for(const receiver::Manners& manners) {
    http::Limits limits;
    limits.body_deadline = manners.patience;
    limits.max_body = manners.max_body;
    limits.hangs_up = manners.keep_alive == receiver::Manners::KeepAlive::kHangsUp;
    limits.drops_half_closed = manners.half_closed == receiver::Manners::HalfClosed::kDropped;
    limits.leaves_packed = manners.unpacks == receiver::Manners::Unpacks::kLater;
    return limits;
}

base::Result<std::unique_ptr<BuiltInCallback>> BuiltInCallback::start(const base::Secret& token,
                                                                      const std::string& behaviour) {
    const receiver::Behaviour* wrong = nullptr;
    if (!behaviour.empty()) {
        const auto found = receiver::find_behaviour(behaviour);
        if (!found) return found.error();
        wrong = found.value();
    }
    std::unique_ptr<BuiltInCallback> callback(new BuiltInCallback(token, wrong));
    const http::Limits limits = limits_for(callback->receiver_.manners());
    auto server = http::Server::start({.limits = limits}, [&built_in = *callback](const contract::Request& request) {
        receiver::Handled handled = built_in.receiver_.handle(request);
        if (handled.delay > base::Milliseconds(0)) built_in.slowness_.wait(handled.delay);
        return std::move(handled.response);
    });
    if (!server) return server.error();
    callback->server_ = std::move(server).value();
    return callback;
}

BuiltInCallback::~BuiltInCallback() {
    slowness_.call_off();
    if (server_) server_->stop(base::Milliseconds(0));
}

base::Url BuiltInCallback::url() const {
    base::Url url = base::parse_url(server_->origin()).value();
    url.target = "/webhooks";
    return url;
}

}  // namespace smartcar_sim::cli
