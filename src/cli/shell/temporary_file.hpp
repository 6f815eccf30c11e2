#ifndef AUTHLINT_SHELL_TEMPORARY_FILE_HPP
#define AUTHLINT_SHELL_TEMPORARY_FILE_HPP

namespace authlint {

/// Opens a new file without a name in TMPDIR, or in /tmp, to be read and written. It is gone when it is closed. Answers its
/// descriptor, or -1 with the reason in `errno`.
[[nodiscard]] int open_temporary_file();

}  // namespace authlint

#endif
