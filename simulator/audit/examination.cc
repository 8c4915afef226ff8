#include "audit/examination.h"

#include <algorithm>
#include <utility>

#include "audit/difference.h"
#include "base/text.h"
#include "contract/delivery_headers.h"
#include "delivery/verify_request.h"
#include "signature/hmac.h"

namespace smartcar_sim::audit {
namespace {

using contract::Version;
using delivery::Outgoing;

constexpr base::Milliseconds kLook{20};  // between two looks at the probe
constexpr std::string_view kHidden = "…";

}  // namespace

Examination::Examination(const Subject& subject, Line& line, Probe* probe, const base::Ids& ids,
                         base::Milliseconds max_time)
    : subject_(subject), line_(line), probe_(probe), max_time_(max_time), author_(subject, ids) {}

std::string Examination::sign(std::string_view body) const {
    return signature::hmac_sha256_hex(subject_.token.reveal(), body);
}

Letter Examination::honest(std::string title, const Event& event) const {
    Letter letter{.title = std::move(title), .body = event.body, .version = event.version};
    letter.signatures = {sign(event.body)};
    letter.nature = Letter::Nature::kHonest;
    return letter;
}

Letter Examination::forged(std::string title, const Event& event, std::vector<std::string> signatures) const {
    Letter letter{.title = std::move(title), .body = event.body, .version = event.version};
    letter.signatures = std::move(signatures);
    return letter;
}

Letter Examination::challenging(Version version, const std::string& challenge, Signing signing) {
    Letter letter{.title = "a challenge", .body = author_.challenge_body(version, challenge), .version = version};
    letter.nature = Letter::Nature::kHonest;
    const bool sign_it = signing == Signing::kSigned || subject_.challenges == Subject::Challenges::kSigned;
    if (sign_it) letter.signatures = {sign(letter.body)};
    return letter;
}

delivery::Verdict Examination::verdict_on(const Letter& letter, const std::string& challenge,
                                          const delivery::Answer& answer) const {
    return delivery::judge({.version = letter.version,
                            .challenge = challenge,
                            .body = letter.body,
                            .other_keys = subject_.other_keys,
                            .is_default_key = subject_.token.origin() == base::Secret::Origin::kInvented},
                           subject_.token.reveal(), answer, delivery::Strictness::kLenient);
}

contract::Request Examination::request_of(const Letter& letter) const {
    contract::Request request{.method = letter.method,
                              .target = subject_.callback.target,
                              .headers = contract::delivery_headers(letter.version),
                              .body = letter.body,
                              .peer = {}};
    if (!letter.query.empty()) {
        request.target += (request.target.find('?') == std::string::npos ? "?" : "&") + letter.query;
    }
    if (letter.content_type) request.headers.set("content-type", *letter.content_type);
    for (const auto& [name, value] : subject_.headers) request.headers.set(name, value);
    for (const std::string& signature : letter.signatures) request.headers.add("SC-Signature", signature);
    for (const auto& [name, value] : letter.headers) request.headers.add(name, value);
    return request;
}

base::Milliseconds Examination::time_for_one() const {
    return std::clamp(max_time_ - line_.elapsed(), base::Milliseconds(1), subject_.timeout);
}

Outgoing Examination::outgoing_of(const Letter& letter) const {
    return {.url = subject_.callback,
            .request = request_of(letter),
            .timeout = time_for_one(),
            .reuse = Outgoing::Reuse::kFresh};
}

// What came from -H may be a secret of a proxy or of the callback's own.
contract::Request Examination::shown(contract::Request request) const {
    contract::Headers headers;
    for (const auto& [name, value] : request.headers) {
        headers.add(name, subject_.headers.count(name) > 0 ? kHidden : value);
    }
    request.headers = std::move(headers);
    return request;
}

std::string Examination::shown(std::string bytes) const {
    for (const auto& [name, value] : subject_.headers) {
        for (const std::string& spelled : {std::string(name), base::lower_case(name), base::upper_case(name)}) {
            const std::string line = "\r\n" + spelled + ": " + std::string(value) + "\r\n";
            const std::string masked = "\r\n" + spelled + ": " + std::string(kHidden) + "\r\n";
            for (std::size_t at = bytes.find(line); at != std::string::npos; at = bytes.find(line, at + 1)) {
                bytes.replace(at, line.size(), masked);
            }
        }
    }
    return bytes;
}

Sent Examination::remember(std::string title, const Outgoing& outgoing, delivery::Exchange exchange,
                           Letter::Nature nature) {
    Sent sent{.title = std::move(title),
              .request = shown(outgoing.request),
              .raw = {},
              .answer = std::move(exchange.answer),
              .took = exchange.took};
    if (nature == Letter::Nature::kHonest && std::holds_alternative<contract::Response>(sent.answer)) {
        honest_times_.push_back(sent.took);
    }
    exchanges_.push_back(sent);
    settled_ = false;
    return sent;
}

Sent Examination::send(const Letter& letter) {
    const Outgoing outgoing = outgoing_of(letter);
    delivery::Exchange exchange = line_.exchange(outgoing);
    return remember(letter.title, outgoing, std::move(exchange), letter.nature);
}

Sent Examination::keep(const Letter& letter, delivery::Exchange exchange) {
    return remember(letter.title, outgoing_of(letter), std::move(exchange), letter.nature);
}

std::vector<Sent> Examination::together(const std::vector<Letter>& letters) {
    std::vector<Outgoing> outgoing;
    outgoing.reserve(letters.size());
    for (const Letter& letter : letters) outgoing.push_back(outgoing_of(letter));
    std::vector<delivery::Exchange> exchanges = line_.together(outgoing);
    std::vector<Sent> all;
    all.reserve(letters.size());
    for (std::size_t i = 0; i < exchanges.size(); ++i) {
        // How long answers to a burst take says more about the burst.
        all.push_back(remember(letters[i].title, outgoing[i], std::move(exchanges[i]), Letter::Nature::kOdd));
    }
    return all;
}

delivery::RawAnswer Examination::raw(const std::string& title, delivery::RawRequest request) {
    request.timeout = std::min(request.timeout, time_for_one());
    delivery::RawAnswer answer = line_.exchange(request);
    Sent sent{.title = title, .request = {}, .raw = {}, .answer = delivery::Failure{}, .took = answer.took};
    for (const auto& piece : request.pieces) sent.raw += piece.bytes;
    sent.raw = shown(std::move(sent.raw));
    if (!answer.answers.empty()) {
        sent.answer = answer.answers.back();
    } else if (answer.failure) {
        sent.answer = *answer.failure;
    }
    exchanges_.push_back(std::move(sent));
    settled_ = false;
    return answer;
}

bool Examination::speaks(Version version) {
    if (version == subject_.version) return true;
    if (const auto known = speaks_.find(version); known != speaks_.end()) return known->second;
    const std::string challenge = author_.challenge(version);
    const Letter letter = challenging(version, challenge, Signing::kAsSubject);
    return speaks_[version] = verdict_on(letter, challenge, attempt(letter).answer).verified;
}

bool Examination::takes_further_members() {
    if (takes_further_members_) return *takes_further_members_;
    Event event = author_.next();
    event.body = with_note(std::move(event.body), R"("x")");
    const Sent sent = send(honest("an event with a member more", event));
    const auto* response = std::get_if<contract::Response>(&sent.answer);
    takes_further_members_ = response != nullptr && contract::is_success(response->status);
    return *takes_further_members_;
}

std::optional<std::string> Examination::look(std::string_view event_id) {
    if (probe_ == nullptr || probe_blind_) return std::nullopt;
    auto shown = probe_->read({.vehicle_id = subject_.vehicle.id, .event_id = std::string(event_id)});
    if (shown) return shown_last_ = std::move(shown).value();
    if (probe_problem_.empty()) probe_problem_ = shown.error().message;
    return std::nullopt;
}

std::optional<std::string> Examination::settled(std::string_view event_id) {
    constexpr int kMostChanges = 20;
    auto shown = look(event_id);
    for (int changes = 0; shown && !settled_; ++changes) {
        if (changes == kMostChanges) {
            probe_problem_ = probe_->name() + " shows something else again and again, though nothing is sent";
            probe_blind_ = true;
            return std::nullopt;
        }
        if (change_since(shown, event_id, Expected::kNoChange) != Change::kSome) break;
        shown = look(event_id);
    }
    return shown;
}

base::Milliseconds Examination::patience(Expected expected) const {
    constexpr base::Milliseconds kLeast{50};
    if (expected == Expected::kChange) return probe_->patience();
    return std::min(std::max(4 * shown_after_, kLeast), probe_->patience());
}

Examination::Change Examination::change_since(const std::optional<std::string>& before, std::string_view event_id,
                                              Expected expected) {
    if (!before) return Change::kUnseen;
    const base::Milliseconds began = line_.elapsed();
    while (true) {
        const auto now = look(event_id);
        if (!now) return Change::kUnseen;
        const base::Milliseconds waited = line_.elapsed() - began;
        const bool counted = expected == Expected::kMoreCounted && counts_one_more(*before, *now);
        if (*now != *before && !counted) {
            shown_after_ = std::max(shown_after_, waited);
            has_seen_ = true;
            return Change::kSome;
        }
        if (line_.called_off() || time_is_up()) return Change::kUnseen;
        if (waited >= patience(expected)) {
            settled_ = true;
            return Change::kNone;
        }
        line_.pause(kLook);
    }
}

std::vector<Sent> Examination::take_exchanges() { return std::exchange(exchanges_, {}); }

}  // namespace smartcar_sim::audit
