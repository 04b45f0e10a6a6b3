# `lint`: formatting, clang-tidy and cppcheck over our own sources. Any finding fails it.
# cppcheck 2.10 doesn't know __attribute__((cleanup)), so it takes each use for a leak; the leak
# sanitizer, which sees what really happens, looks for leaks instead.
find_program(CLANG_FORMAT clang-format)
find_program(CLANG_TIDY clang-tidy)
find_program(CPPCHECK cppcheck)
file(GLOB_RECURSE lint_sources CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/common/*.c ${CMAKE_SOURCE_DIR}/auditmgr/*.c
     ${CMAKE_SOURCE_DIR}/analyzer/*.c ${CMAKE_SOURCE_DIR}/tests/*.c)
file(GLOB_RECURSE lint_headers CONFIGURE_DEPENDS ${CMAKE_SOURCE_DIR}/common/*.h ${CMAKE_SOURCE_DIR}/auditmgr/*.h
     ${CMAKE_SOURCE_DIR}/analyzer/*.h ${CMAKE_SOURCE_DIR}/tests/*.h)

if(CLANG_FORMAT AND CLANG_TIDY AND CPPCHECK)
  add_custom_target(
    lint
    COMMAND ${CLANG_FORMAT} --dry-run -Werror ${lint_sources} ${lint_headers}
    COMMAND ${CPPCHECK} --project=${CMAKE_BINARY_DIR}/compile_commands.json --std=c11 --enable=warning,portability,performance
            --inline-suppr --suppress=missingIncludeSystem
            --suppress=memleak --suppress=resourceLeak --error-exitcode=1 --quiet -j 2
    COMMAND ${CMAKE_SOURCE_DIR}/cmake/run-clang-tidy ${CLANG_TIDY} ${CMAKE_BINARY_DIR} ${lint_sources}
    VERBATIM
    COMMENT "clang-format, cppcheck, clang-tidy")
else()
  add_custom_target(lint COMMAND ${CMAKE_COMMAND} -E echo "lint needs: apt-get install clang-format clang-tidy cppcheck"
                         COMMAND ${CMAKE_COMMAND} -E false VERBATIM)
endif()
