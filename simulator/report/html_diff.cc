// Myers' algorithm ("An O(ND) Difference Algorithm and Its Variations", 1986) over characters, after what both texts
// begin and end with is set aside. It keeps the ends of its paths of every length, so that the shortest can be walked
// back; a limit on the length bounds time and memory for texts that have nothing in common.
#include "report/html_diff.h"

#include <algorithm>

#include "base/printable.h"
#include "base/text.h"
#include "report/html_bytes.h"
#include "report/html_page.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

constexpr int kLongestPath = 400;            // edits; the ends of all paths are 160,000 numbers
constexpr std::size_t kContext = 48;         // bytes on either side of a change
constexpr std::size_t kShownPlaces = 8;      // of a difference
constexpr std::size_t kShownOfChange = 400;  // bytes
constexpr std::size_t kShownOfPlace = 600;   // bytes from its first change to its last, about

using Characters = std::vector<std::string_view>;

Characters characters_of(std::string_view text) {
    Characters all;
    all.reserve(text.size());
    while (!text.empty()) {
        const std::size_t length = std::max<std::size_t>(base::utf8_length(text), 1);
        all.push_back(text.substr(0, length));
        text.remove_prefix(length);
    }
    return all;
}

// Steps of a walk from the beginning of both texts to their end, by index of character.
struct Point {
    int expected = 0;
    int actual = 0;
};

class Walk {
public:
    Walk(const Characters& expected, const Characters& actual) : expected_(expected), actual_(actual) {}

    // The points between edits, from the end to the beginning. Falls short of the end of both texts when that is too
    // far away.
    [[nodiscard]] std::vector<Point> backwards();

private:
    using Ends = std::vector<int>;  // of the paths of one length: the index in `expected`, by diagonal from -length on

    // How far along a diagonal (expected - actual) the best path of `edits` leads.
    [[nodiscard]] int furthest(int edits, int diagonal) const;
    // Where a path of `edits` came from: down is one more of `actual`.
    [[nodiscard]] bool came_down(int edits, int diagonal) const;
    [[nodiscard]] int end_of(int edits, int diagonal) const {
        return ends_[static_cast<std::size_t>(edits)][index_of(edits, diagonal)];
    }
    // Of a diagonal among the ends of paths of that length.
    [[nodiscard]] static std::size_t index_of(int edits, int diagonal) {
        const int index = diagonal + edits;
        return static_cast<std::size_t>(index);
    }
    // Explores until a path ends at the end of both, or all are too long; keeps the ends of paths as long as the best.
    // The diagonal of that one.
    [[nodiscard]] int explore();

    const Characters& expected_;
    const Characters& actual_;
    std::vector<Ends> ends_;
};

bool Walk::came_down(int edits, int diagonal) const {
    if (diagonal == -edits) return true;
    if (diagonal == edits) return false;
    return end_of(edits - 1, diagonal - 1) < end_of(edits - 1, diagonal + 1);
}

int Walk::furthest(int edits, int diagonal) const {
    int at = 0;
    if (edits > 0) {
        at = came_down(edits, diagonal) ? end_of(edits - 1, diagonal + 1) : end_of(edits - 1, diagonal - 1) + 1;
    }
    const auto in_expected = static_cast<int>(expected_.size());
    const auto in_actual = static_cast<int>(actual_.size());
    while (at < in_expected && at - diagonal < in_actual &&
           expected_[static_cast<std::size_t>(at)] == actual_[static_cast<std::size_t>(at - diagonal)]) {
        ++at;
    }
    return at;
}

int Walk::explore() {
    const auto in_expected = static_cast<int>(expected_.size());
    const auto in_actual = static_cast<int>(actual_.size());
    int most = -1;
    int best = 0;
    std::size_t length = 0;
    for (int edits = 0; edits <= kLongestPath && most < in_expected + in_actual; ++edits) {
        ends_.emplace_back(index_of(edits, edits) + 1, 0);
        for (int diagonal = -edits; diagonal <= edits; diagonal += 2) {
            const int at = furthest(edits, diagonal);
            ends_.back()[index_of(edits, diagonal)] = at;
            // Paths past an end lead nowhere.
            if (at > in_expected || at - diagonal > in_actual || 2 * at - diagonal <= most) continue;
            most = 2 * at - diagonal;
            best = diagonal;
            length = ends_.size();
        }
    }
    ends_.resize(length);
    return best;
}

std::vector<Point> Walk::backwards() {
    int diagonal = explore();
    std::vector<Point> points;
    for (int edits = static_cast<int>(ends_.size()) - 1; edits >= 0; --edits) {
        const int at = end_of(edits, diagonal);
        points.push_back({.expected = at, .actual = at - diagonal});
        if (edits == 0) break;
        const bool down = came_down(edits, diagonal);
        const int before = down ? diagonal + 1 : diagonal - 1;
        const int from = end_of(edits - 1, before);
        // Where the run of equal characters after the edit began.
        points.push_back({.expected = down ? from : from + 1, .actual = (down ? from : from + 1) - diagonal});
        diagonal = before;
    }
    return points;
}

