# What an installation holds besides the libraries themselves (authgrammar_library() installs those): the CMake package
# and the licence. Included last, when every room has said what it installs.

include(CMakePackageConfigHelpers)

set(package_directory "${CMAKE_INSTALL_LIBDIR}/cmake/authgrammar")

get_property(components GLOBAL PROPERTY AUTHGRAMMAR_COMPONENTS)
get_property(component_facts GLOBAL PROPERTY AUTHGRAMMAR_COMPONENT_FACTS)

get_property(c_needs_no_cxx GLOBAL PROPERTY AUTHGRAMMAR_C_NEEDS_NO_CXX)
if(NOT c_needs_no_cxx)
    set(c_needs_no_cxx FALSE)
endif()
configure_package_config_file(
    "${CMAKE_CURRENT_LIST_DIR}/authgrammar-config.cmake.in"
    "${PROJECT_BINARY_DIR}/package/authgrammar-config.cmake"
    INSTALL_DESTINATION "${package_directory}"
    NO_SET_AND_CHECK_MACRO
    NO_CHECK_REQUIRED_COMPONENTS_MACRO)
write_basic_package_version_file("${PROJECT_BINARY_DIR}/package/authgrammar-config-version.cmake"
    COMPATIBILITY SameMinorVersion)
install(FILES
    "${PROJECT_BINARY_DIR}/package/authgrammar-config.cmake"
    "${PROJECT_BINARY_DIR}/package/authgrammar-config-version.cmake"
    DESTINATION "${package_directory}")

if(TARGET authgrammar_verify)
    install(FILES "${CMAKE_CURRENT_LIST_DIR}/Findutf8proc.cmake" DESTINATION "${package_directory}")
endif()

install(FILES "${PROJECT_SOURCE_DIR}/LICENSE" DESTINATION "${CMAKE_INSTALL_DOCDIR}")
