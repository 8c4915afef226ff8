#include "fakes/tls_peer.h"

#include <array>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <mutex>
#include <stdexcept>
#include <utility>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <unistd.h>

namespace smartcar_sim::fakes {
namespace {

constexpr long kDay = 24L * 60 * 60;

using Certificate = std::unique_ptr<X509, decltype(&X509_free)>;
using Key = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;

Certificate self_signed(EVP_PKEY* key, const TlsPeer::Options& options) {
    Certificate certificate(X509_new(), &X509_free);
    X509_set_version(certificate.get(), X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate.get()), 1);
    const bool past = options.validity == TlsPeer::Options::Validity::kPast;
    X509_gmtime_adj(X509_getm_notBefore(certificate.get()), -3 * kDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate.get()), past ? -kDay : kDay);
    X509_set_pubkey(certificate.get(), key);
    X509_NAME* const name = X509_get_subject_name(certificate.get());
    const std::string common = "test receiver";
    X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_ASC, reinterpret_cast<const unsigned char*>(common.c_str()), -1, -1,
                               0);
    X509_set_issuer_name(certificate.get(), name);
    X509_EXTENSION* const names = X509V3_EXT_conf_nid(nullptr, nullptr, NID_subject_alt_name, options.names.c_str());
    X509_add_ext(certificate.get(), names, -1);
    X509_EXTENSION_free(names);
    X509_sign(certificate.get(), key, EVP_sha256());
    return certificate;
}

std::string written_to_a_file(X509* certificate) {
    std::string path = "/tmp/smartcar-sim-test-XXXXXX";
    const int descriptor = ::mkstemp(path.data());
    std::FILE* const file = descriptor < 0 ? nullptr : ::fdopen(descriptor, "w");
    if (file == nullptr) throw std::runtime_error("no file at " + path);
    PEM_write_X509(file, certificate);
    std::fclose(file);
    return path;
}

// OpenSSL writes without MSG_NOSIGNAL, and a client under test may be gone. Blocked on this thread alone: the tests
// that say our own client survives a lost receiver must be able to fail.
void block_sigpipe() {
    sigset_t broken_pipe;
    sigemptyset(&broken_pipe);
    sigaddset(&broken_pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &broken_pipe, nullptr);
}

}  // namespace

struct TlsPeer::Identity {
    std::unique_ptr<SSL_CTX, decltype(&SSL_CTX_free)> context{SSL_CTX_new(TLS_server_method()), &SSL_CTX_free};
    std::mutex mutex;
    std::string server_name;  // guarded by mutex
};

TlsPeer::TlsPeer(const Options& options, std::string answer) : identity_(std::make_unique<Identity>()) {
    const Key key(EVP_EC_gen("P-256"), &EVP_PKEY_free);
    const Certificate certificate = self_signed(key.get(), options);
    SSL_CTX* const context = identity_->context.get();
    SSL_CTX_use_certificate(context, certificate.get());
    SSL_CTX_use_PrivateKey(context, key.get());
    if (options.versions == Options::Versions::kTls11Only) {
        SSL_CTX_set_security_level(context, 0);
        SSL_CTX_set_min_proto_version(context, TLS1_VERSION);
        SSL_CTX_set_max_proto_version(context, TLS1_1_VERSION);
    }
    certificate_file_ = written_to_a_file(certificate.get());
    peer_ = std::make_unique<RawPeer>([this, said = std::move(answer), says = options.says](
                                          RawConnection& connection, int) { talk(connection, said, says); });
}

TlsPeer::~TlsPeer() { ::unlink(certificate_file_.c_str()); }

std::string TlsPeer::origin_at(const std::string& host) const {
    return "https://" + host + ":" + std::to_string(peer_->port());
}

std::string TlsPeer::server_name() const {
    const std::lock_guard lock(identity_->mutex);
    return identity_->server_name;
}

void TlsPeer::talk(RawConnection& connection, const std::string& answer, Options::Says says) {
    block_sigpipe();
    const std::unique_ptr<SSL, decltype(&SSL_free)> ssl(SSL_new(identity_->context.get()), &SSL_free);
    SSL_set_fd(ssl.get(), connection.descriptor());
    if (SSL_accept(ssl.get()) != 1) return;
    {
        const std::lock_guard lock(identity_->mutex);
        const char* const name = SSL_get_servername(ssl.get(), TLSEXT_NAMETYPE_host_name);
        identity_->server_name = name == nullptr ? "" : name;
    }
    const auto say = [&] { return SSL_write(ssl.get(), answer.data(), static_cast<int>(answer.size())) > 0; };
    std::array<char, 65536> request{};
    while (SSL_read(ssl.get(), request.data(), static_cast<int>(request.size())) > 0) {
        while (says != Options::Says::kAtTheEnd && say() && says == Options::Says::kOnAndOn) {
        }
    }
    const bool ended = (SSL_get_shutdown(ssl.get()) & SSL_RECEIVED_SHUTDOWN) != 0;
    if (ended && says == Options::Says::kAtTheEnd) say();
}

}  // namespace smartcar_sim::fakes
