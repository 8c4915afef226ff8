#include "audit/judging.h"

#include <utility>

#include "audit/difference.h"
#include "delivery/excerpt.h"
#include "delivery/verification.h"

namespace smartcar_sim::audit {
namespace {

using delivery::Failure;
using Change = Examination::Change;
using Expected = Examination::Expected;

std::string sentence(std::string clause) {
    if (!clause.ends_with('.')) clause += '.';
    return clause;
}

Outcome outcome(Verdict verdict, std::string came) {
    Outcome outcome;
    outcome.verdict = verdict;
    outcome.came = sentence(std::move(came));
    return outcome;
}

// What the callback did with something it must not believe, seen from its answer.
Outcome by_answer(const Sent& sent) {
    if (response_of(sent) == nullptr) return unknown("Neither accepted nor refused: " + came_of(sent.answer));
    if (is_success(sent)) return failed("It was accepted: " + came_of(sent.answer));
    Outcome outcome = passed("It was refused: " + came_of(sent.answer));
    if (response_of(sent)->status >= 500) outcome.note = "It broke over it rather than refusing it: answer 401.";
    return outcome;
}

// The probe shows nothing of what was answered with 2xx. That says something only if it would have shown it: an honest
// event that tells the same has to show.
bool would_have_shown(Examination& examination, const Event& event) {
    const Event control = examination.author().telling(event.charging);
    const auto before = examination.settled(control.id);
    examination.send(examination.honest("an honest event that tells the same", control));
    if (examination.change_since(before, control.id, Expected::kChange) == Change::kSome) return true;
    examination.probe_is_blind();
    return false;
}

// The probe shows a change, and goes on changing though nothing is sent: something else has its hand in it. What is
// done in a few steps comes to an end.
bool is_restless(Examination& examination, const Event& event) {
    constexpr int kSteps = 4;
    for (int step = 0; step < kSteps; ++step) {
        const auto shown = examination.settled(event.id);
        if (!shown) return true;
        if (examination.change_since(shown, event.id, Expected::kChange) != Change::kSome) return false;
    }
    return true;
}

Outcome done_though_refused(Examination& examination, const std::string& before, const Event& event, const Sent& sent) {
    const std::string name(examination.probe()->name());
    const std::string done = difference(before, examination.shown_last());
    if (is_restless(examination, event)) {
        return unknown("It was not accepted (" + came_of(sent.answer) + "), and " + name +
                       " changes though nothing is sent, so that nobody can tell whether it was handled");
    }
    examination.author().handled(event);
    return failed("It was not accepted (" + came_of(sent.answer) + "), and yet " + name +
                  " shows that something was done: " + done);
}

}  // namespace

const contract::Response* response_of(const Sent& sent) { return std::get_if<contract::Response>(&sent.answer); }

bool is_success(const Sent& sent) {
    const contract::Response* response = response_of(sent);
    return response != nullptr && contract::is_success(response->status);
}

std::string came_of(const delivery::Answer& answer) {
    if (const auto* failure = std::get_if<Failure>(&answer)) {
        return "no answer (" + std::string(name_of(failure->kind)) + ": " + failure->detail + ")";
    }
    const auto& response = std::get<contract::Response>(answer);
    return contract::status_line(response.status) +
           (response.body.empty() ? "" : " and " + delivery::excerpt(response.body));
}

contract::Version other_of(contract::Version version) {
    return version == contract::Version::k2_0 ? contract::Version::k4_0 : contract::Version::k2_0;
}

Outcome passed(std::string came) { return outcome(Verdict::kPass, std::move(came)); }
Outcome failed(std::string came) { return outcome(Verdict::kFail, std::move(came)); }
Outcome unknown(std::string came) { return outcome(Verdict::kUnknown, std::move(came)); }

Outcome accepted(const std::vector<Sent>& sent) {
    std::size_t refused = 0;
    const Sent* first = nullptr;
    for (const Sent& one : sent) {
        if (is_success(one)) continue;
        ++refused;
        if (first == nullptr) first = &one;
    }
    if (first == nullptr) return passed(sent.size() == 1 ? came_of(sent.front().answer) : "All were answered with 2xx");
    const std::string which = sent.size() == 1 ? ""
                                               : std::to_string(refused) + " of " + std::to_string(sent.size()) +
                                                     ", the first " + first->title + ": ";
    Outcome outcome = failed(which + came_of(first->answer));
    if (const auto* failure = std::get_if<Failure>(&first->answer)) outcome.fix = fix_for(failure->kind);
    return outcome;
}

Outcome accepts(Examination& examination, const std::vector<Letter>& letters) {
    std::vector<Sent> sent;
    sent.reserve(letters.size());
    for (const Letter& letter : letters) sent.push_back(examination.send(letter));
    return accepted(sent);
}

Outcome refuses(Examination& examination, const Letter& letter, const Event& event) {
    const auto before = examination.settled(event.id);
    return judged_by_effect(examination, before, examination.send(letter), event);
}

Outcome judged_by_effect(Examination& examination, const std::optional<std::string>& before, const Sent& sent,
                         const Event& event) {
    Outcome by_its_answer = by_answer(sent);
    const bool accepted = by_its_answer.verdict == Verdict::kFail;
    // What says that it took the event may take its time to do so.
    const Change change =
        examination.change_since(before, event.id, accepted ? Expected::kChange : Expected::kNoChange);
    if (change == Change::kSome && !accepted) return done_though_refused(examination, *before, event, sent);
    if (change == Change::kSome) examination.author().handled(event);
    if (change != Change::kNone || by_its_answer.verdict == Verdict::kPass) return by_its_answer;
    if (!would_have_shown(examination, event)) return by_its_answer;
    Outcome outcome = passed(came_of(sent.answer));
    outcome.note = (accepted ? "Accepted by its answer alone: " : "It was left without an answer: ") +
                   examination.probe()->name() +
                   " shows that nothing was done. Answer 401, so that others can tell too.";
    return outcome;
}

Outcome survives(Examination& examination, const Letter& letter) {
    const Sent sent = examination.send(letter);
    const contract::Response* response = response_of(sent);
    if (response != nullptr) {
        // 501 is what a server says to a method that it does not know.
        const bool survived = response->status < 500 || response->status == 501;
        return survived ? passed(came_of(sent.answer)) : failed(came_of(sent.answer));
    }
    if (std::get<Failure>(sent.answer).kind != Failure::Kind::kReset) return failed(came_of(sent.answer));
    const std::string challenge = examination.author().challenge();
    const Letter alive = examination.challenging(examination.subject().version, challenge, Signing::kAsSubject);
    const Sent after = examination.send(alive);
    if (response_of(after) != nullptr) return passed(came_of(sent.answer));
    return failed(came_of(sent.answer) + "; and a challenge after it got " + came_of(after.answer));
}

Outcome judge_challenge(const Examination& examination, const std::string& challenge, const Letter& letter,
                        const Sent& sent) {
    const delivery::Verdict verdict = examination.verdict_on(letter, challenge, sent.answer);
    if (verdict.verified) return passed("The right hash came back");
    Outcome outcome = failed(verdict.says);
    outcome.fix = verdict.fix;
    outcome.mistake = verdict.mistake;
    if (!verdict.received.empty()) {
        outcome.difference = Difference{.expected_title = "the right hash",
                                        .expected = verdict.expected,
                                        .actual_title = "what came back",
                                        .actual = verdict.received};
    }
    return outcome;
}

Outcome answers(Examination& examination, contract::Version version, const std::string& challenge, Signing signing) {
    const Letter letter = examination.challenging(version, challenge, signing);
    const Sent sent = examination.send(letter);
    return judge_challenge(examination, challenge, letter, sent);
}

}  // namespace smartcar_sim::audit
