// An audit as a whole: what is made, skipped, cut short and summed up.
#include "audit/audit.h"

#include <algorithm>
#include <chrono>
#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "audit/check.h"
#include "audit/watched_line.h"
#include "base/text.h"
#include "catch.h"
#include "receiver/behaviours.h"

namespace smartcar_sim::audit {
namespace {

using contract::Request;
using contract::Version;
using delivery::Failure;
using std::chrono::seconds;
using Ids = std::vector<std::string>;
using MaybeAnswer = std::optional<delivery::Answer>;

const receiver::Behaviour* behaviour(std::string_view id) { return receiver::find_behaviour(id).value(); }

std::string bytes_of(const Sent& sent) {
    std::string text = sent.title + "\n" + sent.raw + sent.request.method + " " + sent.request.target + "\n";
    for (const auto& [name, value] : sent.request.headers) {
        text.append(name).append(": ").append(value).append("\n");
    }
    return text + sent.request.body;
}

std::string bytes_of(const Audited& audited) {
    std::string text;
    for (const Finding& finding : audited.findings) {
        for (const Sent& sent : finding.exchanges) text += bytes_of(sent);
    }
    return text;
}

Audited examined_until(WatchedLine& line, base::Milliseconds max_time, const Ids& names) {
    Options options = asking(names);
    options.max_time = max_time;
    return examine(subject_of(Version::k4_0), line, nullptr, base::Ids(7), options);
}

bool is_event(const Request& request) { return request.body.find("VEHICLE_STATE") != std::string::npos; }

}  // namespace

TEST_CASE("what follows a failed preflight is skipped and says which check failed") {
    struct Row {
        std::string behaviour, failed;
        Ids all_failed;
    };
    const Row rows[] = {
        {"echo-challenge", "challenge-answered", {"challenge-answered"}},
        {"reserialised-body", "event-accepted", {"event-accepted"}},
        {"slow", "challenge-answered", {"challenge-answered", "event-accepted"}},
    };
    for (const Row& row : rows) {
        INFO(row.behaviour);
        WatchedLine line(behaviour(row.behaviour));
        const Audited audited = examined(line, nullptr, {});
        CHECK(ids_of(audited, Verdict::kFail) == row.all_failed);
        CHECK(audited.summary.failed == row.all_failed.size());
        CHECK(audited.summary.skipped == audited.findings.size() - 2);
        CHECK(audited.summary.grade == 'D');
        const Finding& skipped = finding_of(audited, "signature-missing");
        CHECK(skipped.came == "The preflight failed (" + row.failed + "): without it nothing else can be told.");
        CHECK(skipped.exchanges.empty());
        CHECK(skipped.fix.empty());
        CHECK_FALSE(finding_of(audited, row.failed).fix.empty());
    }
}

TEST_CASE("events of a version that the callback does not speak are not sent to it") {
    WatchedLine line(behaviour("knows-4.0-only"));
    const Audited audited = examined(line, nullptr, {"event-types", "test-payload-2.0", "dialect-wire"});
    for (const std::string_view id : {"event-types", "test-payload-2.0"}) {
        const Finding& finding = finding_of(audited, id);
        CHECK(finding.verdict == Verdict::kSkip);
        CHECK(finding.came == "The callback answers no 2.0 challenge, so it gets no such events.");
        CHECK(finding.exchanges.empty());
    }
    CHECK(finding_of(audited, "dialect-wire").verdict == Verdict::kPass);
    // The preflight's two, one question whether it speaks 2.0, and the event.
    CHECK(line.sent.size() == 4);
}

// It was said that the callback answers no 2.0 challenge.
TEST_CASE("what the time ended within is not held against the callback") {
    WatchedLine line;
    line.each = seconds(1);
    line.instead = [](const contract::Request& request) -> std::optional<delivery::Answer> {
        if (request.body.find(R"("verify")") == std::string::npos) return std::nullopt;
        return delivery::Failure{delivery::Failure::Kind::kTimeout, "no answer"};
    };
    const Audited audited = examined_until(line, seconds(3), {"event-types"});
    CHECK(finding_of(audited, "event-types").verdict == Verdict::kSkip);
    CHECK(finding_of(audited, "event-types").came == "The 3s of --max-time were over.");
    CHECK(audited.summary.unasked == 1);
}

// It passed: the connection had ended in order.
TEST_CASE("a callback that is gone after odd input has not survived it") {
    WatchedLine line;
    bool gone = false;
    line.instead = [&](const contract::Request& request) -> std::optional<delivery::Answer> {
        if (gone) return delivery::Failure{delivery::Failure::Kind::kUnreachable, "connection refused"};
        gone = request.body.find("[[[[") != std::string::npos;
        if (gone) return delivery::Failure{delivery::Failure::Kind::kReset, "closed"};
        return std::nullopt;
    };
    const Audited audited = examined(line, nullptr, {"deep-nesting"});
    CHECK(finding_of(audited, "deep-nesting").verdict == Verdict::kFail);
    CHECK(finding_of(audited, "deep-nesting").came ==
          "no answer (reset: closed); and a challenge after it got no answer (unreachable: connection refused).");
}

TEST_CASE("the version that the preflight was made in is not asked for again") {
    WatchedLine line(behaviour("verify-once"));
    const Audited audited = examined(line, nullptr, {"dialect-wire", "dialect-doc", "event-types"});
    CHECK(ids_of(audited, Verdict::kPass) ==
          Ids{"challenge-answered", "event-accepted", "dialect-wire", "dialect-doc"});
    CHECK(ids_of(audited, Verdict::kSkip) == Ids{"event-types"});
}

TEST_CASE("a callback that wants signed challenges is asked with them for its versions too") {
    WatchedLine line(behaviour("verify-needs-signature"));
    Subject subject = subject_of(Version::k4_0);
    subject.challenges = Subject::Challenges::kSigned;
    const Audited audited = examined(line, nullptr, {"event-types", "challenge-repeated"}, subject);
    CHECK(audited.summary.passed == 4);
}

TEST_CASE("what there is no time for is skipped and says so") {
    WatchedLine line;
    line.each = seconds(1);
    const Audited audited =
        examined_until(line, seconds(4), {"challenge-16", "challenge-uuid", "challenge-128", "time"});
    CHECK(ids_of(audited, Verdict::kPass) == Ids{"challenge-answered", "event-accepted", "challenge-16",
                                                 "challenge-uuid", "slowest-answer", "usual-answer"});
    CHECK(ids_of(audited, Verdict::kSkip) == Ids{"challenge-128"});
    // What needs no sending is judged all the same, and what was not asked leaves no grade.
    CHECK(audited.summary.unasked == 1);
    CHECK(audited.summary.grade == std::nullopt);
    CHECK(audited.summary.conclusions == Ids{"The time was up before all was asked: 1 of the checks was not made."});
    CHECK(finding_of(audited, "challenge-128").came == "The 4s of --max-time were over.");
    CHECK(line.sent.size() == 4);
    CHECK(audited.summary.took == seconds(4));
}

// It kept the mistake and the difference of what was not to be judged.
TEST_CASE("a check that fails when the time is over is skipped and not failed") {
    WatchedLine line;
    line.each = seconds(1);
    line.instead = [&](const Request&) -> MaybeAnswer {
        if (line.sent.size() < 3) return std::nullopt;
        return contract::json_response(200, R"({"challenge":")" + std::string(64, 'A') + "\"}");
    };
    const Audited audited = examined_until(line, seconds(3), {"challenge-16"});
    const Finding& cut = finding_of(audited, "challenge-16");
    CHECK(cut.verdict == Verdict::kSkip);
    CHECK(cut.came == "The 3s of --max-time were over.");
    CHECK(cut.fix.empty());
    CHECK(cut.note.empty());
    CHECK(cut.mistake == std::nullopt);
    CHECK(cut.difference == std::nullopt);
    CHECK(cut.exchanges.size() == 1);
    CHECK(audited.summary.grade == std::nullopt);

