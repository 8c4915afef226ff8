#include "delivery/lanes.h"

#include <algorithm>
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

std::unique_ptr<Pending> pending(const std::string& webhook_id, Position position, base::Instant due = kNow,
                                 const std::string& vehicle_id = {}) {
    auto made = std::make_unique<Pending>();
    made->event.webhook_id = webhook_id;
    made->event.vehicle_id = vehicle_id;
    made->position = made->order = position;
    made->due = due;
    return made;
}

// Lanes, and what was taken from them and not yet released.
struct Taking {
    Lanes lanes;
    std::vector<std::unique_ptr<Pending>> taken = {};

    void add(std::unique_ptr<Pending> pending) { lanes.add(std::move(pending)); }
    // The oldest of that webhook that was taken.
    std::unique_ptr<Pending> release(const std::string& webhook_id) {
        const auto found =
            std::ranges::find(taken, webhook_id, [](const auto& each) { return each->event.webhook_id; });
        REQUIRE(found != taken.end());
        lanes.release(**found);
        std::unique_ptr<Pending> released = std::move(*found);
        taken.erase(found);
        return released;
    }
    // Takes until nothing may start; "a1 b2" for the first of lane a, then the second of lane b.
    std::string take_all(base::Instant now = kNow) {
        std::string names;
        while (auto next = lanes.take(now)) {
            names += (names.empty() ? "" : " ") + next->event.webhook_id + std::to_string(next->position);
            taken.push_back(std::move(next));
        }
        return names;
    }
};

}  // namespace

TEST_CASE("due work is taken by due instant, then by submission, across lanes") {
    Taking world{Lanes(16, false)};
    world.add(pending("a", 1, kNow));
    world.add(pending("b", 2, kNow - seconds(1)));
    world.add(pending("a", 4, kNow - seconds(1)));
    world.add(pending("b", 3, kNow));
    world.add(pending("a", 5, kNow + seconds(1)));
    CHECK(world.take_all() == "b2 a4 a1 b3");
    CHECK(world.lanes.next_due() == kNow + seconds(1));
}

TEST_CASE("a lane never holds more than half of the senders, rounded up") {
    Taking world{Lanes(5, false)};
    for (Position position = 1; position <= 6; ++position) world.add(pending("a", position));
    CHECK(world.take_all() == "a1 a2 a3");
    CHECK(world.lanes.next_due() == std::nullopt);
}

// Once a lane alone held all senders but one, so a second one whose callback hung kept the third waiting for a timeout.
TEST_CASE("lanes that let nothing go leave a sender for the next one") {
    Taking world{Lanes(32, false)};
    const auto held_by = [&world](const std::string& webhook_id) {
        for (Position position = 1; position <= 100; ++position) world.add(pending(webhook_id, position));
        const std::size_t before = world.taken.size();
        world.take_all();
        return world.taken.size() - before;
    };
    CHECK(held_by("a") == 16);
    CHECK(held_by("b") == 8);
    CHECK(held_by("c") == 4);
    CHECK(held_by("d") == 2);
    CHECK(held_by("e") == 1);
    CHECK(held_by("f") == 1);
    CHECK(held_by("g") == 0);
    CHECK(world.lanes.under_way() == 32);
}

TEST_CASE("what another lane lets go may be taken") {
    Taking world{Lanes(4, false)};
    for (Position position = 1; position <= 2; ++position) world.add(pending("a", position));
    world.add(pending("b", 3));
    world.add(pending("b", 4));
    CHECK(world.take_all() == "a1 a2 b3");
    world.release("a");
    CHECK(world.take_all() == "b4");
}

TEST_CASE("no more than the senders are under way, whatever the number of lanes") {
    Taking world{Lanes(3, false)};
    for (Position position = 1; position <= 5; ++position)
        world.add(pending(std::string(1, static_cast<char>('a' + position)), position));
    CHECK(world.take_all() == "b1 c2 d3");
    CHECK(world.lanes.next_due() == std::nullopt);
    world.release("c");
    CHECK(world.take_all() == "e4");
    CHECK(world.lanes.under_way() == 3);
}

TEST_CASE("one sender serves every lane") {
    Taking world{Lanes(1, false)};
    world.add(pending("a", 1));
    world.add(pending("b", 2));
    CHECK(world.take_all() == "a1");
    world.release("a");
    CHECK(world.take_all() == "b2");
}

TEST_CASE("an ordered lane has one attempt under way, and a retry holds later events back") {
    Taking world{Lanes(16, true)};
    world.add(pending("a", 1));
    world.add(pending("a", 2));
    world.add(pending("b", 3));
    CHECK(world.take_all() == "a1 b3");

    auto first = world.release("a");
    first->due = kNow + seconds(25);
    world.add(std::move(first));
    CHECK(world.take_all() == "");
    CHECK(world.lanes.next_due() == kNow + seconds(25));
    CHECK_FALSE(world.lanes.due_by(kNow));
    CHECK(world.take_all(kNow + seconds(25)) == "a1");
    world.release("a");
    CHECK(world.take_all(kNow + seconds(25)) == "a2");
}

TEST_CASE("a duplicate goes before what was submitted after its original, ordered or not") {
    for (const bool ordered : {false, true}) {
        CAPTURE(ordered);
        Taking world{Lanes(16, ordered)};
        world.add(pending("a", 8));
        auto duplicate = pending("a", 9);
        duplicate->order = 7;
        world.add(std::move(duplicate));
        CHECK(world.lanes.take(kNow)->position == 9);
    }
}

TEST_CASE("cancelling takes out what waits and marks what is under way") {
    Taking world{Lanes(16, false)};
    world.add(pending("a", 1, kNow, "car"));
    const auto under_way = world.lanes.take(kNow);
    world.add(pending("a", 2, kNow, "car"));
    world.add(pending("a", 3, kNow, "van"));
    world.add(pending("b", 4, kNow, "car"));

    SECTION("of one webhook") {
        CHECK(world.lanes.cancel({.webhook_id = "a"}).size() == 2);
        CHECK(under_way->cancelled);
        CHECK(world.take_all() == "b4");
    }
    SECTION("of one vehicle for a webhook") {
        const auto cancelled = world.lanes.cancel({.webhook_id = "a", .vehicle_id = "car"});
        REQUIRE(cancelled.size() == 1);
        CHECK(cancelled.front()->position == 2);
        CHECK(under_way->cancelled);
        CHECK(world.take_all() == "a3 b4");
    }
    SECTION("of another vehicle") {
        CHECK(world.lanes.cancel({.webhook_id = "a", .vehicle_id = "van"}).size() == 1);
        CHECK_FALSE(under_way->cancelled);
        CHECK(world.take_all() == "a2 b4");
    }
    SECTION("of all") {
        CHECK(world.lanes.cancel({}).size() == 3);
        CHECK(under_way->cancelled);
        CHECK(world.take_all() == "");
    }
    SECTION("of a webhook without a lane") {
        CHECK(world.lanes.cancel({.webhook_id = "c"}).empty());
        CHECK_FALSE(under_way->cancelled);
    }
}

TEST_CASE("what is added after a cancellation is not cancelled") {
    Taking world{Lanes(16, false)};
    world.add(pending("a", 1));
    const auto before = world.lanes.take(kNow);
    CHECK(world.lanes.cancel({.webhook_id = "a"}).empty());
    world.add(pending("a", 2));
    const auto after = world.lanes.take(kNow);
    CHECK(before->cancelled);
    CHECK_FALSE(after->cancelled);
}
