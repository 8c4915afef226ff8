#include "document/pointer.h"

#include <algorithm>

#include "base/text.h"

namespace smartcar_sim::document {

namespace {

using Segments = std::vector<std::string>;

base::Error bad_pointer(std::string_view pointer, std::string_view why) {
    return {"bad_pointer", "\"" + std::string(pointer) + "\" is not a JSON pointer: " + std::string(why)};
}

// One reference token read; nothing when a "~" is not followed by 0 or 1.
std::optional<std::string> unescape(std::string_view segment) {
    std::string text;
    for (std::size_t at = 0; at < segment.size(); ++at) {
        if (segment[at] != '~') {
            text += segment[at];
            continue;
        }
        const char code = ++at < segment.size() ? segment[at] : '\0';
        if (code != '0' && code != '1') {
            return std::nullopt;
        }
        text += code == '0' ? '~' : '/';
    }
    return text;
}

base::Result<Segments> split(std::string_view pointer) {
    Segments segments;
    if (!pointer.empty() && pointer[0] != '/') {
        return bad_pointer(pointer, "it must be empty or begin with \"/\"");
    }
    std::string_view rest = pointer;
    while (!rest.empty()) {
        rest.remove_prefix(1);
        const std::size_t end = std::min(rest.find('/'), rest.size());
        auto segment = unescape(rest.substr(0, end));
        if (!segment) {
            return bad_pointer(pointer, R"("~" must be followed by 0 (for "~") or 1 (for "/"))");
        }
        segments.push_back(std::move(*segment));
        rest.remove_prefix(end);
    }
    return segments;
}

std::optional<std::size_t> element_index(std::string_view segment) {
    const bool leading_zero = segment.size() > 1 && segment[0] == '0';
    return leading_zero ? std::nullopt : base::parse_number<std::size_t>(segment);
}

const Value* child(const Value& parent, std::string_view segment) {
    const Array* elements = parent.array();
    if (elements == nullptr) {
        return parent.find(segment);
    }
    const auto index = element_index(segment);
    return index && *index < elements->size() ? &(*elements)[*index] : nullptr;
}

// As far as `segments` match: the value there and how many did.
struct Reached {
    const Value* value;
    std::size_t depth;
};

Reached reach(const Value& root, const Segments& segments) {
    Reached reached{&root, 0};
    while (reached.depth < segments.size()) {
        const Value* next = child(*reached.value, segments[reached.depth]);
        if (next == nullptr) {
            break;
        }
        reached = {next, reached.depth + 1};
    }
    return reached;
}

std::string pointer_to(const Segments& segments, std::size_t depth) {
    std::string pointer;
    for (std::size_t at = 0; at < depth; ++at) {
        pointer += "/" + escape_segment(segments[at]);
    }
    return pointer;
}

// What stands where the pointer stops matching, and why the next segment does not.
std::string why_not(const Value& value, std::string_view segment) {
    const std::string quoted = "\"" + std::string(segment) + "\"";
    if (const Array* elements = value.array()) {
        const std::string count = std::to_string(elements->size());
        return "an array of " + count + (elements->size() == 1 ? " element" : " elements") + " without " + quoted;
    }
    const Object* members = value.object();
    if (members == nullptr) {
        return std::string(value.kind()) + ", which has no " + quoted;
    }
    std::vector<std::string_view> keys;
    keys.reserve(members->size());
    for (const Member& member : *members) {
        keys.emplace_back(member.first);
    }
    return "an object without " + quoted + did_you_mean(segment, keys);
}

base::Error no_match(const Segments& segments, Reached reached, std::string_view pointer) {
    const std::string matched = pointer_to(segments, reached.depth);
    const std::string place = matched.empty() ? "the whole value" : "\"" + matched + "\"";
    return {"no_match", "\"" + std::string(pointer) + "\" matches nothing: " + place + " is " +
                            why_not(*reached.value, segments[reached.depth])};
}

// Adds `value` to `parent` as `segment` if that is possible; it takes the value only then.
bool add(Value& parent, std::string_view segment, Value& value) {
    if (Object* members = parent.object()) {
        members->emplace_back(segment, std::move(value));
        return true;
    }
    Array* elements = parent.array();
    if (elements == nullptr || (segment != "-" && element_index(segment) != elements->size())) {
        return false;
    }
    elements->push_back(std::move(value));
    return true;
}

}  // namespace

std::string escape_segment(std::string_view segment) {
    std::string text;
    for (const char byte : segment) {
        if (byte == '~') {
            text += "~0";
        } else if (byte == '/') {
            text += "~1";
        } else {
            text += byte;
        }
    }
    return text;
}

base::Result<const Value*> find(const Value& root, std::string_view pointer) {
    const base::Result<Segments> segments = split(pointer);
    if (!segments) {
        return segments.error();
    }
    const Reached reached = reach(root, segments.value());
    return reached.depth == segments.value().size() ? reached.value : nullptr;
}

base::Result<base::Done> set(Value& root, std::string_view pointer, Value value, Missing missing) {
    const base::Result<Segments> split_pointer = split(pointer);
    if (!split_pointer) {
        return split_pointer.error();
    }
    const Segments& segments = split_pointer.value();
    const Reached reached = reach(root, segments);
    // `root` is ours to change, so what was reached in it is too.
    auto& target = const_cast<Value&>(*reached.value);
    if (reached.depth == segments.size()) {
        target = std::move(value);
        return base::Done{};
    }
    const bool only_last_missing = reached.depth + 1 == segments.size();
    if (missing == Missing::kAdd && only_last_missing && add(target, segments.back(), value)) {
        return base::Done{};
    }
    return no_match(segments, reached, pointer);
}

}  // namespace smartcar_sim::document
