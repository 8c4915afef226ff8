#include "scenario/judge.h"

#include <algorithm>
#include <array>
#include <utility>

#include "base/text.h"
#include "contract/shown_headers.h"
#include "delivery/excerpt.h"
#include "delivery/explanation.h"
#include "delivery/retry.h"
#include "document/json.h"
#include "document/pointer.h"
#include "document/writer.h"
#include "scenario/match.h"
#include "signature/explain.h"

namespace smartcar_sim::scenario {

namespace {

const contract::Response* response_of(const delivery::Answer& answer) {
    return std::get_if<contract::Response>(&answer);
}

bool is_within(int status, const std::vector<StatusRange>& ranges) {
    return std::ranges::any_of(ranges,
                               [&](const StatusRange& range) { return status >= range.first && status <= range.last; });
}

std::string times_of(int attempts) { return attempts == 1 ? "1 attempt" : std::to_string(attempts) + " attempts"; }

// --- what is expected -----------------------------------------------------------------------------------

// When the expectation does not say what becomes of the delivery.
enum class Usual { kDelivered, kRejected, kDeliveredInTheEnd, kDropped };

Usual usual_of(const fault::Plan& fault) {
    if (fault.forges()) return Usual::kRejected;
    if (fault.lost_answers == 0) return Usual::kDelivered;
    return fault.lost_answers < delivery::RetryPolicy().attempts() ? Usual::kDeliveredInTheEnd : Usual::kDropped;
}

std::string_view describe(Usual usual) {
    switch (usual) {
        case Usual::kDelivered:
            return "delivered at the first attempt";
        case Usual::kRejected:
            return "rejected: any status but 2xx";
        case Usual::kDeliveredInTheEnd:
            return "delivered in the end";
        case Usual::kDropped:
            break;
    }
    return "dropped after 4 attempts";
}

std::string outcome_text(const Expectation& expect) {
    std::string attempts = expect.attempts ? times_of(*expect.attempts) : "";
    if (!expect.outcome) return attempts;
    const std::string outcome(name_of(*expect.outcome));
    return attempts.empty() ? outcome : outcome + " after " + attempts;
}

// --- a hash that explains a refusal ---------------------------------------------------------------------

bool is_hash_digit(char letter) {
    return (letter >= '0' && letter <= '9') || (letter >= 'a' && letter <= 'f') || (letter >= 'A' && letter <= 'F');
}

// What stands in an answer that could be a SHA-256 in hex: some receivers say what they computed.
std::vector<std::string> hashes_in(std::string_view text) {
    constexpr std::size_t kDigits = 64;
    std::vector<std::string> hashes;
    while (!text.empty()) {
        const auto begin = std::ranges::find_if(text, is_hash_digit);
        text.remove_prefix(static_cast<std::size_t>(begin - text.begin()));
        const auto end = std::ranges::find_if_not(text, is_hash_digit);
        const std::string digits(text.begin(), end);
        if (digits.size() == kDigits && std::ranges::find(hashes, digits) == hashes.end()) hashes.push_back(digits);
        text.remove_prefix(digits.size());
    }
    return hashes;
}

// The mistake behind a hash that a refusing callback says it computed; empty when it says none, or no known one.
std::pair<std::string, std::string> mistake_told(const delivery::Attempt& attempt, const Keys& keys) {
    constexpr std::size_t kMostHashes = 4;
    const contract::Response* const response = response_of(attempt.answer);
    if (response == nullptr) return {};
    const auto sent = attempt.request.headers.get("SC-Signature");
    std::vector<std::string> hashes = hashes_in(response->body);
    if (sent) std::erase(hashes, *sent);
    if (hashes.empty()) return {};
    hashes.resize(std::min(hashes.size(), kMostHashes));
    signature::Explainer explainer({.subject = signature::Subject::kBody,
                                    .message = attempt.request.body,
                                    .key = keys.token.reveal(),
                                    .other_keys = keys.others,
                                    .language = delivery::language_of(*response)});
    for (const std::string& hash : hashes) {
        const auto explanation = explainer.explain(hash);
        if (explanation.mistake) {
            return {"the answer names a hash; " + explanation.says + " (" + *explanation.mistake + ")",
                    explanation.fix};
        }
    }
    return {};
}

// A callback that answered the challenge rightly has the token: what it hashes of an event is something else than its
// body. That is the most frequent mistake of all.
constexpr std::string_view kHashRawBytes =
    "The challenge was answered rightly, so the callback has the token. If it was the signature that it refused, it "
    "hashes another text than the body as it came: take the raw bytes of the request, before anything parses or prints "
    "them. "
    "`smartcar-sim explain --body FILE --computed HASH` names the mistake behind a hash that your code computes.";

bool is_refusal(int status) {
    constexpr std::array kRefusals{400, 401, 403, 419, 422};
    return std::ranges::find(kRefusals, status) != kRefusals.end();
}

std::string fix_for(const delivery::Attempt& attempt, Key key) {
    if (const auto* failure = std::get_if<delivery::Failure>(&attempt.answer)) {
        return std::string(delivery::fix_for(failure->kind));
    }
    const contract::Response& response = *response_of(attempt.answer);
    if (key == Key::kProved && is_refusal(response.status)) return std::string(kHashRawBytes);
    return delivery::fix_for(response.status, std::string(response.headers.get("location").value_or("")));
}

// --- complaints -----------------------------------------------------------------------------------------

// "verify" means that it has to be.
Expectation with_verified(Expectation expect) {
    if (expect.status.empty() && !expect.verified) expect.verified = true;
    return expect;
}

bool says_nothing(const Expectation& expect) {
    return !expect.says_outcome() && !expect.asks_answer() && expect.events.empty() && !expect.verified;
}

class Complaints {
public:
    Complaints(const Exchange& exchange, std::size_t index) : actual_(answer_line(exchange)), index_(index) {}

