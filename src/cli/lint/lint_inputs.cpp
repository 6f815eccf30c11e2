#include "lint/lint_inputs.hpp"

#include "shell/terminal.hpp"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

namespace authlint {

namespace {

namespace fs = std::filesystem;

bool is_hidden(const fs::path& path) { return path.filename().native().front() == '.'; }

class collector {
public:
    void add_folder(const fs::path& folder) {
        std::error_code failure;
        std::vector<fs::path> below;
        for (fs::directory_iterator at(folder, failure), end; !failure && at != end; at.increment(failure)) {
            below.push_back(at->path());
        }
        if (failure) {
            complain(folder.string() + ": " + failure.message());
            found_.complete = false;
        }
        std::sort(below.begin(), below.end());
        for (const fs::path& path : below) add(path);
    }

    [[nodiscard]] lint_inputs take() { return std::move(found_); }

    void add_file(std::string path) { found_.paths.push_back(std::move(path)); }

private:
    void add(const fs::path& path) {
        std::error_code failure;
        const bool is_link = fs::is_symlink(fs::symlink_status(path, failure));
        const fs::file_status status = fs::status(path, failure);
        if (is_hidden(path)) {
            complain(path.string() + ": left out, because its name begins with a dot");
        } else if (fs::is_directory(status)) {
            if (!is_link) add_folder(path);
            if (is_link) complain(path.string() + ": left out, because it is a link to a folder");
        } else if (fs::is_regular_file(status) || !fs::exists(status)) {
            add_file(path.string());  // what cannot be read is named when it is opened
        } else {
            complain(path.string() + ": left out, because it is no file");
        }
    }

    lint_inputs found_;
};

}  // namespace

lint_inputs inputs_of(const std::vector<std::string>& given, bool recursive) {
    collector all;
    if (given.empty()) all.add_file("-");
    for (const std::string& path : given) {
        std::error_code failure;
        if (recursive && fs::is_directory(path, failure)) {
            all.add_folder(path);
        } else {
            all.add_file(path);
        }
    }
    return all.take();
}

}  // namespace authlint
