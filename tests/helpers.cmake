# SPDX-License-Identifier: Apache-2.0
# sotto_add_test(<path of tst_x.cpp relative to here> DEPENDS <core modules> LIBRARIES <further targets>)
# One file, one executable, no display. The CTest name is the path with dots: core.crypto.age.
function(sotto_add_test source)
  cmake_parse_arguments(ARG "" "TIMEOUT" "DEPENDS;LIBRARIES" ${ARGN})
  file(RELATIVE_PATH relative ${PROJECT_SOURCE_DIR}/tests ${CMAKE_CURRENT_SOURCE_DIR}/${source})
  string(REGEX REPLACE "/tst_([^/]*)\\.cpp$" "/\\1" name ${relative})
  string(REPLACE "/" "." name ${name})
  string(REPLACE "." "_" target "tst_${name}")
  add_executable(${target} ${source})
  set_target_properties(${target} PROPERTIES AUTOMOC ON RUNTIME_OUTPUT_DIRECTORY ${CMAKE_BINARY_DIR}/tests)
  list(TRANSFORM ARG_DEPENDS PREPEND sotto_core_)
  target_link_libraries(${target} PRIVATE Qt6::Test sotto_warnings ${ARG_DEPENDS} ${ARG_LIBRARIES})
  target_compile_definitions(${target} PRIVATE
    SOTTO_SOURCE_DIR="${PROJECT_SOURCE_DIR}" SOTTO_TEST_DATA="${PROJECT_SOURCE_DIR}/tests/data"
    SOTTO_BIN_DIR="${CMAKE_RUNTIME_OUTPUT_DIRECTORY}")
  if(NOT ARG_TIMEOUT)
    set(ARG_TIMEOUT 300)
  endif()
  add_test(NAME ${name} COMMAND ${target})
  set_tests_properties(${name} PROPERTIES TIMEOUT ${ARG_TIMEOUT}
    ENVIRONMENT "QT_QPA_PLATFORM=offscreen;LC_ALL=C.UTF-8")
endfunction()
