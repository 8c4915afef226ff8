// The queue between the platform's rules and the callbacks: lanes, attempts, retries, the journal.
//
// It owns no thread and no clock. It says when it is next due and does one attempt when told, so
// that app/ drives it with worker threads and a test with a loop. Every member may be called from
// any thread; no lock is held while the transport, the journal or a listener runs.
//
// Each webhook has a lane. A lane may hold at most half of the senders (rounded up) while another
// lane has work that is due; with Options::ordered it holds one, and a retry keeps later events of
// that lane waiting. Due work is taken in (due, sequence) order.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"
#include "base/url.h"
#include "contract/message.h"
#include "delivery/journal.h"
#include "delivery/retry.h"
#include "delivery/transport.h"
#include "fault/plan.h"

namespace smartcar_sim::delivery {

// One event on its way to one webhook.
struct Event {
    std::string event_id;  // for the journal; a message that carries an event id carries this one
    std::string webhook_id;
    std::string event_name;
    std::string vehicle_id;
    base::Url url;
    contract::Message message;
    contract::Headers headers;         // -H, and what the contract's standard set lacks
    std::vector<contract::Edit> edits; // "with": applied to the rendered body before signing
    fault::Plan fault;
    RetryPolicy retry;
};

class Dispatcher {
public:
    struct Options {
        std::size_t senders = 16;       // how many attempts may be under way at once
        std::size_t capacity = 10'000;  // events waiting or under way; beyond it submit() refuses
        bool ordered = false;
        base::Milliseconds timeout{15'000};  // of one attempt
    };

    Dispatcher(const base::Clock& clock, const base::Ids& ids, Transport& transport, Journal& journal,
               base::Secret application_management_token, Options options);

    // Queues the event and opens its delivery. Code "queue_full" when there is no room.
    [[nodiscard]] base::Result<Position> submit(Event event);

    // When run_one() will next have something to do; nothing while the queue is empty or every due
    // lane is at its limit (an attempt that ends changes that, and tells the listener).
    [[nodiscard]] std::optional<base::Instant> next_due() const;

    // Takes one due attempt, makes it, files it. False when nothing is due now.
    bool run_one();

    [[nodiscard]] std::size_t waiting() const;    // events with an attempt to come
    [[nodiscard]] std::size_t under_way() const;  // attempts now with the transport

    // Blocks until no attempt is under way and none that is due at `until` waits, or `max_wall` passed.
    // Some other thread must be running attempts. True when it became quiet.
    bool wait_quiet(base::Instant until, base::Milliseconds max_wall);
    // Blocks until that delivery is final or `max_wall` passed; true when it is final.
    bool wait_final(Position position, base::Milliseconds max_wall);

    // Forgets what waits (outcome dropped); attempts under way end by themselves.
    void cancel_waiting();
    // The same for one webhook: deleted or disabled.
    void cancel_lane(const std::string& webhook_id);

    // The key of attempts from now on; a retry is signed with the key of its time.
    void set_token(base::Secret token);

    // Called whenever next_due() may have come closer: workers wake up. Set before any thread runs.
    void on_change(std::function<void()> listener);

private:
    struct Pending;
    struct Lane;

    [[nodiscard]] Lane* ready_lane(base::Instant now);  // requires mutex_
    Outgoing prepare(Pending& pending, base::Instant now, Attempt& attempt) const;
    void finish(std::unique_ptr<Pending> pending, Attempt attempt);

    const base::Clock& clock_;
    const base::Ids& ids_;
    Transport& transport_;
    Journal& journal_;
    const Options options_;
    std::function<void()> listener_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    base::Secret token_;                     // guarded by mutex_, like all below
    std::map<std::string, Lane> lanes_;
    std::uint64_t sequence_ = 0;
    std::size_t waiting_ = 0;
    std::size_t under_way_ = 0;
};

}  // namespace smartcar_sim::delivery
