// The mistake of a callback that refuses every event, and whose print of a body it hashes.
#include <algorithm>
#include <chrono>
#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "audit/audit.h"
#include "audit/watched_line.h"
#include "catch.h"
#include "document/json.h"
#include "receiver/behaviours.h"
#include "receiver/message.h"
#include "signature/explain.h"
#include "signature/hmac.h"
#include "signature/rewriting.h"

namespace smartcar_sim::audit {
namespace {

using contract::Request;
using contract::Version;
using delivery::Failure;
using receiver::Behaviour;
using receiver::Circumstances;
using MaybeAnswer = std::optional<delivery::Answer>;

constexpr std::string_view kClientSecret = "the client secret";

const Behaviour* behaviour(std::string_view id) { return receiver::find_behaviour(id).value(); }

bool carries(const Circumstances& now, std::string_view hash) {
    return signature::equal(now.request.headers.get("SC-Signature").value_or(""), hash);
}

bool with_line_break(const Circumstances& now) {
    return carries(now, signature::hmac_sha256_hex(std::string(now.token) + "\n", now.request.body));
}
bool with_client_secret(const Circumstances& now) {
    return carries(now, signature::hmac_sha256_hex(kClientSecret, now.request.body));
}
bool swapped(const Circumstances& now) { return carries(now, signature::hmac_sha256_hex(now.request.body, now.token)); }
bool of_payload(const Circumstances& now) {
    return carries(now, signature::hmac_sha256_hex(
                            now.token, signature::written_by(signature::Runtime::kNodePretty2, now.request.body)));
}

// Knows an event by its id before it looks at the signature: whatever comes the second time is "a duplicate".
std::optional<contract::Response> forgetful(const Circumstances& now) {
    if (now.body == nullptr || receiver::challenge_version(*now.body)) return std::nullopt;
    if (now.memory.first_time(receiver::particulars_of(*now.body).event_id)) {
        return receiver::error_answer(401, "wrong signature");
    }
    return contract::json_response(200, R"({"duplicate":true})");
}

Subject subject_with_keys(Version version) {
    Subject subject = subject_of(version);
    subject.other_keys = {{.name = "client-secret", .value = std::string(kClientSecret)}};
    return subject;
}

// Answers every event so, and challenges rightly.
std::function<MaybeAnswer(const Request&)> to_events(const delivery::Answer& answer) {
    return [answer](const Request& request) -> MaybeAnswer {
        if (request.body.find("challenge") != std::string::npos) return std::nullopt;
        return answer;
    };
}

std::size_t wrong_hashes_of(const Finding& finding, const Subject& subject) {
    signature::Explainer explainer({.subject = signature::Subject::kBody,
                                    .message = finding.exchanges.at(0).request.body,
                                    .key = kToken,
                                    .other_keys = subject.other_keys});
    return explainer.wrong_hashes().size();
}

}  // namespace

TEST_CASE("the preflight names the mistake of a callback that refuses every event") {
    struct Row {
        Behaviour wrong;
        std::string mistake, says;
    };
    const Row rows[] = {
        {*behaviour("reserialised-body"), "body-with-spaces", ""},
        {*behaviour("reserialised-by-go"), "body-as-go-map", ""},
        {{.id = "key-with-line-break", .says = "", .trusts = with_line_break}, "key-with-newline", ""},
        {{.id = "client-secret", .says = "", .trusts = with_client_secret}, "client-secret-as-key", ""},
        {{.id = "swapped", .says = "", .trusts = swapped}, "key-and-message-swapped", ""},
        {{.id = "pretty", .says = "", .trusts = of_payload}, "body-pretty-printed", ""},
    };
    for (const Row& row : rows) {
        for (const Version version : {Version::k2_0, Version::k4_0}) {
            CAPTURE(row.wrong.id, version == Version::k2_0);
            WatchedLine line(&row.wrong);
            const Audited audited = examined(line, nullptr, {"time"}, subject_with_keys(version));
            const Finding& finding = finding_of(audited, "event-accepted");
            CHECK(finding.verdict == Verdict::kFail);
            CHECK(finding.mistake == row.mistake);
            const auto mistakes = signature::mistakes();
            const auto found = std::ranges::find(mistakes, row.mistake, &signature::Mistake::id);
            REQUIRE(found != mistakes.end());
            CHECK(finding.note.starts_with("It accepts another hash as the signature, which says what it computes. " +
                                           std::string(found->says)));
            CHECK(finding.fix.starts_with(std::string(found->fix)));
            CHECK(finding.came.starts_with("401 Unauthorized"));
            // Of all offers the one that was accepted is kept.
            REQUIRE(finding.exchanges.size() == 2);
            CHECK(finding.exchanges[1].request.body == finding.exchanges[0].request.body);
            const auto& response = std::get<contract::Response>(finding.exchanges[1].answer);
            CHECK(response.status == 200);
            CHECK(line.sent.size() <= 3 + wrong_hashes_of(finding, subject_with_keys(version)));
            CHECK(audited.summary.latency.answers == 2);
            CHECK((finding.note + finding.fix + finding.came).find(kToken) == std::string::npos);
            CHECK((finding.note + finding.fix + finding.came).find(kClientSecret) == std::string::npos);
        }
    }
}

TEST_CASE("a callback whose answer is not about the signature is not offered hashes") {
    const delivery::Answer answers[] = {
        contract::json_response(404, "no such page"),
        contract::json_response(500, "oh"),
        contract::json_response(302, ""),
        contract::json_response(429, ""),
        Failure{Failure::Kind::kUnreachable, "refused"},
        Failure{Failure::Kind::kTimeout, "no answer"},
    };
    for (const delivery::Answer& answer : answers) {
        WatchedLine line;
        line.instead = to_events(answer);
        const Audited audited = examined(line, nullptr, {"time"});
        const Finding& finding = finding_of(audited, "event-accepted");
        CHECK(finding.verdict == Verdict::kFail);
        CHECK(finding.mistake == std::nullopt);
        CHECK(finding.note.empty());
        CHECK(line.sent.size() == 2);
    }
}

TEST_CASE("each hash is offered once to a callback that refuses them all") {
    for (const int status : {400, 401, 403, 422}) {
        CAPTURE(status);
        WatchedLine line;
        line.instead = to_events(contract::json_response(status, "no"));
        const Subject subject = subject_with_keys(Version::k4_0);
        const Audited audited = examined(line, nullptr, {"time"}, subject);
        const Finding& finding = finding_of(audited, "event-accepted");
        CHECK(finding.mistake == std::nullopt);
        CHECK(finding.note.empty());
        CHECK(finding.exchanges.size() == 1);
        CHECK_FALSE(finding.fix.empty());
        CHECK(line.sent.size() == 2 + wrong_hashes_of(finding, subject));
        CHECK(line.sent.size() < 400);
    }
}

TEST_CASE("hashes are offered for ten seconds and not after the audit's time") {
    WatchedLine line;
    line.each = std::chrono::seconds(1);
    line.instead = to_events(contract::json_response(401, "no"));
    (void)examined(line, nullptr, {"time"});
    CHECK(line.sent.size() == 2 + 11);

    WatchedLine hasty;
    hasty.each = std::chrono::seconds(1);
    hasty.instead = to_events(contract::json_response(401, "no"));
    Options options = asking({"time"});
    options.max_time = std::chrono::seconds(6);
    (void)examine(subject_of(Version::k4_0), hasty, nullptr, base::Ids(7), options);
    CHECK(hasty.sent.size() == 6);
}

TEST_CASE("a callback that dies of an offer gets no further one") {
    WatchedLine line;
    line.instead = [&](const Request& request) -> MaybeAnswer {
        if (request.body.find("challenge") != std::string::npos) return std::nullopt;
        if (line.sent.size() < 5) return contract::json_response(401, "no");
        return Failure{Failure::Kind::kReset, "closed"};
    };
    (void)examined(line, nullptr, {"time"});
    CHECK(line.sent.size() == 5);
}

// It takes any hash by then, and the likeliest mistake was named.
TEST_CASE("a callback that accepts any hash the second time is not said to make a mistake in hashing") {
    const Behaviour knows_ids{.id = "knows-ids", .says = "", .first = forgetful};
    WatchedLine line(&knows_ids);
    const Audited audited = examined(line, nullptr, {"time"});
    const Finding& finding = finding_of(audited, "event-accepted");
    CHECK(finding.verdict == Verdict::kFail);
    CHECK(finding.mistake == std::nullopt);
    CHECK(finding.note.empty());
    CHECK(line.sent.size() == 4);
}

TEST_CASE("the runtime is told whose print of the body a callback hashes") {
    struct Row {
        std::string behaviour, runtime;
    };
    for (const auto& [id, runtime] :
         {Row{"reserialised-by-node", "node"}, Row{"reserialised-by-python", "python-compact"},
          Row{"reserialised-by-php", "php"}, Row{"reserialised-by-ruby", "ruby"}, Row{"reserialised-by-rails", "rails"},
          Row{"reserialised-by-gson", "gson-tree"}, Row{"reserialised-by-jackson", "jackson"}}) {
        INFO(id);
        WatchedLine line(behaviour(id));
        const auto conclusions = examined(line, nullptr, {"raw-bytes"}).summary.conclusions;
        REQUIRE(conclusions.size() == 1);
        INFO(conclusions.front());
        const std::string_view before =
            "Of the awkward bodies it accepted exactly those that do not change when they are parsed and printed by ";
        const std::string_view after = ": it hashes its own print of the parsed body, and not the bytes that came.";
        REQUIRE(conclusions.front().starts_with(before));
        REQUIRE(conclusions.front().ends_with(after));
        std::string names =
            conclusions.front().substr(before.size(), conclusions.front().size() - before.size() - after.size());
        for (const std::string_view between : {" or ", ", "}) {
            for (std::size_t at = names.find(between); at != std::string::npos; at = names.find(between)) {
                names.replace(at, between.size(), "\n");
            }
        }
        CHECK(("\n" + names + "\n").find("\n" + runtime + "\n") != std::string::npos);
        CHECK(std::ranges::count(names, '\n') < 3);
    }
}

TEST_CASE("of a captured body whose keys are sorted Go's print is told too") {
    Subject subject = subject_of(Version::k4_0);
    subject.captured =
        document::parse(
            signature::written_by(
                signature::Runtime::kGoMap,
                R"({"eventId":"e","eventType":"VEHICLE_STATE","data":{"vehicle":{"id":"v"},"signals":[]}})"))
            .value();
    WatchedLine line(behaviour("reserialised-by-go"));
    const Audited audited = examined(line, nullptr, {"raw-bytes"}, subject);
    CHECK(finding_of(audited, "event-accepted").verdict == Verdict::kPass);
    REQUIRE(audited.summary.conclusions.size() == 1);
    CHECK(audited.summary.conclusions.front().find("go-map") != std::string::npos);
}

TEST_CASE("no other behaviour is said to print bodies") {
    int asked = 0;
    for (const Behaviour& wrong : receiver::behaviours()) {
        if (wrong.id.starts_with("reserialised-by-")) continue;
        INFO(wrong.id);
        WatchedLine line(&wrong);
        CHECK(examined(line, nullptr, {"raw-bytes"}).summary.conclusions.empty());
        ++asked;
    }
    CHECK(asked > 60);
}

}  // namespace smartcar_sim::audit
