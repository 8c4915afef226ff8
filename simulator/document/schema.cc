// Shapes as a JSON schema, draft 7: what Visual Studio Code, the JetBrains editors and ajv read.
#include <algorithm>
#include <map>
#include <utility>

#include "document/shape.h"

namespace smartcar_sim::document {

namespace {

// The definitions met on the way, each written once.
using Definitions = std::map<std::string_view, Value>;

Value text(std::string_view content) { return {std::string(content)}; }

Value schema_of(const Shape& shape, Definitions& definitions);

Array texts(const std::vector<std::string_view>& words) {
    Array list;
    for (const std::string_view word : words) list.push_back(text(word));
    return list;
}

Value required(std::string_view name) { return Object{{"required", Array{text(name)}}}; }

// Exactly one of the actions, and each other member beside those it goes with.
void add_actions(const Shape& shape, Object& schema) {
    if (shape.actions.empty()) return;
    Array one;
    for (const std::string_view action : shape.actions) one.push_back(required(action));
    schema.emplace_back("oneOf", std::move(one));
    Object dependencies;
    for (const Field& field : shape.fields) {
        if (field.beside.empty()) continue;
        Array any;
        for (const std::string_view action : field.beside) any.push_back(required(action));
        dependencies.emplace_back(field.name, Object{{"anyOf", std::move(any)}});
    }
    if (!dependencies.empty()) schema.emplace_back("dependencies", std::move(dependencies));
}

Object object_schema(const Shape& shape, Definitions& definitions) {
    Object schema{{"type", "object"}, {"additionalProperties", false}};
    Array needed;
    for (const Field& field : shape.fields) {
        if (field.need == Need::kRequired) needed.push_back(text(field.name));
    }
    if (!needed.empty()) schema.emplace_back("required", std::move(needed));
    add_actions(shape, schema);
    Object properties;
    for (const Field& field : shape.fields) {
        Value property = schema_of(field.shape(), definitions);
        // Draft 7 heeds nothing beside a "$ref".
        if (property.find("$ref") != nullptr) property = Object{{"allOf", Array{std::move(property)}}};
        Object described{{"description", text(field.says)}};
        for (Member& member : *property.object()) {
            if (member.first != "description") described.push_back(std::move(member));
        }
        properties.emplace_back(field.name, std::move(described));
    }
    schema.emplace_back("properties", std::move(properties));
    return schema;
}

Object text_schema(const Shape& shape) {
    if (!shape.words.empty()) return {{"enum", texts(shape.words)}};
    Object schema{{"type", "string"}};
    if (!shape.wanted.empty()) schema.emplace_back("description", text(shape.wanted));
    if (!shape.pattern.empty()) schema.emplace_back("pattern", text(shape.pattern));
    return schema;
}

Object list_schema(const Shape& shape, Definitions& definitions) {
    Object schema{{"type", "array"}};
    if (shape.low > 0) schema.emplace_back("minItems", shape.low);
    if (shape.high > 0) schema.emplace_back("maxItems", shape.high);
    schema.emplace_back("items", schema_of(shape.element(), definitions));
    return schema;
}

Object schema_itself(const Shape& shape, Definitions& definitions) {
    switch (shape.kind) {
        case Shape::Kind::kText:
            return text_schema(shape);
        case Shape::Kind::kBoolean:
            return {{"type", "boolean"}};
        case Shape::Kind::kInteger:
            return {{"type", "integer"}, {"minimum", shape.low}, {"maximum", shape.high}};
        case Shape::Kind::kObject:
            return object_schema(shape, definitions);
        case Shape::Kind::kMap: {
            Object schema{{"type", "object"}, {"additionalProperties", schema_of(shape.element(), definitions)}};
            if (shape.names != nullptr) schema.emplace_back("propertyNames", schema_of(shape.names(), definitions));
            return schema;
        }
        case Shape::Kind::kList:
            return list_schema(shape, definitions);
        case Shape::Kind::kOneOf: {
            Array alternatives;
            for (const ShapeOf alternative : shape.alternatives) {
                alternatives.push_back(schema_of(alternative(), definitions));
            }
            return {{"anyOf", std::move(alternatives)}};
        }
        case Shape::Kind::kAnything:
            break;
    }
    return {};
}

Value schema_of(const Shape& shape, Definitions& definitions) {
    if (shape.definition.empty()) return schema_itself(shape, definitions);
    // Known before it is written: it may refer to itself.
    if (definitions.try_emplace(shape.definition).second) {
        Value schema = schema_itself(shape, definitions);
        definitions[shape.definition] = std::move(schema);
    }
    return Object{{"$ref", "#/definitions/" + std::string(shape.definition)}};
}

// One line for what has nothing within it, else a line a member.
void write_indented(const Value& value, const std::string& indent, std::string& out) {
    const auto nested = [](const Value& item) {
        return (item.object() != nullptr && !item.object()->empty()) ||
               (item.array() != nullptr && !item.array()->empty());
    };
    const std::string deeper = indent + "  ";
    if (const Object* members = value.object(); members != nullptr && !members->empty()) {
        std::string_view before = "{\n";
        for (const auto& [name, member] : *members) {
            out.append(before).append(deeper);
            Writer(out).value(name);
            out += ": ";
            write_indented(member, deeper, out);
            before = ",\n";
        }
        out.append("\n").append(indent).append("}");
    } else if (const Array* items = value.array(); items != nullptr && std::ranges::any_of(*items, nested)) {
        std::string_view before = "[\n";
        for (const Value& item : *items) {
            out.append(before).append(deeper);
            write_indented(item, deeper, out);
            before = ",\n";
        }
        out.append("\n").append(indent).append("]");
    } else {
        Writer(out).value(value);
    }
}

}  // namespace

std::string write_schema(const Shape& shape, std::string_view title) {
    Definitions definitions;
    Object schema{{"$schema", "http://json-schema.org/draft-07/schema#"}, {"title", text(title)}};
    for (Member& member : schema_itself(shape, definitions)) schema.push_back(std::move(member));
    if (!definitions.empty()) {
        Object all;
        for (auto& [name, definition] : definitions) all.emplace_back(name, std::move(definition));
        schema.emplace_back("definitions", std::move(all));
    }
    std::string out;
    write_indented(Value(std::move(schema)), "", out);
    return out + "\n";
}

}  // namespace smartcar_sim::document
