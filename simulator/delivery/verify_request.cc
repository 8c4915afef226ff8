#include "delivery/verify_request.h"

#include <utility>

#include "contract/delivery_headers.h"
#include "signature/hmac.h"

namespace smartcar_sim::delivery {
namespace {

contract::Message message_of(const VerifyRequest& verify) {
    if (verify.version == contract::Version::k2_0) {
        return contract::verify_2_0(verify.envelope.webhook_id, verify.challenge);
    }
    return contract::verify_4_0(verify.envelope, verify.event_id, verify.challenge);
}

}  // namespace

Outgoing verify_request(const VerifyRequest& verify) {
    contract::Request request{.method = "POST",
                              .target = verify.url.target,
                              .headers = contract::delivery_headers(verify.version),
                              .body = message_of(verify).render(verify.stamp),
                              .peer = {}};
    for (const auto& [name, value] : verify.headers) request.headers.set(name, value);
    if (verify.sign_with) {
        request.headers.set("SC-Signature", signature::hmac_sha256_hex(verify.sign_with->reveal(), request.body));
    }
    return {
        .url = verify.url, .request = std::move(request), .timeout = verify.timeout, .reuse = Outgoing::Reuse::kFresh};
}

}  // namespace smartcar_sim::delivery
