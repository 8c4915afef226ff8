// Real JavaScript to compare with: questions gathered, then answered by one Node process.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

class Node {
public:
    // Without Node the tests that compare with it say so on stderr, by which CTest knows that they were skipped.
    [[nodiscard]] static bool installed(std::string_view skipped_test);

    // JSON.stringify(JSON.parse(text)), or "refused". `text` holds no line feed.
    void ask_json(std::string_view text);
    // String(number)
    void ask_number(double number);

    // One answer a question, in order.
    [[nodiscard]] std::vector<std::string> answers() const;

private:
    std::string questions_;
};
