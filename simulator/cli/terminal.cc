#include "cli/terminal.h"

#include "contract/api_error.h"
#include "document/json.h"
#include "document/writer.h"

namespace smartcar_sim::cli {
namespace {

std::string_view escape(Colour colour) {
    switch (colour) {
        case Colour::kGood:
            return "\x1b[32m";
        case Colour::kBad:
            return "\x1b[31m";
        case Colour::kWarning:
            return "\x1b[33m";
        case Colour::kDim:
            return "\x1b[2m";
        case Colour::kStrong:
            return "\x1b[1m";
    }
    return "";
}

std::string painted(bool colours, Colour colour, std::string_view text) {
    if (!colours) return std::string(text);
    return std::string(escape(colour)).append(text).append("\x1b[0m");
}

std::string error_object(const base::Error& error) {
    std::string line;
    document::Writer writer(line);
    writer.begin_object().member("type", "error").member("code", error.code);
    writer.member("message", contract::quotable(error.message));
    if (error.place) {
        writer.member("file", contract::quotable(error.place->file));
        if (error.place->line > 0) writer.member("line", error.place->line).member("column", error.place->column);
    }
    writer.end_object();
    return line;
}

}  // namespace

void Terminal::conceal(const base::Secret& secret) {
    const std::lock_guard lock(mutex_);
    mask_.cover(secret);
}

contract::Headers Terminal::concealed(const contract::Headers& headers) const {
    contract::Headers shown;
    for (const auto& [name, value] : headers) shown.add(name, concealed(value));
    return shown;
}

std::string Terminal::concealed(std::string_view text, std::size_t limit) const {
    const std::lock_guard lock(mutex_);
    return mask_.apply(text, limit);
}

void Terminal::print(std::string_view text) { write(out_, text); }

void Terminal::note(std::string_view text) {
    if (style_.verbosity != Verbosity::kQuiet) write(err_, text);
}

void Terminal::warn(std::string_view sentence) {
    note(paint_note(Colour::kWarning, "warning:").append(" ").append(sentence));
}

void Terminal::log(Level level, std::string_view line) {
    const Verbosity needed = level == Level::kInfo ? Verbosity::kVerbose : Verbosity::kDebug;
    if (style_.verbosity >= needed) write(err_, line);
}

ExitCode Terminal::fail(ExitCode code, const base::Error& error, std::string_view text) {
    if (style_.json) {
        write(err_, error_object(error));
    } else {
        const std::string_view label = error.place ? "" : "smartcar-sim: ";
        write(err_, std::string(label) + document::explain_error(error, text));
    }
    return code;
}

std::string Terminal::paint(Colour colour, std::string_view text) const {
    return painted(style_.colour_out, colour, text);
}

std::string Terminal::paint_note(Colour colour, std::string_view text) const {
    return painted(style_.colour_err, colour, text);
}

void Terminal::write(std::ostream& stream, std::string_view text) {
    const std::lock_guard lock(mutex_);
    stream << mask_.apply(text);
    if (text.empty() || text.back() != '\n') stream << '\n';
    stream.flush();
}

}  // namespace smartcar_sim::cli
