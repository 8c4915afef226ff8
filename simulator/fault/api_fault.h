// What is to go wrong with an application's requests, as a value: with which of them, how, and how often.
//
// An endpoint is matched segment by segment against the path of a request, without its query and its trailing slash:
//   - "/vehicles/{id}/battery" is the whole path behind the version, whatever the version is; "/oauth/token" has none;
//   - "/battery", "/charge/limit", "/signals/{code}" is what follows "/vehicles/{id}", and "/" is the vehicle itself;
//   - with a version in front only that API is meant: "/v3/…" is v3, and every "v<digits>.<digits>" is 2.0, as the API
//     itself has it (contract/api.md section 0.2);
//   - {anything} is any one segment, "*" at the end any number of them but none, and "*" alone every request.
// An item of a batch is matched as if it had been sent by itself: path_of_item() is its path. The batch has its own,
// "/batch".
//
// Faults stand in a row. A request meets the first that matches it and is not used up; one that still has to let some
// requests pass (`after`) lets it through to the next.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/result.h"
#include "contract/api_error.h"
#include "document/value.h"

namespace smartcar_sim::fault {

// Of a request, what decides whether a fault is for it.
struct ApiRequest {
    std::string_view method;  // upper case; HEAD is a GET
    std::string_view path;    // without a query, not decoded
};

// The id behind "/vehicles/" in a path of the API, decoded; empty when it names no vehicle.
[[nodiscard]] std::string vehicle_in(std::string_view path);
// Whether the path begins with a version, as those of the API do and those of OAuth do not.
[[nodiscard]] bool has_version(std::string_view path);
// "/v2.0/vehicles/ID/battery" for the item "/battery" of a batch sent to "/v2.0/vehicles/ID/batch"; its query is left
// out.
[[nodiscard]] std::string path_of_item(std::string_view batch_path, std::string_view item_path);

// An answer that is in no table.
struct BareAnswer {
    int status = 500;
    std::string body = {};
    std::string content_type = {};  // empty with an empty body
    std::optional<std::chrono::seconds> retry_after = std::nullopt;

    bool operator==(const BareAnswer&) const = default;
};

// Slows requests, answers them in the platform's stead, or both. One of error, answer and latency is there.
struct ApiFault {
    std::string endpoint;     // as above
    std::string method = {};  // upper case; empty for any
    std::string vehicle =
        {};  // as given: an id when it is to be matched; empty for any request, about a vehicle or not
    std::optional<contract::ApiError> error = std::nullopt;
    std::optional<BareAnswer> answer = std::nullopt;
    base::Milliseconds latency{0};            // wall time before the answer
    std::optional<int> times = std::nullopt;  // how often; nothing: every time
    int after = 0;                            // so many matching requests pass before the first that meets it

    [[nodiscard]] bool matches(const ApiRequest& request) const;
    // Whether requests that a route takes may match: {"GET", "/v2.0/vehicles/{id}/battery"}.
    [[nodiscard]] bool is_about(const ApiRequest& route) const;
    bool operator==(const ApiFault&) const = default;
};

inline constexpr base::Milliseconds kLongestLatency = std::chrono::minutes(10);
inline constexpr std::chrono::seconds kLongestRetryAfter = std::chrono::hours(24);
inline constexpr std::int64_t kMostTimesOfApiFault = 1'000'000;
inline constexpr int kLowestAnswer = 200;  // a status below is no answer
inline constexpr int kHighestAnswer = 599;

// {"endpoint": "/battery", "method": "GET", "vehicle": "tesla-model-3-2020", "type": "VEHICLE_STATE", "code": "ASLEEP",
// "resolutionUrl": URL, "retryAfter": 30, "times": 2, "after": 1, "latency": "200ms"}, or instead of type and code
// "status": 503 with "body" (a text as it is, anything else as JSON) and "contentType". Only the endpoint is required,
// and something that happens. Codes "unknown_error" for a type or code that is none, else "bad_fault"; messages name
// members without a place, so that the caller can say where the fault stands.
[[nodiscard]] base::Result<ApiFault> parse_api_fault(const document::Value& value);
[[nodiscard]] std::span<const std::string_view> api_fault_members();
[[nodiscard]] std::span<const std::string_view> api_fault_methods();  // that "method" takes
// What is wrong with an endpoint, a sentence without its place; nothing when it will do.
[[nodiscard]] std::optional<std::string> no_endpoint(const std::string& text);

struct StandingFault {
    std::string id;
    ApiFault fault;
    std::int64_t passed = 0;   // requests let through because of `after`
    std::int64_t applied = 0;  // requests that met it

    [[nodiscard]] bool used_up() const { return fault.times && applied >= *fault.times; }
    bool operator==(const StandingFault&) const = default;
};

// Faults in a row, in the order in which they were added. Not for several threads at once.
class StandingFaults {
public:
    static constexpr std::size_t kMost = 1'000;

    // Beyond the most there may be, the oldest that is used up makes room; code "too_many_faults" when none is.
    [[nodiscard]] base::Result<base::Done> add(std::string id, ApiFault fault);
    // Code "not_found".
    [[nodiscard]] base::Result<base::Done> remove(std::string_view id);
    void clear() { faults_.clear(); }
    [[nodiscard]] const std::vector<StandingFault>& all() const { return faults_; }

    // What the request meets, and is counted by.
    [[nodiscard]] std::optional<ApiFault> meet(const ApiRequest& request);

private:
    std::vector<StandingFault> faults_;
};

}  // namespace smartcar_sim::fault
