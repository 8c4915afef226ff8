#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "fault/api_fault.h"

namespace smartcar_sim::fault {
namespace {

using base::Done;
using base::Error;
using base::Result;
using document::Value;

constexpr auto kMembers =
    std::to_array<std::string_view>({"endpoint", "method", "vehicle", "type", "code", "status", "body", "contentType",
                                     "resolutionUrl", "retryAfter", "latency", "times", "after"});
constexpr std::array<std::string_view, 6> kMethods{"GET", "HEAD", "POST", "PUT", "PATCH", "DELETE"};

Error bad_fault(std::string message) { return {.code = "bad_fault", .message = std::move(message)}; }

// Of a value as written; absent and null are nothing.
const Value* present(const Value& fault, std::string_view name) {
    const Value* const value = fault.find(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

Error wrong_kind(std::string_view name, std::string_view wanted, const Value& value) {
    return bad_fault(base::quoted(name) + " is " + std::string(wanted) + ", not " + std::string(value.kind()));
}

Result<std::optional<std::string>> text_of(const Value& fault, std::string_view name) {
    const Value* const value = present(fault, name);
    if (value == nullptr) return std::optional<std::string>();
    if (value->string() == nullptr) return wrong_kind(name, "a string", *value);
    if (value->string()->empty()) return bad_fault(base::quoted(name) + " must not be empty");
    return std::optional(*value->string());
}

Result<std::optional<int>> number_of(const Value& fault, std::string_view name, std::int64_t low, std::int64_t high) {
    const Value* const value = present(fault, name);
    if (value == nullptr) return std::optional<int>();
    const std::string wanted = "a whole number from " + std::to_string(low) + " to " + std::to_string(high);
    if (value->integer() == nullptr) return wrong_kind(name, wanted, *value);
    if (*value->integer() < low || *value->integer() > high) {
        return bad_fault(base::quoted(name) + " is " + wanted + ", not " + std::to_string(*value->integer()));
    }
    return std::optional(static_cast<int>(*value->integer()));
}

// What goes only with another member: the first of them that is there without it.
std::optional<Error> stray(const Value& fault, std::span<const std::string_view> names, std::string_view needed) {
    for (const std::string_view name : names) {
        if (present(fault, name) != nullptr) {
            return bad_fault(base::quoted(name) + " goes with " + std::string(needed));
        }
    }
    return std::nullopt;
}

std::optional<Error> complaint_about_members(const Value& value) {
    if (value.object() == nullptr) {
        return bad_fault(R"(a fault is an object like {"endpoint": "/battery", "status": 503}, not )" +
                         std::string(value.kind()));
    }
    for (const auto& [name, member] : *value.object()) {
        if (std::ranges::find(api_fault_members(), name) != api_fault_members().end()) continue;
        return bad_fault("unknown member " + base::quoted(name) + document::did_you_mean(name, api_fault_members()));
    }
    return std::nullopt;
}

// --- for which requests -----------------------------------------------------------------------

Result<Done> read_requests(const Value& value, ApiFault& fault) {
    const auto endpoint = text_of(value, "endpoint");
    if (!endpoint) return endpoint.error();
    if (!endpoint.value()) return bad_fault(R"(a fault needs "endpoint": "/battery", or "*" for all)");
    if (const auto why = no_endpoint(*endpoint.value())) return bad_fault(R"("endpoint": )" + *why);
    const auto method = text_of(value, "method");
    if (!method) return method.error();
    const std::string asked = method.value().value_or("");
    if (!asked.empty() && std::ranges::find(kMethods, asked) == kMethods.end()) {
        return bad_fault("unknown method " + base::quoted(asked) +
                         document::meant_or_listed(asked, kMethods, "there are"));
    }
    const auto vehicle = text_of(value, "vehicle");
    if (!vehicle) return vehicle.error();
    fault.endpoint = *endpoint.value();
    fault.method = asked;
    fault.vehicle = vehicle.value().value_or("");
    return Done{};
}

Result<Done> read_frequency(const Value& value, ApiFault& fault) {
    const auto times = number_of(value, "times", 1, kMostTimesOfApiFault);
    if (!times) return times.error();
    const auto after = number_of(value, "after", 0, kMostTimesOfApiFault);
    if (!after) return after.error();
    fault.times = times.value();
    fault.after = after.value().value_or(0);
    return Done{};
}

// --- what happens -----------------------------------------------------------------------------

Result<std::optional<std::chrono::seconds>> retry_after_of(const Value& value) {
    const auto seconds = number_of(value, "retryAfter", 0, kLongestRetryAfter.count());
    if (!seconds) return seconds.error();
    return seconds.value() ? std::optional(std::chrono::seconds(*seconds.value())) : std::nullopt;
}

Result<contract::ApiError> read_error(const Value& value, std::string type) {
    const auto code = text_of(value, "code");
    if (!code) return code.error();
    if (contract::find_error_kind(type, code.value()) == nullptr) {
        return contract::no_such_error_kind(type, code.value());
    }
    const auto url = text_of(value, "resolutionUrl");
    if (!url) return url.error();
    const auto retry_after = retry_after_of(value);
    if (!retry_after) return retry_after.error();
    if (retry_after.value() && type != "RATE_LIMIT") {
        return bad_fault(R"("retryAfter" goes with "type": "RATE_LIMIT" or with "status")");
    }
    return contract::ApiError{.type = std::move(type),
                              .code = code.value(),
                              .resolution_url = url.value(),
                              .retry_after = retry_after.value()};
}

bool is_printable(std::string_view text) {
    return std::ranges::all_of(text, [](char each) { return each >= ' ' && each <= '~'; });
}

// A text leaves as it is, anything else as the JSON it is.
Result<Done> read_content(const Value& value, BareAnswer& answer) {
    const auto type = text_of(value, "contentType");
    if (!type) return type.error();
    if (type.value() && !is_printable(*type.value())) {
        return bad_fault(R"("contentType" is a header's value: printable ASCII)");
    }
    const Value* const body = value.find("body");
    if (body == nullptr) return type.value() ? bad_fault(R"("contentType" goes with "body")") : Result<Done>(Done{});
    constexpr int kNoContent = 204;
    constexpr int kNotModified = 304;
    if (answer.status == kNoContent || answer.status == kNotModified) {
        return bad_fault("an answer of " + std::to_string(answer.status) + R"( has no "body")");
    }
    if (body->string() != nullptr) {
        answer.body = *body->string();
    } else {
        auto text = document::write(*body);
        if (!text) return bad_fault(R"("body": )" + text.error().message);
        answer.body = std::move(text).value();
    }
    const std::string_view usual = body->string() == nullptr ? "application/json" : "text/plain; charset=utf-8";
    answer.content_type = type.value().value_or(std::string(usual));
    return Done{};
}

Result<BareAnswer> read_answer(const Value& value, int status) {
    BareAnswer answer{.status = status};
    const auto retry_after = retry_after_of(value);
    if (!retry_after) return retry_after.error();
    answer.retry_after = retry_after.value();
    const auto content = read_content(value, answer);
    if (!content) return content.error();
    return answer;
}

Result<Done> read_outcome(const Value& value, ApiFault& fault) {
    constexpr std::array<std::string_view, 2> kOfError{"code", "resolutionUrl"};
    constexpr std::array<std::string_view, 2> kOfAnswer{"body", "contentType"};
    constexpr std::array<std::string_view, 1> kOfBoth{"retryAfter"};
    auto type = text_of(value, "type");
    if (!type) return type.error();
    const auto status = number_of(value, "status", kLowestAnswer, kHighestAnswer);
    if (!status) return status.error();
    if (type.value() && status.value())
        return bad_fault(R"(a "type" has its own status; say one of "type" and "status")");
    if (!type.value()) {
        if (auto complaint = stray(value, kOfError, R"("type")")) return *std::move(complaint);
    }
    if (!status.value()) {
        if (auto complaint = stray(value, kOfAnswer, R"("status")")) return *std::move(complaint);
    }
    if (type.value()) {
        auto error = read_error(value, *std::move(type).value());
        if (!error) return error.error();
        fault.error = std::move(error).value();
    } else if (status.value()) {
        auto answer = read_answer(value, *status.value());
        if (!answer) return answer.error();
        fault.answer = std::move(answer).value();
    } else if (auto complaint = stray(value, kOfBoth, R"("type": "RATE_LIMIT" or with "status")")) {
        return *std::move(complaint);
    }
    return Done{};
}

Result<Done> read_latency(const Value& value, ApiFault& fault) {
    const auto text = text_of(value, "latency");
    if (!text) return text.error();
    if (!text.value()) return Done{};
    const auto latency = base::parse_duration(*text.value());
    if (!latency) return bad_fault(R"("latency": )" + latency.error().message);
    if (latency.value() > kLongestLatency) {
        return bad_fault(R"("latency" is at most )" + base::format_duration(kLongestLatency) + ", not " +
                         *text.value());
    }
    fault.latency = latency.value();
    return Done{};
}

}  // namespace

std::span<const std::string_view> api_fault_members() { return kMembers; }

std::span<const std::string_view> api_fault_methods() { return kMethods; }

std::optional<std::string> no_endpoint(const std::string& text) {
    if (text == "*") return std::nullopt;
    if (!text.starts_with('/')) return base::quoted(text) + " must begin with a slash, or be \"*\"";
    if (text.find("//") != std::string::npos) return base::quoted(text) + " has two slashes in a row";
    std::string_view rest = std::string_view(text).substr(1);
    if (rest.ends_with('/')) rest.remove_suffix(1);
    while (!rest.empty()) {
        const std::string_view segment = rest.substr(0, rest.find('/'));
        rest.remove_prefix(std::min(segment.size() + 1, rest.size()));
        if (segment.find_first_of("?# ") != std::string_view::npos) {
            return base::quoted(text) + " must be a path alone, without a query";
        }
        if (segment.find('*') != std::string_view::npos && (segment != "*" || !rest.empty())) {
            return base::quoted(text) + " may have a \"*\" only as its last segment";
        }
        const bool whole =
            segment.size() > 2 && segment.front() == '{' && segment.find_first_of("{}", 1) == segment.size() - 1;
        if (segment.find_first_of("{}") != std::string_view::npos && !whole) {
            return base::quoted(text) + " may have braces only around a whole segment, like /signals/{code}";
        }
    }
    return std::nullopt;
}

Result<ApiFault> parse_api_fault(const Value& value) {
    if (auto complaint = complaint_about_members(value)) return *std::move(complaint);
    ApiFault fault;
    for (const auto read : {read_requests, read_outcome, read_latency, read_frequency}) {
        const auto done = read(value, fault);
        if (!done) return done.error();
    }
    if (!fault.error && !fault.answer && fault.latency == base::Milliseconds(0)) {
        return bad_fault(R"(nothing happens; say "type" and "code", "status", or "latency")");
    }
    return fault;
}

}  // namespace smartcar_sim::fault
