// A platform running in time: what the rules decided is signed, sent, retried and remembered.
//
// The /_sim routes, the commands and later the scenarios all drive this one object. It owns no
// thread: with Drive::kWorkers somebody else's threads make the attempts, with Drive::kInline the
// caller's own thread makes them inside advance(), settle() and wait_final(), one after the other.
// Every member may be called from any thread.
#pragma once

#include <cstdint>
#include <functional>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/ids.h"
#include "base/result.h"
#include "base/secret.h"
#include "contract/http.h"
#include "contract/message.h"
#include "delivery/dispatcher.h"
#include "delivery/journal.h"
#include "delivery/transport.h"
#include "delivery/verification.h"
#include "delivery/verify_request.h"
#include "fault/plan.h"
#include "platform/platform.h"
#include "simulation/api_faults.h"
#include "simulation/rate_limits.h"

namespace smartcar_sim::simulation {

// One event on its way to one webhook.
struct Queued {
    std::string event_id;
    std::string webhook_id;
    delivery::Position position = 0;
};

// What became of an event: whom it reached, and why not the others.
struct Sent {
    std::vector<Queued> queued;
    std::vector<platform::Skipped> skipped;
};

struct Verification {
    delivery::Verdict verdict;
    std::string challenge;
    delivery::Attempt attempt;  // what was sent and what came
    Sent first_deliveries;      // what 4.0 subscriptions made before had been waiting for
};

// How an event leaves, beside what the platform's rules say.
struct Manner {
    std::vector<contract::Edit> edits = {};  // before signing
    fault::Plan fault = {};
    delivery::BodySize size = delivery::BodySize::kGuarded;
};

// Where the clock stands after advance().
struct Moved {
    base::Instant now;
    base::Instant target;     // later than now when max_wall passed first
    std::size_t pending = 0;  // events with an attempt still to come
};

class Simulation {
public:
    enum class Drive { kWorkers, kInline };
    enum class VerifySignature { kUnsigned, kSigned };  // contract/webhooks.md section 5.3

    struct Options {
        Drive drive = Drive::kWorkers;
        delivery::RetryPolicy retry;
        delivery::Strictness strictness = delivery::Strictness::kLenient;
        VerifySignature verify_signature = VerifySignature::kUnsigned;
        base::Milliseconds timeout{15'000};  // of a verification
        contract::Headers headers;           // added to every request: -H
        RateLimits::Options rate_limits = {};
    };

    Simulation(platform::Platform& platform, delivery::Dispatcher& dispatcher, delivery::Journal& journal,
               delivery::Transport& transport, base::VirtualClock& clock, const base::Ids& ids, Options options);

    // Called after every move of the clock: workers look again. Set before any thread runs.
    void on_clock_moved(std::function<void()> listener) { clock_moved_ = std::move(listener); }

    // Called before every move of the clock with the platform time it skips: whoever plays in real time waits there.
    // Set before any thread runs.
    void before_clock_moves(std::function<void(base::Milliseconds)> pace) { pace_ = std::move(pace); }

    // Called after every verification that counted, before the deliveries it sets off, on the thread that made it. Set
    // before any thread runs.
    using VerificationListener =
        std::function<void(const platform::Webhook& webhook, const Verification& verification)>;
    void on_verification(VerificationListener listener) { verification_made_ = std::move(listener); }

    // One challenge, answered and judged; the webhook becomes verified or unverified accordingly.
    // Code "not_found" for an unknown webhook.
    [[nodiscard]] base::Result<Verification> verify(const std::string& webhook_id);

    // Why no request that may send events should be begun now: code "queue_full".
    [[nodiscard]] std::optional<base::Error> full() const { return dispatcher_.full(); }

    // Queues what the rules produced, all of it or nothing; first deliveries that are not queued stay owed. Codes
    // "body_too_large" and those of a bad edit.
    [[nodiscard]] base::Result<Sent> submit(platform::Fired fired, const Manner& manner = {});

