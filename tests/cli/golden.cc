#include "cli/golden.h"

#include <fstream>
#include <sstream>

#include "cli/command.h"
#include "cli/temporary_folder.h"

namespace golden {
namespace {

std::string replaced(std::string text, std::string_view from, std::string_view to) {
    for (std::size_t at = text.find(from); at != std::string::npos; at = text.find(from, at + to.size())) {
        text.replace(at, from.size(), to);
    }
    return text;
}

std::string quoted_block(std::string_view name, const std::string& text) {
    std::string block = std::string(name) + ":\n";
    std::istringstream lines(text);
    for (std::string line; std::getline(lines, line);) block += line.empty() ? "|\n" : "| " + line + "\n";
    return block;
}

// One line of a case's head, taken into it. `open_file` is the file whose lines are being read.
void read_head_line(Case& one, const std::string& line, std::string& open_file) {
    const auto after = [&line](std::string_view prefix) { return line.substr(prefix.size()); };
    if (line.starts_with("|")) {
        one.files[open_file] += (line.size() > 2 ? line.substr(2) : "") + "\n";
    } else if (line.starts_with("case: ")) {
        one.name = after("case: ");
    } else if (line.starts_with("file ")) {
        open_file = line.substr(5, line.size() - 6);
        one.files[open_file] = "";
    } else if (line.starts_with("env ")) {
        const std::size_t equals = line.find('=');
        one.environment[line.substr(4, equals - 4)] = line.substr(equals + 1);
    } else if (line.starts_with("stdin: ")) {
        one.input = replaced(after("stdin: "), "\\n", "\n");
    } else if (line == "terminal") {
        one.terminal = true;
    } else if (line.starts_with("$ smartcar-sim")) {
        one.line = after("$ smartcar-sim");
    } else {
        throw std::runtime_error("golden: cannot read the line \"" + line + "\"");
    }
}

Case read_case(const std::string& text) {
    Case one;
    std::istringstream lines(text);
    std::string open_file;
    bool in_head = true;
    for (std::string line; std::getline(lines, line);) {
        in_head = in_head && line != "stdout:";
        (in_head ? one.head : one.expectation) += line + "\n";
        if (in_head) read_head_line(one, line, open_file);
    }
    return one;
}

}  // namespace

std::vector<Case> read_cases(const std::filesystem::path& file) {
    std::ifstream stream(file);
    if (!stream) throw std::runtime_error("golden: cannot read " + file.string());
    std::vector<Case> cases;
    std::string text;
    const auto close = [&] {
        if (!text.empty()) cases.push_back(read_case(text));
        text.clear();
    };
    for (std::string line; std::getline(stream, line);) {
        line.empty() ? close() : void(text += line + "\n");
    }
    close();
    return cases;
}

std::string happened(const Case& one) {
    const TemporaryFolder folder;
    for (const auto& [name, content] : one.files) folder.write(name, content);

    std::istringstream in(one.input);
    std::ostringstream out, err;
    const smartcar_sim::cli::Surroundings surroundings{.in = in,
                                                       .out = out,
                                                       .err = err,
                                                       .out_is_terminal = one.terminal,
                                                       .err_is_terminal = one.terminal,
                                                       .environment = {one.environment.begin(), one.environment.end()},
                                                       .working_folder = folder.path(),
                                                       .version = "1.2.3",
                                                       .commit = "0123456789ab",
                                                       .libraries = {"a-library 4.5"}};
    const auto words = split_words(replaced(one.line, "{folder}", folder.path().string()));
    const auto code = smartcar_sim::cli::run(words, surroundings);

    const auto shown = [&folder](const std::ostringstream& stream) {
        return replaced(replaced(stream.str(), folder.path().string(), "{folder}"), "\x1b", "\\e");
    };
    return transcript(shown(out), shown(err), static_cast<int>(code));
}

std::string transcript(const std::string& out, const std::string& err, int code) {
    return quoted_block("stdout", out) + quoted_block("stderr", err) + "exit: " + std::to_string(code) + "\n";
}

void write_cases(const std::filesystem::path& file, const std::vector<Case>& cases) {
    std::ofstream stream(file);
    for (const Case& one : cases) stream << (&one == cases.data() ? "" : "\n") << one.head << one.expectation;
}

std::vector<std::string> split_words(std::string_view line) {
    std::vector<std::string> words;
    bool inside = false;  // of a word
    char quote = '\0';
    for (const char c : line) {
        if (quote == '\0' && c == ' ') {
            inside = false;
            continue;
        }
        if (!inside) words.emplace_back();
        inside = true;
        if (c == quote) {
            quote = '\0';
        } else if (quote == '\0' && (c == '\'' || c == '"')) {
            quote = c;
        } else {
            words.back() += c;
        }
    }
    return words;
}

}  // namespace golden
