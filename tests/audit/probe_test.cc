// What is concluded from what a probe shows, and what is not.
#include <chrono>
#include <cstddef>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "audit/audit.h"
#include "audit/watched_line.h"
#include "catch.h"
#include "receiver/behaviours.h"
#include "receiver/message.h"

namespace smartcar_sim::audit {
namespace {

using contract::Request;
using contract::Version;
using delivery::Failure;
using receiver::Behaviour;
using receiver::Circumstances;
using Ids = std::vector<std::string>;
using MaybeAnswer = std::optional<delivery::Answer>;

const Ids kReplayed{"duplicate-delivery", "duplicate-event-id", "order-kept", "order-reversed"};

const Behaviour* behaviour(std::string_view id) { return receiver::find_behaviour(id).value(); }

ToldProbe sees_all(const WatchedLine& line) {
    return ToldProbe([&line] { return base::Result<std::string>(line.applied()); });
}

// No more than whether the vehicle is charging, as SELECT charging FROM vehicles shows it.
ToldProbe sees_charging(const WatchedLine& line) {
    return ToldProbe([&line]() -> base::Result<std::string> {
        const std::string text = line.applied();
        const std::size_t at = text.find("\"charging\":");
        return text.substr(at, text.find(',', at) - at);
    });
}

// 200 to every event, and nothing done with those that are not signed.
std::optional<contract::Response> says_yes(const Circumstances& now) {
    const bool event = now.request.method == "POST" && now.body != nullptr && !receiver::challenge_version(*now.body);
    if (!event || now.is_signed(now.request.body)) return std::nullopt;
    return contract::json_response(200, R"({"received":true})");
}
constexpr Behaviour kSaysYes{.id = "says-yes", .says = "answers 200 to what it throws away", .first = says_yes};

}  // namespace

TEST_CASE("without a probe it is not known what became of an event that came twice or late") {
    WatchedLine line;
    const Audited audited = examined(line, nullptr, {"replay-and-order"});
    CHECK(ids_of(audited, Verdict::kUnknown) == kReplayed);
    CHECK(audited.summary.unknown == 4);
    CHECK(audited.summary.grade == 'A');
    for (const std::string& id : kReplayed) {
        CHECK(finding_of(audited, id).came ==
              "Both were answered with 2xx; what came of it cannot be seen without --probe or --probe-url.");
    }
    CHECK(audited.summary.probe.empty());
    CHECK(audited.summary.conclusions ==
          Ids{"What the callback did with an event was not seen: there was no --probe or --probe-url."});
}

TEST_CASE("a probe that shows what was done tells duplicates and order") {
    struct Row {
        const Behaviour* wrong;
        Ids failed;
        std::string came;
    };
    const Row rows[] = {
        {nullptr, {}, ""},
        {behaviour("counts-duplicates"),
         {"duplicate-delivery", "duplicate-event-id"},
         "Both were answered with 2xx, and the probe shows that the second one was handled too: "
         R"(""sessions":2" became ""sessions":3".)"},
        {behaviour("goes-by-delivery-id"),
         {"duplicate-event-id"},
         "Both were answered with 2xx, and the probe shows that the second one was handled too: "
         R"(""sessions":3" became ""sessions":4".)"},
        {behaviour("last-told-wins"),
         {"order-reversed"},
         "Both were answered with 2xx, and the probe shows that the older event changed what the newer one had told: "
         R"(""sessions":4,"charging":false,"stateOfCharge":49,"asOf":"2025-12-31T23:00:45.000"… became )"
         R"(""sessions":5,"charging":true,"stateOfCharge":48,"asOf":"2025-12-31T23:00:43.000Z"….)"},
        {behaviour("first-event-only"),
         {"order-kept"},
         "Both were answered with 2xx, and the probe shows no effect of the newer one."},
    };
    for (const Row& row : rows) {
        CAPTURE(row.failed);
        WatchedLine line(row.wrong);
        ToldProbe probe = sees_all(line);
        const Audited audited = examined(line, &probe, {"replay-and-order"});
        CHECK(ids_of(audited, Verdict::kFail) == row.failed);
        if (!row.failed.empty()) CHECK(finding_of(audited, row.failed.front()).came == row.came);
        CHECK(audited.summary.probe == "the probe");
        CHECK(audited.summary.conclusions.empty());
        CHECK(probe.asked.front().vehicle_id == subject_of(Version::k4_0).vehicle.id);
        const std::string& body = finding_of(audited, "event-accepted").exchanges.at(0).request.body;
        CHECK(body.find(probe.asked.front().event_id) != std::string::npos);
    }
}