std::size_t size_of(const Change& change) {
    return change.expected_end - change.expected_at + change.actual_end - change.actual_at;
}

// Edits that follow each other are one change.
void append(std::vector<Change>& list, const Change& edit) {
    if (list.empty() || list.back().expected_end != edit.expected_at) {
        list.push_back(edit);
        return;
    }
    list.back().expected_end = edit.expected_end;
    list.back().actual_end = edit.actual_end;
}

// A few bytes between two changes that are both longer are equal by chance: all of it is one change.
std::vector<Change> without_chance(const std::vector<Change>& list) {
    constexpr std::size_t kByChance = 3;
    std::vector<Change> joined;
    joined.reserve(list.size());
    for (const Change& next : list) {
        const std::size_t between = joined.empty() ? 0 : next.expected_at - joined.back().expected_end;
        const bool by_chance = !joined.empty() && between <= kByChance && size_of(joined.back()) > 2 * between &&
                               size_of(next) > 2 * between;
        if (by_chance) {
            append(joined, {.expected_at = joined.back().expected_end,
                            .expected_end = next.expected_end,
                            .actual_at = joined.back().actual_end,
                            .actual_end = next.actual_end});
        } else {
            joined.push_back(next);
        }
    }
    return joined;
}

std::size_t common_beginning(const Characters& left, const Characters& right) {
    return static_cast<std::size_t>(std::ranges::mismatch(left, right).in1 - left.begin());
}

// Of what comes after the first `from` characters of both.
std::size_t common_end(const Characters& left, const Characters& right, std::size_t from) {
    std::size_t count = 0;
    const std::size_t most = std::min(left.size(), right.size()) - from;
    while (count < most && left[left.size() - 1 - count] == right[right.size() - 1 - count]) ++count;
    return count;
}

// Byte offsets of characters, and of the end.
std::vector<std::size_t> offsets_of(const Characters& characters, std::size_t start) {
    std::vector<std::size_t> offsets{start};
    offsets.reserve(characters.size() + 1);
    for (const std::string_view character : characters) offsets.push_back(offsets.back() + character.size());
    return offsets;
}

// What is between the common beginning and end.
struct Middle {
    Characters characters;
    std::vector<std::size_t> offsets;

    Middle(const Characters& all, std::size_t beginning, std::size_t end)
        : characters(all.begin() + static_cast<std::ptrdiff_t>(beginning),
                     all.end() - static_cast<std::ptrdiff_t>(end)) {
        std::size_t start = 0;
        for (std::size_t i = 0; i < beginning; ++i) start += all[i].size();
        offsets = offsets_of(characters, start);
    }
    [[nodiscard]] std::size_t offset(int index) const { return offsets[static_cast<std::size_t>(index)]; }
};

// Bytes of `actual` from the first change to the last.
std::size_t size_of(const std::vector<Change>& list) { return list.back().actual_end - list.front().actual_at; }

// --- as HTML --------------------------------------------------------------------------------------

// Changes so near to each other that they are shown as one place, and where the text around them ends.
struct Place {
    std::vector<Change> list;
    Change before;  // the one before it, or the beginning of both texts
    Change after;   // the one after it, or their end
};

std::vector<Place> places_of(const Changes& changes, const Change& end) {
    std::vector<Place> places;
    for (const Change& change : changes.list) {
        const Change before = places.empty() ? Change{} : places.back().list.back();
        const bool is_far = change.expected_at - before.expected_end > 2 * kContext;
        if (places.empty() || is_far || size_of(places.back().list) > kShownOfPlace) {
            if (!places.empty()) places.back().after = change;
            places.push_back({.list = {}, .before = before, .after = end});
        }
        places.back().list.push_back(change);
    }
    return places;
}

std::string_view last_bytes(std::string_view text, std::size_t most) {
    if (text.size() <= most) return text;
    text.remove_prefix(text.size() - most);
    // Not from the middle of a character.
    while (!text.empty() && (static_cast<unsigned char>(text.front()) & 0xC0U) == 0x80U) text.remove_prefix(1);
    return text;
}

// One side of a place: its name, the common text around the changes, and the changes marked as `element`.
struct Side {
    std::string_view element;  // "del", "ins"
    std::string_view text;
    std::size_t Change::* at;
    std::size_t Change::* end;

    [[nodiscard]] std::string changed(const Change& change) const;
    [[nodiscard]] std::string line(const Place& place) const;
};

