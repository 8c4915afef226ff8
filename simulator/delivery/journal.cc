#include "delivery/journal.h"

namespace smartcar_sim::delivery {

std::string_view name_of(Outcome outcome) {
    switch (outcome) {
        case Outcome::kPending:
            return "pending";
        case Outcome::kDelivered:
            return "delivered";
        case Outcome::kDropped:
            return "dropped";
    }
    return {};
}

bool Attempt::succeeded() const {
    const auto* response = std::get_if<contract::Response>(&answer);
    return response != nullptr && contract::is_success(response->status);
}

}  // namespace smartcar_sim::delivery
