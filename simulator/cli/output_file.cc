#include "cli/output_file.h"

#include <cerrno>
#include <cstring>
#include <fstream>

namespace smartcar_sim::cli {

base::Result<base::Done> write_file(std::string_view what, const std::string& path, std::string_view content,
                                    Writing writing) {
    errno = 0;
    std::ofstream file(path, std::ios::binary | (writing == Writing::kAppend ? std::ios::app : std::ios::trunc));
    file << content;
    if (file.flush()) return base::Done{};
    std::string message = what.empty() ? "" : std::string(what) + ": ";
    message += "cannot write " + path;
    // NOLINTNEXTLINE(concurrency-mt-unsafe): glibc's is safe
    if (errno != 0) message.append(": ").append(std::strerror(errno));
    return base::Error{"file_unwritable", std::move(message)};
}

}  // namespace smartcar_sim::cli
