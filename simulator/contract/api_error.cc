#include "contract/api_error.h"

#include <algorithm>
#include <array>
#include <cassert>
#include <utility>

#include "base/text.h"
#include "document/pointer.h"
#include "document/writer.h"

namespace smartcar_sim::contract {
namespace {

constexpr std::string_view kRetryLater = "RETRY_LATER";
constexpr std::string_view kReauthenticate = "REAUTHENTICATE";
constexpr std::string_view kContactSupport = "CONTACT_SUPPORT";

constexpr std::string_view kTryAgain = "We could not reach your car just now. Please try again in a few minutes.";
constexpr std::string_view kAppsFault = "Something is wrong with what the app asked for. Please tell its makers.";
constexpr std::string_view kIncapable = "Your car does not offer this feature.";
constexpr std::string_view kAccount = "Please log in to your car maker's app and check that your account is in order.";
constexpr std::string_view kReconnect = "Please connect your car again.";

// One line a code, so that the table reads as a table.
// clang-format off
constexpr std::array kKinds = {
    ErrorKind{"AUTHENTICATION", "", 401, "", "The authorization header is missing, or its credentials are malformed, unknown or expired. Unsubscribing takes the application management token, everything else an access token.", "", ""},
    ErrorKind{"PERMISSION", "", 403, kReauthenticate, "The application was not granted the permission this needs. Ask the user to connect again and grant it.", "", ""},
    ErrorKind{"VALIDATION", "", 400, "", "The request is not valid: check its parameters for missing values, spelling, case and syntax.", kAppsFault, ""},
    ErrorKind{"VALIDATION", "PARAMETER", 400, "", "A parameter of the request is not valid.", kAppsFault, ""},
    ErrorKind{"RESOURCE_NOT_FOUND", "PATH", 404, "", "Nothing is served at this path: check the URL, unless the simulator does not have it yet.", "", ""},
    ErrorKind{"RESOURCE_NOT_FOUND", "VERSION", 404, "", "Nothing is served of this version: check the URL, unless the simulator does not have it yet.", "", ""},
    ErrorKind{"RATE_LIMIT", "SMARTCAR_API", 429, kRetryLater, "The application sends requests too fast. The retry-after header says how many seconds to wait.", kTryAgain, ""},
    ErrorKind{"RATE_LIMIT", "VEHICLE", 429, kRetryLater, "This vehicle receives requests too fast. The retry-after header says how many seconds to wait.", kTryAgain, ""},
    ErrorKind{"BILLING", "VEHICLE_LIMIT", 430, kContactSupport, "The plan does not allow more vehicles than are connected now.", kTryAgain, ""},
    ErrorKind{"BILLING", "INVALID_PLAN", 430, kContactSupport, "The plan does not include this feature.", kTryAgain, ""},
    ErrorKind{"BILLING", "VEHICLE_REQUEST_LIMIT", 430, kContactSupport, "The plan's requests for this vehicle are used up for the current billing period.", kTryAgain, ""},
    ErrorKind{"BILLING", "ACCOUNT_SUSPENDED", 430, "FINANCE", "The account is suspended because a payment is overdue.", kTryAgain, ""},
    ErrorKind{"COMPATIBILITY", "MAKE_NOT_COMPATIBLE", 501, "", "Vehicles of this make cannot be connected.", kIncapable, ""},
    ErrorKind{"COMPATIBILITY", "SMARTCAR_NOT_CAPABLE", 501, "", "The platform does not support this feature for this vehicle yet.", kIncapable, ""},
    ErrorKind{"COMPATIBILITY", "VEHICLE_NOT_CAPABLE", 501, "", "This vehicle does not have the feature the request is about.", kIncapable, ""},
    ErrorKind{"COMPATIBILITY", "PLATFORM_NOT_CAPABLE", 501, kReauthenticate, "The connected services account is on a platform that cannot do this. Ask the user to connect again.", kReconnect, ""},
    ErrorKind{"CONNECTED_SERVICES_ACCOUNT", "ACCOUNT_ISSUE", 400, "", "Something waits for the owner in the connected services account. Ask the user to log in there and complete it.", kAccount, ""},
    ErrorKind{"CONNECTED_SERVICES_ACCOUNT", "AUTHENTICATION_FAILED", 400, kReauthenticate, "The connected services account refused our login. Ask the user to connect again.", kReconnect, ""},
    ErrorKind{"CONNECTED_SERVICES_ACCOUNT", "NO_VEHICLES", 400, "", "The connected services account holds no vehicle. Ask the user to add one and connect again.", kAccount, ""},
    ErrorKind{"CONNECTED_SERVICES_ACCOUNT", "PERMISSION", 400, kReauthenticate, "The owner withdrew our access to the connected services account.", kReconnect, ""},
    ErrorKind{"CONNECTED_SERVICES_ACCOUNT", "SUBSCRIPTION", 400, "", "The vehicle's connected services subscription has ended or does not cover this request.", kAccount, ""},
    ErrorKind{"CONNECTED_SERVICES_ACCOUNT", "VEHICLE_MISSING", 400, "", "The vehicle is no longer in the connected services account. Ask the user to add it again.", kAccount, ""},
    ErrorKind{"CONNECTED_SERVICES_ACCOUNT", "VIRTUAL_KEY_REQUIRED", 400, "ACTION_REQUIRED", "The owner must add a virtual key before the vehicle accepts this request.", "Please add the virtual key to your car.", "https://www.tesla.com/_ak/smartcar.com"},
    ErrorKind{"VEHICLE_STATE", "ASLEEP", 409, "", "The vehicle is asleep and was not woken for this request.", "Your car is asleep. We did not wake it, to save its battery.", ""},
    ErrorKind{"VEHICLE_STATE", "CHARGE_FAULT", 409, "", "The charger gives no current, or another charging schedule stands in the way.", "Please check your charger and charging schedule.", ""},
    ErrorKind{"VEHICLE_STATE", "CHARGING_IN_PROGRESS", 409, "", "The vehicle is charging, which rules this request out.", "Please stop charging and try again.", ""},
    ErrorKind{"VEHICLE_STATE", "CHARGING_PLUG_CONNECTED", 409, "", "The charging plug is connected, which rules this request out.", "Please unplug your car and try again.", ""},
    ErrorKind{"VEHICLE_STATE", "CHARGING_PLUG_NOT_CONNECTED", 409, "", "The charging plug is not connected.", "Please plug in your car and try again.", ""},
    ErrorKind{"VEHICLE_STATE", "DOOR_OPEN", 409, "", "At least one door is open.", "Please close the doors of your car and try again.", ""},
    ErrorKind{"VEHICLE_STATE", "FULLY_CHARGED", 409, "", "The battery is full already.", "Your car is fully charged.", ""},
    ErrorKind{"VEHICLE_STATE", "HOOD_OPEN", 409, "", "The hood is open.", "Please close the hood of your car and try again.", ""},
    ErrorKind{"VEHICLE_STATE", "IGNITION_ON", 409, "", "The engine is running.", "Please turn your car off and try again.", ""},
    ErrorKind{"VEHICLE_STATE", "IN_MOTION", 409, "", "The vehicle is moving.", "Please try again when your car is parked.", ""},
    ErrorKind{"VEHICLE_STATE", "LOW_BATTERY", 409, kRetryLater, "The 12 V or the traction battery is too low for this request.", "The battery of your car is too low.", ""},
    ErrorKind{"VEHICLE_STATE", "NOT_CHARGING", 409, "", "The vehicle is not charging.", "Your car is not charging.", ""},
    ErrorKind{"VEHICLE_STATE", "REMOTE_ACCESS_DISABLED", 409, "", "The owner turned remote access off in the vehicle.", "Please turn on remote access in your car.", ""},
    ErrorKind{"VEHICLE_STATE", "TRUNK_OPEN", 409, "", "The trunk is open.", "Please close the trunk of your car and try again.", ""},
    ErrorKind{"VEHICLE_STATE", "UNKNOWN", 409, kRetryLater, "The vehicle could not do it and did not say why.", kTryAgain, ""},
    ErrorKind{"VEHICLE_STATE", "UNREACHABLE", 409, "", "The vehicle cannot be reached at the moment.", kTryAgain, ""},
    ErrorKind{"VEHICLE_STATE", "VEHICLE_OFFLINE_FOR_SERVICE", 409, "", "The vehicle is in service mode.", "Your car is in service mode. Please try again after the service.", ""},
    ErrorKind{"UPSTREAM", "INVALID_DATA", 502, kRetryLater, "The car maker's service answered with data that make no sense.", kTryAgain, ""},
    ErrorKind{"UPSTREAM", "KNOWN_ISSUE", 502, kRetryLater, "The car maker's service has a problem that is known and being worked on.", kTryAgain, ""},
    ErrorKind{"UPSTREAM", "NO_RESPONSE", 502, kRetryLater, "The car maker's service did not answer.", kTryAgain, ""},
    ErrorKind{"UPSTREAM", "RATE_LIMIT", 502, kRetryLater, "The car maker's service takes no more requests for now.", kTryAgain, ""},
    ErrorKind{"UPSTREAM", "UNKNOWN_ISSUE", 502, kRetryLater, "The car maker's service failed in a way we do not know.", kTryAgain, ""},
    ErrorKind{"SERVER", "INTERNAL", 500, kRetryLater, "Something went wrong inside the platform.", kTryAgain, ""},
    ErrorKind{"SERVER", "RECORD_NOT_FOUND", 500, kContactSupport, "The platform lacks a record it should have.", kTryAgain, ""},
    ErrorKind{"SERVER", "MULTIPLE_RECORDS_FOUND", 500, kContactSupport, "The platform has several records where it should have one.", kTryAgain, ""},
};
// clang-format on

// The bucket of an application refills two requests a minute (contract/api.md section 3.4).
constexpr std::chrono::seconds kRefill{60 / 2};

std::string kebab(std::string_view words) {
    std::string text(words);
    for (char& letter : text) letter = letter == '_' ? '-' : static_cast<char>(letter - 'A' + 'a');
    return text;
}

document::Value text_or_null(std::string_view text) {
    return text.empty() ? document::Value(nullptr) : document::Value(std::string(text));
}

document::Value resolution_of(const ErrorKind& kind, const ApiError& error) {
    document::Object resolution{{"type", text_or_null(kind.resolution)}};
    if (error.resolution_url) {
        resolution.emplace_back("url", quotable(*error.resolution_url));
    } else if (!kind.resolution_url.empty()) {
        resolution.emplace_back("url", std::string(kind.resolution_url));
    }
    return resolution;
}

document::Value details_of(const ApiError& error) {
    document::Array details;
    for (const ApiError::Detail& detail : error.details) {
        document::Array field;
        for (const std::string& name : detail.field) field.emplace_back(quotable(name));
        details.emplace_back(document::Object{{"field", std::move(field)}, {"message", quotable(detail.message)}});
    }
    return details;
}

Response answer(int status, const document::Value& body, std::string_view request_id) {
    std::string text;
    document::Writer json(text);
    json.value(body);
    assert(!json.failed());
    Response response = json_response(status, std::move(text));
    response.headers.add("sc-request-id", request_id);
    return response;
}

}  // namespace

std::string quotable(std::string_view text) {
    std::string quoted(text);
    if (!base::is_utf8(text)) {
        std::ranges::replace_if(quoted, [](char letter) { return static_cast<unsigned char>(letter) >= 0x80; }, '?');
    }
    return quoted;
}

std::span<const ErrorKind> error_kinds() { return kKinds; }

const ErrorKind* find_error_kind(std::string_view type, const std::optional<std::string>& code) {
    if (code && code->empty()) return nullptr;
    const std::string_view wanted = code ? std::string_view(*code) : std::string_view();
    const auto found =
        std::ranges::find_if(kKinds, [&](const ErrorKind& kind) { return kind.type == type && kind.code == wanted; });
    return found == kKinds.end() ? nullptr : &*found;
}

base::Error no_such_error_kind(std::string_view type, const std::optional<std::string>& code) {
    std::vector<std::string_view> types;
    std::vector<std::string_view> codes;  // of that type
    for (const ErrorKind& kind : kKinds) {
        if (std::ranges::find(types, kind.type) == types.end()) types.push_back(kind.type);
        if (kind.type == type) codes.push_back(kind.code.empty() ? "null" : kind.code);
    }
    if (codes.empty()) {
        return {"unknown_error",
                "unknown error type " + base::quoted(type) + document::meant_or_listed(type, types, "there is")};
    }
    return {"unknown_error", std::string(type) + " has no code " + (code ? base::quoted(*code) : "null") +
                                 document::meant_or_listed(code.value_or(""), codes, "it has")};
}

const ErrorKind& error_kind(std::string_view type, const std::optional<std::string>& code) {
    const ErrorKind* kind = find_error_kind(type, code);
    assert(kind != nullptr);
    return *kind;
}

std::string doc_url(const ErrorKind& kind) {
    return "https://smartcar.com/docs/errors/api-errors/" + kebab(kind.type) + "-errors#" +
           (kind.code.empty() ? "null" : kebab(kind.code));
}

document::Value error_body(const ApiError& error, std::string_view request_id) {
    const ErrorKind& kind = error_kind(error.type, error.code);
    document::Object body{
        {"statusCode", kind.status},
        {"type", std::string(kind.type)},
        {"code", text_or_null(kind.code)},
        {"description", std::string(kind.description)},
        {"docURL", doc_url(kind)},
        {"resolution", resolution_of(kind, error)},
        {"requestId", std::string(request_id)},
    };
    // Left out, not null: a null makes the Java SDK throw.
    if (!kind.user_message.empty()) body.emplace_back("suggestedUserMessage", std::string(kind.user_message));
    if (!error.details.empty()) body.emplace_back("detail", details_of(error));
    return body;
}

Response error_response(const ApiError& error, std::string_view request_id) {
    const int status = error_kind(error.type, error.code).status;
    Response response = answer(status, error_body(error, request_id), request_id);
    if (error.type == "RATE_LIMIT") {
        response.headers.add("retry-after", std::to_string(error.retry_after.value_or(kRefill).count()));
    }
    return response;
}

Response oauth_error(int status, std::string_view error, std::string_view description, std::string_view request_id) {
    const document::Object body{{"error", std::string(error)}, {"error_description", quotable(description)}};
    return answer(status, body, request_id);
}

}  // namespace smartcar_sim::contract
