#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/text.h"
#include "document/pointer.h"
#include "fault/plan.h"

namespace smartcar_sim::fault {
namespace {

using base::Done;
using base::Error;
using base::Result;
using document::Value;

template <class Fault>
struct Word {
    std::string_view text;
    Fault fault;
};

constexpr std::array kSignatureFaults{
    Word<SignatureFault>{"wrong-key", SignatureFault::kWrongKey},
    Word<SignatureFault>{"missing", SignatureFault::kMissing},
    Word<SignatureFault>{"empty", SignatureFault::kEmpty},
    Word<SignatureFault>{"flipped-bit", SignatureFault::kFlippedBit},
    Word<SignatureFault>{"upper-case", SignatureFault::kUpperCase},
    Word<SignatureFault>{"of-another-body", SignatureFault::kOfAnotherBody},
};

constexpr std::array kBodyFaults{
    Word<BodyFault>{"tampered", BodyFault::kTampered},
    Word<BodyFault>{"truncated", BodyFault::kTruncated},
    Word<BodyFault>{"re-serialised", BodyFault::kReserialised},
};

constexpr std::array kNames{
    Name{"signature: wrong-key", "signed with the token and \"-wrong-key\" behind it"},
    Name{"signature: missing", "no SC-Signature header"},
    Name{"signature: empty", "an SC-Signature header without a value"},
    Name{"signature: flipped-bit", "the right signature but for the lowest bit of its last digit"},
    Name{"signature: upper-case", "the right signature in upper-case hex"},
    Name{"signature: of-another-body", "the right token's signature of another body"},
    Name{"body: tampered", "one digit of a value changed after signing, its length and shape kept"},
    Name{"body: truncated", "the last bytes cut off after signing"},
    Name{"body: re-serialised", "the same JSON with a space after each colon and comma, signed before"},
    Name{"duplicate", "the same bytes once more (true), or that many times more"},
    Name{"delay", "waits before the first attempt, in platform time: \"5s\""},
    Name{"answer: lost", "the platform ignores the answer as if it had timed out, and tries again"},
    Name{"times", "how many answers are lost: 1 unless it is given"},
};

Error bad_fault(std::string message) { return {.code = "bad_fault", .message = std::move(message)}; }

Error wrong_kind(std::string_view member, const std::string& wanted, const Value& value) {
    return bad_fault("\"" + std::string(member) + "\" is " + wanted + ", not " + std::string(value.kind()));
}

template <class Fault, std::size_t kSize>
std::vector<std::string_view> texts_of(const std::array<Word<Fault>, kSize>& words) {
    std::vector<std::string_view> texts(kSize);
    std::ranges::transform(words, texts.begin(), &Word<Fault>::text);
    return texts;
}

template <class Fault, std::size_t kSize>
std::string_view text_of(Fault fault, const std::array<Word<Fault>, kSize>& words) {
    const auto row = std::ranges::find(words, fault, &Word<Fault>::fault);
    return row == words.end() ? std::string_view() : row->text;
}

// The row of `words` that the string `value` names.
template <class Fault, std::size_t kSize>
Result<Fault> read_word(std::string_view member, const std::array<Word<Fault>, kSize>& words, const Value& value) {
    const std::string* text = value.string();
    if (text == nullptr) return wrong_kind(member, "a string", value);
    const auto row = std::ranges::find(words, std::string_view(*text), &Word<Fault>::text);
    if (row != words.end()) return row->fault;
    return bad_fault("unknown " + std::string(member) + " fault \"" + *text + "\"" +
                     document::did_you_mean(*text, texts_of(words)));
}

Result<int> read_count(std::string_view member, const std::string& wanted, const Value& value) {
    const std::int64_t* count = value.integer();
    if (count == nullptr) return wrong_kind(member, wanted, value);
    if (*count < 1 || *count > kMostTimes) {
        return bad_fault("\"" + std::string(member) + "\" is " + wanted + ", not " + std::to_string(*count));
    }
    return static_cast<int>(*count);
}

// Puts what a reader found where it belongs.
template <class T>
Result<Done> keep(Result<T> found, T& place) {
    if (!found.ok()) return found.error();
    place = std::move(found).value();
    return Done{};
}

Result<Done> read_signature(const Value& value, Plan& plan) {
    return keep(read_word("signature", kSignatureFaults, value), plan.signature);
}

Result<Done> read_body(const Value& value, Plan& plan) {
    return keep(read_word("body", kBodyFaults, value), plan.body);
}

Result<Done> read_duplicate(const Value& value, Plan& plan) {
    if (value.boolean() == nullptr) {
        return keep(read_count("duplicate", "true or a whole number from 1 to 1000", value), plan.duplicates);
    }
    if (!*value.boolean()) return bad_fault("\"duplicate\" is true or a whole number from 1 to 1000, not false");
    plan.duplicates = 1;
    return Done{};
}

Result<Done> read_delay(const Value& value, Plan& plan) {
    const std::string* text = value.string();
    if (text == nullptr) return wrong_kind("delay", "a duration like \"5s\"", value);
    const auto duration = base::parse_duration(*text);
    if (!duration.ok()) return bad_fault("\"delay\": " + duration.error().message);
    plan.delay = duration.value();
    return Done{};
}

Result<Done> read_answer(const Value& value, Plan& plan) {
    enum class AnswerFault { kLost };
    constexpr std::array kAnswerFaults{Word<AnswerFault>{"lost", AnswerFault::kLost}};
    const auto word = read_word("answer", kAnswerFaults, value);
    if (!word.ok()) return word.error();
    plan.lost_answers = std::max(plan.lost_answers, 1);
    return Done{};
}

Result<Done> read_times(const Value& value, Plan& plan) {
    return keep(read_count("times", "a whole number from 1 to 1000", value), plan.lost_answers);
}

struct Member {
    std::string_view name;
    Result<Done> (*read)(const Value& value, Plan& plan);
};

constexpr std::array kMembers{
    Member{"signature", read_signature}, Member{"body", read_body},     Member{"duplicate", read_duplicate},
    Member{"delay", read_delay},         Member{"answer", read_answer}, Member{"times", read_times},
};

Result<Done> read_member(const document::Member& member, Plan& plan) {
    const auto& [name, value] = member;
    const auto known = std::ranges::find(kMembers, std::string_view(name), &Member::name);
    if (known != kMembers.end()) return known->read(value, plan);
    std::array<std::string_view, kMembers.size()> names;
    std::ranges::transform(kMembers, names.begin(), &Member::name);
    return bad_fault("unknown member \"" + name + "\"" + document::did_you_mean(name, names));
}

// What each member allows by itself and what makes no sense together.
Result<Plan> consistent(const Plan& plan, const Value& value) {
    if (value.find("times") != nullptr && value.find("answer") == nullptr) {
        return bad_fault(R"("times" says how many answers are lost; it needs "answer": "lost")");
    }
    if (plan.forges() && plan.lost_answers > 0) {
        return bad_fault(R"("answer": "lost" needs retries, and a forged signature or body is sent once)");
    }
    return plan;
}

}  // namespace

Result<Plan> parse_plan(const Value& value) {
    if (value.object() == nullptr) {
        return bad_fault(R"(a fault is an object like {"signature": "wrong-key"}, not )" + std::string(value.kind()));
    }
    Plan plan;
    for (const auto& member : *value.object()) {
        const auto read = read_member(member, plan);
        if (!read.ok()) return read.error();
    }
    return consistent(plan, value);
}

std::string_view name_of(SignatureFault fault) { return text_of(fault, kSignatureFaults); }

std::string_view name_of(BodyFault fault) { return text_of(fault, kBodyFaults); }

std::vector<std::string_view> signature_faults() { return texts_of(kSignatureFaults); }

std::vector<std::string_view> body_faults() { return texts_of(kBodyFaults); }

std::span<const Name> names() { return kNames; }

}  // namespace smartcar_sim::fault
