#include "characters.hpp"

#include "unicode_tables.hpp"

#include <utf8proc.h>

#include <algorithm>
#include <iterator>

namespace authgrammar::verify::unicode {

namespace {

constexpr unsigned virama = 9;  // the combining class of such signs

[[nodiscard]] const utf8proc_property_t& property(code_point c) noexcept { return *utf8proc_get_property(c); }
[[nodiscard]] unsigned combining_class(code_point c) noexcept {
    return static_cast<unsigned>(property(c).combining_class) & 0xff;
}

template <std::size_t N>
[[nodiscard]] bool is_in(const range (&table)[N], code_point c) noexcept {
    const auto u = static_cast<std::uint32_t>(c);
    const range* const r = std::lower_bound(std::begin(table), std::end(table), u,
                                            [](const range& a, std::uint32_t b) { return a.last < b; });
    return r != std::end(table) && r->first <= u;
}

[[nodiscard]] bool is_arabic_indic(code_point c) noexcept { return c >= 0x0660 && c <= 0x0669; }
[[nodiscard]] bool is_extended_arabic_indic(code_point c) noexcept { return c >= 0x06f0 && c <= 0x06f9; }

/// Exceptions (RFC 5892, 2.6).
[[nodiscard]] bool exception(code_point c, allowance& a) noexcept {
    switch (c) {
        case 0x00df:
        case 0x03c2:
        case 0x06fd:
        case 0x06fe:
        case 0x0f0b:
        case 0x3007: a = allowance::yes; return true;
        case 0x00b7:
        case 0x0375:
        case 0x05f3:
        case 0x05f4:
        case 0x30fb: a = allowance::in_context; return true;
        case 0x0640:
        case 0x07fa:
        case 0x302e:
        case 0x302f:
        case 0x3031:
        case 0x3032:
        case 0x3033:
        case 0x3034:
        case 0x3035:
        case 0x303b: a = allowance::no; return true;
        default: break;
    }
    a = allowance::in_context;
    return is_arabic_indic(c) || is_extended_arabic_indic(c);
}

/// Whether normalization form KC makes something else of it (RFC 8264, 9.17).
[[nodiscard]] bool has_compatibility_form(code_point c) noexcept {
    code_point form[32];
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_STABLE | UTF8PROC_COMPOSE | UTF8PROC_COMPAT);
    const auto room = static_cast<utf8proc_ssize_t>(std::size(form));
    utf8proc_ssize_t size = utf8proc_decompose_char(c, form, room, options, nullptr);
    if (size < 1 || size > room) return true;
    size = utf8proc_normalize_utf32(form, size, options);
    return size != 1 || form[0] != c;
}

[[nodiscard]] bool is_joining(code_point c, bool before) noexcept {
    return is_in(dual_joining, c) || (before ? is_in(left_joining, c) : is_in(right_joining, c));
}
/// Joining_Type=T, of the characters that are not disallowed anyway.
[[nodiscard]] bool is_transparent(code_point c) noexcept {
    const auto category = property(c).category;
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME || c == 0x1e94b;
}

/// Whether ZERO WIDTH NON-JOINER, at `i`, breaks a cursive connection.
[[nodiscard]] bool breaks_connection(characters text, std::size_t i) noexcept {
    std::size_t before = i;
    while (before != 0 && is_transparent(text[before - 1])) --before;
    if (before == 0 || !is_joining(text[before - 1], true)) return false;
    std::size_t after = i + 1;
    while (after != text.size && is_transparent(text[after])) ++after;
    return after != text.size && is_joining(text[after], false);
}

template <typename Test>
[[nodiscard]] bool any_of(characters text, Test test) noexcept {
    return std::any_of(text.data, text.data + text.size, test);
}

}  // namespace

// decides: R8265-3.4-username, R8265-4.2-password
allowance allowed(code_point c, string_class in) noexcept {
    const allowance freeform_only = in == string_class::freeform ? allowance::yes : allowance::no;
    allowance a = allowance::no;
    if (exception(c, a)) return a;
    const utf8proc_property_t& p = property(c);
    if (p.category == UTF8PROC_CATEGORY_CN) return allowance::no;  // unassigned, or a noncharacter
    if (c >= 0x21 && c <= 0x7e) return allowance::yes;
    if (c == 0x200c || c == 0x200d) return allowance::in_context;
    if (p.boundclass == UTF8PROC_BOUNDCLASS_L || p.boundclass == UTF8PROC_BOUNDCLASS_V ||
        p.boundclass == UTF8PROC_BOUNDCLASS_T) {
        return allowance::no;  // old Hangul jamo
    }
    if (p.ignorable != 0 || p.category == UTF8PROC_CATEGORY_CC) return allowance::no;
    if (has_compatibility_form(c)) return freeform_only;
    switch (p.category) {
        case UTF8PROC_CATEGORY_LU:
        case UTF8PROC_CATEGORY_LL:
        case UTF8PROC_CATEGORY_LO:
        case UTF8PROC_CATEGORY_LM:
        case UTF8PROC_CATEGORY_MN:
        case UTF8PROC_CATEGORY_MC:
        case UTF8PROC_CATEGORY_ND: return allowance::yes;
        case UTF8PROC_CATEGORY_CF:
        case UTF8PROC_CATEGORY_CS:
        case UTF8PROC_CATEGORY_CO:
        case UTF8PROC_CATEGORY_ZL:
        case UTF8PROC_CATEGORY_ZP: return allowance::no;
        default: return freeform_only;  // other letters and digits, spaces, symbols, punctuation
    }
}

