#include "http/connector.h"

#include "http/dial.h"

namespace smartcar_sim::http {

using delivery::Failure;

std::variant<Connected, Failure> Connector::connect(const base::Url& url, const Wait& wait) {
    auto dialled = dial(url, options_.remote ? Reach::kAnywhere : Reach::kNear, wait);
    if (auto* failure = std::get_if<Failure>(&dialled)) return std::move(*failure);
    auto& [socket, address] = std::get<Dialled>(dialled);
    if (!url.tls()) return Connected{std::make_unique<SocketChannel>(std::move(socket)), std::move(address)};
    auto secured = trust().secure(std::move(socket), url.host, wait);
    if (auto* failure = std::get_if<Failure>(&secured)) return Failure{failure->kind, address + ": " + failure->detail};
    return Connected{std::get<std::unique_ptr<Channel>>(std::move(secured)), std::move(address)};
}

const TlsTrust& Connector::trust() {
    std::call_once(trust_loaded_, [this] {
        const auto check =
            options_.insecure ? TlsTrust::Options::Check::kNothing : TlsTrust::Options::Check::kCertificate;
        trust_ = std::make_unique<TlsTrust>(TlsTrust::Options{options_.cacert, check});
    });
    return *trust_;
}

}  // namespace smartcar_sim::http
