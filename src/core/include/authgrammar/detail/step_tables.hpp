#ifndef AUTHGRAMMAR_DETAIL_STEP_TABLES_HPP
#define AUTHGRAMMAR_DETAIL_STEP_TABLES_HPP

// Every table that the tokenizer works with, made at compile time from ag_step and ag_finish: none is written by hand.

#include <authgrammar/detail/step.h>
#include <authgrammar/event.hpp>

#include <cstddef>
#include <cstdint>

namespace authgrammar::detail {

/// Sets of bytes, unions of the classes of step.h, of which long runs are counted at once.
enum run_set : unsigned {
    run_tchar,
    run_token68,
    run_quoted,
    run_sp,
    run_alnum,  ///< tchar and token68 both
    run_comma,
    run_equals,
    run_sets,
    run_none = run_sets
};

/// Whether a byte of class `c` is in the set.
[[nodiscard]] constexpr bool in_set(unsigned set, int c) noexcept {
    switch (set) {
        case run_tchar: return c == AG_ALNUM || c == AG_SIGN;
        case run_token68: return c == AG_ALNUM || c == AG_SLASH;
        case run_quoted: return c != AG_NEVER && c != AG_DQUOTE && c != AG_BACKSLASH;
        case run_sp: return c == AG_SP;
        case run_comma: return c == AG_COMMA;
        case run_alnum: return c == AG_ALNUM;
        case run_equals: return c == AG_EQUALS;
        default: return false;
    }
}

/// The sets of each byte, a bit for each set, in one table.
struct set_table {
    unsigned char of[256]{};
    constexpr set_table() noexcept {
        unsigned char of_class[AG_CLASSES]{};
        for (int c = 0; c < AG_CLASSES; ++c) {
            for (unsigned set = 0; set < run_sets; ++set) {
                if (in_set(set, c)) of_class[c] = static_cast<unsigned char>(of_class[c] | 1u << set);
            }
        }
        for (int byte = 0; byte < 256; ++byte) of[byte] = of_class[ag_class_of[byte]];
    }
};
inline constexpr set_table sets{};

/// ag_step and ag_finish of one language as a table.
struct language_table {
    std::uint32_t step[AG_STATES][AG_CLASSES + 1]{};  ///< the last column is ag_finish
    bool reached[AG_STATES + 1]{};                    ///< by some value

    constexpr language_table() noexcept = default;
    constexpr language_table(int flags, int kind) noexcept {
        for (int state = 0; state < AG_STATES; ++state) {
            for (int c = 0; c < AG_CLASSES; ++c) step[state][c] = ag_step(flags, kind, state, c);
            step[state][AG_CLASSES] = ag_finish(flags, kind, state);
        }
        reached[AG_DEAD] = true;
        reach(AG_START);
    }

private:
    constexpr void reach(std::uint32_t state) noexcept {
        if (reached[state]) return;
        reached[state] = true;
        for (int c = 0; c < AG_CLASSES; ++c) reach(step[state][c] & 0xFF);
    }
};

/// The languages of some editions, one for each kind of field.
template <std::size_t Editions>
struct language_tables {
    language_table of[Editions][AG_KINDS]{};
    explicit constexpr language_tables(const unsigned char (&flags)[Editions]) noexcept {
        for (std::size_t e = 0; e < Editions; ++e) {
            for (int kind = 0; kind < AG_KINDS; ++kind) of[e][kind] = language_table(flags[e], kind);
        }
    }
};

/// The set of bytes, for each state, that lead from it to itself and cause no action: the largest such set.
struct loop_table {
    unsigned char of[AG_STATES + 1]{};

