#ifndef AUTHGRAMMAR_ISA_HPP
#define AUTHGRAMMAR_ISA_HPP

#include <authgrammar/export.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace authgrammar {

/// The instruction sets that the tokenizer has code for. Events and errors are the same with each of them.
enum class isa : std::uint8_t {
    portable,  ///< no vector instructions; available everywhere
    avx2,      ///< x86-64 with AVX2, BMI1, BMI2, POPCNT and PCLMULQDQ
    avx512,    ///< the same, and AVX-512 BW, VBMI and VBMI2
    neon       ///< AArch64, little-endian, where it is part of every processor
};

/// All instruction sets, in the order of the enumeration.
inline constexpr std::array<isa, 4> all_isas{isa::portable, isa::avx2, isa::avx512, isa::neon};

/// The stable name of `i`: "portable", "avx2", "avx512" or "neon"; a view of static storage. Constant time.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view name_of(isa i) noexcept;

/// Whether this build has code for `i` and this machine can run it. Constant time.
[[nodiscard]] AUTHGRAMMAR_EXPORT bool is_available(isa i) noexcept;

/// The instruction set in use. When the program starts it is the last one of all_isas that is available. Constant time.
[[nodiscard]] AUTHGRAMMAR_EXPORT isa active_isa() noexcept;

/// Uses `i` from now on in the whole program, for tests and benchmarks. If it is not available, returns false and
/// changes nothing. Must not be called while another thread reads a value. Constant time.
AUTHGRAMMAR_EXPORT bool force_isa(isa i) noexcept;

}  // namespace authgrammar

#endif
