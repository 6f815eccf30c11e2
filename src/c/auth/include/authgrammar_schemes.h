/* The authentication schemes for C: Basic (RFC 7617), Bearer (RFC 6750), Digest (RFC 7616), Negotiate and NTLM read and
 * written by type, and every other scheme checked by its description.
 *
 * Link with authgrammar_c_auth (pkg-config authgrammar-c-auth). What authgrammar.h says of memory, lifetimes, threads and
 * arguments holds here too: nothing allocates. Reading functions fill in `read` and return AUTHGRAMMAR_SCHEME_OK, or set it
 * to 0, fill in `error` (optional) and say why. Writing functions are like those of authgrammar.h. */
#ifndef AUTHGRAMMAR_SCHEMES_H
#define AUTHGRAMMAR_SCHEMES_H

#include <authgrammar.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Tolerances ---- */

/* Rules that a reader may waive because some peers break them: a set of bits. All are kept unless the caller says otherwise,
 * and what was read with one waived says so. The numbers are stable. */
typedef uint32_t authgrammar_tolerances;
enum {
    AUTHGRAMMAR_TOLERATE_BASE64_MISSING_PADDING = 1 << 1, /* base64 without the "=" at its end */
    AUTHGRAMMAR_TOLERATE_BASE64URL_ALPHABET = 1 << 2,     /* base64 with "-" and "_" */
    AUTHGRAMMAR_TOLERATE_BASIC_MISSING_REALM = 1 << 3,    /* a Basic challenge without realm */
    AUTHGRAMMAR_TOLERATE_UNKNOWN_CHARSET = 1 << 4,        /* a charset other than UTF-8, read as if it were absent */
    AUTHGRAMMAR_TOLERATE_BEARER_WITHOUT_PARAMS = 1 << 5,  /* a Bearer challenge that is the scheme alone */
    AUTHGRAMMAR_TOLERATE_BEARER_OCTETS = 1 << 6,          /* octets that error and its companions must not have */
    AUTHGRAMMAR_TOLERATE_DIGEST_WITHOUT_QOP = 1 << 7,     /* Digest as in RFC 2069 */
    AUTHGRAMMAR_TOLERATE_DIGEST_NC_LENGTH = 1 << 8,       /* an nc of fewer than eight digits */
    AUTHGRAMMAR_TOLERATE_DIGEST_UPPER_CASE_HEX = 1 << 9,  /* "A" to "F" in a response, rspauth or hashed username */
    AUTHGRAMMAR_TOLERATE_BASE64_ALPHABET = 1 << 10        /* base64url with "+" and "/" */
};

/* ---- Errors ---- */

/* Why a value is not what its scheme asks for. The numbers are stable. */
typedef enum authgrammar_scheme_code AUTHGRAMMAR_INT {
    AUTHGRAMMAR_SCHEME_OK = 0,
    AUTHGRAMMAR_SCHEME_ERR_MALFORMED_VALUE = 1,    /* not in the grammar: authgrammar_scheme_error.grammar says why */
    AUTHGRAMMAR_SCHEME_ERR_OTHER_SCHEME = 2,       /* a challenge or credentials of another scheme */
    AUTHGRAMMAR_SCHEME_ERR_EXPECTED_TOKEN68 = 3,   /* a token68 must follow the scheme */
    AUTHGRAMMAR_SCHEME_ERR_UNEXPECTED_TOKEN68 = 4, /* there is a token68, and must be none */
    AUTHGRAMMAR_SCHEME_ERR_MISSING_PARAM = 5,
    AUTHGRAMMAR_SCHEME_ERR_REPEATED_PARAM = 6,
    AUTHGRAMMAR_SCHEME_ERR_UNEXPECTED_PARAM = 7,
    AUTHGRAMMAR_SCHEME_ERR_INVALID_VALUE = 8,     /* of a parameter */
    AUTHGRAMMAR_SCHEME_ERR_UNKNOWN_ALGORITHM = 9, /* ignore the challenge */
    AUTHGRAMMAR_SCHEME_ERR_UNKNOWN_QOP = 10,      /* likewise */
    AUTHGRAMMAR_SCHEME_ERR_BUFFER_FULL = 11,
    AUTHGRAMMAR_SCHEME_ERR_UNDEFINED_MESSAGE = 12, /* the scheme has no such message */
    AUTHGRAMMAR_SCHEME_ERR_VALUE_NOT_QUOTED = 13,
    AUTHGRAMMAR_SCHEME_ERR_VALUE_QUOTED = 14,
    AUTHGRAMMAR_SCHEME_ERR_INVALID_BASE64 = 32,
    AUTHGRAMMAR_SCHEME_ERR_BASE64_LENGTH = 33,
    AUTHGRAMMAR_SCHEME_ERR_BASE64_PADDING = 34,
    AUTHGRAMMAR_SCHEME_ERR_BASE64_TRAILING_BITS = 35,
    AUTHGRAMMAR_SCHEME_ERR_MISSING_COLON = 48,     /* between user-id and password */
    AUTHGRAMMAR_SCHEME_ERR_CONTROL_CHARACTER = 49, /* in the user-id or the password */
    AUTHGRAMMAR_SCHEME_ERR_TWO_USERNAMES = 64,
    AUTHGRAMMAR_SCHEME_ERR_INVALID_EXT_VALUE = 65,
    AUTHGRAMMAR_SCHEME_ERR_INVALID_MESSAGE = 80,
    AUTHGRAMMAR_SCHEME_ERR_INVALID_ARGUMENT = 256 /* of C alone: see authgrammar.h */
} authgrammar_scheme_code;

