# Link simulator_warnings privately to be held to them.
#
# What GCC only sees when it optimises is left out: it takes the standard library's own strings, vectors and variants
# for null (-Wnull-dereference), overlapping (-Wrestrict, GCC bug 105651) or uninitialized (-Wmaybe-uninitialized,
# GCC bug 105562). clang-tidy's analyzer and the sanitizers look for the real ones.
add_library(simulator_warnings INTERFACE)
target_compile_options(simulator_warnings INTERFACE
  -Wall -Wextra -Wpedantic -Wshadow -Wconversion -Wsign-conversion -Wnon-virtual-dtor -Wold-style-cast
  -Woverloaded-virtual -Wimplicit-fallthrough)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  target_compile_options(simulator_warnings INTERFACE -Wno-restrict -Wno-maybe-uninitialized)
endif()

option(SMARTCAR_SIM_WERROR "Warnings are errors" ON)
if(SMARTCAR_SIM_WERROR)
  target_compile_options(simulator_warnings INTERFACE -Werror)
endif()
