#ifndef AUTHGRAMMAR_SCHEMES_LIST_HPP
#define AUTHGRAMMAR_SCHEMES_LIST_HPP

#include <authgrammar/text.hpp>

#include <cstddef>

namespace authgrammar::schemes {

/// Calls `f(text)` for each element of `list`, in order, until `f` returns false: the runs of octets other than SP, as
/// in a scope (RFC 6749, 3.3), in acr_values (RFC 9470, 3) and in Digest's domain (RFC 7616, 3.3). Elements are never
/// empty, and are views of the same value; escapes in them are kept, as in any text. Linear; no allocation; throws what
/// `f` throws.
template <typename F>
void for_each_word(const text& list, F&& f) {
    std::size_t begin = list.begin();
    std::size_t end = begin;  // of the octet before
    bool in_word = false;
    bool stopped = false;
    list.for_each_octet_at([&](char c, std::size_t at) {
        if (c != ' ') {
            // Not `at`: an escaped octet begins with its backslash.
            if (!in_word) begin = end;
            in_word = true;
        } else if (in_word) {
            in_word = false;
            if (!f(list.part(begin, end))) {
                stopped = true;
                return false;
            }
        }
        end = at + 1;
        return true;
    });
    if (in_word && !stopped) static_cast<void>(f(list.part(begin, end)));
}

}  // namespace authgrammar::schemes

#endif
