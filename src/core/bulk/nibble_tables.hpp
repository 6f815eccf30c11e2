#ifndef AUTHGRAMMAR_CORE_BULK_NIBBLE_TABLES_HPP
#define AUTHGRAMMAR_CORE_BULK_NIBBLE_TABLES_HPP

#include <authgrammar/detail/step_tables.hpp>

namespace authgrammar::detail {

// Of internal linkage, so that each instruction set has a copy of its own.
namespace {

/// Sets of 7-bit bytes for two shuffles: bit r of low[l] tells whether the byte r * 16 + l is in one. Bytes over 7F are
/// in none; run_quoted, which has them, is looked up as its complement. The last set is AG_NEVER.
constexpr unsigned never_set = run_sets;
struct nibble_tables {
    alignas(16) unsigned char low[run_sets + 1][16]{};
    alignas(16) unsigned char row[16]{};
    constexpr nibble_tables() noexcept {
        for (int r = 0; r < 8; ++r) row[r] = static_cast<unsigned char>(1u << r);
        for (unsigned set = 0; set <= never_set; ++set) {
            for (int byte = 0; byte < 128; ++byte) {
                const int c = ag_class_of[byte];
                if (set == never_set ? c == AG_NEVER : in_set(set, c) != (set == run_quoted)) {
                    low[set][byte & 15] = static_cast<unsigned char>(low[set][byte & 15] | 1u << (byte >> 4));
                }
            }
        }
    }
};
[[maybe_unused]] constexpr nibble_tables nibbles{};

}  // namespace

}  // namespace authgrammar::detail

#endif
