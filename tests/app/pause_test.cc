#include "app/pause.h"

#include <chrono>
#include <thread>

#include "catch.h"

using namespace smartcar_sim;

TEST_CASE("a pause that is called off ends at once, and so do those after it") {
    app::Pause pause;
    bool passed = true;
    std::thread waiting([&] { passed = pause.wait(std::chrono::hours(24)); });
    CHECK_FALSE(pause.called_off());
    pause.call_off();
    waiting.join();
    CHECK_FALSE(passed);
    CHECK(pause.called_off());
    CHECK_FALSE(pause.wait(std::chrono::hours(24)));
}

TEST_CASE("a pause that nobody calls off passes") {
    app::Pause pause;
    CHECK(pause.wait(base::Milliseconds(0)));
}
