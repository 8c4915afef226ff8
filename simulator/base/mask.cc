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

std::string decimal(std::string_view byte) { return std::to_string(static_cast<unsigned char>(byte.front())); }

// "%61%31": each byte written alone, `sign` before it.
std::string byte_by_byte(std::string_view bytes, std::string_view sign, std::string (*write)(std::string_view)) {
    std::string out;
    for (std::size_t at = 0; at < bytes.size(); ++at) out.append(sign).append(write(bytes.substr(at, 1)));
    return out;
}

std::string without_dashes(std::string text) {
    std::erase(text, '-');
    return text;
}

// The n of \n is no letter of a word.
bool begins_in_escape(std::string_view text, std::size_t place) {
    constexpr std::string_view kLetters = "bfnrtu";
    if (kLetters.find(text[place]) == std::string_view::npos) return false;
    std::size_t backslashes = 0;
    while (backslashes < place && text[place - backslashes - 1] == '\\') ++backslashes;
    return backslashes % 2 == 1;
}

// The base64 of `bytes` that stand at the end of a text, `before` bytes after the begin of a group of three: the digits
// without bits of what stands before.
std::string base64_at_end(std::string_view bytes, std::size_t before) {
    const std::string text = to_base64(std::string(before, '\0').append(bytes));
    const std::string digits = text.substr(0, text.find('='));
    return digits.substr(before == 0 ? 0 : before + 1);
}

// The same where more may follow: without the digit that has bits of that.
std::string base64_within(std::string_view bytes, std::size_t before) {
    std::string digits = base64_at_end(bytes, before);
    if ((before + bytes.size()) % 3 != 0) digits.pop_back();
    return digits;
}

std::string base64url_of(std::string text) {
    std::ranges::replace(text, '+', '-');
    std::ranges::replace(text, '/', '_');
    return text;
}

// How much of the beginning of `written`, kShortest bytes at least, `text` ends in; 0 for none.
std::size_t beginning_at_end(std::string_view text, std::string_view written) {
    if (written.size() < Mask::kShortest) return 0;
    const std::string_view first = written.substr(0, Mask::kShortest);
    const std::size_t begin = text.size() - std::min(text.size(), written.size());
    for (std::size_t at = text.find(first, begin); at != std::string_view::npos; at = text.find(first, at + 1)) {
        if (written.starts_with(text.substr(at))) return text.size() - at;
    }
    return 0;
}

}  // namespace

void Mask::cover(const Secret& secret) {
    if (secret.origin() == Secret::Origin::kInvented || secret.reveal().size() < kShortest) return;
    // Where two forms begin at the same place the first is taken.
    const auto add = [this](std::string written, std::string masked, Letters letters) {
        if (letters == Letters::kAnyCase) written = lower_case(written);
        Form form{std::move(written), std::move(masked), letters};
        if (std::ranges::find(forms_, form) == forms_.end()) forms_.push_back(std::move(form));
    };
    // The masked form is escaped alike, so that JSON stays JSON.
    const std::string masked = secret.masked();
    const std::string once = json_escaped(secret.reveal());
    add(json_escaped(once), json_escaped(json_escaped(masked)), Letters::kAnyCase);
    add(once, json_escaped(masked), Letters::kAnyCase);
    add(secret.reveal(), masked, Letters::kAnyCase);
    // How deep in JSON these stand, nobody knows.
    const std::string plain = json_escaped(masked) == masked ? masked : std::string(kEllipsis);
    add(percent_encode(secret.reveal()), plain, Letters::kAnyCase);
    add(to_hex(secret.reveal()), plain, Letters::kAnyCase);
    add(byte_by_byte(secret.reveal(), "%", to_hex), plain, Letters::kAnyCase);
    add(byte_by_byte(secret.reveal(), "\\u00", to_hex), plain, Letters::kAnyCase);
    add(byte_by_byte(secret.reveal(), ",", decimal).substr(1), plain, Letters::kExact);
    if (std::string digits = without_dashes(secret.reveal()); digits.size() >= kShortest) {
        add(std::move(digits), plain, Letters::kAnyCase);
    }
    for (const std::size_t before : {0U, 1U, 2U}) {
        for (const std::string& digits :
             {base64_at_end(secret.reveal(), before), base64_within(secret.reveal(), before)}) {
            add(digits, plain, Letters::kExact);
            add(base64url_of(digits), plain, Letters::kExact);
        }
    }
}

std::string Mask::apply(std::string_view text, std::size_t limit) const {
    if (forms_.empty()) return std::string(text.substr(0, limit));
    const std::string lower = lower_case(text);
    const auto find = [&](const Form& form, std::size_t from) {
        const std::string_view searched = form.letters == Letters::kAnyCase ? std::string_view(lower) : text;
        std::size_t place = searched.find(form.written, from);
        while (place != std::string_view::npos && begins_in_escape(searched, place)) {
            place = searched.find(form.written, place + 1);
        }
        return place;
    };
    std::string out;
    std::size_t at = 0;
    std::vector<std::size_t> places;  // of the next of each form: none is looked for twice
    places.reserve(forms_.size());
    for (const Form& form : forms_) places.push_back(find(form, 0));
    while (true) {
        const auto next = std::ranges::min_element(places);
        if (*next >= std::min(limit, text.size())) break;
        const Form& form = forms_[static_cast<std::size_t>(next - places.begin())];
        out.append(text.substr(at, *next - at)).append(form.masked);
        at = *next + form.written.size();
        for (std::size_t i = 0; i < forms_.size(); ++i) {
            if (places[i] < at) places[i] = find(forms_[i], at);
        }
    }
    if (at < limit) out.append(text.substr(at, limit - at));
    return mask_beginnings(std::move(out));
}

std::string Mask::mask_beginnings(std::string text) const {
    std::size_t longest = 0;
    for (const Form& form : forms_) longest = std::max(longest, form.written.size());
    for (std::size_t dots = text.find(kEllipsis); dots != std::string::npos; dots = text.find(kEllipsis, dots + 1)) {
        // Between the excerpt and its ellipsis stands the closing quote, which JSON escapes.
        const std::size_t last = text.find_last_not_of("\"\\", dots == 0 ? 0 : dots - 1);
        const std::size_t end = last == std::string::npos ? 0 : last + 1;
        const std::string_view before = std::string_view(text).substr(0, end);
        const std::string exact(before.substr(end - std::min(end, longest)));
        const std::string lower = lower_case(exact);
        std::size_t size = 0;
        for (const Form& form : forms_) {
            size = beginning_at_end(form.letters == Letters::kAnyCase ? lower : exact, form.written);
            if (size > 0) break;
        }
        text.erase(end - size, size);
        dots -= size;
    }
    return text;
}

}  // namespace smartcar_sim::base