    WatchedLine patient;
    patient.instead = [&](const Request&) -> MaybeAnswer {
        if (patient.sent.size() < 3) return std::nullopt;
        return contract::json_response(200, R"({"challenge":")" + std::string(64, 'A') + "\"}");
    };
    const Audited whole = examined_until(patient, seconds(3), {"challenge-16"});
    CHECK(finding_of(whole, "challenge-16").verdict == Verdict::kFail);
    CHECK(finding_of(whole, "challenge-16").difference.has_value());
}

TEST_CASE("no exchange is given more time than is left") {
    WatchedLine line;
    line.each = seconds(4);
    (void)examined_until(line, seconds(18), {"challenge-repeated"});
    CHECK(line.timeouts ==
          std::vector<base::Milliseconds>{seconds(15), seconds(14), seconds(10), seconds(6), seconds(2)});
}

TEST_CASE("a preflight for which there is no time is no failure") {
    WatchedLine line;
    const Audited audited = examined_until(line, base::Milliseconds(0), {});
    CHECK(audited.summary.skipped == audited.findings.size());
    CHECK(audited.summary.grade == std::nullopt);
    CHECK(line.sent.empty());
}

TEST_CASE("an audit that is called off skips the rest") {
    WatchedLine line;
    line.called_off_after = 4;
    line.instead = [&](const Request&) -> MaybeAnswer {
        if (line.sent.size() < 4) return std::nullopt;
        return Failure{Failure::Kind::kCalledOff, "called off"};
    };
    const Audited audited = examined(line, nullptr, {"challenge-16", "challenge-uuid", "challenge-128", "time"});
    CHECK(ids_of(audited, Verdict::kPass) == Ids{"challenge-answered", "event-accepted", "challenge-16"});
    for (const std::string_view id : {"challenge-uuid", "challenge-128", "usual-answer"}) {
        CHECK(finding_of(audited, id).verdict == Verdict::kSkip);
        CHECK(finding_of(audited, id).came == "The audit was called off.");
    }
    CHECK(line.sent.size() == 4);
}

