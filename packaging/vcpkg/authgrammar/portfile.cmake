# An overlay port: it builds the checkout that it is part of.
#   vcpkg install authgrammar --overlay-ports=packaging/vcpkg
# A port in a registry has vcpkg_from_github() for the next line, and is otherwise the same.
get_filename_component(SOURCE_PATH "${CMAKE_CURRENT_LIST_DIR}/../../.." ABSOLUTE)

vcpkg_check_features(OUT_FEATURE_OPTIONS FEATURE_OPTIONS
    FEATURES
        conversation AUTHGRAMMAR_BUILD_CONVERSATION
        grammar      AUTHGRAMMAR_BUILD_GRAMMAR
        policy       AUTHGRAMMAR_BUILD_POLICY
        tools        AUTHGRAMMAR_BUILD_CLI
        verify       AUTHGRAMMAR_BUILD_VERIFY
)

vcpkg_cmake_configure(
    SOURCE_PATH "${SOURCE_PATH}"
    OPTIONS ${FEATURE_OPTIONS}
)
vcpkg_cmake_install()
vcpkg_cmake_config_fixup(CONFIG_PATH lib/cmake/authgrammar)
vcpkg_fixup_pkgconfig()
if("tools" IN_LIST FEATURES)
    vcpkg_copy_tools(TOOL_NAMES authlint AUTO_CLEAN)
endif()

file(REMOVE_RECURSE "${CURRENT_PACKAGES_DIR}/debug/include" "${CURRENT_PACKAGES_DIR}/debug/share")
file(INSTALL "${CMAKE_CURRENT_LIST_DIR}/usage" DESTINATION "${CURRENT_PACKAGES_DIR}/share/${PORT}")
vcpkg_install_copyright(FILE_LIST "${SOURCE_PATH}/LICENSE")
