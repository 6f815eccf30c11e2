# Servers by a guard on four HTTP libraries, and a client by an answerer on libcurl; and one of each in C. One whose library is
# not there is left out, which CMake says.

# authgrammar_conversation_example(<name> <library for people> <target>…): whether all targets are there.
function(authgrammar_conversation_example name library)
    foreach(target IN LISTS ARGN)
        if(NOT TARGET ${target})
            message(STATUS "docs/examples/${name}.cpp is left out: ${library} is not there")
            return()
        endif()
    endforeach()
    authgrammar_compile_example(${name} authgrammar::conversation Threads::Threads ${ARGN})
endfunction()

authgrammar_conversation_example(server_httplib cpp-httplib PkgConfig::cpp-httplib)
authgrammar_conversation_example(server_beast Boost.Beast Boost::headers)
authgrammar_conversation_example(server_evhttp libevent PkgConfig::libevent)
authgrammar_conversation_example(server_microhttpd libmicrohttpd PkgConfig::libmicrohttpd)
authgrammar_conversation_example(client_curl libcurl PkgConfig::libcurl)

# The same for C, in <name>.c.
function(authgrammar_c_conversation_example name target)
    if(TARGET authgrammar_c_auth AND TARGET ${target})
        authgrammar_compile_c_example(${name} authgrammar::c_auth ${target})
    endif()
endfunction()
authgrammar_c_conversation_example(server_microhttpd PkgConfig::libmicrohttpd)
authgrammar_c_conversation_example(client_curl PkgConfig::libcurl)

set(server_httplib_is decodes-values)
set(servers "")
foreach(server IN ITEMS server_httplib server_beast server_evhttp server_microhttpd server_microhttpd_c)
    if(TARGET example_${server})
        list(APPEND servers $<TARGET_FILE:example_${server}>)
        add_test(NAME examples.${server} COMMAND "${AUTHGRAMMAR_SYSTEM_PYTHON}" -B
            "${CMAKE_CURRENT_SOURCE_DIR}/server_test.py" $<TARGET_FILE:example_${server}> ${${server}_is})
        set_tests_properties(examples.${server} PROPERTIES LABELS examples TIMEOUT 60)
    endif()
endforeach()
if(TARGET example_server_microhttpd_c AND TARGET example_client_curl_c)
    add_test(NAME examples.client_curl_c COMMAND "${AUTHGRAMMAR_SYSTEM_PYTHON}" -B
        "${CMAKE_CURRENT_SOURCE_DIR}/client_test.py" $<TARGET_FILE:example_client_curl_c>
        $<TARGET_FILE:example_server_microhttpd_c>)
    set_tests_properties(examples.client_curl_c PROPERTIES LABELS examples TIMEOUT 60)
endif()
if(servers AND TARGET example_client_curl)
    add_test(NAME examples.client_curl COMMAND "${AUTHGRAMMAR_SYSTEM_PYTHON}" -B
        "${CMAKE_CURRENT_SOURCE_DIR}/client_test.py" $<TARGET_FILE:example_client_curl> ${servers})
    set_tests_properties(examples.client_curl PROPERTIES LABELS examples TIMEOUT 180)
endif()
