#include "vehicle/sample.h"

#include "contract/signals.h"
#include "vehicle/a_vehicle.h"

namespace smartcar_sim::vehicle {
namespace {

TEST_CASE("the sample vehicle has an acceptable reading of every signal") {
    const Vehicle sample = sample_vehicle("49a68a3d-3003-4350-8f87-a6bdf0881ed9", kRecordedAt);
    CHECK(sample.make == "Tesla");
    CHECK(sample.model == "Model 3");
    CHECK(sample.year == 2020);
    CHECK(sample.mode == contract::Mode::kTest);
    for (const contract::Signal& signal : contract::signals()) {
        CAPTURE(signal.code);
        const Reading* const reading = sample.state.find(signal.code);
        REQUIRE(reading != nullptr);
        CHECK(reading->oem_updated_at == kRecordedAt);
        CHECK(change(signal.code, reading->body).ok());
    }
}

}  // namespace
}  // namespace smartcar_sim::vehicle
