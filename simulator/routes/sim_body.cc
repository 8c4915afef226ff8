#include "routes/sim_body.h"

#include <algorithm>
#include <utility>

#include "base/text.h"
#include "document/json.h"
#include "document/pointer.h"

namespace smartcar_sim::routes {

namespace {

constexpr base::Milliseconds kLongestWait = std::chrono::minutes(1);
// Answers repeat what was asked for, and JSON carries whole numbers up to 2^53 - 1 unchanged.
constexpr std::uint64_t kLargestExact = (std::uint64_t{1} << 53U) - 1;

base::Error wrong_kind(std::string_view name, std::string_view wanted, const document::Value& value) {
    return {"bad_member",
            "/" + std::string(name) + " is " + std::string(value.kind()) + ", not " + std::string(wanted)};
}

const document::Value* present(const document::Value& body, std::string_view name) {
    const document::Value* value = body.find(name);
    return value == nullptr || value->is_null() ? nullptr : value;
}

base::Result<base::Fields> read_query(const contract::Request& request, std::span<const std::string_view> known) {
    base::Fields fields = request.query_fields();
    for (auto field = fields.begin(); field != fields.end(); ++field) {
        const std::string& name = field->first;
        if (std::ranges::find(known, name) == known.end()) {
            return base::Error{"bad_query", "the query takes no field \"" + name + "\"" +
                                                document::meant_or_listed(name, known, "there are")};
        }
        if (std::find_if(fields.begin(), field, [&](const auto& earlier) { return earlier.first == name; }) != field) {
            return base::Error{"bad_query", name + " stands twice in the query"};
        }
    }
    return fields;
}

base::Result<document::Value> read_body(const contract::Request& request, std::span<const std::string_view> known) {
    if (request.body.empty()) return document::Value(document::Object{});
    auto parsed = document::parse(request.body);
    if (!parsed) return parsed.error();
    const document::Object* object = parsed.value().object();
    if (object == nullptr) {
        return base::Error{"bad_body", "the body is " + std::string(parsed.value().kind()) + ", not an object"};
    }
    for (const auto& [name, value] : *object) {
        if (std::ranges::find(known, name) != known.end()) continue;
        return base::Error{
            "unknown_member",
            "the body takes no member \"" + name + "\"" + document::meant_or_listed(name, known, "there are"),
            document::place_of("body", request.body, value.key_offset)};
    }
    return std::move(parsed).value();
}

}  // namespace

base::Result<Said> read(const contract::Request& request, const Vocabulary& known) {
    auto query = read_query(request, known.fields);
    if (!query) return query.error();
    auto body = read_body(request, known.members);
    if (!body) return body.error();
    return Said{.body = std::move(body).value(), .query = std::move(query).value()};
}

base::Result<std::optional<std::string>> text_member(const document::Value& body, std::string_view name) {
    const document::Value* value = present(body, name);
    if (value == nullptr) return std::optional<std::string>();
    if (value->string() == nullptr) return wrong_kind(name, "a string", *value);
    return std::optional<std::string>(*value->string());
}

base::Result<std::vector<std::string>> texts_member(const document::Value& body, std::string_view name) {
    const document::Value* value = present(body, name);
    std::vector<std::string> texts;
    if (value == nullptr) return texts;
    if (value->array() == nullptr) return wrong_kind(name, "an array of strings", *value);
    for (const document::Value& element : *value->array()) {
        if (element.string() == nullptr) {
            return wrong_kind(std::string(name) + "/" + std::to_string(texts.size()), "a string", element);
        }
        texts.push_back(*element.string());
    }
    return texts;
}

base::Result<std::optional<base::Milliseconds>> duration_member(const document::Value& body, std::string_view name) {
    const auto text = text_member(body, name);
    if (!text) return text.error();
    if (!text.value()) return std::optional<base::Milliseconds>();
    const auto duration = base::parse_duration(*text.value());
    if (!duration) return base::Error{"bad_member", "/" + std::string(name) + ": " + duration.error().message};
    return std::optional(duration.value());
}

base::Result<std::optional<bool>> flag_member(const document::Value& body, std::string_view name) {
    const document::Value* value = present(body, name);
    if (value == nullptr) return std::optional<bool>();
    if (value->boolean() == nullptr) return wrong_kind(name, "true or false", *value);
    return std::optional(*value->boolean());
}

base::Result<base::Milliseconds> wait_of(const base::Fields& query) {
    const auto text = base::field(query, "wait");
    if (!text) return base::Milliseconds(0);
    const auto duration = base::parse_duration(*text);
    if (!duration) return base::Error{"bad_query", "wait: " + duration.error().message};
    return std::min(duration.value(), kLongestWait);
}

base::Result<std::optional<std::uint64_t>> number_of(const base::Fields& query, std::string_view name) {
    const auto text = base::field(query, name);
    if (!text) return std::optional<std::uint64_t>();
    const auto number = base::parse_number<std::uint64_t>(*text);
    if (!number || *number > kLargestExact) {
        return base::Error{"bad_query", std::string(name) + " is \"" + *text + "\", not a whole number below 2^53"};
    }
    return number;
}

}  // namespace smartcar_sim::routes