TEST_CASE("each finding is told as soon as it is there, with its row and what was exchanged for it") {
    WatchedLine line;
    Options options = asking({"challenge-repeated", "slowest-answer"});
    Ids told;
    std::vector<std::size_t> sent;
    options.on_finding = [&](const Finding& finding) {
        told.emplace_back(finding.id);
        sent.push_back(line.sent.size());
    };
    const Audited audited = examine(subject_of(Version::k4_0), line, nullptr, base::Ids(7), options);
    CHECK(told == Ids{"challenge-answered", "event-accepted", "challenge-repeated", "slowest-answer"});
    CHECK(sent == std::vector<std::size_t>{1, 2, 5, 5});
    const Finding& repeated = finding_of(audited, "challenge-repeated");
    CHECK(repeated.family == Family::kHandshake);
    CHECK(repeated.severity == Severity::kHigh);
    CHECK(repeated.asks == "is a challenge answered again?");
    CHECK(repeated.came == "The right hash came back each time.");
    REQUIRE(repeated.exchanges.size() == 3);
    CHECK(repeated.exchanges[0].request.body != repeated.exchanges[2].request.body);
    CHECK(finding_of(audited, "slowest-answer").exchanges.empty());
}

TEST_CASE("the times of honest answers are summed up and judged") {
    struct Row {
        base::Milliseconds each;
        Ids failed;
        std::string came;
    };
    const Row rows[] = {
        {base::Milliseconds(1000), {}, "1s of the 15s allowed."},
        {base::Milliseconds(1001), {"usual-answer"}, "1s1ms of the 15s allowed."},
        {base::Milliseconds(5000), {"usual-answer"}, "5s of the 15s allowed."},
        {base::Milliseconds(5001), {"slowest-answer", "usual-answer"}, "5s1ms of the 15s allowed."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.each.count());
        WatchedLine line;
        line.each = row.each;
        const Audited audited = examined(line, nullptr, {"challenge-repeated", "signature-missing", "time"});
        CHECK(ids_of(audited, Verdict::kFail) == row.failed);
        CHECK(finding_of(audited, "slowest-answer").came == row.came);
        // Two of the preflight and three challenges: what is forged does not count.
        CHECK(audited.summary.latency.answers == 5);
        CHECK(audited.summary.latency.median == row.each);
        CHECK(audited.summary.latency.slowest == row.each);
        CHECK(audited.summary.latency.limit == seconds(15));
        CHECK(finding_of(audited, "challenge-repeated").took == 3 * row.each);
        CHECK(audited.summary.took == 6 * row.each);
    }
}

TEST_CASE("a summary says whom it is about and in which version") {
    WatchedLine line;
    const Audited audited = examined(line, nullptr, {"time"}, subject_of(Version::k2_0));
    CHECK(audited.summary.callback.text() == "http://127.0.0.1:3000/webhooks");
    CHECK(audited.summary.webhook_version == "2.0");
    CHECK(audited.summary.passed == 4);
    CHECK(audited.summary.grade == 'A');
    CHECK(audited.summary.probe.empty());
    CHECK(audited.summary.conclusions.empty());
}

TEST_CASE("the worst failure of an audit makes its grade") {
    struct Row {
        std::string behaviour;
        char grade;
    };
    for (const auto& [id, grade] : {Row{"created-answer", 'B'}, Row{"short-challenges-only", 'C'},
                                    Row{"sixteen-characters-only", 'D'}, Row{"hashes-objects", 'F'}}) {
        INFO(id);
        WatchedLine line(behaviour(id));
        CHECK(examined(line, nullptr, {"handshake", "signing-oracle"}).summary.grade == grade);
    }
}

TEST_CASE("of several refused events it is said how many and which was the first") {
    WatchedLine line;
    int events = 0;
    line.instead = [&](const Request& request) -> MaybeAnswer {
        if (request.body.find("CHARGING_") == std::string::npos || ++events < 3) return std::nullopt;
        return contract::json_response(503, "busy");
    };
    const Audited audited = examined(line, nullptr, {"event-types"}, subject_of(Version::k2_0));
    const Finding& finding = finding_of(audited, "event-types");
    CHECK(finding.verdict == Verdict::kFail);
    // The preflight's is the first of all.
    CHECK(finding.came ==
          "2 of 3, the first " + finding.exchanges[1].title + ": 503 Service Unavailable and \"busy\".");
}

