#ifndef AUTHGRAMMAR_CORE_TEXT_OUTPUT_HPP
#define AUTHGRAMMAR_CORE_TEXT_OUTPUT_HPP

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string_view>

#include "written_text.hpp"

namespace authgrammar::detail {

/// Copies few bytes without a call.
inline void copy_bytes(char* to, const char* from, std::size_t n) noexcept {
    const auto both_ends = [&](auto word) {
        auto last = word;
        std::memcpy(&word, from, sizeof word);
        std::memcpy(&last, from + n - sizeof last, sizeof last);
        std::memcpy(to, &word, sizeof word);
        std::memcpy(to + n - sizeof last, &last, sizeof last);
    };
    if (n > 16) {
        std::memcpy(to, from, n);
    } else if (n >= 8) {
        both_ends(std::uint64_t{});
    } else if (n >= 4) {
        both_ends(std::uint32_t{});
    } else {
        for (std::size_t i = 0; i < n; ++i) to[i] = from[i];
    }
}

/// The caller's buffer. Nothing is written beyond it, whatever is put in.
class output {
public:
    output(char* buffer, std::size_t capacity) noexcept : at_(buffer), room_(capacity) {}
    void put(char c) noexcept {
        if (room_ == 0) return;
        *at_++ = c;
        --room_;
    }
    void put(std::string_view s) noexcept {
        const std::size_t n = s.size() < room_ ? s.size() : room_;
        copy_bytes(at_, s.data(), n);
        at_ += n;
        room_ -= n;
    }
    void put_octets(const written_text& t) noexcept {
        t.for_each_octet([this](char c) {
            put(c);
            return true;
        });
    }
    void put_word(const written_text& t) noexcept {
        if (t.is_one_piece() && !t.quoted()) {
            put(t.raw());
        } else {
            put_octets(t);
        }
    }
    // decides: R9110-5.6.4-quote-needed
    void put_escaped(const written_text& t) noexcept {
        t.for_each_octet([this](char c) {
            if (is_escaped(c)) put('\\');
            put(c);
            return true;
        });
    }

private:
    char* at_;
    std::size_t room_;
};

}  // namespace authgrammar::detail

#endif