TEST_CASE("from a probe that does not show an honest event nothing is concluded") {
    WatchedLine line(behaviour("no-signature-check"));
    ToldProbe probe([] { return base::Result<std::string>(std::string("always the same")); });
    const Audited audited = examined(line, &probe, {"replay-and-order", "signature-missing"});
    CHECK(finding_of(audited, "event-accepted").verdict == Verdict::kPass);
    CHECK(finding_of(audited, "event-accepted").note ==
          "Nothing that the probe shows has changed, so nothing is concluded from it.");
    CHECK(ids_of(audited, Verdict::kUnknown) == kReplayed);
    CHECK(finding_of(audited, "order-kept").came ==
          "Both were answered with 2xx; what came of it cannot be seen: the probe does not show it.");
    CHECK(finding_of(audited, "signature-missing").verdict == Verdict::kFail);
    CHECK(audited.summary.conclusions ==
          Ids{"What the callback did could not be told: of an honest event there was nothing to be seen in the probe, "
              "which showed \"always the same\"."});
    CHECK(audited.summary.probe.empty());
}

TEST_CASE("a callback that makes no calls to the platform is not judged by them") {
    WatchedLine line;
    ToldProbe probe([] { return base::Result<std::string>(std::string("0")); });
    probe.what = Probe::Shows::kCalls;
    const Audited audited = examined(line, &probe, {"replay-and-order"});
    CHECK(ids_of(audited, Verdict::kUnknown) == kReplayed);
    CHECK(finding_of(audited, "order-kept").came.ends_with("cannot be seen without --probe or --probe-url."));
    CHECK(audited.summary.conclusions ==
          Ids{"What the callback did with an event was not seen: it made no call to the platform's API, and there was "
              "no --probe or --probe-url."});
}

TEST_CASE("a probe of activity tells duplicates and not order") {
    WatchedLine line(behaviour("counts-duplicates"));
    ToldProbe probe = sees_all(line);
    probe.what = Probe::Shows::kCalls;
    const Audited audited = examined(line, &probe, {"replay-and-order"});
    CHECK(ids_of(audited, Verdict::kFail) == Ids{"duplicate-delivery", "duplicate-event-id"});
    CHECK(ids_of(audited, Verdict::kUnknown) == Ids{"order-reversed"});
}

TEST_CASE("a probe that fails shows nothing and says why") {
    WatchedLine line(behaviour("no-signature-check"));
    ToldProbe probe([] { return base::Result<std::string>(base::Error{"probe_failed", "no such command"}); });
    const Audited audited = examined(line, &probe, {"replay-and-order", "signature-missing"});
    CHECK(ids_of(audited, Verdict::kUnknown) == kReplayed);
    CHECK(finding_of(audited, "event-accepted").note.empty());
    CHECK(finding_of(audited, "signature-missing").verdict == Verdict::kFail);
    CHECK(audited.summary.conclusions == Ids{"What the callback did could not be seen: no such command."});
    CHECK(audited.summary.probe.empty());
}

// Whatever it showed was taken for the effect of the forgery that came before.
TEST_CASE("from a probe that never shows the same nothing is concluded") {
    WatchedLine line;
    int reads = 0;
    ToldProbe probe([&] { return base::Result<std::string>(std::to_string(++reads)); });
    const Audited audited = examined(line, &probe, {"replay-and-order", "forgery"});
    CHECK(ids_of(audited, Verdict::kFail).empty());
    CHECK(ids_of(audited, Verdict::kUnknown) == kReplayed);
    CHECK(reads < 50);
    CHECK(audited.summary.conclusions ==
          Ids{"What the callback did could not be seen: the probe shows something else again and again, though nothing "
              "is sent."});
}

TEST_CASE("a forgery that is answered with 2xx passes only if a probe shows that nothing was done") {
    const Ids forgeries{"signature-missing", "signature-flipped-bit", "signature-of-another-body"};
    WatchedLine blind(&kSaysYes);
    const Audited unseen = examined(blind, nullptr, forgeries);
    CHECK(ids_of(unseen, Verdict::kFail) == forgeries);
    CHECK(finding_of(unseen, "signature-missing").came == R"(It was accepted: 200 OK and "{"received":true}".)");
    CHECK(finding_of(unseen, "signature-flipped-bit").came ==
          R"(The one with its first digit changed: it was accepted: 200 OK and "{"received":true}".)");

    WatchedLine line(&kSaysYes);
    ToldProbe probe = sees_all(line);
    const Audited seen = examined(line, &probe, forgeries);
    CHECK(ids_of(seen, Verdict::kFail).empty());
    for (const std::string& id : forgeries) {
        INFO(id);
        CHECK(finding_of(seen, id).verdict == Verdict::kPass);
        CHECK(
            finding_of(seen, id).note ==
            "Accepted by its answer alone: the probe shows that nothing was done. Answer 401, so that others can tell "
            "too.");
    }
}

