#include "store/memory_journal.h"

#include <algorithm>
#include <string>
#include <thread>
#include <vector>

#include "catch.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using store::MemoryJournal;

namespace {

Delivery pending(std::string event_id, std::string webhook_id = "webhook-1") {
    return {.event_id = std::move(event_id),
            .webhook_id = std::move(webhook_id),
            .event_name = "CHARGING_STARTED",
            .vehicle_id = "vehicle-1",
            .outcome = Outcome::kPending,
            .attempts = {}};
}

Attempt attempt(std::string delivery_id, std::size_t body_bytes = 2) {
    Attempt made;
    made.delivery_id = std::move(delivery_id);
    made.request.body = std::string(body_bytes, 'x');
    made.answer = contract::Response{.status = 200, .headers = {}, .body = {}};
    return made;
}

std::vector<std::string> event_ids(const Page& page) {
    std::vector<std::string> ids;
    ids.reserve(page.deliveries.size());
    for (const Delivery& found : page.deliveries) ids.push_back(found.event_id);
    return ids;
}

using Ids = std::vector<std::string>;

Position deliver(MemoryJournal& journal, const std::string& event_id, std::size_t body_bytes = 2) {
    const Position position = journal.open(pending(event_id));
    journal.attempted(position, attempt("delivery-of-" + event_id, body_bytes), Outcome::kDelivered);
    return position;
}

}  // namespace

TEST_CASE("a delivery is pending until its last attempt, and keeps all in order") {
    MemoryJournal journal;
    const Position position = journal.open(pending("event-1"));
    CHECK(journal.at(position)->position == position);
    CHECK(journal.at(position)->outcome == Outcome::kPending);
    journal.attempted(position, attempt("a"), Outcome::kPending);
    CHECK(journal.at(position)->outcome == Outcome::kPending);
    journal.attempted(position, attempt("b"), Outcome::kDropped);

    const Delivery found = *journal.at(position);
    CHECK(found.outcome == Outcome::kDropped);
    REQUIRE(found.attempts.size() == 2);
    CHECK(found.attempts[0].delivery_id == "a");
    CHECK(found.attempts[1].delivery_id == "b");
    CHECK_FALSE(journal.at(position + 1).has_value());
}

TEST_CASE("deliveries are found by event and by webhook, oldest first") {
    MemoryJournal journal;
    journal.open(pending("event-1", "webhook-1"));
    journal.open(pending("event-1", "webhook-2"));
    journal.open(pending("event-2", "webhook-2"));

    CHECK(event_ids(journal.find({})) == Ids{"event-1", "event-1", "event-2"});
    CHECK(event_ids(journal.find({.webhook_id = "webhook-2"})) == Ids{"event-1", "event-2"});
    const auto both = journal.find({.event_id = "event-1", .webhook_id = "webhook-2"}).deliveries;
    REQUIRE(both.size() == 1);
    CHECK(both[0].webhook_id == "webhook-2");
    CHECK(journal.find({.event_id = "event-3"}).deliveries.empty());
    CHECK(journal.find({.event_id = "event-2", .webhook_id = "webhook-1"}).deliveries.empty());
}

TEST_CASE("next continues where a page ended, and stays there at the end") {
    MemoryJournal journal;
    for (const char* event_id : {"1", "2", "3"}) journal.open(pending(event_id));
    for (const bool by_webhook : {false, true}) {
        CAPTURE(by_webhook);
        Query query{.limit = 2};
        if (by_webhook) query.webhook_id = "webhook-1";
        const Page first = journal.find(query);
        CHECK(event_ids(first) == Ids{"1", "2"});
        query.after = first.next;
        const Page second = journal.find(query);
        CHECK(event_ids(second) == Ids{"3"});
        query.after = second.next;
        const Page end = journal.find(query);
        CHECK(end.deliveries.empty());
        CHECK(end.next == second.next);
    }
}

TEST_CASE("the oldest final deliveries give way beyond the number, and are counted") {
    MemoryJournal journal({.deliveries = 2});
    for (const char* event_id : {"1", "2", "3", "4"}) deliver(journal, event_id);
    const Page page = journal.find({});
    CHECK(event_ids(page) == Ids{"3", "4"});
    CHECK(page.evicted == 2);
    CHECK(journal.find({.event_id = "1"}).deliveries.empty());
    CHECK(event_ids(journal.find({.webhook_id = "webhook-1"})) == Ids{"3", "4"});
    CHECK_FALSE(journal.with_attempt("delivery-of-1").has_value());
}

