#include "http/socket.h"

#include <array>

#include <poll.h>
#include <sys/socket.h>

#include "catch.h"

namespace smartcar_sim::http {

TEST_CASE("a wait that is over stays so, whatever there is to read") {
    std::array<int, 2> ends{};
    REQUIRE(::socketpair(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0, ends.data()) == 0);
    const Socket reader(ends[0]);
    const Socket writer(ends[1]);
    REQUIRE(::send(writer.descriptor(), "x", 1, 0) == 1);
    Interrupt interrupt;
    const Wait patient{within(std::chrono::hours(1)), &interrupt};
    const Wait late{within(base::Milliseconds(0)), &interrupt};

    CHECK((wait_for(reader.descriptor(), POLLIN, patient) == Io::kDone));
    CHECK((wait_for(reader.descriptor(), POLLIN, late) == Io::kTimeout));
    CHECK((state_of(patient) == Io::kDone));
    CHECK((state_of(late) == Io::kTimeout));
    interrupt.trip();
    CHECK((wait_for(reader.descriptor(), POLLIN, patient) == Io::kInterrupted));
    CHECK((wait_for(reader.descriptor(), POLLIN, late) == Io::kInterrupted));
    CHECK((state_of(patient) == Io::kInterrupted));
}

}  // namespace smartcar_sim::http
