#include "signature/json_tree.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <unordered_map>
#include <utility>

#include "signature/unicode.h"

namespace smartcar_sim::signature {
namespace {

constexpr int kMostNesting = 64;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Each function reads one thing from where the reader stands and says whether it was there.
class Reader {
public:
    explicit Reader(std::string_view text) : text_(text) {}

    bool document(Json& root) {
        if (!value(root)) return false;
        skip_blanks();
        return at_ == text_.size();
    }

private:
    bool value(Json& out) {
        skip_blanks();
        switch (peek()) {
            case '{':
                return container(out, Json::Kind::kObject, '}');
            case '[':
                return container(out, Json::Kind::kArray, ']');
            case '"':
                out.kind = Json::Kind::kString;
                return string(out.text);
            case 'n':
                return word("null", Json::Kind::kNull, out);
            case 't':
                return word("true", Json::Kind::kTrue, out);
            case 'f':
                return word("false", Json::Kind::kFalse, out);
            default:
                return number(out);
        }
    }

    bool container(Json& out, Json::Kind kind, char end) {
        if (++depth_ > kMostNesting) return false;
        out.kind = kind;
        ++at_;
        skip_blanks();
        std::unordered_map<std::string, std::size_t> places;
        if (peek() != end) {
            do {
                if (!(kind == Json::Kind::kObject ? member(out, places) : value(out.items.emplace_back())))
                    return false;
                skip_blanks();
            } while (take(','));
        }
        --depth_;
        return take(end);
    }

    bool member(Json& out, std::unordered_map<std::string, std::size_t>& places) {
        std::string name;
        skip_blanks();
        if (!string(name)) return false;
        skip_blanks();
        if (!take(':')) return false;
        const auto [place, is_new] = places.try_emplace(name, out.items.size());
        if (is_new) {
            out.names.push_back(std::move(name));
            return value(out.items.emplace_back());
        }
        Json& earlier = out.items[place->second];
        earlier = Json();
        return value(earlier);
    }

    bool string(std::string& out) {
        if (!take('"')) return false;
        while (at_ < text_.size() && text_[at_] != '"') {
            if (static_cast<unsigned char>(text_[at_]) < 0x20) return false;
            if (text_[at_] != '\\') {
                out += text_[at_++];
            } else if (!escape(out)) {
                return false;
            }
        }
        return take('"');
    }

    bool escape(std::string& out) {
        constexpr std::string_view kLetters = "\"\\/bfnrt";
        constexpr std::string_view kMeanings = "\"\\/\b\f\n\r\t";
        ++at_;
        if (take('u')) return code_units(out);
        const std::size_t known = kLetters.find(peek());
        if (at_ == text_.size() || known == std::string_view::npos) return false;
        out += kMeanings[known];
        ++at_;
        return true;
    }

    bool code_units(std::string& out) {
        const auto first = code_unit();
        if (!first) return false;
        char32_t point = *first;
        const std::size_t after_first = at_;
        if (is_high_surrogate(point) && take('\\') && take('u')) {
            const auto second = code_unit();
            if (!second) return false;
            if (is_low_surrogate(*second)) {
                append_utf8(out, 0x10000 + ((point - 0xD800) << 10U) + (*second - 0xDC00));
                return true;
            }
        }
        at_ = after_first;
        append_utf8(out, point);
        return true;
    }

    std::optional<char32_t> code_unit() {
        constexpr std::size_t kDigits = 4;
        char32_t unit = 0;
        for (std::size_t i = 0; i < kDigits; ++i) {
            constexpr std::string_view kHex = "0123456789abcdef";
            const char digit = at_ < text_.size() ? text_[at_++] : '\0';
            const std::size_t worth = kHex.find(digit >= 'A' && digit <= 'F' ? static_cast<char>(digit + 32) : digit);
            if (worth == std::string_view::npos) return std::nullopt;
            unit = unit * 16 + static_cast<char32_t>(worth);
        }
        return unit;
    }

    bool number(Json& out) {
        const std::size_t begin = at_;
        take('-');
        if (!take('0') && !digits()) return false;
        if (take('.') && !digits()) return false;
        if (take('e') || take('E')) {
            if (!take('+')) take('-');
            if (!digits()) return false;
        }
        out.kind = Json::Kind::kNumber;
        out.text = text_.substr(begin, at_ - begin);
        return true;
    }

    bool digits() {
        const std::size_t begin = at_;
        while (is_digit(peek())) ++at_;
        return at_ > begin;
    }

    bool word(std::string_view spelled, Json::Kind kind, Json& out) {
        out.kind = kind;
        if (!text_.substr(at_).starts_with(spelled)) return false;
        at_ += spelled.size();
        return true;
    }

    void skip_blanks() {
        while (at_ < text_.size() && is_blank(text_[at_])) ++at_;
    }
    [[nodiscard]] char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
    bool take(char expected) {
        if (at_ == text_.size() || text_[at_] != expected) return false;
        ++at_;
        return true;
    }

    std::string_view text_;
    std::size_t at_ = 0;
    int depth_ = 0;
};

}  // namespace

std::optional<Json> read_json(std::string_view text) {
    Json root;
    return Reader(text).document(root) ? std::optional(std::move(root)) : std::nullopt;
}

}  // namespace smartcar_sim::signature
