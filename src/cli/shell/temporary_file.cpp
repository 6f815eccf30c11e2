#include "shell/temporary_file.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <cstdlib>
#include <string>

namespace authlint {

int open_temporary_file() {
    const char* const folder = std::getenv("TMPDIR");
    std::string name = std::string(folder == nullptr || *folder == '\0' ? "/tmp" : folder) + "/authlint-XXXXXX";
    const int file = ::mkostemp(name.data(), O_CLOEXEC);
    if (file >= 0) ::unlink(name.c_str());
    return file;
}

}  // namespace authlint
