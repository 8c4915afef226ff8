#include <algorithm>
#include <array>
#include <string_view>
#include <utility>

#include "scenario/parse.h"

namespace smartcar_sim::scenario {

namespace {

// What a webhook of that version has no use for: a file that runs in both versions may say both.
bool belongs_to_other(std::string_view member, contract::Version version) {
    constexpr std::array<std::string_view, 2> kOf2{"events", "paths"};
    constexpr std::array<std::string_view, 4> kOf4{"dialect", "triggers", "data", "errorCallbackUri"};
    return version == contract::Version::k2_0 ? std::ranges::find(kOf4, member) != kOf4.end()
                                              : std::ranges::find(kOf2, member) != kOf2.end();
}

base::Result<document::Value> resolved(const document::Value& uri, std::string_view member, const base::Url& callback) {
    const auto url = resolve_url(*uri.string(), callback);
    if (!url) return base::Error{url.error().code, "/" + std::string(member) + ": " + url.error().message};
    return document::Value(url.value().text());
}

}  // namespace

base::Result<base::Url> resolve_url(const std::string& text, const base::Url& callback) {
    if (!text.starts_with('/')) return base::parse_url(text);
    return base::parse_url(callback.origin() + text);
}

base::Result<platform::WebhookSettings> settings_in(const Webhook& webhook, contract::Version version,
                                                    const base::Url& callback,
                                                    const platform::Configuration& defaults) {
    document::Object settings;
    for (const auto& [name, value] : *webhook.settings.object()) {
        if (!webhook.versions.empty() && belongs_to_other(name, version)) continue;
        if (name == "version" && value.array() != nullptr) continue;
        const bool is_uri = (name == "callbackUri" || name == "errorCallbackUri") && value.string() != nullptr;
        auto given = is_uri ? resolved(value, name, callback) : base::Result<document::Value>(value);
        if (!given) return given.error();
        settings.emplace_back(name, std::move(given).value());
    }
    if (!webhook.versions.empty()) settings.emplace_back("version", std::string(contract::name_of(version)));
    if (webhook.settings.find("callbackUri") == nullptr) settings.emplace_back("callbackUri", callback.text());
    platform::Configuration configuration = defaults;
    configuration.webhook_version = version;
    return platform::parse_webhook(document::Value(std::move(settings)), configuration);
}

}  // namespace smartcar_sim::scenario
