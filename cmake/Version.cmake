# build/generated/version.h: the project's version and the commit it was built from, for the sources that tell them.
#
# The commit is looked up at every build, so that a commit made after configuring shows; the header is only
# rewritten when it changed. Run as a script (cmake -P) it writes the header.
if(CMAKE_SCRIPT_MODE_FILE)
  set(commit unknown)
  find_program(git git)
  if(git)
    execute_process(COMMAND "${git}" -C "${SOURCE_DIR}" rev-parse --short=12 HEAD
      OUTPUT_VARIABLE found OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE failed)
    if(NOT failed)
      set(commit "${found}")
    endif()
  endif()
  configure_file("${CMAKE_CURRENT_LIST_DIR}/version.h.in" "${HEADER}" @ONLY)
  return()
endif()

set(version_header "${PROJECT_BINARY_DIR}/generated/version.h")
add_custom_target(write_version_header
  COMMAND "${CMAKE_COMMAND}" -D "SOURCE_DIR=${PROJECT_SOURCE_DIR}" -D "HEADER=${version_header}"
    -D "VERSION=${PROJECT_VERSION}" -P "${CMAKE_CURRENT_LIST_FILE}"
  BYPRODUCTS "${version_header}"
  COMMENT "Looking up the commit")

# Link it privately where version.h is included.
add_library(version_header INTERFACE)
target_include_directories(version_header INTERFACE "${PROJECT_BINARY_DIR}/generated")
add_dependencies(version_header write_version_header)
