#include "vehicle/vehicle.h"

namespace smartcar_sim::vehicle {

std::string_view name_of(Powertrain powertrain) {
    switch (powertrain) {
        case Powertrain::kBev:
            return "BEV";
        case Powertrain::kPhev:
            return "PHEV";
        case Powertrain::kHev:
            return "HEV";
        case Powertrain::kIce:
            break;
    }
    return "ICE";
}

std::string_view name_of(Region region) {
    switch (region) {
        case Region::kUs:
            return "US";
        case Region::kCanada:
            return "CA";
        case Region::kEurope:
            break;
    }
    return "EUROPE";
}

}  // namespace smartcar_sim::vehicle
