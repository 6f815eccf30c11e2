/* Which status to answer a request with, and why, for C: the decision of RFC 9110, Sections 11 and 15.5, from facts.
 *
 * Link with authgrammar_c_auth. What authgrammar.h says of memory, lifetimes, threads and arguments holds here too; only
 * what ends with _new() allocates. */
#ifndef AUTHGRAMMAR_DECIDE_H
#define AUTHGRAMMAR_DECIDE_H

#include <authgrammar.h>

#ifdef __cplusplus
extern "C" {
#endif

/* ---- Facts ---- */

/* Who is about to answer. */
typedef enum authgrammar_hop AUTHGRAMMAR_INT {
    AUTHGRAMMAR_HOP_ORIGIN, /* the server of the resource */
    AUTHGRAMMAR_HOP_PROXY,  /* chosen by the client; it wants credentials for its own service, and answers 407 */
    AUTHGRAMMAR_HOP_GATEWAY /* a reverse proxy: an origin server to its client */
} authgrammar_hop;

/* What the request is for; of a proxy, its own service to the client. */
typedef enum authgrammar_resource AUTHGRAMMAR_INT {
    AUTHGRAMMAR_RESOURCE_PUBLIC,    /* anybody may have it */
    AUTHGRAMMAR_RESOURCE_PROTECTED, /* only with credentials */
    AUTHGRAMMAR_RESOURCE_ABSENT,    /* there is nothing */
    AUTHGRAMMAR_RESOURCE_MOVED      /* anybody may have it, at another URI */
} authgrammar_resource;

/* Who may know that the target exists. */
typedef enum authgrammar_existence AUTHGRAMMAR_INT {
    AUTHGRAMMAR_EXISTENCE_OPEN,                 /* everybody */
    AUTHGRAMMAR_EXISTENCE_HIDDEN,               /* only who may have it */
    AUTHGRAMMAR_EXISTENCE_HIDDEN_FROM_STRANGERS /* everybody whose credentials are valid */
} authgrammar_existence;

/* How users identify themselves. */
typedef enum authgrammar_authentication AUTHGRAMMAR_INT {
    AUTHGRAMMAR_AUTHENTICATION_HTTP, /* by a scheme of RFC 9110, 11 */
    AUTHGRAMMAR_AUTHENTICATION_FORM  /* by a login form and a cookie only */
} authgrammar_authentication;

/* What the request shows of its sender. */
typedef enum authgrammar_credentials_state AUTHGRAMMAR_INT {
    AUTHGRAMMAR_CREDENTIALS_ABSENT,
    AUTHGRAMMAR_CREDENTIALS_MALFORMED,    /* the field value is not in the grammar */
    AUTHGRAMMAR_CREDENTIALS_PARTIAL,      /* the scheme needs a further round */
    AUTHGRAMMAR_CREDENTIALS_INVALID,      /* read, and refused */
    AUTHGRAMMAR_CREDENTIALS_INSUFFICIENT, /* valid, but of somebody who may not have the target */
    AUTHGRAMMAR_CREDENTIALS_SUFFICIENT
} authgrammar_credentials_state;

/* Why credentials are invalid. */
typedef enum authgrammar_cause AUTHGRAMMAR_INT {
    AUTHGRAMMAR_CAUSE_WRONG,
    AUTHGRAMMAR_CAUSE_EXPIRED,
    AUTHGRAMMAR_CAUSE_REVOKED,
    AUTHGRAMMAR_CAUSE_UNKNOWN_USER,
    AUTHGRAMMAR_CAUSE_STALE_NONCE,
    AUTHGRAMMAR_CAUSE_MORE_AUTHENTICATION /* step-up (RFC 9470) */
} authgrammar_cause;

/* Whether, and why, the request is refused whoever sends it. */
typedef enum authgrammar_refusal AUTHGRAMMAR_INT {
    AUTHGRAMMAR_REFUSAL_NO,
    AUTHGRAMMAR_REFUSAL_ALWAYS,
    AUTHGRAMMAR_REFUSAL_NETWORK,
    AUTHGRAMMAR_REFUSAL_UNSECURED_CONNECTION,
    AUTHGRAMMAR_REFUSAL_TOO_MANY_REQUESTS, /* 429 */
    AUTHGRAMMAR_REFUSAL_LEGAL_REASONS,     /* 451 */
    AUTHGRAMMAR_REFUSAL_UPGRADE_REQUIRED   /* 426 */
} authgrammar_refusal;

/* The answer to a field value that is not in the grammar: 401 (407), or 400. */
typedef enum authgrammar_malformed AUTHGRAMMAR_INT {
    AUTHGRAMMAR_MALFORMED_AS_INVALID,
    AUTHGRAMMAR_MALFORMED_BAD_REQUEST
} authgrammar_malformed;

/* How existence is hidden: 404 as for what does not exist, or 401 for every path. */
typedef enum authgrammar_hiding AUTHGRAMMAR_INT {
    AUTHGRAMMAR_HIDING_NOT_FOUND,
    AUTHGRAMMAR_HIDING_CHALLENGE
} authgrammar_hiding;

/* What a service without an HTTP authentication scheme answers to those who are not logged in. */
typedef enum authgrammar_login AUTHGRAMMAR_INT {
    AUTHGRAMMAR_LOGIN_FORBIDDEN,
    AUTHGRAMMAR_LOGIN_FOUND,
    AUTHGRAMMAR_LOGIN_SEE_OTHER,
    AUTHGRAMMAR_LOGIN_TEMPORARY_REDIRECT,
    AUTHGRAMMAR_LOGIN_NETWORK_AUTHENTICATION /* 511, of a captive portal only */
} authgrammar_login;

/* The method of the request, where it makes a difference. */
typedef enum authgrammar_method AUTHGRAMMAR_INT {
    AUTHGRAMMAR_METHOD_OTHER,
    AUTHGRAMMAR_METHOD_PUT,
    AUTHGRAMMAR_METHOD_CONNECT,
    AUTHGRAMMAR_METHOD_PREFLIGHT /* OPTIONS ahead of a request to another site (the Fetch standard) */
} authgrammar_method;

/* What becomes of credentials that are not valid if the target is public: nothing, or 401. */
typedef enum authgrammar_optional AUTHGRAMMAR_INT {
    AUTHGRAMMAR_OPTIONAL_IGNORE,
    AUTHGRAMMAR_OPTIONAL_CHECK
} authgrammar_optional;

/* Everything that the status depends on. authgrammar_facts_init() wants to be told the two facts that have no default, and
 * sets the others to the first values of their enumerations. */
typedef struct authgrammar_facts {
    size_t size; /* sizeof(authgrammar_facts): later versions may append members */
    authgrammar_hop hop;
    authgrammar_resource resource;
    authgrammar_existence existence;
    authgrammar_authentication authentication;
    authgrammar_credentials_state credentials;
    authgrammar_cause cause;
    authgrammar_refusal forbidden;
    authgrammar_malformed malformed;
    authgrammar_hiding hide_with;
    authgrammar_login login;
    authgrammar_method method;
    authgrammar_optional optional;
} authgrammar_facts;

static inline void authgrammar_facts_init(authgrammar_facts* facts, authgrammar_resource resource,
                                          authgrammar_credentials_state credentials) {
    memset(facts, 0, sizeof *facts);
    facts->size = sizeof *facts;
    facts->resource = resource;
    facts->credentials = credentials;
}

/* ---- The answer ---- */

/* The recommended status; 200 stands for whatever the request itself leads to. 0 if the facts cannot be true together, or
 * are no facts. Constant time. */
AUTHGRAMMAR_API int authgrammar_status_for(const authgrammar_facts* facts);

/* Whether a field is sent. */
typedef enum authgrammar_sending AUTHGRAMMAR_INT {
    AUTHGRAMMAR_MUST_NOT_SEND,
    AUTHGRAMMAR_MAY_SEND,
    AUTHGRAMMAR_MUST_SEND
} authgrammar_sending;

/* A status with what goes with it. The texts are of static storage. */
typedef struct authgrammar_outcome {
    int status;
    authgrammar_sending www_authenticate;
    authgrammar_sending proxy_authenticate;
    authgrammar_sending location;
    authgrammar_sending upgrade;
    authgrammar_sending retry_after;
    authgrammar_text cache_control; /* what the fields have to hold at least; empty where nothing is needed */
    authgrammar_text vary;
    size_t reason_count;
    void* reserved[4];
} authgrammar_outcome;

/* A rule that led to an answer. Texts of static storage. */
typedef struct authgrammar_decision_reason {
    authgrammar_text requirement; /* an id, or empty for practice outside the RFCs; of a contradiction the facts */
    authgrammar_text section;     /* "RFC 9110, 15.5.2" */
    authgrammar_text text;        /* a sentence or two for a person */
} authgrammar_decision_reason;

/* A decision with its reasons. */
typedef struct authgrammar_decision authgrammar_decision;

/* Decides. The decision is to be freed by authgrammar_decision_free(). Errors: INVALID_ARGUMENT, NO_MEMORY; `decision` is
 * NULL then. Facts that contradict each other are a decision without outcomes. */
AUTHGRAMMAR_API authgrammar_code authgrammar_decision_new(const authgrammar_facts* facts,
                                                          authgrammar_decision** decision);
AUTHGRAMMAR_API void authgrammar_decision_free(authgrammar_decision* decision);

/* The outcomes: number 0 is recommended, the others are permitted too. 1, or 0 if there is none of that number. */
AUTHGRAMMAR_API size_t authgrammar_decision_outcomes(const authgrammar_decision* decision);
AUTHGRAMMAR_API int authgrammar_decision_outcome(const authgrammar_decision* decision, size_t number,
                                                 authgrammar_outcome* outcome);

/* Reason number `reason` of that outcome. 1, or 0 if there is none of that number. */
AUTHGRAMMAR_API int authgrammar_decision_reason_of(const authgrammar_decision* decision, size_t outcome, size_t reason,
                                                   authgrammar_decision_reason* text);

/* The contradictions between the facts; likewise. */
AUTHGRAMMAR_API int authgrammar_decision_contradiction(const authgrammar_decision* decision, size_t number,
                                                       authgrammar_decision_reason* text);

#ifdef __cplusplus
}
#endif

#endif
