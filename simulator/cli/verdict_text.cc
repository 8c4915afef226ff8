#include "cli/verdict_text.h"

#include <string_view>

#include "cli/server_client.h"
#include "delivery/excerpt.h"
#include "document/writer.h"

namespace smartcar_sim::cli {

namespace {

// A hash as it came, so that it lines up with the expected one; in quotes when something had to be cut or replaced.
std::string shown(const std::string& received) {
    std::string quoted = delivery::excerpt(received);
    return quoted == "\"" + received + "\"" ? received : quoted;
}

// A sentence may quote what the callback sent: C0 and C1 controls become "?".
std::string without_controls(std::string_view sentence) {
    std::string text;
    for (std::size_t at = 0; at < sentence.size(); ++at) {
        const auto byte = static_cast<unsigned char>(sentence[at]);
        const bool c1 = byte == 0xc2 && at + 1 < sentence.size() && static_cast<unsigned char>(sentence[at + 1]) < 0xa0;
        if (c1) ++at;
        text += c1 || byte < 0x20 || byte == 0x7f ? '?' : sentence[at];
    }
    return text;
}

}  // namespace

VerdictText verdict_text(const simulation::Verification& verification, const platform::Webhook& webhook) {
    const delivery::Verdict& verdict = verification.verdict;
    VerdictText text{.webhook_id = webhook.id,
                     .callback = webhook.settings.callback.text(),
                     .verified = verdict.verified,
                     .reason = verdict.reason,
                     .mistake = verdict.mistake.value_or(""),
                     .error = verdict.failure ? std::string(name_of(*verdict.failure)) : "",
                     .says = verdict.says,
                     .fix = verdict.fix,
                     .warnings = verdict.warnings,
                     .status = std::nullopt,
                     .challenge = verification.challenge,
                     .expected = verdict.expected,
                     .received = verdict.received,
                     .milliseconds = verification.attempt.took.count()};
    if (verdict.status) text.status = *verdict.status;
    return text;
}

VerdictText verdict_text(const document::Value& answer, std::string webhook_id) {
    VerdictText text;
    text.webhook_id = std::move(webhook_id);
    text.callback = text_of(answer, "callbackUri");
    const document::Value* verified = answer.find("verified");
    text.verified = verified != nullptr && verified->boolean() != nullptr && *verified->boolean();
    text.reason = text_of(answer, "reason");
    text.mistake = text_of(answer, "mistake");
    text.error = text_of(answer, "error");
    text.says = text_of(answer, "says");
    text.fix = text_of(answer, "fix");
    for (const document::Value& warning : elements_of(answer, "warnings")) {
        if (warning.string() != nullptr) text.warnings.push_back(*warning.string());
    }
    if (const document::Value* status = answer.find("status"); status != nullptr && status->integer() != nullptr) {
        text.status = *status->integer();
    }
    text.challenge = text_of(answer, "challenge");
    text.expected = text_of(answer, "expected");
    text.received = text_of(answer, "received");
    if (const document::Value* took = answer.find("milliseconds"); took != nullptr && took->integer() != nullptr) {
        text.milliseconds = *took->integer();
    }
    return text;
}

std::string describe(const VerdictText& verdict, const Terminal& terminal) {
    std::string text;
    if (verdict.verified) {
        text = terminal.paint(Colour::kGood, "verified") + ": " + verdict.callback + " answered the challenge in " +
               std::to_string(verdict.milliseconds) + " ms\n";
    } else {
        text = terminal.paint(Colour::kBad, "not verified") + ": " + verdict.callback + " (" + verdict.reason +
               (verdict.mistake.empty() ? "" : ", " + verdict.mistake) + ")\n  " + without_controls(verdict.says) +
               "\n";
        if (verdict.reason == "wrong-hash") {
            text += "  challenge  " + verdict.challenge + "\n";
            text += "  expected   " + verdict.expected + "\n  received   " + shown(verdict.received) + "\n";
        }
        if (!verdict.fix.empty()) text += "  " + terminal.paint(Colour::kStrong, "fix") + ": " + verdict.fix + "\n";
    }
    for (const std::string& warning : verdict.warnings) {
        text += "  " + terminal.paint(Colour::kWarning, "warning") + ": " + warning + "\n";
    }
    return text;
}

std::string verification_object(const VerdictText& verdict) {
    std::string line;
    document::Writer json(line);
    json.begin_object().member("type", "verification").member("webhookId", verdict.webhook_id);
    json.member("callbackUri", verdict.callback).member("verified", verdict.verified);
    json.text_or_null("reason", verdict.reason);
    json.text_or_null("mistake", verdict.mistake);
    json.key("status");
    if (verdict.status) {
        json.value(*verdict.status);
    } else {
        json.null();
    }
    json.text_or_null("error", verdict.error);
    json.member("challenge", verdict.challenge).member("expected", verdict.expected);
    json.text_or_null("received", verdict.received);
    json.member("milliseconds", verdict.milliseconds);
    json.text_or_null("says", verdict.says);
    json.text_or_null("fix", verdict.fix);
    json.key("warnings").begin_array();
    for (const std::string& warning : verdict.warnings) json.value(warning);
    json.end_array().end_object();
    return line;
}

}  // namespace smartcar_sim::cli
