/* Protecting a part of a server with Basic, Digest, Bearer, and schemes of several rounds such as Negotiate, for C.
 *
 *     guard      what the part is protected with: realm, schemes, limits. Made once; any number of threads may use it.
 *     exchange   checks one request after another with a guard; for one thread at a time. One for each thread or connection.
 *
 * An exchange says PENDING as long as the host has to answer something: whether a password is right, what the secret of a
 * user is, what a token is worth, what a round leads to. It may answer at once or later, from wherever it is called; nothing
 * here waits or does I/O.
 *
 * Link with authgrammar_c_auth. What authgrammar.h says of memory, lifetimes and arguments holds here too; only what ends
 * with _new() allocates, apart from what OpenSSL does while it computes a hash. A request is refused with 500 if an argument
 * is invalid, NULL for the exchange included. */
#ifndef AUTHGRAMMAR_GUARD_H
#define AUTHGRAMMAR_GUARD_H

#include <authgrammar_decide.h>
#include <authgrammar_schemes.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Guard ---- */

typedef enum authgrammar_offer_scheme AUTHGRAMMAR_INT {
    AUTHGRAMMAR_OFFER_BASIC,
    AUTHGRAMMAR_OFFER_DIGEST,
    AUTHGRAMMAR_OFFER_BEARER,
    AUTHGRAMMAR_OFFER_ROUNDS /* a scheme of several rounds, whose tokens the host judges and makes */
} authgrammar_offer_scheme;

/* A scheme that a guard offers. authgrammar_offer_init() sets the defaults. */
typedef struct authgrammar_offer {
    authgrammar_offer_scheme scheme;
    authgrammar_tolerances allowed; /* of Basic and Digest, in reading credentials */
    int utf8;                       /* of Basic and Digest: charset="UTF-8" in the challenge; 1 */

    /* Of Digest. One challenge is sent for each algorithm, the preferred one first; by default SHA-256. */
    const authgrammar_digest_algorithm* algorithms;
    size_t algorithm_count;
    unsigned qops; /* a set of authgrammar_digest_qop; auth */
    int userhash;
    int renew_nonce;         /* send nextnonce with every success */
    authgrammar_text opaque; /* not sent if empty, as the next one */
    authgrammar_text domain;

    /* Of Bearer. Not sent if empty. */
    authgrammar_text scope;
    authgrammar_text resource_metadata;

    /* Of ROUNDS. "Negotiate" (RFC 4559), "NTLM", "SCRAM-SHA-1" or "SCRAM-SHA-256" (RFC 7804); Negotiate. */
    authgrammar_text rounds;
    void* reserved[4];
} authgrammar_offer;

static inline void authgrammar_offer_init(authgrammar_offer* offer, authgrammar_offer_scheme scheme) {
    memset(offer, 0, sizeof *offer);
    offer->scheme = scheme;
    offer->utf8 = 1;
    offer->qops = 1u << AUTHGRAMMAR_QOP_AUTH;
    offer->rounds = AUTHGRAMMAR_TEXT("Negotiate");
}

/* Whether nonce and nc were used before. */
typedef enum authgrammar_replay_verdict AUTHGRAMMAR_INT {
    AUTHGRAMMAR_REPLAY_FIRST,     /* never before */
    AUTHGRAMMAR_REPLAY_SEEN,      /* before */
    AUTHGRAMMAR_REPLAY_FORGOTTEN, /* no longer known */
    AUTHGRAMMAR_REPLAY_FULL       /* there is no room for another nonce */
} authgrammar_replay_verdict;

