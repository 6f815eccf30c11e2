set(AUTHGRAMMAR_TEST_TIMEOUT_FACTOR 1 CACHE STRING "What the time limits of tests are multiplied with")

# authgrammar_add_test(<room> <name>
#     SOURCES <file>…
#     [LIBRARIES <target>…]
#     [LABELS <label>…]        besides the room, which is always a label
#     [DEFINITIONS <define>…]
#     [TIMEOUT <seconds>])     on an idle machine; the limit is ten times as long, times AUTHGRAMMAR_TEST_TIMEOUT_FACTOR. The
#                              default is 120
#
# A GoogleTest program test_<room>_<name>, run as the one CTest <room>.<name>. It is compiled with
# AUTHGRAMMAR_SOURCE_DIR, the top of the source tree as a string literal, for tests that read its files, and runs
# in a scratch folder of its own. A program without a single test fails.
function(authgrammar_add_test room name)
    cmake_parse_arguments(PARSE_ARGV 2 arg "" "TIMEOUT" "SOURCES;LIBRARIES;LABELS;DEFINITIONS")
    if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
        message(FATAL_ERROR "authgrammar_add_test(${room} ${name}): no SOURCES, or unknown: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_TIMEOUT)
        set(arg_TIMEOUT 120)
    endif()
    math(EXPR timeout "10 * ${arg_TIMEOUT} * ${AUTHGRAMMAR_TEST_TIMEOUT_FACTOR}")

    set(program test_${room}_${name})
    add_executable(${program} ${arg_SOURCES})
    target_compile_features(${program} PRIVATE cxx_std_17)
    target_compile_definitions(${program} PRIVATE
        AUTHGRAMMAR_SOURCE_DIR="${PROJECT_SOURCE_DIR}" ${arg_DEFINITIONS})
    target_link_libraries(${program} PRIVATE ${arg_LIBRARIES} GTest::gtest_main authgrammar_warnings)
    if(AUTHGRAMMAR_NO_EXCEPTIONS)
        target_link_libraries(${program} PRIVATE authgrammar_no_exceptions)
    endif()
    set_target_properties(${program} PROPERTIES
        CXX_EXTENSIONS OFF
        RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bin")

    set(scratch "${CMAKE_CURRENT_BINARY_DIR}/${program}.scratch")
    file(MAKE_DIRECTORY "${scratch}")
    add_test(NAME ${room}.${name} COMMAND ${program} WORKING_DIRECTORY "${scratch}")
    set_tests_properties(${room}.${name} PROPERTIES
        LABELS "${room};${arg_LABELS}"
        TIMEOUT ${timeout}
        FAIL_REGULAR_EXPRESSION "Running 0 tests from 0 test")
endfunction()
