#ifndef AUTHGRAMMAR_ISA_HPP
#define AUTHGRAMMAR_ISA_HPP

#include <authgrammar/export.hpp>

#include <array>
#include <cstdint>
#include <string_view>

namespace authgrammar {

/// The instruction sets that the tokenizer has paths for. All give the same events and errors for the same value.
enum class isa : std::uint8_t {
    portable,  ///< no vector instructions; always there
    avx2,      ///< x86-64 with AVX2, BMI1, BMI2, POPCNT and PCLMULQDQ, as all that have the first
    avx512     ///< the same with AVX-512 BW, VBMI and VBMI2
};

inline constexpr std::array<isa, 3> all_isas{isa::portable, isa::avx2, isa::avx512};

/// "portable", "avx2" or "avx512". The view is of static storage.
[[nodiscard]] AUTHGRAMMAR_EXPORT std::string_view name_of(isa i) noexcept;

/// Whether this build has that path and this machine can run it.
[[nodiscard]] AUTHGRAMMAR_EXPORT bool is_available(isa i) noexcept;

/// The path in use: the best that is available, chosen once when the program starts.
[[nodiscard]] AUTHGRAMMAR_EXPORT isa active_isa() noexcept;

/// Switches to another path, for tests and benchmarks. Returns false and changes nothing if it is not available. Not
/// while another thread reads a value.
AUTHGRAMMAR_EXPORT bool force_isa(isa i) noexcept;

}  // namespace authgrammar

#endif
