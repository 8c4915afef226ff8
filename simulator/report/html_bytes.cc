#include "report/html_bytes.h"

#include <algorithm>
#include <array>
#include <variant>

#include "base/printable.h"
#include "base/text.h"
#include "report/html_page.h"
#include "report/words.h"

namespace smartcar_sim::report {

namespace {

constexpr std::size_t kEasilyMissed = 2;  // spaces in a row

std::string hex_of(std::string_view bytes) { return base::upper_case(base::to_hex(bytes)); }

// Characters that have no look of their own, or change that of others: they could hide what the bytes are.
bool is_unseen(char32_t code) {
    struct Range {
        char32_t first, last;
    };
    constexpr std::array<Range, 13> kUnseen{{{0x80, 0xA0},
                                             {0xAD, 0xAD},
                                             {0x61C, 0x61C},
                                             {0x115F, 0x1160},
                                             {0x1680, 0x1680},
                                             {0x180B, 0x180F},
                                             {0x2000, 0x200F},
                                             {0x2028, 0x202F},
                                             {0x205F, 0x206F},
                                             {0x3000, 0x3000},
                                             {0xFE00, 0xFE0F},
                                             {0xFEFF, 0xFEFF},
                                             {0xE0000, 0xE0FFF}}};
    const bool is_listed =
        std::ranges::any_of(kUnseen, [code](const Range& range) { return code >= range.first && code <= range.last; });
    return is_listed || (code & 0xFFFEU) == 0xFFFEU;
}

std::string named(char32_t code) {
    std::string digits;
    for (char32_t rest = code; rest > 0 || digits.size() < 4; rest >>= 4U) {
        digits.insert(digits.begin(), "0123456789ABCDEF"[rest & 0xFU]);
    }
    return "U+" + digits;
}

// Puts bytes into HTML, one run of a kind after the other.
class Visible {
public:
    Visible(std::string_view bytes, Spaces spaces) : rest_(bytes), spaces_(spaces) {}

    [[nodiscard]] std::string all() {
        while (!rest_.empty()) next();
        return std::move(html_);
    }

private:
    void next();
    void control(char letter);
    void blanks();
    void foreign();
    [[nodiscard]] bool foreign_is_seen(std::size_t length) const {
        return length > 1 && !is_unseen(base::code_point(rest_.substr(0, length)));
    }
    std::string_view take(std::size_t count) {
        const std::string_view taken = rest_.substr(0, count);
        rest_.remove_prefix(taken.size());
        return taken;
    }

    // A name in place of what cannot be seen. Names that follow each other share an element.
    void name(std::string_view text) {
        constexpr std::string_view kEnd = R"("></i>)";
        if (html_.ends_with(kEnd)) {
            html_.resize(html_.size() - kEnd.size());
        } else {
            html_ += R"(<i data-byte=")";
        }
        html_.append(text).append(kEnd);
    }

    std::string_view rest_;
    const Spaces spaces_;
    std::string html_;
};

void Visible::next() {
    const char letter = rest_.front();
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == ' ') return blanks();
    if (byte < 0x20 || byte == 0x7F) return control(letter);
    if (byte >= 0x80) return foreign();
    const auto is_plain = [](char each) { return each > ' ' && each < 0x7F; };
    html_ += html_text(take(static_cast<std::size_t>(std::ranges::find_if_not(rest_, is_plain) - rest_.begin())));
}

void Visible::control(char letter) {
    switch (letter) {
        case '\n':
            name(R"(\n)");
            html_ += '\n';
            break;
        case '\r':
            name(R"(\r)");  // without the byte, which a browser would make a line break of
            break;
        case '\t':
            name(R"(\t)");
            html_ += '\t';
            break;
        default:
            name(R"(\x)" + hex_of({&letter, 1}));
    }
    take(1);
}

