#include <authgrammar/detail/portability.hpp>
#include <authgrammar/isa.hpp>

#include "kernels.hpp"

namespace authgrammar {

namespace {

const detail::kernel_table* kernels_of(isa i) noexcept {
#if AUTHGRAMMAR_HAS_X86_KERNELS
    if (i == isa::avx2) return &detail::avx2_kernels;
    if (i == isa::avx512) return &detail::avx512_kernels;
#endif
    (void)i;
    return &detail::portable_kernels;
}

const detail::kernel_table* best() noexcept {
    for (auto i = all_isas.rbegin(); i != all_isas.rend(); ++i) {
        if (is_available(*i)) return kernels_of(*i);
    }
    return &detail::portable_kernels;
}

}  // namespace

// Values that other static initializers read before the second line take the portable path.
const detail::kernel_table* detail::active_kernels = &detail::portable_kernels;
static const bool chosen = (detail::active_kernels = best(), true);

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
    if (i == isa::avx2) return detail::cpu_features().avx2();
    if (i == isa::avx512) return detail::cpu_features().avx512();
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
