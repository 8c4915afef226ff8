// What a check works with: it sends, remembers what was sent and what came, and looks at what the callback did.
//
// Made for one audit and used from one thread.
#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/author.h"
#include "audit/finding.h"
#include "audit/line.h"
#include "audit/subject.h"
#include "contract/http.h"
#include "delivery/verification.h"

namespace smartcar_sim::audit {

// One POST to the callback, before it is sent.
struct Letter {
    std::string title;
    std::string body;
    std::vector<std::string> signatures = {};  // values of SC-Signature, each in a field of its own
    contract::Version version = contract::Version::k2_0;
    // kHonest: sent as Smartcar would, so that its answer counts for the latency.
    enum class Nature { kHonest, kOdd } nature = Nature::kOdd;
    std::string method = "POST";
    std::string query = {};  // put behind the target: "signature=…"
    std::optional<std::string> content_type = std::nullopt;
    contract::Headers headers = {};  // more of them
};

class Examination {
public:
    // `probe` may be null.
    Examination(const Subject& subject, Line& line, Probe* probe, const base::Ids& ids, base::Milliseconds max_time);

    [[nodiscard]] const Subject& subject() const { return subject_; }
    [[nodiscard]] Author& author() { return author_; }
    [[nodiscard]] Line& line() { return line_; }

    [[nodiscard]] std::string sign(std::string_view body) const;
    // The event rightly signed, as the platform delivers it.
    [[nodiscard]] Letter honest(std::string title, const Event& event) const;
    // With these instead of the right signature.
    [[nodiscard]] Letter forged(std::string title, const Event& event, std::vector<std::string> signatures) const;
    enum class Signing { kAsSubject, kSigned };
    [[nodiscard]] Letter challenging(contract::Version version, const std::string& challenge, Signing signing);
    // The platform's own judgement of what such a letter was answered with, but for what is only frowned upon.
    [[nodiscard]] delivery::Verdict verdict_on(const Letter& letter, const std::string& challenge,
                                               const delivery::Answer& answer) const;
    // What stands in a letter as an HTTP/1.1 request head and body, for raw exchanges.
    [[nodiscard]] contract::Request request_of(const Letter& letter) const;

    Sent send(const Letter& letter);
    std::vector<Sent> together(const std::vector<Letter>& letters);
    // Like send(), but forgotten at once: one of many tries, of which only the one that tells something is kept.
    [[nodiscard]] delivery::Exchange attempt(const Letter& letter) { return line_.exchange(outgoing_of(letter)); }
    Sent keep(const Letter& letter, delivery::Exchange exchange);
    delivery::RawAnswer raw(const std::string& title, delivery::RawRequest request);

    // Whether it answers challenges of that version; asks when it is not known yet. For the subject's own the preflight
    // has asked.
    [[nodiscard]] bool speaks(contract::Version version);

    // Whether it takes an ordinary event with one member more; asks when it is not known yet.
    [[nodiscard]] bool takes_further_members();

    // --- what the callback did ---

    // What the probe shows; nothing without one, or when it cannot be read or was found to be blind.
    [[nodiscard]] std::optional<std::string> look(std::string_view event_id);
    // The same once it has ceased to change: a callback that works after it has answered may not be done with what was
    // sent before. Nothing when it never does, and from then on nothing is concluded from the probe.
    [[nodiscard]] std::optional<std::string> settled(std::string_view event_id);
    enum class Change { kUnseen, kNone, kSome };
    // Compares with what was seen before. A change that should come is waited for as long as the probe may take; one
    // that must not is given four times as long as those that came have taken. kMoreCounted: whole numbers may have
    // become higher by one, which is no change.
    enum class Expected { kChange, kNoChange, kMoreCounted };
    [[nodiscard]] Change change_since(const std::optional<std::string>& before, std::string_view event_id,
                                      Expected expected);
    [[nodiscard]] const Probe* probe() const { return probe_; }
    // What was seen last.
    [[nodiscard]] const std::string& shown_last() const { return shown_last_; }
    // An honest event changed nothing that the probe shows: from now on nothing is concluded from it.
    void probe_is_blind() { probe_blind_ = true; }
    [[nodiscard]] bool blind() const { return probe_blind_; }
    [[nodiscard]] const std::string& probe_problem() const { return probe_problem_; }
    // Something that was done has shown.
    [[nodiscard]] bool has_seen() const { return has_seen_; }

    // --- for whoever runs the checks ---

    [[nodiscard]] bool time_is_up() const { return line_.elapsed() >= max_time_; }
    // What was exchanged since it was last asked for.
    [[nodiscard]] std::vector<Sent> take_exchanges();
    // How long honest challenges and events took to be answered.
    [[nodiscard]] const std::vector<base::Milliseconds>& honest_times() const { return honest_times_; }

private:
    [[nodiscard]] delivery::Outgoing outgoing_of(const Letter& letter) const;
    [[nodiscard]] base::Milliseconds time_for_one() const;
    [[nodiscard]] base::Milliseconds patience(Expected expected) const;
    [[nodiscard]] contract::Request shown(contract::Request request) const;
    [[nodiscard]] std::string shown(std::string bytes) const;
    Sent remember(std::string title, const delivery::Outgoing& outgoing, delivery::Exchange exchange,
                  Letter::Nature nature);

    const Subject& subject_;
    Line& line_;
    Probe* const probe_;
    const base::Milliseconds max_time_;
    Author author_;
    std::vector<Sent> exchanges_;
    std::vector<base::Milliseconds> honest_times_;
    std::map<contract::Version, bool> speaks_;
    std::optional<bool> takes_further_members_;
    base::Milliseconds shown_after_{0};  // the longest that a change has taken to show
    bool settled_ = false;               // nothing was sent since the probe showed no change
    bool probe_blind_ = false;
    bool has_seen_ = false;
    std::string shown_last_;
    std::string probe_problem_;
};

}  // namespace smartcar_sim::audit
