#include "platform/webhook.h"

#include <algorithm>
#include <span>
#include <utility>

#include "base/text.h"
#include "contract/events.h"
#include "contract/signals.h"
#include "document/pointer.h"
#include "vehicle/api_v2.h"

namespace smartcar_sim::platform {
namespace {

using Names = std::vector<std::string_view>;

struct TypeRow {
    WebhookType type;
    std::string_view name;
};
constexpr std::array<TypeRow, 4> kTypes{{{WebhookType::kEventBased, "eventBased"},
                                         {WebhookType::kSchedule, "schedule"},
                                         {WebhookType::kDynamic, "dynamic"},
                                         {WebhookType::kSignals, "signals"}}};

bool is(WebhookType type, std::span<const WebhookType> types) { return std::ranges::find(types, type) != types.end(); }

// Which types of webhook have a member; the rest have all.
constexpr std::array kOnlyEventBased{WebhookType::kEventBased};
constexpr std::array kOnlyReadings{WebhookType::kSchedule, WebhookType::kDynamic};
constexpr std::array kOnlySignals{WebhookType::kSignals};
constexpr std::array kAll{WebhookType::kEventBased, WebhookType::kSchedule, WebhookType::kDynamic,
                          WebhookType::kSignals};
struct MemberRow {
    std::string_view name;
    std::span<const WebhookType> types;
};
constexpr std::array<MemberRow, 12> kMembers{{{"name", kAll},
                                              {"callbackUri", kAll},
                                              {"type", kAll},
                                              {"version", kAll},
                                              {"dialect", kOnlySignals},
                                              {"events", kOnlyEventBased},
                                              {"paths", kOnlyReadings},
                                              {"interval", kOnlyReadings},
                                              {"triggers", kOnlySignals},
                                              {"data", kOnlySignals},
                                              {"errorCallbackUri", kOnlySignals},
                                              {"autoSubscribe", kAll}}};

Names event_names() {
    Names names;
    for (const contract::EventType& event : contract::events()) {
        if (!event.name.empty()) names.push_back(event.name);
    }
    return names;
}

Names signal_codes() {
    Names codes;
    for (const contract::Signal& signal : contract::signals()) codes.push_back(signal.code);
    return codes;
}

Names endpoint_paths() {
    Names paths;
    paths.reserve(vehicle::endpoints().size());
    for (const vehicle::Endpoint& endpoint : vehicle::endpoints()) paths.push_back(endpoint.path);
    return paths;
}

// Reads one member after the other into settings and keeps the first complaint.
class Reader {
public:
    explicit Reader(const document::Value& body) : body_(body) {
        if (body.object() == nullptr) complain("", "a webhook is an object, not " + std::string(body.kind()));
    }

    void check_members(WebhookType type) {
        if (error_) return;
        Names known;
        for (const MemberRow& row : kMembers) known.push_back(row.name);
        for (const auto& [name, value] : *body_.object()) {
            const auto* const row =
                std::ranges::find_if(kMembers, [&, &key = name](const MemberRow& each) { return each.name == key; });
            if (row == kMembers.end()) {
                complain('/' + name, "unknown member" + document::did_you_mean(name, known));
            } else if (!is(type, row->types)) {
                complain('/' + name, "a webhook of type " + std::string(name_of(type)) + " has no such member");
            }
        }
    }

    // The string, or nothing when the member is absent or not one.
    const std::string* text(std::string_view name) {
        const document::Value* const value = body_.find(name);
        if (value == nullptr) return nullptr;
        if (value->string() == nullptr) complain_kind(pointer(name), "a string", *value);
        return value->string();
    }

    void read(std::string_view name, std::string& into) {
        if (const std::string* const given = text(name)) into = *given;
    }

    std::optional<base::Url> url(std::string_view name) {
        const std::string* const given = text(name);
        if (given == nullptr) return std::nullopt;
        auto url = base::parse_url(*given);
        if (url.ok()) return std::move(url).value();
        complain(pointer(name), url.error().message);
        return std::nullopt;
    }

    void read(std::string_view name, bool& into) {
        const document::Value* const value = body_.find(name);
        if (value == nullptr) return;
        if (value->boolean() == nullptr) return complain_kind(pointer(name), "a boolean", *value);
        into = *value->boolean();
    }

