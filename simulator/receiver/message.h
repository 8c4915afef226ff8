// What a receiver reads in a message of either version. Nothing in it is to be believed before the signature is.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "contract/message.h"
#include "document/value.h"

namespace smartcar_sim::receiver {

// Empty where a message does not say.
struct Particulars {
    std::string event_name;  // eventName of 2.0, eventType of 4.0: "eventBased", "VEHICLE_STATE"
    std::string event_type;  // of a 2.0 event based message: "CHARGING_STARTED"
    std::string event_id;
    std::string vehicle_id;  // the first, of a message about several
};
[[nodiscard]] Particulars particulars_of(const document::Value& body);

// The version whose challenge this is; nothing for any other message.
[[nodiscard]] std::optional<contract::Version> challenge_version(const document::Value& body);
// The string where a message of that version has its challenge; nothing when there is none.
[[nodiscard]] std::optional<std::string> challenge_field(const document::Value& body, contract::Version version);

// What stands at a JSON pointer; null where nothing does.
[[nodiscard]] const document::Value* value_at(const document::Value& body, std::string_view pointer);
// The string there; nothing for any other value.
[[nodiscard]] std::optional<std::string> text_at(const document::Value& body, std::string_view pointer);
// The elements of the array there; none for any other value.
[[nodiscard]] const document::Array& elements_at(const document::Value& body, std::string_view pointer);

// 8 to 512 of A-Za-z0-9._~+/=-. Whoever hashes any text he is given under the token signs messages for strangers:
// a challenge that could be a JSON body is one (contract/webhooks.md section 5.3).
[[nodiscard]] bool is_well_shaped(std::string_view challenge);

}  // namespace smartcar_sim::receiver
