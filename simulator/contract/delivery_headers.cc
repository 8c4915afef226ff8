#include "contract/delivery_headers.h"

#include <string>

namespace smartcar_sim::contract {

Headers delivery_headers(Version version) {
    return {{"accept", "application/json, text/plain, */*"},
            {"content-type", "application/json"},
            {"user-agent", "Smartcar-Webhooks/" + std::string(name_of(version))}};
}

}  // namespace smartcar_sim::contract
