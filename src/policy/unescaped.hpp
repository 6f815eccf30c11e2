#ifndef AUTHGRAMMAR_POLICY_UNESCAPED_HPP
#define AUTHGRAMMAR_POLICY_UNESCAPED_HPP

#include <authgrammar/authgrammar.hpp>

#include <string>

namespace authgrammar::policy::detail {

inline std::string unescaped(const text& t) {
    std::string result;
    t.for_each_octet([&](char c) {
        result.push_back(c);
        return true;
    });
    return result;
}

}  // namespace authgrammar::policy::detail

#endif
