// What tests of the raw exchange send, and what they ask of what came.
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "base/url.h"
#include "catch.h"
#include "delivery/raw_line.h"

namespace smartcar_sim::http {

inline delivery::RawRequest raw_to(const std::string& origin, std::vector<delivery::RawRequest::Piece> pieces) {
    delivery::RawRequest request;
    request.url = base::parse_url(origin + "/hook").value();
    request.pieces = std::move(pieces);
    request.timeout = base::Milliseconds(20'000);
    return request;
}

inline std::vector<contract::Response> answers_in(const delivery::RawAnswer& answer) {
    if (answer.failure) FAIL("not all answers came: " << answer.failure->detail);
    return answer.answers;
}

inline contract::Response only_answer_in(const delivery::RawAnswer& answer) {
    const std::vector<contract::Response> answers = answers_in(answer);
    REQUIRE(answers.size() == 1);
    return answers.front();
}

inline delivery::Failure failure_in(const delivery::RawAnswer& answer) {
    if (!answer.failure) FAIL("no failure, but answers: " << answer.answers.size());
    return *answer.failure;
}

}  // namespace smartcar_sim::http
