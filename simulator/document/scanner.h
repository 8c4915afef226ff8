// Walks a JSON text token by token beside a parser that has accepted them. Private to document/.
#pragma once

#include <cstddef>
#include <string_view>

namespace smartcar_sim::document {

class Scanner {
public:
    explicit Scanner(std::string_view text) : text_(text) {}

    [[nodiscard]] std::size_t at() const { return at_; }
    [[nodiscard]] bool at_end() const { return at_ == text_.size(); }
    // The byte here; NUL at the end.
    [[nodiscard]] char peek() const { return at_end() ? '\0' : text_[at_]; }
    // The byte before this one; NUL at the start.
    [[nodiscard]] char previous() const { return at_ == 0 ? '\0' : text_[at_ - 1]; }
    [[nodiscard]] std::string_view rest() const { return text_.substr(at_); }

    void skip(std::size_t count) { at_ += count; }

    // White space and comments. Stops at the start of a comment that does not end.
    void skip_blanks();

    // Blanks, commas and colons; returns where the next token starts and moves past that token.
    // The token must be well-formed.
    std::size_t take_token();

private:
    [[nodiscard]] std::size_t comment_length() const;
    [[nodiscard]] std::size_t token_length() const;

    std::string_view text_;
    std::size_t at_ = 0;
};

}  // namespace smartcar_sim::document
