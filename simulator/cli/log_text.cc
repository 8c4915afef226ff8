#include "cli/log_text.h"

#include <string>
#include <string_view>
#include <variant>

#include "base/text.h"
#include "contract/api_error.h"
#include "contract/shown_headers.h"

namespace smartcar_sim::cli {

namespace {

bool wanted(const Terminal& terminal) { return terminal.verbosity() >= Verbosity::kVerbose; }

// Fit for one line of a terminal: what others wrote must not write to it.
std::string one_line(std::string_view text) {
    std::string line = contract::quotable(text);
    for (std::size_t i = 0; i < line.size(); ++i) {
        const auto byte = static_cast<unsigned char>(line[i]);
        if (byte < 0x20 || byte == 0x7f) line[i] = ' ';
        // C1 controls, U+0080 to U+009F, are 0xc2 and themselves.
        if (byte == 0xc2 && static_cast<unsigned char>(line[i + 1]) < 0xa0) line.replace(i, 2, "?");
    }
    return line;
}

// One side of an exchange for -vv, each line behind `mark`.
std::string details(std::string_view mark, const contract::Headers& headers, const std::string& body,
                    const Terminal& terminal) {
    const std::string begin = "\n  " + std::string(mark) + " ";
    std::string text;
    for (const auto& [name, value] : headers) text += begin + one_line(name) + ": " + one_line(value);
    if (body.empty()) return text;
    text += begin + one_line(terminal.concealed(body, kLoggedBody));
    if (body.size() > kLoggedBody) text += "… (" + std::to_string(body.size()) + " bytes)";
    return text;
}

void write(const std::string& line, const std::string& all, Terminal& terminal) {
    if (terminal.verbosity() == Verbosity::kVerbose) {
        terminal.log(Terminal::Level::kInfo, line);
    } else {
        terminal.log(Terminal::Level::kDebug, line + all);
    }
}

std::string outcome_of(const delivery::Attempt& attempt) {
    const auto* failure = std::get_if<delivery::Failure>(&attempt.answer);
    const std::string what = failure != nullptr ? std::string(name_of(failure->kind))
                                                : std::to_string(std::get<contract::Response>(attempt.answer).status);
    return what + " in " + std::to_string(attempt.took.count()) + " ms" +
           (failure != nullptr ? " (" + one_line(failure->detail) + ")" : "");
}

}  // namespace

void log_attempt(const delivery::Delivery& delivery, Terminal& terminal) {
    if (!wanted(terminal) || delivery.attempts.empty()) return;
    const delivery::Attempt& attempt = delivery.attempts.back();
    const bool verification = delivery.event_name == "verify";
    std::string line = base::format_instant(attempt.at) + " " +
                       (verification ? "verification" : "attempt " + delivery.event_name) + " of webhook " +
                       delivery.webhook_id + " -> " + attempt.url.text() + ": " + outcome_of(attempt);
    if (verification) line += delivery.outcome == delivery::Outcome::kDelivered ? ", verified" : ", not verified";

    std::string all =
        details(">", contract::shown_delivery_headers(attempt.request.headers), attempt.request.body, terminal);
    if (const auto* response = std::get_if<contract::Response>(&attempt.answer)) {
        all += details("<", contract::shown_headers(response->headers), response->body, terminal);
    }
    write(line, all, terminal);
}

void log_call(const store::ApiCall& call, const contract::Request& request, const contract::Response& response,
              Terminal& terminal) {
    if (!wanted(terminal)) return;
    const std::string line = base::format_instant(call.at) + " call " + one_line(call.method) + " " +
                             one_line(call.target) + ": " + std::to_string(call.status);
    // The call's own body: of a form its secrets are masked.
    write(line,
          details(">", contract::shown_headers(request.headers), call.body, terminal) +
              details("<", contract::shown_headers(response.headers), response.body, terminal),
          terminal);
}

void log_received(base::Instant at, const contract::Request& request, const contract::Response& response,
                  Terminal& terminal) {
    if (!wanted(terminal)) return;
    const std::string line = base::format_instant(at) + " received " + one_line(request.method) + " " +
                             one_line(request.target) + ": " + std::to_string(response.status);
    write(line,
          details(">", contract::shown_headers(request.headers), request.body, terminal) +
              details("<", contract::shown_headers(response.headers), response.body, terminal),
          terminal);
}

}  // namespace smartcar_sim::cli
