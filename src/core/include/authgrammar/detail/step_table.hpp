#ifndef AUTHGRAMMAR_DETAIL_STEP_TABLE_HPP
#define AUTHGRAMMAR_DETAIL_STEP_TABLE_HPP

#include <authgrammar/detail/step.h>
#include <authgrammar/detail/scan.hpp>
#include <authgrammar/event.hpp>

#include <cstdint>
#include <initializer_list>

namespace authgrammar::detail {

/// ag_step and ag_finish of one language as a table, made at compile time: the production form of the same control.
struct language_table {
    std::uint32_t step[AG_STATES][AG_CLASSES + 1]{};  // the last column is ag_finish

    constexpr language_table() noexcept = default;
    constexpr language_table(int edition, int kind) noexcept {
        for (int state = 0; state < AG_STATES; ++state) {
            for (int c = 0; c < AG_CLASSES; ++c) step[state][c] = ag_step(edition, kind, state, c);
            step[state][AG_CLASSES] = ag_finish(edition, kind, state);
        }
    }
};

struct language_tables {
    language_table of[3][3]{};
    constexpr language_tables() noexcept {
        for (int edition = AG_RFC7235; edition <= AG_SENDER; ++edition) {
            for (int kind = AG_CHALLENGES; kind <= AG_INFO; ++kind) of[edition][kind] = language_table(edition, kind);
        }
    }
};
inline constexpr language_tables languages{};

/// The set of bytes by which a state leads to itself and asks for nothing (a comma: for an empty element only).
struct loop_table {
    unsigned char of[AG_STATES + 1]{};
    constexpr loop_table() noexcept {
        for (auto& set : of) set = run_none;
        for (const int state : {AG_SCHEME, AG_ONE_COMMA_SCHEME, AG_WORD_PS, AG_NAME, AG_VALUE}) of[state] = run_tchar;
        of[AG_WORD_T] = run_alnum;
        of[AG_TOKEN68] = run_token68;
        of[AG_TOKEN68_EQ] = run_equals;
        of[AG_QUOTED] = run_quoted;
        for (const int state :
             {AG_LEADING_WS, AG_LEADING_COMMA, AG_SCHEME_SP, AG_SCHEME_HTAB, AG_SCHEME_SP_HTAB, AG_ONE_COMMA_WS,
              AG_COMMA_S_WS, AG_COMMA_PS_WS, AG_WORD_PS_SP, AG_WORD_PS_HTAB, AG_WORD_PS_SP_HTAB, AG_WORD_T_WS,
              AG_WORD_T_EQ_WS, AG_TOKEN68_WS, AG_NAME_WS, AG_EQ, AG_VALUE_WS}) {
            of[state] = run_sp;
        }
    }
};
inline constexpr loop_table loops{};

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

/// Which limit the word has that is being read in a state: the larger of both while it may be name or token68.
enum class word_limit : unsigned char { none, name, value, larger };
struct word_limit_table {
    word_limit of[AG_STATES + 1]{};
    constexpr word_limit_table() noexcept {
        for (const int state : {AG_SCHEME, AG_ONE_COMMA_SCHEME, AG_WORD_PS, AG_NAME}) of[state] = word_limit::name;
        for (const int state : {AG_TOKEN68, AG_TOKEN68_EQ, AG_VALUE, AG_QUOTED, AG_QUOTED_PAIR}) {
            of[state] = word_limit::value;
        }
        of[AG_WORD_T] = word_limit::larger;
    }
};
inline constexpr word_limit_table word_limits{};

}  // namespace authgrammar::detail

#endif
