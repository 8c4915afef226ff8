// What a scenario's names stand for while it is played: webhooks, vehicles, what earlier steps left. Private to
// scenario/.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/result.h"
#include "delivery/journal.h"
#include "delivery/transport.h"
#include "platform/oauth.h"
#include "scenario/names.h"
#include "scenario/play.h"
#include "scenario/scenario.h"

namespace smartcar_sim::scenario {

using Positions = std::vector<delivery::Position>;

// Of wall time, for what one step has under way. Every exchange has a timeout of its own, so that this is reached by
// nothing that a callback does.
inline constexpr base::Milliseconds kLongest = std::chrono::hours(24 * 365);

// What later steps may ask of one that was played.
struct Memory {
    Positions deliveries;
    std::string challenge;
    platform::Connected connected;
    std::optional<delivery::Answer> answer;
    std::string output;
};

class World {
public:
    // Both outlive it.
    World(const Scenario& scenario, Stage& stage) : scenario_(scenario), stage_(stage) {}

    // Makes the webhooks and connects the vehicles that begin connected. The error is the scenario's end.
    [[nodiscard]] std::optional<base::Error> prepare();

    [[nodiscard]] Stage& stage() const { return stage_; }
    [[nodiscard]] const std::string& vehicle_id(const std::string& alias) const { return stage_.cast.ids.at(alias); }
    // Ids: the one that the step is about, or all.
    [[nodiscard]] std::vector<std::string> webhooks_of(const Step& step) const;
    [[nodiscard]] std::string alias_of(const std::string& webhook_id) const;

    void remember(const std::string& step_id, Memory memory) { memories_[step_id] = std::move(memory); }
    [[nodiscard]] Lookup lookup() const;
    [[nodiscard]] base::Result<std::string> filled(std::string_view text) const { return fill_in(text, lookup()); }

    // The deliveries opened since the last claim, verifications left out. With `only`, those of these events; the rest
    // waits for the next claim.
    [[nodiscard]] Positions claim(const std::set<std::string>* only);
    // Those of these deliveries that carry one of the events.
    [[nodiscard]] Positions those_of(const std::set<std::string>& event_ids, const Positions& deliveries) const;
    // What was sent, each event once however many duplicates it has.
    [[nodiscard]] std::vector<std::string> events_of(const Positions& deliveries) const;
    // Makes every attempt that is due now.
    void run_due() const;

private:
    [[nodiscard]] base::Result<document::Value> find(const Name& name) const;

    const Scenario& scenario_;
    Stage& stage_;
    std::vector<std::pair<std::string, std::string>> webhooks_;  // alias and id, in the order of the file
    std::map<std::string, Memory> memories_;
    delivery::Position seen_ = 0;
    std::vector<std::pair<std::string, delivery::Position>> unclaimed_;  // event id and position
};

}  // namespace smartcar_sim::scenario
