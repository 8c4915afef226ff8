// The small values of a delivery: names, success, the ladder's waits.
#include <utility>

#include "catch.h"
#include "delivery/journal.h"
#include "delivery/retry.h"
#include "delivery/transport.h"
#include "fakes/fake_transport.h"

using namespace smartcar_sim;
using namespace smartcar_sim::delivery;
using std::chrono::seconds;

namespace {

bool succeeds(Answer answer) {
    Attempt attempt;
    attempt.answer = std::move(answer);
    return attempt.succeeded();
}

}  // namespace

TEST_CASE("any 2xx is success and nothing else is") {
    for (const int status : {200, 201, 202, 204, 299}) {
        CAPTURE(status);
        CHECK(succeeds(fakes::answered(status)));
    }
    for (const int status : {100, 199, 300, 301, 304, 400, 401, 410, 429, 500, 503}) {
        CAPTURE(status);
        CHECK_FALSE(succeeds(fakes::answered(status)));
    }
    CHECK_FALSE(succeeds(fakes::failed(Failure::Kind::kTimeout)));
}

TEST_CASE("the waits are 25, 50 and 100 seconds from the failure, then the event is dropped") {
    const RetryPolicy ladder;
    const base::Instant failed{seconds(1000)};
    CHECK(next_attempt(ladder, 1, failed) == failed + seconds(25));
    CHECK(next_attempt(ladder, 2, failed) == failed + seconds(50));
    CHECK(next_attempt(ladder, 3, failed) == failed + seconds(100));
    CHECK(next_attempt(ladder, 4, failed) == std::nullopt);
    CHECK(next_attempt(RetryPolicy::never(), 1, failed) == std::nullopt);
}

TEST_CASE("outcomes and failures have the names that reports print") {
    CHECK(name_of(Outcome::kPending) == "pending");
    CHECK(name_of(Outcome::kDelivered) == "delivered");
    CHECK(name_of(Outcome::kDropped) == "dropped");
    CHECK(name_of(Failure::Kind::kUnreachable) == "unreachable");
    CHECK(name_of(Failure::Kind::kRefusedByPolicy) == "policy");
    CHECK(name_of(Failure::Kind::kTls) == "tls");
    CHECK(name_of(Failure::Kind::kTimeout) == "timeout");
    CHECK(name_of(Failure::Kind::kReset) == "reset");
    CHECK(name_of(Failure::Kind::kMalformed) == "malformed");
}
