// What can go wrong by order: with a delivery, and with the application's own calls.
#include "scenario/format_faults.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "contract/api_error.h"
#include "fault/api_fault.h"
#include "fault/plan.h"
#include "scenario/format_words.h"

namespace smartcar_sim::scenario::shapes {
namespace {

using document::Need;
using Kind = Shape::Kind;
using Words = std::vector<std::string_view>;

// --- deliveries -----------------------------------------------------------------------------------------

const Shape& signature_fault() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a signature fault", .words = fault::signature_faults()};
    return kShape;
}

const Shape& body_fault() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a body fault", .words = fault::body_faults()};
    return kShape;
}

const Shape& answer_fault() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "an answer fault", .words = {"lost"}};
    return kShape;
}

const Shape& count() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a whole number from 1 to 1000", .low = 1, .high = fault::kMostTimes};
    return kShape;
}

const Shape& flag_or_count() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {flag, count}};
    return kShape;
}

// --- the application's calls ---------------------------------------------------------------------------

// Of the errors there are: each once.
Words words_of(std::string_view contract::ErrorKind::* part) {
    Words words;
    for (const contract::ErrorKind& kind : contract::error_kinds()) {
        const std::string_view word = kind.*part;
        if (!word.empty() && std::ranges::find(words, word) == words.end()) words.push_back(word);
    }
    return words;
}

const Shape& called_endpoint() {
    // Segments, {parameters}, and a "*" or a slash at the end: what fault::no_endpoint() lets through.
    constexpr std::string_view kEndpointPattern =
        R"re(^(\*|(/([^/?# {}*]+|\{[^/?# {}*]+\}))+/?|(/([^/?# {}*]+|\{[^/?# {}*]+\}))*/(\*/?)?)$)re";
    static const Shape kShape{
        .kind = Kind::kText, .wanted = "an endpoint", .accepts = fault::no_endpoint, .pattern = kEndpointPattern};
    return kShape;
}

const Shape& error_type() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a type", .words = words_of(&contract::ErrorKind::type)};
    return kShape;
}

const Shape& error_code() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a code", .words = words_of(&contract::ErrorKind::code)};
    return kShape;
}

const Shape& answered_status() {
    static const Shape kShape{.kind = Kind::kInteger,
                              .wanted = "a status from 200 to 599",
                              .low = fault::kLowestAnswer,
                              .high = fault::kHighestAnswer};
    return kShape;
}

const Shape& seconds() {
    static const Shape kShape{.kind = Kind::kInteger,
                              .wanted = "a number of seconds, a day at most",
                              .high = fault::kLongestRetryAfter.count()};
    return kShape;
}

const Shape& how_many() {
    static const Shape kShape{.kind = Kind::kInteger,
                              .wanted = "a whole number from 1 to 1000000",
                              .low = 1,
                              .high = fault::kMostTimesOfApiFault};
    return kShape;
}

const Shape& how_many_or_none() {
    static const Shape kShape{
        .kind = Kind::kInteger, .wanted = "a whole number from 0 to 1000000", .high = fault::kMostTimesOfApiFault};
    return kShape;
}

const Shape& api_fault_word() {
    static const Shape kShape{.kind = Kind::kText, .wanted = "a word", .words = {"clear"}};
    return kShape;
}

}  // namespace

const Shape& fault_plan() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a fault",
        .fields = {{"signature", signature_fault, "a forged SC-Signature: sent once, never retried"},
                   {"body", body_fault, "a body changed after it was signed: sent once, never retried"},
                   {"duplicate", flag_or_count, "the same bytes once more, or that many times more"},
                   {"delay", duration, "platform time before the first attempt"},
                   {"answer", answer_fault, "the platform ignores the answer as if it had timed out, and tries again"},
                   {"times", count, "how many answers are lost; 1 when left out"}},
        .definition = "fault"};
    return kShape;
}

const Shape& api_fault_object() {
    static const Shape kShape{
        .kind = Kind::kObject,
        .wanted = "a fault of the API",
        .fields = {{"endpoint", called_endpoint,
                    R"("/battery", "/vehicles", "/signals/{code}", "/oauth/token"; "*" is all)", Need::kRequired},
                   {"method", method, "any when left out"},
                   {"vehicle", sentence, "an alias; when left out any call, about a vehicle or not"},
                   {"type", error_type, "of an error that `smartcar-sim list faults` names"},
                   {"code", error_code, "of the type; left out where it is null"},
                   {"status", answered_status, "instead of a type: of an answer that is in no table"},
                   {"body", anything, "of that answer: a text as it is, or JSON; none when left out"},
                   {"contentType", sentence, "of that body, when it is not what it looks like"},
                   {"resolutionUrl", sentence, "where the error says to go"},
                   {"retryAfter", seconds, "of RATE_LIMIT, or of a status: seconds to wait"},
                   {"latency", duration, "before the answer, on the wall clock; alone it only slows the call down"},
                   {"times", how_many, "how many calls; all when left out"},
                   {"after", how_many_or_none, "how many pass before the first that meets it"}},
        .definition = "apiFault"};
    return kShape;
}

const Shape& api_fault() {
    static const Shape kShape{.kind = Kind::kOneOf, .alternatives = {api_fault_word, api_fault_object}};
    return kShape;
}

}  // namespace smartcar_sim::scenario::shapes
