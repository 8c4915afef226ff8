#include <cstdio>
#include <memory>
#include <set>
#include <string>
#include <string_view>

#include "catch.h"
#include "document/json.h"
#include "signature/explain.h"
#include "source_folder.h"

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

TEST_CASE("every mistake is named when code makes it") {
    const auto made = document::parse(output_of(PYTHON " " + source_folder() + "/tests/signature/wrong_code.py"));
    REQUIRE(made.ok());
    std::set<std::string, std::less<>> missing;
    for (const Mistake& mistake : mistakes()) missing.emplace(mistake.id);

    for (const document::Value& one : *made.value().find("cases")->array()) {
        const Question question = question_of(one);
        const std::string id = text(one, "id");
        INFO(id << ": " << question.received << " for " << question.message);
        const Explanation explanation = explain(question);
        CHECK_FALSE(explanation.valid);
        CHECK(explanation.mistake == id);
        CHECK_FALSE(explanation.says.empty());
        CHECK_FALSE(explanation.fix.empty());
        CHECK(explanation.tried <= 200);
        missing.erase(id);
    }
    CAPTURE(missing);
    CHECK(missing.empty());
}

}  // namespace smartcar_sim::signature
