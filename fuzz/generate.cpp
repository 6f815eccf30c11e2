// fuzz_generate: values of the authentication fields, a line of JSON each, as `authlint parse --ndjson` reads them.

#include "support/derivation.hpp"
#include "support/judge.hpp"
#include "support/random.hpp"

#include <cstdio>
#include <cstdlib>
#include <optional>
#include <string>
#include <string_view>

namespace {

using namespace authgrammar;

constexpr char usage[] =
    "usage: fuzz_generate [--kind derivation|near-miss|pumped|family] [--field NAME] [--edition NAME]\n"
    "                     [--count N] [--size BYTES] [--seed N]\n"
    "derivation: words of the field's rule (default). near-miss: a word with one edit. pumped: a word with a part\n"
    "repeated. family: each long repetitive value once. Without --field and --edition, any.\n";

[[noreturn]] void fail() {
    std::fputs(usage, stderr);
    std::exit(2);
}

/// Octets as code points of the same number, in ASCII.
std::string json(std::string_view bytes) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "\"";
    for (const char c : bytes) {
        const auto byte = static_cast<unsigned char>(c);
        if (byte == '"' || byte == '\\') {
            out += '\\';
            out += c;
        } else if (byte >= 0x20 && byte < 0x7F) {
            out += c;
        } else {
            out += "\\u00";
            out += digits[byte >> 4];
            out += digits[byte & 15];
        }
    }
    return out + "\"";
}

void print(field f, edition e, std::string_view kind, std::string_view value) {
    const std::string line = "{\"field\": " + json(name_of(f)) + ", \"value\": " + json(value) +
                             ", \"edition\": " + json(name_of(e)) + ", \"kind\": " + json(kind) + "}\n";
    std::fwrite(line.data(), 1, line.size(), stdout);
}

std::size_t number(std::string_view text) {
    char* end = nullptr;
    const std::string copy(text);
    const unsigned long long n = std::strtoull(copy.c_str(), &end, 10);
    if (copy.empty() || *end != '\0') fail();
    return static_cast<std::size_t>(n);
}

}  // namespace

int main(int argc, char** argv) {
    std::string_view kind = "derivation";
    std::optional<field> only_field;
    std::optional<edition> only_edition;
    std::size_t count = 100;
    std::size_t size = 200;
    std::size_t seed = 1;
    for (int i = 1; i < argc; i += 2) {
        const std::string_view option = argv[i];
        if (option == "--help") {
            std::fputs(usage, stdout);
            return 0;
        }
        if (i + 1 == argc) fail();
        const std::string_view value = argv[i + 1];
        if (option == "--kind") {
            kind = value;
        } else if (option == "--field") {
            only_field = field_from_name(value);
            if (!only_field) fail();
        } else if (option == "--edition") {
            only_edition = edition_from_name(value);
            if (!only_edition) fail();
        } else if (option == "--count") {
            count = number(value);
        } else if (option == "--size") {
            size = number(value);
        } else if (option == "--seed") {
            seed = number(value);
        } else {
            fail();
        }
    }
    if (kind != "derivation" && kind != "near-miss" && kind != "pumped" && kind != "family") fail();

    fuzz::random_source random(seed);
    if (kind == "family") {
        for (const fuzz::family& one : fuzz::all_families()) {
            if (only_field && *only_field != one.f) continue;
            print(one.f, only_edition.value_or(edition::rfc9110_recipient), one.name, one.member(size));
        }
        return 0;
    }
    for (std::size_t i = 0; i < count; ++i) {
        const field f = only_field ? *only_field : random.any(all_fields);
        const edition e = only_edition ? *only_edition : random.any(all_editions);
        std::string value = fuzz::judge::words(e).derive(name_of(f), random, kind == "pumped" ? 60 : size);
        if (kind == "near-miss") value = fuzz::near_miss(value, random);
        if (kind == "pumped") value = fuzz::pump(fuzz::judge::of(f, e).automaton(), value, random, size);
        print(f, e, kind, value);
    }
    return 0;
}