std::string Side::changed(const Change& change) const {
    const std::string_view bytes = text.substr(change.*at, change.*end - change.*at);
    if (bytes.empty()) return R"(<b class="nothing" title="nothing here"></b>)";
    const std::string_view shown = base::beginning(bytes, kShownOfChange);
    const std::string name(element);
    std::string html = "<" + name + ">" + visible_bytes(shown, Spaces::kEach) + "</" + name + ">";
    if (shown.size() < bytes.size()) {
        html += html_element("small", "", "… " + counted(bytes.size() - shown.size(), "more byte"));
    }
    return html;
}

std::string Side::line(const Place& place) const {
    const std::size_t first = place.list.front().*at;
    const std::size_t start = place.before.*end;
    const std::string_view before = last_bytes(text.substr(start, first - start), kContext);
    std::string html = before.size() < first ? "…" : "";
    html += visible_bytes(before, Spaces::kAsNeeded);
    std::size_t done = first;
    for (const Change& change : place.list) {
        html += visible_bytes(text.substr(done, change.*at - done), Spaces::kAsNeeded) + changed(change);
        done = change.*end;
    }
    const std::string_view after = base::beginning(text.substr(done, place.after.*at - done), kContext);
    return html + visible_bytes(after, Spaces::kAsNeeded) + (done + after.size() < text.size() ? "…" : "");
}

std::string place_html(const Place& place, const Side& expected, const Side& actual) {
    const auto row = [&](std::string_view sign, std::string_view look, const std::string& line) {
        return R"(<div class=")" + std::string(look) + R"("><span class="sign">)" + std::string(sign) +
               "</span><code>" + line + "</code></div>\n";
    };
    return R"(<div class="place"><p class="soft">byte )" + std::to_string(place.list.front().expected_at) + "</p>\n" +
           row("−", "was", expected.line(place)) + row("+", "is", actual.line(place)) + "</div>\n";
}

std::string size_text(std::string_view text) { return counted(text.size(), "byte"); }

}  // namespace

Changes changes_between(std::string_view expected, std::string_view actual) {
    const Characters left = characters_of(expected);
    const Characters right = characters_of(actual);
    const std::size_t beginning = common_beginning(left, right);
    const std::size_t end = common_end(left, right, beginning);
    const Middle was(left, beginning, end);
    const Middle is(right, beginning, end);
    std::vector<Point> points = Walk(was.characters, is.characters).backwards();
    std::ranges::reverse(points);

    Changes changes;
    Point from = points.front();
    const auto to = [&](const Point& point) {
        append(changes.list, {.expected_at = was.offset(from.expected),
                              .expected_end = was.offset(point.expected),
                              .actual_at = is.offset(from.actual),
                              .actual_end = is.offset(point.actual)});
    };
    // Points come in pairs: after an edit, and after the equal characters that follow it.
    for (std::size_t i = 1; i + 1 < points.size(); i += 2) {
        to(points[i]);
        from = points[i + 1];
    }
    const Point last{.expected = static_cast<int>(was.characters.size()),
                     .actual = static_cast<int>(is.characters.size())};
    changes.all_found = from.expected == last.expected && from.actual == last.actual;
    if (!changes.all_found) to(last);
    changes.list = without_chance(changes.list);
    return changes;
}

std::string difference_html(const audit::Difference& difference) {
    const Changes changes = changes_between(difference.expected, difference.actual);
    std::string html = R"(<div class="diff"><p><span class="sign">−</span> )" + html_text(difference.expected_title) +
                       ", " + size_text(difference.expected) + R"(<br><span class="sign">+</span> )" +
                       html_text(difference.actual_title) + ", " + size_text(difference.actual) + "</p>\n";
    if (changes.list.empty()) return html + "<p>No byte differs.</p></div>\n";
    const std::vector<Place> places = places_of(changes, {.expected_at = difference.expected.size(),
                                                          .expected_end = difference.expected.size(),
                                                          .actual_at = difference.actual.size(),
                                                          .actual_end = difference.actual.size()});
    const Side was{
        .element = "del", .text = difference.expected, .at = &Change::expected_at, .end = &Change::expected_end};
    const Side is{.element = "ins", .text = difference.actual, .at = &Change::actual_at, .end = &Change::actual_end};
    const std::size_t shown = std::min(places.size(), kShownPlaces);
    for (std::size_t i = 0; i < shown; ++i) html += place_html(places[i], was, is);
    if (shown < places.size()) {
        html += html_element("p", "soft", "and at " + counted(places.size() - shown, "more place"));
    }
    if (!changes.all_found) {
        html += html_element("p", "soft", "From the last of these places on the two have too little in common.");
    }
    return html + "</div>\n";
}

}  // namespace smartcar_sim::report
