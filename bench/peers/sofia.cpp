// http_www_authenticate_make() and http_authorization_make(): a list of headers, parameters as "name=value".

#include "../peer.h"

#include <sofia-sip/http_header.h>
#include <sofia-sip/su_alloc.h>

#include <cstring>
#include <string>

namespace {

void* prepare(const char* text, size_t size, int) { return new std::string(text, size); }

/// Parameters stay as one text here; a token68 with its pads is one span, a name with its value counts as two.
long spans_of(const char* param) {
    const char* equals = std::strchr(param, '=');
    return equals == nullptr || equals[std::strspn(equals, "=")] == '\0' ? 1 : 2;
}

long parse(void* prepared, int credentials, int count) {
    const char* text = static_cast<const std::string*>(prepared)->c_str();
    su_home_t home[1] = {SU_HOME_INIT(home)};
    su_home_init(home);
    const msg_auth_t* list =
        credentials != 0 ? http_authorization_make(home, text) : http_www_authenticate_make(home, text);
    long spans = list == nullptr ? -1 : 0;
    for (const msg_auth_t* h = list; count != 0 && h != nullptr; h = h->au_next) {
        spans += h->au_scheme != nullptr;
        for (const msg_param_t* p = h->au_params; p != nullptr && *p != nullptr; ++p) spans += spans_of(*p);
    }
    su_home_deinit(home);
    return spans;
}

void release(void* prepared) { delete static_cast<std::string*>(prepared); }

const authgrammar_bench_peer peer{AUTHGRAMMAR_BENCH_PEER_VERSION,
                                  "sofia-sip",
                                  "http_www_authenticate_make, http_authorization_make",
                                  AUTHGRAMMAR_BENCH_PACKAGE_VERSION,
                                  'F',
                                  prepare,
                                  parse,
                                  release};

}  // namespace

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) { return &peer; }
