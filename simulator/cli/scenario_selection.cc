#include "cli/scenario_selection.h"

#include <algorithm>
#include <functional>
#include <map>
#include <utility>

#include "base/text.h"
#include "scenario/names.h"
#include "scenario/play.h"

namespace smartcar_sim::cli {

namespace {

using contract::Version;

struct Shard {
    std::size_t number = 1;
    std::size_t of = 1;
};

base::Result<Shard> shard_of(const Settings& settings) {
    if (!settings.has(OptionId::kShard)) return Shard{};
    const std::string text = settings.text(OptionId::kShard);
    const std::size_t slash = text.find('/');
    if (slash != std::string::npos) {
        const auto number = base::parse_number<std::size_t>(std::string_view(text).substr(0, slash));
        const auto of = base::parse_number<std::size_t>(std::string_view(text).substr(slash + 1));
        if (number && of && *number >= 1 && *number <= *of) return Shard{*number, *of};
    }
    return base::Error{"bad_value", "--shard: \"" + text + "\" is not the I-th of N parts, such as 2/4"};
}

bool holds(std::string_view text, std::string_view part) {
    return base::lower_case(text).find(base::lower_case(part)) != std::string::npos;
}

bool is_wanted(const scenario::Scenario& scenario, const Settings& settings) {
    const auto& tags = settings.list(OptionId::kTag);
    const auto has = [&](const std::string& tag) {
        return std::ranges::find(scenario.tags, tag) != scenario.tags.end();
    };
    if (!tags.empty() && std::ranges::none_of(tags, has)) return false;
    const std::string filter = settings.text(OptionId::kFilter);
    return holds(scenario.name, filter) || holds(scenario.file, filter);
}

// The versions it is played in. --webhook-version chooses among those of the file, and decides for webhooks that do
// not say; a file all of whose webhooks are of the other version is left out.
std::vector<Version> versions_of(const scenario::Scenario& scenario, const Settings& settings) {
    const Setting* const given = settings.find(OptionId::kWebhookVersion);
    const Version asked = contract::parse_version(settings.text(OptionId::kWebhookVersion)).value_or(Version::k2_0);
    const bool chooses = given != nullptr && given->source != Source::kDefault;
    if (!scenario.versions.empty()) {
        if (!chooses) return scenario.versions;
        const bool offered = std::ranges::find(scenario.versions, asked) != scenario.versions.end();
        return offered ? std::vector{asked} : std::vector<Version>{};
    }
    std::vector<std::optional<Version>> fixed(scenario.webhooks.size());
    std::ranges::transform(scenario.webhooks, fixed.begin(), scenario::version_of);
    const bool has_other = std::ranges::all_of(fixed, [&](const auto& each) { return each && *each != asked; });
    // Steps that are "only" for a version, and events by version, go by the webhook's when it is the only one.
    const bool one_version = !fixed.empty() && fixed.front() &&
                             std::ranges::all_of(fixed, [&](const auto& each) { return each == fixed.front(); });
    if (chooses && has_other) return {};
    return {one_version ? *fixed.front() : asked};
}

// An application reaches one platform: with several at once it could not be told which.
bool counts_calls(const scenario::Steps& steps) {
    return std::ranges::any_of(steps, [](const scenario::Step& step) {
        const auto* connect = std::get_if<scenario::Connect>(&step.action);
        const auto* repeat = std::get_if<scenario::Repeat>(&step.action);
        return std::holds_alternative<scenario::ExpectCalls>(step.action) ||
               std::holds_alternative<scenario::ApiFault>(step.action) ||
               (connect != nullptr && !connect->redirect_uri.empty()) ||
               (repeat != nullptr && counts_calls(repeat->steps));
    });
}

// The variables that tokens are made of; a token that stands in the file itself is concealed at once.
void find_tokens(const scenario::Steps& steps, std::vector<std::string>& variables, Terminal& terminal) {
    for (const scenario::Step& step : steps) {
        if (const auto* repeat = std::get_if<scenario::Repeat>(&step.action)) {
            find_tokens(repeat->steps, variables, terminal);
        }
        const auto* rotate = std::get_if<scenario::RotateToken>(&step.action);
        if (rotate == nullptr || rotate->token.empty()) continue;
        const std::vector<scenario::Name> names = scenario::names_in(std::string_view(rotate->token));
        if (names.empty()) terminal.conceal({rotate->token, base::Secret::Origin::kSupplied});
        for (const scenario::Name& name : names) {
            if (name.head == "env") variables.push_back(name.part);
        }
    }
}

// A file's key, and which of several with the same key it is.
class Keys {
public:
    std::string key_of(const std::string& file, Version version) {
        const std::size_t before = seen_[file + "\n" + std::string(name_of(version))]++;
        return file + " " + std::string(name_of(version)) + (before == 0 ? "" : " " + std::to_string(before));
    }

private:
    std::map<std::string, std::size_t> seen_;
};

std::string nothing_selected(const Settings& settings, std::size_t files, std::size_t wanted) {
    const std::string all = files == 1 ? "1 scenario" : std::to_string(files) + " scenarios";
    if (wanted > 0) {
        return "--shard " + settings.text(OptionId::kShard) + " holds none of " + std::to_string(wanted) +
               (wanted == 1 ? " scenario" : " scenarios") + "; make fewer parts";
    }
    std::string options;
    for (const OptionId id : {OptionId::kTag, OptionId::kFilter, OptionId::kWebhookVersion}) {
        const Setting* const given = settings.find(id);
        if (given == nullptr || given->source == Source::kDefault) continue;
        options += (options.empty() ? "" : ", ") + std::string("--") + std::string(option(id).name);
    }
    return "none of " + all + " is left by " + options;
}

}  // namespace

Selected select(const Invocation& invocation, const std::vector<std::string>& wanted,
                const std::vector<vehicle::Vehicle>& fixtures) {
    const auto& [settings, arguments, terminal, surroundings] = invocation;
    Selected selected;
    const auto shard = shard_of(settings);
    if (!shard) {
        selected.failed = terminal.fail(ExitCode::kUsage, shard.error());
        return selected;
    }
    const auto files = app::select_scenarios(wanted);
    if (!files) {
        selected.failed = terminal.fail(exit_code_of(files.error()), files.error());
        return selected;
    }
    struct Candidate {
        Chosen one;
        app::Performance common;  // to its versions; the key is the file's
    };
    std::vector<Candidate> chosen;
    for (const app::ScenarioFile& file : files.value()) {
        const app::LoadedScenario loaded = app::load_scenario(file.path, fixtures);
        for (const base::Error& error : loaded.errors) {
            selected.failed = terminal.fail(exit_code_of(error), error, loaded.text);
            scenario::Result& invalid = selected.invalid.emplace_back();
            invalid.file = file.path;
            invalid.name = file.path;
            if (error.place) invalid.line = error.place->line;
            invalid.verdict = scenario::Verdict::kError;
            invalid.error = error.message;
        }
        if (!loaded.scenario || !is_wanted(*loaded.scenario, settings)) continue;
        std::vector<Version> versions = versions_of(*loaded.scenario, settings);
        const scenario::Scenario& scenario = *loaded.scenario;
        if (versions.empty()) continue;
        const auto is_empty = [&](Version version) { return scenario::count_steps(scenario, version) == 0; };
        std::string left_out;
        if (std::ranges::all_of(versions, is_empty)) {
            versions.resize(1);
            left_out = "none of its steps is for version " + std::string(name_of(versions.front()));
        }
        std::erase_if(versions, [&](Version version) { return left_out.empty() && is_empty(version); });
        std::vector<std::string> secrets;
        for (const auto* steps : {&scenario.setup, &scenario.steps, &scenario.teardown}) {
            find_tokens(*steps, secrets, terminal);
        }
        Chosen one{.path = scenario.file,
                   .name = scenario.name,
                   .tags = scenario.tags,
                   .environment = scenario.environment,
                   .secrets = std::move(secrets),
                   .versions = std::move(versions),
                   .runs_commands = scenario.has_commands,
                   .counts_calls =
                       counts_calls(scenario.setup) || counts_calls(scenario.steps) || counts_calls(scenario.teardown)};
        app::Performance common{.path = scenario.file,
                                .name = scenario.name,
                                .line = scenario.line,
                                .tags = scenario.tags,
                                .tells_version = !scenario.versions.empty(),
                                .key = file.key,
                                .checked = std::hash<std::string>{}(loaded.text),
                                .left_out = std::move(left_out)};
        chosen.push_back({std::move(one), std::move(common)});
    }
    if (selected.failed) return selected;

    Keys unique;
    for (std::size_t i = 0; i < chosen.size(); ++i) {
        auto& [one, common] = chosen[i];
        const bool mine = i % shard.value().of + 1 == shard.value().number;
        for (const Version version : one.versions) {
            // Also of what other shards play: a key is the same on every machine.
            std::string key = unique.key_of(common.key, version);
            if (!mine) continue;
            app::Performance& performance = selected.selection.performances.emplace_back(common);
            performance.version = version;
            performance.key = std::move(key);
        }
        if (mine) selected.selection.scenarios.push_back(std::move(one));
    }
    const auto& performances = selected.selection.performances;
    if (std::ranges::all_of(performances, [](const auto& each) { return !each.left_out.empty(); })) {
        const std::string why = performances.empty() ? nothing_selected(settings, files.value().size(), chosen.size())
                                                     : performances.front().path + ": " + performances.front().left_out;
        selected.failed = terminal.fail(ExitCode::kUsage, {"nothing_selected", why});
    }
    return selected;
}

}  // namespace smartcar_sim::cli
