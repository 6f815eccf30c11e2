#ifndef AUTHGRAMMAR_TESTS_AUDIT_JUDGED_INPUT_HPP
#define AUTHGRAMMAR_TESTS_AUDIT_JUDGED_INPUT_HPP

#include "found.hpp"

#include <string>
#include <vector>

namespace authgrammar::audit::testing {

/// An input, and all that is found in it: the ids, with the severity of what is no error.
struct judged_input {
    const char* what;
    std::string input;
    std::vector<std::string> expected;
};

/// All that is found in an input, in the form of judged_input::expected.
inline std::vector<std::string> ids_of(const std::string& input) {
    std::vector<std::string> ids;
    for (const found& f : all_findings_in(input)) {
        ids.push_back(f.id + (f.level == severity::error ? "" : ":" + std::string(name_of(f.level))));
    }
    return ids;
}

inline std::string lines_of(const std::vector<std::string>& lines) {
    std::string out;
    for (const std::string& line : lines) out += line + "\r\n";
    return out;
}

/// A GET request to a.example with these field lines.
inline std::string get(const std::string& target, const std::vector<std::string>& lines = {}) {
    return request(target, "Host: a.example\r\n" + lines_of(lines));
}

/// A response without content with these field lines.
inline std::string answer(int status, const std::vector<std::string>& lines = {}) {
    return response(status, "Content-Length: 0\r\n" + lines_of(lines));
}

}  // namespace authgrammar::audit::testing

#endif
