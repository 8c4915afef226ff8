# cmake --install: the program, the data it looks for beside itself, and its manual and shell completions, which the
# built program writes from its own table of options.
#
# PREFIX/bin/smartcar-sim finds its data in PREFIX/share/smartcar-sim.
include(GNUInstallDirs)

function(written_by_program file)
  add_custom_command(OUTPUT "${file}" COMMAND smartcar-sim ${ARGN} > "${file}" VERBATIM
    COMMENT "Writing ${file}")
endfunction()

if(TARGET smartcar-sim)
  set(written "${PROJECT_BINARY_DIR}/generated")
  file(MAKE_DIRECTORY "${written}")
  written_by_program("${written}/smartcar-sim.1" help --man)
  written_by_program("${written}/smartcar-sim.bash" completion bash)
  written_by_program("${written}/_smartcar-sim" completion zsh)
  add_custom_target(manual ALL
    DEPENDS "${written}/smartcar-sim.1" "${written}/smartcar-sim.bash" "${written}/_smartcar-sim")

  set(data "${CMAKE_INSTALL_DATADIR}/smartcar-sim")
  install(TARGETS smartcar-sim COMPONENT smartcar-sim)
  install(DIRECTORY fixtures/vehicles DESTINATION "${data}/fixtures" COMPONENT smartcar-sim)
  install(FILES fixtures/config.schema.json DESTINATION "${data}/fixtures" COMPONENT smartcar-sim)
  install(DIRECTORY scenarios DESTINATION "${data}" COMPONENT smartcar-sim)
  install(FILES LICENSE CHANGELOG.md README.md DESTINATION "${CMAKE_INSTALL_DOCDIR}" COMPONENT smartcar-sim)
  install(FILES "${written}/smartcar-sim.1" DESTINATION "${CMAKE_INSTALL_MANDIR}/man1" COMPONENT smartcar-sim)
  install(FILES "${written}/smartcar-sim.bash" RENAME smartcar-sim COMPONENT smartcar-sim
    DESTINATION "${CMAKE_INSTALL_DATADIR}/bash-completion/completions")
  install(FILES "${written}/_smartcar-sim" COMPONENT smartcar-sim
    DESTINATION "${CMAKE_INSTALL_DATADIR}/zsh/site-functions")
endif()
