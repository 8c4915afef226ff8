// Where a command writes: data on stdout, everything else on stderr.
//
// Each member writes whole lines under one lock and flushes, so threads may share a Terminal and a
// reader of a pipe sees a line as soon as it happened. A text without its final newline gets one. A secret of the
// user that conceal() was given is masked in all of it.
#pragma once

#include <mutex>
#include <ostream>
#include <string>
#include <string_view>

#include "base/mask.h"
#include "base/result.h"
#include "base/secret.h"
#include "cli/exit_code.h"
#include "contract/http.h"

namespace smartcar_sim::cli {

enum class Verbosity { kQuiet, kNormal, kVerbose, kDebug };  // -q, neither, -v, -vv
enum class Colour { kGood, kBad, kWarning, kDim, kStrong };

class Terminal {
public:
    struct Style {
        bool json = false;
        Verbosity verbosity = Verbosity::kNormal;
        bool colour_out = false;
        bool colour_err = false;
    };

    Terminal(std::ostream& out, std::ostream& err, Style style) : out_(out), err_(err), style_(style) {}
    Terminal(const Terminal&) = delete;
    Terminal& operator=(const Terminal&) = delete;

    // True with --json: print() then takes one JSON object a line and nothing else.
    [[nodiscard]] bool json() const { return style_.json; }
    [[nodiscard]] Verbosity verbosity() const { return style_.verbosity; }

    // From now on nothing shows this secret, unless it is one that we invented.
    void conceal(const base::Secret& secret);
    // The first `limit` bytes of a text as they will be shown; for excerpts, which must not cut a secret in two.
    [[nodiscard]] std::string concealed(std::string_view text, std::size_t limit = std::string_view::npos) const;
    [[nodiscard]] contract::Headers concealed(const contract::Headers& headers) const;  // their values

    // The command's data, on stdout.
    void print(std::string_view text);
    // What a person at the terminal wants to know beside it, on stderr; silent with -q.
    void note(std::string_view text);
    // "warning: …" on stderr; silent with -q.
    void warn(std::string_view sentence);
    // A line of log on stderr: with -v or -vv.
    enum class Level { kInfo, kDebug };
    void log(Level level, std::string_view line);

    // Says what went wrong on stderr and returns `code`, so that a command can end with it:
    // a sentence with its place, the line of `text` and a caret, or with --json
    // {"type":"error","code":…,"message":…,"file":…,"line":…,"column":…}. Not silenced by -q.
    ExitCode fail(ExitCode code, const base::Error& error, std::string_view text = {});

    // The text in that colour if the stream shows colours, else the text as it is.
    [[nodiscard]] std::string paint(Colour colour, std::string_view text) const;       // for print()
    [[nodiscard]] std::string paint_note(Colour colour, std::string_view text) const;  // for note() and log()

private:
    void write(std::ostream& stream, std::string_view text);

    std::ostream& out_;
    std::ostream& err_;
    const Style style_;
    mutable std::mutex mutex_;  // held for one write to out_ or err_
    base::Mask mask_;           // guarded by mutex_
};

}  // namespace smartcar_sim::cli
