#include "vehicle/sample.h"

#include "contract/signals.h"
#include "document/writer.h"
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

TEST_CASE("the charge limits of the sample vehicle are nested as the captured test payload has them") {
    const Vehicle sample = sample_vehicle("49a68a3d-3003-4350-8f87-a6bdf0881ed9", kRecordedAt);
    CHECK(document::write(sample.state.find("charge-chargelimits")->body).value() ==
          R"({"values":{"activeLimit":80,"values":[{"type":"GLOBAL","limit":80,"condition":null}]}})");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
