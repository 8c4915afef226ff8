// Writes the messages of an audit: events about one vehicle, each newer than the one before and telling the opposite.
//
// Everything is derived from the seed and the order of calls, so an audit with the same seed sends the same bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/subject.h"
#include "base/ids.h"
#include "contract/message.h"

namespace smartcar_sim::audit {

struct Event {
    std::string id;    // eventId
    std::string body;  // of one delivery
    contract::Version version = contract::Version::k2_0;
    bool charging = false;  // what it tells
    base::Instant at;       // when that happened
    int charge = 0;         // state of charge in percent
};

// The body with one member more at its end, "note", spelled as it is here.
[[nodiscard]] std::string with_note(std::string body, std::string_view json);

class Author {
public:
    Author(const Subject& subject, const base::Ids& ids);

    // The next event in the subject's version: charging starts if it had stopped, and stops if it had started.
    [[nodiscard]] Event next();
    // The next one, telling that charging starts or stops.
    [[nodiscard]] Event telling(bool charging);
    // One that a forger would like to see handled: the opposite of what the callback was told last. Unlike the others
    // it counts as told only when `handled` says that it took effect, so that the next one, too, tells something new.
    [[nodiscard]] Event forged();
    void handled(const Event& event) { charging_ = event.charging; }
    // What the callback was told last.
    [[nodiscard]] bool charging() const { return charging_; }
    // One that happened that much before the last.
    [[nodiscard]] Event earlier(base::Milliseconds by);
    // The same event in another delivery: of 4.0 with new deliveryId and deliveredAt, of 2.0 the same bytes.
    [[nodiscard]] Event redelivered(const Event& event);

    // --- 2.0 and 4.0 whatever the subject's version is ---

    [[nodiscard]] Event state_in(contract::Dialect dialect);
    [[nodiscard]] Event event_2_0(std::string_view type, contract::Mode mode);
    [[nodiscard]] Event state(const std::vector<contract::SignalReading>& signals, const contract::Triggers& triggers,
                              contract::Mode mode = contract::Mode::kLive);
    [[nodiscard]] Event error(const std::vector<contract::VehicleFault>& faults);
    // What is in the subject's ordinary 4.0 event.
    [[nodiscard]] std::vector<contract::SignalReading> ordinary_signals(const Event& event) const;

    // A challenge nobody was sent before: "challenge_" and 32 hex digits, 16 alphanumerics, a UUID, or 128 of
    // A-Za-z0-9._-
    enum class Look { kPrefixed, kAlphanumeric, kUuid, kLong };
    [[nodiscard]] std::string challenge(Look look);
    // As the platform would send it.
    [[nodiscard]] std::string challenge(contract::Version version) {
        return challenge(version == contract::Version::k2_0 ? Look::kPrefixed : Look::kAlphanumeric);
    }
    [[nodiscard]] std::string challenge() { return challenge(subject_.version); }
    // The body of a request that carries it.
    [[nodiscard]] std::string challenge_body(contract::Version version, std::string_view challenge);

private:
    // With everything but a body.
    [[nodiscard]] Event unwritten(contract::Version version);
    [[nodiscard]] Event made(bool charging, base::Instant at, int charge);
    [[nodiscard]] std::string body_of(const Event& event);
    [[nodiscard]] std::string from_captured(const Event& event);
    [[nodiscard]] std::string new_id(std::string_view kind);
    [[nodiscard]] contract::Stamp stamp(base::Instant at);
    [[nodiscard]] base::Instant tick();
    [[nodiscard]] int charge();

    const Subject& subject_;
    const base::Ids ids_;
    std::uint64_t ordinal_ = 0;
    base::Instant at_;
    bool charging_ = false;
    int charge_ = 40;
};

}  // namespace smartcar_sim::audit
