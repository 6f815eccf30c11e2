#ifndef AUTHGRAMMAR_DETAIL_STANDING_HPP
#define AUTHGRAMMAR_DETAIL_STANDING_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>

#include <cstdint>

namespace authgrammar::detail {

/// All that the tokenizer knows between two bytes.
struct standing {
    const limits* limits_;
    std::uint64_t position_ = 0;
    std::uint64_t word_begin_ = 0;
    std::uint64_t word_end_ = 0;
    std::uint64_t challenge_begin_ = 0;
    std::uint64_t last_end_ = 0;  // of the last scheme, token68 or value of the open challenge
    std::uint32_t challenges_ = 0;
    std::uint32_t params_ = 0;
    std::uint32_t empty_elements_ = 0;
    field field_;
    edition edition_;
    std::uint8_t state_ = AG_START;
    error_code status_ = error_code::none;
    // The two misuses need no state of their own: AG_DEAD with status `none` means finished.

    standing(const limits* bounds, field f, edition e) noexcept : limits_(bounds), field_(f), edition_(e) {}
};

/// The same number. Keeps compilers from loading two neighbours, just stored one by one, as a vector, which has to wait
/// until both have reached the cache.
[[nodiscard]] inline std::uint64_t apart(std::uint64_t number) noexcept {
#if defined(__GNUC__)
    asm("" : "+r"(number));
#endif
    return number;
}

}  // namespace authgrammar::detail

#endif