/* How a guard is set up. authgrammar_guard_options_init() sets the defaults, which fail closed. */
typedef struct authgrammar_guard_options {
    size_t size; /* sizeof(authgrammar_guard_options): later versions may append members */
    authgrammar_text realm;
    const authgrammar_offer* offers; /* the preferred one first, each scheme once */
    size_t offer_count;
    authgrammar_hop hop; /* a PROXY reads Proxy-Authorization and answers 407 */
    int allow_unsecured; /* whether requests that are not secured may be let in */
    int one_line;        /* all challenges in one field line */
    authgrammar_malformed malformed;
    authgrammar_hiding hide_with;

    /* Of Digest. 16 secret bytes, the same for all servers of one name; NULL: random ones. */
    const unsigned char* nonce_key;
    uint64_t nonce_lifetime_ms; /* 300000 */
    uint64_t nonce_skew_ms;     /* by how much the clocks of servers with one key may differ; 0 */

    /* What remembers which nc were used with which nonce; the first of these that is set:
     * - `replay_check`, which marks `nc` of the nonce as used and tells whether it was before: any number of threads call it
     *   at once, and of calls with equal arguments one at most may be answered with FIRST;
     * - `replay_memory`, which authgrammar_replay_create() made and processes may share;
     * - memory of the guard's own with room for `nonces` nonces. */
    authgrammar_replay_verdict (*replay_check)(void* context, uint64_t made, uint64_t random, uint32_t nc);
    void* replay_context;
    void* replay_memory;
    size_t replay_memory_size;
    uint32_t nonces; /* 10000 */

    /* Milliseconds since 1970, for requests that do not say. NULL: the system's clock, which is asked once and counted on from
       there if key and memory of nonces are the guard's own. Any number of threads call it. */
    int64_t (*now)(void* context);
    void* now_context;
} authgrammar_guard_options;

static inline void authgrammar_guard_options_init(authgrammar_guard_options* options) {
    memset(options, 0, sizeof *options);
    options->size = sizeof *options;
    options->nonce_lifetime_ms = 300000;
    options->nonces = 10000;
}

/* How many bytes a replay memory for so many nonces takes, and an empty one in `memory`, which must be aligned to 8 and
 * outlive the guards that use it. `lifetime_ms` is that of the nonces. Errors: INVALID_ARGUMENT, also for memory that is too
 * small or not aligned, and for a lifetime of less than a second. Linear. */
AUTHGRAMMAR_API size_t authgrammar_replay_memory_for(uint32_t nonces);
AUTHGRAMMAR_API authgrammar_code authgrammar_replay_create(void* memory, size_t size, uint32_t nonces,
                                                           uint64_t lifetime_ms);

typedef struct authgrammar_guard authgrammar_guard;

/* Makes a guard, which copies all but the replay memory and the contexts; to be freed after its exchanges by
 * authgrammar_guard_free(). Errors: INVALID_ARGUMENT, NO_MEMORY; `guard` is NULL then. */
AUTHGRAMMAR_API authgrammar_code authgrammar_guard_new(const authgrammar_guard_options* options,
                                                       authgrammar_guard** guard);
AUTHGRAMMAR_API void authgrammar_guard_free(authgrammar_guard* guard);

/* Why the guard lets nobody in and answers 500: empty if it is usable. A text of static storage. */
AUTHGRAMMAR_API authgrammar_text authgrammar_guard_why_not(const authgrammar_guard* guard);

/* ---- Exchange ---- */

/* A request as the server received it, and what it knows about the target. A view: what it refers to must live until the
 * exchange is no longer PENDING; the array of lines need not. */
typedef struct authgrammar_request {
    size_t size; /* sizeof(authgrammar_request): later versions may append members */
    authgrammar_text method;
    authgrammar_text target; /* request-target, as in the request line: Digest's uri must be these octets */

    /* All lines of Authorization, or of Proxy-Authorization at a proxy. */
    const authgrammar_text* credentials;
    size_t credentials_count;

    int secured;             /* received over TLS, or from a proxy that is trusted to say so */
    int preflight;           /* OPTIONS with Access-Control-Request-Method */
    authgrammar_text client; /* what nonces are bound to, such as the client's address; any octets */

    /* Who an earlier request on this connection was admitted as while authgrammar_exchange_keeps_connection(): a request
     * without credentials is admitted as that user, if Negotiate or NTLM is offered. Leave it empty for a connection that a
     * proxy shares among its clients. */
    authgrammar_text connection_user;
    authgrammar_resource resource;
    authgrammar_existence existence;
    int has_now;
    int64_t now_ms; /* if has_now: the time, in milliseconds since 1970 */
} authgrammar_request;

