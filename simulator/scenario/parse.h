// A scenario file read: all that is wrong with it at once, or values that can be played.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "base/url.h"
#include "document/json.h"
#include "platform/webhook.h"
#include "scenario/scenario.h"

namespace smartcar_sim::scenario {

// What a file may refer to beside itself.
struct Library {
    std::vector<std::string> fixtures;  // names of fixtures/vehicles
    // The bytes of a payload file; a relative path is one from the scenario's folder.
    std::function<base::Result<std::string>(const std::string& path)> read_payload;
};

struct Parsed {
    std::optional<Scenario> scenario;  // nothing when there are errors
    std::vector<base::Error> errors;   // in the order of the file, each with its place
};

// Pure but for Library::read_payload. Codes: those of document::check(), "unknown_name", "unknown_vehicle",
// "unknown_webhook", "unknown_fixture", "bad_webhook", "bad_fault", "bad_signal_value", "bad_step".
[[nodiscard]] Parsed parse(const document::File& file, const Library& library);

// The one payload version that the webhook says, with its version, its type or a member that only one version has;
// nothing when it says none, or a list.
[[nodiscard]] std::optional<contract::Version> version_of(const Webhook& webhook);

// The webhook's settings in that payload version, or the one it says; a callback URI that is a path is one of
// `callback`'s host, and one that is left out is `callback`. Codes of platform::parse_webhook, whose message begins
// with the JSON pointer.
[[nodiscard]] base::Result<platform::WebhookSettings> settings_in(const Webhook& webhook, contract::Version version,
                                                                  const base::Url& callback,
                                                                  const platform::Configuration& defaults);

// "/webhooks" is a target of the callback's host, anything else a whole URL. Code "bad_url".
[[nodiscard]] base::Result<base::Url> resolve_url(const std::string& text, const base::Url& callback);

}  // namespace smartcar_sim::scenario
