# What an installation holds besides the libraries themselves (authgrammar_library() installs those): the CMake
# package and the pkg-config files. Included last, when every room has said what it installs.

include(CMakePackageConfigHelpers)

set(package_directory "${CMAKE_INSTALL_LIBDIR}/cmake/authgrammar")

get_property(components GLOBAL PROPERTY AUTHGRAMMAR_COMPONENTS)
set(component_requirements "")
foreach(component IN LISTS components)
    get_property(requires GLOBAL PROPERTY AUTHGRAMMAR_COMPONENT_${component}_REQUIRES)
    string(APPEND component_requirements "set(_authgrammar_${component}_requires ${requires})\n")
endforeach()

get_property(c_needs_no_cxx GLOBAL PROPERTY AUTHGRAMMAR_C_NEEDS_NO_CXX)
if(NOT c_needs_no_cxx)
    set(c_needs_no_cxx FALSE)
endif()
configure_package_config_file(
    "${CMAKE_CURRENT_LIST_DIR}/authgrammar-config.cmake.in"
    "${PROJECT_BINARY_DIR}/package/authgrammar-config.cmake"
    INSTALL_DESTINATION "${package_directory}"
    NO_SET_AND_CHECK_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/authgrammar-config-version.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES
    "${PROJECT_BINARY_DIR}/package/authgrammar-config.cmake"
    "${PROJECT_BINARY_DIR}/package/authgrammar-config-version.cmake"
    DESTINATION "${package_directory}")

if(TARGET authgrammar_verify)
    install(FILES "${CMAKE_CURRENT_LIST_DIR}/Findutf8proc.cmake" DESTINATION "${package_directory}")
endif()

# authgrammar_install_pkgconfig(<name> <library> <description> [<package>…]): name.pc for -l<library>, which needs
# the pkg-config packages named last. The prefix is found from where the file stands, so an installation can be
# moved.
function(authgrammar_install_pkgconfig name library description)
    set(pc_name ${name})
    set(pc_library ${library})
    set(pc_description "${description}")
    list(JOIN ARGN ", " pc_requires)
    set(pc_directory "${CMAKE_INSTALL_FULL_LIBDIR}/pkgconfig")
    foreach(kind IN ITEMS LIB INCLUDE)
        if(IS_ABSOLUTE "${CMAKE_INSTALL_${kind}DIR}")
            set(pc_${kind}dir "${CMAKE_INSTALL_${kind}DIR}")
        else()
            set(pc_${kind}dir "\${prefix}/${CMAKE_INSTALL_${kind}DIR}")
        endif()
    endforeach()
    if(IS_ABSOLUTE "${CMAKE_INSTALL_LIBDIR}")
        set(pc_prefix "${CMAKE_INSTALL_PREFIX}")
    else()
        file(RELATIVE_PATH up "${pc_directory}" "${CMAKE_INSTALL_PREFIX}")
        string(REGEX REPLACE "/$" "" up "${up}")
        set(pc_prefix "\${pcfiledir}/${up}")
    endif()
    configure_file("${PROJECT_SOURCE_DIR}/cmake/authgrammar.pc.in" "${PROJECT_BINARY_DIR}/package/${name}.pc" @ONLY)
    install(FILES "${PROJECT_BINARY_DIR}/package/${name}.pc" DESTINATION "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
endfunction()

authgrammar_install_pkgconfig(authgrammar authgrammar "${PROJECT_DESCRIPTION}")
authgrammar_install_pkgconfig(authgrammar-schemes authgrammar_schemes
    "The authentication schemes for authgrammar" "authgrammar = ${PROJECT_VERSION}")
if(TARGET authgrammar_verify)
    authgrammar_install_pkgconfig(authgrammar-verify authgrammar_verify
        "Digest and Basic verified, for authgrammar"
        "authgrammar-schemes = ${PROJECT_VERSION}" "libcrypto >= 3.0" libutf8proc)
endif()
if(TARGET authgrammar_peg)
    authgrammar_install_pkgconfig(authgrammar-peg authgrammar_peg
        "The PEGTL engine for authgrammar" "authgrammar = ${PROJECT_VERSION}")
endif()

if(TARGET authgrammar_c)
    authgrammar_install_pkgconfig(authgrammar-c authgrammar_c "HTTP authentication fields for C")
endif()
if(TARGET authgrammar_c_auth)
    # A program in C that links a static library has to name the C++ library.
    set(with_cxx authgrammar_c_auth)
    get_target_property(type authgrammar_c_auth TYPE)
    if(type STREQUAL STATIC_LIBRARY)
        foreach(runtime IN ITEMS stdc++ c++)
            if(runtime IN_LIST CMAKE_CXX_IMPLICIT_LINK_LIBRARIES)
                string(APPEND with_cxx " -l${runtime}")
            endif()
        endforeach()
    endif()
    authgrammar_install_pkgconfig(authgrammar-c-auth "${with_cxx}"
        "Authentication schemes, a server's guard and a client's answerer for C"
        "authgrammar-c = ${PROJECT_VERSION}" "libcrypto >= 3.0" libutf8proc liburiparser)
endif()

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
