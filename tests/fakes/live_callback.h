// The reference receiver on a free port of 127.0.0.1, which remembers what it got.
#pragma once

#include <memory>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "base/secret.h"
#include "catch.h"
#include "http/server.h"
#include "platform/development_values.h"
#include "receiver/receiver.h"

namespace smartcar_sim::fakes {

class LiveCallback {
public:
    struct Exchange {
        contract::Request request;
        receiver::Handled handled;
    };

    LiveCallback() {
        auto started = http::Server::start({}, [this](const contract::Request& request) { return handle(request); });
        REQUIRE(started.ok());
        server_ = std::move(started).value();
    }

    [[nodiscard]] std::string url() const { return server_->origin() + "/webhooks"; }

    // In the order they arrived.
    [[nodiscard]] std::vector<Exchange> exchanges() const {
        const std::lock_guard lock(mutex_);
        return exchanges_;
    }
    // Those since the last call.
    [[nodiscard]] std::vector<Exchange> taken() {
        const std::lock_guard lock(mutex_);
        return std::exchange(exchanges_, {});
    }
    [[nodiscard]] Exchange newest() const {
        const auto all = exchanges();
        REQUIRE(!all.empty());
        return all.back();
    }

private:
    contract::Response handle(const contract::Request& request) {
        receiver::Handled handled = receiver_.handle(request);
        const std::lock_guard lock(mutex_);
        exchanges_.push_back({request, handled});
        return handled.response;
    }

    const receiver::Receiver receiver_{
        base::Secret(std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented)};
    mutable std::mutex mutex_;
    std::vector<Exchange> exchanges_;       // guarded by mutex_
    std::unique_ptr<http::Server> server_;  // last: it stops before what its handler uses goes
};

}  // namespace smartcar_sim::fakes
