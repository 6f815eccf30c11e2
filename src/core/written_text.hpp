#ifndef AUTHGRAMMAR_CORE_WRITTEN_TEXT_HPP
#define AUTHGRAMMAR_CORE_WRITTEN_TEXT_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/text.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ascii.hpp"
#include "runs.hpp"

// What a text is fit for when it is written. Texts of one piece without anything to escape are looked at many bytes at a
// time, the others octet by octet.
namespace authgrammar::detail {

/// A text that is to be written: bytes in one piece, or a text over several lines, which it refers to.
class written_text {
public:
    written_text(std::string_view raw, bool quoted) noexcept : raw_(raw), quoted_(quoted) {}
    explicit written_text(const text& t) noexcept
        : raw_(t.raw()), source_(&t), one_piece_(raw_.size() == t.end() - t.begin()), quoted_(t.quoted()) {}

    [[nodiscard]] bool is_one_piece() const noexcept { return one_piece_; }
    [[nodiscard]] bool quoted() const noexcept { return quoted_; }

    /// The bytes, if they are one piece, else the first piece.
    [[nodiscard]] std::string_view raw() const noexcept { return raw_; }

    /// The text that it was made of, or null.
    [[nodiscard]] const text* source() const noexcept { return source_; }

    /// Calls `f(char)` for each octet that it means, while `f` answers true.
    template <typename F>
    void for_each_octet(F&& f) const noexcept {
        if (one_piece_) {
            text(raw_, 0, raw_.size(), quoted_).for_each_octet(f);
        } else {
            source_->for_each_octet(f);
        }
    }
    [[nodiscard]] bool equals_ignoring_case(std::string_view other) const noexcept {
        if (one_piece_ && !quoted_) return equal_ignoring_case(raw_, other);
        return one_piece_ ? text(raw_, 0, raw_.size(), true).equals_ignoring_case(other)
                          : source_->equals_ignoring_case(other);
    }

private:
    std::string_view raw_;
    const text* source_ = nullptr;
    bool one_piece_ = true;
    bool quoted_;
};

/// The bytes of an event of `line`, or those of them that it has.
inline written_text written_event(std::string_view line, const event& e, bool quoted) noexcept {
    const std::size_t end = e.end < line.size() ? e.end : line.size();
    return {e.begin < end ? std::string_view(line.data() + e.begin, end - e.begin) : std::string_view(), quoted};
}

inline int octet_class(char c) noexcept { return ag_class_of[static_cast<unsigned char>(c)]; }
inline bool is_tchar(char c) noexcept { return octet_class(c) == AG_ALNUM || octet_class(c) == AG_SIGN; }
inline bool is_escaped(char c) noexcept { return c == '"' || c == '\\'; }

/// How many octets of the text are fit for what it is to be, up to the first that is not; and of how many it has.
struct fitness {
    std::size_t fit;
    std::size_t octets;
    [[nodiscard]] bool whole() const noexcept { return fit == octets && octets != 0; }
};

/// As what `good` says of each octet in turn.
template <typename Good>
fitness octets_fit(const written_text& t, Good good) noexcept {
    fitness all{0, 0};
    t.for_each_octet([&](char c) {
        if (all.fit == all.octets && good(c)) ++all.fit;
        ++all.octets;
        return true;
    });
    return all;
}

/// Whether the text is a token in one piece. A backslash is in none, so escapes show.
inline bool is_plain_token(const written_text& t) noexcept {
    return t.is_one_piece() && !t.raw().empty() && count_run(run_tchar, t.raw()) == t.raw().size();
}

/// Whether the text is a token68 in one piece.
inline bool is_plain_token68(const written_text& t) noexcept {
    if (!t.is_one_piece()) return false;
    const std::size_t equals = count_run(run_token68, t.raw());
    return equals != 0 && equals + count_run(run_equals, t.raw(), equals) == t.raw().size();
}

/// As a token.
inline fitness token_fitness(const written_text& t) noexcept {
    if (is_plain_token(t)) return {t.raw().size(), t.raw().size()};
    return octets_fit(t, is_tchar);
}

/// As a token68, in which an octet is fit or not for what comes before it.
inline fitness token68_fitness(const written_text& t) noexcept {
    if (is_plain_token68(t)) return {t.raw().size(), t.raw().size()};
    bool padding = false;
    std::size_t n = 0;
    return octets_fit(t, [&](char c) {
        const int k = octet_class(c);
        padding = padding || (k == AG_EQUALS && n != 0);
        ++n;
        return padding ? k == AG_EQUALS : k == AG_ALNUM || k == AG_SLASH;
    });
}

/// What the value of a parameter takes.
struct value_shape {
    std::size_t octets;   ///< that it has
    std::size_t token;    ///< that are fit for a token, up to the first that is not
    std::size_t quoted;   ///< that are fit for a quoted-string, up to the first that is not
    std::size_t escapes;  ///< that a quoted-string escapes
    bool as_is;           ///< its bytes are its octets, and none is escaped

    [[nodiscard]] bool is_token() const noexcept { return token == octets && octets != 0; }
};

inline value_shape shape_of(const written_text& t) noexcept {
    const std::string_view raw = t.raw();
    if (t.is_one_piece()) {
        const std::size_t token = count_run(run_tchar, raw);
        if (token == raw.size() || token + count_run(run_quoted, raw, token) == raw.size()) {
            return {raw.size(), token, raw.size(), 0, true};
        }
    }
    value_shape all{0, 0, 0, 0, false};
    t.for_each_octet([&](char c) {
        if (all.token == all.octets && is_tchar(c)) ++all.token;
        if (is_escaped(c)) ++all.escapes;
        ++all.octets;
        if (octet_class(c) == AG_NEVER) return false;
        ++all.quoted;
        return true;
    });
    return all;
}

/// How the value of a parameter is written.
enum class written_form : std::uint8_t {
    bare,         ///< its bytes
    bare_octets,  ///< the octets that they mean
    quoted,       ///< the bytes between DQUOTEs
    escaped       ///< the octets between DQUOTEs, escaped where they must be
};

inline written_form form_for(const value_shape& value, param_form wanted) noexcept {
    if (wanted == param_form::token || (wanted == param_form::automatic && value.is_token())) {
        return value.as_is ? written_form::bare : written_form::bare_octets;
    }
    return value.as_is ? written_form::quoted : written_form::escaped;
}

}  // namespace authgrammar::detail

#endif
