#include "source_folder.h"

namespace smartcar_sim {

std::string source_folder() { return SMARTCAR_SIM_SOURCE_FOLDER; }

}  // namespace smartcar_sim
