// The reference receiver as a callback, whose answers a test may replace.
//
// May be called from several threads at once.
#pragma once

#include <deque>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <utility>

#include "base/secret.h"
#include "delivery/transport.h"
#include "platform/development_values.h"
#include "receiver/receiver.h"

namespace smartcar_sim::fakes {

class ScriptedCallback {
public:
    // From now on; nothing: as the reference receiver answers.
    void answer_challenges(std::optional<delivery::Answer> answer) {
        const std::lock_guard lock(mutex_);
        to_challenges_ = std::move(answer);
    }
    // To the next event nobody scripted yet. Without a script events are answered as the reference receiver does.
    void then(delivery::Answer answer) {
        const std::lock_guard lock(mutex_);
        to_events_.push_back(std::move(answer));
    }
    // To every event after the script.
    void always(delivery::Answer answer) {
        const std::lock_guard lock(mutex_);
        to_all_events_ = std::move(answer);
    }

    // Runs while each exchange is under way. Set before anything is sent.
    void meanwhile(std::function<void()> something) { meanwhile_ = std::move(something); }

    [[nodiscard]] delivery::Answer answer(const delivery::Outgoing& outgoing) {
        if (meanwhile_) meanwhile_();
        const receiver::Handled handled = receiver_.handle(outgoing.request);
        const std::lock_guard lock(mutex_);
        if (handled.received.kind == receiver::Received::Kind::kVerification) {
            return to_challenges_.value_or(handled.response);
        }
        if (to_events_.empty()) return to_all_events_.value_or(handled.response);
        delivery::Answer scripted = std::move(to_events_.front());
        to_events_.pop_front();
        return scripted;
    }

private:
    const receiver::Receiver receiver_{
        base::Secret(std::string(platform::kDevelopmentToken), base::Secret::Origin::kInvented)};
    std::function<void()> meanwhile_;
    std::mutex mutex_;
    std::optional<delivery::Answer> to_challenges_;  // guarded by mutex_, like all below
    std::deque<delivery::Answer> to_events_;
    std::optional<delivery::Answer> to_all_events_;
};

}  // namespace smartcar_sim::fakes
