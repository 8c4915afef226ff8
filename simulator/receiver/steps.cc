#include "receiver/steps.h"

#include "receiver/message.h"

namespace smartcar_sim::receiver {

MaybeResponse error_if(bool so, int status, std::string_view why) {
    if (!so) return std::nullopt;
    return error_answer(status, why);
}

MaybeResponse broken_if(bool so) { return error_if(so, 500, "Internal Server Error"); }

bool is_post(const Circumstances& now) { return now.request.method == "POST"; }

std::optional<contract::Version> version_of(const Circumstances& now) {
    return is_post(now) && now.body != nullptr ? challenge_version(*now.body) : std::nullopt;
}

std::optional<std::string> challenge_in(const Circumstances& now) {
    return is_post(now) ? challenge_by_any_method(now) : std::nullopt;
}

std::optional<std::string> challenge_by_any_method(const Circumstances& now) {
    const auto version = now.body != nullptr ? challenge_version(*now.body) : std::nullopt;
    return version ? challenge_field(*now.body, *version) : std::nullopt;
}

}  // namespace smartcar_sim::receiver
