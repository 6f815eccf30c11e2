#ifndef AUTHGRAMMAR_DETAIL_PORTABILITY_HPP
#define AUTHGRAMMAR_DETAIL_PORTABILITY_HPP

// All that depends on the compiler, other than vector instructions. Another compiler gets the same code without the
// hints.

// Of an older language one line is enough: a file that is not there ends the compilation.
#if (defined(_MSVC_LANG) ? _MSVC_LANG : __cplusplus) < 201703L
#error "authgrammar needs C++17: compile with -std=c++17 or newer"
#include "authgrammar needs C++17"
#endif

#include <cstdint>

#if defined(__GNUC__)
#define AUTHGRAMMAR_NOINLINE [[gnu::noinline]]
#define AUTHGRAMMAR_COLD [[gnu::cold, gnu::noinline]]
#define AUTHGRAMMAR_ALWAYS_INLINE [[gnu::always_inline]] inline
#define AUTHGRAMMAR_LIKELY(condition) __builtin_expect(static_cast<bool>(condition), 1)
#define AUTHGRAMMAR_UNLIKELY(condition) __builtin_expect(static_cast<bool>(condition), 0)
#define AUTHGRAMMAR_PREFETCH(address) __builtin_prefetch(address)
#elif defined(_MSC_VER)
#include <intrin.h>
#define AUTHGRAMMAR_NOINLINE __declspec(noinline)
#define AUTHGRAMMAR_COLD __declspec(noinline)
#define AUTHGRAMMAR_ALWAYS_INLINE __forceinline
#define AUTHGRAMMAR_LIKELY(condition) (condition)
#define AUTHGRAMMAR_UNLIKELY(condition) (condition)
#define AUTHGRAMMAR_PREFETCH(address) static_cast<void>(address)
#else
#define AUTHGRAMMAR_NOINLINE
#define AUTHGRAMMAR_COLD
#define AUTHGRAMMAR_ALWAYS_INLINE inline
#define AUTHGRAMMAR_LIKELY(condition) (condition)
#define AUTHGRAMMAR_UNLIKELY(condition) (condition)
#define AUTHGRAMMAR_PREFETCH(address) static_cast<void>(address)
#endif

// A function for AVX2 or AVX-512, in a file that is compiled for any processor. Whether it may be called is for is_available()
// to say.
#if defined(__GNUC__)
#define AUTHGRAMMAR_TARGET_AVX2 __attribute__((target("avx2")))
#define AUTHGRAMMAR_TARGET_AVX512 __attribute__((target("avx512f,avx512bw,avx512vbmi")))
#else
#define AUTHGRAMMAR_TARGET_AVX2
#define AUTHGRAMMAR_TARGET_AVX512
#endif

#if defined(__GNUC__) && defined(__x86_64__)
#define AUTHGRAMMAR_IS_X86_64 1
#else
#define AUTHGRAMMAR_IS_X86_64 0
#endif

#if defined(__GNUC__) && defined(__aarch64__) && defined(__ARM_NEON) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__
#define AUTHGRAMMAR_IS_AARCH64 1
#else
#define AUTHGRAMMAR_IS_AARCH64 0
#endif

#if (defined(__BYTE_ORDER__) && __BYTE_ORDER__ == __ORDER_LITTLE_ENDIAN__) || defined(_M_X64) || defined(_M_ARM64)
#define AUTHGRAMMAR_IS_LITTLE_ENDIAN 1
#else
#define AUTHGRAMMAR_IS_LITTLE_ENDIAN 0
#endif

// AUTHGRAMMAR_LIFETIMEBOUND, on a parameter or after a member function's qualifiers: the result refers to this argument
// or object. The compiler warns where the result outlives it.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(clang::lifetimebound)
#define AUTHGRAMMAR_LIFETIMEBOUND [[clang::lifetimebound]]
#elif __has_cpp_attribute(msvc::lifetimebound)
#define AUTHGRAMMAR_LIFETIMEBOUND [[msvc::lifetimebound]]
#endif
#endif
#ifndef AUTHGRAMMAR_LIFETIMEBOUND
#define AUTHGRAMMAR_LIFETIMEBOUND
#endif

// AUTHGRAMMAR_VIEW, on a class: its objects refer to memory of others, as std::string_view does. The compiler warns
// where one is made of a string that ends first.
#if defined(__has_cpp_attribute)
#if __has_cpp_attribute(gsl::Pointer)
#define AUTHGRAMMAR_VIEW [[gsl::Pointer]]
#endif
#endif
#ifndef AUTHGRAMMAR_VIEW
#define AUTHGRAMMAR_VIEW
#endif

// Around a class with a deprecated member: g++ warns of the functions that it makes for the class.
#if defined(__GNUC__) && !defined(__clang__)
#define AUTHGRAMMAR_HAS_DEPRECATED_MEMBER \
    _Pragma("GCC diagnostic push") _Pragma("GCC diagnostic ignored \"-Wdeprecated-declarations\"")
#define AUTHGRAMMAR_END_DEPRECATED_MEMBER _Pragma("GCC diagnostic pop")
#else
#define AUTHGRAMMAR_HAS_DEPRECATED_MEMBER
#define AUTHGRAMMAR_END_DEPRECATED_MEMBER
#endif