    template <std::size_t Editions>
    explicit constexpr loop_table(const language_tables<Editions>& languages) noexcept {
        for (int state = 0; state <= AG_STATES; ++state) {
            bool loops[AG_CLASSES]{};
            for (int c = 0; c < AG_CLASSES; ++c) loops[c] = state != AG_STATES && loops_in_all(languages, state, c);
            of[state] = largest_within(loops);
        }
    }

private:
    template <std::size_t Editions>
    [[nodiscard]] static constexpr bool loops_in_all(const language_tables<Editions>& languages, int state,
                                                     int c) noexcept {
        for (const auto& edition : languages.of) {
            for (const language_table& language : edition) {
                if (!language.reached[state]) continue;
                if (language.step[state][c] != static_cast<std::uint32_t>(state)) return false;
            }
        }
        return true;
    }
    [[nodiscard]] static constexpr unsigned char largest_within(const bool (&loops)[AG_CLASSES]) noexcept {
        unsigned best = run_none;
        int most = 0;
        for (unsigned set = 0; set < run_sets; ++set) {
            int size = 0;
            bool within = true;
            for (int c = 0; c < AG_CLASSES; ++c) {
                if (!in_set(set, c)) continue;
                within = within && loops[c];
                ++size;
            }
            if (within && size > most) {
                best = set;
                most = size;
            }
        }
        return static_cast<unsigned char>(best);
    }
};

/// The event of each item, by the number in front of its twelve zero bits.
struct item_kind_table {
    event_kind of[(AG_ITEM >> 12) + 1]{};
    constexpr item_kind_table() noexcept {
        of[AG_ITEM_SCHEME >> 12] = event_kind::scheme;
        of[AG_ITEM_NAME >> 12] = event_kind::param_name;
        of[AG_ITEM_TOKEN68 >> 12] = of[AG_ITEM_TOKEN68_EQ >> 12] = event_kind::token68;
        of[AG_ITEM_VALUE >> 12] = of[AG_ITEM_QUOTED >> 12] = event_kind::param_value;
    }
};
inline constexpr item_kind_table item_kinds{};

/// The role of the word that is being read in each state, or no_role: follows from the items that the word may become.
/// In a word that is being read, every item still needs an AG_MARK_END.
inline constexpr signed char no_role = -1;
struct role_table {
    signed char of[AG_STATES + 1]{};

    template <std::size_t Editions>
    explicit constexpr role_table(const language_tables<Editions>& languages) noexcept {
        items unmarked[AG_STATES + 1]{};
        items marked[AG_STATES + 1]{};
        for (bool changed = true; changed;) {
            changed = false;
            for (int state = 0; state < AG_STATES; ++state) {
                items before_mark = unmarked[state];
                items after_mark = marked[state];
                for (const auto& edition : languages.of) {
                    for (const language_table& language : edition) {
                        if (!language.reached[state]) continue;
                        for (const std::uint32_t step : language.step[state]) {
                            follow(step, unmarked, marked, before_mark, after_mark);
                        }
                    }
                }
                changed = changed || before_mark != unmarked[state] || after_mark != marked[state];
                unmarked[state] = before_mark;
                marked[state] = after_mark;
            }
        }
        for (int state = 0; state <= AG_STATES; ++state) {
            of[state] = unmarked[state] != 0 ? no_role : role_of(marked[state]);
        }
    }

private:
    using items = unsigned;  // a bit for each item
    [[nodiscard]] static constexpr items bit(unsigned item) noexcept { return 1u << (item >> 12); }

    static constexpr void follow(std::uint32_t step, const items* unmarked, const items* marked, items& before_mark,
                                 items& after_mark) noexcept {
        const bool mark = (step & AG_MARK_END) != 0;
        if ((step & AG_ITEM) != 0) {
            (mark ? after_mark : before_mark) |= bit(step & AG_ITEM);
        } else if ((step & (AG_MARK_BEGIN | AG_MARK_BEGIN_NEXT)) == 0) {
            const auto next = step & 0xFF;
            (mark ? after_mark : before_mark) |= unmarked[next];
            after_mark |= marked[next];
        }
    }
    [[nodiscard]] static constexpr signed char role_of(items may_become) noexcept {
        constexpr items scheme = bit(AG_ITEM_SCHEME);
        constexpr items name = bit(AG_ITEM_NAME);
        constexpr items token68 = bit(AG_ITEM_TOKEN68) | bit(AG_ITEM_TOKEN68_EQ);
        const auto is = [&](items candidates) { return (may_become & ~candidates) == 0; };
        if (may_become == 0) return no_role;
        if (is(scheme)) return static_cast<signed char>(text_role::scheme);
        if (is(name)) return static_cast<signed char>(text_role::param_name);
        if (is(token68)) return static_cast<signed char>(text_role::token68);
        if (is(bit(AG_ITEM_VALUE))) return static_cast<signed char>(text_role::token_value);
        if (is(bit(AG_ITEM_QUOTED))) return static_cast<signed char>(text_role::quoted_value);
        return static_cast<signed char>(is(scheme | name) ? text_role::scheme_or_name : text_role::token68_or_name);
    }
};

/// Which limit the word has that is being read in a state: the larger of both while it may be a name or a token68.
enum class word_limit : unsigned char { none, name, value, larger };
struct word_limit_table {
    word_limit of[AG_STATES + 1]{};

