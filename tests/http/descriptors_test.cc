#include "http/descriptors.h"

#include <sys/resource.h>

#include "catch.h"
#include "http/running_server.h"

namespace smartcar_sim::http {
namespace {

// The soft limit of descriptors is this while it lives.
class SoftLimit {
public:
    explicit SoftLimit(rlim_t soft) {
        ::getrlimit(RLIMIT_NOFILE, &before_);
        const rlimit lowered{soft, before_.rlim_max};
        ::setrlimit(RLIMIT_NOFILE, &lowered);
    }
    ~SoftLimit() { ::setrlimit(RLIMIT_NOFILE, &before_); }
    SoftLimit(const SoftLimit&) = delete;
    SoftLimit& operator=(const SoftLimit&) = delete;

    [[nodiscard]] rlim_t hard() const { return before_.rlim_max; }
    [[nodiscard]] static rlim_t now() {
        rlimit limit{};
        ::getrlimit(RLIMIT_NOFILE, &limit);
        return limit.rlim_cur;
    }

private:
    rlimit before_{};
};

}  // namespace

TEST_CASE("connections leave 256 descriptors, or half of them, to the rest of the simulator") {
    CHECK(room_for(1024, 1'000'000) == 1024);
    CHECK(room_for(1024, 1280) == 1024);
    CHECK(room_for(1024, 1279) == 1023);
    CHECK(room_for(1024, 1024) == 768);
    CHECK(room_for(1024, 100) == 50);
    CHECK(room_for(1, 100) == 1);
}

// Once clients beyond about a thousand waited in vain: the shell's soft limit of 1,024 ended before the server's own.
TEST_CASE("a server raises the soft limit of descriptors as far as its connections need") {
    const SoftLimit low(512);
    if (low.hard() < 1280) {
        WARN("the hard limit of descriptors is below 1,280 here");
        return;
    }
    const RunningServer server;
    CHECK(SoftLimit::now() == 1280);
    CHECK(make_room_for(100) == 100);
    CHECK(SoftLimit::now() == 1280);
}

}  // namespace smartcar_sim::http
