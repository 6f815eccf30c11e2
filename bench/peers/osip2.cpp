// osip_www_authenticate_parse() and osip_authorization_parse(): one challenge, known parameters only.

#include "../peer.h"

#include <sys/time.h>

#include <osipparser2/osip_parser.h>

#include <string>

namespace {

void* prepare(const char* text, size_t size, int) {
    static const int ready = parser_init();
    return ready == 0 ? new std::string(text, size) : nullptr;
}

template <typename... Texts>
long spans(const char* scheme, const Texts*... values) {
    return (scheme != nullptr) + ((values != nullptr ? 2 : 0) + ...);
}

long parse_challenge(const char* text) {
    osip_www_authenticate_t* h = nullptr;
    if (osip_www_authenticate_init(&h) != 0) return -1;
    long found = -1;
    if (osip_www_authenticate_parse(h, text) == 0) {
        found = spans(h->auth_type, h->realm, h->domain, h->nonce, h->opaque, h->stale, h->algorithm, h->qop_options,
                      h->version, h->targetname, h->gssapi_data, h->auth_param);
    }
    osip_www_authenticate_free(h);
    return found;
}

long parse_credentials(const char* text) {
    osip_authorization_t* h = nullptr;
    if (osip_authorization_init(&h) != 0) return -1;
    long found = -1;
    if (osip_authorization_parse(h, text) == 0) {
        found = spans(h->auth_type, h->username, h->realm, h->nonce, h->uri, h->response, h->digest, h->algorithm,
                      h->cnonce, h->opaque, h->message_qop, h->nonce_count, h->version, h->targetname, h->gssapi_data,
                      h->crand, h->cnum, h->auth_param);
    }
    osip_authorization_free(h);
    return found;
}

long parse(void* prepared, int credentials, int) {
    const char* text = static_cast<const std::string*>(prepared)->c_str();
    return credentials != 0 ? parse_credentials(text) : parse_challenge(text);
}

void release(void* prepared) { delete static_cast<std::string*>(prepared); }

const authgrammar_bench_peer peer{AUTHGRAMMAR_BENCH_PEER_VERSION,
                                  "osip2",
                                  "osip_www_authenticate_parse, osip_authorization_parse",
                                  AUTHGRAMMAR_BENCH_PACKAGE_VERSION,
                                  'F',
                                  prepare,
                                  parse,
                                  release};

}  // namespace

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) { return &peer; }
