#include "scenario/file_names.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "document/pointer.h"

namespace smartcar_sim::scenario {

namespace {

constexpr std::array<std::string_view, 3> kReserved{"env", "origin", "callback"};

using Parts = std::vector<std::string_view>;

// What can be asked of a step of that kind; none: it leaves nothing to ask for.
Parts parts_of(std::string_view step_kind) {
    if (step_kind == "connect") return {"code", "accessToken", "refreshToken", "status", "response"};
    if (step_kind == "verify") return {"challenge", "status", "response"};
    if (step_kind == "probe") return {"status", "response"};
    if (step_kind == "command") return {"output"};
    for (const std::string_view firing : {"send", "set", "test", "subscribe", "enable", "disconnect", "wait"}) {
        if (step_kind == firing) return {"eventId", "deliveryId", "signature", "status", "request", "response"};
    }
    return {};
}

bool takes_pointer(std::string_view part) { return part == "response" || part == "request"; }

}  // namespace

void FileNames::add(const std::string& name, NameKind kind, std::size_t offset, std::string_view step_kind) {
    if (std::ranges::find(kReserved, name) != kReserved.end()) {
        problems_.add("bad_name", base::quoted(name) + " has a meaning of its own; choose another name", offset);
    } else if (!entries_.try_emplace(name, Entry{kind, std::string(step_kind)}).second) {
        problems_.add("bad_name", base::quoted(name) + " is the name of something else already", offset);
    }
}

bool FileNames::has(const std::string& name, NameKind kind) const {
    const auto found = entries_.find(name);
    return found != entries_.end() && found->second.kind == kind;
}

std::vector<std::string_view> FileNames::all(NameKind kind) const {
    std::vector<std::string_view> names;
    for (const auto& [name, entry] : entries_) {
        if (entry.kind == kind) names.push_back(name);
    }
    return names;
}

void FileNames::check(const document::Value& value) const {
    if (value.string() != nullptr) check(*value.string(), value.offset);
    if (value.array() != nullptr) {
        for (const document::Value& item : *value.array()) check(item);
    }
    if (value.object() == nullptr) return;
    for (const auto& [key, member] : *value.object()) {
        check(key, member.key_offset);
        check(member);
    }
}

void FileNames::check(std::string_view text, std::size_t offset) const {
    for (const Name& name : names_in(text)) {
        if (auto wrong = objection(name)) problems_.add("unknown_name", *std::move(wrong), offset);
    }
}

std::optional<std::string> FileNames::objection(const Name& name) const {
    if (name.head == "origin" || name.head == "callback") {
        if (name.part.empty() && name.pointer.empty()) return std::nullopt;
        return name.text() + ": {" + name.head + "} has no parts";
    }
    if (name.head == "env") {
        if (name.part.empty()) return name.text() + " names no variable: {env.NAME}";
        if (!name.pointer.empty()) return name.text() + ": a variable is one text, into which no pointer leads";
        if (variables_.contains(name.part)) return std::nullopt;
        return name.text() + ": " + name.part + " is not listed in \"env\"";
    }
    const auto entry = entries_.find(name.head);
    if (entry != entries_.end()) return objection_to_part(name, entry->second);
    std::vector<std::string_view> known(kReserved.begin(), kReserved.end());
    for (const auto& [each, unused] : entries_) known.push_back(each);
    return "unknown name " + name.text() + document::did_you_mean(name.head, known) +
           (document::nearest(name.head, known) ? "" : "; a step is named with \"id\", before it is used");
}

std::optional<std::string> FileNames::objection_to_part(const Name& name, const Entry& entry) const {
    Parts parts;
    switch (entry.kind) {
        case NameKind::kVehicle:
            if (name.part.empty() && name.pointer.empty()) return std::nullopt;
            parts = {"id", "vin"};
            break;
        case NameKind::kWebhook:
            parts = {"id", "callbackUri"};
            break;
        case NameKind::kStep:
            if (entry.step_kind == kUnknownStep) return std::nullopt;
            parts = parts_of(entry.step_kind);
            if (parts.empty())
                return name.text() + ": a " + base::quoted(entry.step_kind) + " step leaves nothing to name";
            break;
    }
    if (std::ranges::find(parts, name.part) == parts.end()) {
        return (name.part.empty() ? name.text() + " needs a part"
                                  : name.text() + ": unknown part " + base::quoted(name.part)) +
               document::meant_or_listed(name.part, parts, "there are");
    }
    if (!name.pointer.empty() && !takes_pointer(name.part)) {
        return name.text() + ": {" + name.head + "." + name.part + "} is one text, into which no pointer leads";
    }
    return std::nullopt;
}

}  // namespace smartcar_sim::scenario
