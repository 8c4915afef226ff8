#include "audit/diagnosis.h"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstddef>
#include <utility>
#include <vector>

#include "audit/judging.h"
#include "base/text.h"
#include "delivery/explanation.h"
#include "signature/explain.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::audit {
namespace {

constexpr base::Milliseconds kLongest = std::chrono::seconds(10);  // for all offers together

bool speaks_of_signature(const contract::Response& response) {
    constexpr std::array kStatuses{400, 401, 403, 422};
    return std::ranges::count(kStatuses, response.status) > 0;
}

// Whether it now takes a hash that no code makes, as one does that knows the event's id by now and looks no further.
bool accepts_any(Examination& examination, const Event& event) {
    const std::string nonsense = signature::hmac_sha256_hex("no callback has this key", event.id);
    const Letter letter = examination.forged("the same event with a hash that no code makes", event, {nonsense});
    const delivery::Exchange exchange = examination.attempt(letter);
    const auto* response = std::get_if<contract::Response>(&exchange.answer);
    return response != nullptr && contract::is_success(response->status);
}

// The first of these hashes that is accepted as the event's signature.
std::optional<std::string> accepted_of(Examination& examination, const Event& event,
                                       const std::vector<std::string>& hashes) {
    const base::Milliseconds until = examination.line().elapsed() + kLongest;
    for (const std::string& hash : hashes) {
        const bool over = examination.line().elapsed() > until || examination.time_is_up();
        if (over || examination.line().called_off()) return std::nullopt;
        const Letter letter = examination.forged("the same event with a hash that wrong code makes", event, {hash});
        delivery::Exchange exchange = examination.attempt(letter);
        const auto* response = std::get_if<contract::Response>(&exchange.answer);
        if (response == nullptr) return std::nullopt;
        if (speaks_of_signature(*response)) continue;
        if (!contract::is_success(response->status)) return std::nullopt;  // 429: enough
        if (accepts_any(examination, event)) return std::nullopt;
        examination.keep(letter, std::move(exchange));
        return hash;
    }
    return std::nullopt;
}

// Of the bodies of the raw-bytes family, which were accepted.
struct Trial {
    const std::string* body;
    bool accepted;
};

std::vector<Trial> trials_in(std::span<const Finding> findings) {
    std::vector<Trial> trials;
    for (const Finding& finding : findings) {
        if (finding.family != Family::kRawBytes || finding.exchanges.empty()) continue;
        const Sent& sent = finding.exchanges.back();
        const contract::Response* response = response_of(sent);
        if (response == nullptr) continue;
        if (is_success(sent) || speaks_of_signature(*response))
            trials.push_back({&sent.request.body, is_success(sent)});
    }
    return trials;
}

}  // namespace

void diagnose(Examination& examination, const Event& event, const Sent& refused, Outcome& outcome) {
    const contract::Response* response = response_of(refused);
    if (response == nullptr) return;
    if (!speaks_of_signature(*response)) {
        outcome.fix = delivery::fix_for(response->status, response->headers.get("location").value_or(""));
        return;
    }
    const Subject& subject = examination.subject();
    signature::Explainer explainer({.subject = signature::Subject::kBody,
                                    .message = event.body,
                                    .key = subject.token.reveal(),
                                    .other_keys = subject.other_keys,
                                    .language = delivery::language_of(*response)});
    const auto hash = accepted_of(examination, event, explainer.wrong_hashes());
    if (!hash) return;
    const signature::Explanation explanation = explainer.explain(*hash);
    outcome.mistake = explanation.mistake;
    outcome.fix = explanation.fix;
    outcome.note = "It accepts another hash as the signature, which says what it computes. " + explanation.says;
    if (!explanation.also_possible.empty()) {
        outcome.note +=
            " Other mistakes that make the same hash: " + base::joined(explanation.also_possible, ", ") + ".";
    }
}

std::optional<std::string> print_told_by(std::span<const Finding> findings) {
    const std::vector<Trial> trials = trials_in(findings);
    // Fewer would fit many by chance.
    constexpr std::ptrdiff_t kFewest = 3;
    const auto accepted = std::ranges::count(trials, true, &Trial::accepted);
    const auto refused = std::ranges::count(trials, false, &Trial::accepted);
    if (accepted < kFewest || refused < kFewest) return std::nullopt;
    std::vector<std::string_view> names;
    for (const signature::Runtime runtime : signature::runtimes()) {
        const bool fits = std::ranges::all_of(trials, [&](const Trial& trial) {
            return (signature::written_by(runtime, *trial.body) == *trial.body) == trial.accepted;
        });
        if (fits) names.push_back(signature::name_of(runtime));
    }
    if (names.empty()) return std::nullopt;
    return "Of the awkward bodies it accepted exactly those that do not change when they are parsed and printed by " +
           base::joined(names, ", ", " or ") +
           ": it hashes its own print of the parsed body, and not the bytes that came.";
}

}  // namespace smartcar_sim::audit
