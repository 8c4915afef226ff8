#include "app/announcing_journal.h"

#include <string>
#include <vector>

#include "catch.h"
#include "store/memory_journal.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;

namespace {

Attempt attempt(const std::string& delivery_id, int status) {
    Attempt made;
    made.delivery_id = delivery_id;
    made.answer = contract::Response{.status = status, .headers = {}, .body = {}};
    return made;
}

Delivery charging_started() {
    Delivery delivery;
    delivery.event_id = "event-1";
    delivery.event_name = "CHARGING_STARTED";
    return delivery;
}

}  // namespace

TEST_CASE("the listener is told of every attempt, with those before it") {
    store::MemoryJournal memory;
    std::vector<std::string> told;
    app::AnnouncingJournal journal(memory, [&told](const Delivery& delivery) {
        told.push_back(delivery.event_name + " " + std::to_string(delivery.attempts.size()) + " " +
                       delivery.attempts.back().delivery_id);
    });
    const Position position = journal.open(charging_started());
    journal.attempted(position, attempt("delivery-1", 500), Outcome::kPending);
    journal.attempted(position, attempt("delivery-2", 200), Outcome::kDelivered);
    journal.dropped(journal.open(charging_started()));
    CHECK(told == std::vector<std::string>{"CHARGING_STARTED 1 delivery-1", "CHARGING_STARTED 2 delivery-2"});
}

TEST_CASE("the listener is told what an attempt made of the delivery") {
    store::MemoryJournal memory;
    std::vector<std::string> told;
    app::AnnouncingJournal journal(memory, [&told](const Delivery& delivery) {
        told.push_back(delivery.event_name + " " + std::string(name_of(delivery.outcome)));
    });
    const Position position = journal.open(charging_started());
    journal.attempted(position, attempt("delivery-1", 500), Outcome::kPending);
    journal.attempted(position, attempt("delivery-2", 500), Outcome::kDropped);
    CHECK(told == std::vector<std::string>{"CHARGING_STARTED pending", "CHARGING_STARTED dropped"});
}

TEST_CASE("what is written through an announcing journal stands in the one below, listener or not") {
    store::MemoryJournal memory;
    app::AnnouncingJournal journal(memory, nullptr);
    const Position position = journal.open(charging_started());
    journal.attempted(position, attempt("delivery-1", 200), Outcome::kDelivered);

    REQUIRE(memory.at(position).has_value());
    CHECK(memory.at(position)->outcome == Outcome::kDelivered);
    CHECK(journal.at(position)->attempts.size() == 1);
    CHECK(journal.with_attempt("delivery-1")->event_id == "event-1");
    CHECK(journal.find({}).deliveries.size() == 1);
    journal.clear();
    CHECK(memory.find({}).deliveries.empty());
}