bool context_rules::met_at(std::size_t i) noexcept {
    const bool first = i == 0;
    const bool last = i + 1 == text_.size;
    const auto has = [this](std::optional<bool>& known, auto test) {
        if (!known) known = any_of(text_, test);
        return *known;
    };
    switch (text_[i]) {
        case 0x200c:
        case 0x200d:
            if (!first && combining_class(text_[i - 1]) == virama) return true;
            return text_[i] == 0x200c && breaks_connection(text_, i);
        case 0x00b7: return !first && !last && text_[i - 1] == 'l' && text_[i + 1] == 'l';
        case 0x0375: return !last && is_in(greek, text_[i + 1]);
        case 0x05f3:
        case 0x05f4: return !first && is_in(hebrew, text_[i - 1]);
        case 0x30fb: return has(kana_or_han_, [](code_point c) { return is_in(kana_and_han, c); });
        default: break;
    }
    return is_arabic_indic(text_[i]) ? !has(extended_arabic_indic_, is_extended_arabic_indic)
                                     : !has(arabic_indic_, is_arabic_indic);
}

// By counting, because utf8proc's own ordering exchanges neighbours, which takes time by the square of their number.
void order_marks(code_point* text, std::size_t size, code_point* scratch) noexcept {
    for (std::size_t begin = 0; begin < size; ++begin) {
        if (combining_class(text[begin]) == 0) continue;
        std::size_t next_of[256] = {};  // for each class, where its next mark goes
        std::size_t end = begin;
        bool ordered = true;
        for (unsigned before = 0; end != size && combining_class(text[end]) != 0; ++end) {
            const unsigned of = combining_class(text[end]);
            ordered = ordered && before <= of;
            before = of;
            ++next_of[of];
        }
        if (!ordered) {
            std::size_t at = 0;
            for (std::size_t& n : next_of) {
                at += n;
                n = at - n;
            }
            for (std::size_t i = begin; i != end; ++i) scratch[next_of[combining_class(text[i])]++] = text[i];
            std::copy_n(scratch, end - begin, text + begin);
        }
        begin = end;
    }
}

// decides: R8265-3.4-username
bool keeps_bidi_rule(characters text) noexcept {
    const auto of = [text](std::size_t i) { return property(text[i]).bidi_class; };
    const auto is_right_to_left = [](code_point c) {
        const auto b = property(c).bidi_class;
        return b == UTF8PROC_BIDI_CLASS_R || b == UTF8PROC_BIDI_CLASS_AL || b == UTF8PROC_BIDI_CLASS_AN;
    };
    if (!any_of(text, is_right_to_left)) return true;
    // With one of these among them all text that begins otherwise breaks a rule: 1, or 5 if it begins from left to right.
    if (of(0) != UTF8PROC_BIDI_CLASS_R && of(0) != UTF8PROC_BIDI_CLASS_AL) return false;
    bool european = false;
    bool arabic = false;
    bool ends_well = false;  // by the last character that is not a nonspacing mark
    for (std::size_t i = 0; i != text.size; ++i) {
        switch (of(i)) {
            case UTF8PROC_BIDI_CLASS_R:
            case UTF8PROC_BIDI_CLASS_AL: ends_well = true; break;
            case UTF8PROC_BIDI_CLASS_AN: arabic = ends_well = true; break;
            case UTF8PROC_BIDI_CLASS_EN: european = ends_well = true; break;
            case UTF8PROC_BIDI_CLASS_NSM: break;
            case UTF8PROC_BIDI_CLASS_ES:
            case UTF8PROC_BIDI_CLASS_CS:
            case UTF8PROC_BIDI_CLASS_ET:
            case UTF8PROC_BIDI_CLASS_ON:
            case UTF8PROC_BIDI_CLASS_BN: ends_well = false; break;
            default: return false;
        }
    }
    return ends_well && !(european && arabic);
}

code_point without_width(code_point c) noexcept {
    const auto type = property(c).decomp_type;
    if (type != UTF8PROC_DECOMP_TYPE_WIDE && type != UTF8PROC_DECOMP_TYPE_NARROW) return c;
    code_point mapped[4];
    const auto room = static_cast<utf8proc_ssize_t>(std::size(mapped));
    const auto options = static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT);
    const utf8proc_ssize_t size = utf8proc_decompose_char(c, mapped, room, options, nullptr);
    // utf8proc decomposes to the end. Where there is a further step, as from HALFWIDTH HANGUL LETTER, the first one leads
    // to a character with a compatibility form, which is disallowed just as this one is.
    const bool one_step = size == 1 && property(mapped[0]).boundclass != UTF8PROC_BOUNDCLASS_L &&
                          property(mapped[0]).boundclass != UTF8PROC_BOUNDCLASS_V &&
                          property(mapped[0]).boundclass != UTF8PROC_BOUNDCLASS_T;
    return one_step ? mapped[0] : c;
}

bool is_space(code_point c) noexcept { return property(c).category == UTF8PROC_CATEGORY_ZS; }

}  // namespace authgrammar::verify::unicode
