/* One byte of an authentication field value: the whole of the tokenizer's control, as a pure function.
 *
 * Valid C99 and C++17. Constant tables and one switch, no recursion, no memory but its arguments, so that it can
 * be given to a prover and to C callers as it is. Positions are the caller's affair: a step says what to do with
 * them. Rules: RFC 9110, Sections 11.1 to 11.7 and 5.6; RFC 7235, appendix C; RFC 7230, Section 7.
 *
 * decides: R7235-2.1-body-kinds, R7235-2.1-token68-chars, R7235-2.2-realm-both, R7235-4.1-several-challenges
 * decides: R7235-A-realm-optional, R7235-C-collected, R7235-5.1.2-parsing-fixed, R7235-1.1-error-handling
 * decides: R7235-4.1-syntax, R7235-4.2-syntax, R7235-4.3-syntax, R7235-4.4-syntax, R7235-4.1-empty-elements
 * decides: R9110-5.6.1.2-accept-empty, R9110-11.6.1-www-authenticate, R7615-3-info */
#ifndef AUTHGRAMMAR_DETAIL_STEP_H
#define AUTHGRAMMAR_DETAIL_STEP_H

#ifdef __cplusplus
#define AG_FUNCTION constexpr inline
#define AG_TABLE inline constexpr
#define AG_NOEXCEPT noexcept
#define AG_RESULT(step) static_cast<ag_step_result>(step)
namespace authgrammar {
namespace detail {
#else
#define AG_FUNCTION static inline
#define AG_TABLE static const
#define AG_NOEXCEPT
#define AG_RESULT(step) ((ag_step_result)(step))
#endif

/* The kinds of field, in the order of authgrammar::field_kind. */
enum { AG_CHALLENGES = 0, AG_CREDENTIALS = 1, AG_INFO = 2, AG_KINDS };

/* What the list rules of an edition allow beyond `element *( OWS "," OWS element )`, and may be combined. */
enum {
    AG_EMPTY_LIST = 0x01,      /* a list of challenges may have no element */
    AG_EMPTY_ELEMENTS = 0x02,  /* an element may be empty after the first, the last included */
    AG_LEADING_EMPTY = 0x04,   /* a list may begin with empty elements */
    AG_COMMA_FOR_PARAM = 0x08, /* one "," takes the place of the first auth-param (RFC 7230, erratum 5257) */
    AG_LEADING_OWS = 0x10,     /* OWS before a "," that begins a list */
    AG_TRAILING_OWS = 0x20     /* OWS after a "," that ends the value */
};

/* The editions in the order of authgrammar::edition, a row of flags each. */
enum {
    AG_RFC7235 = AG_EMPTY_ELEMENTS + AG_LEADING_EMPTY + AG_COMMA_FOR_PARAM,
    AG_RECIPIENT = AG_EMPTY_LIST + AG_EMPTY_ELEMENTS + AG_LEADING_EMPTY + AG_LEADING_OWS + AG_TRAILING_OWS,
    AG_SENDER = AG_EMPTY_LIST,
    AG_EDITIONS = 3
};
AG_TABLE unsigned char ag_edition_flags[AG_EDITIONS] = {AG_RFC7235, AG_RECIPIENT, AG_SENDER};

/* The classes of bytes that the grammar distinguishes. */
enum {
    AG_NEVER, /* controls but HTAB, and DEL: in no rule */
    AG_HTAB,
    AG_SP,
    AG_DQUOTE,
    AG_COMMA,
    AG_SLASH, /* in token68, not in tchar */
    AG_EQUALS,
    AG_BACKSLASH,
    AG_ALNUM, /* in token68 and in tchar: ALPHA DIGIT "-" "." "_" "~" "+" */
    AG_SIGN,  /* in tchar only: "!" "#" "$" "%" "&" "'" "*" "^" "`" "|" */
    AG_TEXT,  /* in quoted-string only: the delimiters and obs-text */
    AG_CLASSES
};

/* States, actions and items are one enumeration, since C++20 frowns on "|" between two. */
enum {
    /* What was read last. PS: a parameter or a scheme; T: a token68 or a parameter name. */
    AG_START,            /* nothing read */
    AG_LEADING_WS,       /* white space before the first "," (recipient) */
    AG_LEADING_COMMA,    /* "," before the first challenge, and OWS */
    AG_SCHEME,           /* in an auth-scheme */
    AG_SCHEME_SP,        /* after auth-scheme and 1*SP */
    AG_SCHEME_HTAB,      /* after auth-scheme and white space that ends the challenge; "," must come */
    AG_SCHEME_SP_HTAB,   /* after auth-scheme, 1*SP and HTAB (recipient); "," must come, the challenge goes on */
    AG_ONE_COMMA,        /* RFC 7235: one "," where the first auth-param may be; another "," must come */
    AG_ONE_COMMA_WS,     /* the same and OWS */
    AG_ONE_COMMA_SCHEME, /* in an auth-scheme after one such "," */
    AG_COMMA_S,          /* after ","; a scheme may come */
    AG_COMMA_S_WS,       /* the same and OWS */
    AG_COMMA_PS,         /* after ","; a parameter, or a scheme, may come */
    AG_COMMA_PS_WS,      /* the same and OWS */
    AG_WORD_PS,          /* in a word, parameter name or scheme */
    AG_WORD_PS_SP,       /* after it, 1*SP */
    AG_WORD_PS_HTAB,     /* after it, white space after which no token68 or parameter of its own can come */
    AG_WORD_PS_SP_HTAB,  /* after it, 1*SP and HTAB (recipient) */
    AG_WORD_T,           /* in a word, token68 or parameter name */
    AG_WORD_T_WS,        /* after it, white space */
    AG_WORD_T_EQ,        /* after it, one "=" */
    AG_WORD_T_EQ_WS,     /* after it, one "=" and white space */
    AG_TOKEN68,          /* in a token68 */
    AG_TOKEN68_EQ,       /* in the "=" at its end */
    AG_TOKEN68_WS,       /* after it, white space; "," must come */
    AG_NAME,             /* in a parameter name */
    AG_NAME_WS,          /* after it, BWS */
    AG_EQ,               /* after "=" and BWS of a parameter */
    AG_VALUE,            /* in a token value */
    AG_QUOTED,           /* in a quoted-string */
    AG_QUOTED_PAIR,      /* after "\" in it */
    AG_VALUE_END,        /* after its closing DQUOTE */
    AG_VALUE_WS,         /* after a value, white space; "," must come */
    AG_STATES,
    AG_DEAD = AG_STATES, /* no continuation is valid */