/* The stable name, such as "missing_param". Constant time. */
AUTHGRAMMAR_API authgrammar_text authgrammar_scheme_code_name(authgrammar_scheme_code code);

/* All texts are of static storage and show no byte of the value. */
typedef struct authgrammar_scheme_error {
    authgrammar_scheme_code code;
    authgrammar_code grammar;            /* of MALFORMED_VALUE: why the value is not in the grammar */
    authgrammar_tolerances permitted_by; /* the tolerance that would let it pass; 0 if there is none */
    size_t offset;                       /* of the first byte at fault, from the start of the joined value */
    authgrammar_text name;               /* of the code */
    authgrammar_text param;              /* the parameter, if the scheme defines it */
    authgrammar_text section;            /* where it is required, such as "RFC 7616, 3.4" */
    authgrammar_text expected;           /* what may be at `offset`, in words */
    void* reserved[2];
} authgrammar_scheme_error;

/* ---- Basic ---- */

/* Views of the buffer that they were decoded to. */
typedef struct authgrammar_basic {
    authgrammar_text user_id;
    authgrammar_text password; /* a secret: wipe the buffer when you are done with it */
    authgrammar_tolerances used;
} authgrammar_basic;

/* Reads a field line of Authorization or Proxy-Authorization all the way to user-id and password. value.size bytes are
 * always enough for `buffer`; on an error it is overwritten with zeros. */
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_basic(authgrammar_text value, authgrammar_tolerances allowed,
                                                               char* buffer, size_t capacity, authgrammar_basic* read,
                                                               authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_basic(authgrammar_field field, authgrammar_text user_id,
                                                         authgrammar_text password, char* buffer, size_t capacity,
                                                         authgrammar_written* written);

typedef struct authgrammar_basic_challenge {
    authgrammar_word realm;
    int utf8; /* charset="UTF-8" */
    authgrammar_tolerances used;
} authgrammar_basic_challenge;

AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_basic_challenge(const authgrammar_challenge* challenge,
                                                                         authgrammar_tolerances allowed,
                                                                         authgrammar_basic_challenge* read,
                                                                         authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_basic_challenge(authgrammar_field field,
                                                                   const authgrammar_basic_challenge* challenge,
                                                                   char* buffer, size_t capacity,
                                                                   authgrammar_written* written);

/* ---- Bearer ---- */

/* Reads a field line of Authorization or Proxy-Authorization. `token` is a view of it, and a secret. */
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_bearer(authgrammar_text value, authgrammar_text* token,
                                                                authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_bearer(authgrammar_field field, authgrammar_text token, char* buffer,
                                                          size_t capacity, authgrammar_written* written);

/* A word whose raw.data is NULL is absent, here and below. */
typedef struct authgrammar_bearer_challenge {
    authgrammar_word realm;
    authgrammar_word scope; /* a list: authgrammar_for_each_in_list() */
    authgrammar_word error; /* "invalid_token" */
    authgrammar_word error_description;
    authgrammar_word error_uri;
    authgrammar_word acr_values; /* RFC 9470; a list */
    authgrammar_word resource_metadata;
    int has_max_age; /* RFC 9470 */
    uint64_t max_age;
    authgrammar_tolerances used;
} authgrammar_bearer_challenge;

AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_bearer_challenge(const authgrammar_challenge* challenge,
                                                                          authgrammar_tolerances allowed,
                                                                          authgrammar_bearer_challenge* read,
                                                                          authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_bearer_challenge(authgrammar_field field,
                                                                    const authgrammar_bearer_challenge* challenge,
                                                                    char* buffer, size_t capacity,
                                                                    authgrammar_written* written);

/* ---- Digest ---- */

typedef enum authgrammar_digest_algorithm AUTHGRAMMAR_INT {
    AUTHGRAMMAR_DIGEST_MD5,
    AUTHGRAMMAR_DIGEST_MD5_SESS,
    AUTHGRAMMAR_DIGEST_SHA_256,
    AUTHGRAMMAR_DIGEST_SHA_256_SESS,
    AUTHGRAMMAR_DIGEST_SHA_512_256,
    AUTHGRAMMAR_DIGEST_SHA_512_256_SESS
} authgrammar_digest_algorithm;

/* "SHA-512-256-sess". Constant time. */
AUTHGRAMMAR_API authgrammar_text authgrammar_digest_algorithm_name(authgrammar_digest_algorithm algorithm);

/* Quality of protection. A set of them has the bit 1 << qop for each. */
typedef enum authgrammar_digest_qop AUTHGRAMMAR_INT {
    AUTHGRAMMAR_QOP_NONE, /* without qop, as in RFC 2069 */
    AUTHGRAMMAR_QOP_AUTH,
    AUTHGRAMMAR_QOP_AUTH_INT
} authgrammar_digest_qop;

typedef struct authgrammar_digest_challenge {
    authgrammar_word realm;
    authgrammar_word nonce;
    authgrammar_word opaque;
    authgrammar_word domain; /* a list; absent from Proxy-Authenticate */
    authgrammar_digest_algorithm algorithm;
    int algorithm_given; /* 0: there is no parameter, and `algorithm` is MD5 */
    unsigned qops;       /* a set; empty: the challenge is that of RFC 2069 */
    int stale;           /* the nonce was too old; the password was not looked at */
    int userhash;        /* the server wants the username hashed */
    int utf8;            /* charset=UTF-8 */
    authgrammar_tolerances used;
} authgrammar_digest_challenge;

/* How credentials carry the username (RFC 7616, 3.4). */
typedef enum authgrammar_username_form AUTHGRAMMAR_INT {
    AUTHGRAMMAR_USERNAME_PLAIN,
    AUTHGRAMMAR_USERNAME_EXTENDED, /* username*, an ext-value (RFC 8187), which is not decoded */
    AUTHGRAMMAR_USERNAME_HASHED
} authgrammar_username_form;

typedef struct authgrammar_digest_credentials {
    authgrammar_word username;
    authgrammar_username_form form;
    authgrammar_word realm;
    authgrammar_word nonce;
    authgrammar_word uri;
    authgrammar_word response;
    authgrammar_word cnonce;
    authgrammar_word opaque;
    authgrammar_word nc_digits; /* nc as it was sent, which is what the client hashed; not looked at in writing */
    uint32_t nc;
    authgrammar_digest_qop qop;
    authgrammar_digest_algorithm algorithm;
    int algorithm_given;
    authgrammar_tolerances used;
} authgrammar_digest_credentials;

typedef struct authgrammar_digest_info {
    authgrammar_word nextnonce;
    authgrammar_word rspauth;
    authgrammar_word cnonce;
    authgrammar_word nc_digits; /* nc as it was sent; written as it is if it is not empty */
    int has_nc;
    uint32_t nc;
    authgrammar_digest_qop qop;
    authgrammar_tolerances used;
} authgrammar_digest_info;

/* `field` is that of the challenge: in Proxy-Authenticate, domain is ignored. */
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_digest_challenge(authgrammar_field field,
                                                                          const authgrammar_challenge* challenge,
                                                                          authgrammar_tolerances allowed,
                                                                          authgrammar_digest_challenge* read,
                                                                          authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_digest_credentials(const authgrammar_challenge* credentials,
                                                                            authgrammar_tolerances allowed,
                                                                            authgrammar_digest_credentials* read,
                                                                            authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_digest_info(const authgrammar_params* params,
                                                                     authgrammar_tolerances allowed,
                                                                     authgrammar_digest_info* read,
                                                                     authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_digest_challenge(authgrammar_field field,
                                                                    const authgrammar_digest_challenge* challenge,
                                                                    char* buffer, size_t capacity,
                                                                    authgrammar_written* written);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_digest_credentials(authgrammar_field field,
                                                                      const authgrammar_digest_credentials* credentials,
                                                                      char* buffer, size_t capacity,
                                                                      authgrammar_written* written);
AUTHGRAMMAR_API authgrammar_code authgrammar_write_digest_info(authgrammar_field field,
                                                               const authgrammar_digest_info* info, char* buffer,
                                                               size_t capacity, authgrammar_written* written);

/* ---- Negotiate and NTLM ---- */

/* The part that a message has in an exchange of several legs. */
typedef enum authgrammar_leg AUTHGRAMMAR_INT {
    AUTHGRAMMAR_LEG_START,    /* a challenge without data: begin, or begin again */
    AUTHGRAMMAR_LEG_PROCEED,  /* a challenge with data, in a 401 or 407: send the next token */
    AUTHGRAMMAR_LEG_FINISH,   /* a challenge with data and another status: the last token of the server */
    AUTHGRAMMAR_LEG_INITIATE, /* credentials with the first token of the client */
    AUTHGRAMMAR_LEG_RESPOND   /* credentials with a later one */
} authgrammar_leg;

typedef struct authgrammar_negotiate_message {
    authgrammar_leg leg;
    authgrammar_text token; /* the octets: a view of the buffer that they were decoded to */
    authgrammar_tolerances used;
} authgrammar_negotiate_message;

/* `scheme` is "Negotiate" or "NTLM", without regard to case. A `status` of 0 means that `message` is the credentials of a
 * request; otherwise it is a challenge of a response with that status. message->token68.raw.size bytes are always enough
 * for `buffer`. */
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_read_negotiate(authgrammar_text scheme,
                                                                   const authgrammar_challenge* message, int status,
                                                                   authgrammar_tolerances allowed, char* buffer,
                                                                   size_t capacity, authgrammar_negotiate_message* read,
                                                                   authgrammar_scheme_error* error);

/* Writes the scheme and the token in base64, if it is not empty: a challenge or credentials, as `field` says. */
AUTHGRAMMAR_API authgrammar_code authgrammar_write_negotiate(authgrammar_field field, authgrammar_text scheme,
                                                             authgrammar_text token, char* buffer, size_t capacity,
                                                             authgrammar_written* written);

/* ---- Any scheme ---- */

/* A scheme of the table: those of the IANA registry and others in use. Of static storage. */
typedef struct authgrammar_scheme authgrammar_scheme;

/* The scheme of that name, without regard to ASCII case; NULL if the table has none. Linear in the table. */
AUTHGRAMMAR_API const authgrammar_scheme* authgrammar_find_scheme(authgrammar_text name);

/* The registered name, and where the scheme is defined: "RFC 9449, Section 7.1". Empty for NULL. */
AUTHGRAMMAR_API authgrammar_text authgrammar_scheme_name(const authgrammar_scheme* scheme);
AUTHGRAMMAR_API authgrammar_text authgrammar_scheme_reference(const authgrammar_scheme* scheme);

/* Whether a challenge, credentials, or the parameters of an -Info field are as the description of the scheme has them: a
 * check of syntax, which verifies no signature, proof or token. `used` (optional) receives the tolerances that were
 * needed. Linear; up to 32 KiB of stack. */
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_check_challenge(const authgrammar_scheme* scheme,
                                                                    const authgrammar_challenge* challenge,
                                                                    authgrammar_tolerances allowed,
                                                                    authgrammar_tolerances* used,
                                                                    authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_check_credentials(const authgrammar_scheme* scheme,
                                                                      const authgrammar_challenge* credentials,
                                                                      authgrammar_tolerances allowed,
                                                                      authgrammar_tolerances* used,
                                                                      authgrammar_scheme_error* error);
AUTHGRAMMAR_API authgrammar_scheme_code authgrammar_check_info(const authgrammar_scheme* scheme,
                                                               const authgrammar_params* params,
                                                               authgrammar_tolerances allowed,
                                                               authgrammar_tolerances* used,
                                                               authgrammar_scheme_error* error);

/* How a scheme wants a parameter written in a field, for authgrammar_param_spec.form. Linear in the table. */
AUTHGRAMMAR_API authgrammar_form authgrammar_form_of(authgrammar_text scheme, authgrammar_field field,
                                                     authgrammar_text param);

/* Calls `each` for the elements of a list separated by SP, in order, until it returns another number than 0, which is the
 * answer then; else 0. Linear. */
AUTHGRAMMAR_API int authgrammar_for_each_in_list(const authgrammar_word* list,
                                                 int (*each)(void* context, const authgrammar_word* element),
                                                 void* context);

/* ---- Secrets ---- */

/* Whether the texts are equal, in a time that depends on their sizes alone. */
AUTHGRAMMAR_API int authgrammar_equal_secrets(authgrammar_text a, authgrammar_text b);

/* Overwrites `size` bytes with zeros, in a way that no compiler leaves out. */
AUTHGRAMMAR_API void authgrammar_wipe(void* bytes, size_t size);

#ifdef __cplusplus
}
#endif

#endif
