#include <algorithm>
#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <string_view>

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

}  // namespace

namespace {

// Calls `seen` with the id of each case that the command made and explain() named.
template <class Seen>
[[maybe_unused]] void name_all(const std::string& command, Seen seen) {
    const auto made = document::parse(output_of(command));
    REQUIRE(made.ok());
    for (const document::Value& one : *made.value().find("cases")->array()) {
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
        seen(id);
    }
}

}  // namespace

#ifdef PYTHON
TEST_CASE("every mistake is named when code makes it") {
    std::set<std::string, std::less<>> missing;
    for (const Mistake& mistake : mistakes()) missing.emplace(mistake.id);
    name_all(PYTHON, [&](const std::string& id) { missing.erase(id); });
    CAPTURE(missing);
    CHECK(missing.empty());
}
#endif
#ifdef NODE
TEST_CASE("the mistakes of node are named") {
    name_all(NODE, [](const std::string&) {});
}
#endif
#ifdef PHP
TEST_CASE("the mistakes of php are named") {
    name_all(PHP, [](const std::string&) {});
}
#endif
#ifdef RUBY
TEST_CASE("the mistakes of ruby are named") {
    name_all(RUBY, [](const std::string&) {});
}
#endif
#ifdef GO
TEST_CASE("the mistakes of go are named") {
    name_all(GO, [](const std::string&) {});
}
#endif
#ifdef JAVA
TEST_CASE("the mistakes of java are named") {
    name_all(JAVA, [](const std::string&) {});
}
#endif

}  // namespace smartcar_sim::signature
