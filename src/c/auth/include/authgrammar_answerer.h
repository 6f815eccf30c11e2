/* Answering the challenges of servers and proxies, for C.
 *
 *     answerer   a client's accounts, and what servers have accepted. For one thread at a time.
 *     attempt    one request, sent as often as it takes.
 *
 * Credentials go to the server that they were added for, and nowhere else. Nothing here waits or does I/O.
 *
 * Link with authgrammar_c_auth. What authgrammar.h says of lifetimes and arguments holds here too. Only what ends with _new()
 * or _dup() allocates, apart from what OpenSSL does while it computes a hash: _new() makes an object, to be freed by the
 * function that ends with _free(); _dup() keeps copies of what it is given in an object, and they are freed with it. Secrets
 * are wiped then. */
#ifndef AUTHGRAMMAR_ANSWERER_H
#define AUTHGRAMMAR_ANSWERER_H

#include <authgrammar_schemes.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Answerer ---- */

/* authgrammar_answerer_options_init() sets the defaults, which fail closed. */
typedef struct authgrammar_answerer_options {
    size_t size;                    /* sizeof(authgrammar_answerer_options): later versions may append members */
    int allow_unsecured;            /* whether Basic and Bearer are sent on connections that are not secured */
    authgrammar_tolerances allowed; /* in reading challenges */

    /* What is remembered for requests to come: credentials, bytes, scopes of one of them; and for how long, in seconds. */
    size_t entries;       /* 256 */
    size_t bytes;         /* 1 MiB */
    size_t scopes;        /* 64 */
    uint64_t lifetime_s;  /* from when they were last accepted; 8 hours */
    uint64_t idle_time_s; /* from when they were last accepted or offered; 30 minutes */

    /* How often a request is repeated at most. */
    size_t tries;    /* answers to new challenges; 4 */
    size_t rounds;   /* rounds of one scheme; 8 */
    size_t renewals; /* new nonces or tokens without another answer between them; 1 */

    /* Milliseconds of a clock that is never set back; NULL: the steady clock of the system. */
    int64_t (*now)(void* context);
    void* now_context;
} authgrammar_answerer_options;

static inline void authgrammar_answerer_options_init(authgrammar_answerer_options* options) {
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->entries = 256;
    options->bytes = 1u << 20;
    options->scopes = 64;
    options->lifetime_s = 8 * 60 * 60;
    options->idle_time_s = 30 * 60;
    options->tries = 4;
    options->rounds = 8;
    options->renewals = 1;
}

typedef struct authgrammar_answerer authgrammar_answerer;

/* Makes an answerer; to be freed after its attempts by authgrammar_answerer_free(). `options` may be NULL. Errors:
 * INVALID_ARGUMENT, NO_MEMORY; `answerer` is NULL then. */
AUTHGRAMMAR_API authgrammar_code authgrammar_answerer_new(const authgrammar_answerer_options* options,
                                                          authgrammar_answerer** answerer);
AUTHGRAMMAR_API void authgrammar_answerer_free(authgrammar_answerer* answerer);

/* A user of the server of `uri`, for Digest and, where that is not offered, Basic; a token for Bearer. For one realm if
 * `realm` is not NULL, else for all of that server. Errors: INVALID_ARGUMENT, also for a URI that cannot be read;
 * NO_MEMORY. */
AUTHGRAMMAR_API authgrammar_code authgrammar_answerer_add_user_dup(authgrammar_answerer* answerer, authgrammar_text uri,
                                                                   authgrammar_text user, authgrammar_text password,
                                                                   const authgrammar_text* realm);
AUTHGRAMMAR_API authgrammar_code authgrammar_answerer_add_token_dup(authgrammar_answerer* answerer,
                                                                    authgrammar_text uri, authgrammar_text token,
                                                                    const authgrammar_text* realm);

/* The host makes tokens for a scheme of rounds, such as Negotiate or SCRAM-SHA-256: attempts to this server may be PENDING
 * then. Errors as above. */
