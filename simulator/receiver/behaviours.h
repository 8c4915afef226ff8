// The ways in which real callbacks were seen to be wrong, as values: each differs from the reference receiver in
// one step (contract/clients.md section 1, contract/webhooks.md section 12). docs/audit-matrix.md shows what an audit
// says of each.
#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "contract/http.h"
#include "document/value.h"
#include "receiver/ledger.h"

namespace smartcar_sim::receiver {

// What wrong receivers keep between requests. May be used from any thread.
class Memory {
public:
    // True the first time.
    bool first_time(const std::string& what) {
        const std::lock_guard lock(mutex_);
        return seen_.insert(what).second;
    }
    [[nodiscard]] bool knows(const std::string& what) const {
        const std::lock_guard lock(mutex_);
        return seen_.contains(what);
    }

    std::atomic<int> in_flight{0};               // requests that are being answered
    std::atomic<std::int64_t> newest_minute{0};  // since the epoch, of an event's own time

private:
    mutable std::mutex mutex_;
    std::set<std::string> seen_;  // guarded by mutex_
};

// What a behaviour looks at.
struct Circumstances {
    const contract::Request& request;
    const document::Value* body;  // null when it is no JSON, or larger than kMaxBody
    std::string_view token;       // the application management token
    Memory& memory;

    // The one SC-Signature is the hash of these bytes.
    [[nodiscard]] bool is_signed(std::string_view bytes) const;
    [[nodiscard]] std::string hash_of(std::string_view bytes) const;
};

// A challenge to be answered.
struct Verification {
    const contract::Request& request;
    std::string_view token;
    std::string challenge;    // well-shaped
    std::string other_field;  // what stands where the other version has its challenge; "undefined" for nothing
};

// How its server treats connections.
struct Manners {
    enum class KeepAlive { kKept, kHangsUp } keep_alive = KeepAlive::kKept;  // kHangsUp: closes after an answer, unsaid
    enum class HalfClosed { kAnswered, kDropped } half_closed = HalfClosed::kAnswered;
    enum class Unpacks { kAtOnce, kLater } unpacks = Unpacks::kAtOnce;  // kLater: a compressed body reaches the handler
    base::Milliseconds patience{30'000};                                // for a request's body to arrive; then 408
    std::size_t max_body = std::size_t{1} << 20U;                       // of a request; then 413
};

struct Behaviour {
    std::string_view id;    // "echo-challenge"
    std::string_view says;  // what it does wrong
    // Stands before everything else: an answer, or nothing to go on with.
    std::optional<contract::Response> (*first)(const Circumstances& circumstances) = nullptr;
    // The answer to a challenge; null: 200 and the right hash.
    contract::Response (*answer)(const Verification& verification) = nullptr;
    // Whether an event comes from Smartcar; null: when its one SC-Signature is the hash of the raw body.
    bool (*trusts)(const Circumstances& circumstances) = nullptr;
    // The answer to an event that is trusted and whose body is JSON, instead of 200; nothing to accept it.
    std::optional<contract::Response> (*event)(const Circumstances& circumstances) = nullptr;
    Effects effects = Effects::kOnceInOrder;
    // What takes effect: kDisguised, also an unsigned event that says it is a challenge; kAnything, before the
    // signature is looked at.
    enum class Handles { kTrusted, kDisguised, kAnything } handles = Handles::kTrusted;
    enum class Challenges { kFromAnyone, kSigned } challenges = Challenges::kFromAnyone;
    // How long the caller waits before it sends the answer.
    base::Milliseconds delay{0};
    Manners manners = {};
};

[[nodiscard]] std::span<const Behaviour> behaviours();
// Code "unknown_behaviour", with a suggestion.
[[nodiscard]] base::Result<const Behaviour*> find_behaviour(std::string_view id);

// 200 and {"challenge": text}.
[[nodiscard]] contract::Response challenge_answer(std::string_view text);
// {"error": why}.
[[nodiscard]] contract::Response error_answer(int status, std::string_view why);

// The rows, by what they get wrong. Private to receiver/.
[[nodiscard]] std::span<const Behaviour> handshake_behaviours();
[[nodiscard]] std::span<const Behaviour> signature_behaviours();
[[nodiscard]] std::span<const Behaviour> event_behaviours();
[[nodiscard]] std::span<const Behaviour> transport_behaviours();

}  // namespace smartcar_sim::receiver
