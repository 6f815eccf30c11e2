# How every test program is made, in one place.
#
# What is tested are libraries, compiled with the options of the build type. The code of the tests themselves, templates of
# ours included, is compiled with less, in half the time or a third. The linker that comes with g++ takes half the time of
# the default one.
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    set(authgrammar_test_options -O0)
    set(authgrammar_test_grammar_options -O1)
else()
    set(authgrammar_test_options $<$<AND:$<COMPILE_LANG_AND_ID:CXX,GNU>,$<CONFIG:Release>>:$<IF:$<BOOL:${AUTHGRAMMAR_ALL_TESTS}>,-O1,-O0>>)
    set(authgrammar_test_grammar_options $<$<AND:$<COMPILE_LANG_AND_ID:CXX,GNU>,$<CONFIG:Release>>:-O1>)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    include(CheckLinkerFlag)
    check_linker_flag(CXX -fuse-ld=gold AUTHGRAMMAR_HAS_GOLD)
endif()

# authgrammar_test_target(<target> <optimised> <own options> [LIBRARY…]): what all targets with test code have in common.
function(authgrammar_test_target target optimised own_options)
    target_compile_features(${target} PRIVATE cxx_std_17)
    target_compile_definitions(${target} PRIVATE AUTHGRAMMAR_SOURCE_DIR="${PROJECT_SOURCE_DIR}")
    target_link_libraries(${target} PRIVATE ${ARGN} GTest::gtest_main authgrammar_warnings)
    if(AUTHGRAMMAR_NO_EXCEPTIONS)
        target_link_libraries(${target} PRIVATE authgrammar_no_exceptions)
    endif()
    if(AUTHGRAMMAR_HAS_GOLD)
        target_link_options(${target} PRIVATE -fuse-ld=gold)
    endif()
    if(NOT optimised AND "authgrammar::grammar" IN_LIST ARGN)
        # Rules as the compiler leaves them without optimisation take ten times as long.
        target_compile_options(${target} PRIVATE ${authgrammar_test_grammar_options})
    elseif(NOT optimised)
        target_compile_options(${target} PRIVATE ${authgrammar_test_options})
    endif()
    # g++ 12 crashes over a precompiled header of another level of optimisation.
    if(NOT own_options AND NOT (optimised AND authgrammar_test_options))
        if("authgrammar::grammar" IN_LIST ARGN)
            target_precompile_headers(${target} REUSE_FROM authgrammar_test_grammar_headers)
        else()
            target_precompile_headers(${target} REUSE_FROM authgrammar_test_headers)
        endif()
    endif()
    set_target_properties(${target} PROPERTIES CXX_EXTENSIONS OFF)
endfunction()

# authgrammar_add_test_headers(<target> HEADERS <header>… [LIBRARIES <target>…]): a precompiled header for test code.
function(authgrammar_add_test_headers target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "HEADERS;LIBRARIES")
    set(source "${PROJECT_BINARY_DIR}/tests/${target}.cpp")
    file(CONFIGURE OUTPUT "${source}" CONTENT "")
    add_library(${target} OBJECT "${source}")
    authgrammar_test_target(${target} FALSE TRUE ${arg_LIBRARIES})
    target_precompile_headers(${target} PRIVATE ${arg_HEADERS})
endfunction()

# authgrammar_add_test_library(<name> SOURCES <file>… [LIBRARIES <target>…]): code that several test programs share.
function(authgrammar_add_test_library name)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
    add_library(${name} STATIC ${arg_SOURCES})
    authgrammar_test_target(${name} FALSE FALSE ${arg_LIBRARIES})
endfunction()

# authgrammar_add_test(<room> <name>
#     SOURCES <file>…
#     [LIBRARIES <target>…]
#     [LABELS <label>…]        besides the room, which is always a label
#     [DEFINITIONS <define>…]
#     [OPTIMISED]              for tests that compute
#     [OWN_OPTIONS])           for compiler options that no other test has: without the precompiled header
#
# A GoogleTest program test_<room>_<name>, run as the one CTest <room>.<name>. It is compiled with
# AUTHGRAMMAR_SOURCE_DIR, the top of the source tree as a string literal, for tests that read its files, and runs
# in a scratch folder of its own. A program without a single test fails. Its time limit is that of the test preset.
function(authgrammar_add_test room name)
    cmake_parse_arguments(PARSE_ARGV 2 arg "OPTIMISED;OWN_OPTIONS" "" "SOURCES;LIBRARIES;LABELS;DEFINITIONS")
    if(arg_UNPARSED_ARGUMENTS OR NOT arg_SOURCES)
        message(FATAL_ERROR "authgrammar_add_test(${room} ${name}): no SOURCES, or unknown: ${arg_UNPARSED_ARGUMENTS}")
    endif()

    set(program test_${room}_${name})
    add_executable(${program} ${arg_SOURCES})
    authgrammar_test_target(${program} ${arg_OPTIMISED} ${arg_OWN_OPTIONS} ${arg_LIBRARIES})
    target_compile_definitions(${program} PRIVATE ${arg_DEFINITIONS})
    set_target_properties(${program} PROPERTIES RUNTIME_OUTPUT_DIRECTORY "${PROJECT_BINARY_DIR}/tests/bin")

    set(scratch "${CMAKE_CURRENT_BINARY_DIR}/${program}.scratch")
    file(MAKE_DIRECTORY "${scratch}")
    add_test(NAME ${room}.${name} COMMAND ${program} WORKING_DIRECTORY "${scratch}")
    set_tests_properties(${room}.${name} PROPERTIES
        LABELS "${room};${arg_LABELS}"
        FAIL_REGULAR_EXPRESSION "Running 0 tests from 0 test")
endfunction()

# authgrammar_count_allocations(<target>): adds fuzz/support/allocations, which counts what the program takes from the heap.
function(authgrammar_count_allocations target)
    target_sources(${target} PRIVATE "${PROJECT_SOURCE_DIR}/fuzz/support/allocations.cpp")
    target_include_directories(${target} PRIVATE "${PROJECT_SOURCE_DIR}/fuzz")
    if(CMAKE_EXE_LINKER_FLAGS MATCHES "(^| )-static( |$)")
        target_compile_definitions(${target} PRIVATE AUTHGRAMMAR_FUZZ_HEAP_WRAPPED)
        foreach(name IN ITEMS malloc calloc realloc memalign aligned_alloc posix_memalign)
            target_link_options(${target} PRIVATE LINKER:--wrap=${name})
        endforeach()
    endif()
endfunction()
