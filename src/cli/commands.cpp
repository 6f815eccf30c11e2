#include "commands.hpp"

#include "terminal.hpp"

#include <authgrammar/version.hpp>

#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstring>
#include <exception>
#include <string>
#include <string_view>
#include <utility>

namespace authlint {

namespace {

/// CLI11 takes "[a,b]" for a list of two arguments where several are allowed. A field value may well look like
/// that, so such arguments go through it behind a byte that no argument begins with in earnest.
constexpr char guard = '\x1A';

std::vector<std::string> guarded(int argc, const char* const* argv) {
    std::vector<std::string> out;
    for (int i = argc - 1; i > 0; --i) {  // CLI11 wants them from last to first
        std::string argument = argv[i];
        const char first = argument.empty() ? '\0' : argument.front();
        if (first == guard || (first == '[' && argument.back() == ']')) argument.insert(0, 1, guard);
        out.push_back(std::move(argument));
    }
    return out;
}

/// The arguments that look like options, as far as that.
std::string unknown_options(int argc, const char* const* argv) {
    std::string out;
    for (int i = 1; i < argc; ++i) {
        const std::string_view argument = argv[i];
        if (argument.size() < 3 || argument.substr(0, 2) != "--") continue;
        const std::size_t name = argument.find_first_not_of("abcdefghijklmnopqrstuvwxyz-");
        if (name != std::string_view::npos && argument[name] != '=') continue;
        out += (out.empty() ? ", among " : " ") + std::string(argument.substr(0, name));
    }
    return out;
}

}  // namespace

std::vector<std::string> arguments_of(const CLI::Option& option) {
    std::vector<std::string> out = option.results();
    for (std::string& argument : out) {
        if (!argument.empty() && argument.front() == guard) argument.erase(0, 1);
    }
    return out;
}

int run(int argc, const char* const* argv) {
    // A reader that goes away, `authlint … | head` for instance, is told by write() and not by a signal.
    std::signal(SIGPIPE, SIG_IGN);
    int result = exit_clean;
    CLI::App app{
        "Reads the authentication fields of HTTP (RFC 9110, Section 11; RFC 7235; RFC 7615), takes them apart and "
        "says what is wrong with them.",
        "authlint"};
    app.require_subcommand(1);
    app.set_version_flag("--version", "authlint " + std::string(authgrammar::version));
    app.set_help_flag("--help,-h", "print this help and exit");
    app.footer("authlint COMMAND --help says more about a command; so does man authlint.");
    add_parse(app, result);
    add_write(app, result);
    add_lint(app, result);
    add_grammar(app, result);
    add_explain(app, result);
    add_vectors(app, result);
    add_decide(app, result);
    add_hop(app, result);
    try {
        app.parse(guarded(argc, argv));
    } catch (const CLI::ExtrasError&) {
        // CLI11 would print the arguments, which may well be credentials.
        complain("unexpected arguments" + unknown_options(argc, argv) + "; authlint --help shows the usage");
        return exit_unreadable;
    } catch (const CLI::ParseError& e) {
        // CLI11 has exit codes of its own for each kind of misuse; ours are fewer.
        result = app.exit(e) == 0 ? exit_clean : exit_unreadable;
    } catch (const std::exception& e) {
        complain(e.what());
        return exit_unreadable;
    }
    if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) {
        if (errno != EPIPE) complain(std::string("cannot write: ") + std::strerror(errno));
        return exit_unreadable;
    }
    return result;
}

}  // namespace authlint
