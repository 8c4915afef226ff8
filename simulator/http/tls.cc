#include "http/tls.h"

#include <algorithm>
#include <cerrno>
#include <climits>
#include <utility>

#include <arpa/inet.h>
#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <poll.h>
#include <sys/socket.h>

namespace smartcar_sim::http {
namespace {

using delivery::Failure;

// OpenSSL's own socket BIO writes with write(), which raises SIGPIPE when the peer is gone. This one does not.
// Its data is the descriptor.
int descriptor_of(BIO* bio) { return *static_cast<const int*>(BIO_get_data(bio)); }

int after_call(BIO* bio, ssize_t count, int retry) {
    BIO_clear_retry_flags(bio);
    if (count < 0 && (errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR))
        BIO_set_flags(bio, retry | BIO_FLAGS_SHOULD_RETRY);
    return static_cast<int>(count);
}

int bio_write(BIO* bio, const char* bytes, int size) {
    const auto count = ::send(descriptor_of(bio), bytes, static_cast<std::size_t>(size), MSG_NOSIGNAL);
    return after_call(bio, count, BIO_FLAGS_WRITE);
}

int bio_read(BIO* bio, char* room, int size) {
    const auto count = ::recv(descriptor_of(bio), room, static_cast<std::size_t>(size), 0);
    return after_call(bio, count, BIO_FLAGS_READ);
}

long bio_control(BIO* /*bio*/, int command, long /*number*/, void* /*pointer*/) {
    return command == BIO_CTRL_FLUSH ? 1 : 0;
}

struct FreeMethod {
    void operator()(BIO_METHOD* method) const { BIO_meth_free(method); }
};
using Method = std::unique_ptr<BIO_METHOD, FreeMethod>;

Method socket_method() {
    Method method(BIO_meth_new(BIO_get_new_index() | BIO_TYPE_SOURCE_SINK, "socket without SIGPIPE"));
    BIO_meth_set_write(method.get(), bio_write);
    BIO_meth_set_read(method.get(), bio_read);
    BIO_meth_set_ctrl(method.get(), bio_control);
    return method;
}

struct FreeSsl {
    void operator()(SSL* ssl) const { SSL_free(ssl); }
};
using Ssl = std::unique_ptr<SSL, FreeSsl>;

class TlsChannel final : public Channel {
public:
    TlsChannel(Socket socket, Ssl ssl, BIO_METHOD* method)
        : socket_(std::move(socket)), descriptor_(socket_.descriptor()), ssl_(std::move(ssl)) {
        BIO* bio = BIO_new(method);
        BIO_set_data(bio, &descriptor_);
        BIO_set_init(bio, 1);
        SSL_set_bio(ssl_.get(), bio, bio);
    }
    ~TlsChannel() override {
        if (SSL_is_init_finished(ssl_.get()) == 1) SSL_shutdown(ssl_.get());
        ERR_clear_error();
    }
    TlsChannel(const TlsChannel&) = delete;
    TlsChannel& operator=(const TlsChannel&) = delete;

    [[nodiscard]] Io handshake(const Wait& wait) {
        return repeat(wait, [this] { return SSL_connect(ssl_.get()); });
    }

    [[nodiscard]] Received read(std::span<char> room, const Wait& wait) override {
        int count = 0;
        const int most = static_cast<int>(std::min<std::size_t>(room.size(), INT_MAX));
        const Io outcome = repeat(wait, [&] { return count = SSL_read(ssl_.get(), room.data(), most); });
        return {outcome, outcome == Io::kDone ? static_cast<std::size_t>(count) : 0};
    }

    [[nodiscard]] Io write(std::string_view bytes, const Wait& wait) override {
        const int size = static_cast<int>(std::min<std::size_t>(bytes.size(), INT_MAX));
        return repeat(wait, [&] { return SSL_write(ssl_.get(), bytes.data(), size); });
    }

    // By an alert and not by a FIN: a peer tells a FIN alone from a connection that was cut.
    [[nodiscard]] Io end_sending(const Wait& wait) override {
        // 0 says that the peer has not ended its side yet, which is what it is free to do.
        return repeat(wait, [this] { return SSL_shutdown(ssl_.get()) >= 0 ? 1 : -1; });
    }

    // A session ticket that arrives late counts as noise too: it costs a new connection, not an error.
    [[nodiscard]] bool quiet() const override { return SSL_pending(ssl_.get()) == 0 && nothing_arrived(descriptor_); }

