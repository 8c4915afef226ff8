#include "delivery/dispatcher.h"

#include <algorithm>
#include <cassert>
#include <utility>

#include "signature/hmac.h"

namespace smartcar_sim::delivery {
namespace {

constexpr std::size_t kUuidLength = 36;

Delivery record_of(const Event& event) {
    return {.position = 0,
            .event_id = event.event_id,
            .webhook_id = event.webhook_id,
            .event_name = event.event_name,
            .vehicle_id = event.vehicle_id,
            .outcome = Outcome::kPending,
            .attempts = {}};
}

// The honest body: what would be sent, and signed, if nothing were to go wrong.
base::Result<std::string> render(const Event& event, const contract::Stamp& stamp) {
    return contract::apply(event.edits, event.message.render(stamp));
}

contract::Request signed_request(const Event& event, std::string honest_body, const base::Secret& token) {
    contract::Request request{
        .method = "POST", .target = event.url.target, .headers = event.headers, .body = {}, .peer = {}};
    const auto signature =
        fault::apply_to_signature(event.fault.signature, token.reveal(), honest_body, signature::hmac_sha256_hex);
    request.headers.remove("SC-Signature");
    if (signature) request.headers.add("SC-Signature", *signature);
    request.body = fault::apply_to_body(event.fault.body, std::move(honest_body));
    return request;
}

// What the fault plan says of an answer: that the platform never got it.
void lose_answer(Attempt& attempt) {
    const auto* response = std::get_if<contract::Response>(&attempt.answer);
    if (response == nullptr) return;
    attempt.lost = true;
    attempt.answer = Failure{.kind = Failure::Kind::kTimeout,
                             .detail = "the callback answered " + std::to_string(response->status) +
                                       "; the fault \"answer: lost\" ignored that as if it had come too late"};
}

// When the attempt was over in platform time. The clock may be standing still: an attempt that was answered then
// costs nothing and one that timed out costs the timeout.
base::Instant end_of(const Attempt& attempt, base::Instant now, base::Milliseconds timeout) {
    const auto* failure = std::get_if<Failure>(&attempt.answer);
    if (failure == nullptr || failure->kind != Failure::Kind::kTimeout) return now;
    return std::max(now, attempt.at + timeout);
}

std::optional<base::Instant> next_try(const Pending& pending, const Attempt& attempt, base::Instant ended) {
    if (attempt.succeeded() || pending.event.fault.forges()) return std::nullopt;
    return next_attempt(pending.event.retry, pending.attempts, ended);
}

// The duplicates that follow the first attempt: its bytes again, once each and whatever comes back.
std::vector<std::unique_ptr<Pending>> repeats_of(Pending& pending, const Attempt& attempt, base::Instant ended) {
    std::vector<std::unique_ptr<Pending>> repeats;
    for (const Position position : std::exchange(pending.duplicates, {})) {
        auto repeat = std::make_unique<Pending>();
        repeat->event = pending.event;
        repeat->event.fault = {};
        repeat->event.retry = RetryPolicy::never();
        repeat->event.delivery_id = attempt.delivery_id;
        repeat->position = position;
        repeat->order = pending.order;
        repeat->due = ended;
        repeat->verbatim = attempt.request;
        repeats.push_back(std::move(repeat));
    }
    return repeats;
}

// Whoever waits until `before`, or without end, would come too late. While something can start, now or later, somebody
// is on the way to it or waits no longer than until then.
bool is_sooner(const std::optional<base::Instant>& now, const std::optional<base::Instant>& before) {
    return now && (!before || *now < *before);
}

}  // namespace

struct Dispatcher::Taken {
    std::unique_ptr<Pending> pending;
    base::Instant now;
    base::Secret token;
};

Dispatcher::Dispatcher(const base::Clock& clock, const base::Ids& ids, Transport& transport, Journal& journal,
                       base::Secret application_management_token, Options options)
    : clock_(clock),
      ids_(ids),
      transport_(transport),
      journal_(journal),
      options_(options),
      token_(std::move(application_management_token)),
      lanes_(options.senders, options.ordered) {}

std::optional<base::Error> Dispatcher::refusal(const Event& event) const {
    const base::Result<std::string> body = render(event, {std::string(kUuidLength, '0'), clock_.now()});
    if (!body.ok()) return body.error();
    if (event.size == BodySize::kAny || event.fault.forges() || body.value().size() <= kMaxHonestBody)
        return std::nullopt;
    return base::Error{.code = "body_too_large",
                       .message = "the body is " + std::to_string(body.value().size()) +
                                  " bytes, and Smartcar sends at most 50 KB (" + std::to_string(kMaxHonestBody) +
                                  " bytes); leave some signals out"};
}

std::optional<base::Error> Dispatcher::full() const {
    const std::lock_guard lock(mutex_);
    if (open_.size() < options_.capacity) return std::nullopt;
    return base::Error{.code = "queue_full",
                       .message = std::to_string(open_.size()) +
                                  " events are waiting for their callbacks already, of " +
                                  std::to_string(options_.capacity) + " at most; try again later"};
}

base::Result<std::vector<Position>> Dispatcher::submit(std::vector<Event> events) {
    for (const Event& event : events) {
        if (const auto error = refusal(event)) return *error;
    }
    std::vector<Position> positions;
    positions.reserve(events.size());
    for (Event& event : events) positions.push_back(queue(std::move(event)));
    return positions;
}

base::Result<Position> Dispatcher::submit(Event event) {
    if (const auto error = refusal(event)) return *error;
    return queue(std::move(event));
}

Position Dispatcher::queue(Event event) {
    auto pending = std::make_unique<Pending>();
    pending->position = pending->order = journal_.open(record_of(event));
    for (int i = 0; i < event.fault.duplicates; ++i) pending->duplicates.push_back(journal_.open(record_of(event)));
    pending->due = clock_.now() + event.fault.delay;
    pending->event = std::move(event);
    const Position position = pending->position;
    if (!add(pending)) drop({&pending, 1});
    return position;
}

bool Dispatcher::add(std::unique_ptr<Pending>& pending) {
    bool sooner = false;
    {
        const std::lock_guard lock(mutex_);
        if (closed_) return false;
        const auto before = lanes_.next_due();
        open_.insert(pending->position);
        open_.insert(pending->duplicates.begin(), pending->duplicates.end());
        lanes_.add(std::move(pending));
        sooner = is_sooner(lanes_.next_due(), before);
    }
    if (sooner) tell_listener();
    return true;
}

std::optional<base::Instant> Dispatcher::first_due() const {
    const auto attempt = lanes_.next_due();
    if (!attempt || !alarm_due_) return attempt ? attempt : alarm_due_;
    return std::min(*attempt, *alarm_due_);
}

std::optional<base::Instant> Dispatcher::next_due() const {
    const std::lock_guard lock(mutex_);
    return first_due();
}

void Dispatcher::set_alarm(base::Instant due) {
    {
        const std::lock_guard lock(mutex_);
        if (closed_ || (alarm_due_ && *alarm_due_ <= due)) return;
        alarm_due_ = due;
    }
    tell_listener();
}

void Dispatcher::on_alarm(std::function<void()> alarm) { alarm_ = std::move(alarm); }

// Taken, and called; false when none is due, or an attempt is due before it.
bool Dispatcher::take_alarm() {
    {
        const std::lock_guard lock(mutex_);
        if (!alarm_due_ || *alarm_due_ > clock_.now()) return false;
        if (const auto attempt = lanes_.next_due(); attempt && *attempt < *alarm_due_) return false;
        alarm_due_.reset();
        ++alarms_;
    }
    alarm_();
    {
        const std::lock_guard lock(mutex_);
        --alarms_;
    }
    changed_.notify_all();
    return true;
}

bool Dispatcher::run_one() {
    if (take_alarm()) return true;
    std::optional<Taken> taken = take();
    if (!taken) return false;
    Pending& pending = *taken->pending;

    Attempt attempt = begin(pending, taken->now, taken->token);
    Outgoing outgoing{.url = attempt.url,
                      .request = std::move(attempt.request),
                      .timeout = options_.timeout,
                      .reuse = Outgoing::Reuse::kKeepAlive};
    Exchange exchange = transport_.exchange(outgoing);
    attempt.request = std::move(outgoing.request);
    attempt.took = exchange.took;
    attempt.answer = std::move(exchange.answer);
    const auto lost_answers = static_cast<std::size_t>(std::max(pending.event.fault.lost_answers, 0));
    if (pending.attempts <= lost_answers) lose_answer(attempt);
    finish(std::move(taken->pending), std::move(attempt));
    return true;
}

std::optional<Dispatcher::Taken> Dispatcher::take() {
    Taken taken;
    taken.now = clock_.now();
    bool more = false;
    {
        const std::lock_guard lock(mutex_);
        returning_ -= std::min<std::size_t>(returning_, 1);
        taken.pending = lanes_.take(taken.now);
        if (!taken.pending) return std::nullopt;
        taken.token = token_;
        // Also of what falls due later: who takes this may be busy with it then.
        more = lanes_.next_due() && returning_ == 0;
    }
    if (more) tell_listener();
    return taken;
}

Attempt Dispatcher::begin(Pending& pending, base::Instant now, const base::Secret& token) const {
    const Event& event = pending.event;
    ++pending.attempts;
    Attempt attempt;
    attempt.at = now;
    attempt.url = event.url;
    attempt.delivery_id =
        event.delivery_id.empty() ? ids_.uuid("delivery", event.event_id, pending.attempts) : event.delivery_id;
    if (pending.verbatim) {
        attempt.request = std::move(*pending.verbatim);
        return attempt;
    }
    base::Result<std::string> body = render(event, {attempt.delivery_id, now});
    assert(body.ok() && "submit() rendered the same message with the same edits");
    attempt.request = signed_request(event, std::move(body).value(), token);
    return attempt;
}

void Dispatcher::finish(std::unique_ptr<Pending> pending, Attempt attempt) {
    const base::Instant ended = end_of(attempt, clock_.now(), options_.timeout);
    const Position position = pending->position;
    const std::optional<base::Instant> again = next_try(*pending, attempt, ended);
    const Outcome last = attempt.succeeded() ? Outcome::kDelivered : Outcome::kDropped;
    std::vector<std::unique_ptr<Pending>> coming = repeats_of(*pending, attempt, ended);

    journal_.attempted(position, std::move(attempt), again ? Outcome::kPending : last);
    const Pending& made = *pending;
    if (again) {
        pending->due = *again;
        coming.push_back(std::move(pending));
    }
    std::unique_lock lock(mutex_);
    const bool cancelled = made.cancelled;
    if (cancelled) {  // what would follow is dropped, and before the attempt is over: quiet means filed
        lock.unlock();
        drop(coming);
        lock.lock();
    }
    lanes_.release(made);
    ++returning_;
    if (!again) open_.erase(position);
    if (!cancelled) {
        for (auto& next : coming) lanes_.add(std::move(next));
    }
    lock.unlock();
    changed_.notify_all();
}

std::size_t Dispatcher::waiting() const {
    const std::lock_guard lock(mutex_);
    return open_.size() - lanes_.under_way() - elsewhere_;
}

std::size_t Dispatcher::under_way() const {
    const std::lock_guard lock(mutex_);
    return lanes_.under_way() + elsewhere_;
}

Dispatcher::Quiet Dispatcher::wait_quiet(base::Instant until, base::Milliseconds max_wall) {
    std::unique_lock lock(mutex_);
    const bool reached = changed_.wait_for(lock, max_wall, [&] {
        const bool under_way = lanes_.under_way() + elsewhere_ + alarms_ > 0;
        return !under_way && !lanes_.due_by(until) && !(alarm_due_ && *alarm_due_ <= until);
    });
    return {.reached = reached, .next_due = first_due()};
}

bool Dispatcher::wait_final(Position position, base::Milliseconds max_wall) {
    std::unique_lock lock(mutex_);
    return changed_.wait_for(lock, max_wall, [&] { return !open_.contains(position); });
}

Dispatcher::Elsewhere::Elsewhere(Dispatcher& dispatcher, Position position)
    : dispatcher_(dispatcher), position_(position) {
    const std::lock_guard lock(dispatcher_.mutex_);
    dispatcher_.open_.insert(position_);
    ++dispatcher_.elsewhere_;
}

Dispatcher::Elsewhere::~Elsewhere() {
    {
        const std::lock_guard lock(dispatcher_.mutex_);
        dispatcher_.open_.erase(position_);
        --dispatcher_.elsewhere_;
    }
    dispatcher_.changed_.notify_all();
}

void Dispatcher::cancel(const Scope& scope) {
    std::vector<std::unique_ptr<Pending>> cancelled;
    bool sooner = false;
    {
        const std::lock_guard lock(mutex_);
        const auto before = lanes_.next_due();
        cancelled = lanes_.cancel(scope);
        sooner = is_sooner(lanes_.next_due(), before);  // ordered, a retry held others back
    }
    drop(cancelled);
    if (sooner) tell_listener();
}

void Dispatcher::close() {
    {
        const std::lock_guard lock(mutex_);
        closed_ = true;
        alarm_due_.reset();
    }
    cancel({});
}

void Dispatcher::drop(std::span<const std::unique_ptr<Pending>> cancelled) {
    if (cancelled.empty()) return;
    std::vector<Position> positions;
    for (const auto& pending : cancelled) {
        positions.push_back(pending->position);
        positions.insert(positions.end(), pending->duplicates.begin(), pending->duplicates.end());
    }
    for (const Position position : positions) journal_.dropped(position);
    {
        const std::lock_guard lock(mutex_);
        for (const Position position : positions) open_.erase(position);
    }
    changed_.notify_all();
}

void Dispatcher::set_token(base::Secret token) {
    const std::lock_guard lock(mutex_);
    token_ = std::move(token);
}

void Dispatcher::on_change(std::function<void()> listener) { listener_ = std::move(listener); }

void Dispatcher::tell_listener() const {
    if (listener_) listener_();
}

}  // namespace smartcar_sim::delivery
