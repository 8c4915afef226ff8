#include "scenario/format_words.h"

#include <vector>

#include "base/text.h"
#include "contract/events.h"
#include "contract/signals.h"
#include "scenario/names.h"
#include "vehicle/permissions.h"

namespace smartcar_sim::scenario::shapes {

using document::Field;
using Kind = Shape::Kind;
using Words = std::vector<std::string_view>;

namespace {

const Words& charging_event_names() {
    static const Words kWords = [] {
        Words words;
        for (const contract::EventType& event : contract::events()) {
            if (!event.name.empty()) words.push_back(event.name);
        }
        return words;
    }();
    return kWords;
}

const Words& event_names() {
    static const Words kWords = [] {
        Words words = charging_event_names();
        words.insert(words.end(), {"schedule", "dynamic", "VEHICLE_STATE", "VEHICLE_ERROR"});
        return words;
    }();
    return kWords;
}

const Words& signal_codes() {
    static const Words kWords = [] {
        Words words;
        for (const contract::Signal& signal : contract::signals()) words.push_back(signal.code);
        return words;
    }();
    return kWords;
}

const Shape& event_list() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "events", .element = event_name};
    return kShape;
}

const Shape& event_per_version() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = R"(an object with "2.0" and "4.0")",
                              .fields = {{"2.0", event_name, "the event when the file runs in version 2.0"},
                                         {"4.0", event_name, "the event when the file runs in version 4.0"}}};
    return kShape;
}

const Shape& event_lists_per_version() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = R"(an object with "2.0" and "4.0")",
                              .fields = {{"2.0", event_list, "the events when the file runs in version 2.0"},
                                         {"4.0", event_list, "the events when the file runs in version 4.0"}}};
    return kShape;
}

const Shape& signal_code() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a signal", .words = signal_codes()};
    return kShape;
}

const Shape& trigger() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a trigger", .words = [] {
                                  Words words{"FIRST_DELIVERY"};
                                  words.insert(words.end(), signal_codes().begin(), signal_codes().end());
                                  return words;
                              }()};
    return kShape;
}

const Shape& permission() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = "a permission",
                              .words = {vehicle::permissions().begin(), vehicle::permissions().end()}};
    return kShape;
}

const Shape& versions() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "versions", .low = 1, .high = 2, .element = version};
    return kShape;
}

}  // namespace

const Shape& anything() {
    static const Shape kShape{.kind = Kind::kAnything};
    return kShape;
}

const Shape& text() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a string"};
    return kShape;
}

const Shape& sentence() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = "a string that is not empty",
                              .accepts = [](const std::string& given) -> std::optional<std::string> {
                                  if (!given.empty()) return std::nullopt;
                                  return "must not be empty";
                              },
                              .pattern = "."};
    return kShape;
}

const Shape& texts() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "strings", .element = sentence};
    return kShape;
}

const Shape& flag() {
    static const Shape kShape{.kind = Kind::kBoolean};
    return kShape;
}

const Shape& nothing() {
    static const Shape kShape{.kind = Kind::kObject, .wanted = "an object without members"};
    return kShape;
}

const Shape& duration() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = R"(a duration like "5s" or "1h30m")",
                              .accepts = [](const std::string& given) -> std::optional<std::string> {
                                  const auto parsed = base::parse_duration(given);
                                  return parsed ? std::nullopt : std::optional(parsed.error().message);
                              },
                              .pattern = "^(?=[0-9])([0-9]+h)?([0-9]+m)?([0-9]+s)?([0-9]+ms)?$"};
    return kShape;
}

// What a step can be called: "s1", "second-try".
const Shape& method() {
    static const Shape kShape{
        .kind = Kind::kText, .wanted = "a method", .words = {"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"}};
    return kShape;
}
const Shape& identifier() {
    static const Shape kShape{.kind = Kind::kText,
                              .wanted = R"(a name of letters, digits, "_" and "-" that begins with a letter)",
                              .accepts = [](const std::string& given) -> std::optional<std::string> {
                                  if (is_identifier(given)) return std::nullopt;
                                  return no_identifier(given);
                              },
                              .pattern = "^[A-Za-z_][A-Za-z0-9_-]*$"};
    return kShape;
}

const Shape& charging_event() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "an event", .words = charging_event_names()};
    return kShape;
}

const Shape& event_name() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "an event", .words = event_names()};
    return kShape;
}

const Shape& event_or_per_version() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {event_name, event_per_version}};
    return kShape;
}

const Shape& events_or_per_version() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {event_list, event_lists_per_version}};
    return kShape;
}

const Shape& signals() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "signals", .element = signal_code};
    return kShape;
}

const Shape& triggers() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "triggers", .low = 1, .element = trigger};
    return kShape;
}

const Shape& permissions() {
    static const Shape kShape{.kind = Kind::kList, .wanted = "permissions", .element = permission};
    return kShape;
}

const Shape& version() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a version", .words = {"2.0", "4.0"}};
    return kShape;
}

const Shape& one_or_both_versions() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {version, versions}};
    return kShape;
}

const Shape& mode() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a mode", .words = {"live", "test", "simulated"}};
    return kShape;
}

const Shape& one_or_more_vehicles() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {sentence, texts}};
    return kShape;
}

const Shape& state() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "an object of signals",
        .fields =
            [] {
                std::vector<Field> fields;
                for (const contract::Signal& signal : contract::signals()) {
                    fields.push_back({signal.code, anything, signal.unit.empty() ? signal.name : signal.unit});
                }
                return fields;
            }(),
        .member = "signal"};
    return kShape;
}

const Shape& permission_change() {
    static const Shape kShape{.kind = Kind::kObject,
                              .wanted = R"(an object with "grant" and "revoke")",
                              .fields = {{"grant", permissions, "what the owner allows from now on"},
                                         {"revoke", permissions, "what the owner takes back"}}};
    return kShape;
}

}  // namespace smartcar_sim::scenario::shapes
