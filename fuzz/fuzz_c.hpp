#ifndef AUTHGRAMMAR_FUZZ_C_HPP
#define AUTHGRAMMAR_FUZZ_C_HPP

#include <authgrammar.h>

#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <string_view>
#include <vector>

// The parts of fuzz_c. Each asks the C interface and the C++ one the same, and requires that they say the same.
namespace authgrammar::fuzz {

[[nodiscard]] inline std::string_view view(const authgrammar_text& t) noexcept { return {t.data, t.size}; }
[[nodiscard]] inline authgrammar_text to_c(std::string_view s) noexcept { return {s.data(), s.size()}; }
[[nodiscard]] inline authgrammar_field to_c(field f) noexcept { return static_cast<authgrammar_field>(f); }

/// Whether memory is the same, with what pads the structs in it: MemorySanitizer takes that for uninitialized.
#if defined(__clang__)
__attribute__((no_sanitize("memory")))
#endif
inline bool
same_bytes(const void* a, const void* b, std::size_t size) noexcept {
    const auto* const first = static_cast<const unsigned char*>(a);
    const auto* const second = static_cast<const unsigned char*>(b);
    for (std::size_t i = 0; i < size; ++i) {
        if (first[i] != second[i]) return false;
    }
    return true;
}

/// Whether an error of C has all members of one of C++.
[[nodiscard]] inline bool same(const authgrammar_error& c, const error& cpp) noexcept {
    return static_cast<int>(c.code) == static_cast<int>(cpp.code) && c.offset == cpp.offset && c.line == cpp.line &&
           view(c.name) == name_of(cpp.code) && view(c.rule) == cpp.rule && view(c.section) == cpp.section &&
           view(c.expected) == cpp.expected;
}
[[nodiscard]] inline bool same(const authgrammar_written& c, const write_result& cpp) noexcept {
    return static_cast<int>(c.code) == static_cast<int>(cpp.code) && c.size == cpp.size &&
           static_cast<int>(c.part) == static_cast<int>(cpp.part) && c.challenge == cpp.challenge &&
           c.param == cpp.param && c.offset == cpp.offset && view(c.name) == name_of(cpp.code) &&
           view(c.rule) == cpp.rule && view(c.section) == cpp.section && view(c.expected) == cpp.expected;
}
[[nodiscard]] inline bool same(const authgrammar_event& c, const event& cpp) noexcept {
    return c.kind == static_cast<int>(cpp.kind) && (c.quoted != 0) == cpp.quoted && c.begin == cpp.begin &&
           c.end == cpp.end;
}

/// How a value is read.
struct reading_options {
    field f;
    edition e;
    limits bounds;

    [[nodiscard]] authgrammar_options for_c() const noexcept;
};

/// The text between the LFs.
[[nodiscard]] std::vector<std::string_view> lines_of(std::string_view text);

/// Reads field lines, separated by LF, with room for `capacity` events; goes through what was read, and writes it again.
void read_through_c(const reading_options& how, std::string_view text, std::size_t capacity);

/// Reads a value in pieces whose sizes `cuts` chooses, up to the `stop`th call of a callback.
void stream_through_c(const reading_options& how, std::string_view value, unsigned cuts, unsigned stop);

/// Writes parts, separated by LF; into a buffer of their own, and into one that `place` lays over them.
void write_through_c(field f, std::string_view parts, unsigned forms, unsigned place);

/// Hands in what no caller may.
void misuse_c(const reading_options& how, std::string_view text, unsigned how_wrong);

/// A guard and an answerer of each language, for the same messages: `text` and options as for fuzz_conversation.
void converse_through_c(std::string_view text, unsigned schemes, unsigned digest, bool c_speaks);

}  // namespace authgrammar::fuzz

#endif
