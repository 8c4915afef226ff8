// One JSON object on a line of its own. Private to report/.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "document/writer.h"

namespace smartcar_sim::report {

// Bytes that are not UTF-8 become U+FFFD. Objects and arrays within it are begun and ended at json().
class JsonObject {
public:
    explicit JsonObject(std::string_view type) : json_(text_) { json_.begin_object().member("type", type); }
    JsonObject(const JsonObject&) = delete;  // the writer writes to this one's text
    JsonObject& operator=(const JsonObject&) = delete;

    JsonObject& text(std::string_view name, std::string_view content);
    JsonObject& text_or_null(std::string_view name, std::string_view content);
    JsonObject& texts(std::string_view name, const std::vector<std::string>& contents);
    JsonObject& count(std::string_view name, std::size_t count);
    // Not as a value: a seed may have more than the 53 bits that the writer can say.
    JsonObject& seed(std::uint64_t seed);
    JsonObject& time(std::string_view name, base::Milliseconds time);

    [[nodiscard]] document::Writer& json() { return json_; }

    // Closed, with a line break; nothing may be asked of it afterwards.
    [[nodiscard]] std::string take();

private:
    std::string text_;
    document::Writer json_;
};

}  // namespace smartcar_sim::report