TEST_CASE("what is pending is never evicted, however old") {
    MemoryJournal journal({.deliveries = 2});
    const Position oldest = journal.open(pending("pending"));
    for (const char* event_id : {"1", "2", "3"}) deliver(journal, event_id);
    CHECK(event_ids(journal.find({})) == Ids{"pending", "3"});

    journal.open(pending("also pending"));
    journal.open(pending("and this"));
    CHECK(event_ids(journal.find({})) == Ids{"pending", "also pending", "and this"});

    journal.dropped(oldest);
    CHECK(event_ids(journal.find({})) == Ids{"also pending", "and this"});
}

TEST_CASE("bodies and headers, sent and received, count towards the bytes") {
    MemoryJournal journal({.bytes = 1'000});
    deliver(journal, "1", 400);
    deliver(journal, "2", 400);
    CHECK(journal.find({}).evicted == 0);

    const Position position = journal.open(pending("3"));
    Attempt answered = attempt("a", 0);
    answered.request.headers = {{"x-sent", std::string(50, 'h')}};
    answered.answer =
        contract::Response{.status = 500, .headers = {{"x-got", std::string(50, 'h')}}, .body = std::string(100, 'b')};
    journal.attempted(position, answered, Outcome::kPending);
    CHECK(event_ids(journal.find({})) == Ids{"2", "3"});
    CHECK(journal.find({}).evicted == 1);
}

TEST_CASE("a delivery does not give way to its own last attempt") {
    MemoryJournal journal({.bytes = 1'000});
    const Position oldest = journal.open(pending("retried"));
    deliver(journal, "1", 500);
    deliver(journal, "2", 500);
    journal.attempted(oldest, attempt("last", 100), Outcome::kDropped);
    REQUIRE(journal.at(oldest));
    CHECK(journal.at(oldest)->outcome == Outcome::kDropped);
    CHECK(event_ids(journal.find({})) == Ids{"retried", "2"});
}

TEST_CASE("the delivery of a delivery id is found, the oldest when several carry it") {
    MemoryJournal journal;
    const Position original = journal.open(pending("event-1"));
    journal.attempted(original, attempt("a"), Outcome::kPending);
    journal.attempted(original, attempt("b"), Outcome::kPending);
    const Position resent = journal.open(pending("event-1", "webhook-2"));
    journal.attempted(resent, attempt("b"), Outcome::kPending);

    CHECK(journal.with_attempt("a")->webhook_id == "webhook-1");
    CHECK(journal.with_attempt("b")->webhook_id == "webhook-1");
    CHECK_FALSE(journal.with_attempt("c").has_value());

    journal.dropped(original);
    journal.clear();
    CHECK(journal.with_attempt("b")->webhook_id == "webhook-2");
}

TEST_CASE("clearing forgets all but what is pending, and positions go on") {
    MemoryJournal journal({.deliveries = 1});
    deliver(journal, "1");
    deliver(journal, "2");
    const Position oldest = journal.open(pending("3"));
    journal.clear();
    CHECK(event_ids(journal.find({})) == Ids{"3"});
    CHECK(journal.find({}).evicted == 0);
    CHECK(journal.open(pending("4")) > oldest);
}

TEST_CASE("a delivery the journal does not hold changes nothing") {
    MemoryJournal journal;
    journal.attempted(7, attempt("a"), Outcome::kDelivered);
    journal.dropped(7);
    CHECK(journal.find({}).deliveries.empty());
    CHECK_FALSE(journal.with_attempt("a").has_value());
}

TEST_CASE("writers and readers may come from several threads") {
    MemoryJournal journal({.deliveries = 50});
    std::vector<std::thread> threads;
    threads.reserve(4);
    for (int writer = 0; writer < 4; ++writer) {
        threads.emplace_back([&journal, writer] {
            for (int i = 0; i < 200; ++i) deliver(journal, std::to_string(writer) + "-" + std::to_string(i));
        });
    }
    std::size_t most = 0;
    for (int i = 0; i < 100; ++i) most = std::max(most, journal.find({.webhook_id = "webhook-1"}).deliveries.size());
    for (std::thread& thread : threads) thread.join();
    CHECK(most <= 50 + 4);  // and the four being delivered
    CHECK(journal.find({}).deliveries.size() == 50);
    CHECK(journal.find({}).evicted == 750);
}

TEST_CASE("unless told otherwise the newest 10,000 deliveries are kept, or 64 MiB of them") {
    MemoryJournal many;
    for (int i = 0; i <= 10'000; ++i) deliver(many, std::to_string(i), 0);
    CHECK(many.find({.limit = 1}).evicted == 1);

    MemoryJournal large;
    constexpr std::size_t kMebibyte = std::size_t{1024} * 1024;
    for (int i = 0; i < 64; ++i) deliver(large, std::to_string(i), kMebibyte);
    CHECK(large.find({.limit = 1}).evicted == 0);
    deliver(large, "last", kMebibyte);
    CHECK(large.find({.limit = 1}).evicted == 1);
}
