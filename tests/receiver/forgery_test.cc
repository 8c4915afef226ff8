// The reference receiver against the faults: the two halves of "refuses forgeries", which neither proves alone.
#include <string>
#include <utility>

#include "catch.h"
#include "contract/message_samples.h"
#include "fault/plan.h"
#include "receiver/receiver.h"
#include "receiver/requests.h"
#include "signature/hmac.h"

namespace smartcar_sim::receiver {
namespace {

using fault::BodyFault;
using fault::SignatureFault;

contract::Request forged(SignatureFault signature, BodyFault body, const std::string& honest) {
    contract::Request request = requests::unsigned_post(honest);
    const auto header = apply_to_signature(signature, requests::kToken, honest, signature::hmac_sha256_hex);
    if (header) request.headers.add("SC-Signature", *header);
    request.body = apply_to_body(body, std::move(request.body));
    return request;
}

constexpr SignatureFault kSignatureFaults[] = {SignatureFault::kWrongKey,  SignatureFault::kMissing,
                                               SignatureFault::kEmpty,     SignatureFault::kFlippedBit,
                                               SignatureFault::kUpperCase, SignatureFault::kOfAnotherBody};
constexpr BodyFault kBodyFaults[] = {BodyFault::kTampered, BodyFault::kTruncated, BodyFault::kReserialised};

std::vector<std::string> events() {
    std::vector<std::string> bodies;
    for (const auto& sample : contract::samples::golden()) {
        if (sample.file.find("verify") == std::string_view::npos) bodies.push_back(sample.message.render(sample.stamp));
    }
    return bodies;
}

}  // namespace

TEST_CASE("every forgery of every event is refused, and the honest one accepted") {
    const Receiver receiver(requests::token(), nullptr, Receiver::Explains::kNothing);
    REQUIRE(events().size() >= 8);
    for (const std::string& body : events()) {
        INFO(body);
        CHECK(receiver.handle(forged(SignatureFault::kNone, BodyFault::kNone, body)).response.status == 200);
        for (const SignatureFault fault : kSignatureFaults) {
            CHECK(receiver.handle(forged(fault, BodyFault::kNone, body)).response.status == 401);
            for (const BodyFault both : kBodyFaults) {
                CHECK(receiver.handle(forged(fault, both, body)).response.status == 401);
            }
        }
        for (const BodyFault fault : kBodyFaults) {
            CHECK(receiver.handle(forged(SignatureFault::kNone, fault, body)).response.status == 401);
        }
    }
}

TEST_CASE("a receiver without a signature check accepts forgeries") {
    const Receiver careless(requests::token(), find_behaviour("no-signature-check").value());
    for (const SignatureFault fault : kSignatureFaults) {
        CHECK(careless.handle(forged(fault, BodyFault::kNone, requests::kEvent)).response.status == 200);
    }
    CHECK(careless.handle(forged(SignatureFault::kNone, BodyFault::kTampered, requests::kEvent)).response.status ==
          200);
    CHECK(careless.handle(forged(SignatureFault::kNone, BodyFault::kReserialised, requests::kEvent)).response.status ==
          200);
}

}  // namespace smartcar_sim::receiver
