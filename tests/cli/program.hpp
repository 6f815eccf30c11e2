#ifndef AUTHLINT_TEST_PROGRAM_HPP
#define AUTHLINT_TEST_PROGRAM_HPP

#include <string>
#include <vector>

namespace authlint_test {

/// What a run of authlint left behind.
struct outcome {
    int exit_code = -1;  ///< -1 if a signal ended it
    std::string out;
    std::string err;
};

/// Runs the program that was built, with these arguments and this input, no terminal, and NO_COLOR unset.
outcome run(const std::vector<std::string>& arguments, const std::string& input = {});

/// The same, stdout and stdin being a terminal; `input` is typed and ended with Ctrl-D, `out` is what appears. `columns` is the
/// terminal's width; 0 if it does not say.
outcome run_on_terminal(const std::vector<std::string>& arguments, const std::string& input,
                        const std::vector<std::string>& environment = {}, int columns = 0);

/// The lines of a text that ends with a line end, or is empty.
std::vector<std::string> lines_of(const std::string& text);

/// `authlint parse --ndjson` with further arguments, for these lines: the answers.
std::vector<std::string> answers(const std::vector<std::string>& lines, std::vector<std::string> arguments = {});

/// A JSON string for bytes: everything but digits and letters as \u00XX.
std::string json_bytes(const std::string& bytes);

}  // namespace authlint_test

#endif
