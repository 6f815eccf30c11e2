// A server on Boost.Beast that lets in one user by Basic or Digest, and one token by Bearer: server_beast PORT
#include "one_user.hpp"

#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core.hpp>
#include <boost/beast/http.hpp>

#include <cstdlib>
#include <string>
#include <string_view>
#include <thread>
#include <utility>

namespace {

namespace conversation = authgrammar::conversation;
namespace beast = boost::beast;
namespace http = beast::http;
using tcp = boost::asio::ip::tcp;

std::string_view view(beast::string_view s) { return {s.data(), s.size()}; }

http::response<http::string_body> respond(conversation::exchange& check, const http::request<http::string_body>& in,
                                          std::string_view client) {
    //! [field lines]
    const authgrammar::field_lines lines(in.equal_range(http::field::authorization));
    //! [field lines]
    conversation::request request{};
    request.method = view(in.method_string());
    request.target = view(in.target());
    request.credentials = lines.value();
    request.client = client;
    http::response<http::string_body> out(http::status::ok, in.version());
    if (check.check(request, one_user::host{}) == conversation::exchange_state::admitted) {
        out.body() = "in: " + std::string(check.user()) + "\n";
    } else {
        out.result(static_cast<unsigned>(check.status()));
    }
    for (const auto& f : check.fields()) {
        out.insert(beast::string_view(f.name.data(), f.name.size()),
                   beast::string_view(f.value.data(), f.value.size()));
    }
    out.keep_alive(in.keep_alive());
    out.prepare_payload();
    return out;
}

/// All requests of one connection, with one exchange.
void serve(tcp::socket socket, const conversation::guard& guard) {
    conversation::exchange check(guard);
    boost::system::error_code error;
    const std::string client = socket.remote_endpoint(error).address().to_string();
    beast::flat_buffer buffer;
    for (bool more = !error; more;) {
        http::request<http::string_body> in;
        http::read(socket, buffer, in, error);
        if (error) break;
        const auto out = respond(check, in, client);
        http::write(socket, out, error);
        more = !error && out.keep_alive();
    }
    socket.shutdown(tcp::socket::shutdown_both, error);
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) return 2;
    const conversation::guard guard(one_user::protection());
    boost::asio::io_context context;
    const auto port = static_cast<unsigned short>(std::atoi(argv[1]));
    tcp::acceptor acceptor(context, {boost::asio::ip::address_v4::loopback(), port});
    for (;;) {
        std::thread([socket = acceptor.accept(), &guard]() mutable { serve(std::move(socket), guard); }).detach();
    }
}
