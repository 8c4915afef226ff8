#include "http/gzip.h"

#include <httplib.h>

namespace smartcar_sim::http {

std::string gzipped([[maybe_unused]] std::string_view bytes) {
    std::string compressed;
#ifdef CPPHTTPLIB_ZLIB_SUPPORT
    httplib::detail::gzip_compressor compressor;
    compressor.compress(bytes.data(), bytes.size(), true, [&](const char* data, std::size_t count) {
        compressed.append(data, count);
        return true;
    });
#endif
    return compressed;
}

}  // namespace smartcar_sim::http
