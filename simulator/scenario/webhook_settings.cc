#include <algorithm>
#include <optional>
#include <string_view>
#include <utility>

#include "scenario/parse.h"

namespace smartcar_sim::scenario {

namespace {

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

std::optional<contract::Version> version_of(const Webhook& webhook) {
    using contract::Version;
    const document::Value* const version = webhook.settings.find("version");
    if (version != nullptr) {
        return version->string() == nullptr ? std::nullopt : contract::parse_version(*version->string());
    }
    const document::Value* const type = webhook.settings.find("type");
    if (type != nullptr && type->string() != nullptr)
        return *type->string() == "signals" ? Version::k4_0 : Version::k2_0;
    const auto fits = [&](Version each) {
        return std::ranges::all_of(*webhook.settings.object(), [&](const document::Member& member) {
            return platform::has_member(each, member.first);
        });
    };
    if (fits(Version::k2_0) == fits(Version::k4_0)) return std::nullopt;
    return fits(Version::k2_0) ? Version::k2_0 : Version::k4_0;
}

base::Result<platform::WebhookSettings> settings_in(const Webhook& webhook, contract::Version version,
                                                    const base::Url& callback,
                                                    const platform::Configuration& defaults) {
    document::Object settings;
    for (const auto& [name, value] : *webhook.settings.object()) {
        // A file that runs in both versions may say what only one has a use for.
        if (!webhook.versions.empty() && !platform::has_member(version, name)) continue;
        if (name == "version" && value.array() != nullptr) continue;
        const bool is_uri = (name == "callbackUri" || name == "errorCallbackUri") && value.string() != nullptr;
        auto given = is_uri ? resolved(value, name, callback) : base::Result<document::Value>(value);
        if (!given) return given.error();
        settings.emplace_back(name, std::move(given).value());
    }
    if (!webhook.versions.empty()) settings.emplace_back("version", std::string(contract::name_of(version)));
    if (webhook.settings.find("callbackUri") == nullptr) settings.emplace_back("callbackUri", callback.text());
    platform::Configuration configuration = defaults;
    configuration.webhook_version = version_of(webhook).value_or(version);
    return platform::parse_webhook(document::Value(std::move(settings)), configuration);
}

}  // namespace smartcar_sim::scenario
