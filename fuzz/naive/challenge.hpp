#ifndef AUTHGRAMMAR_FUZZ_NAIVE_CHALLENGE_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_CHALLENGE_HPP

#include <authgrammar/challenge.hpp>

#include <string>

namespace authgrammar::fuzz {

/// The octets that a text stands for.
inline std::string octets_of(const text& t) {
    std::string out(t.size(), '\0');
    if (!out.empty()) (void)t.unescape(&out[0], out.size());
    return out;
}

}  // namespace authgrammar::fuzz

#endif
