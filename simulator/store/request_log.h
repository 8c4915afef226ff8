// The API calls the application made: the newest thousand, with secrets masked.
//
// Written by the server's threads, read by routes; what it returns is a copy.
#pragma once

#include <cstdint>
#include <deque>
#include <mutex>
#include <string>
#include <vector>

#include "base/clock.h"
#include "base/mask.h"
#include "contract/http.h"

namespace smartcar_sim::store {

struct ApiCall {
    std::uint64_t number = 0;  // grows by one with each call, and goes on after clear()
    base::Instant at;          // platform time
    std::string method;
    std::string target;          // client_secret, access_token and the like masked
    std::string authorization;   // "Bearer …e5f6", "Basic …"; empty when the call had none
    std::string body;            // at most kBodyExcerpt bytes of the request's body, masked like the target
    std::size_t body_bytes = 0;  // before it was cut
    int status = 0;

    bool operator==(const ApiCall&) const = default;
};

class RequestLog {
public:
    static constexpr std::size_t kCapacity = 1'000;
    static constexpr std::size_t kBodyExcerpt = 2'048;
    static constexpr std::size_t kTargetExcerpt = 1'024;

    explicit RequestLog(std::size_t capacity = kCapacity) : capacity_(capacity) {}

    // Returns what it keeps. `mask` knows the user's own secrets, which may stand anywhere.
    ApiCall add(base::Instant at, const contract::Request& request, int status, const base::Mask& mask);
    // Oldest first, those with a number above `after`.
    [[nodiscard]] std::vector<ApiCall> calls(std::uint64_t after = 0) const;
    void clear();

private:
    const std::size_t capacity_;

    mutable std::mutex mutex_;
    std::deque<ApiCall> calls_;  // guarded by mutex_
    std::uint64_t last_ = 0;     // guarded by mutex_
};

}  // namespace smartcar_sim::store
