# What cannot be had is refused with a line that says why.

# add_component_refusal(<name> <components> <regular expression> [<cmake argument>…])
function(add_component_refusal name components expression)
    add_refusal_test(refuses_${name} consumer_stage "${expression}"
        "${CMAKE_COMMAND}" -G "${CMAKE_GENERATOR}" "-DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM}" ${toolchain}
        "-DCMAKE_PREFIX_PATH=${stage}" "-DCOMPONENTS=${components}" ${ARGN}
        -S "${CMAKE_CURRENT_SOURCE_DIR}/refusals" -B "${CMAKE_CURRENT_BINARY_DIR}/refuses_${name}")
endfunction()

add_component_refusal(component_unknown "core verifi" "there is no component verifi, only core, schemes, policy, verify, ")
add_component_refusal(old_cmake core "authgrammar needs CMake 3.22 or newer; this is CMake 3.21.7" -DPRETENDED_VERSION=3.21.7)
if(TARGET authgrammar_conversation)
    add_component_refusal(without_openssl verify "component verify needs OpenSSL, which was not found"
        -DCMAKE_DISABLE_FIND_PACKAGE_OpenSSL=ON)
    # What a component stands on is named, and every missing one.
    add_component_refusal(without_uriparser conversation "component policy needs uriparser, which was not found"
        -DCMAKE_DISABLE_FIND_PACKAGE_uriparser=ON)
    add_component_refusal(without_both "policy verify"
        "component policy needs uriparser, which was not found component verify needs utf8proc, which was not found"
        -DCMAKE_DISABLE_FIND_PACKAGE_uriparser=ON -DCMAKE_DISABLE_FIND_PACKAGE_utf8proc=ON)
endif()
if(TARGET authgrammar_grammar)
    add_component_refusal(without_pegtl grammar "component grammar needs pegtl, which was not found"
        -DCMAKE_DISABLE_FIND_PACKAGE_pegtl=ON)
endif()

if(AUTHGRAMMAR_ALL_TESTS AND TARGET authgrammar_conversation)
    # Left out, and the other components are there.
    add_consumer_test(optional_components "${CMAKE_CURRENT_SOURCE_DIR}/refusals"
        OPTIONS "-DCMAKE_PREFIX_PATH=${stage}" -DCMAKE_DISABLE_FIND_PACKAGE_uriparser=ON)
    set_tests_properties(consumer.optional_components PROPERTIES
        FIXTURES_REQUIRED consumer_stage
        PASS_REGULAR_EXPRESSION "authgrammar: conversation is left out: component policy needs uriparser, which was not found.*there: core schemes verify")
    # This one was built without it.
    add_refusal_test(refuses_absent_component consumer_shared_stage
        "component abnf is not installed: this build of authgrammar left it out"
        "${CMAKE_COMMAND}" -G "${CMAKE_GENERATOR}" "-DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM}" ${toolchain}
        "-DCMAKE_PREFIX_PATH=${shared_stage}" -DCOMPONENTS=abnf
        -S "${CMAKE_CURRENT_SOURCE_DIR}/refusals" -B "${CMAKE_CURRENT_BINARY_DIR}/refuses_absent_component")
endif()

# Compilers and language standards before C++17. g++ is told that it is an old one.
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    add_refusal_test(refuses_old_compiler "" "authgrammar needs a C\\+\\+17 compiler; [^ ]+ \\(GNU 4.2.0\\) is not one"
        "${CMAKE_COMMAND}" -G "${CMAKE_GENERATOR}" "-DCMAKE_MAKE_PROGRAM=${CMAKE_MAKE_PROGRAM}"
        "-DCMAKE_CXX_COMPILER=${CMAKE_CXX_COMPILER}" "-DCMAKE_CXX_FLAGS=-U__GNUC__ -D__GNUC__=4"
        -S "${PROJECT_SOURCE_DIR}" -B "${CMAKE_CURRENT_BINARY_DIR}/refuses_old_compiler")
    add_refusal_test(refuses_cxx14 consumer_stage "#error .authgrammar needs C\\+\\+17: compile with -std=c\\+\\+17 or newer"
        "${CMAKE_CXX_COMPILER}" -std=c++14 -fsyntax-only "-I${stage}/${CMAKE_INSTALL_INCLUDEDIR}"
        "${CMAKE_CURRENT_SOURCE_DIR}/main.cpp")
endif()
