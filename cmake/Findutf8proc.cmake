# utf8proc::utf8proc, from the library's own CMake package or, where that is not installed (Debian 12), from what is in the
# usual places.
find_package(utf8proc CONFIG QUIET)
if(NOT TARGET utf8proc::utf8proc)
    find_path(utf8proc_INCLUDE_DIR utf8proc.h)
    find_library(utf8proc_LIBRARY utf8proc)
    mark_as_advanced(utf8proc_INCLUDE_DIR utf8proc_LIBRARY)
endif()
include(FindPackageHandleStandardArgs)
if(TARGET utf8proc::utf8proc)
    set(utf8proc_FOUND TRUE)
else()
    find_package_handle_standard_args(utf8proc REQUIRED_VARS utf8proc_LIBRARY utf8proc_INCLUDE_DIR)
    if(utf8proc_FOUND)
        add_library(utf8proc::utf8proc UNKNOWN IMPORTED)
        set_target_properties(utf8proc::utf8proc PROPERTIES
            IMPORTED_LOCATION "${utf8proc_LIBRARY}"
            INTERFACE_INCLUDE_DIRECTORIES "${utf8proc_INCLUDE_DIR}")
    endif()
endif()
