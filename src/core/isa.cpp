#include <authgrammar/isa.hpp>

#include "scan_kernels.hpp"

namespace authgrammar {

namespace {

const detail::kernels* kernels_of(isa i) noexcept {
#if AUTHGRAMMAR_HAS_X86_KERNELS
    if (i == isa::avx2) return &detail::avx2_kernels;
    if (i == isa::avx512) return &detail::avx512_kernels;
#endif
    (void)i;
    return &detail::portable_kernels;
}

const detail::kernels* best() noexcept {
    for (auto i = all_isas.rbegin(); i != all_isas.rend(); ++i) {
        if (is_available(*i)) return kernels_of(*i);
    }
    return &detail::portable_kernels;
}

}  // namespace

// Values that other static initialisers read before the second line take the portable path.
const detail::kernels* detail::active_kernels = &detail::portable_kernels;
static const bool chosen = (detail::active_kernels = best(), true);

std::string_view name_of(isa i) noexcept {
    switch (i) {
        case isa::portable: return "portable";
        case isa::avx2: return "avx2";
        case isa::avx512: break;
    }
    return "avx512";
}

bool is_available(isa i) noexcept {
#if AUTHGRAMMAR_HAS_X86_KERNELS
    __builtin_cpu_init();
    const bool both = __builtin_cpu_supports("bmi") && __builtin_cpu_supports("bmi2") &&
                      __builtin_cpu_supports("popcnt") && __builtin_cpu_supports("pclmul");
    if (i == isa::avx2) return both && __builtin_cpu_supports("avx2");
    if (i == isa::avx512) {
        return both && __builtin_cpu_supports("avx512bw") && __builtin_cpu_supports("avx512vbmi") &&
               __builtin_cpu_supports("avx512vbmi2");
    }
#endif
    return i == isa::portable;
}

isa active_isa() noexcept {
    for (const isa i : all_isas) {
        if (detail::active_kernels == kernels_of(i)) return i;
    }
    return isa::portable;
}

bool force_isa(isa i) noexcept {
    if (!is_available(i)) return false;
    detail::active_kernels = kernels_of(i);
    return true;
}

}  // namespace authgrammar
