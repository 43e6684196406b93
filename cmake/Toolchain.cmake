# How every file of the project is compiled and linked.

set(CMAKE_CXX_STANDARD 20)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY "${CMAKE_BINARY_DIR}/bin")

option(GONGKAI_TESTS "Build the tests" ON)
set(GONGKAI_SANITIZE "" CACHE STRING "Sanitizers to switch on, e.g. address;undefined")

add_library(gongkai_flags INTERFACE)
target_compile_options(gongkai_flags INTERFACE -Wall -Wextra -Wpedantic
                       $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>
                       -Wnon-virtual-dtor -Woverloaded-virtual
                       -Wno-missing-field-initializers # named initializers leave out on purpose
                       # GCC 12 sees overlaps in `"a" + string` at -O3 (PR 105651)
                       $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict>
                       # The optimizer of GCC 12 warns of what is not there: no reason to fail a
                       # release. The build that the tests run on has no warning.
                       $<$<CONFIG:Debug>:-Werror>)
target_include_directories(gongkai_flags INTERFACE "${CMAKE_SOURCE_DIR}")

if(CMAKE_BUILD_TYPE STREQUAL "Debug")
  # -g1 keeps line numbers in sanitizer reports and halves the size of the objects.
  set(CMAKE_CXX_FLAGS_DEBUG "-O0 -g1")
endif()

if(GONGKAI_SANITIZE)
  list(JOIN GONGKAI_SANITIZE "," sanitizers)
  add_compile_options(-fsanitize=${sanitizers} -fno-omit-frame-pointer -fno-sanitize-recover=all)
  add_link_options(-fsanitize=${sanitizers})
endif()

find_program(CCACHE ccache)
if(CCACHE)
  # Paths relative to the checkout and tolerance for precompiled headers let clones share hits.
  set(CMAKE_CXX_COMPILER_LAUNCHER
      ${CMAKE_COMMAND} -E env CCACHE_BASEDIR=${CMAKE_SOURCE_DIR} CCACHE_NOHASHDIR=1
      CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
endif()

find_program(MOLD mold)
if(MOLD)
  add_link_options(-fuse-ld=mold)
endif()