/* A protected resource whose existence is open, and no credentials. */
static inline void authgrammar_request_init(authgrammar_request* request, authgrammar_text method,
                                            authgrammar_text target) {
    memset(request, 0, sizeof *request);
    request->size = sizeof *request;
    request->method = method;
    request->target = target;
    request->resource = AUTHGRAMMAR_RESOURCE_PROTECTED;
}

typedef enum authgrammar_exchange_state AUTHGRAMMAR_INT {
    AUTHGRAMMAR_EXCHANGE_REFUSED,  /* answer with the status and the fields; nothing of the resource is sent */
    AUTHGRAMMAR_EXCHANGE_PENDING,  /* the host has to answer what is needed */
    AUTHGRAMMAR_EXCHANGE_ADMITTED, /* go on with the request; send the fields with its answer */
    AUTHGRAMMAR_EXCHANGE_PREFLIGHT /* a CORS preflight: answer it, with nothing of the resource */
} authgrammar_exchange_state;

typedef enum authgrammar_exchange_need AUTHGRAMMAR_INT {
    AUTHGRAMMAR_NEED_NOTHING,
    AUTHGRAMMAR_NEED_PASSWORD_VERDICT, /* is the password that of the user? authgrammar_exchange_password_is() */
    AUTHGRAMMAR_NEED_USER_SECRET,      /* the secret of the query: authgrammar_exchange_secret_is(), _no_such_user() */
    AUTHGRAMMAR_NEED_TOKEN_VERDICT,    /* what is the token worth? authgrammar_exchange_token_is() */
    AUTHGRAMMAR_NEED_BODY_HASH,        /* the hash of the body by the algorithm: authgrammar_exchange_body_hash_is() */
    AUTHGRAMMAR_NEED_ROUND             /* what does the token lead to? authgrammar_exchange_round_is() */
} authgrammar_exchange_need;

/* Whose secret is needed. */
typedef struct authgrammar_user_query {
    authgrammar_text username; /* or, if `hashed`, H(username ":" realm) in hexadecimal (RFC 7616, 3.4.4) */
    int hashed;
    authgrammar_text realm;
    authgrammar_digest_algorithm algorithm; /* H(A1) is by the one without "-sess" */
} authgrammar_user_query;

/* The secret of a user: password, or H(A1) in lower-case hexadecimal. Views that must live until
 * authgrammar_exchange_secret_is() or, in a callback, authgrammar_exchange_check_with() returns; only `username`, the name to
 * a query by hash, until the next check. Set all bytes to 0 first. */
typedef struct authgrammar_user_secret {
    authgrammar_text username;
    authgrammar_text password;
    authgrammar_text a1;
    void* reserved[2];
} authgrammar_user_secret;

/* What a Bearer token is worth (RFC 6750, 3.1; RFC 9470). */
typedef enum authgrammar_token_state AUTHGRAMMAR_INT {
    AUTHGRAMMAR_TOKEN_INVALID,            /* 401 with invalid_token */
    AUTHGRAMMAR_TOKEN_INSUFFICIENT_SCOPE, /* 403 with insufficient_scope */
    AUTHGRAMMAR_TOKEN_STEP_UP,            /* 401 with insufficient_user_authentication */
    AUTHGRAMMAR_TOKEN_VALID
} authgrammar_token_state;

/* Views that must live until the next check. Set all bytes to 0 first: an invalid token. */
typedef struct authgrammar_token_verdict {
    authgrammar_token_state is;
    authgrammar_text user;       /* of a valid one */
    authgrammar_text scope;      /* of INSUFFICIENT_SCOPE: what it takes; that of the offer if empty */
    authgrammar_text acr_values; /* of STEP_UP */
    int has_max_age;
    uint64_t max_age;
    void* reserved[2];
} authgrammar_token_verdict;

