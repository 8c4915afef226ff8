#include "report/json_object.h"

#include <cassert>
#include <utility>

#include "base/printable.h"

namespace smartcar_sim::report {

using base::as_utf8;

JsonObject& JsonObject::text(std::string_view name, std::string_view content) {
    json_.member(name, as_utf8(content));
    return *this;
}

JsonObject& JsonObject::text_or_null(std::string_view name, std::string_view content) {
    json_.text_or_null(name, as_utf8(content));
    return *this;
}

JsonObject& JsonObject::texts(std::string_view name, const std::vector<std::string>& contents) {
    json_.key(name).begin_array();
    for (const std::string& content : contents) json_.value(as_utf8(content));
    json_.end_array();
    return *this;
}

JsonObject& JsonObject::count(std::string_view name, std::size_t count) {
    json_.member(name, static_cast<std::int64_t>(count));
    return *this;
}

JsonObject& JsonObject::seed(std::uint64_t seed) {
    json_.key("seed").raw(std::to_string(seed));
    return *this;
}

JsonObject& JsonObject::time(std::string_view name, base::Milliseconds time) {
    json_.member(name, std::int64_t{time.count()});
    return *this;
}

std::string JsonObject::take() {
    json_.end_object();
    assert(!json_.failed());
    text_ += '\n';
    return std::move(text_);
}

}  // namespace smartcar_sim::report
