// Answers lines of texts with what they become as usernames and passwords: for precis_oracle.py, which says how.

#include <authgrammar/verify/precis.hpp>

#include <cstdio>
#include <iostream>
#include <string>

namespace {

std::string from_hex(const std::string& digits) {
    std::string bytes;
    for (std::size_t i = 0; i + 1 < digits.size(); i += 2) {
        bytes += static_cast<char>(std::stoi(digits.substr(i, 2), nullptr, 16));
    }
    return bytes;
}

}  // namespace

int main() {
    std::string line;
    while (std::getline(std::cin, line)) {
        char buffer[8192];
        const std::string text = from_hex(line.substr(2));
        const auto prepare =
            line[0] == 'u' ? authgrammar::verify::prepare_username : authgrammar::verify::prepare_password;
        const authgrammar::verify::precis_result r = prepare(text, buffer, sizeof buffer);
        if (!r) std::putchar('-');
        for (std::size_t i = 0; i != r.size; ++i) std::printf("%02x", static_cast<unsigned char>(buffer[i]));
        std::putchar('\n');
    }
}
