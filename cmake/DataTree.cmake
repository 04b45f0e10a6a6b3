# The programs look for their data in ../share/auditmgr beside their own bin directory, so that the
# build tree and an installation have the same shape. In the build tree it is a pair of links.
set(data_tree ${CMAKE_BINARY_DIR}/share/auditmgr)
file(MAKE_DIRECTORY ${data_tree})
foreach(folder rules.d schema)
  file(CREATE_LINK ${CMAKE_SOURCE_DIR}/${folder} ${data_tree}/${folder} SYMBOLIC)
  install(DIRECTORY ${folder} DESTINATION ${CMAKE_INSTALL_DATADIR}/auditmgr)
endforeach()
