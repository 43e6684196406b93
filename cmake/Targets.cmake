# One small library per folder: its links are the only includes it may use from other folders.

# gongkai_library(NAME SOURCES a.cc b.cc [LINKS lib ...])
function(gongkai_library name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_library(${name} STATIC ${arg_SOURCES})
  target_link_libraries(${name} PUBLIC ${arg_LINKS} PRIVATE gongkai_flags)
  target_include_directories(${name} PUBLIC "${CMAKE_SOURCE_DIR}")
endfunction()

# gongkai_program(NAME SOURCES main.cc [LINKS lib ...]): build/<preset>/bin/NAME
function(gongkai_program name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} gongkai_flags)
  target_compile_definitions(${name} PRIVATE GONGKAI_VERSION="${PROJECT_VERSION}")
endfunction()

# What nearly every test includes, compiled once: it is half of a small test's build time.
if(GONGKAI_TESTS)
  file(CONFIGURE OUTPUT "${CMAKE_BINARY_DIR}/test_headers.cc" CONTENT "")
  add_library(gongkai_test_headers OBJECT "${CMAKE_BINARY_DIR}/test_headers.cc")
  target_link_libraries(gongkai_test_headers PRIVATE gongkai_flags GTest::gmock)
  target_precompile_headers(gongkai_test_headers PRIVATE <gmock/gmock.h> <gtest/gtest.h>)
  # Whoever links gRPC compiles with it, and one flag more or less would make the headers unfit.
  target_compile_options(gongkai_test_headers PRIVATE -pthread)
endif()

# gongkai_test(NAME SOURCES a_test.cc [LINKS lib ...]): one GoogleTest binary, each case a CTest.
# The suffix of a source tells what it needs: _test.cc nothing, _pgtest.cc a PostgreSQL.
function(gongkai_test name)
  cmake_parse_arguments(arg "" "" "SOURCES;LINKS" ${ARGN})
  add_executable(${name} ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE ${arg_LINKS} gongkai_flags GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name} PRIVATE
    GONGKAI_TESTDATA_DIR="${CMAKE_SOURCE_DIR}/tests/testdata"
    GONGKAI_SOURCE_DIR="${CMAKE_SOURCE_DIR}"
    GONGKAI_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  target_compile_options(${name} PRIVATE -pthread)
  target_precompile_headers(${name} REUSE_FROM gongkai_test_headers)
  gtest_discover_tests(${name} DISCOVERY_TIMEOUT 60 PROPERTIES TIMEOUT 300)
endfunction()

# gongkai_embed_sql(OUT NAMESPACE MIGRATIONS 0001_a.sql … [FUNCTIONS a.sql …]): writes a source file
# that defines `const gongkai::postgres::Schema NAMESPACE::kSchema` with the files in order, and puts
# its path into OUT.
function(gongkai_embed_sql out namespace)
  cmake_parse_arguments(arg "" "" "MIGRATIONS;FUNCTIONS" ${ARGN})
  foreach(list MIGRATIONS FUNCTIONS)
    set(${list} "")
    foreach(file IN LISTS arg_${list})
      set_property(DIRECTORY APPEND PROPERTY
                   CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
      file(READ "${file}" sql)
      get_filename_component(stem "${file}" NAME_WE)
      string(APPEND ${list} "    {\"${stem}\", R\"sql(${sql})sql\"},\n")
    endforeach()
  endforeach()
  set(path "${CMAKE_CURRENT_BINARY_DIR}/schema.cc")
  file(CONFIGURE OUTPUT "${path}" @ONLY CONTENT
"#include <vector>

#include \"services/common/postgres/migration.h\"

namespace @namespace@ {
namespace {
const std::vector<gongkai::postgres::Script> kMigrations = {
@MIGRATIONS@};
const std::vector<gongkai::postgres::Script> kFunctions = {
@FUNCTIONS@};
}  // namespace
extern const gongkai::postgres::Schema kSchema;
const gongkai::postgres::Schema kSchema{kMigrations, kFunctions};
}  // namespace @namespace@
")
  set(${out} "${path}" PARENT_SCOPE)
endfunction()

# gongkai_embed_text(OUT SYMBOL NAMESPACE FILE): writes a source file that defines
# `const std::string_view NAMESPACE::SYMBOL` with the file's content, and puts its path into OUT.
function(gongkai_embed_text out symbol namespace file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/${file}")
  file(READ "${file}" content)
  set(path "${CMAKE_CURRENT_BINARY_DIR}/${symbol}.cc")
  file(CONFIGURE OUTPUT "${path}" @ONLY CONTENT
"#include <string_view>

namespace @namespace@ {
extern const std::string_view @symbol@;
const std::string_view @symbol@ = R\"text(@content@)text\";
}  // namespace @namespace@
")
  set(${out} "${path}" PARENT_SCOPE)
endfunction()
