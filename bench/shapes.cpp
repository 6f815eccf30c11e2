#include "shapes.hpp"

#include "workload.hpp"

#include <string_view>

namespace authgrammar::bench {

namespace {

constexpr std::string_view tchars = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789!#$%&'*+-.^_`|~";
constexpr std::string_view names = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ-_";
constexpr std::string_view token68_octets = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~+/";

/// `head`, then `part` as often as it fits, then `tail`; what is left over is filled with `filler` after the head.
std::string repeated(std::size_t size, std::string_view head, std::string_view part, std::string_view tail,
                     char filler) {
    const std::size_t room = size - head.size() - tail.size();
    std::string out(head);
    out.append(room % part.size(), filler);
    for (std::size_t i = 0; i < room / part.size(); ++i) out += part;
    return out.append(tail);
}

std::string quoted(random_source& random, std::size_t size) {
    std::string out = "\"";
    while (out.size() <= size) {
        switch (random.below(16)) {
            case 0: out += "\\\""; break;
            case 1: out += "\\\\"; break;
            case 2: out += ", "; break;
            case 3: out += "="; break;
            case 4: out += static_cast<char>(0x80 + random.below(128)); break;
            case 5: out += ' '; break;
            default: out += random.text(random.between(1, 12), tchars);
        }
    }
    return out + '"';
}

std::string white(random_source& random, std::size_t most, std::string_view octets = " \t") {
    return random.below(3) == 0 ? random.text(random.below(most + 1), octets) : std::string();
}

std::string param(random_source& random) {
    std::string out = random.text(random.between(1, 12), names) + white(random, 3) + "=" + white(random, 3);
    const std::size_t size = random.between(1, 40);
    return out + (random.below(2) == 0 ? quoted(random, size) : random.text(size, tchars));
}

/// As much of it as a list allows: empty elements, white space at every place where it may stand.
std::string comma(random_source& random) {
    std::string out = white(random, 3) + "," + white(random, 3);
    while (random.below(8) == 0) out += "," + white(random, 2);
    return out;
}

std::string challenge(random_source& random) {
    std::string out = random.text(random.between(3, 12), names);
    switch (random.below(3)) {
        case 0: break;
        case 1:
            out += " " + random.text(random.between(1, 60), token68_octets) + std::string(random.below(3), '=');
            break;
        default:
            out += " ";
            for (std::size_t i = random.between(1, 6); i > 0; --i)
                out += (i > 1 ? param(random) + comma(random) : param(random));
    }
    return out;
}

/// Elements of a list as long as they fit, then a scheme that fills it up.
template <typename Element>
std::string list(std::uint64_t seed, std::size_t size, std::string_view head, Element&& element) {
    random_source random(seed);
    std::string out(head);
    for (;;) {
        const std::string more = element(random) + comma(random);
        if (out.size() + more.size() + 1 > size) break;
        out += more;
    }
    return out + random.text(size - out.size(), names);
}

std::string many_challenges(std::size_t size, std::uint64_t seed) { return list(seed, size, "", challenge); }

}  // namespace

const std::vector<shape>& adversarial_shapes() {
    constexpr field f = field::www_authenticate;
    static const std::vector<shape> shapes{
        {"adv_commas", f, [](std::size_t n, std::uint64_t) { return std::string(n, ','); }},
        {"adv_spaces", f, [](std::size_t n, std::uint64_t) { return repeated(n, "Basic", " ", "realm=x", ' '); }},
        {"adv_quoted", f,
         [](std::size_t n, std::uint64_t) { return repeated(n, "Basic realm=\"", "\\\"", "\"", 'x'); }},
        {"adv_params", f, [](std::size_t n, std::uint64_t) { return repeated(n, "Basic ", "a=1,", "a=1", ' '); }},
        {"adv_schemes", f, [](std::size_t n, std::uint64_t) { return repeated(n, "Abc", ",Abc", "", 'c'); }},
    };
    return shapes;
}

const std::vector<shape>& generated_shapes() {
    constexpr field f = field::www_authenticate;
    static const std::vector<shape> shapes{
        {"gen_token68", f,
         [](std::size_t n, std::uint64_t seed) { return "Bearer " + random_source(seed).text(n - 7, token68_octets); }},
        {"gen_name", f,
         [](std::size_t n, std::uint64_t seed) { return "Digest " + random_source(seed).text(n - 9, tchars) + "=1"; }},
        {"gen_value", f,
         [](std::size_t n, std::uint64_t seed) { return "Digest a=" + random_source(seed).text(n - 9, tchars); }},
        {"gen_quoted", f,
         [](std::size_t n, std::uint64_t seed) {
             random_source random(seed);
             std::string text = quoted(random, n - 16);
             text.resize(n - 16);
             // The cut may have come between a backslash and its octet.
             return "Digest realm=" + text + "xx\"";
         }},
        {"gen_open", f,
         [](std::size_t n, std::uint64_t seed) {
             random_source random(seed);
             std::string text = quoted(random, n);
             text.resize(n - 9);
             return "Digest a=" + text;
         }},
        {"gen_params", f, [](std::size_t n, std::uint64_t seed) { return list(seed, n, "Digest ", param); }},
        {"gen_challenges", f, many_challenges},
        {"gen_late", f,
         [](std::size_t n, std::uint64_t seed) {
             std::string text = many_challenges(n, seed);
             text.back() = '"';
             return text;
         }},
    };
    return shapes;
}

}  // namespace authgrammar::bench
