#include <authgrammar/schemes/scheme.hpp>

#include "core/ascii.hpp"

#include <iterator>

namespace authgrammar::schemes {

namespace {

// The schemes of the IANA registry (2025-02-18).
constexpr scheme_description table[]{
    {"Basic", "RFC 7617"},
    {"Bearer", "RFC 6750"},
    {"Concealed", "RFC 9729"},
    {"Digest", "RFC 7616"},
    {"DPoP", "RFC 9449, Section 7.1"},
    {"GNAP", "RFC 9635, Section 7.2"},
    {"HOBA", "RFC 7486, Section 3"},
    {"Mutual", "RFC 8120"},
    {"Negotiate", "RFC 4559, Section 3"},
    {"OAuth", "RFC 5849, Section 3.5.1"},
    {"PrivateToken", "RFC 9577, Section 2"},
    {"SCRAM-SHA-1", "RFC 7804"},
    {"SCRAM-SHA-256", "RFC 7804"},
    {"vapid", "RFC 8292, Section 3"},
};

}  // namespace

scheme_list all_schemes() noexcept { return {table, std::size(table)}; }

const scheme_description* find_scheme(std::string_view name) noexcept {
    for (const scheme_description& s : table) {
        if (detail::equal_ignoring_case(s.name, name)) return &s;
    }
    return nullptr;
}

}  // namespace authgrammar::schemes