/* A client's part of a handshake of several rounds. Views of the request. */
typedef struct authgrammar_client_round {
    authgrammar_text scheme;  /* "Negotiate", "SCRAM-SHA-256" */
    authgrammar_text token;   /* as it was sent, in base64; a secret */
    authgrammar_text session; /* SCRAM's sid; empty in a first round, and for other schemes */
} authgrammar_client_round;

/* What has become of a handshake. */
typedef enum authgrammar_round_state AUTHGRAMMAR_INT {
    AUTHGRAMMAR_ROUND_REFUSED, /* 401 with the challenges: not who it says, or the handshake is unknown or broken off */
    AUTHGRAMMAR_ROUND_PROCEED, /* 401 with `token`: the client's next request has its next one */
    AUTHGRAMMAR_ROUND_ESTABLISHED /* `user` is authenticated */
} authgrammar_round_state;

/* The host's answer about a round. It keeps the context of the mechanism between rounds: with the connection for Negotiate
 * and NTLM, by `session` for SCRAM. Views that must live until the next check. Set all bytes to 0 first: refused. */
typedef struct authgrammar_round_verdict {
    authgrammar_round_state is;
    authgrammar_text token;   /* what the mechanism sends, in base64. To PROCEED there must be one, else 500 */
    authgrammar_text session; /* of SCRAM: its sid, in every answer with a token */
    authgrammar_text user;    /* of ESTABLISHED */
    void* reserved[2];
} authgrammar_round_verdict;

/* Why a request is refused. The numbers are stable. */
typedef enum authgrammar_reason AUTHGRAMMAR_INT {
    AUTHGRAMMAR_REASON_NONE = 0,
    AUTHGRAMMAR_REASON_NO_CREDENTIALS = 1,
    AUTHGRAMMAR_REASON_SEVERAL_LINES = 2, /* more than one field line of credentials: nobody knows which one counts */
    AUTHGRAMMAR_REASON_MALFORMED = 3,     /* the value is not in the grammar of credentials */
    AUTHGRAMMAR_REASON_SCHEME_NOT_OFFERED = 4,
    AUTHGRAMMAR_REASON_WRONG_CREDENTIALS = 5, /* `verify` says more, if the library judged them */
    AUTHGRAMMAR_REASON_STALE = 6,             /* right, with a nonce that is too old, of the future, or used before */
    AUTHGRAMMAR_REASON_TOKEN_INVALID = 7,
    AUTHGRAMMAR_REASON_INSUFFICIENT_SCOPE = 8,
    AUTHGRAMMAR_REASON_STEP_UP = 9,         /* the user has to authenticate again (RFC 9470) */
    AUTHGRAMMAR_REASON_NOT_PERMITTED = 10,  /* authgrammar_exchange_forbid() */
    AUTHGRAMMAR_REASON_UNSECURED = 11,      /* the request was not secured */
    AUTHGRAMMAR_REASON_BY_RESOURCE = 12,    /* the resource is absent or has moved */
    AUTHGRAMMAR_REASON_CONTRADICTION = 13,  /* what the request says of the resource cannot be true together */
    AUTHGRAMMAR_REASON_GUARD_UNUSABLE = 14, /* authgrammar_guard_why_not() says why */
    AUTHGRAMMAR_REASON_NOT_ANSWERED = 15,   /* the host cannot answer what it was asked */
    AUTHGRAMMAR_REASON_NOT_ASKED = 16,      /* the host answered what it was not asked */
    AUTHGRAMMAR_REASON_NOT_COMPUTABLE = 17, /* OpenSSL cannot compute it, or an answer does not fit */
    AUTHGRAMMAR_REASON_OTHER_URI = 18,      /* Digest's uri is not the request-target (RFC 7616, 3.4.6): an attack? */
    AUTHGRAMMAR_REASON_NEXT_ROUND = 19,     /* nothing is wrong: the handshake goes on with the client's next request */
    AUTHGRAMMAR_REASON_INVALID_ARGUMENT = 256 /* of C alone */
} authgrammar_reason;

