/* HTTP Authentication fields for C: reading and writing the values of WWW-Authenticate, Authorization,
 * Authentication-Info and their Proxy- variants (RFC 9110, Section 11; RFC 7235; RFC 7615). C99, and C++.
 *
 * Link with authgrammar_c (pkg-config authgrammar-c); it needs nothing but the C library. For the schemes (Basic, Bearer,
 * Digest and others) and for whole conversations see authgrammar_schemes.h and authgrammar_auth.h.
 *
 * Memory: nothing here allocates. Functions write only to the memory that they are given, and leave no pointer to their
 * arguments behind except in the structs whose comments say so.
 *
 * Lifetime: every struct is a plain value that may be copied and needs no cleanup. One that is described as a view refers
 * to the bytes of the field lines and to the events of the reading that it comes from: both must outlive it. Texts that
 * describe (names, rules, sections) are of static storage.
 *
 * Threads: there is no global state. Any number of threads may call anything at once, as long as none changes an object
 * that another one uses.
 *
 * Arguments: NULL stands for an empty text, array or buffer if its size is 0. AUTHGRAMMAR_ERR_INVALID_ARGUMENT is the
 * answer to NULL with another size, to a size that no object can have (more than PTRDIFF_MAX bytes: (size_t)-1, say), to a
 * number outside its enumeration, and to NULL for a struct that is not said to be optional. Nothing is read or written
 * then. Functions that return a truth value or a text answer 0 or the empty text.
 *
 * Callbacks must return: they must neither jump out with longjmp() nor throw C++ exceptions. */
#ifndef AUTHGRAMMAR_H
#define AUTHGRAMMAR_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

/* AUTHGRAMMAR_API marks what the shared library exports. AUTHGRAMMAR_MAY_ALIAS is for structs that the library, which is
 * compiled as C++, knows by other names. On Windows define AUTHGRAMMAR_C_SHARED to use the DLL. */
#if defined(_WIN32)
#if defined(authgrammar_c_EXPORTS) || defined(authgrammar_c_auth_EXPORTS)
#define AUTHGRAMMAR_API __declspec(dllexport)
#elif defined(AUTHGRAMMAR_C_SHARED)
#define AUTHGRAMMAR_API __declspec(dllimport)
#else
#define AUTHGRAMMAR_API
#endif
#elif defined(__GNUC__)
#define AUTHGRAMMAR_API __attribute__((__visibility__("default")))
#else
#define AUTHGRAMMAR_API
#endif
#if defined(__GNUC__)
#define AUTHGRAMMAR_MAY_ALIAS __attribute__((__may_alias__))
#else
#define AUTHGRAMMAR_MAY_ALIAS
#endif

/* Enumerations have the size of int in both languages. In C++ every int is a value of theirs, so that one out of range can
 * be refused. */
