# One interface target carries every compiler and linker flag; each of our targets links it.
include(CheckCCompilerFlag)
include(CheckPIESupported)
check_pie_supported(LANGUAGES C)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)

add_library(project_flags INTERFACE)
target_compile_definitions(project_flags INTERFACE _GNU_SOURCE AUDITMGR_VERSION="${PROJECT_VERSION}")
target_include_directories(project_flags INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_options(
  project_flags
  INTERFACE -Wall
            -Wextra
            -Wshadow
            -Wconversion
            -Wformat=2
            -Wstrict-prototypes
            -Wmissing-prototypes
            -Wold-style-definition
            -Wundef
            -Wwrite-strings
            -Wcast-qual
            -Wpointer-arith
            -Wvla
            -Wnull-dereference
            -Wdate-time)
foreach(flag -Wduplicated-cond -Wduplicated-branches -Wlogical-op -Wimplicit-fallthrough)
  string(MAKE_C_IDENTIFIER "HAVE${flag}" variable)
  check_c_compiler_flag(${flag} ${variable})
  if(${variable})
    target_compile_options(project_flags INTERFACE ${flag})
  endif()
endforeach()
if(AUDITMGR_WERROR)
  target_compile_options(project_flags INTERFACE -Werror)
endif()

if(AUDITMGR_SANITIZE)
  set(sanitizers -fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(project_flags INTERFACE ${sanitizers})
  target_link_options(project_flags INTERFACE ${sanitizers})
endif()
if(AUDITMGR_FUZZ)
  if(NOT CMAKE_C_COMPILER_ID MATCHES Clang OR NOT AUDITMGR_SANITIZE)
    message(FATAL_ERROR "AUDITMGR_FUZZ wants -D CMAKE_C_COMPILER=clang -D AUDITMGR_SANITIZE=ON")
  endif()
  target_compile_options(project_flags INTERFACE -fsanitize=fuzzer-no-link)
endif()
if(AUDITMGR_COVERAGE)
  target_compile_options(project_flags INTERFACE --coverage)
  target_link_options(project_flags INTERFACE --coverage)
endif()
if(AUDITMGR_HARDEN)
  foreach(flag -fstack-protector-strong -fstack-clash-protection -fcf-protection=full -ftrivial-auto-var-init=zero)
    string(MAKE_C_IDENTIFIER "HAVE${flag}" variable)
    check_c_compiler_flag(${flag} ${variable})
    if(${variable})
      target_compile_options(project_flags INTERFACE ${flag})
    endif()
  endforeach()
  target_compile_options(project_flags INTERFACE -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=2)
  target_link_options(project_flags INTERFACE -Wl,-z,relro,-z,now,-z,noexecstack,--as-needed)
endif()
