// Every message the platform sends, versions 2.0 and 4.0, as a function from values to bytes.
//
// Shapes and key order: contract/webhooks.md sections 2 and 3, contract/clients.md section 5. A 4.0
// message carries a delivery id and a delivery time that change with each attempt, so a Message keeps
// the bytes around those two and render() puts them in; a 2.0 message repeats the same bytes.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "document/pointer.h"
#include "document/value.h"

namespace smartcar_sim::contract {

enum class Version { k2_0, k4_0 };
// 4.0 as receivers have logged it, or as the newer documentation prints it (webhooks.md section 2).
enum class Dialect { kWire, kDoc };
enum class Mode { kLive, kTest, kSimulated };

[[nodiscard]] std::string_view name_of(Version version);  // "2.0", "4.0"
[[nodiscard]] std::optional<Version> parse_version(std::string_view text);

// What an attempt adds to a 4.0 message.
struct Stamp {
    std::string delivery_id;
    base::Instant delivered_at;
};

class Message {
public:
    Message() = default;
    // Bytes that never change.
    explicit Message(std::string bytes) : before_(std::move(bytes)) {}
    // `text` holds the two placeholders below, each once and in this order.
    [[nodiscard]] static Message stamped(std::string_view text);

    [[nodiscard]] std::string render(const Stamp& stamp) const;

private:
    std::string before_, between_, after_;
    enum class Time { kNone, kMilliseconds, kIso } time_ = Time::kNone;
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
    document::Value body;
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

struct SignalName {
    std::string code, name, group;  // "charge-ischarging", "IsCharging", "Charge"
};
struct SignalFailure {
    std::string type;                 // "COMPATIBILITY"
    std::optional<std::string> code;  // null for PERMISSION
};
// One entry of data.signals: a body with its times, or a failure.
struct SignalReading {
    SignalName signal;
    document::Value body;  // an object in wire key order; ignored when failure is set
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
[[nodiscard]] Message vehicle_state(const Envelope& envelope, std::string_view event_id, const VehicleRef& vehicle,
                                    std::span<const SignalReading> signals, const Triggers& triggers);

// One entry of data.errors. For kResolved the documented shape leaves out docURL, resolution and the user message.
struct VehicleFault {
    std::string type;
    std::optional<std::string> code;
    enum class State { kError, kResolved } state = State::kError;
    std::vector<SignalName> signals;
};
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