/* "no_credentials". Constant time. */
AUTHGRAMMAR_API authgrammar_text authgrammar_reason_name(authgrammar_reason reason);

/* Why a request is refused, for a log: no byte of the request is in it. Texts of static storage. */
typedef struct authgrammar_log_reason {
    authgrammar_reason code;
    authgrammar_text name;          /* of the code: "wrong_credentials" */
    authgrammar_text verify;        /* of Basic and Digest, such as "nonce_expired"; "none" */
    authgrammar_scheme_code scheme; /* of a value that could not be read */
    size_t offset;                  /* of what is at fault, from the start of the value */
    authgrammar_text section;       /* "RFC 7616, 3.4.6" */
    authgrammar_text expected;      /* in words */
    void* reserved[2];
} authgrammar_log_reason;

/* A field line to send; neither text ends with NUL. */
typedef struct authgrammar_field_line {
    authgrammar_text name;
    authgrammar_text value;
} authgrammar_field_line;

typedef struct authgrammar_exchange authgrammar_exchange;

/* Makes an exchange of about 30 KiB, which must not outlive the guard; to be freed by authgrammar_exchange_free(), which
 * wipes its secrets. Errors: INVALID_ARGUMENT, NO_MEMORY; `exchange` is NULL then. */
AUTHGRAMMAR_API authgrammar_code authgrammar_exchange_new(const authgrammar_guard* guard,
                                                          authgrammar_exchange** exchange);
AUTHGRAMMAR_API void authgrammar_exchange_free(authgrammar_exchange* exchange);

/* Begins with a request. Linear in the request. */
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_check(authgrammar_exchange* exchange,
                                                                      const authgrammar_request* request);

/* The number of the open question; 0 if none is. No other question of this exchange has it: a host whose answers come late
 * keeps it, and drops an answer to a question that is open no more, which would be taken for one to the next. Constant
 * time. */
AUTHGRAMMAR_API uint64_t authgrammar_exchange_question(const authgrammar_exchange* exchange);

/* The host's answers. Each is for the need of that name; at any other moment it refuses the request with 500. */
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_password_is(authgrammar_exchange* exchange, int right);
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_secret_is(authgrammar_exchange* exchange,
                                                                          const authgrammar_user_secret* secret);
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_no_such_user(authgrammar_exchange* exchange);
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_token_is(authgrammar_exchange* exchange,
                                                                         const authgrammar_token_verdict* verdict);
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_body_hash_is(authgrammar_exchange* exchange,
                                                                             authgrammar_text hash);
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_round_is(authgrammar_exchange* exchange,
                                                                         const authgrammar_round_verdict* verdict);
/* The host cannot answer: 500. */
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_cannot_answer(authgrammar_exchange* exchange);

/* Whoever was admitted may not have this resource: 403, or 404 where its existence is hidden. `scope` is what Bearer takes;
 * that of the offer if empty. */
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_forbid(authgrammar_exchange* exchange,
                                                                       authgrammar_text scope);

/* Whether whoever was admitted used Digest with auth-int, so that Authentication-Info needs a hash of the response's body; and
 * that hash, by authgrammar_exchange_algorithm(), in lower-case hexadecimal: the fields have Authentication-Info then, which
 * may be sent as a trailer field (RFC 7615, 3 and 4). 0 if it is not wanted, or no such hash. */
AUTHGRAMMAR_API int authgrammar_exchange_wants_response_hash(const authgrammar_exchange* exchange);
AUTHGRAMMAR_API int authgrammar_exchange_response_hash_is(authgrammar_exchange* exchange, authgrammar_text hash);

