#include "vehicle/sample.h"

#include "contract/signals.h"
#include "document/writer.h"
#include "vehicle/a_vehicle.h"
#include "vehicle/signals.h"
#include "vehicle/vin.h"

namespace smartcar_sim::vehicle {
namespace {

TEST_CASE("the sample vehicle has an acceptable reading of every signal") {
    const Vehicle sample = sample_vehicle("49a68a3d-3003-4350-8f87-a6bdf0881ed9", kRecordedAt);
    CHECK(sample.make == "Tesla");
    CHECK(sample.model == "Model 3");
    CHECK(sample.year == 2020);
    CHECK(sample.mode == contract::Mode::kTest);
    CHECK(reported_signals(sample).size() == contract::signals().size());
    for (const auto& [signal, reading] : sample.state) {
        CAPTURE(signal->code);
        CHECK(reading.oem_updated_at == kRecordedAt);
        CHECK(change(signal->code, body_of(*signal, reading.datum)).ok());
    }
}

// It stood in the state a second time, where nothing looks for it.
TEST_CASE("the VIN of the sample vehicle is its own and no part of its state") {
    const Vehicle sample = sample_vehicle("49a68a3d-3003-4350-8f87-a6bdf0881ed9", kRecordedAt);
    CHECK_FALSE(sample.state.has("vehicleidentification-vin"));
    CHECK(is_vin(sample.vin));
}

TEST_CASE("the charge limits of the sample vehicle are nested as the captured test payload has them") {
    const Vehicle sample = sample_vehicle("49a68a3d-3003-4350-8f87-a6bdf0881ed9", kRecordedAt);
    const Reading* const limits = sample.state.find("charge-chargelimits");
    CHECK(document::write(body_of(*contract::find_signal("charge-chargelimits"), limits->datum)).value() ==
          R"({"values":{"activeLimit":80,"values":[{"type":"GLOBAL","limit":80,"condition":null}]}})");
}

}  // namespace
}  // namespace smartcar_sim::vehicle