TEST_CASE("a callback that answers nothing fails with how to be reached") {
    WatchedLine line;
    line.instead = [](const Request&) -> MaybeAnswer {
        return Failure{Failure::Kind::kUnreachable, "127.0.0.1:3000: connection refused"};
    };
    const Audited audited = examined(line, nullptr, {});
    CHECK(audited.summary.failed == 2);
    const Finding& finding = finding_of(audited, "event-accepted");
    CHECK(finding.came == "no answer (unreachable: 127.0.0.1:3000: connection refused).");
    CHECK(finding.fix == delivery::fix_for(Failure::Kind::kUnreachable));
    CHECK(finding.exchanges.size() == 1);
    CHECK(audited.summary.latency.answers == 0);
}

TEST_CASE("the same seed sends the same bytes in every exchange") {
    std::vector<std::vector<std::string>> sent;
    Ids kept;
    for (int i = 0; i < 2; ++i) {
        WatchedLine line;
        kept.push_back(bytes_of(examined(line, nullptr, {})));
        sent.push_back(line.sent);
    }
    CHECK(sent[0].size() > 150);
    CHECK((sent[0] == sent[1]));
    CHECK((kept[0] == kept[1]));
    CHECK(kept[0].size() > 100'000);

    WatchedLine line;
    (void)examine(subject_of(Version::k4_0), line, nullptr, base::Ids(8), asking({}));
    CHECK(line.sent.size() == sent[0].size());
    CHECK((line.sent[0] != sent[0][0]));
    CHECK((line.sent[1] != sent[0][1]));
}

TEST_CASE("what -H brings is sent with every request and shown in none") {
    const std::string secret = "hunter2-of-the-proxy";
    WatchedLine line;
    Subject subject = subject_of(Version::k4_0);
    subject.headers = {{"X-Api-Key", secret}, {"uSER-aGENT", "agent " + secret}, {"Cookie", "a=" + secret}};
    const Audited audited = examined(line, nullptr, {}, subject);
    CHECK(audited.summary.grade == 'A');
    REQUIRE(line.sent.size() > 150);
    for (const std::string& sent : line.sent) {
        INFO(sent.substr(0, 400));
        const std::string names = base::lower_case(sent.substr(0, 3000));
        for (const std::string& line_of :
             {"x-api-key: " + secret, "user-agent: agent " + secret, "cookie: a=" + secret}) {
            CHECK(names.find("\n" + line_of) != std::string::npos);
        }
    }
    std::size_t raw = 0;
    for (const Finding& finding : audited.findings) {
        INFO(finding.id);
        CHECK((finding.came + finding.note + finding.fix).find(secret) == std::string::npos);
        for (const Sent& sent : finding.exchanges) {
            const std::string shown = bytes_of(sent);
            CHECK(shown.find(secret) == std::string::npos);
            CHECK(base::lower_case(shown).find("x-api-key: …") != std::string::npos);
            raw += sent.raw.empty() ? 0U : 1U;
        }
    }
    CHECK(raw >= 8);
}

// Both were sent, which is a 400.
TEST_CASE("a Host that -H brings takes the place of the callback's") {
    WatchedLine line;
    Subject subject = subject_of(Version::k4_0);
    subject.headers = {{"host", "proxy.example"}};
    const Audited audited = examined(line, nullptr, {"keep-alive", "chunked"}, subject);
    CHECK(audited.summary.failed == 0);
    const std::string& chunked = line.sent.back();
    CHECK(chunked.find("Host: proxy.example\r\n") != std::string::npos);
    CHECK(chunked.find("host: ") == std::string::npos);
    CHECK(chunked.find("127.0.0.1") == std::string::npos);
}

TEST_CASE("a signed challenge and the other version of events are what they say") {
    WatchedLine line;
    const Audited audited = examined(line, nullptr, {"challenge-signed", "event-types", "challenge-other-version"});
    const auto signatures = [&](std::string_view id) {
        return finding_of(audited, id).exchanges.at(0).request.headers.count("SC-Signature");
    };
    CHECK(signatures("challenge-answered") == 0);
    CHECK(signatures("challenge-signed") == 1);
    CHECK(finding_of(audited, "challenge-other-version").exchanges.at(0).request.body.find(R"("version":"2.0")") !=
          std::string::npos);
    CHECK(finding_of(audited, "event-types").exchanges.at(0).request.headers.get("user-agent") ==
          "Smartcar-Webhooks/2.0");
    CHECK(finding_of(audited, "event-accepted").exchanges.at(0).request.headers.get("user-agent") ==
          "Smartcar-Webhooks/4.0");
    CHECK(is_event(finding_of(audited, "event-accepted").exchanges.at(0).request));
}

}  // namespace smartcar_sim::audit
