// Every message the platform sends, versions 2.0 and 4.0, as a function from values to bytes.
//
// Shapes and key order: contract/webhooks.md sections 2 and 3, contract/clients.md section 5. A 4.0
// message carries a delivery id and a delivery time that change with each attempt, so a Message keeps
// the bytes around those two and render() puts them in; a 2.0 message repeats the same bytes.
//
// Strings are UTF-8 and bodies hold only what document::Writer can say: that was checked where they
// came in, so anything else here is a bug.
#pragma once

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "contract/signals.h"
#include "document/pointer.h"
#include "document/value.h"

namespace smartcar_sim::contract {

enum class Version { k2_0, k4_0 };
// 4.0 as receivers have logged it, or as the newer documentation prints it (webhooks.md section 2).
enum class Dialect { kWire, kDoc };
enum class Mode { kLive, kTest, kSimulated };

[[nodiscard]] std::string_view name_of(Version version);  // "2.0", "4.0"
[[nodiscard]] std::string_view name_of(Dialect dialect);  // "wire", "doc"
[[nodiscard]] std::string_view name_of(Mode mode);        // "live", as 2.0 spells it; 4.0 writes LIVE
[[nodiscard]] std::optional<Version> parse_version(std::string_view text);
[[nodiscard]] std::optional<Dialect> parse_dialect(std::string_view text);
[[nodiscard]] std::optional<Mode> parse_mode(std::string_view text);

// What an attempt adds to a 4.0 message.
struct Stamp {
    std::string delivery_id;  // a UUID: it is put in without escaping
    base::Instant delivered_at;
};

class Message {
public:
    // How the delivery time is written: a number of milliseconds, or 2026-01-01T00:00:00.000Z.
    enum class Time { kMilliseconds, kIso };
    // Byte offsets in a text where the two stamped values are missing, `id` not after `time`. Offsets and not
    // placeholders: whatever a placeholder looks like, a webhook could be named so.
    struct Gaps {
        std::size_t id = 0;
        std::size_t time = 0;
        Time form = Time::kMilliseconds;
        bool operator==(const Gaps&) const = default;
    };

    Message() = default;
    // Bytes that never change.
    explicit Message(std::string bytes) : text_(std::move(bytes)) {}
    Message(std::string text, Gaps gaps) : text_(std::move(text)), gaps_(gaps) {}

    [[nodiscard]] std::string render(const Stamp& stamp) const;

    bool operator==(const Message&) const = default;

private:
    std::string text_;
    std::optional<Gaps> gaps_;
};

// Which webhook a message belongs to.
struct Envelope {
    std::string webhook_id;
    std::string webhook_name;
    Dialect dialect = Dialect::kWire;
    Mode mode = Mode::kLive;
};

struct VehicleRef {
    std::string id;
    std::string user_id;
    std::string make;  // upper case, but "Tesla" in test payloads
    std::string model;
    int year = 0;
};

// --- 2.0 -------------------------------------------------------------------------------------

[[nodiscard]] Message verify_2_0(std::string_view webhook_id, std::string_view challenge);
[[nodiscard]] Message event_based(const Envelope& envelope, std::string_view event_id, std::string_view vehicle_id,
                                  std::string_view event_type, base::Instant event_time);

// One read endpoint of one vehicle in a schedule or dynamic payload.
struct Reading {
    std::string path;  // "/battery"
    int code = 200;
    document::Value body;                                      // as the API answers it
    std::vector<std::pair<std::string, std::string>> headers;  // "sc-data-age", "sc-unit-system"
};
struct VehicleReadings {
    std::string vehicle_id;
    std::string request_id;
    std::vector<Reading> data;
};
// event_name: "schedule", "scheduled" or "dynamic".
[[nodiscard]] Message readings_2_0(const Envelope& envelope, std::string_view event_name,
                                   std::span<const VehicleReadings> vehicles);

// --- 4.0 -------------------------------------------------------------------------------------

struct SignalFailure {
    std::string type;                 // "COMPATIBILITY"
    std::optional<std::string> code;  // null for PERMISSION
};
// One entry of data.signals: a body with its times, or a failure.
struct SignalReading {
    SignalName signal;
    document::Value body;            // an object in wire key order; ignored when failure is set
    base::Instant oem_updated_at{};  // epoch 0 for static attributes
    base::Instant retrieved_at{};
    std::optional<SignalFailure> failure;
};

// FIRST_DELIVERY, or the signals that changed.
struct Triggers {
    bool first_delivery = false;
    std::vector<SignalName> changed;
};

[[nodiscard]] Message verify_4_0(const Envelope& envelope, std::string_view event_id, std::string_view challenge);
// With Mode::kTest in the wire dialect the body is what the dashboard's test button was seen to send: neither
// `status` nor `unit`, meta in another order, deliveredAt as text (clients.md section 5).
[[nodiscard]] Message vehicle_state(const Envelope& envelope, std::string_view event_id, const VehicleRef& vehicle,
                                    std::span<const SignalReading> signals, const Triggers& triggers);

// One entry of data.errors. Type and code are a row of error_kinds() (contract/api_error.h), where the words and
// the resolution come from. For kResolved the documented shape leaves out docURL, resolution and the user message.
// Without signals the failure is of the whole vehicle, and the key is absent.
struct VehicleFault {
    std::string type;
    std::optional<std::string> code;
    enum class State { kError, kResolved } state = State::kError;
    std::optional<std::vector<SignalName>> signals;  // nothing: platform/ puts in the webhook's data
};
// Carries no triggers: no capture of one does.
[[nodiscard]] Message vehicle_error(const Envelope& envelope, std::string_view event_id, const VehicleRef& vehicle,
                                    std::span<const VehicleFault> errors);

// --- changing a body before it is signed -----------------------------------------------------------------

struct Edit {
    std::string pointer;  // RFC 6901
    document::Value value;
    document::Missing missing = document::Missing::kError;
};
// Parses, edits, writes canonically. Without edits the bytes come back untouched.
[[nodiscard]] base::Result<std::string> apply(std::span<const Edit> edits, std::string body);

}  // namespace smartcar_sim::contract
