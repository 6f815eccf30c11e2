#include <authgrammar/detail/portability.hpp>
#include <authgrammar/isa.hpp>

#include "kernels.hpp"

namespace authgrammar {

namespace {

const detail::kernel_table* kernels_of(isa i) noexcept {
#if AUTHGRAMMAR_HAS_X86_KERNELS
    if (i == isa::avx2) return &detail::avx2_kernels;
    if (i == isa::avx512) return &detail::avx512_kernels;
#elif AUTHGRAMMAR_HAS_NEON_KERNELS
    if (i == isa::neon) return &detail::neon_kernels;
#endif
    (void)i;
    return &detail::portable_kernels;
}

}  // namespace

#if AUTHGRAMMAR_HAS_NEON_KERNELS
const detail::kernel_table* detail::active_kernels = &detail::neon_kernels;
#else
const detail::kernel_table* detail::active_kernels = &detail::portable_kernels;
#endif

#if AUTHGRAMMAR_HAS_X86_KERNELS
static const detail::kernel_table* best() noexcept {
    for (auto i = all_isas.rbegin(); i != all_isas.rend(); ++i) {
        if (is_available(*i)) return kernels_of(*i);
    }
    return &detail::portable_kernels;
}
// Values that other static initializers read before this take the portable path.
static const bool chosen = (detail::active_kernels = best(), true);
#endif

std::size_t detail::run_length(unsigned set, const char* p, std::size_t n) noexcept {
    return active_kernels->run_length[set](p, n);
}

std::size_t detail::quoted_length(const char* p, std::size_t n, bool& escaped) noexcept {
    return active_kernels->quoted_length(p, n, escaped);
}

void detail::read_elements(tokenizer_state& s, bulk_chunk& chunk) noexcept { active_kernels->read_elements(s, chunk); }

bool detail::read_scheme_token68(tokenizer_state& s, const char* p, std::size_t n, event* out) noexcept {
    return active_kernels->read_scheme_token68(s, p, n, out);
}

bool detail::read_token68_value(const char* p, std::size_t n, event* out) noexcept {
    return active_kernels->read_token68_value(p, n, out);
}

std::string_view name_of(isa i) noexcept {
    switch (i) {
        case isa::portable: return "portable";
        case isa::avx2: return "avx2";
        case isa::avx512: return "avx512";
        case isa::neon: break;
    }
    return "neon";
}

bool is_available(isa i) noexcept {
#if AUTHGRAMMAR_HAS_X86_KERNELS
    if (i == isa::avx2) return detail::cpu_features().avx2();
    if (i == isa::avx512) return detail::cpu_features().avx512();
#elif AUTHGRAMMAR_HAS_NEON_KERNELS
    if (i == isa::neon) return true;
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
