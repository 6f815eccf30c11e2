#ifndef SHORT_ARRAY_HPP
#define SHORT_ARRAY_HPP

constexpr bool is_short(int n) { return n < 10; }

template <int Size>
struct short_array {
    static_assert(is_short(Size));
    char of[Size];
};

#endif
