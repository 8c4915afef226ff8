// A scenario's text played on a platform without sockets, against a callback that a test scripts, in an outside world
// that remembers.
#pragma once

#include <atomic>
#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "catch.h"
#include "document/json.h"
#include "fakes/running_platform.h"
#include "fakes/scripted_callback.h"
#include "scenario/parse.h"
#include "scenario/play.h"

namespace smartcar_sim::scenario {

inline const std::vector<std::string> kFixtures{"kia-ev6-2022", "simulated-bev-2023", "tesla-model-3-2020"};

class FakeOutside final : public Outside {
public:
    delivery::Exchange request(const delivery::Outgoing& outgoing) override {
        requests.push_back(outgoing);
        return {.answer = on_request ? on_request(outgoing) : fakes::answered(200, "{}"),
                .took = base::Milliseconds(1)};
    }
    base::Result<CommandAnswer> command(const std::string& line, base::Milliseconds) override {
        commands.push_back(line);
        return on_command ? on_command(line) : base::Result<CommandAnswer>(CommandAnswer{});
    }
    std::vector<Call> calls() const override { return made; }
    bool pause(base::Milliseconds time) override {
        pauses.push_back(time);
        if (on_pause) on_pause();
        return off.empty();
    }
    std::string called_off() const override { return off; }

    std::function<delivery::Answer(const delivery::Outgoing&)> on_request;
    std::function<base::Result<CommandAnswer>(const std::string&)> on_command;
    std::function<void()> on_pause;
    std::vector<delivery::Outgoing> requests;
    std::vector<std::string> commands;
    std::vector<Call> made;
    std::vector<base::Milliseconds> pauses;
    std::string off;
};

// `rest` is what a scenario file has beside formatVersion and name.
[[nodiscard]] inline Parsed parsed(std::string_view rest) {
    static std::deque<std::string> texts;  // errors point into them
    texts.push_back(R"({"formatVersion": 1, "name": "A story", )" + std::string(rest) + "}");
    auto root = document::parse(texts.back(), "story.json", document::Comments::kAllowed);
    REQUIRE(root.ok());
    const document::File file{.name = "story.json", .text = texts.back(), .root = root.value()};
    return parse(file,
                 {.fixtures = kFixtures, .read_payload = [](const std::string& path) -> base::Result<std::string> {
                      if (path == "payload.json") return std::string(R"({"a": 1.0})");
                      return base::Error{"file_unreadable", "there is no " + path};
                  }});
}

// "vehicles" with one Tesla that is not charging, for most stories.
inline constexpr std::string_view kCar =
    R"("vehicles": {"car": {"fixture": "tesla-model-3-2020", "state": {"charge-ischarging": false}}}, )";

struct Theatre {
    explicit Theatre(std::string_view rest, contract::Version version = contract::Version::k2_0,
                     const fakes::Tuning& tuning = {})
        : read(parsed(rest)) {
        for (const base::Error& error : read.errors) {
            UNSCOPED_INFO(error.message);
        }
        REQUIRE(read.scenario.has_value());
        cast = cast_of(*read.scenario, fakes::shipped_vehicles(kFixtures), base::Ids(tuning.seed), "");
        running = std::make_unique<fakes::RunningPlatform>(
            cast.vehicles, [this](const delivery::Outgoing& outgoing) { return callback.answer(outgoing); },
            fakes::RunningPlatform::inline_options(), tuning);
        stage = std::make_unique<Stage>(Stage{
            .simulation = running->simulation,
            .platform = running->platform,
            .journal = running->journal,
            .clock = running->clock,
            .ids = running->ids,
            .outside = outside,
            .callback = base::parse_url("http://127.0.0.1:3000/webhooks").value(),
            .origin = "http://127.0.0.1:8080",
            .cast = cast,
            .version = version,
            .environment = {{"PORT", "3000"}, {"NEXT_TOKEN", "the-next-token-of-ours"}},
            .contacted = contacted,
        });
    }

    Result play(Keep keep = Keep::kEverything) { return scenario::play(*read.scenario, *stage, keep); }

    [[nodiscard]] std::vector<delivery::Outgoing> sent() const { return running->callback_transport.sent(); }
    // What reached the callback, challenges left out.
    [[nodiscard]] std::vector<std::string> bodies() const {
        std::vector<std::string> bodies;
        for (const delivery::Outgoing& outgoing : sent()) {
            if (outgoing.request.body.find("challenge") == std::string::npos) bodies.push_back(outgoing.request.body);
        }
        return bodies;
    }

    Parsed read;
    Cast cast;
    fakes::ScriptedCallback callback;
    FakeOutside outside;
    std::atomic<bool> contacted{false};
    std::unique_ptr<fakes::RunningPlatform> running;
    std::unique_ptr<Stage> stage;
};

// "2: expected … / actual …" for each complaint, by the step's number.
[[nodiscard]] inline std::vector<std::string> complaints_of(const Result& result) {
    std::vector<std::string> lines;
    for (const StepResult& step : result.steps) {
        for (const Complaint& complaint : step.complaints) {
            lines.push_back(std::to_string(step.number) + ": " + complaint.expected + " / " + complaint.actual);
        }
    }
    return lines;
}

}  // namespace smartcar_sim::scenario