    explicit constexpr word_limit_table(const role_table& roles) noexcept {
        for (int state = 0; state <= AG_STATES; ++state) {
            if (roles.of[state] != no_role) of[state] = limit_of(static_cast<text_role>(roles.of[state]));
        }
    }

private:
    [[nodiscard]] static constexpr word_limit limit_of(text_role role) noexcept {
        switch (role) {
            case text_role::scheme_or_name:
            case text_role::scheme:
            case text_role::param_name: return word_limit::name;
            case text_role::token68_or_name: return word_limit::larger;
            case text_role::token68:
            case text_role::token_value:
            case text_role::quoted_value: break;
        }
        return word_limit::value;
    }
};

/// Where whole elements may be read at once: where one begins, or the first word after auth-scheme and 1*SP; and where
/// a "," leads to such a place.
struct element_start_table {
    bool of[AG_STATES + 1]{};

    template <std::size_t Editions>
    constexpr element_start_table(const language_tables<Editions>& languages, const role_table& roles) noexcept {
        for (int state = 0; state < AG_STATES; ++state) of[state] = begins_word(languages, roles, state);
        bool behind_comma[AG_STATES + 1]{};
        for (int state = 0; state < AG_STATES; ++state) {
            const std::uint32_t step = languages.of[0][AG_CHALLENGES].step[state][AG_COMMA];
            behind_comma[state] = roles.of[state] == no_role && step < AG_STATES && of[step];
        }
        for (int state = 0; state < AG_STATES; ++state) of[state] = of[state] || behind_comma[state];
    }

private:
    /// Its first byte marks the begin of a word that is no parameter value, and decides nothing about an earlier one.
    template <std::size_t Editions>
    [[nodiscard]] static constexpr bool begins_word(const language_tables<Editions>& languages, const role_table& roles,
                                                    int state) noexcept {
        constexpr std::uint32_t others = 0xFFFFFFFFu & ~static_cast<std::uint32_t>(AG_MARK_BEGIN | AG_OPEN_HERE | 0xFF);
        for (const auto& edition : languages.of) {
            for (const language_table& language : edition) {
                const std::uint32_t step = language.step[state][AG_ALNUM];
                if (!language.reached[state] || (step & 0xFF) == AG_DEAD) continue;
                if ((step & AG_MARK_BEGIN) == 0 || (step & others) != 0) return false;
                if (roles.of[step & 0xFF] == static_cast<signed char>(text_role::token_value)) return false;
            }
        }
        return (languages.of[0][AG_CHALLENGES].step[state][AG_ALNUM] & 0xFF) != AG_DEAD;
    }
};

/// All tables of a tokenizer that knows some editions.
template <std::size_t Editions>
struct step_tables {
    language_tables<Editions> languages;
    loop_table loops{languages};
    role_table roles{languages};
    word_limit_table word_limits{roles};
    element_start_table element_starts{languages, roles};
    unsigned char flags[Editions]{};

    explicit constexpr step_tables(const unsigned char (&rows)[Editions]) noexcept : languages(rows) {
        for (std::size_t e = 0; e < Editions; ++e) flags[e] = rows[e];
    }
};

/// The tables of the editions that authgrammar::edition names. A template, so that only a program that runs the tokenizer
/// itself has the compiler make them.
template <std::size_t Editions>
struct tables_of_editions {
    static constexpr step_tables<Editions> of{ag_edition_flags};
};
using standard_tables = tables_of_editions<AG_EDITIONS>;

}  // namespace authgrammar::detail

#endif
