#include "http/library_version.h"

#include <httplib.h>

namespace smartcar_sim::http {

std::string library_version() { return "cpp-httplib " CPPHTTPLIB_VERSION; }

}  // namespace smartcar_sim::http
