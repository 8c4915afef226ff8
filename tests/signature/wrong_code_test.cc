#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "catch.h"
#include "document/json.h"
#include "signature/explain.h"

namespace smartcar_sim::signature {
namespace {

struct CloseProcess {
    void operator()(std::FILE* process) const { pclose(process); }
};

std::string output_of(const std::string& command) {
    const std::unique_ptr<std::FILE, CloseProcess> process(popen(command.c_str(), "r"));
    REQUIRE(process != nullptr);
    std::string output;
    for (int c = std::fgetc(process.get()); c != EOF; c = std::fgetc(process.get())) output += static_cast<char>(c);
    return output;
}

std::string text(const document::Value& object, std::string_view name) {
    const document::Value* member = object.find(name);
    return member == nullptr || member->string() == nullptr ? "" : *member->string();
}

Question question_of(const document::Value& one) {
    Question question;
    question.subject = text(one, "subject") == "body" ? Subject::kBody : Subject::kChallenge;
    question.message = text(one, "message");
    question.key = text(one, "key");
    question.received = text(one, "received");
    question.request_body = text(one, "requestBody");
    if (const document::Value* others = one.find("otherKeys")) {
        for (const document::Value& other : *others->array()) {
            question.other_keys.push_back({.name = text(other, "name"), .value = text(other, "value")});
        }
    }
    return question;
}

using Ids = std::set<std::string, std::less<>>;

[[maybe_unused]] Ids all_rows() {
    Ids ids;
    for (const Mistake& mistake : mistakes()) ids.emplace(mistake.id);
    return ids;
}

[[maybe_unused]] Ids rows_of(Language language) {
    Ids ids;
    for (const Mistake& mistake : mistakes()) {
        if (mistake.language == language) ids.emplace(mistake.id);
    }
    return ids;
}

[[maybe_unused]] void name(const document::Value& one) {
    const Question question = question_of(one);
    const std::string id = text(one, "id");
    INFO(id << ": " << question.received << " for " << question.message);
    const Explanation explanation = explain(question);
    CHECK_FALSE(explanation.valid);
    if (one.find("perhaps") == nullptr) {
        CHECK(explanation.mistake == id);
    } else {
        const auto& others = explanation.also_possible;
        CHECK((explanation.mistake == id || std::ranges::count(others, id) == 1));
    }
    CHECK_FALSE(explanation.says.empty());
    CHECK_FALSE(explanation.fix.empty());
    CHECK(explanation.tried <= kMostTried);
    if (const std::string second = text(one, "second"); !second.empty()) {
        CHECK(explanation.says.find(" " + second + ": ") != std::string::npos);
        CHECK(explanation.fix.find(" " + second + ": ") != std::string::npos);
    }
}

// explain() names every case that the command makes, and those are cases of at least these rows.
[[maybe_unused]] void name_all(const std::string& command, Ids missing) {
    REQUIRE_FALSE(missing.empty());
    const auto made = document::parse(output_of(command));
    REQUIRE(made.ok());
    for (const document::Value& one : *made.value().find("cases")->array()) {
        name(one);
        missing.erase(text(one, "id"));
    }
    CAPTURE(missing);
    CHECK(missing.empty());
}

}  // namespace

#ifdef PYTHON
TEST_CASE("every mistake is named when code makes it") { name_all(PYTHON, all_rows()); }
#endif
#ifdef NODE
TEST_CASE("the mistakes of node are named") { name_all(NODE, rows_of(Language::kNode)); }
#endif
#ifdef PHP
TEST_CASE("the mistakes of php are named") { name_all(PHP, rows_of(Language::kPhp)); }
#endif
#ifdef RUBY
TEST_CASE("the mistakes of ruby are named") {
    Ids rows = rows_of(Language::kRuby);
    rows.erase("body-as-rails");
    name_all(RUBY, std::move(rows));
}
#endif
#ifdef RAILS
TEST_CASE("the mistakes of rails are named") { name_all(RAILS, {"body-as-rails"}); }
#endif
#ifdef GO
TEST_CASE("the mistakes of go are named") { name_all(GO, rows_of(Language::kGo)); }
#endif
#ifdef JAVA
TEST_CASE("the mistakes of java are named") { name_all(JAVA, rows_of(Language::kJava)); }
#endif

}  // namespace smartcar_sim::signature
