// What a user of the library writes first: read a WWW-Authenticate value and look for a scheme. Built outside the
// project's own build, against the installed tree or as a subproject, with nothing but the public headers.

#include <authgrammar/parse.hpp>
#include <authgrammar/version.hpp>

#include <cstdio>
#include <string>

int main() {
    const authgrammar::field_value value =
        R"(Newauth realm="apps", type=1, title="Login to \"apps\"", Basic realm="simple")";
    authgrammar::inline_event_buffer<32> events;
    const auto list = authgrammar::parse_challenges(authgrammar::field::www_authenticate, value, events);
    if (!list || list->size() != 2) return 1;

    const auto newauth = list->find("newauth");
    if (!newauth) return 2;
    const auto title = newauth->param("Title");
    if (!title) return 3;
    std::string text(title->value.size(), '\0');
    if (!title->value.unescape(&text[0], text.size()) || text != "Login to \"apps\"") return 4;

    const auto broken = authgrammar::parse_challenges(authgrammar::field::www_authenticate, "Basic realm=\"x", events);
    if (broken || broken.error().offset != 14) return 5;

    const std::string version{authgrammar::version};
    std::printf("authgrammar %s: %s\n", version.c_str(), text.c_str());
    return 0;
}
