#include "document/library_version.h"

#include <nlohmann/json.hpp>

namespace smartcar_sim::document {

std::string library_version() {
    return "nlohmann/json " + std::to_string(NLOHMANN_JSON_VERSION_MAJOR) + "." +
           std::to_string(NLOHMANN_JSON_VERSION_MINOR) + "." + std::to_string(NLOHMANN_JSON_VERSION_PATCH);
}

}  // namespace smartcar_sim::document