namespace authgrammar::detail {

/// The same number. Keeps compilers from loading two neighbors, just stored one by one, as a vector, which has to wait
/// until both have reached the cache.
template <typename Number>
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE Number load_scalar(Number number) noexcept {
#if defined(__GNUC__)
    asm("" : "+r"(number));
#endif
    return number;
}

#if defined(__GNUC__)
#define AUTHGRAMMAR_HAS_STORE_BARRIER 1
/// Keeps the compiler from leaving out what was stored at `bytes`, though nothing reads it.
AUTHGRAMMAR_ALWAYS_INLINE void store_barrier(void* bytes) noexcept { asm volatile("" : : "r"(bytes) : "memory"); }
#else
#define AUTHGRAMMAR_HAS_STORE_BARRIER 0
#endif

/// How many zero bits are below the lowest bit that is set; `bits` is not 0.
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE unsigned trailing_zeros(std::uint64_t bits) noexcept {
#if defined(__GNUC__)
    return static_cast<unsigned>(__builtin_ctzll(bits));
#else
    unsigned n = 0;
    for (; (bits & 1) == 0; bits >>= 1) ++n;
    return n;
#endif
}

/// How many zero bits are above the highest bit that is set; `bits` is not 0.
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE unsigned leading_zeros(std::uint64_t bits) noexcept {
#if defined(__GNUC__)
    return static_cast<unsigned>(__builtin_clzll(bits));
#else
    unsigned n = 0;
    for (; (bits >> 63) == 0; bits <<= 1) ++n;
    return n;
#endif
}

/// The low half of a product of two words XOR its high half, by words alone.
[[nodiscard]] constexpr std::uint64_t folded_product_by_halves(std::uint64_t a, std::uint64_t b) noexcept {
    constexpr std::uint64_t half = 0xFFFFFFFF;
    const std::uint64_t low = (a & half) * (b & half);
    const std::uint64_t left = (a >> 32) * (b & half) + (low >> 32);
    const std::uint64_t right = (a & half) * (b >> 32) + (left & half);
    return ((right << 32) | (low & half)) ^ ((a >> 32) * (b >> 32) + (left >> 32) + (right >> 32));
}
static_assert(folded_product_by_halves(~std::uint64_t{0}, ~std::uint64_t{0}) == ~std::uint64_t{0});
static_assert(folded_product_by_halves(0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F) == 0x8DD9092E2A448508);

/// The same in one instruction or two where processors have them.
[[nodiscard]] AUTHGRAMMAR_ALWAYS_INLINE std::uint64_t folded_product(std::uint64_t a, std::uint64_t b) noexcept {
#if defined(__SIZEOF_INT128__)
    __extension__ using double_word = unsigned __int128;
    const double_word product = double_word{a} * b;
    return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
#else
    return folded_product_by_halves(a, b);
#endif
}

#if AUTHGRAMMAR_IS_X86_64
/// What the processor tells about itself. The compiler's own __builtin_cpu_supports brings 5 KB of code that knows every
/// processor by name.
struct cpu_features {
    unsigned leaf1_ecx = 0;
    unsigned leaf7_ebx = 0;
    unsigned leaf7_ecx = 0;
    unsigned saved = 0;  ///< the registers that the system saves for each thread: the low half of XCR0

    cpu_features() noexcept {
        unsigned unused = 0;
        if (cpuid(0, unused, unused) < 7) return;
        (void)cpuid(1, unused, leaf1_ecx);
        (void)cpuid(7, leaf7_ebx, leaf7_ecx);
        if ((leaf1_ecx & 1u << 27) != 0) {  // OSXSAVE
            asm("xgetbv" : "=a"(saved), "=d"(unused) : "c"(0));
        }
    }
    /// Whether it has AVX2, BMI1, BMI2, POPCNT and PCLMULQDQ.
    [[nodiscard]] bool avx2() const noexcept {
        constexpr unsigned pclmulqdq_popcnt_avx = 1u << 1 | 1u << 23 | 1u << 28;
        constexpr unsigned bmi1_avx2_bmi2 = 1u << 3 | 1u << 5 | 1u << 8;
        constexpr unsigned xmm_ymm = 0x06;
        return has(leaf1_ecx, pclmulqdq_popcnt_avx) && has(leaf7_ebx, bmi1_avx2_bmi2) && has(saved, xmm_ymm);
    }
    /// Whether it has all these and AVX-512 F, BW, VBMI and VBMI2.
    [[nodiscard]] bool avx512() const noexcept {
        constexpr unsigned f_bw = 1u << 16 | 1u << 30;
        constexpr unsigned vbmi_vbmi2 = 1u << 1 | 1u << 6;
        constexpr unsigned masks_zmm = 0xE0;
        return avx2() && has(leaf7_ebx, f_bw) && has(leaf7_ecx, vbmi_vbmi2) && has(saved, masks_zmm);
    }

private:
    [[nodiscard]] static bool has(unsigned bits, unsigned wanted) noexcept { return (bits & wanted) == wanted; }
    static unsigned cpuid(unsigned leaf, unsigned& ebx, unsigned& ecx) noexcept {
        unsigned eax = leaf;
        unsigned edx = 0;
        unsigned subleaf = 0;
        asm("cpuid" : "+a"(eax), "=b"(ebx), "+c"(subleaf), "=d"(edx));
        ecx = subleaf;
        return eax;
    }
};
#endif

}  // namespace authgrammar::detail

#endif
