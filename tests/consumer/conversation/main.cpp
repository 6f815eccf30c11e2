// A guard and an answerer, from an installation.
#include <authgrammar/conversation/answerer.hpp>
#include <authgrammar/conversation/exchange.hpp>

#include <string>

namespace conversation = authgrammar::conversation;

int main() {
    conversation::guard_options options;
    options.realm = "files";
    options.offers = {conversation::basic_offer{}};
    const conversation::guard guard(options);
    conversation::exchange exchange(guard);
    conversation::request request{};
    request.secured = true;
    if (exchange.check(request) != conversation::exchange_state::refused || exchange.status() != 401) return 1;

    conversation::answerer client;
    if (!client.add_user("https://example.com/", "Mufasa", "Circle of Life")) return 2;
    conversation::attempt attempt = client.begin({"GET", "https://example.com/", {}, {}});
    const std::string challenge(exchange.fields().begin()->value);
    attempt.receive(exchange.status(), authgrammar::field_value(challenge));
    if (!attempt.credentials()) return 3;
    const std::string credentials(*attempt.credentials());
    request.credentials = std::string_view(credentials);
    exchange.check(request);
    return exchange.password_is(exchange.password() == "Circle of Life") == conversation::exchange_state::admitted ? 0
                                                                                                                   : 4;
}