void Visible::blanks() {
    const std::size_t count = std::min(rest_.find_first_not_of(' '), rest_.size());
    const bool ends = count == rest_.size() || rest_[count] == '\n' || rest_[count] == '\r';
    const std::string_view run = take(count);
    if (spaces_ == Spaces::kEach || ends || count >= kEasilyMissed) {
        html_ += R"(<span class="blank">)" + std::string(run) + "</span>";
    } else {
        html_ += run;
    }
}

void Visible::foreign() {
    const std::size_t length = base::utf8_length(rest_);
    if (length == 0) {
        name(R"(\x)" + hex_of(take(1)));
        return;
    }
    if (!foreign_is_seen(length)) {
        name(named(base::code_point(take(length))));
        return;
    }
    std::size_t run = length;
    while (run < rest_.size()) {
        const std::size_t more = base::utf8_length(rest_.substr(run));
        if (more < 2 || is_unseen(base::code_point(rest_.substr(run, more)))) break;
        run += more;
    }
    const std::string_view characters = take(run);
    html_ += "<u" + html_attribute("title", hex_of(characters)) + ">" + std::string(characters) + "</u>";
}

std::string head_of(std::string_view first_line, const contract::Headers& headers) {
    std::string head(first_line);
    for (const auto& [name, value] : headers) head.append("\n").append(name).append(": ").append(value);
    return head;
}

// A head whose lines we made ourselves: their ends are no news.
std::string head_block(const std::string& head, std::size_t most) {
    const std::string_view shown = base::beginning(head, most);
    std::string html = R"(<pre class="head">)";
    for (std::size_t at = 0; at <= shown.size();) {
        const std::size_t end = std::min(shown.find('\n', at), shown.size());
        html += (at > 0 ? "\n" : "") + visible_bytes(shown.substr(at, end - at), Spaces::kAsNeeded);
        at = end + 1;
    }
    if (shown.size() < head.size()) html += "\n… " + counted(head.size() - shown.size(), "more byte");
    return html + "</pre>\n";
}

std::string way(std::string_view what, std::string_view bytes, std::size_t most, std::string_view nothing = "no body") {
    const std::string size = bytes.empty() ? std::string(nothing) : counted(bytes.size(), "byte");
    const std::size_t shown = base::beginning(bytes, most).size();
    const std::string cut = shown < bytes.size() ? ", of which the first " + std::to_string(shown) + " are shown" : "";
    return R"(<p class="way">)" + html_text(what) + R"( <span class="soft">)" + size + cut + "</span></p>\n";
}

std::string body_block(std::string_view body, std::size_t most) {
    if (body.empty()) return {};
    return "<pre>" + visible_bytes(base::beginning(body, most), Spaces::kAsNeeded) + "</pre>\n";
}

std::string sent_html(const ShownExchange& exchange, std::size_t most) {
    if (exchange.request == nullptr) {
        return way("sent, raw", exchange.raw, most, "no bytes") + body_block(exchange.raw, most);
    }
    const contract::Request& request = *exchange.request;
    return way("sent", request.body, most) +
           head_block(head_of(request.method + " " + request.target, request.headers), most) +
           body_block(request.body, most);
}

std::string answer_html(const ShownExchange& exchange, std::size_t most) {
    const std::string came = "came, " + answer_in_short(*exchange.answer, exchange.took);
    if (const auto* failure = std::get_if<delivery::Failure>(exchange.answer)) {
        return html_element("p", "way", came) + html_element("p", "fail", failure->detail);
    }
    const auto& response = std::get<contract::Response>(*exchange.answer);
    const std::string first_line =
        std::to_string(response.status) + " " + std::string(contract::reason_phrase(response.status));
    return way(came, response.body, most) + head_block(head_of(first_line, response.headers), most) +
           body_block(response.body, most);
}

}  // namespace

std::string visible_bytes(std::string_view bytes, Spaces spaces) { return Visible(bytes, spaces).all(); }

std::string exchange_html(const ShownExchange& exchange, std::size_t most) {
    return "<div>\n" + sent_html(exchange, most) + answer_html(exchange, most) + "</div>\n";
}

}  // namespace smartcar_sim::report