    Complaint& add(std::string expected) { return add(std::move(expected), actual_); }
    Complaint& add(std::string expected, std::string actual) {
        return found_.emplace_back(
            Complaint{.expected = std::move(expected), .actual = std::move(actual), .exchange = index_});
    }
    void add(std::optional<Complaint> complaint) {
        if (complaint) found_.emplace_back(*std::move(complaint)).exchange = index_;
    }
    [[nodiscard]] std::vector<Complaint> take() { return std::move(found_); }

private:
    const std::string actual_;
    const std::size_t index_;
    std::vector<Complaint> found_;
};

void judge_headers(const contract::Response& response, const Expectation& expect, const Lookup& lookup,
                   Complaints& complaints) {
    for (const auto& [name, wanted] : expect.headers) {
        const auto given = response.headers.get(name);
        const document::Value value(std::string(given.value_or("")));
        complaints.add(judge_value("header " + name, wanted, given ? &value : nullptr, lookup));
    }
}

void judge_body(const contract::Response& response, const Expectation& expect, const Lookup& lookup,
                Complaints& complaints) {
    if (expect.body.empty()) return;
    const auto body = document::parse(response.body);
    if (!body) {
        complaints.add("a body in JSON", delivery::excerpt(response.body)).why = body.error().message;
        return;
    }
    for (const auto& [pointer, wanted] : expect.body) {
        const auto ready = fill_in(std::string_view(pointer), lookup);
        if (!ready) {
            complaints.add("body " + pointer, ready.error().message);
            continue;
        }
        const auto found = document::find(body.value(), ready.value());
        complaints.add(judge_value("body " + ready.value(), wanted, found ? found.value() : nullptr, lookup));
    }
}

void judge_time(base::Milliseconds took, const Expectation& expect, Complaints& complaints) {
    if (!expect.within || took <= *expect.within) return;
    complaints.add("an answer within " + base::format_duration(*expect.within), base::format_duration(took));
}

// What the step says of the answer, apart from whether the delivery succeeded.
void judge_particulars(const Exchange& exchange, const Expectation& expect, const Lookup& lookup,
                       Complaints& complaints) {
    judge_time(exchange.took, expect, complaints);
    const contract::Response* const response = response_of(exchange.answer);
    if (response != nullptr) {
        judge_headers(*response, expect, lookup, complaints);
        judge_body(*response, expect, lookup, complaints);
    } else if (!expect.headers.empty() || !expect.body.empty()) {
        complaints.add("an answer");
    }
}

void complain_of_acceptance(const fault::Plan& fault, std::string expected, Complaints& complaints) {
    Complaint& complaint = complaints.add(std::move(expected));
    complaint.why = fault.body != fault::BodyFault::kNone
                        ? "the callback accepted a body that is not the one that was signed"
                        : "the callback accepted an event that nobody with the token signed";
    complaint.fix =
        "Compute the HMAC-SHA256 of the raw body with the token, compare it with SC-Signature, and answer 401 when "
        "they differ or when there is no SC-Signature.";
}

void advise(Complaint& complaint, const delivery::Attempt& attempt, Key key, const Keys& keys) {
    std::tie(complaint.why, complaint.fix) = mistake_told(attempt, keys);
    if (complaint.fix.empty()) complaint.fix = fix_for(attempt, key);
}

// A text in quotes, anything else as its JSON.
std::string shown(const document::Value& value) {
    if (value.string() != nullptr) return delivery::excerpt(*value.string());
    const std::string quoted = delivery::excerpt(as_json(value));
    const std::size_t end = quoted.rfind('"');
    return quoted.substr(1, end - 1) + quoted.substr(end + 1);
}

}  // namespace

std::optional<Complaint> judge_value(const std::string& what, const Matcher& wanted, const document::Value* found,
                                     const Lookup& lookup) {
    const auto matcher = fill_in(wanted, lookup);
    const auto complaint = [&](std::string actual) {
        return Complaint{.expected = what + " " + describe(matcher ? matcher.value() : wanted),
                         .actual = std::move(actual)};
    };
    if (!matcher) return complaint(matcher.error().message);
    if (found == nullptr) return complaint("there is none");
    if (holds(matcher.value(), *found)) return std::nullopt;
    const bool too_long = matcher.value().kind == Matcher::Kind::kMatches && found->string() != nullptr &&
                          found->string()->size() > kLongestMatched;
    if (!too_long) return complaint(shown(*found));
    return complaint("a text of " + std::to_string(found->string()->size()) + " bytes; only up to " +
                     std::to_string(kLongestMatched) + " are searched");
}

std::string describe(const std::vector<StatusRange>& status) {
    std::vector<std::string> items;
    items.reserve(status.size());
    for (const StatusRange& range : status) {
        items.push_back(range.first == range.last ? std::to_string(range.first)
                                                  : std::to_string(range.first / 100) + "xx");
    }
    return base::joined(items, " or ");
}

std::string expected_of(const Demand& demand) {
    const Expectation& expect = demand.expect;
    std::vector<std::string> parts;
    if (expect.verified) parts.emplace_back(*expect.verified ? "verified" : "not verified");
    if (!expect.status.empty()) parts.push_back("status " + describe(expect.status));
    if (expect.rejected) parts.emplace_back(describe(Usual::kRejected));
    if (const std::string outcome = outcome_text(expect); !outcome.empty()) parts.push_back(outcome);
    if (!expect.says_outcome() && !expect.verified) parts.emplace_back(describe(usual_of(demand.fault)));
    if (expect.within) parts.push_back("within " + base::format_duration(*expect.within));
    if (const auto& events = expect.events.in(demand.version)) {
        parts.push_back(events->empty() ? "no event" : "events " + base::joined(*events, ", "));
    }
    for (const auto& [name, wanted] : expect.headers) parts.push_back("header " + name + " " + describe(wanted));
    for (const auto& [pointer, wanted] : expect.body) parts.push_back("body " + pointer + " " + describe(wanted));
    return base::joined(parts, ", ");
}

bool awaits_outcome(const Demand& demand) {
    if (demand.expect.attempts || demand.expect.outcome) return true;
    return !demand.expect.says_outcome() && demand.fault.lost_answers > 0 && !demand.fault.forges();
}

std::vector<Complaint> judge_delivery(const delivery::Delivery& delivery, const Demand& demand, std::size_t first,
                                      const Keys& keys, const Lookup& lookup) {
    const Expectation& expect = demand.expect;
    // A delivery that is judged late may have been tried again meanwhile.
    const bool by_the_end = awaits_outcome(demand);
    const delivery::Attempt& judged = by_the_end ? delivery.attempts.back() : delivery.attempts.front();
    const std::size_t index = first + (by_the_end ? delivery.attempts.size() - 1 : 0);
    const Exchange exchange = exchange_of(judged, delivery.event_name);
    const contract::Response* const response = response_of(judged.answer);
    Complaints complaints(exchange, index);

    const auto refused = [&](std::string expected) {
        Complaint& complaint = complaints.add(std::move(expected));
        // Refused it was, as a forgery has to be: nothing about the signature is to be put right.
        if (!demand.fault.forges()) advise(complaint, judged, demand.key, keys);
    };
    if (!expect.status.empty() && (response == nullptr || !is_within(response->status, expect.status))) {
        refused("status " + describe(expect.status));
    }
    const Usual usual = usual_of(demand.fault);
    if (expect.rejected || (!expect.says_outcome() && usual == Usual::kRejected)) {
        const std::string expected(describe(Usual::kRejected));
        if (response == nullptr) {
            complaints.add(expected).fix = fix_for(judged, demand.key);
        } else if (judged.succeeded()) {
            complain_of_acceptance(demand.fault, expected, complaints);
        }
    }
    if (!expect.says_outcome()) {
        const bool delivered = delivery.outcome == delivery::Outcome::kDelivered;
        if (usual == Usual::kDelivered && !judged.succeeded()) {
            refused(std::string(describe(usual)));
        }
        if (usual == Usual::kDeliveredInTheEnd && !delivered) refused(std::string(describe(usual)));
        if (usual == Usual::kDropped && delivered) complaints.add(std::string(describe(usual)));
    }
    const int attempts = static_cast<int>(delivery.attempts.size());
    if ((expect.attempts && *expect.attempts != attempts) || (expect.outcome && *expect.outcome != delivery.outcome)) {
        Complaint& complaint =
            complaints.add(outcome_text(expect), std::string(name_of(delivery.outcome)) + " after " +
                                                     times_of(attempts) + "; the last: " + answer_line(exchange));
        if (delivery.outcome == delivery::Outcome::kDropped) {
            advise(complaint, judged, demand.key, keys);
        }
    }
    judge_particulars(exchange, expect, lookup, complaints);
    return complaints.take();
}

std::vector<Complaint> judge_events(const std::vector<std::string>& events, const Demand& demand) {
    const auto& wanted = demand.expect.events.in(demand.version);
    if (!wanted) return {};
    const auto sorted = [](std::vector<std::string> names) {
        std::ranges::sort(names);
        return names;
    };
    if (sorted(events) == sorted(*wanted)) return {};
    return {{.expected = wanted->empty() ? "no event" : "events " + base::joined(*wanted, ", "),
             .actual = events.empty() ? "none" : base::joined(events, ", ")}};
}

bool sends_events(const Step& step) { return std::ranges::find(kSendingSteps, step.kind) != kSendingSteps.end(); }

std::string expected_sentence(const Step& step, const Demand& demand) {
    if (step.kind == "verify")
        return expected_of({.expect = with_verified(step.expect), .fault = {}, .version = demand.version});
    if (step.kind == "send" || step.kind == "set" || step.kind == "test" || !says_nothing(step.expect)) {
        return expected_of(demand);
    }
    return "";
}

std::string fix_for_reach(const Step& step, bool kept_from) {
    const auto* set = std::get_if<Set>(&step.action);
    if (set == nullptr) return "";
    if (kept_from) return R"(If it is meant to reach nobody, say so: "expect": {"events": []}.)";
    if (!set->state.empty()) return "";
    return R"(A change of permissions sends nothing by itself: send {"event": "VEHICLE_ERROR", "errors": [{"type": )"
           R"("PERMISSION"}]}, and the same with "state": "RESOLVED" when they are back.)";
}

std::optional<Complaint> complaint_about_reach(const Step& step, const Demand& demand,
                                               const std::vector<platform::Skipped>& skipped, Reach reach,
                                               const std::function<std::string(const std::string&)>& alias_of) {
    if (reach == Reach::kSomebody) return std::nullopt;
    const auto& events = demand.expect.events.in(demand.version);
    if (events && events->empty()) return std::nullopt;
    const bool kept_from = std::ranges::any_of(skipped, [](const platform::Skipped& one) {
        return one.reason != platform::SkipReason::kOtherType && one.reason != platform::SkipReason::kEventNotSelected;
    });
    const bool has_to = step.kind == "send" || step.kind == "test" || demand.expect.says_outcome() ||
                        demand.expect.asks_answer() || (events && !events->empty()) ||
                        (step.kind == "set" && kept_from);
    if (!has_to) return std::nullopt;
    std::vector<std::string> reasons;
    for (const platform::Skipped& one : skipped) {
        const auto lines = platform::skip_reasons();
        const auto line = std::ranges::find(lines, name_of(one.reason), &platform::SkipReasonLine::id);
        reasons.push_back("webhook \"" + alias_of(one.webhook_id) + "\": " + std::string(name_of(one.reason)) +
                          (line == lines.end() ? "" : ", " + std::string(line->says)));
    }
    return Complaint{.expected = "the event reaches a webhook",
                     .actual = skipped.empty() ? "it set off no event" : "it reached none",
                     .why = base::joined(reasons, "; "),
                     .fix = fix_for_reach(step, kept_from)};
}

std::vector<Complaint> judge_verification(const delivery::Verdict& verdict, const Expectation& expect,
                                          const Exchange& exchange, std::size_t index, const Lookup& lookup) {
    Complaints complaints(exchange, index);
    const bool wanted = expect.verified.value_or(true);
    const bool status_alone = !expect.verified && !expect.status.empty();
    if (!status_alone && verdict.verified != wanted) {
        std::string actual = answer_line(exchange);
        if (!verdict.reason.empty()) {
            actual = verdict.reason + (verdict.mistake ? " (" + *verdict.mistake + ")" : "") + ": " + actual;
        }
        Complaint& complaint = complaints.add(wanted ? "verified" : "not verified", std::move(actual));
        complaint.why = verdict.says;
        complaint.fix = verdict.fix;
    }
    if (!expect.status.empty() && (!verdict.status || !is_within(*verdict.status, expect.status))) {
        complaints.add("status " + describe(expect.status));
    }
    judge_particulars(exchange, expect, lookup, complaints);
    return complaints.take();
}

std::vector<Complaint> judge_answer(const Exchange& exchange, std::size_t index, const Expectation& expect,
                                    const std::vector<StatusRange>& fallback, const Lookup& lookup) {
    Complaints complaints(exchange, index);
    const std::vector<StatusRange>& wanted = expect.status.empty() ? fallback : expect.status;
    const contract::Response* const response = response_of(exchange.answer);
    if (response == nullptr || !is_within(response->status, wanted)) {
        Complaint& complaint = complaints.add("status " + describe(wanted));
        if (const auto* failure = std::get_if<delivery::Failure>(&exchange.answer)) {
            complaint.fix = delivery::fix_for(failure->kind);
        }
    }
    judge_particulars(exchange, expect, lookup, complaints);
    return complaints.take();
}

Exchange exchange_of(const delivery::Attempt& attempt, const std::string& title) {
    Exchange exchange{.title = title,
                      .url = attempt.url,
                      .request = attempt.request,
                      .answer = attempt.answer,
                      .lost = attempt.lost,
                      .at = attempt.at,
                      .took = attempt.took};
    exchange.request.headers = contract::shown_delivery_headers(attempt.request.headers);
    return exchange;
}

}  // namespace smartcar_sim::scenario
