#include "app/audit_line.h"

#include <cstddef>
#include <system_error>
#include <thread>

namespace smartcar_sim::app {

std::vector<delivery::Exchange> AuditLine::together(const std::vector<delivery::Outgoing>& outgoing) {
    std::vector<delivery::Exchange> exchanges(outgoing.size());
    std::vector<std::thread> threads;
    threads.reserve(outgoing.size());
    for (std::size_t i = 0; i < outgoing.size(); ++i) {
        const auto exchange = [&, i] { exchanges[i] = transport_.exchange(outgoing[i]); };
        try {
            threads.emplace_back(exchange);
        } catch (const std::system_error&) {
            exchange();  // there is no thread to be had: after the others then
        }
    }
    for (std::thread& thread : threads) thread.join();
    return exchanges;
}

base::Milliseconds AuditLine::elapsed() const {
    return std::chrono::duration_cast<base::Milliseconds>(Steady::now() - began_);
}

}  // namespace smartcar_sim::app
