#ifndef AUTHGRAMMAR_FUZZ_NAIVE_LIST_HPP
#define AUTHGRAMMAR_FUZZ_NAIVE_LIST_HPP

#include "text.hpp"

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::fuzz {

/// RFC 9110, 5.6.1: the texts between the commas of a list, except for commas in quoted-strings, without empty ones.
struct naive_list {
    std::vector<std::string> elements;
    bool closed = true;  ///< no quoted-string reaches beyond the end
};

inline naive_list read_list(std::string_view line) {
    naive_list list;
    std::string element;
    const auto end = [&] {
        if (!trim(element).empty()) list.elements.emplace_back(trim(element));
        element.clear();
    };
    bool escaped = false;
    for (const char c : line) {
        if (c == ',' && list.closed) {
            end();
            continue;
        }
        element += c;
        if (escaped) {
            escaped = false;
        } else if (c == '\\' && !list.closed) {
            escaped = true;
        } else if (c == '"') {
            list.closed = !list.closed;
        }
    }
    end();
    return list;
}

}  // namespace authgrammar::fuzz

#endif
