#include "why/login_options.hpp"

#include "common/field_text.hpp"
#include "common/lines.hpp"
#include "shell/input.hpp"
#include "shell/terminal.hpp"

#include <algorithm>
#include <cstdlib>

namespace authlint {

namespace {

using authgrammar::audit::known_hash;
using authgrammar::audit::known_login;
using authgrammar::policy::secret;

void wipe(std::string& s) { std::fill(s.begin(), s.end(), '\0'); }

/// What a file or a variable holds, without one line end at its end. Complains and answers nothing if there is none.
std::optional<secret> read_secret(const std::optional<std::string>& file, const std::optional<std::string>& variable) {
    std::string_view bytes;
    input_text input;
    if (file) {
        input = read_input(*file);
        if (!input.bytes) {
            complain(*file + ": " + input.failure);
            return std::nullopt;
        }
        bytes = *input.bytes;
    } else {
        const char* const value = std::getenv(variable->c_str());
        if (value == nullptr) {
            complain("the environment has no variable " + *variable);
            return std::nullopt;
        }
        bytes = value;
    }
    if (!bytes.empty() && bytes.back() == '\n') bytes.remove_suffix(1);
    if (!bytes.empty() && bytes.back() == '\r') bytes.remove_suffix(1);
    secret out(bytes);
    if (input.bytes) wipe(*input.bytes);
    return out;
}

/// A line of htdigest, or a hash alone.
std::optional<known_hash> read_hash(std::string_view line) {
    known_hash out;
    const std::size_t last = line.rfind(':');
    std::string digits = authgrammar::detail::lower(line.substr(last == std::string_view::npos ? 0 : last + 1));
    const bool fits = digits.size() == 32 || digits.size() == 64;
    if (!fits || digits.find_first_not_of("0123456789abcdef") != std::string::npos) return std::nullopt;
    out.digits = secret(digits);
    wipe(digits);
    if (last == std::string_view::npos) return out;
    // Neither a username nor, in htdigest, a realm has a colon.
    const std::size_t first = line.find(':');
    if (first == last) return std::nullopt;
    out.user = std::string(line.substr(0, first));
    out.realm = std::string(line.substr(first + 1, last - first - 1));
    return out;
}

bool read_hashes(std::string_view text, known_login& into) {
    while (!text.empty()) {
        const std::string_view line = authgrammar::detail::trimmed(authgrammar::detail::take_line(text));
        if (line.empty()) continue;
        auto hash = read_hash(line);
        if (!hash) return false;
        into.hashes.push_back(std::move(*hash));
    }
    return !into.hashes.empty();
}

}  // namespace

void add_login_options(const command& to, login_arguments& into) {
    to.add_option("--user", into.user, "the right user name; without it, that of the credentials is taken as right")
        .placeholder("NAME");
    to.add_option("--password-file", into.password_file, "a file with the right password; its last line end is ignored")
        .placeholder("FILE");
    to.add_option("--password-env", into.password_variable, "the environment variable with the right password")
        .placeholder("NAME");
    to.add_option("--ha1-file", into.hash_file, "a file with H(A1) of Digest, or one that htdigest wrote")
        .placeholder("FILE");
    to.add_option("--ha1-env", into.hash_variable, "the environment variable with H(A1) of Digest").placeholder("NAME");
}

std::optional<known_login> read_login(const login_arguments& from, bool stdin_is_taken) {
    if ((from.password_file && from.password_variable) || (from.hash_file && from.hash_variable)) {
        complain("a password or hash comes from a file or from the environment, not from both");
        return std::nullopt;
    }
    if (stdin_is_taken && (from.password_file == "-" || from.hash_file == "-")) {
        complain("stdin has the messages, so it cannot have the password or hash");
        return std::nullopt;
    }
    known_login out;
    out.user = from.user;
    if (from.password_file || from.password_variable) {
        out.password = read_secret(from.password_file, from.password_variable);
        if (!out.password) return std::nullopt;
    }
    if (from.hash_file || from.hash_variable) {
        const std::optional<secret> text = read_secret(from.hash_file, from.hash_variable);
        if (!text) return std::nullopt;
        if (!read_hashes(text->bytes(), out)) {
            complain("H(A1) is 32 or 64 hexadecimal digits, or lines USER:REALM:HASH as htdigest writes them");
            return std::nullopt;
        }
    }
    return out;
}

}  // namespace authlint
