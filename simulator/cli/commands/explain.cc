#include "signature/explain.h"

#include <utility>

#include "base/text.h"
#include "cli/candidates.h"
#include "cli/commands/commands.h"
#include "cli/input.h"
#include "cli/token.h"
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

// What was hashed and what came of it; which options go together is decided here alone.
Result<Question> subject_of(const Settings& settings) {
    const bool challenge = settings.has(OptionId::kChallenge);
    if (!challenge && !settings.has(OptionId::kBody)) {
        return wrong_use("explain needs what was hashed: --body FILE or --challenge TEXT");
    }
    const OptionId own = challenge ? OptionId::kAnswer : OptionId::kSignature;
    const OptionId others = challenge ? OptionId::kSignature : OptionId::kAnswer;
    const std::string own_name = "--" + std::string(option(own).name);
    if (settings.has(others)) {
        return wrong_use("--" + std::string(option(others).name) + " does not go with --" +
                         (challenge ? "challenge" : "body") + ", " + own_name + " does");
    }
    if (settings.has(own) == settings.has(OptionId::kComputed)) {
        return wrong_use("explain needs one hash to look at: " + own_name + " or --computed");
    }
    Question question;
    question.subject = challenge ? Subject::kChallenge : Subject::kBody;
    question.received = settings.text(settings.has(own) ? own : OptionId::kComputed);
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

// The question, and whose its key is.
Result<std::pair<Question, base::Secret::Origin>> question_of(const Invocation& invocation) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    auto subject = subject_of(settings);
    if (!subject) return subject.error();
    Question question = std::move(subject).value();

    std::string body;
    if (settings.has(OptionId::kBody)) {
        auto bytes = read_input(settings.text(OptionId::kBody), surroundings.in);
        if (!bytes) return bytes.error();
        body = std::move(bytes).value();
    }
    const bool challenge = question.subject == Subject::kChallenge;
    question.message = challenge ? settings.text(OptionId::kChallenge) : body;
    if (challenge) question.request_body = std::move(body);

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
    writer.begin_object().member("type", "explanation").member("valid", explanation.valid).key("mistake");
    explanation.mistake ? writer.value(*explanation.mistake) : writer.null();
    writer.key("alsoPossible").begin_array();
    for (const std::string& id : explanation.also_possible) writer.value(id);
    writer.end_array().member("says", explanation.says).member("fix", explanation.fix);
    writer.member("tried", explanation.tried).end_object();
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
