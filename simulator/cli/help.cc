#include "cli/help.h"

#include <algorithm>

namespace smartcar_sim::cli {
namespace {

constexpr std::size_t kWidth = 100;
constexpr std::size_t kOptionColumn = 34;
constexpr std::size_t kCommandColumn = 14;

std::string padded(std::string text, std::size_t width) {
    text.resize(std::max(text.size() + 1, width), ' ');
    return text;
}

// `text` broken at blanks so that lines starting at `indent` end before kWidth; the first line
// starts where the caller's output stands.
std::string wrapped(std::string_view text, std::size_t indent) {
    std::string out;
    std::size_t column = indent;
    while (!text.empty()) {
        const std::string_view word = text.substr(0, text.find(' '));
        text.remove_prefix(std::min(word.size() + 1, text.size()));
        if (column > indent && column + 1 + word.size() > kWidth) {
            out.append("\n").append(indent, ' ');
            column = indent;
        }
        if (column > indent) {
            out += ' ';
            ++column;
        }
        out += word;
        column += word.size();
    }
    return out;
}

// "add header (repeatable; default 15s; env X)"
std::string described(const Option& row) {
    std::string facts;
    const auto add = [&facts](std::string_view fact, std::string_view value) {
        facts.append(facts.empty() ? " (" : "; ").append(fact).append(value);
    };
    if (row.takes_value() && row.repeat == Repeat::kCollected) add("repeatable", "");
    if (!row.fallback.empty()) add("default ", row.fallback);
    if (!row.environment.empty()) add("env ", row.environment);
    return std::string(row.help) + facts + (facts.empty() ? "" : ")");
}

std::string option_line(const Option& row) {
    const std::string usage = "  " + std::string(row.letter == 0 ? 4 : 0, ' ') + row.usage();
    std::string line = padded(usage, kOptionColumn);
    if (line.size() > kOptionColumn) line = usage + "\n" + std::string(kOptionColumn, ' ');
    return line + wrapped(described(row), kOptionColumn) + "\n";
}

}  // namespace

std::string usage_of(const Command& command) {
    std::string text = "smartcar-sim " + std::string(command.name);
    std::string argument;
    for (const std::string_view word : command.arguments.words)
        argument.append(argument.empty() ? "" : "|").append(word);
    if (argument.empty()) argument = command.arguments.placeholder;
    if (!argument.empty()) {
        const bool optional = command.arguments.least == 0;
        text.append(optional ? " [" : " ").append(argument).append(optional ? "]" : "");
    }
    return text + " [options]";
}

std::string overview() {
    std::string text = "usage: smartcar-sim <command> [options]\n\ncommands:\n";
    for (const Command& command : commands()) {
        text += padded("  " + std::string(command.name), kCommandColumn) + std::string(command.summary) + "\n";
    }
    return text +
           "\n`smartcar-sim help <command>` says more, with examples. Start with:\n"
           "  smartcar-sim demo\n";
}

std::string help_for(const Command& command) {
    std::string text = std::string(command.summary) + "\n\nusage: " + usage_of(command) + "\n";
    if (!command.details.empty()) text += "\n" + wrapped(command.details, 0) + "\n";
    text += "\noptions:\n";
    for (const OptionId id : command.options) text += option_line(option(id));
    text += "\nexamples:\n";
    for (const Example& example : command.examples) {
        text.append("  # ").append(example.says).append("\n  ").append(example.line).append("\n");
    }
    return text;
}

std::string version_text(const Surroundings& surroundings) {
    std::string text = "smartcar-sim " + surroundings.version + " (commit " + surroundings.commit + ")\n";
    for (const std::string& library : surroundings.libraries) text += library + "\n";
    return text;
}

}  // namespace smartcar_sim::cli
