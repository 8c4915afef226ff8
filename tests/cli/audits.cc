#include "cli/audits.h"

#include <algorithm>
#include <sstream>
#include <stdexcept>
#include <utility>

#include "audit/check.h"
#include "document/json.h"
#include "source_folder.h"

using namespace smartcar_sim;

namespace {

std::string text_of(const document::Value* value) {
    return value == nullptr || value->string() == nullptr ? "" : *value->string();
}

bool is_thorough(std::string_view id) {
    return std::ranges::any_of(audit::checks(), [&](const audit::Check& check) {
        return check.id == id && check.part == audit::Check::Part::kThorough;
    });
}

}  // namespace

Program::Finished audited(Words words, std::map<std::string, std::string> environment) {
    words.insert(words.begin(), "audit");
    return Program({.words = std::move(words), .environment = std::move(environment)}).finish();
}

Told::Told(const std::string& lines) {
    std::istringstream in(lines);
    for (std::string line; std::getline(in, line);) {
        auto object = document::parse(line);
        if (!object) throw std::runtime_error("no JSON: " + line);
        const std::string type = text_of(object.value().find("type"));
        if (type == "check") checks_[text_of(object.value().find("id"))] = object.value();
        if (type == "summary") summary_ = object.value();
    }
}

std::set<std::string> Told::of(std::string_view verdict) const {
    std::set<std::string> ids;
    for (const auto& [id, check] : checks_) {
        if (text_of(check.find("verdict")) == verdict) ids.insert(id);
    }
    return ids;
}

std::string Told::text(const std::string& check, std::string_view member) const {
    return text_of(checks_.at(check).find(member));
}

std::string Told::text(std::string_view member) const { return text_of(summary_.find(member)); }

std::int64_t Told::number(std::string_view member) const {
    const document::Value* value = summary_.find(member);
    if (value == nullptr || value->integer() == nullptr) throw std::runtime_error("no number " + std::string(member));
    return *value->integer();
}

std::set<std::string> Told::compared(std::string_view list) const {
    const document::Value* comparison = summary_.find("comparison");
    const document::Value* ids = comparison == nullptr ? nullptr : comparison->find(list);
    std::set<std::string> texts;
    if (ids == nullptr || ids->array() == nullptr) return texts;
    for (const document::Value& id : *ids->array()) texts.insert(text_of(&id));
    return texts;
}

std::set<std::string> failed_in_matrix(std::string_view behaviour) {
    std::istringstream page(content_of(source_folder() + "/docs/audit-matrix.md"));
    const std::string start = "| `" + std::string(behaviour) + "` | ";
    for (std::string row; std::getline(page, row);) {
        if (!row.starts_with(start)) continue;
        const std::size_t end = row.rfind(" |");
        const std::size_t begin = row.rfind(" | ", end - 1) + 3;
        std::string cell = row.substr(begin, end - begin);
        cell = cell.substr(0, cell.find(" ("));
        std::ranges::replace(cell, ',', ' ');
        std::istringstream words(cell);
        std::set<std::string> ids;
        for (std::string id; words >> id;) {
            if (!is_thorough(id)) ids.insert(id);
        }
        return ids;
    }
    throw std::runtime_error("no row of " + std::string(behaviour));
}
