// Reads a field value as it arrives from a socket, a few bytes at a time, and keeps none of it: a gateway that
// logs which schemes a server offers and how long their parameters are, with a buffer of eight bytes.

#include <authgrammar/authgrammar.hpp>

#include <sys/socket.h>
#include <unistd.h>

#include <cstdio>
#include <string_view>
#include <thread>

namespace {

/// Prints what it is told and forgets it. Words arrive in fragments; the event after them says what they were.
class gateway_log {
public:
    bool on_text(authgrammar::text_role role, std::string_view fragment, std::uint64_t) noexcept {
        // Schemes and names may be logged. A value may be secret, so that only its length is.
        const bool value = role == authgrammar::text_role::token68 || role == authgrammar::text_role::token_value ||
                           role == authgrammar::text_role::quoted_value;
        // A word that may still turn out to be a token68 is kept back as well.
        if (!value && role != authgrammar::text_role::token68_or_name) {
            std::printf("%.*s", static_cast<int>(fragment.size()), fragment.data());
        }
        return true;
    }
    bool on_event(const authgrammar::event& e) noexcept {
        using authgrammar::event_kind;
        if (e.kind == event_kind::challenge_begin || e.kind == event_kind::challenge_end) return true;
        const std::string_view kind = name_of(e.kind);
        std::printf(" <%.*s, %lu bytes>\n", static_cast<int>(kind.size()), kind.data(),
                    static_cast<unsigned long>(e.end - e.begin));
        return true;
    }
};

/// Feeds a tokenizer from `socket` until the peer is done.
authgrammar::error read_from(int socket) {
    authgrammar::tokenizer tokenizer(authgrammar::field::www_authenticate);
    gateway_log log;
    char buffer[8];
    for (ssize_t n = 0; (n = read(socket, buffer, sizeof buffer)) > 0;) {
        const std::string_view chunk(buffer, static_cast<std::size_t>(n));
        if (tokenizer.feed(chunk, log) != authgrammar::error_code::none) return tokenizer.last_error();
    }
    (void)tokenizer.finish(log);
    return tokenizer.last_error();
}

}  // namespace

int main() {
    int ends[2];
    if (socketpair(AF_UNIX, SOCK_STREAM, 0, ends) != 0) return 2;
    std::thread server([socket = ends[1]] {
        constexpr std::string_view value = R"(Negotiate, Digest realm="The \"inner\" court", algorithm=SHA-256)";
        const bool sent = write(socket, value.data(), value.size()) == static_cast<ssize_t>(value.size());
        close(socket);
        if (!sent) std::puts("the peer went away");
    });
    const authgrammar::error error = read_from(ends[0]);
    server.join();
    close(ends[0]);
    if (error.code != authgrammar::error_code::none) {
        const std::string_view name = name_of(error.code);
        std::printf("%.*s at byte %zu\n", static_cast<int>(name.size()), name.data(), error.offset);
        return 1;
    }
    return 0;
}
