add_library(simulator_warnings INTERFACE)
target_compile_options(simulator_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wnull-dereference -Wimplicit-fallthrough)
option(SMARTCAR_SIM_WERROR "Warnings are errors" ON)
if(SMARTCAR_SIM_WERROR)
  target_compile_options(simulator_warnings INTERFACE -Werror)
endif()
