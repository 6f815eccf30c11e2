// Credentials of a scheme that has no reader of its own, read by its row in the table of schemes: here vapid (RFC 8292).
#include <authgrammar/parse.hpp>
#include <authgrammar/schemes/scheme_message.hpp>

#include <iostream>
#include <string_view>

namespace schemes = authgrammar::schemes;

namespace {

/// Prints the parameters. Whatever the table calls secret, or does not know, is not shown.
void print_params(const schemes::scheme_message& message) {
    for (const authgrammar::auth_param p : message.params()) {
        const schemes::parameter_description* const known = message.describe(p);
        std::cout << "  " << p.name.raw() << " = ";
        if (known == nullptr || known->secret) {
            std::cout << "<" << p.value.size() << " bytes>\n";
        } else {
            std::cout << p.value.raw() << '\n';
        }
    }
}

void read_credentials(std::string_view authorization) {
    authgrammar::inline_event_buffer<64> events;
    const auto parsed = authgrammar::parse_credentials(authgrammar::field::authorization, authorization, events);
    if (!parsed) {
        std::cout << name_of(parsed.error().code) << " at byte " << parsed.error().offset << '\n';
        return;
    }
    const schemes::scheme_description* const scheme = schemes::find_scheme(parsed->scheme().raw());
    if (scheme == nullptr) {
        std::cout << "a scheme that the table does not have\n";
        return;
    }
    // The syntax is right then, by what the table says of each parameter. No signature has been checked.
    const auto read = schemes::read_scheme_credentials(*scheme, *parsed);
    if (read) {
        std::cout << scheme->name << " (" << scheme->reference << ")\n";
        print_params(*read);
    } else {
        const schemes::scheme_error& e = read.error();
        std::cout << name_of(e.code) << " of " << e.param << " at byte " << e.offset << " (" << e.section << ")\n";
    }
}

}  // namespace

int main() {
    read_credentials("vapid t=eyJ0.eyJh.iKMq, k=BA1Hxzyi1RUM1b5wjxsn7nGxAs2w2aMitK3i9m3w, v=2");
    read_credentials("vapid t=eyJ0.eyJh, k=BA1Hxzyi1RUM1b5wjxsn7nGxAs2w2aMitK3i9m3w");
    read_credentials("vapid k=BA1Hxzyi1RUM1b5wjxsn7nGxAs2w2aMitK3i9m3w");
}
