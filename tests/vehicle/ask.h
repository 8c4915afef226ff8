// A vehicle asked through v2.0, with the answer as text.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <variant>

#include "catch.h"
#include "document/writer.h"
#include "vehicle/a_vehicle.h"
#include "vehicle/api_v2.h"

namespace smartcar_sim::vehicle {

// Half a day after the vehicle's readings.
inline constexpr base::Instant kAsked = kRecordedAt + std::chrono::hours(12);

inline std::string text_of(const document::Value& value) {
    const auto text = document::write(value);
    REQUIRE(text.ok());
    return text.value();
}

// "COMPATIBILITY:VEHICLE_NOT_CAPABLE", "VALIDATION:null".
inline std::string name_of(const contract::ApiError& error) { return error.type + ":" + error.code.value_or("null"); }

inline Answer answer_of(std::string_view path, const Vehicle& vehicle, const Question& question = {}) {
    const Endpoint* const endpoint = find_endpoint(path);
    REQUIRE(endpoint != nullptr);
    return read(*endpoint, vehicle, question);
}

inline View view_of(std::string_view path, const Vehicle& vehicle, const Question& question = {}) {
    Answer answer = answer_of(path, vehicle, question);
    if (const auto* const error = std::get_if<contract::ApiError>(&answer)) FAIL(name_of(*error));
    return std::get<View>(std::move(answer));
}

inline std::string json_of(std::string_view path, const Vehicle& vehicle, UnitSystem units = UnitSystem::kMetric) {
    return text_of(view_of(path, vehicle, {.units = units}).body);
}

// Empty when there is an answer.
inline std::string error_of(std::string_view path, const Vehicle& vehicle, const Question& question = {}) {
    const Answer answer = answer_of(path, vehicle, question);
    const auto* const error = std::get_if<contract::ApiError>(&answer);
    return error == nullptr ? "" : name_of(*error);
}

}  // namespace smartcar_sim::vehicle
