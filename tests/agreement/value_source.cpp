#include "value_source.hpp"

#include <deque>
#include <string_view>
#include <utility>

namespace authgrammar::agreement {

namespace {

using namespace std::string_view_literals;

constexpr std::string_view usual[] = {"Basic"sv,  "Digest"sv,
                                      "a"sv,      "b"sv,
                                      "~"sv,      "!"sv,
                                      "realm"sv,  "="sv,
                                      "=="sv,     ","sv,
                                      ", "sv,     " ,"sv,
                                      " "sv,      "  "sv,
                                      "\t"sv,     "\""sv,
                                      "\"\""sv,   "\"x\""sv,
                                      "\\"sv,     "\\\""sv,
                                      "a=b"sv,    "a=\""sv,
                                      "/"sv,      "abc="sv,
                                      " , ,"sv,   "Basic realm="sv,
                                      ":"sv,      "\x80"sv,
                                      "\xff"sv,   "\x7f"sv,
                                      "\0"sv,     "\r\n"sv,
                                      "A "sv,     "A b=c"sv,
                                      ", c = d"sv};

}  // namespace

value_source::value_source(const abnf::dfa& language, std::uint32_t seed)
    : language_(language),
      live_(abnf::live_states(language)),
      bytes_of_class_(language.classes),
      completion_(language.states()),
      random_(seed) {
    for (std::size_t byte = 0; byte < 256; ++byte) {
        bytes_of_class_[language.class_of[byte]].push_back(static_cast<unsigned char>(byte));
    }
    // Backwards from acceptance, so that the first word found for a state is a shortest one.
    std::vector<bool> known = language.accepting;
    for (bool changed = true; changed;) {
        changed = false;
        std::vector<bool> now = known;
        for (std::uint32_t s = 0; s < language.states(); ++s) {
            for (std::size_t c = 0; !now[s] && c < language.classes; ++c) {
                const unsigned char byte = bytes_of_class_[c].front();
                const std::uint32_t t = language.step(s, byte);
                if (!known[t]) continue;
                completion_[s] = static_cast<char>(byte) + completion_[t];
                now[s] = true;
                changed = true;
            }
        }
        known = now;
    }
}

std::string value_source::next() {
    std::string value =
        below(3) != 0 || earlier_.empty() ? (below(2) != 0 ? walk() : fragments()) : earlier_[below(earlier_.size())];
    for (std::size_t edits = below(4); edits != 0; --edits) mutate(value);
    if (earlier_.size() < 64) {
        earlier_.push_back(value);
    } else {
        earlier_[below(earlier_.size())] = value;
    }
    return value;
}

std::string value_source::complete(std::string viable) const {
    std::uint32_t state = language_.start;
    for (const char c : viable) state = language_.step(state, static_cast<unsigned char>(c));
    return viable + completion_[state];
}

std::string value_source::walk() {
    std::string value;
    std::uint32_t state = language_.start;
    for (std::size_t length = below(50); value.size() < length;) {
        std::vector<std::size_t> classes;
        for (std::size_t c = 0; c < language_.classes; ++c) {
            if (live_[language_.step(state, bytes_of_class_[c].front())]) classes.push_back(c);
        }
        if (classes.empty()) break;
        const auto& bytes = bytes_of_class_[classes[below(classes.size())]];
        const unsigned char byte = bytes[below(bytes.size())];
        value += static_cast<char>(byte);
        state = language_.step(state, byte);
    }
    return value + completion_[state];
}

std::string value_source::fragments() {
    std::string value;
    for (std::size_t n = below(12); n != 0; --n) value += usual[below(std::size(usual))];
    return value;
}

void value_source::mutate(std::string& value) {
    const std::size_t at = below(value.size() + 1);
    switch (below(5)) {
        case 0: value.insert(at, 1, static_cast<char>(below(256))); break;
        case 1: value.insert(at, usual[below(std::size(usual))]); break;
        case 2: value.erase(at, 1 + below(3)); break;
        case 3:
            if (at < value.size()) value[at] = static_cast<char>(below(256));
            break;
        default:
            if (!earlier_.empty()) value = value.substr(0, at) + earlier_[below(earlier_.size())].substr(0, 40);
            break;
    }
    if (value.size() > 400) value.resize(400);
}

}  // namespace authgrammar::agreement
