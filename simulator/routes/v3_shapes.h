// The resources of API v3, each from what it is about (contract/api.md sections 6.2 and 8.2 of contract/webhooks.md).
#pragma once

#include <string>
#include <string_view>

#include "contract/http.h"
#include "document/value.h"
#include "platform/management.h"
#include "platform/webhook.h"
#include "routes/v3_answer.h"
#include "vehicle/vehicle.h"

namespace smartcar_sim::routes {

// make, model, year, mode, powertrainType: what other resources say of a vehicle.
[[nodiscard]] document::Value vehicle_summary(const vehicle::Vehicle& vehicle);

// Whether the vehicle is the resource asked for, or beside another as `included`: its year is a text then in 2025, as
// in the published fixture.
enum class Place { kAlone, kIncluded };
[[nodiscard]] document::Value vehicle_resource(Shape shape, const contract::Request& request,
                                               const vehicle::Vehicle& vehicle, Place place);
[[nodiscard]] document::Value connection_resource(const contract::Request& request,
                                                  const platform::Connection& connection);
[[nodiscard]] document::Value webhook_resource(const contract::Request& request, const platform::Webhook& webhook);
[[nodiscard]] document::Value subscription_resource(const contract::Request& request,
                                                    const platform::Subscription& subscription);
// Of a command or, when it has a schedule, of a charge schedule.
[[nodiscard]] document::Value execution_resource(const platform::Execution& execution);

// {"data":…}
[[nodiscard]] document::Value wrapped(document::Value resource);

}  // namespace smartcar_sim::routes
