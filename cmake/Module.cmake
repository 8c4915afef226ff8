# simulator_module(NAME SOURCES file... LINKS target...)
#
# One static library a module. Its links are its row in the table of arrows (docs/architecture.md);
# tests/architecture checks both and the includes against each other.
function(simulator_module name)
  cmake_parse_arguments(PARSE_ARGV 1 module "" "" "SOURCES;LINKS")
  add_library(${name} STATIC ${module_SOURCES})
  target_include_directories(${name} PUBLIC "${PROJECT_SOURCE_DIR}/simulator")
  target_link_libraries(${name} PUBLIC ${module_LINKS} PRIVATE simulator_warnings)
endfunction()

# simulator_test(NAME SOURCES file... LINKS target... [PROPERTIES property value...])
#
# One Catch2 program a folder of tests; each of its cases is a test of CTest with those properties. Catch2 2 passes when
# the name it is asked for is that of no case, unless it is told otherwise; 3 does not, and does not know the option.
function(simulator_test name)
  cmake_parse_arguments(PARSE_ARGV 1 test "" "" "SOURCES;LINKS;PROPERTIES")
  add_executable(${name} ${test_SOURCES})
  target_include_directories(${name} PRIVATE "${PROJECT_SOURCE_DIR}/tests")
  target_link_libraries(${name} PRIVATE ${test_LINKS} catch_main simulator_warnings)
  if("${Catch2_VERSION}" MATCHES "^2[.]")
    set(never_in_vain EXTRA_ARGS --warn=NoTests)
  endif()
  catch_discover_tests(${name} TEST_PREFIX "${name}: " ${never_in_vain} PROPERTIES TIMEOUT 60 ${test_PROPERTIES})
endfunction()
