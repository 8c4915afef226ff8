#include "receiver/requests.h"

#include <utility>

#include "contract/delivery_headers.h"
#include "signature/hmac.h"

namespace smartcar_sim::receiver::requests {

base::Secret token() { return {kToken, base::Secret::Origin::kSupplied}; }

contract::Request unsigned_post(const std::string& body) {
    return {.method = "POST",
            .target = "/webhooks",
            .headers = contract::delivery_headers(contract::Version::k4_0),
            .body = body,
            .peer = "127.0.0.1"};
}

contract::Request signed_post(const std::string& body) {
    contract::Request request = unsigned_post(body);
    request.headers.add("SC-Signature", signature::hmac_sha256_hex(kToken, body));
    return request;
}

contract::Request verification(contract::Version version, const std::string& challenge) {
    const contract::Message message =
        version == contract::Version::k2_0
            ? contract::verify_2_0("865ca68d", challenge)
            : contract::verify_4_0({.webhook_id = "865ca68d", .webhook_name = "Demo"}, "52f6e0bb", challenge);
    return unsigned_post(message.render({.delivery_id = "5d569643", .delivered_at = {}}));
}

}  // namespace smartcar_sim::receiver::requests
