// Which mistake made a hash wrong, asked of a running platform: it knows the token and what is taken for it.
#include <array>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/text.h"
#include "delivery/explanation.h"
#include "document/writer.h"
#include "routes/context.h"
#include "routes/sim_answer.h"
#include "routes/sim_api.h"
#include "routes/sim_body.h"
#include "signature/explain.h"

namespace smartcar_sim::routes {

namespace {

using base::Error;
using base::Result;
using signature::Question;
using signature::Subject;

constexpr std::array<std::string_view, 7> kMembers{"body",     "challenge",   "signature", "answer",
                                                   "computed", "requestBody", "candidates"};

// The one of these members that is there, and its text.
Result<std::pair<std::string_view, std::string>> one_of(const document::Value& body,
                                                        std::span<const std::string_view> names, std::string_view why) {
    std::vector<std::pair<std::string_view, std::string>> found;
    for (const std::string_view name : names) {
        auto text = text_member(body, name);
        if (!text) return text.error();
        if (text.value()) found.emplace_back(name, *std::move(text).value());
    }
    if (found.size() == 1) return std::move(found.front());
    const std::string quoted = base::joined(base::all_quoted(names), ", ", " and ");
    if (!found.empty()) return Error{"bad_member", quoted + " do not go together; give one"};
    return Error{"missing_member", std::string(why) + ": one of " + quoted};
}

// {"candidates": {"SESSION_SECRET": "…"}}.
Result<std::vector<signature::Candidate>> candidates_of(const document::Value& body) {
    std::vector<signature::Candidate> candidates;
    const document::Value* given = body.find("candidates");
    if (given == nullptr || given->is_null()) return candidates;
    if (given->object() == nullptr) {
        return Error{"bad_member",
                     "/candidates is " + std::string(given->kind()) + ", not an object of names and values"};
    }
    candidates.reserve(given->object()->size());
    for (const auto& [name, value] : *given->object()) {
        if (value.string() == nullptr) {
            return Error{"bad_member", "/candidates has " + std::string(value.kind()) + " as " + base::quoted(name) +
                                           ", not a string"};
        }
        candidates.push_back({.name = name, .value = *value.string()});
    }
    return candidates;
}

Result<Question> question_of(const document::Value& body) {
    constexpr std::array<std::string_view, 2> kSubjects{"body", "challenge"};
    constexpr std::array<std::string_view, 2> kHashesOfBody{"signature", "computed"};
    constexpr std::array<std::string_view, 2> kHashesOfChallenge{"answer", "computed"};
    auto subject = one_of(body, kSubjects, "the body needs what was hashed");
    if (!subject) return subject.error();
    const bool challenge = subject.value().first == "challenge";
    for (const std::string_view other : {challenge ? "signature" : "answer", challenge ? "" : "requestBody"}) {
        if (const document::Value* found = body.find(other); found != nullptr && !found->is_null()) {
            return Error{"bad_member",
                         base::quoted(other) + " does not go with " + base::quoted(subject.value().first)};
        }
    }
    auto hash = one_of(body, challenge ? kHashesOfChallenge : kHashesOfBody, "the body needs one hash to look at");
    if (!hash) return hash.error();
    auto request_body = text_member(body, "requestBody");
    if (!request_body) return request_body.error();
    auto candidates = candidates_of(body);
    if (!candidates) return candidates.error();
    Question question;
    question.subject = challenge ? Subject::kChallenge : Subject::kBody;
    question.message = std::move(subject).value().second;
    question.received = std::move(hash).value().second;
    question.request_body = std::move(request_body).value().value_or("");
    question.other_keys = std::move(candidates).value();
    return question;
}

contract::Response explain(Context& context, const contract::Request& request, const Parameters&) {
    const auto said = read(request, {.members = kMembers});
    if (!said) return sim_error(said.error());
    auto asked = question_of(said.value().body);
    if (!asked) return sim_error(asked.error());
    Question question = std::move(asked).value();
    question.key = context.platform.application_management_token().reveal();
    for (auto& known : context.simulation.values_taken_for_the_token()) question.other_keys.push_back(std::move(known));

    std::string answer;
    document::Writer json(answer);
    json.begin_object().member("type", "explanation");
    delivery::write_members(json, signature::explain(question));
    json.end_object();
    return contract::json_response(200, std::move(answer));
}

constexpr std::array kRoutes{Route{"POST", "/_sim/explain", explain}};

}  // namespace

std::span<const Route> sim_explain() { return kRoutes; }

}  // namespace smartcar_sim::routes
