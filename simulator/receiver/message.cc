#include "receiver/message.h"

#include <algorithm>
#include <initializer_list>

#include "base/text.h"
#include "document/pointer.h"

namespace smartcar_sim::receiver {
namespace {

constexpr std::size_t kShortest = 8;
constexpr std::size_t kLongest = 512;

std::string first_of(const document::Value& body, std::initializer_list<std::string_view> pointers) {
    for (const std::string_view pointer : pointers) {
        if (auto text = text_at(body, pointer)) return *std::move(text);
    }
    return {};
}

bool may_stand_in_a_challenge(char c) {
    return base::is_alphanumeric(c) || std::string_view("._~+/=-").find(c) != std::string_view::npos;
}

}  // namespace

Particulars particulars_of(const document::Value& body) {
    return {.event_name = first_of(body, {"/eventName", "/eventType"}),
            .event_type = first_of(body, {"/payload/eventType"}),
            .event_id = first_of(body, {"/eventId", "/payload/eventId"}),
            .vehicle_id = first_of(body, {"/data/vehicle/id", "/payload/vehicleId", "/payload/vehicles/0/vehicleId"})};
}

std::optional<contract::Version> challenge_version(const document::Value& body) {
    if (text_at(body, "/eventName") == "verify") return contract::Version::k2_0;
    if (text_at(body, "/eventType") == "VERIFY") return contract::Version::k4_0;
    return std::nullopt;
}

std::optional<std::string> challenge_field(const document::Value& body, contract::Version version) {
    return text_at(body, version == contract::Version::k2_0 ? "/payload/challenge" : "/data/challenge");
}

const document::Value* value_at(const document::Value& body, std::string_view pointer) {
    const auto found = document::find(body, pointer);
    return found ? found.value() : nullptr;
}

std::optional<std::string> text_at(const document::Value& body, std::string_view pointer) {
    const document::Value* value = value_at(body, pointer);
    if (value == nullptr || value->string() == nullptr) return std::nullopt;
    return *value->string();
}

const document::Array& elements_at(const document::Value& body, std::string_view pointer) {
    static const document::Array none;
    const document::Value* value = value_at(body, pointer);
    return value == nullptr || value->array() == nullptr ? none : *value->array();
}

bool is_well_shaped(std::string_view challenge) {
    return challenge.size() >= kShortest && challenge.size() <= kLongest &&
           std::ranges::all_of(challenge, may_stand_in_a_challenge);
}

}  // namespace smartcar_sim::receiver