AUTHGRAMMAR_API authgrammar_code authgrammar_answerer_add_rounds_dup(authgrammar_answerer* answerer,
                                                                     authgrammar_text uri, authgrammar_text scheme);

/* Forgets what servers have accepted, as a user does who logs out; accounts stay. */
AUTHGRAMMAR_API void authgrammar_answerer_forget(authgrammar_answerer* answerer);

/* ---- Attempt ---- */

/* The request that an attempt is for. Views, for the length of the call. */
typedef struct authgrammar_client_request {
    size_t size; /* sizeof(authgrammar_client_request): later versions may append members */
    authgrammar_text method;
    authgrammar_text uri;       /* absolute http or https URI, which says whose credentials the request may carry */
    authgrammar_text body_hash; /* SHA-256 of the body in lower-case hexadecimal, to answer qop=auth-int; or empty */
    authgrammar_text target;    /* request-target as it is sent; if empty it is made from the normal form of `uri` */
} authgrammar_client_request;

static inline void authgrammar_client_request_init(authgrammar_client_request* request, authgrammar_text method,
                                                   authgrammar_text uri) {
    memset(request, 0, sizeof *request);
    request->size = sizeof *request;
    request->method = method;
    request->uri = uri;
}

/* A response to it. Views, for the length of the call. */
typedef struct authgrammar_client_response {
    size_t size; /* sizeof(authgrammar_client_response): later versions may append members */
    int status;
    const authgrammar_text* challenges; /* all lines of WWW-Authenticate; at a proxy: of Proxy-Authenticate */
    size_t challenge_count;
    const authgrammar_text* info; /* all lines of Authentication-Info; at a proxy: of Proxy-Authentication-Info */
    size_t info_count;
    authgrammar_text
        body_hash; /* SHA-256 of the body in lower-case hexadecimal; without it the proof of a server that was
                                 * answered with auth-int cannot be right */
} authgrammar_client_response;

static inline void authgrammar_client_response_init(authgrammar_client_response* response, int status) {
    memset(response, 0, sizeof *response);
    response->size = sizeof *response;
    response->status = status;
}

typedef enum authgrammar_attempt_state AUTHGRAMMAR_INT {
    AUTHGRAMMAR_ATTEMPT_SEND,    /* send the request, with the credentials if there are some */
    AUTHGRAMMAR_ATTEMPT_PENDING, /* the host has to make a token: authgrammar_attempt_token_is_dup() */
    AUTHGRAMMAR_ATTEMPT_DONE,    /* the response was not refused for want of credentials */
    AUTHGRAMMAR_ATTEMPT_GIVE_UP  /* show the response to the user */
} authgrammar_attempt_state;

/* Why an attempt gives up. The numbers are stable. */
typedef enum authgrammar_give_up AUTHGRAMMAR_INT {
    AUTHGRAMMAR_GIVE_UP_NONE = 0,
    AUTHGRAMMAR_GIVE_UP_NO_CHALLENGE = 1,       /* 401 or 407 without a challenge */
    AUTHGRAMMAR_GIVE_UP_MALFORMED = 2,          /* the challenges are not in the grammar */
    AUTHGRAMMAR_GIVE_UP_UNKNOWN_SCHEME = 3,     /* no challenge is of a scheme that there is an account for */
    AUTHGRAMMAR_GIVE_UP_NO_ACCOUNT = 4,         /* none for this server and realm */
    AUTHGRAMMAR_GIVE_UP_UNSECURED = 5,          /* whoever listens could use what is asked for */
    AUTHGRAMMAR_GIVE_UP_ALREADY_TRIED = 6,      /* these credentials were refused */
    AUTHGRAMMAR_GIVE_UP_REFUSED = 7,            /* the server has refused often enough */
    AUTHGRAMMAR_GIVE_UP_WRONG_PROXY_STATUS = 8, /* 407 to a request for a server, or 401 to one for a proxy */
    AUTHGRAMMAR_GIVE_UP_NOT_COMPUTABLE = 9,     /* user or password cannot be sent, or the algorithm is missing */
    AUTHGRAMMAR_GIVE_UP_INVALID_ARGUMENT = 256, /* of C alone, as the next one */
    AUTHGRAMMAR_GIVE_UP_NO_MEMORY = 257
} authgrammar_give_up;

