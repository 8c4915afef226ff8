#include "signature/library_version.h"

#include <openssl/crypto.h>

namespace smartcar_sim::signature {

std::string library_version() { return std::string("OpenSSL ") + OpenSSL_version(OPENSSL_VERSION_STRING); }

}  // namespace smartcar_sim::signature
