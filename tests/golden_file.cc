#include "golden_file.h"

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "source_folder.h"

namespace golden {

bool updating() { return std::getenv("UPDATE_GOLDEN") != nullptr; }

std::string expected(const std::string& name, const std::string& happened) {
    const std::string file = smartcar_sim::source_folder() + "/tests/golden/" + name;
    if (updating()) std::ofstream(file, std::ios::binary) << happened;
    std::ostringstream text;
    text << std::ifstream(file, std::ios::binary).rdbuf();
    return text.str();
}

}  // namespace golden
