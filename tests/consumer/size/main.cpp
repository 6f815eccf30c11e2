// All that a program needs which does nothing but read credentials.

#include <authgrammar/collector.hpp>
#include <authgrammar/parse.hpp>

int main(int argc, char** argv) {
    authgrammar::inline_event_buffer<64> events;
    const char* const value = argc > 1 ? argv[1] : "Basic dTpw";
    return authgrammar::parse_credentials(authgrammar::field::authorization, value, events) ? 0 : 1;
}
