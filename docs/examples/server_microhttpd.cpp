// A server on libmicrohttpd that lets in one user by Basic or Digest, and one token by Bearer: server_microhttpd PORT
#include "one_user.hpp"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <strings.h>
#include <unistd.h>

#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

namespace {

namespace conversation = authgrammar::conversation;

/// The request-target as it was sent: the `url` of a handler has no query, and is decoded.
void* keep_target(void*, const char* target, MHD_Connection*) { return new std::string(target); }
void drop_target(void*, MHD_Connection*, void** target, MHD_RequestTerminationCode) {
    delete static_cast<std::string*>(*target);
}

MHD_Result add_line(void* lines, MHD_ValueKind, const char* name, const char* value) {
    if (strcasecmp(name, "Authorization") == 0) static_cast<authgrammar::field_lines*>(lines)->add(value);
    return MHD_YES;
}

MHD_Result respond(void* guard, MHD_Connection* connection, const char*, const char* method, const char*, const char*,
                   std::size_t* data_size, void** target) {
    if (*data_size != 0) {  // a body is read and forgotten
        *data_size = 0;
        return MHD_YES;
    }
    authgrammar::field_lines lines;
    MHD_get_connection_values(connection, MHD_HEADER_KIND, add_line, &lines);
    conversation::request request{};
    request.method = method;
    request.target = *static_cast<const std::string*>(*target);
    request.credentials = lines.value();
    conversation::exchange check(*static_cast<const conversation::guard*>(guard));
    const bool in = check.check(request, one_user::host{}) == conversation::exchange_state::admitted;
    std::string body = in ? "in: " + std::string(check.user()) + "\n" : "";
    MHD_Response* const response = MHD_create_response_from_buffer(body.size(), body.data(), MHD_RESPMEM_MUST_COPY);
    for (const auto& f : check.fields()) {
        MHD_add_response_header(response, std::string(f.name).c_str(), std::string(f.value).c_str());
    }
    const unsigned status = in ? MHD_HTTP_OK : static_cast<unsigned>(check.status());
    const MHD_Result queued = MHD_queue_response(connection, status, response);
    MHD_destroy_response(response);
    return queued;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    conversation::guard guard(one_user::protection());
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(static_cast<std::uint16_t>(std::atoi(argv[1])));
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    MHD_Daemon* const daemon =
        MHD_start_daemon(MHD_USE_INTERNAL_POLLING_THREAD, 0, nullptr, nullptr, respond, &guard, MHD_OPTION_SOCK_ADDR,
                         &address, MHD_OPTION_URI_LOG_CALLBACK, keep_target, nullptr, MHD_OPTION_NOTIFY_COMPLETED,
                         drop_target, nullptr, MHD_OPTION_END);
    if (daemon == nullptr) return 1;
    for (;;) pause();
}
