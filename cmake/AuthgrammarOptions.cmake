# What is built. A plain configure, add_subdirectory and FetchContent build the libraries whose packages are found, and say
# which are left out and why; AUTHGRAMMAR_DEVELOPER, which the presets switch on, asks for everything. What is switched on by
# name is built, or the configuration fails; what it stands on comes with it.

option(AUTHGRAMMAR_DEVELOPER "Build all libraries, authlint, the tests and the fuzz targets" OFF)

# authgrammar_library_option(<PART> <text> <package>…): AUTHGRAMMAR_BUILD_<PART>, whose default is whether the packages are
# found.
macro(authgrammar_library_option part text)
    set(default ON)
    if(NOT DEFINED AUTHGRAMMAR_BUILD_${part} AND NOT AUTHGRAMMAR_DEVELOPER)
        foreach(package IN ITEMS ${ARGN})
            find_package(${package} QUIET)
            if(NOT ${package}_FOUND)
                set(default OFF)
                message(STATUS "authgrammar: ${text} is left out, because ${package} is not found")
                break()
            endif()
        endforeach()
    endif()
    option(AUTHGRAMMAR_BUILD_${part} "Build ${text}" ${default})
endmacro()

# authgrammar_part_needs(<PART> <OTHER>…): switches on what an option that is on stands on.
macro(authgrammar_part_needs part)
    if(AUTHGRAMMAR_BUILD_${part})
        foreach(other IN ITEMS ${ARGN})
            if(NOT AUTHGRAMMAR_BUILD_${other})
                message(STATUS "authgrammar: AUTHGRAMMAR_BUILD_${other} is on, because AUTHGRAMMAR_BUILD_${part} needs it")
                set(AUTHGRAMMAR_BUILD_${other} ON)
            endif()
        endforeach()
    endif()
endmacro()

authgrammar_library_option(POLICY "the policy library" uriparser)
authgrammar_library_option(VERIFY "the verify library" OpenSSL utf8proc)
if(AUTHGRAMMAR_BUILD_POLICY AND AUTHGRAMMAR_BUILD_VERIFY)
    option(AUTHGRAMMAR_BUILD_CONVERSATION "Build the conversation library" ON)
else()
    option(AUTHGRAMMAR_BUILD_CONVERSATION "Build the conversation library" OFF)
endif()
option(AUTHGRAMMAR_BUILD_C "Build the libraries for C: core, and the rest if conversation is built" ON)
option(AUTHGRAMMAR_BUILD_GRAMMAR "Build the PEGTL grammar and its engine (needs PEGTL)" ${AUTHGRAMMAR_DEVELOPER})
option(AUTHGRAMMAR_BUILD_ABNF "Build the ABNF reference engine" ${AUTHGRAMMAR_DEVELOPER})
option(AUTHGRAMMAR_BUILD_CLI "Build authlint (needs CLI11 and nlohmann-json)" ${AUTHGRAMMAR_DEVELOPER})
option(AUTHGRAMMAR_BUILD_TESTS "Build the tests (needs GoogleTest)" ${AUTHGRAMMAR_DEVELOPER})
option(AUTHGRAMMAR_ALL_TESTS "Add the tests that scripts/test leaves to scripts/test --all" OFF)
option(AUTHGRAMMAR_BUILD_BENCH "Build the benchmarks (needs Google Benchmark)" OFF)
option(AUTHGRAMMAR_BUILD_FUZZERS "Build the fuzz targets" ${AUTHGRAMMAR_DEVELOPER})
option(AUTHGRAMMAR_INSTALL "Add the install rules" ${PROJECT_IS_TOP_LEVEL})
option(AUTHGRAMMAR_WERROR "Treat compiler warnings as errors" OFF)
option(AUTHGRAMMAR_NO_EXCEPTIONS
    "Compile core, schemes, grammar and the PEGTL engine, and their tests, without exceptions and RTTI; leave out the rest" OFF)

if(AUTHGRAMMAR_NO_EXCEPTIONS)
    foreach(part IN ITEMS ABNF POLICY VERIFY CONVERSATION CLI BENCH FUZZERS)
        set(AUTHGRAMMAR_BUILD_${part} OFF)
    endforeach()
endif()
authgrammar_part_needs(CLI GRAMMAR ABNF POLICY)
authgrammar_part_needs(BENCH GRAMMAR ABNF)
authgrammar_part_needs(FUZZERS GRAMMAR ABNF)
authgrammar_part_needs(CONVERSATION POLICY VERIFY)
