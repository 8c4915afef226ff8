#include <algorithm>
#include <vector>

#include "base/text.h"
#include "document/pointer.h"

namespace smartcar_sim::document {

namespace {

bool same(char left, char right) { return base::to_lower(left) == base::to_lower(right); }

// Damerau and Levenshtein's distance in its restricted form (optimal string alignment): insertions, deletions,
// substitutions and swaps of neighbours, letter case aside. Three rows of the table are enough.
std::size_t distance(std::string_view left, std::string_view right) {
    std::vector<std::size_t> before_last(right.size() + 1);
    std::vector<std::size_t> last(right.size() + 1);
    std::vector<std::size_t> row(right.size() + 1);
    for (std::size_t column = 0; column <= right.size(); ++column) {
        row[column] = column;
    }
    for (std::size_t line = 1; line <= left.size(); ++line) {
        before_last.swap(last);
        last.swap(row);
        row[0] = line;
        for (std::size_t column = 1; column <= right.size(); ++column) {
            const std::size_t substitution = last[column - 1] + (same(left[line - 1], right[column - 1]) ? 0 : 1);
            row[column] = std::min({last[column] + 1, row[column - 1] + 1, substitution});
            if (line > 1 && column > 1 && same(left[line - 1], right[column - 2]) &&
                same(left[line - 2], right[column - 1])) {
                row[column] = std::min(row[column], before_last[column - 2] + 1);
            }
        }
    }
    return row[right.size()];
}

// A third of the word may be wrong, at least one letter and at most three.
std::size_t tolerance(std::size_t length) { return std::clamp<std::size_t>(length / 3, 1, 3); }

std::size_t difference(std::size_t left, std::size_t right) { return left > right ? left - right : right - left; }

}  // namespace

std::optional<std::string> nearest(std::string_view word, std::span<const std::string_view> candidates) {
    // All of a word replaced is no slip: "a" is not near "b".
    std::size_t limit = std::min(tolerance(word.size()) + 1, word.size());
    std::optional<std::string> found;
    for (const std::string_view candidate : candidates) {
        if (difference(word.size(), candidate.size()) >= limit) {
            continue;
        }
        const std::size_t steps = distance(word, candidate);
        if (steps < limit) {
            limit = steps;
            found = candidate;
        }
    }
    return found;
}

std::string did_you_mean(std::string_view word, std::span<const std::string_view> candidates) {
    const auto candidate = nearest(word, candidates);
    return candidate ? "; did you mean \"" + *candidate + "\"?" : "";
}

std::string meant_or_listed(std::string_view word, std::span<const std::string_view> candidates,
                            std::string_view there_is) {
    if (std::string meant = did_you_mean(word, candidates); !meant.empty() || candidates.empty()) return meant;
    std::string list;
    for (const std::string_view candidate : candidates) list.append(list.empty() ? " " : ", ").append(candidate);
    return "; " + std::string(there_is) + list;
}

}  // namespace smartcar_sim::document
