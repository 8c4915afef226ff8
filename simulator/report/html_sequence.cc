// The lines of life stand at 0 and 100 %, and heads of arrows in an SVG of their own at either, so that the picture
// takes any width while its text keeps its size.
#include "report/html_sequence.h"

#include <algorithm>
#include <utility>
#include <variant>
#include <vector>

#include "base/printable.h"
#include "base/text.h"
#include "report/html_page.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

constexpr std::size_t kLineWidth = 41;  // characters that fit between the lines on a phone
constexpr std::size_t kMostLines = 3;
constexpr int kLine = 17;  // pixels

std::string y_of(int pixels) { return std::to_string(pixels); }

std::size_t characters(std::string_view text) {
    return static_cast<std::size_t>(
        std::ranges::count_if(text, [](char letter) { return (static_cast<unsigned char>(letter) & 0xC0U) != 0x80U; }));
}

// The first `most` characters of a text that is UTF-8.
std::string_view first_characters(std::string_view text, std::size_t most) {
    std::size_t end = 0;
    while (end < text.size() && most-- > 0) end += std::max<std::size_t>(base::utf8_length(text.substr(end)), 1);
    return text.substr(0, end);
}

// Broken between words, or within one that is longer than a line.
std::vector<std::string> broken(std::string_view text) {
    std::vector<std::string> lines;
    for (const std::string& word : base::words(one_line(text))) {
        if (!lines.empty() && characters(lines.back()) + 1 + characters(word) <= kLineWidth) {
            lines.back() += " " + word;
            continue;
        }
        std::string_view rest = word;
        while (!rest.empty() && lines.size() <= kMostLines) {
            const std::string_view piece = first_characters(rest, kLineWidth);
            lines.emplace_back(piece);
            rest.remove_prefix(piece.size());
        }
    }
    if (lines.size() > kMostLines) {
        lines.resize(kMostLines);
        lines.back() = std::string(first_characters(lines.back(), kLineWidth - 2)) + " …";
    }
    return lines;
}

}  // namespace

void Sequence::text(std::string_view look, std::string_view content) {
    for (const std::string& line : broken(content)) {
        height_ += kLine;
        drawn_ += R"(<text x="50%" text-anchor="middle" y=")" + y_of(height_ - 4) + '"' +
                  html_attribute("class", look) + ">" + html_text(line) + "</text>\n";
    }
}

void Sequence::band(std::string_view content) {
    if (exchanges_ >= kMost) return;
    height_ += 8;
    const int top = height_;
    const std::string before = std::exchange(drawn_, {});
    text("note", content);
    const std::string rectangle = R"(<rect x="0" width="100%" rx="3" y=")" + y_of(top) + R"(" height=")" +
                                  y_of(height_ - top + 2) + R"("/>)" + "\n";
    drawn_ = before + rectangle + drawn_;
    height_ += 4;
}

// From a side to `percent` of the way; one that does not get there ends in a cross.
void Sequence::arrow(std::string_view look, bool to_the_right, int percent) {
    height_ += 6;
    const std::string y = y_of(height_);
    const std::string end = std::to_string(to_the_right ? percent : 100 - percent) + "%";
    drawn_ += "<line" + html_attribute("class", look) + R"( x1=")" + (to_the_right ? "0" : "100%") + R"(" x2=")" + end +
              R"(" y1=")" + y + R"(" y2=")" + y + R"("/>)";
    const std::string head = percent < 100  ? R"(<path class="stop" d="M-5 -5L5 5M-5 5L5 -5"/>)"
                             : to_the_right ? R"(<path d="M-8 -4L0 0L-8 4"/>)"
                                            : R"(<path d="M8 -4L0 0L8 4"/>)";
    drawn_ += R"(<svg x=")" + end + R"(" y=")" + y + R"(" overflow="visible">)" + head + "</svg>\n";
    height_ += 4;
}

void Sequence::draw_failure(const delivery::Failure& failure, const std::string& in_short) {
    const std::string says = failure.detail.empty() ? in_short : in_short + ": " + failure.detail;
    switch (failure.kind) {
        case delivery::Failure::Kind::kUnreachable:
        case delivery::Failure::Kind::kRefusedByPolicy:
        case delivery::Failure::Kind::kTls:
        case delivery::Failure::Kind::kCalledOff:
            arrow("", true, 50);
            text("broken", says);
            return;
        case delivery::Failure::Kind::kTimeout:
            arrow("", true, 100);
            height_ += kLine;  // time goes by
            text("broken", says);
            arrow("", true, 0);  // the sender gave up
            return;
        case delivery::Failure::Kind::kReset:
        case delivery::Failure::Kind::kMalformed:
            arrow("", true, 100);
            text("broken", says);
            arrow("back", false, 50);
            return;
    }
}

void Sequence::exchange(std::string_view title, const delivery::Answer& answer, base::Milliseconds took, Way way) {
    ++exchanges_;
    if (exchanges_ > kMost) return;
    const std::string in_short = answer_in_short(answer, took);
    told_ += std::to_string(exchanges_) + ". " + one_line(title) + ": " + in_short + ". ";
    height_ += 8;
    text("", title);
    if (const auto* failure = std::get_if<delivery::Failure>(&answer); failure != nullptr && way == Way::kWhole) {
        draw_failure(*failure, in_short);
        return;
    }
    arrow("", true, 100);
    text(way == Way::kLost ? "broken" : "answer", way == Way::kLost ? "the answer was lost: " + in_short : in_short);
    arrow("back", false, way == Way::kLost ? 50 : 100);
}

std::string Sequence::take() const {
    if (exchanges_ == 0) return {};
    std::string more;
    if (exchanges_ > kMost) {
        more = html_element("figcaption", "soft small", counted(exchanges_ - kMost, "more exchange") + " not drawn");
    }
    const std::string height = y_of(height_ + 12);
    const auto life = [&](std::string_view x) {
        return R"(<line class="life" x1=")" + std::string(x) + R"(" x2=")" + std::string(x) + R"(" y1="24" y2=")" +
               height + R"("/>)";
    };
    return R"(<figure class="sequence"><svg role="img" height=")" + height + '"' +
           html_attribute("aria-label", sender_ + " to " + receiver_ + ": " + told_) + ">\n" +
           R"(<text class="who" x="0" dx="-10" y="15">)" + html_text(sender_) + "</text>" +
           R"(<text class="who" x="100%" dx="10" y="15" text-anchor="end">)" + html_text(receiver_) + "</text>\n" +
           life("0") + life("100%") + "\n" + drawn_ + "</svg>" + more + "</figure>\n";
}

}  // namespace smartcar_sim::report
