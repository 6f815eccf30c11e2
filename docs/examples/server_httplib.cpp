// A server on cpp-httplib that lets in one user by Basic or Digest, and one token by Bearer: server_httplib PORT
//
// cpp-httplib before 0.44 replaces %-escapes in the values of fields before a handler sees them. The `uri` of Digest is not the
// request-target then, and the guard answers 400: offer Digest only for targets without "%", or use another library.
#include "one_user.hpp"

#include <httplib.h>

#include <cstdlib>
#include <string>
#include <string_view>

namespace {

namespace conversation = authgrammar::conversation;

/// Answers a request that is not let in, and says whether `check` lets it in.
bool let_in(conversation::exchange& check, const httplib::Request& in, httplib::Response& out) {
    const authgrammar::field_lines lines(in.headers.equal_range("Authorization"));
    conversation::request request{};
    request.method = in.method;
    request.target = in.target;
    request.credentials = lines.value();
    request.client = in.remote_addr;
    const auto state = check.check(request, one_user::host{});
    for (const auto& f : check.fields()) out.set_header(std::string(f.name).c_str(), std::string(f.value));
    if (state == conversation::exchange_state::admitted) return true;
    out.status = check.status();
    return false;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const conversation::guard guard(one_user::protection());
    httplib::Server server;
    server.Get(".*", [&guard](const httplib::Request& in, httplib::Response& out) {
        conversation::exchange check(guard);
        if (!let_in(check, in, out)) return;
        out.set_content("in: " + std::string(check.user()) + "\n", "text/plain");
    });
    return server.listen("127.0.0.1", std::atoi(argv[1])) ? 0 : 1;
}
