#include "vehicle/vehicle.h"

#include <algorithm>

#include "document/writer.h"

namespace smartcar_sim::vehicle {
namespace {

// 42 and 42.0 are two values but one text, and a receiver sees texts.
bool same_on_the_wire(const document::Value& left, const document::Value& right) {
    if (left == right) return true;
    const auto left_text = document::write(left);
    const auto right_text = document::write(right);
    return left_text.ok() && right_text.ok() && left_text.value() == right_text.value();
}

}  // namespace

std::string_view name_of(Powertrain powertrain) {
    switch (powertrain) {
        case Powertrain::kBev:
            return "BEV";
        case Powertrain::kPhev:
            return "PHEV";
        case Powertrain::kHev:
            return "HEV";
        case Powertrain::kIce:
            break;
    }
    return "ICE";
}

std::string_view name_of(Region region) {
    switch (region) {
        case Region::kUs:
            return "US";
        case Region::kCanada:
            return "CA";
        case Region::kEurope:
            break;
    }
    return "EUROPE";
}

const Reading* State::find(std::string_view code) const {
    const auto found = readings_.find(code);
    return found == readings_.end() ? nullptr : &found->second;
}

const document::Value* State::value(std::string_view code) const {
    const Reading* const reading = find(code);
    return reading == nullptr ? nullptr : reading->body.find("value");
}

std::optional<double> State::number(std::string_view code) const {
    const document::Value* const found = value(code);
    if (found == nullptr || !found->is_number()) return std::nullopt;
    return found->number();
}

std::optional<bool> State::flag(std::string_view code) const {
    const document::Value* const found = value(code);
    if (found == nullptr || found->boolean() == nullptr) return std::nullopt;
    return *found->boolean();
}

std::vector<std::string> State::apply(const Changes& changes, base::Instant at) {
    std::vector<std::string> changed;
    for (const Change& change : changes) {
        Reading& reading = readings_[change.code];
        if (!same_on_the_wire(reading.body, change.body)) changed.push_back(change.code);
        reading = {.body = change.body, .oem_updated_at = at};
    }
    return changed;
}

void State::touch(base::Instant at) {
    for (auto& [code, reading] : readings_) reading.oem_updated_at = at;
}

bool Vehicle::can(std::string_view permission) const {
    return std::ranges::find(permissions, permission) != permissions.end();
}

}  // namespace smartcar_sim::vehicle
