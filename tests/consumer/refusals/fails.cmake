# cmake -DEXPRESSION=… -P fails.cmake -- COMMAND…: whether the command fails, and one line of what it prints matches the
# regular expression.

set(command "")
set(behind FALSE)
math(EXPR last "${CMAKE_ARGC} - 1")
foreach(index RANGE ${last})
    if(behind)
        list(APPEND command "${CMAKE_ARGV${index}}")
    elseif(CMAKE_ARGV${index} STREQUAL "--")
        set(behind TRUE)
    endif()
endforeach()

execute_process(COMMAND ${command} RESULT_VARIABLE result OUTPUT_VARIABLE said ERROR_VARIABLE said)
message("${said}")
if(result EQUAL 0)
    message(FATAL_ERROR "it does not fail")
endif()
# CMake wraps its messages.
string(REGEX REPLACE "[ \n]+" " " said "${said}")
if(NOT said MATCHES "${EXPRESSION}")
    message(FATAL_ERROR "it does not say \"${EXPRESSION}\"")
endif()
