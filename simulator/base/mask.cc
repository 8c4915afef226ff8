#include "base/mask.h"

#include <algorithm>
#include <utility>

#include "base/text.h"

namespace smartcar_sim::base {

namespace {

constexpr std::string_view kEllipsis = "\u2026";

// As a JSON writer puts it into a string.
std::string json_escaped(std::string_view text) {
    constexpr std::string_view kEscaped = "\"\\\b\f\n\r\t";
    constexpr std::string_view kLetters = "\"\\bfnrt";
    std::string out;
    for (const char byte : text) {
        if (const std::size_t short_form = kEscaped.find(byte); short_form != std::string_view::npos) {
            out += '\\';
            out += kLetters[short_form];
        } else if (static_cast<unsigned char>(byte) < 0x20) {
            out += "\\u00" + to_hex(std::string_view(&byte, 1));
        } else {
            out += byte;
        }
    }
    return out;
}

// What every base64 text has in common that `bytes` stand in, `before` bytes after the begin of a group of three.
std::string base64_within(std::string_view bytes, std::size_t before) {
    constexpr std::size_t kGroup = 3;
    const std::size_t whole = (before + bytes.size()) / kGroup * kGroup;
    const std::string text = to_base64(std::string(before, '\0').append(bytes).substr(0, whole));
    return text.substr(before == 0 ? 0 : before + 1);  // the digits that carry bits of what stands before
}

std::string base64url_of(std::string text) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

}  // namespace

void Mask::cover(const Secret& secret) {
    if (secret.origin() == Secret::Origin::kInvented || secret.reveal().size() < kShortest) return;
    const auto add = [this](std::string written, std::string masked) {
        Form form{std::move(written), std::move(masked)};
        if (std::ranges::find(forms_, form) == forms_.end()) forms_.push_back(std::move(form));
    };
    // The masked form is escaped alike, so that JSON stays JSON.
    const std::string once = json_escaped(secret.reveal());
    const std::string masked_once = json_escaped(secret.masked());
    add(json_escaped(once), json_escaped(masked_once));
    add(once, masked_once);
    add(secret.reveal(), secret.masked());
    add(percent_encode(secret.reveal()), secret.masked());
    add(upper_case(secret.reveal()), secret.masked());
    add(lower_case(secret.reveal()), secret.masked());
    add(to_hex(secret.reveal()), secret.masked());
    add(upper_case(to_hex(secret.reveal())), secret.masked());
    for (const std::size_t before : {0U, 1U, 2U}) {
        const std::string text = base64_within(secret.reveal(), before);
        add(text, secret.masked());
        add(base64url_of(text), secret.masked());
    }
}

std::string Mask::apply(std::string_view text, std::size_t limit) const {
    std::string out;
    std::size_t at = 0;
    std::vector<std::size_t> places;  // of the next of each form: none is looked for twice
    places.reserve(forms_.size());
    for (const Form& form : forms_) places.push_back(text.find(form.written));
    while (!forms_.empty()) {
        const auto next = std::ranges::min_element(places);
        if (*next >= std::min(limit, text.size())) break;
        const Form& form = forms_[static_cast<std::size_t>(next - places.begin())];
        out.append(text.substr(at, *next - at)).append(form.masked);
        at = *next + form.written.size();
        for (std::size_t i = 0; i < forms_.size(); ++i) {
            if (places[i] < at) places[i] = text.find(forms_[i].written, at);
        }
    }
    if (at < limit) out.append(text.substr(at, limit - at));
    return forms_.empty() ? out : mask_beginnings(std::move(out));
}

std::string Mask::mask_beginnings(std::string text) const {
    for (std::size_t dots = text.find(kEllipsis); dots != std::string::npos; dots = text.find(kEllipsis, dots + 1)) {
        // Between the excerpt and its ellipsis stands the closing quote, which JSON escapes.
        const std::size_t last = text.find_last_not_of("\"\\", dots == 0 ? 0 : dots - 1);
        const std::size_t end = last == std::string::npos ? 0 : last + 1;
        for (const Form& form : forms_) {
            std::size_t size = std::min(form.written.size(), end);
            while (size >= kShortest && text.compare(end - size, size, form.written, 0, size) != 0) --size;
            if (size < kShortest) continue;
            text.erase(end - size, size);
            dots -= size;
            break;
        }
    }
    return text;
}

}  // namespace smartcar_sim::base