TEST_CASE("a forgery that is refused and handled all the same gets in") {
    WatchedLine line(behaviour("handles-before-checking"));
    const Audited unseen = examined(line, nullptr, {"signature-missing"});
    CHECK(finding_of(unseen, "signature-missing").verdict == Verdict::kPass);

    WatchedLine watched(behaviour("handles-before-checking"));
    ToldProbe probe = sees_all(watched);
    const Audited seen = examined(watched, &probe, {"signature-missing"});
    CHECK(finding_of(seen, "signature-missing").verdict == Verdict::kFail);
    CHECK(
        finding_of(seen, "signature-missing").came ==
        R"(It was not accepted (401 Unauthorized and "{"error":"SC-Signature is missing"}"), and yet the probe shows )"
        R"(that something was done: ""charging":true,"stateOfCharge":41,"asOf":"2025-12-31T23:00:05.000Z"" became )"
        R"(""charging":false,"stateOfCharge":42,"asOf":"2025-12-31T23:00:10.000Z"".)");
    CHECK(seen.summary.grade == 'F');
}

// With a probe it was called "accepted by its answer alone".
TEST_CASE("a forgery that gets no answer is neither accepted nor refused unless a probe shows more") {
    const auto hangs_up = [](const Request& request) -> MaybeAnswer {
        const bool event = request.body.find("VEHICLE_STATE") != std::string::npos;
        if (!event || request.headers.count("SC-Signature") > 0) return std::nullopt;
        return Failure{Failure::Kind::kReset, "closed"};
    };
    WatchedLine blind;
    blind.instead = hangs_up;
    const Audited unseen = examined(blind, nullptr, {"signature-missing"});
    CHECK(finding_of(unseen, "signature-missing").verdict == Verdict::kUnknown);
    CHECK(finding_of(unseen, "signature-missing").came == "Neither accepted nor refused: no answer (reset: closed).");

    WatchedLine line;
    line.instead = hangs_up;
    ToldProbe probe = sees_all(line);
    const Audited seen = examined(line, &probe, {"signature-missing"});
    CHECK(finding_of(seen, "signature-missing").verdict == Verdict::kPass);
    CHECK(finding_of(seen, "signature-missing").note ==
          "It was left without an answer: the probe shows that nothing was done. Answer 401, so that others can tell "
          "too.");
}

// It was said that there was no --probe.
TEST_CASE("a probe by event that shows nothing is told of by its name") {
    WatchedLine line;
    ToldProbe probe([] { return base::Result<std::string>(std::string("always the same")); });
    probe.what = Probe::Shows::kActivity;
    const Audited audited = examined(line, &probe, {"order-kept"});
    CHECK(finding_of(audited, "order-kept").came ==
          "Both were answered with 2xx; what came of it cannot be seen: the probe does not show it.");
    CHECK(audited.summary.conclusions ==
          Ids{"What the callback did could not be told: of an honest event there was nothing to be seen in the probe, "
              "which showed \"always the same\"."});
}

// A cache that is filled with the first event shows nothing of later ones, honest or forged.
TEST_CASE("a forgery that is answered with 2xx fails when the probe would not have shown it") {
    WatchedLine line(behaviour("no-signature-check"));
    int looks = 0;
    ToldProbe probe([&] { return base::Result<std::string>(std::string(looks++ == 0 ? "nothing" : "one vehicle")); });
    const Audited audited = examined(line, &probe, {"signature-missing", "signature-empty"});
    CHECK(ids_of(audited, Verdict::kFail) == Ids{"signature-missing", "signature-empty"});
    CHECK(audited.summary.grade == 'F');
    CHECK(audited.summary.probe.empty());
}

// After a forgery that was refused the next told what the callback knew already, and passed.
TEST_CASE("a probe of the state alone shows every forgery that gets in") {
    for (const std::string_view id :
         {"signature-unless-empty", "empty-token", "compares-what-came", "signature-list", "unkeyed-hash",
          "any-algorithm", "handles-before-checking", "handles-disguised-events", "challenge-hash-as-signature"}) {
        INFO(id);
        WatchedLine line(behaviour(id));
        ToldProbe probe = sees_charging(line);
        const Audited audited = examined(line, &probe, {"forgery"});
        WatchedLine other(behaviour(id));
        ToldProbe all = sees_all(other);
        CHECK(ids_of(audited, Verdict::kFail) == ids_of(examined(other, &all, {"forgery"}), Verdict::kFail));
        CHECK(audited.summary.failed > 0);
    }
}

