#include "cli/parser.h"

#include <algorithm>
#include <optional>

#include <cxxopts.hpp>

#include "base/text.h"
#include "document/pointer.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;

bool looks_like_option(std::string_view word) { return word.size() > 1 && word.front() == '-'; }

std::string spelled(const Option& option) { return "--" + std::string(option.name); }

const Option* find_by_name(const Command& command, std::string_view name) {
    for (const OptionId id : command.options) {
        const Option& row = option(id);
        if (row.name == name || (name.size() == 1 && row.letter == name.front())) return &row;
    }
    return nullptr;
}

// "--name=value", "--name" or "-n" as the name it means.
std::string_view name_in(std::string_view word) {
    word.remove_prefix(std::min(word.find_first_not_of('-'), word.size()));
    return word.substr(0, word.find('='));
}

bool is_option_word(const Command& command, std::string_view word) {
    return looks_like_option(word) && find_by_name(command, name_in(word)) != nullptr;
}

Error unknown_option(const Command& command, std::string_view word) {
    std::vector<std::string_view> names;
    names.reserve(command.options.size());
    for (const OptionId id : command.options) names.push_back(option(id).name);
    const std::string_view name = name_in(word);
    std::string dashed(word.substr(0, word.find('=')));
    if (const auto near = document::nearest(name, names)) {
        return {"unknown_option", "unknown option " + dashed + "; did you mean --" + *near + "?"};
    }
    return {"unknown_option", "unknown option " + dashed + "; `smartcar-sim help " + std::string(command.name) +
                                  "` lists those of " + std::string(command.name)};
}

Error missing_value(const Option& row) { return {"missing_value", spelled(row) + " needs a value: " + row.usage()}; }

// Values are taken as text and in order: cxxopts would split lists at commas, which JSON has.
void declare(cxxopts::Options& parser, const Option& row) {
    std::string names = row.letter != 0 ? std::string(1, row.letter) + "," : std::string();
    names += row.name;
    auto value = cxxopts::value<std::string>();
    if (!row.takes_value()) value->implicit_value("true");
    parser.add_options()(names, std::string(row.help), value);
}

// The option that `word`, the last of the line, leaves waiting for a value: "--callback", "-H", "-qH".
const Option* last_option(const Command& command, std::string_view word) {
    const bool grouped = !word.starts_with("--");
    return find_by_name(command, grouped ? word.substr(word.size() - 1) : name_in(word));
}

// cxxopts refuses one thing here, an option at the end of the line without its value, and its text
// is not ours; an option that swallowed the next one is refused below for the same reason.
Result<ParsedLine> read_options(const Command& command, std::span<const std::string> words) {
    cxxopts::Options parser("smartcar-sim");
    parser.allow_unrecognised_options();
    for (const OptionId id : command.options) declare(parser, option(id));

    std::vector<const char*> argv{"smartcar-sim"};
    for (const std::string& word : words) argv.push_back(word.c_str());
    try {
        const auto found = parser.parse(static_cast<int>(argv.size()), argv.data());
        ParsedLine line;
        for (const auto& pair : found.arguments()) {
            const Option& row = *find_by_name(command, pair.key());
            if (row.takes_value() && is_option_word(command, pair.value())) return missing_value(row);
            line.given.push_back({row.id, pair.value()});
        }
        for (const std::string& word : found.unmatched()) {
            if (looks_like_option(word)) return unknown_option(command, word);
            line.arguments.push_back(word);
        }
        return line;
    } catch (const std::exception&) {
        return missing_value(*last_option(command, words.back()));
    }
}

std::optional<Error> check_once(const ParsedLine& line) {
    for (std::size_t i = 0; i < line.given.size(); ++i) {
        const Option& row = option(line.given[i].id);
        if (row.repeat == Repeat::kCollected || !row.takes_value()) continue;
        for (std::size_t j = 0; j < i; ++j) {
            if (line.given[j].id == row.id) return Error{"given_twice", spelled(row) + " is given twice"};
        }
    }
    return std::nullopt;
}

// "KIND" or, where the words are known, "KIND (events, signals)".
std::string described(const Arguments& arguments) {
    const std::string words = base::joined(arguments.words, ", ");
    return std::string(arguments.placeholder) + (words.empty() ? "" : " (" + words + ")");
}

std::optional<Error> check_arguments(const Command& command, const std::vector<std::string>& arguments) {
    const Arguments& allowed = command.arguments;
    const std::string name(command.name);
    if (arguments.size() < allowed.least) {
        return Error{"missing_argument", name + " needs " + described(allowed)};
    }
    if (arguments.size() > allowed.most) {
        const std::string& argument = arguments[allowed.most];
        const bool address = argument.starts_with("http://") || argument.starts_with("https://");
        const bool takes_callback = std::ranges::count(command.options, OptionId::kCallback) > 0;
        return Error{"too_many_arguments", "unexpected argument \"" + argument + "\" of " + name +
                                               (address && takes_callback ? "; give it as --callback URL" : "")};
    }
    for (const std::string& argument : arguments) {
        if (allowed.words.empty() || std::ranges::count(allowed.words, argument) > 0) continue;
        const std::string hint = document::did_you_mean(argument, allowed.words);
        std::string message = "\"" + argument;
        return Error{"unknown_argument", message.append("\" is not a ").append(described(allowed)).append(hint)};
    }
    return std::nullopt;
}

}  // namespace

Result<ParsedLine> parse_line(const Command& command, std::span<const std::string> arguments) {
    const auto end = std::ranges::find(arguments, "--");
    const auto options_end = static_cast<std::size_t>(end - arguments.begin());
    Result<ParsedLine> line = read_options(command, arguments.first(options_end));
    if (!line) return line;
    if (end != arguments.end()) {
        line.value().arguments.insert(line.value().arguments.end(), end + 1, arguments.end());
    }
    if (auto error = check_once(line.value())) return *error;
    const bool wants_help =
        std::ranges::any_of(line.value().given, [](const Given& g) { return g.id == OptionId::kHelp; });
    if (wants_help) return line;
    if (auto error = check_arguments(command, line.value().arguments)) return *error;
    return line;
}

std::string library_version() {
    return "cxxopts " + std::to_string(CXXOPTS__VERSION_MAJOR) + "." + std::to_string(CXXOPTS__VERSION_MINOR) + "." +
           std::to_string(CXXOPTS__VERSION_PATCH);
}

}  // namespace smartcar_sim::cli
