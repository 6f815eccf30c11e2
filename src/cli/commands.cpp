#include "commands.hpp"

#include "shell/terminal.hpp"

#include <authgrammar/version.hpp>

#include <unistd.h>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <string>

namespace authlint {

int run(int argc, const char* const* argv) {
    // A reader that goes away, `authlint … | head` for instance, is told by write() and not by a signal.
    std::signal(SIGPIPE, SIG_IGN);
    // A call of write() for each 4 KiB would cost more than most of the answers in it. Without memory of ours glibc makes
    // the buffer as large as it likes.
    static char buffer[std::size_t{1} << 16];
    if (::isatty(STDOUT_FILENO) != 1) std::setvbuf(stdout, buffer, _IOFBF, sizeof buffer);
    command_line line(
        "authlint",
        "Parses the HTTP authentication fields (RFC 9110, Section 11; RFC 7235; RFC 7615) and reports what is wrong "
        "with them.",
        "authlint " + std::string(authgrammar::version),
        "For more about a command: authlint COMMAND --help, or man authlint.");
    const command program = line.program();
    program.require_command();
    add_parse(program);
    add_write(program);
    add_lint(program);
    add_merge(program);
    add_why(program);
    add_grammar(program);
    add_explain(program);
    add_findings(program);
    add_vectors(program);
    add_decide(program);
    add_hop(program);
    add_scheme(program);
    add_completion(program);
    try {
        const int result = line.run(argc, argv);
        flush();
        return result;
    } catch (const output_failed&) {
        if (errno != EPIPE) complain(std::string("cannot write: ") + std::strerror(errno));
        return exit_unreadable;
    }
}

}  // namespace authlint
