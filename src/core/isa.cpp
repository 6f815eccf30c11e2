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
    return nullptr;
}

const detail::kernels* best() noexcept {
    for (auto i = all_isas.rbegin(); i != all_isas.rend(); ++i) {
        if (is_available(*i)) return kernels_of(*i);
    }
    return nullptr;
}

}  // namespace

// Until it is set, values that are read by other static initialisers take the portable path.
const detail::kernels* detail::active_kernels = best();

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
    if (i == isa::avx2) return __builtin_cpu_supports("avx2") != 0;
    if (i == isa::avx512) {
        return __builtin_cpu_supports("avx512bw") != 0 && __builtin_cpu_supports("avx512vbmi") != 0;
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
