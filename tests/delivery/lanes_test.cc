#include "delivery/lanes.h"

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "catch.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using std::chrono::seconds;

namespace {

constexpr base::Instant kNow{seconds(1000)};

std::unique_ptr<Pending> pending(const std::string& webhook_id, Position position, base::Instant due = kNow) {
    auto made = std::make_unique<Pending>();
    made->event.webhook_id = webhook_id;
    made->position = made->order = position;
    made->due = due;
    return made;
}

// Takes until nothing may start; "a1 b2" for the first of lane a, then the second of lane b.
std::string take_all(Lanes& lanes, base::Instant now = kNow) {
    std::string taken;
    while (const auto next = lanes.take(now)) {
        taken += (taken.empty() ? "" : " ") + next->event.webhook_id + std::to_string(next->position);
    }
    return taken;
}

}  // namespace

TEST_CASE("due work is taken by due instant, then by submission, across lanes") {
    Lanes lanes(16, false);
    lanes.add(pending("a", 1, kNow));
    lanes.add(pending("b", 2, kNow - seconds(1)));
    lanes.add(pending("a", 4, kNow - seconds(1)));
    lanes.add(pending("b", 3, kNow));
    lanes.add(pending("a", 5, kNow + seconds(1)));
    CHECK(take_all(lanes) == "b2 a4 a1 b3");
    CHECK(lanes.next_due() == kNow + seconds(1));
}

TEST_CASE("a lane never holds more than half of the senders, rounded up") {
    Lanes lanes(5, false);
    for (Position position = 1; position <= 6; ++position) lanes.add(pending("a", position));
    CHECK(take_all(lanes) == "a1 a2 a3");
    CHECK(lanes.next_due() == std::nullopt);
}

// Once a lane alone held all senders but one, so a second one whose callback hung kept the third waiting for a timeout.
TEST_CASE("lanes that let nothing go leave a sender for the next one") {
    Lanes lanes(32, false);
    const auto held_by = [&lanes](const std::string& webhook_id) {
        for (Position position = 1; position <= 100; ++position) lanes.add(pending(webhook_id, position));
        std::size_t held = 0;
        while (lanes.take(kNow)) ++held;
        return held;
    };
    CHECK(held_by("a") == 16);
    CHECK(held_by("b") == 8);
    CHECK(held_by("c") == 4);
    CHECK(held_by("d") == 2);
    CHECK(held_by("e") == 1);
    CHECK(held_by("f") == 1);
    CHECK(held_by("g") == 0);
    CHECK(lanes.under_way() == 32);
}

TEST_CASE("what another lane lets go may be taken") {
    Lanes lanes(4, false);
    for (Position position = 1; position <= 2; ++position) lanes.add(pending("a", position));
    lanes.add(pending("b", 3));
    lanes.add(pending("b", 4));
    CHECK(take_all(lanes) == "a1 a2 b3");
    lanes.release("a");
    CHECK(take_all(lanes) == "b4");
}

TEST_CASE("no more than the senders are under way, whatever the number of lanes") {
    Lanes lanes(3, false);
    for (Position position = 1; position <= 5; ++position)
        lanes.add(pending(std::string(1, static_cast<char>('a' + position)), position));
    CHECK(take_all(lanes) == "b1 c2 d3");
    CHECK(lanes.next_due() == std::nullopt);
    lanes.release("c");
    CHECK(take_all(lanes) == "e4");
    CHECK(lanes.under_way() == 3);
}

TEST_CASE("one sender serves every lane") {
    Lanes lanes(1, false);
    lanes.add(pending("a", 1));
    lanes.add(pending("b", 2));
    CHECK(take_all(lanes) == "a1");
    lanes.release("a");
    CHECK(take_all(lanes) == "b2");
}

TEST_CASE("an ordered lane has one attempt under way, and a retry holds later events back") {
    Lanes lanes(16, true);
    lanes.add(pending("a", 1));
    lanes.add(pending("a", 2));
    lanes.add(pending("b", 3));
    auto first = lanes.take(kNow);
    REQUIRE(first->position == 1);
    CHECK(take_all(lanes) == "b3");

    first->due = kNow + seconds(25);
    lanes.release("a");
    lanes.add(std::move(first));
    CHECK(take_all(lanes) == "");
    CHECK(lanes.next_due() == kNow + seconds(25));
    CHECK_FALSE(lanes.due_by(kNow));
    CHECK(take_all(lanes, kNow + seconds(25)) == "a1");
    lanes.release("a");
    CHECK(take_all(lanes, kNow + seconds(25)) == "a2");
}

TEST_CASE("a duplicate goes before what was submitted after its original, ordered or not") {
    for (const bool ordered : {false, true}) {
        CAPTURE(ordered);
        Lanes lanes(16, ordered);
        lanes.add(pending("a", 8));
        auto duplicate = pending("a", 9);
        duplicate->order = 7;
        lanes.add(std::move(duplicate));
        CHECK(lanes.take(kNow)->position == 9);
    }
}

TEST_CASE("cancelling takes out what waits and marks what is under way") {
    Lanes lanes(16, false);
    lanes.add(pending("a", 1));
    const auto under_way = lanes.take(kNow);
    lanes.add(pending("a", 2));
    lanes.add(pending("b", 3));

    SECTION("of one webhook") {
        const auto cancelled = lanes.cancel("a");
        REQUIRE(cancelled.size() == 1);
        CHECK(cancelled.front()->position == 2);
        CHECK(lanes.cancelled(*under_way));
        CHECK(take_all(lanes) == "b3");
    }
    SECTION("of all") {
        CHECK(lanes.cancel().size() == 2);
        CHECK(lanes.cancelled(*under_way));
        CHECK(take_all(lanes) == "");
    }
    SECTION("of a webhook without a lane") {
        CHECK(lanes.cancel("c").empty());
        CHECK_FALSE(lanes.cancelled(*under_way));
    }
}

TEST_CASE("what is added after a cancellation is not cancelled") {
    Lanes lanes(16, false);
    lanes.add(pending("a", 1));
    const auto before = lanes.take(kNow);
    CHECK(lanes.cancel("a").empty());
    lanes.add(pending("a", 2));
    const auto after = lanes.take(kNow);
    CHECK(lanes.cancelled(*before));
    CHECK_FALSE(lanes.cancelled(*after));
}
