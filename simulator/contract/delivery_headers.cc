#include "contract/delivery_headers.h"

#include <string>

namespace smartcar_sim::contract {

Headers delivery_headers(Version version) {
    Headers headers;
    headers.add("accept", "application/json, text/plain, */*");
    headers.add("content-type", "application/json");
    headers.add("user-agent", "Smartcar-Webhooks/" + std::string(name_of(version)));
    return headers;
}

}  // namespace smartcar_sim::contract
