#include "receiver/behaviours.h"

#include <algorithm>
#include <array>
#include <vector>

#include "document/pointer.h"
#include "document/writer.h"
#include "signature/hmac.h"

namespace smartcar_sim::receiver {

bool Circumstances::is_signed(std::string_view bytes) const {
    return request.headers.count("SC-Signature") == 1 &&
           signature::equal(*request.headers.get("SC-Signature"), hash_of(bytes));
}

std::string Circumstances::hash_of(std::string_view bytes) const { return signature::hmac_sha256_hex(token, bytes); }

std::span<const Behaviour> behaviours() {
    static const std::vector<Behaviour> all = [] {
        std::vector<Behaviour> rows;
        for (const auto table :
             {handshake_behaviours(), signature_behaviours(), event_behaviours(), transport_behaviours()}) {
            rows.insert(rows.end(), table.begin(), table.end());
        }
        return rows;
    }();
    return all;
}

base::Result<const Behaviour*> find_behaviour(std::string_view id) {
    const auto found = std::ranges::find(behaviours(), id, &Behaviour::id);
    if (found != behaviours().end()) return &*found;
    std::vector<std::string_view> ids(behaviours().size());
    std::ranges::transform(behaviours(), ids.begin(), &Behaviour::id);
    return base::Error{.code = "unknown_behaviour",
                       .message = "unknown behaviour \"" + std::string(id) + "\"" + document::did_you_mean(id, ids) +
                                  (document::nearest(id, ids) ? "" : "; `smartcar-sim list behaviours` shows them")};
}

contract::Response challenge_answer(std::string_view text) {
    std::string body;
    document::Writer(body).begin_object().member("challenge", text).end_object();
    return contract::json_response(200, std::move(body));
}

contract::Response error_answer(int status, std::string_view why) {
    std::string body;
    document::Writer(body).begin_object().member("error", why).end_object();
    return contract::json_response(status, std::move(body));
}

}  // namespace smartcar_sim::receiver
