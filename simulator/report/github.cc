#include "report/github.h"

#include <algorithm>
#include <string_view>
#include <utility>

#include "report/words.h"

namespace smartcar_sim::report {

namespace {

enum class Part { kProperty, kMessage };

// A property ends at "," and the list of them at ":"; a command ends with its line.
std::string escaped(std::string_view text, Part part) {
    std::string out;
    for (const char letter : text) {
        if (letter == '%') {
            out += "%25";
        } else if (letter == '\r') {
            out += "%0D";
        } else if (letter == '\n') {
            out += "%0A";
        } else if (letter == ':' && part == Part::kProperty) {
            out += "%3A";
        } else if (letter == ',' && part == Part::kProperty) {
            out += "%2C";
        } else {
            out += letter;
        }
    }
    return out;
}

std::string error_command(const base::Place& place, const std::string& title, const std::string& message) {
    std::string properties;
    const auto add = [&properties](std::string_view name, const std::string& value) {
        properties.append(properties.empty() ? " " : ",").append(name).append("=") += escaped(value, Part::kProperty);
    };
    if (!place.file.empty()) add("file", one_line(place.file));
    if (place.line > 0) add("line", std::to_string(place.line));
    if (place.line > 0 && place.column > 0) add("col", std::to_string(place.column));
    add("title", one_line(title));
    return "::error" + properties + "::" + escaped(message, Part::kMessage);
}

std::string message_of(const Finding& finding) {
    std::string text = "expected " + one_line(finding.expected);
    if (!finding.actual.empty()) text += "\nactual " + one_line(finding.actual);
    if (!finding.why.empty()) text += "\nwhy: " + one_line(finding.why);
    if (!finding.fix.empty()) text += "\nfix: " + one_line(finding.fix);
    return text;
}

// The fence that a line of Markdown begins with, or nothing.
std::string_view fence_of(std::string_view line) {
    line.remove_prefix(std::min<std::size_t>(line.find_first_not_of(' '), 3));
    if (line.empty() || (line.front() != '`' && line.front() != '~')) return {};
    const std::string_view fence = line.substr(0, line.find_first_not_of(line.front()));
    return fence.size() >= 3 ? fence : std::string_view();
}

// A closing fence is of the same kind, at least as long, and alone on its line.
bool closes(std::string_view line, std::string_view open) {
    const std::string_view fence = fence_of(line);
    return fence.size() >= open.size() && fence.front() == open.front() &&
           line.find_last_not_of(" \n") == static_cast<std::size_t>(fence.end() - line.begin()) - 1;
}

// The end of the last line before `limit` after which no block of code is open.
std::size_t place_to_cut(std::string_view markdown, std::size_t limit) {
    std::string_view open;
    std::size_t safe = 0;
    for (std::size_t at = 0; at < limit;) {
        const std::size_t end = markdown.find('\n', at);
        if (end == std::string_view::npos || end >= limit) break;
        const std::string_view line = markdown.substr(at, end + 1 - at);
        if (open.empty()) {
            open = fence_of(line);
        } else if (closes(line, open)) {
            open = {};
        }
        at = end + 1;
        if (open.empty()) safe = at;
    }
    return safe;
}

}  // namespace

std::vector<std::string> annotations(const scenario::Result& result) {
    std::vector<std::string> lines;
    if (!result.error.empty()) {
        lines.push_back(error_command({.file = result.file, .line = result.line, .column = 0}, result.title(),
                                      one_line(result.error)));
    }
    for (const scenario::StepResult& step : result.steps) {
        // What kept a step from its end is told once, above.
        if (!did_not_hold(step.verdict) || (step.verdict == scenario::Verdict::kError && step.complaints.empty()))
            continue;
        const std::string title = result.title() + ": " + step.title;
        for (const Finding& finding : findings(step)) {
            lines.push_back(error_command(step.place, title, message_of(finding)));
        }
    }
    return lines;
}

void Annotations::add(const scenario::Result& result) {
    for (std::string& line : annotations(result)) {
        ++count_;
        if (first_.size() < kMostAnnotations) first_.push_back(std::move(line));
    }
}

std::vector<std::string> Annotations::finish() const {
    std::vector<std::string> lines = first_;
    if (count_ <= kMostAnnotations) return lines;
    lines.resize(kMostAnnotations - 1);
    const std::string rest = std::to_string(count_ - lines.size());
    lines.push_back(
        error_command({}, rest + " more", rest + " more expectations did not hold; the step's summary has them all"));
    return lines;
}

std::string group_begin(const scenario::Result& result) {
    return "::group::" + escaped(one_line(result.title()), Part::kMessage);
}

std::string group_end() { return "::endgroup::"; }

std::string capped_summary(std::string markdown) {
    if (markdown.size() <= kMostSummary) return markdown;
    const std::string whole = std::to_string(markdown.size() / 1024);
    const std::string sentence = "\nThe summary ends here: GitHub takes no more, and all of it has " + whole +
                                 " KiB. `--report md=FILE` writes all of it to a file.\n";
    markdown.resize(place_to_cut(markdown, kMostSummary - sentence.size()));
    return markdown + sentence;
}

}  // namespace smartcar_sim::report
