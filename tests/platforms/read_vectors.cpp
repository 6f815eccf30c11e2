// Reads the lines that scripts/platforms makes of corpus/vectors from standard input:
//
//     FIELD EDITION VALID OFFSET VALUE EVENTS
//
// VALID is 1 or 0, OFFSET that of the error, VALUE in hexadecimal and "-" if it is empty, and EVENTS "KIND:BEGIN:END:QUOTED,"
// for each. Whether reading says the same of the value, all at once and byte by byte; and whether both ways agree behind and
// before enough other text for the bulk paths. Prints how many lines there were, and the instruction set. Needs nothing of
// its platform but the standard library, and neither exceptions nor RTTI.

#include "authgrammar.hpp"

#include <cstdio>
#include <cstdlib>
#include <sstream>
#include <string>
#include <vector>

namespace {

using namespace authgrammar;

struct answer {
    error_code code = error_code::none;
    std::uint64_t offset = 0;
    std::string events{};
    bool on_event(const event& e) noexcept {
        events += name_of(e.kind);
        events += ":" + std::to_string(e.begin) + ":" + std::to_string(e.end) + (e.quoted ? ":1," : ":0,");
        return true;
    }
    friend bool operator==(const answer& a, const answer& b) noexcept {
        return a.code == b.code && a.offset == b.offset && a.events == b.events;
    }
};

answer read(field f, edition e, std::string_view value, std::size_t step) {
    answer a;
    static constexpr limits unlimited = limits::none();
    tokenizer t(f, e, unlimited);
    for (std::size_t i = 0; i < value.size() && a.code == error_code::none; i += step) {
        a.code = t.feed(value.substr(i, step), a);
    }
    if (a.code == error_code::none) a.code = t.finish(a);
    a.offset = t.position();
    return a;
}

template <typename Names>
auto named(const Names& all, std::string_view name) {
    for (const auto each : all) {
        if (name_of(each) == name) return each;
    }
    std::printf("unknown name: %s\n", std::string(name).c_str());
    std::exit(2);
}

std::string octets(const std::string& hex) {
    std::string out;
    if (hex == "-") return out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out += static_cast<char>(std::strtoul(hex.substr(i, 2).c_str(), nullptr, 16));
    }
    return out;
}

/// Whether the value reads the same at once and byte by byte, in company that brings the bulk paths to life.
bool bulk_agrees(field f, edition e, const std::string& value) {
    const std::string far(57, 'x');
    const std::string company[][2] = {{"", ", " + far + "=\"y\", z=1"},
                                      {"Scheme " + far + "=\"y\", ", ""},
                                      {far + "=\"", "\", a=" + far},
                                      {"Scheme " + far, "/" + far + "=="}};
    for (const auto& [before, behind] : company) {
        const std::string whole = before + value + behind;
        if (!(read(f, e, whole, whole.size()) == read(f, e, whole, 1))) return false;
    }
    return true;
}

}  // namespace

int main() {
    std::string input;
    char block[4096];
    while (const std::size_t n = std::fread(block, 1, sizeof block, stdin)) input.append(block, n);
    std::istringstream lines(input);
    std::string field_name, edition_name, valid, offset, hex, events;
    unsigned count = 0;
    while (lines >> field_name >> edition_name >> valid >> offset >> hex >> events) {
        ++count;
        const field f = named(all_fields, field_name);
        const edition e = named(all_editions, edition_name);
        const std::string value = octets(hex);
        const answer at_once = read(f, e, value, value.size() + 1);
        const bool right = (at_once.code == error_code::none) == (valid == "1") &&
                           (valid == "1" || std::to_string(at_once.offset) == offset) &&
                           (valid == "0" || at_once.events == (events == "-" ? "" : events)) &&
                           at_once == read(f, e, value, 1);
        if (!right || !bulk_agrees(f, e, value)) {
            std::printf("line %u: %s in %s: %s at %s: %s\n", count, field_name.c_str(), edition_name.c_str(),
                        std::string(name_of(at_once.code)).c_str(), std::to_string(at_once.offset).c_str(),
                        hex.c_str());
            return 1;
        }
    }
    std::printf("%u values, %s\n", count, std::string(name_of(active_isa())).c_str());
    return 0;
}
