# How every library of the project is made: authgrammar_library() in one place, so that a room's CMakeLists.txt
# says only what is its own.

include(GenerateExportHeader)

# Warnings, for our own targets only. They never reach a consumer.
add_library(authgrammar_warnings INTERFACE)
target_compile_options(authgrammar_warnings INTERFACE
    $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Wall;-Wextra;-Wpedantic;-Wconversion;-Wshadow>
    $<$<CXX_COMPILER_ID:MSVC>:/W4>)
if(AUTHGRAMMAR_WERROR)
    target_compile_options(authgrammar_warnings INTERFACE
        $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-Werror>
        $<$<CXX_COMPILER_ID:MSVC>:/WX>)
endif()

# For code that has to do without exceptions and RTTI.
add_library(authgrammar_no_exceptions INTERFACE)
target_compile_options(authgrammar_no_exceptions INTERFACE
    $<$<AND:$<COMPILE_LANGUAGE:CXX>,$<CXX_COMPILER_ID:GNU,Clang,AppleClang>>:-fno-exceptions;-fno-rtti>)

configure_file("${CMAKE_CURRENT_LIST_DIR}/version.hpp.in"
    "${PROJECT_BINARY_DIR}/include/authgrammar/version.hpp" @ONLY)

# authgrammar_library(<target>
#     EXPORT_NAME <name>            the target is authgrammar::<name> for consumers, in the tree and installed
#     [DESCRIPTION <text>]          what pkg-config calls it; needed if it is installed
#     [HEADER_ONLY]                 no sources: an INTERFACE library
#     [STATIC]                      static in every build
#     [INTERNAL]                    static in every build, and not installed
#     [NO_EXCEPTIONS]               compile the sources without exceptions and RTTI in every build
#     [C_INTERFACE]                 exports functions of C alone, which its headers mark: no export header is made
#     [COMPONENT <name>]            component of the CMake package; the default is EXPORT_NAME
#     [SOURCES <file>…]             the default is every *.cpp of the directory
#     [GENERATED_HEADERS <path>…]   public headers under ${PROJECT_BINARY_DIR}/include, named from there
#     [LIBRARIES <target>…]         libraries that the public headers need
#     [PRIVATE_LIBRARIES <target>…] libraries that only the sources need
#     [REQUIRES <package>…]         what find_package has to find before the installed target can be used
#     [PKGCONFIG <module>…]         the same for pkg-config, where a package has a .pc
#     [PKGCONFIG_LIBS <flag>…]      what else pkg-config says to link a static one
#
# An installed library is a component of the CMake package, which brings the components of its LIBRARIES with it, and
# the pkg-config module authgrammar (core) or authgrammar-NAME.
#
# Public headers are all *.hpp and *.h under include/ of the directory. A compiled library that may be shared gets a
# generated <authgrammar/export.hpp> (core) or <authgrammar/NAME/export.hpp> with AUTHGRAMMAR_EXPORT or
# AUTHGRAMMAR_NAME_EXPORT: everything not marked with it is hidden in a shared library.
function(authgrammar_library target)
    cmake_parse_arguments(PARSE_ARGV 1 arg "HEADER_ONLY;STATIC;INTERNAL;NO_EXCEPTIONS;C_INTERFACE"
        "EXPORT_NAME;COMPONENT;DESCRIPTION" "SOURCES;GENERATED_HEADERS;LIBRARIES;PRIVATE_LIBRARIES;REQUIRES;PKGCONFIG;PKGCONFIG_LIBS")
    if(arg_UNPARSED_ARGUMENTS OR NOT arg_EXPORT_NAME)
        message(FATAL_ERROR "authgrammar_library(${target}): EXPORT_NAME missing or unknown: ${arg_UNPARSED_ARGUMENTS}")
    endif()
    if(NOT arg_COMPONENT)
        set(arg_COMPONENT ${arg_EXPORT_NAME})
    endif()

    if(arg_HEADER_ONLY)
        set(scope INTERFACE)
        add_library(${target} INTERFACE)
    else()
        set(scope PUBLIC)
        if(NOT arg_SOURCES)
            file(GLOB arg_SOURCES CONFIGURE_DEPENDS "${CMAKE_CURRENT_SOURCE_DIR}/*.cpp")
        endif()
        if(arg_STATIC OR arg_INTERNAL)
            add_library(${target} STATIC ${arg_SOURCES})
        else()
            add_library(${target} ${arg_SOURCES})
            if(NOT arg_C_INTERFACE)
                authgrammar_generate_export_header(${target} ${arg_EXPORT_NAME} export_header)
                list(APPEND arg_GENERATED_HEADERS ${export_header})
            endif()
        endif()
        set_target_properties(${target} PROPERTIES
            POSITION_INDEPENDENT_CODE ON
            CXX_EXTENSIONS OFF
            CXX_VISIBILITY_PRESET hidden
            VISIBILITY_INLINES_HIDDEN ON
            VERSION ${PROJECT_VERSION}
            SOVERSION ${AUTHGRAMMAR_SOVERSION})
        get_target_property(type ${target} TYPE)
        if(type STREQUAL SHARED_LIBRARY AND CMAKE_SYSTEM_NAME STREQUAL "Linux")
            set(exports "${PROJECT_SOURCE_DIR}/cmake/exports$<$<BOOL:${arg_C_INTERFACE}>:_c>.map")
            target_link_options(${target} PRIVATE "LINKER:--version-script=${exports}")
            set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS "${exports}")
        endif()
        # So that a linker that is asked for --gc-sections leaves out what a program does not call.
        target_compile_options(${target} PRIVATE
            $<$<CXX_COMPILER_ID:GNU,Clang,AppleClang>:-ffunction-sections;-fdata-sections>)
        target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:authgrammar_warnings> ${arg_PRIVATE_LIBRARIES})
        if(arg_NO_EXCEPTIONS OR AUTHGRAMMAR_NO_EXCEPTIONS)
            target_link_libraries(${target} PRIVATE $<BUILD_INTERFACE:authgrammar_no_exceptions>)
        endif()
    endif()
    # A project in C knows nothing of C++.
    if(arg_C_INTERFACE)
        target_compile_features(${target} PRIVATE cxx_std_17)
    else()
        target_compile_features(${target} ${scope} cxx_std_17)
    endif()
    target_link_libraries(${target} ${scope} ${arg_LIBRARIES})

    target_include_directories(${target} ${scope}
        "$<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/include>"
        "$<BUILD_INTERFACE:${PROJECT_BINARY_DIR}/include>"
        "$<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>")
    set_target_properties(${target} PROPERTIES EXPORT_NAME ${arg_EXPORT_NAME})
    add_library(authgrammar::${arg_EXPORT_NAME} ALIAS ${target})
    if(AUTHGRAMMAR_DEVELOPER)
        authgrammar_verify_headers(${target} ${arg_GENERATED_HEADERS})
    endif()

    if(AUTHGRAMMAR_INSTALL AND NOT arg_INTERNAL)
        authgrammar_install_library(${target} "${arg_GENERATED_HEADERS}")
        authgrammar_package_component(${target} ${arg_COMPONENT} "${arg_LIBRARIES}" "${arg_REQUIRES}")
        authgrammar_install_pkgconfig(${target} ${arg_EXPORT_NAME} "${arg_DESCRIPTION}"
            LIBRARIES ${arg_LIBRARIES} PRIVATE_LIBRARIES ${arg_PRIVATE_LIBRARIES} MODULES ${arg_PKGCONFIG}
            STATIC_LIBS ${arg_PKGCONFIG_LIBS})
    endif()
