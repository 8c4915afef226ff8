// The whole platform as one JSON document, private to platform/: values in, JSON out, and back.
//
//   { "formatVersion": 1, "now": instant, "externalId": text, "vehicles": [...], "webhooks": [...], "grants": [...],
//     "applicationTokens": {...}, "executions": [...], "counters": {...} }
// snapshot_shape.cc describes each member, docs/sim-api.md says how to work with it. What is written reads back as the
// same records, and writing those gives the same bytes. Not in it: what the application is (client id and secret, its
// management token, redirect URIs), and timers of charging vehicles, which their state decides.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "base/result.h"
#include "document/shape.h"
#include "document/value.h"
#include "platform/configuration.h"
#include "platform/records.h"

namespace smartcar_sim::platform {

struct Snapshot {
    base::Instant now{};
    Records records = {};  // with the timers of readings, without those of charging vehicles
    Ordinals ordinals = {};
};

inline constexpr int kSnapshotFormat = 1;

[[nodiscard]] std::string write_snapshot(const Configuration& configuration, const Snapshot& snapshot);

// `text` is what `body` was parsed from. The first thing that is wrong, with its place: "body:1:9". Codes of
// document::check, "bad_webhook", "unknown_signal", "bad_signal_value", "unknown_vehicle", "unknown_error", "repeated"
// for what stands twice, "bad_value" for what cannot be together, such as a token and a vehicle that is not connected.
[[nodiscard]] base::Result<Snapshot> read_snapshot(const document::Value& body, std::string_view text,
                                                   const Configuration& configuration);

// What stands in it, each part by itself, so that a snapshot is read as far as the first mistake: "vehicles",
// "webhooks" and "grants" of the whole take anything, and "destination" and "connection" of a vehicle too, which may be
// null.
[[nodiscard]] const document::Shape& snapshot_shape();
[[nodiscard]] const document::Shape& vehicle_shape();
// One that is like another and says what differs.
[[nodiscard]] const document::Shape& like_vehicle_shape();
[[nodiscard]] const document::Shape& connection_shape();
[[nodiscard]] const document::Shape& destination_shape();
[[nodiscard]] const document::Shape& webhook_shape();
[[nodiscard]] const document::Shape& grant_shape();

}  // namespace smartcar_sim::platform
