#include "cli/candidates.h"

#include <optional>
#include <sstream>
#include <utility>

#include "base/text.h"
#include "cli/input.h"

namespace smartcar_sim::cli {
namespace {

using base::Error;
using base::Result;
using signature::Candidate;

// A value as a shell or a dotenv library would read it; escapes are kept, as most of them do.
std::string_view unquoted(std::string_view value) {
    const char quote = value.empty() ? '\0' : value.front();
    if (quote == '"' || quote == '\'') {
        const std::size_t end = value.find(quote, 1);
        if (end != std::string_view::npos) return value.substr(1, end - 1);
    }
    return base::trimmed(value.substr(0, value.find(" #")));
}

std::optional<Candidate> parse_env_line(std::string_view line) {
    constexpr std::string_view kExport = "export ";
    if (line.starts_with(kExport)) line = base::trimmed(line.substr(kExport.size()));
    const std::size_t equals = line.find('=');
    if (equals == std::string_view::npos || equals == 0) return std::nullopt;
    return Candidate{.name = std::string(base::trimmed(line.substr(0, equals))),
                     .value = std::string(unquoted(base::trimmed(line.substr(equals + 1))))};
}

}  // namespace

Result<Candidate> read_candidate(std::string_view pair) {
    const std::size_t equals = pair.find('=');
    const std::string name(pair.substr(0, equals));
    const std::string_view source = pair.substr(equals + 1);
    if (!source.starts_with('@')) {
        return Error{"bad_candidate", "--candidate takes " + name +
                                          "=@FILE, not the value itself, which would show in the process list"};
    }
    auto bytes = read_bytes(std::string(source.substr(1)));
    if (!bytes) return bytes.error();
    std::string value = std::move(bytes).value();
    if (value.ends_with('\n')) value.pop_back();
    if (value.ends_with('\r')) value.pop_back();
    return Candidate{.name = name, .value = std::move(value)};
}

Result<std::vector<Candidate>> read_candidates(const std::string& path) {
    const auto bytes = read_bytes(path);
    if (!bytes) return bytes.error();
    std::vector<Candidate> candidates;
    std::istringstream lines(bytes.value());
    int number = 0;
    for (std::string text; std::getline(lines, text);) {
        ++number;
        const std::string_view line = base::trimmed(text);
        if (line.empty() || line.front() == '#') continue;
        auto candidate = parse_env_line(line);
        if (!candidate) return Error{"bad_candidate", "the line is not NAME=VALUE", base::Place{path, number, 1}};
        if (candidate->value.empty()) continue;
        candidate->name += " in " + path;
        candidates.push_back(*std::move(candidate));
    }
    return candidates;
}

}  // namespace smartcar_sim::cli
