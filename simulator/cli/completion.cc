#include "cli/completion.h"

#include <map>
#include <set>

#include "base/text.h"
#include "cli/command.h"

namespace smartcar_sim::cli {
namespace {

std::vector<std::string_view> command_names() {
    std::vector<std::string_view> names;
    for (const Command& command : commands()) names.push_back(command.name);
    return names;
}

// What may stand as an argument: for `help` the commands themselves.
std::vector<std::string_view> argument_words(const Command& command) {
    return command.name == "help" ? command_names() : command.arguments.words;
}

bool takes_files(const Command& command) { return command.arguments.placeholder.ends_with("FILE"); }

// "--callback" and "-H": how a row is spelled in front of its value.
std::string bash_pattern(const Option& row) {
    std::string pattern = "--" + std::string(row.name);
    if (row.letter != 0) pattern.append("|-").append(1, row.letter);
    return pattern;
}

// One arm for each way a value is completed. Options that share a spelling share a kind.
std::string bash_value_arms() {
    std::set<std::string> files, free;
    std::map<std::string, std::string> choices;
    for (const Option& row : options()) {
        if (row.kind == ValueKind::kFile) {
            files.insert(bash_pattern(row));
        } else if (row.kind == ValueKind::kChoice) {
            choices[bash_pattern(row)] = base::joined(row.choices(), " ");
        } else if (row.takes_value()) {
            free.insert(bash_pattern(row));
        }
    }
    const auto pattern = [](const std::set<std::string>& names) { return base::joined(names, "|"); };
    std::string text;
    for (const auto& [name, words] : choices) {
        text.append("        ").append(name).append(") COMPREPLY=($(compgen -W '").append(words);
        text.append("' -- \"$current\")); return ;;\n");
    }
    text += "        " + pattern(files) + ") COMPREPLY=($(compgen -f -- \"$current\")); return ;;\n";
    return text + "        " + pattern(free) + ") return ;;\n";
}

std::string bash_command_arms() {
    std::string text;
    for (const Command& command : commands()) {
        std::string words = base::joined(argument_words(command), " ");
        for (const OptionId id : command.options) {
            words.append(words.empty() ? "--" : " --").append(option(id).name);
        }
        text += "        " + std::string(command.name) + ") words='" + words + "'" +
                (takes_files(command) ? " files=yes" : "") + " ;;\n";
    }
    return text;
}

// Inside single quotes and the brackets of an _arguments specification.
std::string zsh_text(std::string_view text) {
    std::string out;
    for (const char c : text) {
        if (c == '\'') {
            out += "'\\''";
            continue;
        }
        if (c == '[' || c == ']' || c == ':' || c == '\\') out += '\\';
        out += c;
    }
    return out;
}

std::string zsh_value(const Option& row) {
    if (!row.takes_value()) return "";
    std::string action;
    if (row.kind == ValueKind::kFile) action = "_files";
    if (row.kind == ValueKind::kChoice) action = "(" + base::joined(row.choices(), " ") + ")";
    return ":" + zsh_text(row.placeholder) + ":" + action;
}

std::string zsh_option(const Option& row) {
    const std::string repeat = row.repeat == Repeat::kCollected ? "*" : "";
    const std::string rest = "[" + zsh_text(row.help) + "]" + zsh_value(row) + "'";
    std::string text = " \\\n            '" + repeat + "--" + std::string(row.name) + rest;
    if (row.letter != 0)
        text.append(" \\\n            '").append(repeat).append("-").append(1, row.letter).append(rest);
    return text;
}

std::string zsh_arm(const Command& command) {
    std::string text = "        " + std::string(command.name) + ") _arguments";
    for (const OptionId id : command.options) text += zsh_option(option(id));
    if (!command.arguments.placeholder.empty()) {
        const auto words = argument_words(command);
        const std::string action = takes_files(command) ? "_files" : "(" + base::joined(words, " ") + ")";
        text += " \\\n            ':" + zsh_text(command.arguments.placeholder) + ":" + action + "'";
    }
    return text + " ;;\n";
}

}  // namespace

std::string bash_completion() {
    return R"(_smartcar_sim() {
    local current=${COMP_WORDS[COMP_CWORD]} previous=${COMP_WORDS[COMP_CWORD-1]} words= files=
    COMPREPLY=()
    if ((COMP_CWORD == 1)); then
        COMPREPLY=($(compgen -W ')" +
           base::joined(command_names(), " ") + R"( --version --help' -- "$current"))
        return
    fi
    case $previous in
)" + bash_value_arms() +
           R"(    esac
    case ${COMP_WORDS[1]} in
)" + bash_command_arms() +
           R"(    esac
    COMPREPLY=($(compgen -W "$words" -- "$current"))
    if [[ -n $files ]]; then COMPREPLY+=($(compgen -f -- "$current")); fi
}
complete -F _smartcar_sim smartcar-sim
)";
}

std::string zsh_completion() {
    std::string text = R"(#compdef smartcar-sim
_smartcar_sim() {
    local -a commands
    commands=(
)";
    for (const Command& command : commands()) {
        text += "        '" + std::string(command.name) + ":" + zsh_text(command.summary) + "'\n";
    }
    text += R"(    )
    if ((CURRENT == 2)); then
        _describe command commands
        return
    fi
    shift words
    ((CURRENT--))
    case $words[1] in
)";
    for (const Command& command : commands()) text += zsh_arm(command);
    return text + "    esac\n}\n_smartcar_sim \"$@\"\n";
}

}  // namespace smartcar_sim::cli
