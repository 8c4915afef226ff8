#include "http/listener.h"

#include <set>

#include "catch.h"

namespace smartcar_sim::http {

// A port that the system had given was taken by another process before the application listened on it.
TEST_CASE("the port that a program is told is free, and none of those that a system gives away") {
    std::set<int> ports;
    for (int i = 0; i < 20; ++i) {
        const auto port = find_free_port();
        REQUIRE(port.ok());
        CHECK(port.value() >= 20'000);
        CHECK(port.value() < 32'768);
        CHECK(listen_on("127.0.0.1", port.value()).ok());
        ports.insert(port.value());
    }
    CHECK(ports.size() > 10);
}

}  // namespace smartcar_sim::http
