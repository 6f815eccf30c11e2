# authgrammar_embed(<output> HEADER <name> FUNCTION <namespace::name> TYPE <name> FILES <file>…)
#
# Makes the C++ source <output>, which defines the function that HEADER declares: it returns a
# `const std::vector<TYPE>&` with the name and the text of each of the FILES, {name, text}, in the order of their paths.

function(authgrammar_embed output)
    cmake_parse_arguments(PARSE_ARGV 1 arg "" "HEADER;FUNCTION;TYPE" "FILES")
    add_custom_command(
        OUTPUT "${output}"
        COMMAND "${CMAKE_COMMAND}" "-DOUTPUT=${output}" "-DHEADER=${arg_HEADER}" "-DFUNCTION=${arg_FUNCTION}"
                "-DTYPE=${arg_TYPE}" "-DFILES=${arg_FILES}" -P "${PROJECT_SOURCE_DIR}/cmake/AuthgrammarEmbed.cmake"
        DEPENDS ${arg_FILES} "${PROJECT_SOURCE_DIR}/cmake/AuthgrammarEmbed.cmake"
        COMMENT "Embedding what ${arg_HEADER} declares"
        VERBATIM)
endfunction()

# What the command above runs. Compilers bound the length of a literal, so each line of a text is one.
if(CMAKE_SCRIPT_MODE_FILE)
    string(REGEX MATCH "^(.*)::([^:]*)$" matched "${FUNCTION}")
    set(namespace "${CMAKE_MATCH_1}")
    set(source "#include \"${HEADER}\"\n\nnamespace ${namespace} {\n\nconst std::vector<${TYPE}>& ${CMAKE_MATCH_2}() {\n")
    string(APPEND source "    static const std::vector<${TYPE}> files = {\n")
    list(SORT FILES)
    foreach(file IN LISTS FILES)
        get_filename_component(name "${file}" NAME)
        file(READ "${file}" text)
        string(REPLACE "\\" "\\\\" text "${text}")
        string(REPLACE "\"" "\\\"" text "${text}")
        string(REPLACE "\n" "\\n\"\n         \"" text "${text}")
        string(APPEND source "        {\"${name}\",\n         \"${text}\"},\n")
    endforeach()
    string(APPEND source "    };\n    return files;\n}\n\n}  // namespace ${namespace}\n")
    file(WRITE "${OUTPUT}" "${source}")
endif()
