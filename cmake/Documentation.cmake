# Manual pages and completion scripts, printed by the built programs themselves.
foreach(program auditmgr analyzer)
  set(made ${CMAKE_BINARY_DIR}/documentation/${program})
  add_custom_command(
    OUTPUT ${made}.8 ${made}.bash ${made}.zsh ${made}.fish
    COMMAND ${CMAKE_COMMAND} -E make_directory ${CMAKE_BINARY_DIR}/documentation
    COMMAND $<TARGET_FILE:${program}> manual > ${made}.8
    COMMAND $<TARGET_FILE:${program}> completion bash > ${made}.bash
    COMMAND $<TARGET_FILE:${program}> completion zsh > ${made}.zsh
    COMMAND $<TARGET_FILE:${program}> completion fish > ${made}.fish
    DEPENDS ${program}
    VERBATIM)
  add_custom_target(${program}_documentation ALL DEPENDS ${made}.8 ${made}.bash ${made}.zsh ${made}.fish)
  install(FILES ${made}.8 DESTINATION ${CMAKE_INSTALL_MANDIR}/man8)
  install(FILES ${made}.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME ${program})
  install(FILES ${made}.zsh DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions RENAME _${program})
  install(FILES ${made}.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d RENAME ${program}.fish)
endforeach()