    [[nodiscard]] const SSL* ssl() const { return ssl_.get(); }

private:
    template <class Call>
    Io repeat(const Wait& wait, const Call& call) {
        while (true) {
            if (const Io state = state_of(wait); state != Io::kDone) return state;
            ERR_clear_error();
            const int result = call();
            if (result > 0) return Io::kDone;
            switch (SSL_get_error(ssl_.get(), result)) {
                case SSL_ERROR_WANT_READ:
                    if (const Io ready = wait_for(descriptor_, POLLIN, wait); ready != Io::kDone) return ready;
                    break;
                case SSL_ERROR_WANT_WRITE:
                    if (const Io ready = wait_for(descriptor_, POLLOUT, wait); ready != Io::kDone) return ready;
                    break;
                case SSL_ERROR_ZERO_RETURN:
                    return Io::kClosed;
                default:
                    return Io::kReset;
            }
        }
    }

    Socket socket_;
    int descriptor_;
    Ssl ssl_;
};

bool is_address(const std::string& host) {
    in6_addr address{};
    return ::inet_pton(AF_INET, host.c_str(), &address) == 1 || ::inet_pton(AF_INET6, host.c_str(), &address) == 1;
}

void expect_host(SSL* ssl, const std::string& host) {
    if (is_address(host)) {
        X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(ssl), host.c_str());
        return;
    }
    SSL_set1_host(ssl, host.c_str());
    // SSL_set_tlsext_host_name() without its macro, whose cast is of the old style; the text is copied, not written to.
    SSL_ctrl(ssl, SSL_CTRL_SET_TLSEXT_HOSTNAME, TLSEXT_NAMETYPE_host_name, const_cast<char*>(host.c_str()));
}

// The error queue of this thread must still be that of the handshake.
Failure handshake_failure(const SSL* ssl, Io outcome) {
    if (outcome == Io::kTimeout) return {Failure::Kind::kTimeout, "the TLS handshake did not end in time"};
    if (outcome == Io::kInterrupted) return {Failure::Kind::kCalledOff, "called off"};
    if (const long verdict = SSL_get_verify_result(ssl); verdict != X509_V_OK) {
        return {Failure::Kind::kTls,
                std::string("the certificate is not trusted: ") + X509_verify_cert_error_string(verdict)};
    }
    const unsigned long error = ERR_peek_error();
    const char* reason = error == 0 ? nullptr : ERR_reason_error_string(error);
    if (reason == nullptr) return {Failure::Kind::kTls, "the peer ended the TLS handshake"};
    return {Failure::Kind::kTls, std::string("the TLS handshake failed: ") + reason};
}

}  // namespace

struct TlsTrust::Context {
    struct FreeContext {
        void operator()(SSL_CTX* context) const { SSL_CTX_free(context); }
    };
    Method method = socket_method();
    std::unique_ptr<SSL_CTX, FreeContext> ssl{SSL_CTX_new(TLS_client_method())};
    std::string unreadable;  // the file that holds no certificates
};

TlsTrust::TlsTrust(const Options& options) : context_(std::make_unique<Context>()) {
    SSL_CTX* const context = context_->ssl.get();
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_mode(context, SSL_MODE_AUTO_RETRY);
    if (options.check == Options::Check::kNothing) return;
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    if (options.cacert.empty()) {
        SSL_CTX_set_default_verify_paths(context);
    } else if (SSL_CTX_load_verify_file(context, options.cacert.c_str()) != 1) {
        context_->unreadable = options.cacert;
    }
}

TlsTrust::~TlsTrust() = default;

std::variant<std::unique_ptr<Channel>, Failure> TlsTrust::secure(Socket socket, const std::string& host,
                                                                 const Wait& wait) const {
    if (!context_->unreadable.empty()) {
        return Failure{Failure::Kind::kTls, "no certificates can be read from " + context_->unreadable};
    }
    Ssl ssl(SSL_new(context_->ssl.get()));
    expect_host(ssl.get(), host);
    auto channel = std::make_unique<TlsChannel>(std::move(socket), std::move(ssl), context_->method.get());
    const Io outcome = channel->handshake(wait);
    if (outcome != Io::kDone) return handshake_failure(channel->ssl(), outcome);
    return channel;
}

}  // namespace smartcar_sim::http