/* "no_account". Constant time. */
AUTHGRAMMAR_API authgrammar_text authgrammar_give_up_name(authgrammar_give_up reason);

/* Whether the server has shown that it knows the password too (RFC 7616, 3.5). */
typedef enum authgrammar_server_proof AUTHGRAMMAR_INT {
    AUTHGRAMMAR_PROOF_NONE, /* it has not, and need not */
    AUTHGRAMMAR_PROOF_RIGHT,
    AUTHGRAMMAR_PROOF_WRONG /* do not trust the response */
} authgrammar_server_proof;

typedef struct authgrammar_attempt authgrammar_attempt;

/* Begins with a request to the server of its URI, or with what the proxy at `proxy` wants; to be freed by
 * authgrammar_attempt_free(). Errors: INVALID_ARGUMENT, NO_MEMORY; `attempt` is NULL then. */
AUTHGRAMMAR_API authgrammar_code authgrammar_attempt_new(authgrammar_answerer* answerer,
                                                         const authgrammar_client_request* request,
                                                         authgrammar_attempt** attempt);
AUTHGRAMMAR_API authgrammar_code authgrammar_attempt_at_proxy_new(authgrammar_answerer* answerer,
                                                                  authgrammar_text proxy,
                                                                  const authgrammar_client_request* request,
                                                                  authgrammar_attempt** attempt);
AUTHGRAMMAR_API void authgrammar_attempt_free(authgrammar_attempt* attempt);

/* Takes note of a response; an interim one (1xx) changes nothing. An invalid argument, or no memory, ends the attempt: it
 * gives up. Linear. */
AUTHGRAMMAR_API authgrammar_attempt_state authgrammar_attempt_receive_dup(authgrammar_attempt* attempt,
                                                                          const authgrammar_client_response* response);

/* While PENDING: the token to send, in base64; NULL gives up. */
AUTHGRAMMAR_API authgrammar_attempt_state authgrammar_attempt_token_is_dup(authgrammar_attempt* attempt,
                                                                           const authgrammar_text* token68);

/* What there is to say; texts are views of the attempt, until it is used again. NULL is an attempt that gives up. */
AUTHGRAMMAR_API authgrammar_attempt_state authgrammar_attempt_state_of(const authgrammar_attempt* attempt);
AUTHGRAMMAR_API authgrammar_give_up authgrammar_attempt_why(const authgrammar_attempt* attempt);
/* While SEND: the credentials to send, a secret, and the field to send them in: 1, or 0 to send the request without. In any
 * other state 0. */
AUTHGRAMMAR_API int authgrammar_attempt_credentials(const authgrammar_attempt* attempt, authgrammar_field* field,
                                                    authgrammar_text* value);
/* The request-target to send: that of the request, or what was made from its URI. */
AUTHGRAMMAR_API authgrammar_text authgrammar_attempt_target(const authgrammar_attempt* attempt);
/* The scheme of the credentials, or the one that a token is wanted for; once DONE, that of the credentials that were accepted.
 * Empty if there are none, and in GIVE_UP. */
AUTHGRAMMAR_API authgrammar_text authgrammar_attempt_scheme(const authgrammar_attempt* attempt);
/* While PENDING: what the server has sent, in base64; empty in the first round. Once DONE, its last token, by which the
 * mechanism finds out whether the server is who it says. Otherwise empty. */
AUTHGRAMMAR_API authgrammar_text authgrammar_attempt_token(const authgrammar_attempt* attempt);
AUTHGRAMMAR_API authgrammar_server_proof authgrammar_attempt_proof(const authgrammar_attempt* attempt);

#ifdef __cplusplus
}
#endif

#endif
