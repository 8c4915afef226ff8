#include "report/xml.h"

#include <array>
#include <cstdio>

#include "base/printable.h"

namespace smartcar_sim::report {

namespace {

// What XML 1.0 allows in no form, not even as a reference: C0 controls but for three, and U+FFFE and U+FFFF.
bool is_not_of_xml(std::string_view character) {
    const auto first = static_cast<unsigned char>(character.front());
    if (first < 0x20) return first != '\t' && first != '\n' && first != '\r';
    return character == "\xEF\xBF\xBE" || character == "\xEF\xBF\xBF";
}

enum class Where { kElement, kAttribute };

// A parser makes a space of a line break in an attribute and "\n" of a "\r" anywhere, but not of a reference.
std::string_view reference(char letter, Where where) {
    switch (letter) {
        case '&':
            return "&amp;";
        case '<':
            return "&lt;";
        case '>':
            return "&gt;";  // "]]>" may not stand in a text
        case '\r':
            return "&#13;";
        case '"':
            return where == Where::kAttribute ? "&quot;" : "";
        case '\n':
            return where == Where::kAttribute ? "&#10;" : "";
        case '\t':
            return where == Where::kAttribute ? "&#9;" : "";
        default:
            return "";
    }
}

std::string escaped(std::string_view text, Where where) {
    std::string out;
    for (const char letter : base::replaced(text, is_not_of_xml)) {
        const std::string_view instead = reference(letter, where);
        if (instead.empty()) {
            out += letter;
        } else {
            out += instead;
        }
    }
    return out;
}

}  // namespace

std::string xml_text(std::string_view text) { return escaped(text, Where::kElement); }

std::string xml_attribute(std::string_view name, std::string_view text) {
    return " " + std::string(name) + "=\"" + escaped(text, Where::kAttribute) + "\"";
}

std::string seconds(base::Milliseconds time) {
    std::array<char, 40> text{};
    std::snprintf(text.data(), text.size(), "%lld.%03lld", static_cast<long long>(time.count() / 1000),
                  static_cast<long long>(time.count() % 1000));
    return text.data();
}

std::string JunitTotals::attributes() const {
    return xml_attribute("tests", std::to_string(tests)) + xml_attribute("failures", std::to_string(failures)) +
           xml_attribute("errors", std::to_string(errors)) + xml_attribute("skipped", std::to_string(skipped)) +
           xml_attribute("time", seconds(time));
}

std::string junit_property(std::string_view name, std::string_view value) {
    return "      <property" + xml_attribute("name", name) + xml_attribute("value", value) + "/>\n";
}

}  // namespace smartcar_sim::report