endfunction()

# authgrammar_verify_headers(<target> [<generated header>…]): adds to the target verify_headers, which is not built by default,
# that each public header of the library compiles on its own, and twice; a C header as both C and C++.
function(authgrammar_verify_headers target)
    file(GLOB_RECURSE headers CONFIGURE_DEPENDS RELATIVE "${CMAKE_CURRENT_SOURCE_DIR}/include"
        "${CMAKE_CURRENT_SOURCE_DIR}/include/*.hpp" "${CMAKE_CURRENT_SOURCE_DIR}/include/*.h")
    set(sources "")
    foreach(header IN LISTS headers ARGN)
        set(languages cpp)
        if(header MATCHES "\\.h$")
            list(APPEND languages c)
        endif()
        foreach(language IN LISTS languages)
            set(source "${CMAKE_CURRENT_BINARY_DIR}/headers/${header}.${language}")
            file(CONFIGURE OUTPUT "${source}" CONTENT "#include <${header}>\n#include <${header}>\n")
            list(APPEND sources "${source}")
        endforeach()
    endforeach()
    if(sources)
        add_library(${target}_headers OBJECT EXCLUDE_FROM_ALL ${sources})
        target_link_libraries(${target}_headers PRIVATE ${target} authgrammar_warnings)
        if(NOT TARGET verify_headers)
            add_custom_target(verify_headers)
        endif()
        add_dependencies(verify_headers ${target}_headers)
    endif()
endfunction()

# What an installation holds of a library: itself, and its public headers.
function(authgrammar_install_library target generated_headers)
    install(TARGETS ${target} EXPORT ${target}
        RUNTIME DESTINATION "${CMAKE_INSTALL_BINDIR}"
        LIBRARY DESTINATION "${CMAKE_INSTALL_LIBDIR}"
        ARCHIVE DESTINATION "${CMAKE_INSTALL_LIBDIR}")
    install(DIRECTORY "${CMAKE_CURRENT_SOURCE_DIR}/include/" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}"
        FILES_MATCHING PATTERN "*.hpp" PATTERN "*.h")
    foreach(header IN LISTS generated_headers)
        get_filename_component(folder "${header}" DIRECTORY)
        install(FILES "${PROJECT_BINARY_DIR}/include/${header}" DESTINATION "${CMAKE_INSTALL_INCLUDEDIR}/${folder}")
    endforeach()
endfunction()

# Writes the header with the export macro of `target` and tells its path under the build tree's include folder.
function(authgrammar_generate_export_header target name path_variable)
    if(name STREQUAL PROJECT_NAME)
        set(path authgrammar/export.hpp)
        set(prefix AUTHGRAMMAR)
    else()
        set(path authgrammar/${name}/export.hpp)
        string(TOUPPER "AUTHGRAMMAR_${name}" prefix)
    endif()
    # Nearly every public header includes it, and so says which language it needs.
    set(language "#include <authgrammar/detail/portability.hpp>\n")
    generate_export_header(${target}
        BASE_NAME ${prefix}
        CUSTOM_CONTENT_FROM_VARIABLE language
        EXPORT_FILE_NAME "${PROJECT_BINARY_DIR}/include/${path}"
        INCLUDE_GUARD_NAME ${prefix}_EXPORT_HPP)
    get_target_property(type ${target} TYPE)
    if(type STREQUAL STATIC_LIBRARY)
        target_compile_definitions(${target} PUBLIC ${prefix}_STATIC_DEFINE)
    endif()
    set(${path_variable} ${path} PARENT_SCOPE)
endfunction()
