// From the value of Authorization to user-id and password (RFC 7617), and what is said of one that is wrong.
#include <authgrammar/schemes/basic.hpp>

#include <string.h>

#include <iostream>
#include <string_view>

namespace {

void log_in(std::string_view authorization) {
    char memory[512];
    const auto read = authgrammar::schemes::read_basic(authorization, memory, sizeof memory);
    if (read) {
        std::cout << "user \"" << read->user_id << "\", password of " << read->password.size() << " bytes\n";
    } else {
        const authgrammar::schemes::scheme_error& e = read.error();
        std::cout << name_of(e.code) << " at byte " << e.offset << " (" << e.section << "): " << e.expected << '\n';
    }
    explicit_bzero(memory, sizeof memory);  // the password was in it
}

}  // namespace

int main() {
    log_in("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    log_in("basic QWxhZGRpbjpvcGVuIHNlc2FtZQ");
    log_in("Basic QWxhZGRpbg==");
    log_in("Bearer QWxhZGRpbg==");
}