#ifdef __cplusplus
#define AUTHGRAMMAR_INT : int
extern "C" {
#else
#define AUTHGRAMMAR_INT
#endif

/* ---- Text ---- */

/* `size` bytes at `data`, not terminated by NUL; a view. */
typedef struct authgrammar_text {
    const char* data;
    size_t size;
} authgrammar_text;

/* The text of a string literal; and the arguments of printf() for "%.*s". */
#ifdef __cplusplus
#define AUTHGRAMMAR_TEXT(literal) (authgrammar_text{"" literal, sizeof("" literal) - 1})
#define AUTHGRAMMAR_PRINT(text) static_cast<int>((text).size), (text).size != 0 ? (text).data : ""
#else
#define AUTHGRAMMAR_TEXT(literal) ((authgrammar_text){"" literal, sizeof("" literal) - 1})
#define AUTHGRAMMAR_PRINT(text) (int)(text).size, (text).size != 0 ? (text).data : ""
#endif

/* The text of a string that ends with NUL; the empty text for NULL. */
static inline authgrammar_text authgrammar_text_of(const char* string) {
    authgrammar_text text;
    text.data = string;
    text.size = string != NULL ? strlen(string) : 0;
    return text;
}

/* Whether the texts are equal, octet by octet; not for secrets: it stops at the first difference. The second one ignores
 * ASCII case, as schemes and parameter names do (RFC 9110, 11.1 and 11.2). Linear. */
AUTHGRAMMAR_API int authgrammar_equals(authgrammar_text a, authgrammar_text b);
AUTHGRAMMAR_API int authgrammar_equals_ignoring_case(authgrammar_text a, authgrammar_text b);

/* "0.1.0": the version of the library that the program runs with. */
AUTHGRAMMAR_API const char* authgrammar_version(void);

/* ---- Fields and editions ---- */

typedef enum authgrammar_field AUTHGRAMMAR_INT {
    AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE,         /* RFC 9110, 11.6.1: challenges */
    AUTHGRAMMAR_FIELD_PROXY_AUTHENTICATE,       /* RFC 9110, 11.7.1: challenges */
    AUTHGRAMMAR_FIELD_AUTHORIZATION,            /* RFC 9110, 11.6.2: credentials */
    AUTHGRAMMAR_FIELD_PROXY_AUTHORIZATION,      /* RFC 9110, 11.7.2: credentials */
    AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO,      /* RFC 9110, 11.6.3: parameters */
    AUTHGRAMMAR_FIELD_PROXY_AUTHENTICATION_INFO /* RFC 9110, 11.7.3: parameters */
} authgrammar_field;

/* The grammars that the RFCs define for each field. They differ in the empty list elements that they allow. */
typedef enum authgrammar_edition AUTHGRAMMAR_INT {
    AUTHGRAMMAR_EDITION_RFC7235,           /* RFC 7235, appendix C, as published */
    AUTHGRAMMAR_EDITION_RFC9110_RECIPIENT, /* what a recipient must accept; the default */
    AUTHGRAMMAR_EDITION_RFC9110_SENDER     /* what a sender may generate; what the writer writes */
} authgrammar_edition;

/* "WWW-Authenticate", "rfc9110-recipient". Constant time. */
AUTHGRAMMAR_API authgrammar_text authgrammar_field_name(authgrammar_field field);
AUTHGRAMMAR_API authgrammar_text authgrammar_edition_name(authgrammar_edition edition);

/* Finds the field with that name, without regard to ASCII case. 0 if there is none; `field` is untouched then. */
AUTHGRAMMAR_API int authgrammar_field_from_name(authgrammar_text name, authgrammar_field* field);

/* ---- Errors ---- */

/* Why a value was not read or not written. The numbers are stable: they are never changed or used again. */
typedef enum authgrammar_code AUTHGRAMMAR_INT {
    AUTHGRAMMAR_OK = 0,

    /* The value is not in the language of the edition. */
    AUTHGRAMMAR_ERR_EXPECTED_SCHEME = 1,
    AUTHGRAMMAR_ERR_INVALID_SCHEME = 2,
    AUTHGRAMMAR_ERR_EXPECTED_PARAM_OR_TOKEN68 = 3,
    AUTHGRAMMAR_ERR_INVALID_PARAM_OR_TOKEN68 = 4,
    AUTHGRAMMAR_ERR_INVALID_TOKEN68 = 5,
    AUTHGRAMMAR_ERR_EXPECTED_PARAM = 6,
    AUTHGRAMMAR_ERR_INVALID_PARAM_NAME = 7,
    AUTHGRAMMAR_ERR_EXPECTED_EQUALS = 8,
    AUTHGRAMMAR_ERR_EXPECTED_VALUE = 9,
    AUTHGRAMMAR_ERR_INVALID_VALUE = 10,
    AUTHGRAMMAR_ERR_INVALID_QUOTED_STRING = 11,
    AUTHGRAMMAR_ERR_UNTERMINATED_QUOTED_STRING = 12,
    AUTHGRAMMAR_ERR_INVALID_QUOTED_PAIR = 13,
    AUTHGRAMMAR_ERR_EXPECTED_COMMA = 14,
    AUTHGRAMMAR_ERR_EMPTY_LIST_ELEMENT = 15,
    AUTHGRAMMAR_ERR_EXPECTED_LIST_ELEMENT = 16,
    AUTHGRAMMAR_ERR_SINGLE_LEADING_COMMA = 17,
    AUTHGRAMMAR_ERR_LEADING_WHITESPACE = 18,
    AUTHGRAMMAR_ERR_TRAILING_WHITESPACE = 19,
    AUTHGRAMMAR_ERR_TRAILING_COMMA = 20,
    AUTHGRAMMAR_ERR_MISSING_CHALLENGE = 21,
    AUTHGRAMMAR_ERR_INCOMPLETE_PARAM = 22,
    AUTHGRAMMAR_ERR_SECOND_CREDENTIALS = 23,

    /* A limit was exceeded; the value may be in the language. */
    AUTHGRAMMAR_ERR_LIMIT_TOTAL_BYTES = 64,
    AUTHGRAMMAR_ERR_LIMIT_CHALLENGES = 65,
    AUTHGRAMMAR_ERR_LIMIT_PARAMS = 66,
    AUTHGRAMMAR_ERR_LIMIT_NAME_LENGTH = 67,
    AUTHGRAMMAR_ERR_LIMIT_VALUE_LENGTH = 68,
    AUTHGRAMMAR_ERR_LIMIT_EMPTY_ELEMENTS = 69,

    /* Misuse by the caller, or a stop that it asked for. */
    AUTHGRAMMAR_ERR_STOPPED = 96,           /* a callback stopped the reading */
    AUTHGRAMMAR_ERR_FED_AFTER_FINISH = 97,  /* feed after finish */
    AUTHGRAMMAR_ERR_FINISHED_TWICE = 98,    /* finish after finish */
    AUTHGRAMMAR_ERR_EVENT_BUFFER_FULL = 99, /* the array of events is too small for the value */
    AUTHGRAMMAR_ERR_WRONG_FIELD_KIND = 100, /* the function is for fields of another kind */

    /* Writing. */
    AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL = 112,      /* the buffer is too small */
    AUTHGRAMMAR_ERR_FORBIDDEN_OCTET = 113,       /* an octet that no quoted-string can carry (CR, LF, NUL and others) */
    AUTHGRAMMAR_ERR_NOT_A_TOKEN = 114,           /* a scheme or a name, or a value that must be bare, is not a token */
    AUTHGRAMMAR_ERR_NOT_A_TOKEN68 = 115,         /* the text is not a token68 */
    AUTHGRAMMAR_ERR_REPEATED_PARAM = 116,        /* a name occurs twice in one challenge (RFC 9110, 11.2) */
    AUTHGRAMMAR_ERR_PARAMS_BESIDE_TOKEN68 = 117, /* a challenge has either a token68 or parameters */
    AUTHGRAMMAR_ERR_EMPTY_CHALLENGE_LIST = 118,  /* a challenge field without a challenge is not written */
    AUTHGRAMMAR_ERR_BUFFER_OVERLAP = 119,        /* what is to be written lies in the buffer that it is written to */
    AUTHGRAMMAR_ERR_NULL_ARRAY = 120,            /* of C++; in C it is INVALID_ARGUMENT */

    /* Of C alone. */
    AUTHGRAMMAR_ERR_INVALID_ARGUMENT = 256, /* see "Arguments" above */
    AUTHGRAMMAR_ERR_NOT_INITIALISED = 257,  /* a tokenizer that authgrammar_tokenizer_init() did not make */
    AUTHGRAMMAR_ERR_BUSY = 258,             /* a callback used the tokenizer that called it */
    AUTHGRAMMAR_ERR_NO_MEMORY = 259         /* of a function that allocates */
} authgrammar_code;

/* The stable name, such as "expected_scheme", and what the code means, in one or two sentences; of AUTHGRAMMAR_OK "none"
 * and the empty text. Linear in the number of codes. */
AUTHGRAMMAR_API authgrammar_text authgrammar_code_name(authgrammar_code code);
AUTHGRAMMAR_API authgrammar_text authgrammar_code_explanation(authgrammar_code code);

/* Where and why a value was not read. All texts are of static storage and show no byte of the value, so that an error may
 * be logged.
 *
 * For a value that is not in the language, `offset` is the index of the first byte that no valid value has there, or the
 * length of a value that merely ends too soon. For a value that exceeds a limit it is the index of the first byte too
 * many. It counts in bytes from the start of field line `line`, which counts from 0. */
typedef struct authgrammar_error {
    authgrammar_code code;
    size_t offset;
    size_t line;
    authgrammar_text name;     /* of the code, such as "expected_equals" */
    authgrammar_text rule;     /* the ABNF rule that was being read, such as "auth-param" */
    authgrammar_text section;  /* where it is defined, such as "RFC 9110, 11.2" */
    authgrammar_text expected; /* what may be at `offset`, in words */
    void* reserved[2];
} authgrammar_error;

/* ---- Reading ---- */

/* How much of a value is read before it is refused. */
typedef struct authgrammar_limits {
    uint32_t total_bytes;    /* of the whole value, its field lines joined by ", "; by default 1 MiB */
    uint32_t name_length;    /* bytes of an auth-scheme or a parameter name; 4096 */
    uint32_t value_length;   /* bytes of a token68 or a parameter value, escapes included; 1 MiB */
    uint32_t challenges;     /* 1024 */
    uint32_t params;         /* parameters of all challenges; 16384 */
    uint32_t empty_elements; /* empty list elements in a row; 1024 */
} authgrammar_limits;

/* How a value is read. authgrammar_options_init() sets the defaults; wherever options are an argument, NULL stands for
 * them too. */
typedef struct authgrammar_options {
    size_t size; /* sizeof(authgrammar_options): later versions may append members */
    authgrammar_edition edition;
    authgrammar_limits limits;
} authgrammar_options;

static inline void authgrammar_options_init(authgrammar_options* options) {
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->edition = AUTHGRAMMAR_EDITION_RFC9110_RECIPIENT;
    options->limits.total_bytes = 1u << 20;
    options->limits.name_length = 4096;
    options->limits.value_length = 1u << 20;
    options->limits.challenges = 1024;
    options->limits.params = 16384;
    options->limits.empty_elements = 1024;
}

/* What an event reports (RFC 9110, 11.2 to 11.4). A challenge, or the credentials, is CHALLENGE_BEGIN, SCHEME, then
 * TOKEN68 or any number of PARAM_NAME and PARAM_VALUE, then CHALLENGE_END. -Info fields have names and values only. */
typedef enum authgrammar_event_kind AUTHGRAMMAR_INT {
    AUTHGRAMMAR_EVENT_CHALLENGE_BEGIN, /* [begin, begin) of the scheme */
    AUTHGRAMMAR_EVENT_SCHEME,
    AUTHGRAMMAR_EVENT_TOKEN68,
    AUTHGRAMMAR_EVENT_PARAM_NAME,
    AUTHGRAMMAR_EVENT_PARAM_VALUE,
    AUTHGRAMMAR_EVENT_CHALLENGE_END /* from the scheme to the end of the last part, closing DQUOTE included */
} authgrammar_event_kind;

/* "param_name". Constant time. */
AUTHGRAMMAR_API authgrammar_text authgrammar_event_kind_name(authgrammar_event_kind kind);

/* The bytes [begin, end) of the value, its field lines joined by ", ". The range of a quoted-string leaves out the DQUOTEs
 * and keeps the backslashes. */
typedef struct AUTHGRAMMAR_MAY_ALIAS authgrammar_event {
    uint8_t kind;      /* an authgrammar_event_kind */
    uint8_t quoted;    /* 1: a PARAM_VALUE that is a quoted-string */
    uint16_t reserved; /* may have any value */
    uint32_t begin;
    uint32_t end;
} authgrammar_event;

/* How many events a value of `bytes` bytes in `lines` field lines takes at most. */
#define AUTHGRAMMAR_EVENTS_FOR(bytes, lines) (2 * (bytes) + 6 * (lines) + 8)

/* A piece of a value that was read: a scheme, a token68, or the name or value of a parameter. A view. Members whose names
 * begin with private_ are the library's own, here and below. */
typedef struct authgrammar_word {
    authgrammar_text raw; /* the bytes as they are, escapes kept. If spans_lines is 1: the first piece alone */
    size_t begin;         /* in bytes from the start of the joined value */
    size_t end;
    size_t line;         /* the field line, from 0, in which it begins */
    size_t offset;       /* and where, in bytes from the start of that line */
    uint8_t quoted;      /* 1: a quoted-string, in which a backslash escapes the next octet */
    uint8_t spans_lines; /* 1: it ends in another line: only a broken or hostile sender does that */
    const void* private_lines;
    size_t private_line_count;
} authgrammar_word;

/* A word that means `text`, octet by octet. */
static inline authgrammar_word authgrammar_word_of(authgrammar_text text) {
    authgrammar_word word;
    memset(&word, 0, sizeof word);
    word.raw = text;
    word.end = text.size;
    return word;
}

/* The length of the unescaped word in bytes: without the backslashes of a quoted-string (RFC 9110, 5.6.4). Linear. */
AUTHGRAMMAR_API size_t authgrammar_word_size(const authgrammar_word* word);

/* Writes the unescaped word to `buffer`, without a NUL. `size`, unless NULL, receives the number of bytes written, or the
 * number that it takes if the answer is TEXT_BUFFER_FULL. word->end - word->begin bytes are always enough. The other error
 * is BUFFER_OVERLAP: the word lies in the buffer. On an error the buffer is untouched. Linear. */
AUTHGRAMMAR_API authgrammar_code authgrammar_word_unescape(const authgrammar_word* word, char* buffer, size_t capacity,
                                                           size_t* size);

/* The same with a NUL at the end, for which one of the `capacity` bytes is needed; `size` does not count it. On an error
 * the buffer holds the empty string, unless it overlaps or its capacity is 0. */
AUTHGRAMMAR_API authgrammar_code authgrammar_word_string(const authgrammar_word* word, char* buffer, size_t capacity,
                                                         size_t* size);

/* Whether the unescaped word is `text`; as authgrammar_equals() and authgrammar_equals_ignoring_case(). */
AUTHGRAMMAR_API int authgrammar_word_is(const authgrammar_word* word, authgrammar_text text);
AUTHGRAMMAR_API int authgrammar_word_is_ignoring_case(const authgrammar_word* word, authgrammar_text text);

/* Parameters in order, repeated names included; a view. All bytes 0: none. */
typedef struct authgrammar_params {
    size_t count;
    const void* private_view[8];
} authgrammar_params;

/* An auth-param (RFC 9110, 11.2); a view. Set all bytes to 0 before the first authgrammar_next_param(). */
typedef struct authgrammar_param {
    authgrammar_word name;
    authgrammar_word value;
    const void* private_cursor[8];
} authgrammar_param;

/* A challenge (RFC 9110, 11.3), or the credentials (RFC 9110, 11.4); a view. Set all bytes to 0 before the first
 * authgrammar_next_challenge(). */
typedef struct authgrammar_challenge {
    authgrammar_word scheme;
    authgrammar_word token68; /* token68.raw.data is NULL if there is none */
    authgrammar_params params;
    size_t begin; /* its range in the joined value */
    size_t end;
    const void* private_view[8];
    const void* private_cursor[8];
} authgrammar_challenge;

/* A value that was read; a view. */
typedef struct authgrammar_reading {
    authgrammar_field field;
    const authgrammar_event* events;
    size_t event_count;
    authgrammar_params params; /* of an -Info field; empty for others */
    const void* private_view[8];
} authgrammar_reading;

/* Reads the value of `field`, which came in `line_count` field lines: all of them in the order received, without their line
 * ends. They mean the same as the non-empty ones joined by ", " (RFC 9110, 5.3); nothing is joined in memory.
 *
 * The events are written to `events`, an array of `capacity`: 4 for each challenge, 2 for each parameter and, if there is
 * more than one line, 2 for each line. Up to AUTHGRAMMAR_EVENTS_FOR() are used. `reading` is a view of that array and of
 * the lines, but not of the array `lines` itself. If the answer is not AUTHGRAMMAR_OK, `reading` is empty, and `error`,
 * unless NULL, says where and why. Linear in the value. */
AUTHGRAMMAR_API authgrammar_code authgrammar_parse(authgrammar_reading* reading, authgrammar_field field,
                                                   const authgrammar_text* lines, size_t line_count,
                                                   const authgrammar_options* options, authgrammar_event* events,
                                                   size_t capacity, authgrammar_error* error);

/* Goes on to the next challenge, or to the credentials: 1, or 0 and all bytes 0 if there is none left. All of a value takes
 * linear time.
 *
 *     authgrammar_challenge c = {0};
 *     while (authgrammar_next_challenge(&reading, &c)) ... */
AUTHGRAMMAR_API int authgrammar_next_challenge(const authgrammar_reading* reading, authgrammar_challenge* challenge);

/* The first challenge of that scheme, without regard to ASCII case: 1, or 0 and all bytes 0. authgrammar_next_challenge()
 * goes on from there. Linear. */
AUTHGRAMMAR_API int authgrammar_find_challenge(const authgrammar_reading* reading, authgrammar_text scheme,
                                               authgrammar_challenge* challenge);

/* The same for parameters. */
AUTHGRAMMAR_API int authgrammar_next_param(const authgrammar_params* params, authgrammar_param* param);
AUTHGRAMMAR_API int authgrammar_find_param(const authgrammar_params* params, authgrammar_text name,
                                           authgrammar_param* param);

/* The first parameter whose name one before it has too, which a sender must not do (RFC 9110, 11.2): 1, or 0 and all bytes
 * 0. authgrammar_next_param() does not go on from it. Linear for up to 16,384 parameters. */
AUTHGRAMMAR_API int authgrammar_find_repeated_param(const authgrammar_params* params, authgrammar_param* param);

/* The scheme that a field line begins with, after white space, if a space or the end of the line follows it; else empty.
 * The rest is not read and need not be valid. A view of `line`. Linear in the white space and the scheme. */
AUTHGRAMMAR_API authgrammar_text authgrammar_scheme_of(authgrammar_text line);

/* ---- Reading in pieces ---- */

/* What a fragment of text is, as far as it is known when it arrives. */
typedef enum authgrammar_text_role AUTHGRAMMAR_INT {
    AUTHGRAMMAR_ROLE_SCHEME_OR_NAME,  /* after a list comma: an auth-scheme or a parameter name */
    AUTHGRAMMAR_ROLE_TOKEN68_OR_NAME, /* after auth-scheme and SP: a token68 or a parameter name */
    AUTHGRAMMAR_ROLE_SCHEME,
    AUTHGRAMMAR_ROLE_TOKEN68,
    AUTHGRAMMAR_ROLE_PARAM_NAME,
    AUTHGRAMMAR_ROLE_TOKEN_VALUE,
    AUTHGRAMMAR_ROLE_QUOTED_VALUE /* without the DQUOTEs, escapes kept */
} authgrammar_text_role;

/* Whom a tokenizer tells what it reads. Both callbacks may be NULL, and return 0 to go on; anything else stops the reading
 * for good.
 *
 * on_text receives the words themselves, in fragments, before the event of the word. The fragment is gone after the call.
 * A word after a comma may turn out to be the next scheme: keep its text until a SCHEME, TOKEN68, PARAM_NAME or PARAM_VALUE
 * comes; CHALLENGE_END and CHALLENGE_BEGIN may come before that. `position` counts from the start of the value. */
typedef struct authgrammar_consumer {
    int (*on_event)(void* context, const authgrammar_event* event);
    int (*on_text)(void* context, authgrammar_text_role role, authgrammar_text fragment, uint64_t position);
    void* context;
} authgrammar_consumer;

/* Reads a value that arrives in pieces, and keeps none of its bytes. May be copied between two calls, to go on from the same
 * place twice. */
typedef struct authgrammar_tokenizer {
    uint64_t private_state[16];
} authgrammar_tokenizer;

/* Makes `tokenizer` ready for a value of `field`. Keeps no pointer to the options. Constant time. */
AUTHGRAMMAR_API authgrammar_code authgrammar_tokenizer_init(authgrammar_tokenizer* tokenizer, authgrammar_field field,
                                                            const authgrammar_options* options);

/* Reads the next bytes of the value; pieces may be of any size, 0 included, and how the value is cut makes no difference to
 * the events. Between two field lines feed ", ". AUTHGRAMMAR_OK, or why the value is refused: every later call gives the
 * same answer then. `consumer` may be NULL. Linear in the piece. */
AUTHGRAMMAR_API authgrammar_code authgrammar_tokenizer_feed(authgrammar_tokenizer* tokenizer, const char* data,
                                                            size_t size, const authgrammar_consumer* consumer);

/* Says that the value is complete: it is valid only if the answer is AUTHGRAMMAR_OK. Constant time. */
AUTHGRAMMAR_API authgrammar_code authgrammar_tokenizer_finish(authgrammar_tokenizer* tokenizer,
                                                              const authgrammar_consumer* consumer);

/* The error so far, in full; its offset counts from the start of the value. Returns its code. Constant time. */
AUTHGRAMMAR_API authgrammar_code authgrammar_tokenizer_error(const authgrammar_tokenizer* tokenizer,
                                                             authgrammar_error* error);

/* ---- Writing ---- */

/* How the value of a parameter is written. */
typedef enum authgrammar_form AUTHGRAMMAR_INT {
    AUTHGRAMMAR_FORM_AUTOMATIC, /* realm quoted; others bare if they are a token, else quoted */
    AUTHGRAMMAR_FORM_TOKEN,     /* bare; an error if it is not a token */
    AUTHGRAMMAR_FORM_QUOTED
} authgrammar_form;

/* A parameter to write. `value` is plain: without DQUOTEs and escapes. A view. */
typedef struct authgrammar_param_spec {
    authgrammar_text name;
    authgrammar_text value;
    authgrammar_form form;
} authgrammar_param_spec;

/* A challenge or credentials to write: a scheme alone, with a token68, or with parameters. A view. */
typedef struct authgrammar_challenge_spec {
    authgrammar_text scheme;
    authgrammar_text token68; /* none if its data is NULL */
    const authgrammar_param_spec* params;
    size_t param_count;
} authgrammar_challenge_spec;

/* The argument that an error of writing is about. */
typedef enum authgrammar_part AUTHGRAMMAR_INT {
    AUTHGRAMMAR_PART_VALUE,
    AUTHGRAMMAR_PART_SCHEME,
    AUTHGRAMMAR_PART_TOKEN68,
    AUTHGRAMMAR_PART_PARAM_NAME,
    AUTHGRAMMAR_PART_PARAM_VALUE
} authgrammar_part;

/* What came of writing. `size` is the number of bytes written, or of those that it takes for TEXT_BUFFER_FULL. The texts
 * are of static storage. */
typedef struct authgrammar_written {
    authgrammar_code code;
    size_t size;
    authgrammar_part part; /* what the error is about, and the indices of the challenge and of the parameter in it */
    size_t challenge;
    size_t param;
    size_t offset; /* of the first octet at fault, in the plain argument */
    authgrammar_text name;
    authgrammar_text rule;
    authgrammar_text section;
    authgrammar_text expected;
    void* reserved[2];
} authgrammar_written;

/* Write a value of `field`, in the language of RFC9110_SENDER, to `buffer`, without a NUL; with a capacity of 0 they tell the
 * size. On an error nothing is written. `written` is optional. Nothing that is read may lie in the buffer. Linear for up to
 * 16,384 parameters in one challenge; less than 32 KiB of stack. */
AUTHGRAMMAR_API authgrammar_code authgrammar_write_challenges(authgrammar_field field,
                                                              const authgrammar_challenge_spec* list, size_t count,
                                                              char* buffer, size_t capacity,
                                                              authgrammar_written* written);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_credentials(authgrammar_field field,
                                                               const authgrammar_challenge_spec* spec, char* buffer,
                                                               size_t capacity, authgrammar_written* written);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_info(authgrammar_field field, const authgrammar_param_spec* list,
                                                        size_t count, char* buffer, size_t capacity,
                                                        authgrammar_written* written);

/* The same for what was read: the canonical form of its value. */
AUTHGRAMMAR_API authgrammar_code authgrammar_write_reading(const authgrammar_reading* reading, char* buffer,
                                                           size_t capacity, authgrammar_written* written);

#ifdef __cplusplus
}
#endif

#endif
