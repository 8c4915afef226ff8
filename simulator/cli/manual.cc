#include "cli/manual.h"

#include "cli/command.h"
#include "cli/config_file.h"
#include "cli/help.h"

namespace smartcar_sim::cli {
namespace {

// Text in which nothing is a request or an escape, and no hyphen becomes a typographic one.
std::string roff(std::string_view text) {
    std::string out;
    if (text.starts_with('.') || text.starts_with('\'')) out += "\\&";
    for (const char c : text) {
        if (c == '\\') {
            out += "\\e";
        } else if (c == '-') {
            out += "\\-";
        } else {
            out += c;
        }
    }
    return out;
}

std::string bold(std::string_view text) { return "\\fB" + roff(text) + "\\fR"; }

std::string tagged(const std::string& tag, std::string_view text) { return ".TP\n" + tag + "\n" + roff(text) + "\n"; }

std::string option_entry(const Option& row) {
    std::string text(row.help);
    if (!row.fallback.empty()) text.append(" (default ").append(row.fallback).append(")");
    return tagged(bold(row.usage()), text);
}

std::string command_section(const Command& command) {
    std::string text = ".SS " + roff(command.name) + "\n" + bold(usage_of(command)) + "\n.PP\n" +
                       roff(command.summary) + ".\n" + roff(command.details) + "\n";
    for (const OptionId id : command.options) text += option_entry(option(id));
    text += ".PP\nExamples:\n.PP\n.nf\n";
    for (const Example& example : command.examples) {
        text += ".RS 4\n# " + roff(example.says) + "\n" + roff(example.line) + "\n.RE\n";
    }
    return text + ".fi\n";
}

std::string environment_section() {
    std::string text =
        ".SH ENVIRONMENT\nA variable stands for the option beside it; a variable that is empty counts "
        "as not set.\n";
    for (const Option& row : options()) {
        if (!row.environment.empty()) text += tagged(bold(row.environment), "--" + std::string(row.name));
    }
    text += tagged(bold("NO_COLOR") + ", " + bold("CLICOLOR_FORCE"), "never colour, always colour");
    return text;
}

std::string files_section() {
    std::string keys;
    for (const Option& row : options()) {
        if (!row.config_key.empty()) keys.append(keys.empty() ? "" : ", ").append(row.config_key);
    }
    return ".SH FILES\n" +
           tagged(bold(kConfigFileName),
                  "in the working folder or the nearest parent that has one: a JSON object with \"formatVersion\": 1 "
                  "and any of " +
                      keys + ". A flag outranks the environment, the environment the file, the file the default.");
}

std::string exit_section() {
    return ".SH EXIT STATUS\n" + tagged(bold("0"), "all that was asked for held") +
           tagged(bold("1"), "wrong use of the command line, nothing selected") +
           tagged(bold("2"), "a scenario, fixture, payload or configuration file is not valid") +
           tagged(bold("3"),
                  "the environment: no connection to the callback at first contact, port taken, file not "
                  "readable or not writable") +
           tagged(bold("4"), "an expectation or check failed") +
           tagged(bold("130") + ", " + bold("143"), "ended by SIGINT, by SIGTERM");
}

}  // namespace

std::string man_page(std::string_view version) {
    std::string text = R"(.TH SMARTCAR\-SIM 1 "" "smartcar\-sim )" + roff(version) + "\"\n" +
                       ".SH NAME\nsmartcar\\-sim \\- a mock Smartcar platform for one developer machine\n" +
                       ".SH SYNOPSIS\n" + bold("smartcar-sim") + " \\fIcommand\\fR [\\fIoptions\\fR]\n" +
                       ".SH DESCRIPTION\nSends verify challenges and signed webhook events to a callback, judges the "
                       "answers, and serves the fake vehicles, tokens and subscribe endpoints that the callback's "
                       "application calls back into. Data goes to stdout, everything else to stderr.\n" +
                       ".SH COMMANDS\n";
    for (const Command& command : commands()) text += command_section(command);
    return text + environment_section() + files_section() + exit_section();
}

}  // namespace smartcar_sim::cli
