/* A server of libmicrohttpd on loopback that asks for Digest: the target ends in "md5" or "sha-256", and begins with
   "/short/" if the nonce is good for NONCE_SECONDS only. Runs until it is stopped. */

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

struct account {
    const char* realm;
    const char* user;
    const char* password;
    unsigned nonce_seconds;
};

static enum MHD_Result respond(void* given, struct MHD_Connection* connection, const char* url, const char* method,
                               const char* version, const char* data, size_t* data_size, void** state) {
    static char in[] = "in\n";
    const struct account* const a = given;
    const enum MHD_DigestAuthAlgorithm algorithm =
        strstr(url, "sha-256") != NULL ? MHD_DIGEST_ALG_SHA256 : MHD_DIGEST_ALG_MD5;
    const unsigned seconds = strncmp(url, "/short/", 7) == 0 ? a->nonce_seconds : 300;
    struct MHD_Response* response;
    enum MHD_Result done;
    char* name;
    int verdict = MHD_NO;

    (void)method;
    (void)version;
    (void)data;
    (void)data_size;
    (void)state;
    response = MHD_create_response_from_buffer(sizeof in - 1, in, MHD_RESPMEM_PERSISTENT);
    if (response == NULL) return MHD_NO;
    name = MHD_digest_auth_get_username(connection);
    if (name != NULL && strcmp(name, a->user) == 0) {
        verdict = MHD_digest_auth_check2(connection, a->realm, a->user, a->password, seconds, algorithm);
    }
    MHD_free(name);
    done = verdict == MHD_YES ? MHD_queue_response(connection, MHD_HTTP_OK, response)
                              : MHD_queue_auth_fail_response2(connection, a->realm, "opaque", response,
                                                              verdict == MHD_INVALID_NONCE, algorithm);
    MHD_destroy_response(response);
    return done;
}

int main(int argc, char** argv) {
    struct account a;
    struct sockaddr_in address;
    char seed[32];
    FILE* source = fopen("/dev/urandom", "rb");

    if (argc != 6 || source == NULL || fread(seed, sizeof seed, 1, source) != 1) return 2;
    fclose(source);
    a.realm = argv[2];
    a.user = argv[3];
    a.password = argv[4];
    a.nonce_seconds = (unsigned)atoi(argv[5]);
    memset(&address, 0, sizeof address);
    address.sin_family = AF_INET;
    address.sin_port = htons((uint16_t)atoi(argv[1]));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, NULL, NULL, respond, &a, MHD_OPTION_SOCK_ADDR, &address,
                         MHD_OPTION_NONCE_NC_SIZE, 100, MHD_OPTION_DIGEST_AUTH_RANDOM, sizeof seed, seed,
                         MHD_OPTION_END) == NULL) {
        return 1;
    }
    for (;;) pause();
}
