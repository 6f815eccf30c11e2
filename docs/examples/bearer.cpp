// A resource server reads a bearer token (RFC 6750) and says, in status and challenge, why it does not accept one.
#include <authgrammar/schemes/bearer.hpp>

#include <iostream>
#include <optional>
#include <string_view>

namespace schemes = authgrammar::schemes;

namespace {

enum class token_state { unknown, without_scope, good };

/// Stands for the check of a signature, or for a question to the authorization server (RFC 7662).
token_state look_up(std::string_view token) {
    if (token == "mF_9.B5f-4.1JqM") return token_state::good;
    return token == "read-only" ? token_state::without_scope : token_state::unknown;
}

struct answer {
    int status = 200;
    schemes::bearer_challenge challenge{};
};

/// What is answered to a request; without a value, to one without Authorization.
answer answer_to(std::optional<std::string_view> authorization) {
    answer a{401, {}};
    a.challenge.realm = "files";
    if (!authorization) return a;  // no error: the client may not have known that it needs a token (RFC 6750, 3.1)
    const auto read = schemes::read_bearer(*authorization);
    if (!read) {
        if (read.error().code == schemes::scheme_error_code::other_scheme) return a;
        a.status = 400;
        a.challenge.error = name_of(schemes::bearer_error::invalid_request);
        return a;
    }
    switch (look_up(read->token)) {
        case token_state::good: return {};
        case token_state::without_scope:
            a.status = 403;
            a.challenge.error = name_of(schemes::bearer_error::insufficient_scope);
            a.challenge.scope = "files.write";
            break;
        case token_state::unknown:
            a.challenge.error = name_of(schemes::bearer_error::invalid_token);
            a.challenge.error_description = "The access token expired";
            break;
    }
    return a;
}

void print_answer(std::optional<std::string_view> authorization) {
    const answer a = answer_to(authorization);
    std::cout << a.status;
    if (a.status != 200) {
        char value[256];
        const auto written =
            schemes::write_bearer_challenge(authgrammar::field::www_authenticate, a.challenge, value, sizeof value);
        if (!written) std::cout << ' ' << name_of(written.code);
        std::cout << " WWW-Authenticate: " << std::string_view(value, written ? written.size : 0);
    }
    std::cout << '\n';
}

}  // namespace

int main() {
    print_answer(std::nullopt);
    print_answer("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    print_answer("Bearer token=mF_9.B5f-4.1JqM");
    print_answer("Bearer mF_9.B5f-4.1JqN");
    print_answer("Bearer read-only");
    print_answer("Bearer mF_9.B5f-4.1JqM");
}
