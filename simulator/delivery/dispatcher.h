// The queue between the platform's rules and the callbacks: attempts, retries, the journal.
//
// It owns no thread and no clock. It says when it is next due and does one attempt when told, so
// that app/ drives it with worker threads and a test with a loop. Every member may be called from
// any thread; no lock is held while the transport, the journal or a listener runs.
//
// Each webhook has a lane (delivery/lanes.h), which holds at most half of the senders; with Options::ordered it holds
// one, and a retry keeps later events of that lane waiting. Due work is taken in (due, sequence) order. The story:
// docs/delivery.md.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <span>
#include <string>
#include <unordered_set>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"
#include "delivery/event.h"
#include "delivery/journal.h"
#include "delivery/lanes.h"
#include "delivery/transport.h"

namespace smartcar_sim::delivery {

class Dispatcher {
public:
    struct Options {
        std::size_t senders = 32;       // how many attempts may be under way at once: one webhook's, 16
        std::size_t capacity = 10'000;  // events waiting or under way; from then on it is full()
        bool ordered = false;
        base::Milliseconds timeout{15'000};  // of one attempt
    };

    Dispatcher(const base::Clock& clock, const base::Ids& ids, Transport& transport, Journal& journal,
               base::Secret application_management_token, Options options);

    // Why nothing more should be let in now: code "queue_full". Asked at the door, before a request changes anything;
    // what was let in is queued whole, so the events of requests under way may stand above the capacity.
    [[nodiscard]] std::optional<base::Error> full() const;

    // Queues the events and opens a delivery for each, and one more for each duplicate a fault asks for: all of them
    // or, when one is refused, none. Codes: "body_too_large", and contract::apply's when an edit fails.
    [[nodiscard]] base::Result<std::vector<Position>> submit(std::vector<Event> events);
    [[nodiscard]] base::Result<Position> submit(Event event);

    // When run_one() will next have something to do; nothing while the queue is empty or every due
    // lane is at its limit (an attempt that ends changes that, and whoever ran it asks again).
    [[nodiscard]] std::optional<base::Instant> next_due() const;

    // Takes one due attempt, makes it, files it. False when nothing is due now: until then call it again, since the
    // listener is not told of what the caller finds so.
    bool run_one();

    [[nodiscard]] std::size_t waiting() const;    // events with an attempt to come
    [[nodiscard]] std::size_t under_way() const;  // attempts now with the transport

    // Whether it became quiet in time, and what was then due next.
    struct Quiet {
        bool reached = false;
        std::optional<base::Instant> next_due;

        explicit operator bool() const { return reached; }
    };
    // Blocks until no attempt is under way and none that is due at `until` waits, or `max_wall` passed.
    // Some other thread must be running attempts.
    Quiet wait_quiet(base::Instant until, base::Milliseconds max_wall);
    // Blocks until that delivery is final or `max_wall` passed; true when it is final.
    bool wait_final(Position position, base::Milliseconds max_wall);

    // An attempt that does not go through the queue, a verification: under way, and its delivery not final, as long as
    // this lives.
    class Elsewhere {
    public:
        Elsewhere(Dispatcher& dispatcher, Position position);
        ~Elsewhere();
        Elsewhere(const Elsewhere&) = delete;
        Elsewhere& operator=(const Elsewhere&) = delete;

    private:
        Dispatcher& dispatcher_;
        const Position position_;
    };

    // Forgets what waits within the scope (outcome dropped); attempts under way there end by themselves and are not
    // tried again.
    void cancel(const Scope& scope);
    // Forgets all that waits, and from now on what is submitted at once: nobody will make attempts any more.
    void close();

    // Something besides attempts is to happen at `due`: run_one() then calls the alarm, without locks, before the
    // attempts of that instant, and next_due() and wait_quiet() know of it. One is kept, the earliest that was set; it
    // is over when it is called, which may be early for whoever set a later one.
    void set_alarm(base::Instant due);
    void on_alarm(std::function<void()> alarm);  // set before any thread runs

    // The key of attempts from now on; a retry is signed with the key of its time.
    void set_token(base::Secret token);

    // Called, without locks, when there is work, now or later, that no caller of run_one() will find by itself:
    // somebody else, one for each call, is to call run_one() and then wait until next_due(). Set before any thread
    // runs.
    void on_change(std::function<void()> listener);

private:
    struct Taken;

    [[nodiscard]] std::optional<base::Error> refusal(const Event& event) const;
    Position queue(Event event);
    [[nodiscard]] bool add(std::unique_ptr<Pending>& pending);  // false when closed
    [[nodiscard]] std::optional<Taken> take();
    [[nodiscard]] bool take_alarm();
    [[nodiscard]] std::optional<base::Instant> first_due() const;  // requires mutex_
    [[nodiscard]] Attempt begin(Pending& pending, base::Instant now, const base::Secret& token) const;
    void finish(std::unique_ptr<Pending> pending, Attempt attempt);
    void drop(std::span<const std::unique_ptr<Pending>> cancelled);
    void tell_listener() const;

    const base::Clock& clock_;
    const base::Ids& ids_;
    Transport& transport_;
    Journal& journal_;
    const Options options_;
    std::function<void()> listener_;
    std::function<void()> alarm_;

    mutable std::mutex mutex_;
    std::condition_variable changed_;
    base::Secret token_;  // guarded by mutex_, like all below
    Lanes lanes_;
    std::unordered_set<Position> open_;  // deliveries that are not final
    std::size_t elsewhere_ = 0;          // attempts under way outside the queue
    std::optional<base::Instant> alarm_due_;
    std::size_t alarms_ = 0;     // under way
    std::size_t returning_ = 0;  // at most as many as have ended an attempt and are about to call run_one() again
    bool closed_ = false;
};

}  // namespace smartcar_sim::delivery