// GET /vehicles/{id} of the examples: an older event is one event more.
TEST_CASE("a probe that also counts events tells order by the rest") {
    for (const bool wrong : {false, true}) {
        CAPTURE(wrong);
        WatchedLine line(wrong ? behaviour("last-told-wins") : nullptr);
        std::set<std::string> events;
        line.instead = [&](const Request& request) -> MaybeAnswer {
            const std::size_t id = request.body.find("\"eventId\":");
            if (id != std::string::npos) events.insert(request.body.substr(id, request.body.find(',', id) - id));
            return std::nullopt;
        };
        const ToldProbe charging = sees_charging(line);
        ToldProbe probe([&] {
            return base::Result<std::string>(charging.reads().value() + "\nevents: " + std::to_string(events.size()));
        });
        const Audited audited = examined(line, &probe, {"order-kept", "order-reversed"});
        CHECK(ids_of(audited, Verdict::kFail) == (wrong ? Ids{"order-reversed"} : Ids{}));
        CHECK(audited.summary.unknown == 0);
    }
}

// A session begins with a start: it was said that the newer event, a stop, had no effect.
TEST_CASE("a probe that shows nothing but sessions finds no fault in a right callback") {
    WatchedLine line;
    ToldProbe probe([&]() -> base::Result<std::string> {
        const std::string text = line.applied();
        const std::size_t at = text.find("\"sessions\":");
        return text.substr(at, text.find(',', at) - at);
    });
    const Audited audited = examined(line, &probe, {"replay-and-order"});
    CHECK(ids_of(audited, Verdict::kFail).empty());
    CHECK(finding_of(audited, "order-kept").verdict == Verdict::kPass);
}

// An application may ask the API about some events, or once.
TEST_CASE("that an event led to no call is no fault") {
    WatchedLine line;
    ToldProbe probe([&] { return base::Result<std::string>(std::string(line.sent.size() < 2 ? "0" : "1")); });
    probe.what = Probe::Shows::kCalls;
    const Audited audited = examined(line, &probe, {"order-kept"});
    CHECK(finding_of(audited, "event-accepted").note.empty());
    CHECK(finding_of(audited, "order-kept").verdict == Verdict::kUnknown);
}

// The second step was taken for the work of somebody else, and the forgery for undecided.
TEST_CASE("a forgery that is refused and handled in two steps gets in") {
    WatchedLine line(behaviour("handles-before-checking"));
    ToldProbe probe([&] { return base::Result<std::string>(line.applied() + line.applied(base::Milliseconds(300))); });
    probe.longest = std::chrono::seconds(1);
    const Audited audited = examined(line, &probe, {"signature-missing"});
    CAPTURE(finding_of(audited, "signature-missing").came);
    CHECK(finding_of(audited, "signature-missing").verdict == Verdict::kFail);
    CHECK(audited.summary.grade == 'F');
}

TEST_CASE("a probe of the state alone tells order") {
    for (const auto& [id, failed] :
         {std::pair("last-told-wins", "order-reversed"), {"first-event-only", "order-kept"}}) {
        INFO(id);
        WatchedLine line(behaviour(id));
        ToldProbe probe = sees_charging(line);
        CHECK(ids_of(examined(line, &probe, {"order-kept", "order-reversed"}), Verdict::kFail) == Ids{failed});
    }
}

// What an honest event did late was held against the forged or repeated one that came after it.
TEST_CASE("a callback that answers first and works afterwards is judged by what came of each event") {
    struct Row {
        const Behaviour* wrong;
        Ids failed;
    };
    const Row rows[] = {
        {nullptr, {}},
        {behaviour("counts-duplicates"), {"duplicate-delivery", "duplicate-event-id"}},
        {behaviour("last-told-wins"), {"order-reversed"}},
        {behaviour("known-signatures"), {"signature-of-another-body"}},
        {behaviour("handles-disguised-events"), {"event-disguised"}},
    };
    for (const base::Milliseconds late : {base::Milliseconds(30), base::Milliseconds(300)}) {
        for (const Row& row : rows) {
            CAPTURE(late.count(), row.failed);
            WatchedLine line(row.wrong);
            ToldProbe probe([&] { return base::Result<std::string>(line.applied(late)); });
            probe.longest = std::chrono::seconds(2);
            const Audited audited = examined(line, &probe, {"replay-and-order", "forgery"});
            CHECK(ids_of(audited, Verdict::kFail) == row.failed);
            CHECK(audited.summary.unknown == 0);
        }
    }
}

TEST_CASE("a probe is waited for as long as it may take and no longer") {
    WatchedLine line;
    ToldProbe probe([] { return base::Result<std::string>(std::string("always the same")); });
    probe.longest = std::chrono::seconds(2);
    const Audited audited = examined(line, &probe, {"signature-missing"});
    CHECK(audited.summary.took >= std::chrono::seconds(2));
    CHECK(audited.summary.took < std::chrono::milliseconds(2200));
}

}  // namespace smartcar_sim::audit
