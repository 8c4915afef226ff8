// The signals of one vehicle as resources of v3 (contract/api.md section 6.2).
//
// A client may ask for ninety of them many times a second, so what is the same in every answer is written once and put
// in as it is.
#pragma once

#include <string>
#include <string_view>

#include "base/clock.h"
#include "contract/signals.h"
#include "routes/v3_answer.h"
#include "vehicle/signals.h"

namespace smartcar_sim::routes {

class SignalWriter {
public:
    // `vehicle_link` is where the vehicle is: "/vehicles/{id}".
    SignalWriter(Shape shape, std::string_view vehicle_link, base::Instant retrieved_at);

    // Appends {"id","type","attributes","meta","links"}; without meta when it is an error.
    void append(std::string& json, const vehicle::StoredSignal& stored) const;

private:
    void append_times(std::string& json, const vehicle::StoredSignal& stored) const;
    void append_links(std::string& json, const contract::Signal& signal) const;

    const Shape shape_;
    const base::Instant retrieved_at_;
    std::string vehicle_;  // its link as JSON, without the quotation mark at the end
};

}  // namespace smartcar_sim::routes