    // A list of known names, each once and at least one. `what` is one of them in a sentence: "event".
    void read(std::string_view name, std::vector<std::string>& into, std::string_view what, const Names& known) {
        const document::Value* const value = body_.find(name);
        if (value == nullptr) return;
        if (value->array() == nullptr) return complain_kind(pointer(name), "an array", *value);
        if (value->array()->empty()) return complain(pointer(name), "choose at least one " + std::string(what));
        std::vector<std::string> list;
        for (const document::Value& item : *value->array()) {
            const std::string at = pointer(name) + '/' + std::to_string(list.size());
            if (item.string() == nullptr) return complain_kind(at, "a string", item);
            check_item(at, *item.string(), list, what, known);
            list.push_back(*item.string());
        }
        into = std::move(list);
    }

    void complain(const std::string& where, std::string_view complaint) {
        if (error_) return;
        error_ = base::Error{.code = "bad_webhook",
                             .message = where.empty() ? std::string(complaint) : where + ": " + std::string(complaint)};
    }

    [[nodiscard]] bool has(std::string_view name) const { return body_.find(name) != nullptr; }
    [[nodiscard]] const std::optional<base::Error>& error() const { return error_; }

private:
    static std::string pointer(std::string_view name) { return '/' + std::string(name); }

    void complain_kind(const std::string& where, std::string_view wanted, const document::Value& value) {
        complain(where, "must be " + std::string(wanted) + ", not " + std::string(value.kind()));
    }

    void check_item(const std::string& at, const std::string& item, const std::vector<std::string>& before,
                    std::string_view what, const Names& known) {
        if (std::ranges::find(known, item) == known.end()) {
            complain(at, "unknown " + std::string(what) + " \"" + item + "\"" + document::did_you_mean(item, known));
        } else if (std::ranges::find(before, item) != before.end()) {
            complain(at, "\"" + item + "\" is listed twice");
        }
    }

