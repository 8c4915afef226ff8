// The reference callback: one that does everything a webhook receiver must, for both versions, or one thing wrong.
//
// It hashes raw bytes, compares in constant time, answers challenges from anyone but hashes only what is shaped like
// one, and believes no other message without exactly one right SC-Signature. Events it does not know are accepted
// once the signature holds: the platform may learn new ones. What it believed it shows: GET /applied/VEHICLE. It may be
// called from any thread.
#pragma once

#include <cstddef>
#include <memory>
#include <optional>
#include <string>

#include "base/clock.h"
#include "base/secret.h"
#include "contract/http.h"
#include "receiver/behaviours.h"
#include "receiver/ledger.h"
#include "receiver/message.h"

namespace smartcar_sim::receiver {

// Five times the 50 KB that Smartcar says it sends at most.
inline constexpr std::size_t kMaxBody = std::size_t{256} * 1024;

// What arrived and what was made of it.
struct Received {
    enum class Kind { kVerification, kEvent, kLook, kRefused } kind = Kind::kRefused;
    Particulars message = {};  // of a refused one: empty, since nothing in it is to be believed
    std::string why = {};      // of a refused one: one clause; empty for the others
    std::optional<std::string> mistake = std::nullopt;  // of a wrong signature: its id in signature::mistakes()
    std::string summary;  // one line for a person, in ASCII without control characters: whole, but for the status
};

struct Handled {
    contract::Response response;  // JSON: {"challenge": …}, {"received": true} or {"error": …}
    Received received;
    base::Milliseconds delay{0};                      // how long the caller is to wait before it sends the response
    std::shared_ptr<const void> in_flight = nullptr;  // to be kept until then: others see that it is being answered
};

class Receiver {
public:
    // Whether Received::mistake is looked for, which costs up to signature::kMostTried hashes, milliseconds for a usual
    // body: for whoever shows it.
    enum class Explains { kMistakes, kNothing };
    // `wrong` may be null: then everything is done right. It must outlive the receiver.
    explicit Receiver(base::Secret token, const Behaviour* wrong = nullptr, Explains explains = Explains::kMistakes);

    // 200; 400 for what is no JSON and for odd challenges; 401 for a signature that is missing or wrong; 405 with
    // Allow for other methods than POST; 413 over kMaxBody.
    [[nodiscard]] Handled handle(const contract::Request& request) const;

    // How its server is to treat connections.
    [[nodiscard]] const Manners& manners() const { return behaviour_.manners; }

private:
    struct State {
        Ledger ledger;
        Memory memory;
    };

    [[nodiscard]] Handled judge(const Circumstances& now) const;
    [[nodiscard]] Handled answer_challenge(const Circumstances& now, contract::Version version) const;
    [[nodiscard]] Handled refuse_signature(const contract::Request& request) const;
    [[nodiscard]] Handled show(const contract::Request& request) const;
    [[nodiscard]] bool trusts(const Circumstances& now) const;

    base::Secret token_;
    Behaviour behaviour_;
    Explains explains_;
    std::shared_ptr<State> state_ = std::make_shared<State>();
};

}  // namespace smartcar_sim::receiver
