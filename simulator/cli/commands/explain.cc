#include "signature/explain.h"

#include <istream>
#include <utility>

#include "base/text.h"
#include "cli/candidates.h"
#include "cli/captured_request.h"
#include "cli/commands/commands.h"
#include "cli/input.h"
#include "cli/token.h"
#include "delivery/explanation.h"
#include "delivery/verification.h"
#include "document/writer.h"
#include "platform/development_values.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;
using signature::Explanation;
using signature::Question;
using signature::Subject;

Error wrong_use(std::string message) { return {"wrong_options", std::move(message)}; }

std::string name_of(OptionId id) { return "--" + std::string(option(id).name); }

// What was hashed and what came of it; which options go together is decided here alone.
Result<Question> subject_of(const Settings& settings) {
    const bool challenge = settings.has(OptionId::kChallenge);
    if (!challenge && !settings.has(OptionId::kBody)) {
        return wrong_use("explain needs what was hashed: --body FILE or --challenge TEXT");
    }
    const OptionId own = challenge ? OptionId::kAnswer : OptionId::kSignature;
    const OptionId others = challenge ? OptionId::kSignature : OptionId::kAnswer;
    if (settings.has(others)) {
        return wrong_use(name_of(others) + " does not go with " + (challenge ? "--challenge" : "--body") + ", " +
                         name_of(own) + " does");
    }
    if (settings.has(own) == settings.has(OptionId::kComputed)) {
        return wrong_use("explain needs one hash to look at: " + name_of(own) + " or --computed");
    }
    Question question;
    question.subject = challenge ? Subject::kChallenge : Subject::kBody;
    question.received = settings.text(settings.has(own) ? own : OptionId::kComputed);
    return question;
}

// The same of a captured request. One with a challenge and an answer to it, or no signature, is about the challenge.
Result<Question> subject_of(const Settings& settings, CapturedRequest request) {
    for (const OptionId id : {OptionId::kBody, OptionId::kChallenge}) {
        if (settings.has(id)) return wrong_use(name_of(id) + " does not go with --request, which brings it along");
    }
    const bool answered = settings.has(OptionId::kAnswer);
    const bool challenge = request.challenge && (answered || !request.signature);
    if (answered && !challenge) return wrong_use("--answer needs a challenge, and there is none in the request");
    if (challenge && settings.has(OptionId::kSignature)) {
        return wrong_use("--signature does not go with a request that carries a challenge, --answer does");
    }
    Question question;
    question.subject = challenge ? Subject::kChallenge : Subject::kBody;
    for (const OptionId id : {OptionId::kAnswer, OptionId::kSignature, OptionId::kComputed}) {
        if (!settings.has(id)) continue;
        if (!question.received.empty()) return wrong_use("explain needs one hash to look at, and not two");
        question.received = settings.text(id);
    }
    const bool told = answered || settings.has(OptionId::kSignature) || settings.has(OptionId::kComputed);
    if (challenge && !told) {
        return wrong_use("the request carries a challenge: give what came back with --answer, or --computed");
    }
    if (!told && !request.signature) {
        return wrong_use("the request has no SC-Signature: give the hash with --signature or --computed");
    }
    if (!told) question.received = *request.signature;
    question.message = challenge ? *request.challenge : request.body;
    if (challenge) question.request_body = std::move(request.body);
    return question;
}

// What the development set-up has beside the token, then what the user named.
Result<std::vector<signature::Candidate>> candidates_of(const Settings& settings) {
    std::vector<signature::Candidate> all{
        {.name = "client-id", .value = std::string(platform::kDevelopmentClientId)},
        {.name = "client-secret", .value = std::string(platform::kDevelopmentClientSecret)},
        {.name = "webhook-id", .value = platform::development_webhook_id(0)},
    };
    for (const std::string& pair : settings.list(OptionId::kCandidate)) {
        auto candidate = read_candidate(pair);
        if (!candidate) return candidate.error();
        all.push_back(std::move(candidate).value());
    }
    for (const std::string& path : settings.list(OptionId::kCandidatesFrom)) {
        auto found = read_candidates(path);
        if (!found) return found.error();
        for (auto& candidate : found.value()) all.push_back(std::move(candidate));
    }
    return all;
}

// What was hashed, and the hash, from wherever they are.
Result<Question> asked(const Settings& settings, std::istream& in) {
    if (settings.has(OptionId::kRequest)) {
        const std::string file = settings.text(OptionId::kRequest);
        const auto text = read_input(file, in);
        if (!text) return text.error();
        auto request = read_captured_request(text.value(), file == "-" ? "stdin" : file);
        if (!request) return request.error();
        return subject_of(settings, std::move(request).value());
    }
    auto subject = subject_of(settings);
    if (!subject) return subject.error();
    Question question = std::move(subject).value();
    std::string body;
    if (settings.has(OptionId::kBody)) {
        auto bytes = read_input(settings.text(OptionId::kBody), in);
        if (!bytes) return bytes.error();
        body = std::move(bytes).value();
    }
    const bool challenge = question.subject == Subject::kChallenge;
    question.message = challenge ? settings.text(OptionId::kChallenge) : body;
    if (challenge) question.request_body = std::move(body);
    return question;
}

// The question, and whose its key is.
Result<std::pair<Question, base::Secret::Origin>> question_of(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    auto read = asked(settings, surroundings.in);
    if (!read) return read.error();
    Question question = std::move(read).value();

    const auto token = application_management_token(settings, terminal);
    if (!token) return token.error();
    question.key = token.value().reveal();

    auto candidates = candidates_of(settings);
    if (!candidates) return candidates.error();
    question.other_keys = std::move(candidates).value();
    return std::pair(std::move(question), token.value().origin());
}

std::string explanation_object(const Explanation& explanation) {
    std::string line;
    document::Writer writer(line);
    writer.begin_object().member("type", "explanation");
    delivery::write_members(writer, explanation);
    writer.end_object();
    return line;
}

std::string explanation_text(const Explanation& explanation, const Terminal& terminal) {
    if (explanation.valid) return terminal.paint(Colour::kGood, "valid") + ": " + explanation.says;
    std::string text = terminal.paint(Colour::kBad, "not valid");
    if (explanation.mistake) text += " (" + *explanation.mistake + ")";
    text += ": " + explanation.says;
    if (!explanation.fix.empty()) text += "\nfix: " + explanation.fix;
    if (!explanation.also_possible.empty()) {
        text += "\nalso possible, the bytes are the same: " + base::joined(explanation.also_possible, ", ");
    }
    const char* tried = explanation.tried == 1 ? " hash tried" : " hashes tried";
    return text + "\n" + terminal.paint(Colour::kDim, std::to_string(explanation.tried) + tried);
}

}  // namespace

ExitCode run_explain(const Invocation& invocation) {
    Terminal& terminal = invocation.terminal;
    const auto question = question_of(invocation);
    if (!question) return terminal.fail(exit_code_of(question.error()), question.error());
    Explanation explanation = signature::explain(question.value().first);
    if (signature::key_in_doubt(explanation) && question.value().second == base::Secret::Origin::kInvented) {
        explanation.fix = std::string(delivery::kKeyOfTheSimulator) + " " + explanation.fix;
    }
    terminal.print(terminal.json() ? explanation_object(explanation) : explanation_text(explanation, terminal));
    return explanation.valid ? ExitCode::kHeld : ExitCode::kFailed;
}

}  // namespace smartcar_sim::cli
