/* A client in C on libcurl that answers challenges: client_curl_c URL TOKEN, or client_curl_c URL USER PASSWORD. It sends the
 * request twice: the second time with credentials at once, as they were accepted. */
#include <authgrammar_auth.h>

#include <curl/curl.h>
#include <stdio.h>
#include <string.h>

enum { MOST_LINES = 16 };

struct body {
    char bytes[1024];
    size_t size;
};

static size_t add_body(char* data, size_t one, size_t size, void* context) {
    struct body* const body = context;
    const size_t room = sizeof body->bytes - body->size;
    (void)one;
    memcpy(body->bytes + body->size, data, size < room ? size : room);
    body->size += size < room ? size : room;
    return size;
}

/* All lines of a field of the last response. */
static size_t lines_of(CURL* curl, const char* name, authgrammar_text* lines) {
    struct curl_header* header = NULL;
    size_t count = 0;
    while (count < MOST_LINES && curl_easy_header(curl, name, count, CURLH_HEADER, -1, &header) == CURLHE_OK) {
        lines[count++] = authgrammar_text_of(header->value);
        if (count == header->amount) break;
    }
    return count;
}

/* Sends a request with the credentials, if any: the status of the response, or 0 without one. */
static int send_once(CURL* curl, const authgrammar_attempt* attempt) {
    char line[8192];
    long status = 0;
    struct curl_slist* fields = NULL;
    authgrammar_field field;
    authgrammar_text credentials;
    if (authgrammar_attempt_credentials(attempt, &field, &credentials)) {
        snprintf(line, sizeof line, "%.*s: %.*s", AUTHGRAMMAR_PRINT(authgrammar_field_name(field)),
                 AUTHGRAMMAR_PRINT(credentials));
        fields = curl_slist_append(NULL, line);
        authgrammar_wipe(line, sizeof line);
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
    if (curl_easy_perform(curl) == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(fields);
    return (int)status;
}

/* Sends a request as often as it takes. Prints each status, and what came in the end. 1 if that can be trusted. */
static int get(CURL* curl, authgrammar_answerer* answerer, const char* url) {
    struct body body;
    authgrammar_client_request request;
    authgrammar_attempt* attempt = NULL;
    authgrammar_server_proof proof;
    int done;
    authgrammar_client_request_init(&request, AUTHGRAMMAR_TEXT("GET"), authgrammar_text_of(url));
    curl_easy_setopt(curl, CURLOPT_URL, url);
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, add_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    if (authgrammar_attempt_new(answerer, &request, &attempt) != AUTHGRAMMAR_OK) return 0;
    while (authgrammar_attempt_state_of(attempt) == AUTHGRAMMAR_ATTEMPT_SEND) {
        authgrammar_text challenges[MOST_LINES];
        authgrammar_text info[MOST_LINES];
        authgrammar_client_response response;
        int status;
        body.size = 0;
        status = send_once(curl, attempt);
        if (status == 0) break;
        printf("%d ", status);
        authgrammar_client_response_init(&response, status);
        response.challenges = challenges;
        response.challenge_count = lines_of(curl, "WWW-Authenticate", challenges);
        response.info = info;
        response.info_count = lines_of(curl, "Authentication-Info", info);
        authgrammar_attempt_receive_dup(attempt, &response);
    }
    done = authgrammar_attempt_state_of(attempt) == AUTHGRAMMAR_ATTEMPT_DONE;
    proof = authgrammar_attempt_proof(attempt);
    if (done) {
        printf("%s%.*s", proof == AUTHGRAMMAR_PROOF_RIGHT ? "server proven, " : "", (int)body.size, body.bytes);
    } else {
        printf("%.*s\n", AUTHGRAMMAR_PRINT(authgrammar_give_up_name(authgrammar_attempt_why(attempt))));
    }
    authgrammar_attempt_free(attempt);
    return done && proof != AUTHGRAMMAR_PROOF_WRONG;
}

int main(int argc, char** argv) {
    authgrammar_answerer_options options;
    authgrammar_answerer* answerer = NULL;
    authgrammar_code added;
    CURL* curl;
    int right;
    if (argc != 3 && argc != 4) return 2;
    authgrammar_answerer_options_init(&options);
    options.allow_unsecured = strncmp(argv[1], "http://127.0.0.1:", 17) == 0;
    if (authgrammar_answerer_new(&options, &answerer) != AUTHGRAMMAR_OK) return 2;
    added = argc == 3
                ? authgrammar_answerer_add_token_dup(answerer, authgrammar_text_of(argv[1]),
                                                     authgrammar_text_of(argv[2]), NULL)
                : authgrammar_answerer_add_user_dup(answerer, authgrammar_text_of(argv[1]),
                                                    authgrammar_text_of(argv[2]), authgrammar_text_of(argv[3]), NULL);
    curl = curl_easy_init();
    right = added == AUTHGRAMMAR_OK && curl != NULL && get(curl, answerer, argv[1]) && get(curl, answerer, argv[1]);
    curl_easy_cleanup(curl);
    authgrammar_answerer_free(answerer);
    return right ? 0 : 1;
}