/* A host that answers at once; authgrammar_host_init() sets all callbacks to NULL. Those that the guard's schemes do not
 * need may be NULL: without the one that is needed the request is refused with 500. They fill in the answer, whose bytes are
 * all 0 before, and return 1; 0 is "no", "no such user", and for body_hash "I cannot".
 *
 * - Basic: `password`, which judges the password itself. If it is NULL, `secret`, with which the guard compares it.
 * - Digest: `secret`; with auth-int `body_hash` too.
 * - Bearer: `token`.
 * - Negotiate, NTLM, SCRAM: `round`.
 *
 * They must not use the exchange that calls them. */
typedef struct authgrammar_host {
    size_t size; /* sizeof(authgrammar_host): later versions may append members */
    void* context;
    int (*password)(void* context, authgrammar_text user, authgrammar_text password);
    int (*secret)(void* context, const authgrammar_user_query* query, authgrammar_user_secret* secret);
    int (*token)(void* context, authgrammar_text token, authgrammar_token_verdict* verdict);
    int (*body_hash)(void* context, authgrammar_digest_algorithm algorithm, authgrammar_text* hash);
    int (*round)(void* context, const authgrammar_client_round* round, authgrammar_round_verdict* verdict);
} authgrammar_host;

static inline void authgrammar_host_init(authgrammar_host* host, void* context) {
    memset(host, 0, sizeof *host);
    host->size = sizeof *host;
    host->context = context;
}

/* The same as authgrammar_exchange_check() and the answers of the host. Never PENDING. */
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_check_with(authgrammar_exchange* exchange,
                                                                           const authgrammar_request* request,
                                                                           const authgrammar_host* host);

/* What there is to say. Constant time; texts are views of the exchange, until it is used again. */
AUTHGRAMMAR_API authgrammar_exchange_state authgrammar_exchange_state_of(const authgrammar_exchange* exchange);
AUTHGRAMMAR_API authgrammar_exchange_need authgrammar_exchange_need_of(const authgrammar_exchange* exchange);
/* The status to answer with; 0 unless refused. */
AUTHGRAMMAR_API int authgrammar_exchange_status(const authgrammar_exchange* exchange);
/* Field lines to send, in order. 1, or 0 if there is none of that number. */
AUTHGRAMMAR_API size_t authgrammar_exchange_fields(const authgrammar_exchange* exchange);
AUTHGRAMMAR_API int authgrammar_exchange_field(const authgrammar_exchange* exchange, size_t number,
                                               authgrammar_field_line* line);
/* "Basic", "Digest", "Bearer", that of the offer's rounds, or empty. */
AUTHGRAMMAR_API authgrammar_text authgrammar_exchange_scheme(const authgrammar_exchange* exchange);
/* Who it is, to be trusted only once admitted; while the password is in question, whose. */
AUTHGRAMMAR_API authgrammar_text authgrammar_exchange_user(const authgrammar_exchange* exchange);
/* What is in question; secrets. The token is that of Bearer, or of a round, in base64. */
AUTHGRAMMAR_API authgrammar_text authgrammar_exchange_password(const authgrammar_exchange* exchange);
AUTHGRAMMAR_API authgrammar_text authgrammar_exchange_token(const authgrammar_exchange* exchange);
/* The handshake that the round belongs to, by the client's word: SCRAM's sid. Empty in a first round, and otherwise. */
AUTHGRAMMAR_API authgrammar_text authgrammar_exchange_session(const authgrammar_exchange* exchange);
/* Whether the connection is part of who the client is, by Negotiate or NTLM: keep it open after the answer. Once the client is
 * admitted, remember the user with it, for authgrammar_request.connection_user. */
AUTHGRAMMAR_API int authgrammar_exchange_keeps_connection(const authgrammar_exchange* exchange);
AUTHGRAMMAR_API void authgrammar_exchange_query(const authgrammar_exchange* exchange, authgrammar_user_query* query);
AUTHGRAMMAR_API authgrammar_digest_algorithm authgrammar_exchange_algorithm(const authgrammar_exchange* exchange);
AUTHGRAMMAR_API void authgrammar_exchange_reason(const authgrammar_exchange* exchange, authgrammar_log_reason* reason);

#ifdef __cplusplus
}
#endif

#endif
