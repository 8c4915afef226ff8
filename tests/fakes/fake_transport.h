// A callback without a network: remembers every Outgoing, answers from a script or a function.
//
// May be called from several threads at once. A function runs without the fake's lock, so it may ask the fake what
// was sent, or block to hold an attempt under way.
#pragma once

#include <algorithm>
#include <cstddef>
#include <functional>
#include <mutex>
#include <string>
#include <utility>
#include <vector>

#include "delivery/transport.h"

namespace smartcar_sim::fakes {

[[nodiscard]] inline delivery::Answer answered(int status, std::string body = {}) {
    return contract::Response{.status = status, .headers = {}, .body = std::move(body)};
}

[[nodiscard]] inline delivery::Answer failed(delivery::Failure::Kind kind, std::string detail = {}) {
    return delivery::Failure{.kind = kind, .detail = std::move(detail)};
}

class FakeTransport final : public delivery::Transport {
public:
    using Callback = std::function<delivery::Answer(const delivery::Outgoing&)>;

    // Answers 200 to everything.
    FakeTransport() : FakeTransport(std::vector<delivery::Answer>{answered(200)}) {}
    // Answers in turn, the last one again and again.
    explicit FakeTransport(std::vector<delivery::Answer> script) : script_(std::move(script)) {}
    explicit FakeTransport(Callback callback) : callback_(std::move(callback)) {}

    [[nodiscard]] delivery::Exchange exchange(const delivery::Outgoing& outgoing) override {
        delivery::Answer scripted = remember(outgoing);
        return {.answer = callback_ ? callback_(outgoing) : std::move(scripted), .took = base::Milliseconds(1)};
    }

    // In the order they arrived.
    [[nodiscard]] std::vector<delivery::Outgoing> sent() const {
        const std::lock_guard lock(mutex_);
        return sent_;
    }

private:
    delivery::Answer remember(const delivery::Outgoing& outgoing) {
        const std::lock_guard lock(mutex_);
        sent_.push_back(outgoing);
        if (script_.empty()) return {};
        return script_.at(std::min(sent_.size(), script_.size()) - 1);
    }

    mutable std::mutex mutex_;
    std::vector<delivery::Outgoing> sent_;  // guarded by mutex_
    const std::vector<delivery::Answer> script_;
    const Callback callback_;
};

}  // namespace smartcar_sim::fakes