    const document::Value& body_;
    std::optional<base::Error> error_;
};

// --- type and version -----------------------------------------------------------------------------

std::optional<WebhookType> read_type(Reader& reader) {
    const std::string* const given = reader.text("type");
    if (given == nullptr) return std::nullopt;
    Names known;
    for (const TypeRow& row : kTypes) {
        if (row.name == *given) return row.type;
        known.push_back(row.name);
    }
    reader.complain("/type", "unknown type \"" + *given + "\"" + document::meant_or_listed(*given, known, "there are"));
    return std::nullopt;
}

std::optional<contract::Version> read_version(Reader& reader) {
    const std::string* const given = reader.text("version");
    if (given == nullptr) return std::nullopt;
    const auto version = contract::parse_version(*given);
    if (!version) reader.complain("/version", "unknown version \"" + *given + R"("; it is "2.0" or "4.0")");
    return version;
}

// `implied` when neither is given.
WebhookType decide_type(Reader& reader, WebhookType implied) {
    const auto type = read_type(reader);
    const auto version = read_version(reader);
    if (!version) return type.value_or(implied);
    const bool signals = *version == contract::Version::k4_0;
    if (!type) return signals ? WebhookType::kSignals : WebhookType::kEventBased;
    if (signals != (*type == WebhookType::kSignals)) {
        reader.complain("/version",
                        "version 4.0 goes with type signals, and 2.0 with eventBased, schedule and dynamic");
    }
    return *type;
}

// --- the rest -------------------------------------------------------------------------------------

void read_dialect(Reader& reader, contract::Dialect& into) {
    const std::string* const given = reader.text("dialect");
    if (given == nullptr) return;
    const auto dialect = contract::parse_dialect(*given);
    if (!dialect) return reader.complain("/dialect", "unknown dialect \"" + *given + R"("; it is "wire" or "doc")");
    into = *dialect;
}

void read_interval(Reader& reader, base::Milliseconds& into) {
    constexpr base::Milliseconds kLeast = std::chrono::minutes(1);
    const std::string* const given = reader.text("interval");
    if (given == nullptr) return;
    const auto interval = base::parse_duration(*given);
    if (!interval) return reader.complain("/interval", interval.error().message);
    if (interval.value() < kLeast) return reader.complain("/interval", "must be at least 1m");
    into = interval.value();
}

// The triggers come first and are part of the data, as in the wizard.
std::vector<std::string> with_triggers(const std::vector<std::string>& triggers, const std::vector<std::string>& data) {
    std::vector<std::string> all = triggers;
    std::ranges::copy_if(data, std::back_inserter(all),
                         [&](const std::string& code) { return std::ranges::find(triggers, code) == triggers.end(); });
    return all;
}

void read_settings(Reader& reader, WebhookSettings& settings) {
    reader.check_members(settings.type);
    reader.read("name", settings.name);
    if (auto callback = reader.url("callbackUri")) settings.callback = *std::move(callback);
    if (auto callback = reader.url("errorCallbackUri")) settings.error_callback = std::move(callback);
    read_dialect(reader, settings.dialect);
    reader.read("events", settings.events, "event", event_names());
    reader.read("paths", settings.paths, "path", endpoint_paths());
    read_interval(reader, settings.interval);
    reader.read("triggers", settings.triggers, "signal", signal_codes());
    reader.read("data", settings.data, "signal", signal_codes());
    settings.data = with_triggers(settings.triggers, settings.data);
    reader.read("autoSubscribe", settings.auto_subscribe);
}

WebhookSettings everything_selected(WebhookType type, contract::Dialect dialect) {
    const auto texts = [](const auto& names) { return std::vector<std::string>(names.begin(), names.end()); };
    WebhookSettings settings;
    settings.name = "Example webhook";
    settings.type = type;
    settings.dialect = dialect;
    if (type == WebhookType::kEventBased) settings.events = texts(event_names());
    if (is(type, kOnlyReadings)) settings.paths = texts(kDefaultPaths);
    if (type == WebhookType::kSignals) {
        settings.triggers = texts(kDefaultTriggers);
        settings.data = texts(kDefaultData);
    }
    return settings;
}

void write_list(document::Writer& json, std::string_view name, const std::vector<std::string>& list) {
    json.key(name).begin_array();
    for (const std::string& item : list) json.value(item);
    json.end_array();
}

}  // namespace

std::string_view name_of(WebhookType type) {
    return std::ranges::find_if(kTypes, [&](const TypeRow& row) { return row.type == type; })->name;
}

std::string_view name_of(WebhookStatus status) {
    switch (status) {
        case WebhookStatus::kUnverified:
            return "unverified";
        case WebhookStatus::kVerified:
            return "verified";
        case WebhookStatus::kDisabled:
            break;
    }
    return "disabled";
}

base::Result<WebhookSettings> parse_webhook(const document::Value& body, const Configuration& defaults) {
    Reader reader(body);
    const bool signals = defaults.webhook_version == contract::Version::k4_0;
    const WebhookType type = decide_type(reader, signals ? WebhookType::kSignals : WebhookType::kEventBased);
    WebhookSettings settings = everything_selected(type, defaults.dialect);
    read_settings(reader, settings);
    if (!reader.has("callbackUri")) reader.complain("/callbackUri", "is required: where the events go");
    if (reader.error()) return *reader.error();
    return settings;
}

bool has_member(contract::Version version, std::string_view name) {
    const auto row = std::ranges::find(kMembers, name, &MemberRow::name);
    return row == kMembers.end() ||
           std::ranges::any_of(row->types, [&](WebhookType type) { return version_of(type) == version; });
}

base::Result<WebhookSettings> patch_webhook(const WebhookSettings& settings, const document::Value& patch) {
    Reader reader(patch);
    WebhookSettings patched = settings;
    if (decide_type(reader, settings.type) != settings.type) {
        reader.complain(reader.has("type") ? "/type" : "/version", "the type of a webhook cannot change; make another");
    }
    read_settings(reader, patched);
    if (reader.error()) return *reader.error();
    return patched;
}

void write_settings(document::Writer& json, const WebhookSettings& settings) {
    json.member("name", settings.name);
    json.member("callbackUri", settings.callback.text());
    json.member("type", name_of(settings.type));
    json.member("version", contract::name_of(settings.version()));
    if (settings.type == WebhookType::kEventBased) write_list(json, "events", settings.events);
    if (is(settings.type, kOnlyReadings)) {
        write_list(json, "paths", settings.paths);
        json.member("interval", base::format_duration(settings.interval));
    }
    if (settings.type == WebhookType::kSignals) {
        json.member("dialect", contract::name_of(settings.dialect));
        write_list(json, "triggers", settings.triggers);
        write_list(json, "data", settings.data);
        if (settings.error_callback) json.member("errorCallbackUri", settings.error_callback->text());
    }
    json.member("autoSubscribe", settings.auto_subscribe);
}

void write(document::Writer& json, const Webhook& webhook) {
    json.begin_object();
    json.member("id", webhook.id);
    write_settings(json, webhook.settings);
    json.member("status", name_of(webhook.status()));
    json.member("createdAt", base::format_instant(webhook.created_at));
    write_list(json, "subscriptions", webhook.subscriptions);
    json.end_object();
}

}  // namespace smartcar_sim::platform