    // Sends the bytes of that attempt again, honestly signed, as a new delivery of the same event. Codes "not_found"
    // for the attempt or its webhook, "disabled", "unverified", and "not_an_event" for a verification.
    [[nodiscard]] base::Result<Queued> resend(const std::string& delivery_id);

    // Lets `by` of platform time pass: whatever falls due at one instant is started together and
    // answered before the clock moves on. Code "clock_busy" while another move is under way. A frozen
    // clock stays frozen, a running one runs on from where it arrived.
    [[nodiscard]] base::Result<Moved> advance(base::Milliseconds by, base::Milliseconds max_wall);

    // advance() as far as the last attempt that is still to come.
    [[nodiscard]] base::Result<Moved> settle(base::Milliseconds max_wall);

    // Blocks until each of them is final or `max_wall` of wall time passed; true when all are final.
    bool wait_final(const std::vector<Queued>& queued, base::Milliseconds max_wall);
    // The same for every delivery that matches now.
    bool wait_final(const delivery::Query& query, base::Milliseconds max_wall);

    // advance() from one due attempt to the next until `done` or nothing is due any more. `done` is asked while nothing
    // is under way.
    [[nodiscard]] base::Result<Moved> advance_until(const std::function<bool()>& done, base::Milliseconds max_wall);

    // What may have been taken for the application management token: the client's id and secret, the webhooks' ids, the
    // other of the last two tokens. Only the names are for showing.
    [[nodiscard]] std::vector<signature::Candidate> values_taken_for_the_token() const;

    // From now on challenges are judged and events signed with that key; a retry is signed with the key of its time.
    void rotate_token(base::Secret token, platform::TokenWindow window = {});
    // Signs with the one of the last two tokens that the window says. Code "not_rotated" before any rotation.
    base::Result<base::Done> set_token_window(platform::TokenWindow window);

    // Drops what waits there: the webhook was removed, disabled or got another callback, or the vehicle left it.
    void forget_waiting(const delivery::Scope& scope) { dispatcher_.cancel(scope); }

    // What the application's requests meet.
    [[nodiscard]] ApiFaults& api_faults() { return api_faults_; }
    [[nodiscard]] RateLimits& rate_limits() { return rate_limits_; }

    // Back to the start-up state; ids, token and configuration stay. Code "clock_busy".
    [[nodiscard]] base::Result<base::Done> reset();

    // The platform is what the snapshot says (Platform::read_snapshot), its clock shows the snapshot's instant, and
    // what waited is dropped. Journal and faults stay. Code "clock_busy".
    [[nodiscard]] base::Result<base::Done> restore(const platform::SnapshotPtr& snapshot);

private:
    [[nodiscard]] delivery::VerifyRequest challenge_for(const platform::Webhook& webhook);
    [[nodiscard]] std::vector<signature::Candidate> values_of_the_platform() const;
    [[nodiscard]] delivery::Verdict judge(const platform::Webhook& webhook, const delivery::VerifyRequest& request,
                                          const delivery::Outgoing& outgoing, const delivery::Answer& answer) const;
    [[nodiscard]] delivery::Event event_of(const platform::Effect& effect, const Manner& manner) const;
    delivery::Dispatcher::Quiet run_due(base::Milliseconds max_wall);
    void set_alarm();  // for the platform's next timer
    void move_to(base::Instant instant);
    [[nodiscard]] Moved run_to(base::Instant target, base::Milliseconds max_wall);

    platform::Platform& platform_;
    delivery::Dispatcher& dispatcher_;
    delivery::Journal& journal_;
    delivery::Transport& transport_;
    base::VirtualClock& clock_;
    const base::Ids& ids_;
    const Options options_;
    ApiFaults api_faults_;
    RateLimits rate_limits_;
    std::function<void()> clock_moved_;
    std::function<void(base::Milliseconds)> pace_;
    VerificationListener verification_made_;

    std::mutex moving_;  // held by the one move of the clock under way
};

}  // namespace smartcar_sim::simulation
