#include "simulation/simulation.h"

#include <algorithm>
#include <chrono>
#include <utility>

#include "contract/delivery_headers.h"
#include "delivery/verify_request.h"

namespace smartcar_sim::simulation {

namespace {

constexpr base::Milliseconds kNoTime{0};
constexpr std::string_view kVerify = "verify";              // what the journal calls a verification
constexpr std::string_view kVerification = "verification";  // the kind of its event id

// How much of an allowance of wall time is left.
class Allowance {
public:
    explicit Allowance(base::Milliseconds total) : until_(Steady::now() + total) {}
    [[nodiscard]] base::Milliseconds left() const {
        return std::max(kNoTime, std::chrono::ceil<base::Milliseconds>(until_ - Steady::now()));
    }

private:
    using Steady = std::chrono::steady_clock;
    Steady::time_point until_;
};

base::Error clock_busy() {
    return {"clock_busy", "the clock is already being moved; try again when that move has ended"};
}

}  // namespace

Simulation::Simulation(platform::Platform& platform, delivery::Dispatcher& dispatcher, delivery::Journal& journal,
                       delivery::Transport& transport, base::VirtualClock& clock, const base::Ids& ids, Options options)
    : platform_(platform),
      dispatcher_(dispatcher),
      journal_(journal),
      transport_(transport),
      clock_(clock),
      ids_(ids),
      options_(std::move(options)),
      api_faults_(ids_),
      rate_limits_(clock_, options_.rate_limits) {
    platform_.on_timer([this] { set_alarm(); });
    dispatcher_.on_alarm([this] {
        // One by one: what is too large to be sent takes nothing else with it.
        platform::Fired fired = platform_.run_timers();
        for (platform::Effect& effect : fired.effects) {
            platform::Fired one;
            one.effects.push_back(std::move(effect));
            static_cast<void>(submit(std::move(one)));
        }
        set_alarm();
    });
}

void Simulation::set_alarm() {
    if (const auto next = platform_.next_timer()) dispatcher_.set_alarm(*next);
}

base::Result<Verification> Simulation::verify(const std::string& webhook_id) {
    const auto found = platform_.webhook(webhook_id);
    if (!found) return found.error();
    const platform::Webhook& webhook = found.value();
    const delivery::VerifyRequest request = challenge_for(webhook);
    const delivery::Outgoing outgoing = delivery::verify_request(request);

    const delivery::Position position = journal_.open({.event_id = request.event_id,
                                                       .webhook_id = webhook.id,
                                                       .event_name = std::string(kVerify),
                                                       .vehicle_id = {},
                                                       .attempts = {}});
    const delivery::Dispatcher::Elsewhere under_way(dispatcher_, position);
    delivery::Exchange exchange = transport_.exchange(outgoing);
    Verification verification{.verdict = judge(webhook, request, outgoing, exchange.answer),
                              .challenge = request.challenge,
                              .attempt = {.delivery_id = request.stamp.delivery_id,
                                          .at = request.stamp.delivered_at,
                                          .took = exchange.took,
                                          .url = outgoing.url,
                                          .request = outgoing.request,
                                          .answer = std::move(exchange.answer)},
                              .first_deliveries = {}};
    const bool verified = verification.verdict.verified;
    const bool called_off = verification.verdict.failure == delivery::Failure::Kind::kCalledOff;
    journal_.attempted(position, verification.attempt,
                       verified ? delivery::Outcome::kDelivered : delivery::Outcome::kDropped);

    if (called_off) return verification;  // it proved nothing
    auto fired = platform_.record_verification(webhook.id, webhook.settings.callback,
                                               verified ? platform::Verified::kYes : platform::Verified::kNo);
    if (!fired) return fired.error();
    if (verification_made_) verification_made_(webhook, verification);
    auto sent = submit(std::move(fired).value());
    if (!sent) return sent.error();
    verification.first_deliveries = std::move(sent).value();
    return verification;
}

delivery::VerifyRequest Simulation::challenge_for(const platform::Webhook& webhook) {
    const std::uint64_t ordinal = platform_.next_ordinal(kVerification, webhook.id);
    delivery::VerifyRequest request;
    request.url = webhook.settings.callback;
    request.version = webhook.settings.version();
    request.envelope = {.webhook_id = webhook.id,
                        .webhook_name = webhook.settings.name,
                        .dialect = webhook.settings.dialect,
                        .mode = contract::Mode::kLive};
    request.event_id = ids_.uuid(kVerification, webhook.id, ordinal);
    request.stamp = {ids_.uuid("delivery", request.event_id, 0), clock_.now()};
    request.challenge = ids_.challenge(webhook.id, ordinal);
    request.headers = options_.headers;
    request.timeout = options_.timeout;
    if (options_.verify_signature == VerifySignature::kSigned) {
        request.sign_with = platform_.application_management_token();
    }
    return request;
}

std::vector<signature::Candidate> Simulation::values_of_the_platform() const {
    const platform::Configuration& configuration = platform_.configuration();
    std::vector<signature::Candidate> values{
        {"client-secret", configuration.client_secret.reveal()},
        {"client-id", configuration.client_id},
        // What a callback has that was set up before the token was.
        {"the simulator's development token", std::string(platform::kDevelopmentToken)}};
    if (const auto other = platform_.other_application_management_token()) {
        values.push_back({"stale-token", other->reveal()});
    }
    return values;
}

std::vector<signature::Candidate> Simulation::values_taken_for_the_token() const {
    std::vector<signature::Candidate> values = values_of_the_platform();
    for (const platform::Webhook& webhook : platform_.webhooks()) values.push_back({"webhook-id", webhook.id});
    return values;
}

delivery::Verdict Simulation::judge(const platform::Webhook& webhook, const delivery::VerifyRequest& request,
                                    const delivery::Outgoing& outgoing, const delivery::Answer& answer) const {
    const base::Secret token = platform_.application_management_token();
    const bool is_invented = token.origin() == base::Secret::Origin::kInvented;
    std::vector<signature::Candidate> other_keys = values_of_the_platform();
    other_keys.push_back({"webhook-id", webhook.id});
    return delivery::judge({.version = request.version,
                            .challenge = request.challenge,
                            .body = outgoing.request.body,
                            .other_keys = std::move(other_keys),
                            .is_default_key = is_invented && !platform_.other_application_management_token()},
                           token.reveal(), answer, options_.strictness);
}

base::Result<Sent> Simulation::submit(platform::Fired fired, const Manner& manner) {
    Sent sent;
    sent.skipped = std::move(fired.skipped);
    std::vector<delivery::Event> events;
    for (const platform::Effect& effect : fired.effects) {
        sent.queued.push_back({.event_id = effect.event_id, .webhook_id = effect.webhook_id});
        events.push_back(event_of(effect, manner));
    }
    const auto positions = dispatcher_.submit(std::move(events));
    if (!positions) {
        platform_.owe_again(fired.effects);
        return positions.error();
    }
    for (std::size_t i = 0; i < sent.queued.size(); ++i) sent.queued[i].position = positions.value()[i];
    return sent;
}

delivery::Event Simulation::event_of(const platform::Effect& effect, const Manner& manner) const {
    delivery::Event event;
    event.event_id = effect.event_id;
    event.webhook_id = effect.webhook_id;
    event.event_name = effect.event_name;
    event.vehicle_id = effect.vehicle_id;
    event.url = effect.callback;
    event.message = effect.message;
    event.headers = contract::delivery_headers(effect.version);
    for (const auto& [name, value] : options_.headers) event.headers.set(name, value);
    event.edits = manner.edits;
    event.fault = manner.fault;
    event.size = manner.size;
    event.retry = options_.retry;
    return event;
}

base::Result<Queued> Simulation::resend(const std::string& delivery_id) {
    auto found = journal_.with_attempt(delivery_id);
    if (!found) return base::Error{"not_found", "the journal holds no attempt with delivery id " + delivery_id};
    if (found->event_name == kVerify) {
        return base::Error{"not_an_event",
                           "a verification is not sent again; POST /_sim/webhooks/{id}/verify makes another"};
    }
    const auto webhook = platform_.ready_webhook(found->webhook_id);
    if (!webhook) return webhook.error();
    delivery::Attempt& attempt = *std::ranges::find(found->attempts, delivery_id, &delivery::Attempt::delivery_id);

    delivery::Event event;
    event.event_id = found->event_id;
    event.webhook_id = found->webhook_id;
    event.event_name = found->event_name;
    event.vehicle_id = found->vehicle_id;
    event.url = attempt.url;
    event.message = contract::Message(std::move(attempt.request.body));
    event.headers = std::move(attempt.request.headers);
    event.retry = options_.retry;
    event.size = delivery::BodySize::kAny;
    event.delivery_id = delivery_id;
    const auto position = dispatcher_.submit(std::move(event));
    if (!position) return position.error();
    return Queued{.event_id = found->event_id, .webhook_id = found->webhook_id, .position = position.value()};
}

base::Result<Moved> Simulation::advance(base::Milliseconds by, base::Milliseconds max_wall) {
    const std::unique_lock moving(moving_, std::try_to_lock);
    if (!moving) return clock_busy();
    return run_to(clock_.now() + by, max_wall);
}

base::Result<Moved> Simulation::settle(base::Milliseconds max_wall) {
    return advance_until([] { return false; }, max_wall);
}

base::Result<Moved> Simulation::advance_until(const std::function<bool()>& done, base::Milliseconds max_wall) {
    const std::unique_lock moving(moving_, std::try_to_lock);
    if (!moving) return clock_busy();
    const Allowance allowance(max_wall);
    Moved moved{.now = clock_.now(), .target = clock_.now()};
    while (allowance.left() > kNoTime) {
        const auto quiet = run_due(allowance.left());
        // What happens by itself goes on for ever: only attempts are waited for.
        if (!quiet.reached || !quiet.next_due || dispatcher_.waiting() == 0 || done()) break;
        moved = run_to(*quiet.next_due, allowance.left());
    }
    moved.pending = dispatcher_.waiting();
    return moved;
}

// An event that comes while the clock is being moved is due at the instant it then shows.
Moved Simulation::run_to(base::Instant target, base::Milliseconds max_wall) {
    const Allowance allowance(max_wall);
    const bool was_running = !clock_.frozen();
    clock_.freeze();
    while (true) {
        const auto quiet = run_due(allowance.left());
        if (!quiet.reached || clock_.now() >= target) break;
        move_to(std::min(quiet.next_due.value_or(target), target));
    }
    const Moved moved{.now = clock_.now(), .target = target, .pending = dispatcher_.waiting()};
    if (was_running) clock_.resume();
    if (clock_moved_) clock_moved_();
    return moved;
}

// Not reached when the allowance ran out first.
delivery::Dispatcher::Quiet Simulation::run_due(base::Milliseconds max_wall) {
    if (options_.drive == Drive::kWorkers) return dispatcher_.wait_quiet(clock_.now(), max_wall);
    const Allowance allowance(max_wall);
    while (dispatcher_.run_one()) {
        if (allowance.left() == kNoTime) return {};
    }
    return {.reached = true, .next_due = dispatcher_.next_due()};
}

void Simulation::rotate_token(base::Secret token, platform::TokenWindow window) {
    platform_.rotate_application_management_token(std::move(token), window);
    dispatcher_.set_token(platform_.application_management_token());
}

base::Result<base::Done> Simulation::set_token_window(platform::TokenWindow window) {
    auto moved = platform_.set_token_window(window);
    if (moved) dispatcher_.set_token(platform_.application_management_token());
    return moved;
}

void Simulation::move_to(base::Instant instant) {
    if (pace_ && instant > clock_.now()) pace_(instant - clock_.now());
    clock_.advance_to(instant);
    if (clock_moved_) clock_moved_();
}

bool Simulation::wait_final(const std::vector<Queued>& queued, base::Milliseconds max_wall) {
    const Allowance allowance(max_wall);
    if (options_.drive == Drive::kInline) run_due(max_wall);
    return std::ranges::all_of(
        queued, [&](const Queued& one) { return dispatcher_.wait_final(one.position, allowance.left()); });
}

bool Simulation::wait_final(const delivery::Query& query, base::Milliseconds max_wall) {
    std::vector<Queued> queued;
    for (const delivery::Delivery& delivery : journal_.find(query).deliveries) {
        queued.push_back({.event_id = {}, .webhook_id = {}, .position = delivery.position});
    }
    return wait_final(queued, max_wall);
}

base::Result<base::Done> Simulation::reset() {
    const std::unique_lock moving(moving_, std::try_to_lock);
    if (!moving) return clock_busy();
    dispatcher_.cancel({});
    journal_.clear();
    platform_.reset();
    dispatcher_.set_token(platform_.application_management_token());
    clock_.reset();
    platform_.restart_timers();
    set_alarm();  // which may come later than the one that was set, or sooner
    if (clock_moved_) clock_moved_();
    api_faults_.reset();
    rate_limits_.reset();
    return base::Done{};
}

base::Result<base::Done> Simulation::restore(const platform::SnapshotPtr& snapshot) {
    const std::unique_lock moving(moving_, std::try_to_lock);
    if (!moving) return clock_busy();
    dispatcher_.cancel({});
    platform_.restore(snapshot, clock_);
    rate_limits_.reset();
    set_alarm();
    if (clock_moved_) clock_moved_();
    return base::Done{};
}

}  // namespace smartcar_sim::simulation
