#include "scenario/parse.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "document/pointer.h"
#include "document/shape.h"
#include "scenario/file_names.h"
#include "scenario/format.h"
#include "scenario/parse_step.h"
#include "scenario/read.h"

namespace smartcar_sim::scenario {

namespace {

using document::Value;

constexpr std::string_view kOnlyWebhook = "webhook";

// Where a message that begins with a JSON pointer ("/events/0: unknown event …") points to, and the rest of it.
std::pair<const Value*, std::string> pointed_at(const Value& root, const std::string& message) {
    const std::size_t colon = message.find(": ");
    if (!message.starts_with('/') || colon == std::string::npos) return {&root, message};
    const auto found = document::find(root, std::string_view(message).substr(0, colon));
    const Value* const value = found ? found.value() : nullptr;
    if (value == nullptr) return {&root, message};
    return {value, message.substr(colon + 2)};
}

class FileReader {
public:
    FileReader(const document::File& file, const Library& library)
        : file_(file),
          library_(library),
          problems_(file.name, file.text),
          names_(problems_),
          steps_(file, library, names_, problems_) {}

    Parsed read() {
        document::check(file_.root, format(), problems_);
        if (file_.root.object() != nullptr) read_members();
        Parsed parsed;
        parsed.errors = problems_.take();
        if (parsed.errors.empty()) parsed.scenario = std::move(scenario_);
        return parsed;
    }

private:
    void read_members();
    void read_environment();
    void name_fixtures();
    void read_webhooks();
    void read_webhook(const std::string& alias, const Value& settings);
    void check_webhook(const Webhook& webhook);
    void read_vehicles();
    void read_vehicle(const std::string& alias, const Value& value);
    Steps steps_of(std::string_view name);

    const document::File& file_;
    const Library& library_;
    document::Problems problems_;
    FileNames names_;
    StepReader steps_;
    Scenario scenario_;
};

void FileReader::read_members() {
    const Value& root = file_.root;
    scenario_.file = file_.name;
    scenario_.name = text_at(root, "name").value_or("");
    if (const Value* name = root.find("name")) scenario_.line = problems_.place(name->offset).line;
    scenario_.description = text_at(root, "description").value_or("");
    scenario_.tags = texts_at(root, "tags");
    read_environment();
    name_fixtures();
    read_webhooks();
    read_vehicles();
    scenario_.setup = steps_of("setup");
    scenario_.steps = steps_of("steps");
    scenario_.teardown = steps_of("teardown");
    scenario_.has_commands = steps_.has_commands();
}

void FileReader::read_environment() {
    const Value* const given = file_.root.find("env");
    if (given == nullptr || given->array() == nullptr) return;
    for (const Value& name : *given->array()) {
        if (name.string() == nullptr) continue;
        names_.add_variable(*name.string());
        scenario_.environment.push_back(*name.string());
    }
}

// Without "vehicles" every fixture goes by its own name. Before anything else: whoever takes such a name has a place in
// the file, and the fixture has none.
void FileReader::name_fixtures() {
    if (file_.root.find("vehicles") != nullptr) return;
    for (const std::string& fixture : library_.fixtures) names_.add(fixture, NameKind::kVehicle, 0);
}

// --- webhooks -------------------------------------------------------------------------------------------

void FileReader::read_webhooks() {
    const Value* const one = file_.root.find("webhook");
    const Value* const several = file_.root.find("webhooks");
    if (one != nullptr && several != nullptr) {
        problems_.add("bad_webhook", R"("webhook" is short for one entry of "webhooks"; there can be only one of them)",
                      std::max(one->key_offset, several->key_offset));
    }
    if (several != nullptr && several->object() != nullptr) {
        for (const auto& [alias, settings] : *several->object()) read_webhook(alias, settings);
        if (several->object()->empty()) problems_.add("bad_webhook", "must not be empty", several->offset);
    } else {
        read_webhook(std::string(kOnlyWebhook), one == nullptr ? Value(document::Object{}) : *one);
    }
}

void FileReader::read_webhook(const std::string& alias, const Value& settings) {
    if (settings.object() == nullptr) return;
    Webhook webhook{.alias = alias, .settings = settings, .versions = {}};
    names_.add(alias, NameKind::kWebhook, settings.key_offset);
    const Value* const version = settings.find("version");
    if (version != nullptr && version->array() != nullptr) {
        for (const std::string& text : texts_of(*version)) {
            const auto parsed = contract::parse_version(text);
            if (!parsed) continue;
            if (std::ranges::find(webhook.versions, *parsed) != webhook.versions.end()) {
                problems_.add("bad_webhook", base::quoted(text) + " is listed twice", version->offset);
            }
            webhook.versions.push_back(*parsed);
        }
        for (const contract::Version each : webhook.versions) {
            auto& all = scenario_.versions;
            if (std::ranges::find(all, each) == all.end()) all.push_back(each);
        }
    }
    check_webhook(webhook);
    scenario_.webhooks.push_back(std::move(webhook));
}

void FileReader::check_webhook(const Webhook& webhook) {
    // What is of the wrong kind, or no word there is, has been said.
    if (!document::fits(webhook.settings, webhook_format())) return;
    static const base::Url kAnyCallback{.scheme = "http", .host = "127.0.0.1", .port = 3000, .target = "/webhooks"};
    std::vector<contract::Version> versions = webhook.versions;
    if (versions.empty()) versions.push_back(version_of(webhook).value_or(contract::Version::k2_0));
    for (const contract::Version version : versions) {
        const auto settings = settings_in(webhook, version, kAnyCallback, {});
        if (settings) continue;
        const auto [value, message] = pointed_at(webhook.settings, settings.error().message);
        problems_.add(base::Error{settings.error().code, message}, value->offset);
        return;
    }
}

// --- vehicles -------------------------------------------------------------------------------------------

void FileReader::read_vehicles() {
    const Value* const given = file_.root.find("vehicles");
    if (given == nullptr || given->object() == nullptr) return;
    if (given->object()->empty()) problems_.add("unknown_vehicle", "must not be empty", given->offset);
    for (const auto& [alias, value] : *given->object()) read_vehicle(alias, value);
}

void FileReader::read_vehicle(const std::string& alias, const Value& value) {
    names_.add(alias, NameKind::kVehicle, value.key_offset);
    if (value.object() == nullptr) return;
    FakeVehicle vehicle{.alias = alias, .fixture = text_at(value, "fixture").value_or(""), .state = {}};
    const std::vector<std::string_view> fixtures(library_.fixtures.begin(), library_.fixtures.end());
    if (!vehicle.fixture.empty() && std::ranges::find(fixtures, vehicle.fixture) == fixtures.end()) {
        problems_.add("unknown_fixture",
                      "unknown fixture " + base::quoted(vehicle.fixture) +
                          document::meant_or_listed(vehicle.fixture, fixtures, "there are"),
                      value.find("fixture")->offset);
    }
    if (const Value* state = value.find("state")) vehicle.state = steps_.changes(*state);
    if (const auto mode = text_at(value, "mode")) vehicle.mode = contract::parse_mode(*mode);
    vehicle.connected = flag_at(value, "connected").value_or(true);
    if (value.find("permissions") != nullptr) vehicle.permissions = texts_at(value, "permissions");
    scenario_.vehicles.push_back(std::move(vehicle));
}

Steps FileReader::steps_of(std::string_view name) {
    const Value* const list = file_.root.find(name);
    return list == nullptr ? Steps{} : steps_.steps(*list);
}

}  // namespace

Parsed parse(const document::File& file, const Library& library) { return FileReader(file, library).read(); }

}  // namespace smartcar_sim::scenario
