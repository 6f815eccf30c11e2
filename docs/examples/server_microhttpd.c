/* A server in C on libmicrohttpd that lets in one user by Basic or Digest, and one token by Bearer:
 * server_microhttpd_c PORT */
#include <authgrammar_auth.h>

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

enum { MOST_LINES = 4 };

/* ---- The host: real ones search a database and compare salted hashes of passwords ---- */

static int check_password(void* context, authgrammar_text user, authgrammar_text password) {
    (void)context;
    return authgrammar_equals(user, AUTHGRAMMAR_TEXT("Mufasa")) &&
           authgrammar_equal_secrets(password, AUTHGRAMMAR_TEXT("Circle of Life"));
}

static int find_secret(void* context, const authgrammar_user_query* query, authgrammar_user_secret* secret) {
    (void)context;
    if (!authgrammar_equals(query->username, AUTHGRAMMAR_TEXT("Mufasa"))) return 0;
    secret->password = AUTHGRAMMAR_TEXT("Circle of Life");
    return 1;
}

static int judge_token(void* context, authgrammar_text token, authgrammar_token_verdict* verdict) {
    (void)context;
    if (!authgrammar_equal_secrets(token, AUTHGRAMMAR_TEXT("mF_9.B5f-4.1JqM"))) return 0;
    verdict->is = AUTHGRAMMAR_TOKEN_VALID;
    verdict->user = AUTHGRAMMAR_TEXT("Mufasa");
    return 1;
}

static authgrammar_host whole_host(void) {
    authgrammar_host host;
    authgrammar_host_init(&host, NULL);
    host.password = check_password;
    host.secret = find_secret;
    host.token = judge_token;
    return host;
}

/* ---- The guard: Digest, Bearer and Basic, on loopback without TLS ---- */

static authgrammar_guard* protection(void) {
    authgrammar_guard* guard = NULL;
    authgrammar_offer offers[3];
    authgrammar_guard_options options;
    authgrammar_offer_init(&offers[0], AUTHGRAMMAR_OFFER_DIGEST);
    authgrammar_offer_init(&offers[1], AUTHGRAMMAR_OFFER_BEARER);
    authgrammar_offer_init(&offers[2], AUTHGRAMMAR_OFFER_BASIC);
    authgrammar_guard_options_init(&options);
    options.realm = AUTHGRAMMAR_TEXT("files");
    options.offers = offers;
    options.offer_count = 3;
    options.allow_unsecured = 1; /* never beyond loopback: whoever listens reads passwords and tokens */
    if (authgrammar_guard_new(&options, &guard) != AUTHGRAMMAR_OK) return NULL;
    return guard;
}

/* ---- The server ---- */

/* The request-target as it was sent: the `url` of a handler has no query, and is decoded. */
static void* keep_target(void* context, const char* target, struct MHD_Connection* connection) {
    (void)context;
    (void)connection;
    return strdup(target);
}

static void drop_target(void* context, struct MHD_Connection* connection, void** target,
                        enum MHD_RequestTerminationCode why) {
    (void)context;
    (void)connection;
    (void)why;
    free(*target);
}

struct lines {
    authgrammar_text of[MOST_LINES];
    size_t count;
};

static enum MHD_Result add_line(void* context, enum MHD_ValueKind kind, const char* name, const char* value) {
    struct lines* const lines = context;
    (void)kind;
    if (strcasecmp(name, "Authorization") == 0 && lines->count < MOST_LINES) {
        lines->of[lines->count++] = authgrammar_text_of(value);
    }
    return MHD_YES;
}

/* libmicrohttpd wants strings that end with NUL. */
static void add_fields(struct MHD_Response* response, const authgrammar_exchange* exchange) {
    authgrammar_field_line line;
    size_t i;
    for (i = 0; authgrammar_exchange_field(exchange, i, &line); ++i) {
        char name[64];
        char value[4096];
        snprintf(name, sizeof name, "%.*s", AUTHGRAMMAR_PRINT(line.name));
        snprintf(value, sizeof value, "%.*s", AUTHGRAMMAR_PRINT(line.value));
        MHD_add_response_header(response, name, value);
    }
}

static enum MHD_Result answer(struct MHD_Connection* connection, const authgrammar_exchange* exchange, int in) {
    char body[128] = "";
    enum MHD_Result queued;
    struct MHD_Response* response;
    if (in) snprintf(body, sizeof body, "in: %.*s\n", AUTHGRAMMAR_PRINT(authgrammar_exchange_user(exchange)));
    response = MHD_create_response_from_buffer(strlen(body), body, MHD_RESPMEM_MUST_COPY);
    add_fields(response, exchange);
    queued =
        MHD_queue_response(connection, in ? MHD_HTTP_OK : (unsigned)authgrammar_exchange_status(exchange), response);
    MHD_destroy_response(response);
    return queued;
}

static enum MHD_Result respond(void* guard, struct MHD_Connection* connection, const char* url, const char* method,
                               const char* version, const char* data, size_t* data_size, void** target) {
    const authgrammar_host host = whole_host();
    struct lines lines;
    authgrammar_request request;
    authgrammar_exchange* exchange;
    enum MHD_Result queued;
    int in;
    (void)url;
    (void)version;
    (void)data;
    if (*data_size != 0) { /* a body is read and forgotten */
        *data_size = 0;
        return MHD_YES;
    }
    lines.count = 0;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, add_line, &lines);
    authgrammar_request_init(&request, authgrammar_text_of(method), authgrammar_text_of(*target));
    request.credentials = lines.of;
    request.credentials_count = lines.count;
    if (authgrammar_exchange_new(guard, &exchange) != AUTHGRAMMAR_OK) return MHD_NO;
    in = authgrammar_exchange_check_with(exchange, &request, &host) == AUTHGRAMMAR_EXCHANGE_ADMITTED;
    queued = answer(connection, exchange, in);
    authgrammar_exchange_free(exchange);
    return queued;
}

int main(int argc, char** argv) {
    authgrammar_guard* const guard = protection();
    struct sockaddr_in address;
    struct MHD_Daemon* daemon;
    if (argc != 2 || guard == NULL || authgrammar_guard_why_not(guard).size != 0) return 2;
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)atoi(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    daemon = MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, respond, guard, MHD_OPTION_SOCK_ADDR,
                              (struct sockaddr*)&address, MHD_OPTION_URI_LOG_CALLBACK, keep_target, NULL,
                              MHD_OPTION_NOTIFY_COMPLETED, drop_target, NULL, MHD_OPTION_END);
    if (daemon == NULL) return 1;
    for (;;) pause();
}