    /* What a step does, in this order. `p` is the position of the byte, `word` the bytes between two marks. */
    AG_EMPTY = 0x0100,            /* an empty list element ends here */
    AG_MARK_END = 0x0200,         /* word end = p */
    AG_CLOSE_BEFORE = 0x0400,     /* event challenge_end */
    AG_OPEN = 0x0800,             /* event challenge_begin at word begin */
    AG_ITEM = 0x7000,             /* one of the items below */
    AG_CLOSE = 0x8000,            /* event challenge_end */
    AG_MARK_BEGIN = 0x10000,      /* word begin = p */
    AG_MARK_BEGIN_NEXT = 0x20000, /* word begin = p + 1 */
    AG_OPEN_HERE = 0x40000,       /* event challenge_begin at p */

    AG_ITEM_SCHEME = 0x1000,     /* the word is an auth-scheme */
    AG_ITEM_NAME = 0x2000,       /* the word is a parameter name */
    AG_ITEM_TOKEN68 = 0x3000,    /* the word is a token68 */
    AG_ITEM_TOKEN68_EQ = 0x4000, /* the word and the one "=" after it are a token68 */
    AG_ITEM_VALUE = 0x5000,      /* the word is a token value */
    AG_ITEM_QUOTED = 0x6000      /* the word is the inside of a quoted-string */
};

/* A step: the next state in the low byte, the actions above it. */
typedef unsigned int ag_step_result;

/* The class of each octet, a row for each sixteen: 0 NEVER, 1 HTAB, 2 SP, 3 DQUOTE, 4 COMMA, 5 SLASH, 6 EQUALS,
 * 7 BACKSLASH, 8 ALNUM, 9 SIGN, 10 TEXT. */
/* clang-format off */
AG_TABLE unsigned char ag_class_of[256] = {
    /* 00 */  0,  0,  0,  0,  0,  0,  0,  0,  0,  1,  0,  0,  0,  0,  0,  0,
    /* 10 */  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,  0,
    /* 20 */  2,  9,  3,  9,  9,  9,  9,  9, 10, 10,  9,  8,  4,  8,  8,  5,
    /* 30 */  8,  8,  8,  8,  8,  8,  8,  8,  8,  8, 10, 10, 10,  6, 10, 10,
    /* 40 */ 10,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,
    /* 50 */  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8, 10,  7, 10,  9,  8,
    /* 60 */  9,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,
    /* 70 */  8,  8,  8,  8,  8,  8,  8,  8,  8,  8,  8, 10,  9, 10,  8,  0,
    /* 80 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    /* 90 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    /* A0 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    /* B0 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    /* C0 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    /* D0 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    /* E0 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10,
    /* F0 */ 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10, 10
};
/* clang-format on */

/* The word that begins with this byte after auth-scheme and 1*SP; `decided` is what the step that leads here
 * has found out. `BWS "="` cannot follow a scheme, so the word before it is a scheme. */
AG_FUNCTION ag_step_result ag_after_scheme_sp(int c, ag_step_result decided) AG_NOEXCEPT {
    switch (c) {
        case AG_ALNUM: return AG_WORD_T | decided | AG_MARK_BEGIN;
        case AG_SIGN: return AG_NAME | decided | AG_MARK_BEGIN;
        case AG_SLASH: return AG_TOKEN68 | decided | AG_MARK_BEGIN;
        default: return AG_DEAD;
    }
}

/* The "," that follows auth-scheme and 1*SP: an empty first element of the parameter list where the edition has
 * one, else the end of the challenge. */
AG_FUNCTION ag_step_result ag_comma_after_scheme_sp(int flags, int kind, ag_step_result decided) AG_NOEXCEPT {
    if ((flags & AG_COMMA_FOR_PARAM) != 0) return AG_ONE_COMMA | decided;
    if ((flags & AG_LEADING_EMPTY) != 0) return AG_COMMA_PS | decided;
    return kind == AG_CHALLENGES ? AG_COMMA_S | decided | AG_CLOSE : AG_RESULT(AG_DEAD);
}

/* The first byte of a list element after a comma. */
AG_FUNCTION ag_step_result ag_element(int kind, int may_be_param, int c) AG_NOEXCEPT {
    if (c != AG_ALNUM && c != AG_SIGN) return AG_DEAD;
    if (!may_be_param) return AG_SCHEME | AG_MARK_BEGIN | AG_OPEN_HERE;
    return (kind == AG_CHALLENGES ? AG_WORD_PS : AG_NAME) | AG_RESULT(AG_MARK_BEGIN);
}

/* A byte after a list comma and any OWS: white space, another comma, or an element. */
AG_FUNCTION ag_step_result ag_after_comma(int flags, int kind, int may_be_param, int c) AG_NOEXCEPT {
    switch (c) {
        case AG_HTAB:
        case AG_SP: return may_be_param ? AG_COMMA_PS_WS : AG_COMMA_S_WS;
        case AG_COMMA:
            if ((flags & AG_EMPTY_ELEMENTS) == 0) return AG_DEAD;
            return (may_be_param ? AG_COMMA_PS : AG_COMMA_S) | AG_RESULT(AG_EMPTY);
        default: return ag_element(kind, may_be_param, c);
    }
}

/* The first byte of the value. */
AG_FUNCTION ag_step_result ag_first_byte(int flags, int kind, int c) AG_NOEXCEPT {
    const int word = c == AG_ALNUM || c == AG_SIGN;
    if (kind == AG_CREDENTIALS) return word ? AG_SCHEME | AG_MARK_BEGIN | AG_OPEN_HERE : AG_RESULT(AG_DEAD);
    if (word) {
        return kind == AG_INFO ? AG_NAME | AG_RESULT(AG_MARK_BEGIN)
                               : AG_SCHEME | AG_RESULT(AG_MARK_BEGIN) | AG_OPEN_HERE;
    }
    if ((flags & AG_LEADING_EMPTY) == 0) return AG_DEAD;
    if (c == AG_COMMA) {
        if (kind == AG_CHALLENGES) return AG_LEADING_COMMA | AG_RESULT(AG_EMPTY);
        return ((flags & AG_COMMA_FOR_PARAM) != 0 ? AG_ONE_COMMA : AG_COMMA_PS) | AG_RESULT(AG_EMPTY);
    }
    return (flags & AG_LEADING_OWS) != 0 && (c == AG_SP || c == AG_HTAB) ? AG_LEADING_WS : AG_DEAD;
}

/* The step from `state`, which is not AG_DEAD, by a byte of class `c`. */
AG_FUNCTION ag_step_result ag_step(int flags, int kind, int state, int c) AG_NOEXCEPT {
    const ag_step_result word_is_scheme = AG_CLOSE_BEFORE | AG_OPEN | AG_ITEM_SCHEME;
    const int ws = c == AG_SP || c == AG_HTAB;
    const int tchar = c == AG_ALNUM || c == AG_SIGN;
    switch (state) {
        case AG_START: return ag_first_byte(flags, kind, c);

        case AG_LEADING_WS:
            if (ws) return AG_LEADING_WS;
            if (c != AG_COMMA) return AG_DEAD;
            return (kind == AG_CHALLENGES ? AG_LEADING_COMMA : AG_COMMA_PS) | AG_RESULT(AG_EMPTY);

        case AG_LEADING_COMMA:
            if (ws) return AG_LEADING_COMMA;
            if (c == AG_COMMA) return AG_LEADING_COMMA | AG_EMPTY;
            return tchar ? AG_SCHEME | AG_MARK_BEGIN | AG_OPEN_HERE : AG_RESULT(AG_DEAD);

        case AG_SCHEME:
        case AG_ONE_COMMA_SCHEME:
            if (tchar) return AG_RESULT(state);
            if (c == AG_SP) return AG_SCHEME_SP | AG_MARK_END | AG_ITEM_SCHEME;
            if (kind != AG_CHALLENGES) return AG_DEAD;
            if (c == AG_HTAB) return AG_SCHEME_HTAB | AG_MARK_END | AG_ITEM_SCHEME | AG_CLOSE;
            return c == AG_COMMA ? AG_COMMA_S | AG_MARK_END | AG_ITEM_SCHEME | AG_CLOSE : AG_RESULT(AG_DEAD);

        case AG_SCHEME_SP:
            if (c == AG_SP) return AG_SCHEME_SP;
            if (c == AG_COMMA) return ag_comma_after_scheme_sp(flags, kind, 0);
            if (c != AG_HTAB) return ag_after_scheme_sp(c, 0);
            if ((flags & AG_LEADING_OWS) != 0) return AG_SCHEME_SP_HTAB;
            return kind == AG_CHALLENGES ? AG_SCHEME_HTAB | AG_RESULT(AG_CLOSE) : AG_RESULT(AG_DEAD);

        case AG_SCHEME_HTAB: return ws ? AG_SCHEME_HTAB : c == AG_COMMA ? AG_COMMA_S : AG_DEAD;
        case AG_SCHEME_SP_HTAB: return ws ? AG_SCHEME_SP_HTAB : c == AG_COMMA ? AG_COMMA_PS : AG_DEAD;

        case AG_ONE_COMMA:
        case AG_ONE_COMMA_WS:
            if (ws) return AG_ONE_COMMA_WS;
            if (c == AG_COMMA) return AG_COMMA_PS | AG_EMPTY;
            if (!tchar || kind != AG_CHALLENGES) return AG_DEAD;
            return AG_ONE_COMMA_SCHEME | AG_CLOSE_BEFORE | AG_MARK_BEGIN | AG_OPEN_HERE;

        case AG_COMMA_S:
        case AG_COMMA_S_WS: return ag_after_comma(flags, kind, 0, c);
        case AG_COMMA_PS:
        case AG_COMMA_PS_WS: return ag_after_comma(flags, kind, 1, c);

        case AG_WORD_PS:
            if (tchar) return AG_WORD_PS;
            if (c == AG_EQUALS) return AG_EQ | AG_MARK_END | AG_ITEM_NAME;
            if (c == AG_SP) return AG_WORD_PS_SP | AG_MARK_END;
            if (c == AG_HTAB) return AG_WORD_PS_HTAB | AG_MARK_END;
            return c == AG_COMMA ? AG_COMMA_S | AG_MARK_END | word_is_scheme | AG_CLOSE : AG_RESULT(AG_DEAD);

        case AG_WORD_PS_SP:
            if (c == AG_SP) return AG_WORD_PS_SP;
            if (c == AG_EQUALS) return AG_EQ | AG_ITEM_NAME;
            if (c == AG_HTAB) return (flags & AG_LEADING_OWS) != 0 ? AG_WORD_PS_SP_HTAB : AG_WORD_PS_HTAB;
            if (c == AG_COMMA) return ag_comma_after_scheme_sp(flags, kind, word_is_scheme);
            return ag_after_scheme_sp(c, word_is_scheme);

        case AG_WORD_PS_HTAB:
            if (ws) return AG_WORD_PS_HTAB;
            if (c == AG_EQUALS) return AG_EQ | AG_ITEM_NAME;
            return c == AG_COMMA ? AG_COMMA_S | word_is_scheme | AG_CLOSE : AG_RESULT(AG_DEAD);

        case AG_WORD_PS_SP_HTAB:
            if (ws) return AG_WORD_PS_SP_HTAB;
            if (c == AG_EQUALS) return AG_EQ | AG_ITEM_NAME;
            return c == AG_COMMA ? AG_COMMA_PS | word_is_scheme : AG_RESULT(AG_DEAD);

        case AG_WORD_T:
            if (c == AG_ALNUM) return AG_WORD_T;
            if (c == AG_SIGN) return AG_NAME;
            if (c == AG_SLASH) return AG_TOKEN68;
            if (c == AG_EQUALS) return AG_WORD_T_EQ | AG_MARK_END;
            if (kind != AG_CHALLENGES) return ws ? AG_NAME_WS | AG_MARK_END | AG_ITEM_NAME : AG_RESULT(AG_DEAD);
            if (ws) return AG_WORD_T_WS | AG_MARK_END;
            return c == AG_COMMA ? AG_COMMA_S | AG_MARK_END | AG_ITEM_TOKEN68 | AG_CLOSE : AG_RESULT(AG_DEAD);

        case AG_WORD_T_WS:
            if (ws) return AG_WORD_T_WS;
            if (c == AG_EQUALS) return AG_EQ | AG_ITEM_NAME;
            return c == AG_COMMA ? AG_COMMA_S | AG_ITEM_TOKEN68 | AG_CLOSE : AG_RESULT(AG_DEAD);

        case AG_WORD_T_EQ:
        case AG_WORD_T_EQ_WS:
            if (tchar) return AG_VALUE | AG_ITEM_NAME | AG_MARK_BEGIN;
            if (c == AG_DQUOTE) return AG_QUOTED | AG_ITEM_NAME | AG_MARK_BEGIN_NEXT;
            if (c == AG_EQUALS && state == AG_WORD_T_EQ) return AG_TOKEN68_EQ;
            if (kind != AG_CHALLENGES) return ws ? AG_EQ | AG_ITEM_NAME : AG_RESULT(AG_DEAD);
            if (ws) return AG_WORD_T_EQ_WS;
            return c == AG_COMMA ? AG_COMMA_S | AG_ITEM_TOKEN68_EQ | AG_CLOSE : AG_RESULT(AG_DEAD);

        case AG_TOKEN68:
        case AG_TOKEN68_EQ:
            if (c == AG_EQUALS) return AG_TOKEN68_EQ;
            if ((c == AG_ALNUM || c == AG_SLASH) && state == AG_TOKEN68) return AG_TOKEN68;
            if (kind != AG_CHALLENGES) return AG_DEAD;
            if (ws) return AG_TOKEN68_WS | AG_MARK_END | AG_ITEM_TOKEN68 | AG_CLOSE;
            return c == AG_COMMA ? AG_COMMA_S | AG_MARK_END | AG_ITEM_TOKEN68 | AG_CLOSE : AG_RESULT(AG_DEAD);

        case AG_TOKEN68_WS: return ws ? AG_TOKEN68_WS : c == AG_COMMA ? AG_COMMA_S : AG_DEAD;

        case AG_NAME:
            if (tchar) return AG_NAME;
            if (ws) return AG_NAME_WS | AG_MARK_END | AG_ITEM_NAME;
            return c == AG_EQUALS ? AG_EQ | AG_MARK_END | AG_ITEM_NAME : AG_RESULT(AG_DEAD);
        case AG_NAME_WS: return ws ? AG_NAME_WS : c == AG_EQUALS ? AG_EQ : AG_DEAD;

        case AG_EQ:
            if (ws) return AG_EQ;
            if (c == AG_DQUOTE) return AG_QUOTED | AG_MARK_BEGIN_NEXT;
            return tchar ? AG_VALUE | AG_MARK_BEGIN : AG_RESULT(AG_DEAD);
        case AG_VALUE:
            if (tchar) return AG_VALUE;
            if (ws) return AG_VALUE_WS | AG_MARK_END | AG_ITEM_VALUE;
            return c == AG_COMMA ? AG_COMMA_PS | AG_MARK_END | AG_ITEM_VALUE : AG_RESULT(AG_DEAD);
        case AG_QUOTED:
            if (c == AG_DQUOTE) return AG_VALUE_END | AG_MARK_END | AG_ITEM_QUOTED;
            return c == AG_NEVER ? AG_DEAD : c == AG_BACKSLASH ? AG_QUOTED_PAIR : AG_QUOTED;
        case AG_QUOTED_PAIR: return c == AG_NEVER ? AG_DEAD : AG_QUOTED;
        case AG_VALUE_END:
        case AG_VALUE_WS: return ws ? AG_VALUE_WS : c == AG_COMMA ? AG_COMMA_PS : AG_DEAD;
        default: return AG_DEAD;
    }
}

/* The end of the value in `state`: AG_START with the actions that remain if the value is in the language, else
 * AG_DEAD. `p` of the actions is the length of the value. */
AG_FUNCTION ag_step_result ag_finish(int flags, int kind, int state) AG_NOEXCEPT {
    const ag_step_result close = kind == AG_INFO ? 0 : AG_CLOSE;
    const ag_step_result word_is_scheme = AG_CLOSE_BEFORE | AG_OPEN | AG_ITEM_SCHEME | AG_CLOSE;
    switch (state) {
        case AG_START:
            if (kind == AG_CREDENTIALS) return AG_DEAD;
            return kind == AG_CHALLENGES && (flags & AG_EMPTY_LIST) == 0 ? AG_DEAD : AG_START;
        case AG_LEADING_COMMA: return (flags & AG_EMPTY_LIST) != 0 ? AG_START : AG_DEAD;
        case AG_SCHEME:
        case AG_ONE_COMMA_SCHEME: return AG_START | AG_MARK_END | AG_ITEM_SCHEME | AG_CLOSE;
        case AG_SCHEME_SP: return AG_START | AG_CLOSE;
        case AG_ONE_COMMA: return AG_START | close;
        case AG_COMMA_S: return (flags & AG_EMPTY_ELEMENTS) != 0 ? AG_START : AG_DEAD;
        case AG_COMMA_S_WS: return (flags & AG_TRAILING_OWS) != 0 ? AG_START : AG_DEAD;
        case AG_COMMA_PS: return (flags & AG_EMPTY_ELEMENTS) != 0 ? AG_START | close : AG_RESULT(AG_DEAD);
        case AG_COMMA_PS_WS: return (flags & AG_TRAILING_OWS) != 0 ? AG_START | close : AG_RESULT(AG_DEAD);
        case AG_WORD_PS: return AG_START | AG_MARK_END | word_is_scheme;
        case AG_WORD_PS_SP: return AG_START | word_is_scheme;
        case AG_WORD_T: return AG_START | AG_MARK_END | AG_ITEM_TOKEN68 | AG_CLOSE;
        case AG_WORD_T_EQ: return AG_START | AG_ITEM_TOKEN68_EQ | AG_CLOSE;
        case AG_TOKEN68:
        case AG_TOKEN68_EQ: return AG_START | AG_MARK_END | AG_ITEM_TOKEN68 | AG_CLOSE;
        case AG_VALUE: return AG_START | AG_MARK_END | AG_ITEM_VALUE | close;
        case AG_VALUE_END: return AG_START | close;
        default: return AG_DEAD;
    }
}

#undef AG_FUNCTION
#undef AG_TABLE
#undef AG_NOEXCEPT
#undef AG_RESULT

#ifdef __cplusplus
} /* namespace detail */
} /* namespace authgrammar */
#endif

#endif
