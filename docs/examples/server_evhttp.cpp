// A server on libevent's evhttp, one thread: server_evhttp PORT. It lets in one user by Basic or Digest, and one token by
// Bearer. What tokens are worth it hears later, as from another server: the check of a request is continued then.
#include "one_user.hpp"

#include <event2/buffer.h>
#include <event2/event.h>
#include <event2/http.h>
#include <event2/keyvalq_struct.h>
#include <strings.h>

#include <cstdint>
#include <cstdlib>
#include <string>

namespace {

namespace conversation = authgrammar::conversation;

struct server {
    conversation::guard guard;
    event_base* loop;
};

/// A request whose check may be pending, with all that it refers to. A client that is gone changes nothing: evhttp frees
/// a request without a connection when it is answered.
struct open_request {
    evhttp_request* in;
    event_base* loop;
    std::string client;
    authgrammar::field_lines lines;
    conversation::exchange check;
};

void respond(const open_request& r) {
    for (const auto& f : r.check.fields()) {
        evhttp_add_header(evhttp_request_get_output_headers(r.in), std::string(f.name).c_str(),
                          std::string(f.value).c_str());
    }
    if (r.check.state() != conversation::exchange_state::admitted) {
        evhttp_send_reply(r.in, r.check.status(), nullptr, nullptr);
        return;
    }
    evbuffer* const body = evbuffer_new();
    evbuffer_add_printf(body, "in: %s\n", std::string(r.check.user()).c_str());
    evhttp_send_reply(r.in, HTTP_OK, nullptr, body);
    evbuffer_free(body);
}

void go_on(open_request* r);

/// The verdict on a token has come.
void token_verdict_came(evutil_socket_t, short, void* given) {
    auto* const r = static_cast<open_request*>(given);
    r->check.token_is(one_user::host{}.token(r->check.token()));
    go_on(r);
}

/// Answers what the exchange needs, until it has to wait or is done.
void go_on(open_request* r) {
    one_user::host host;
    while (r->check.state() == conversation::exchange_state::pending) {
        authgrammar::verify::user_secret secret{};
        const timeval soon{0, 20000};
        switch (r->check.need()) {
            case conversation::exchange_need::password_verdict:
                r->check.password_is(host.password(r->check.user(), r->check.password()));
                break;
            case conversation::exchange_need::user_secret:
                host.secret(r->check.query(), secret) ? r->check.secret_is(secret) : r->check.no_such_user();
                break;
            case conversation::exchange_need::token_verdict:
                if (event_base_once(r->loop, -1, EV_TIMEOUT, token_verdict_came, r, &soon) == 0) return;
                [[fallthrough]];
            default: r->check.cannot_answer();
        }
    }
    respond(*r);
    delete r;
}

void receive(evhttp_request* in, void* given) {
    const auto& s = *static_cast<server*>(given);
    char* client = nullptr;
    std::uint16_t port = 0;
    evhttp_connection_get_peer(evhttp_request_get_connection(in), &client, &port);
    auto* const r = new open_request{in, s.loop, client, {}, conversation::exchange(s.guard)};
    for (const evkeyval* f = evhttp_request_get_input_headers(in)->tqh_first; f != nullptr; f = f->next.tqe_next) {
        if (strcasecmp(f->key, "Authorization") == 0) r->lines.add(f->value);
    }
    conversation::request request{};
    request.method = evhttp_request_get_command(in) == EVHTTP_REQ_HEAD ? "HEAD" : "GET";
    request.target = evhttp_request_get_uri(in);
    request.credentials = r->lines.value();
    request.client = r->client;
    r->check.check(request);
    go_on(r);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    event_base* const loop = event_base_new();
    server s{conversation::guard(one_user::protection()), loop};
    evhttp* const http = evhttp_new(loop);
    evhttp_set_allowed_methods(http, EVHTTP_REQ_GET | EVHTTP_REQ_HEAD);
    evhttp_set_gencb(http, receive, &s);
    if (evhttp_bind_socket(http, "127.0.0.1", static_cast<std::uint16_t>(std::atoi(argv[1]))) != 0) return 1;
    return event_base_dispatch(loop) == 0 ? 0 : 1;
}
