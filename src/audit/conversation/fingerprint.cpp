#include "conversation/fingerprint.hpp"

#include <authgrammar/detail/portability.hpp>

#include "common/field_text.hpp"

#include <algorithm>
#include <array>
#include <random>

namespace authgrammar::audit {

namespace {

using word = std::uint64_t;

struct secret_words {
    word first;
    word second;
    word third;
    word fourth;
    word of_size;
};

const secret_words& secret() {
    static const secret_words made = [] {
        std::random_device source;
        const auto next = [&source] { return word{source()} << 32 | source(); };
        return secret_words{next(), next(), next(), next(), next()};
    }();
    return made;
}

/// What is added to a sum at once.
struct word_pair {
    word left;
    word right;
};

/// Two sums of products. Both factors of each product hold a word of the secret, or of what came of it, and so do the sums of
/// texts that differ in size: whoever chooses the texts cannot tell which of them have the same sums.
class mixer {
public:
    explicit mixer(word size)
        : first_(secret_.first ^ size * secret_.of_size), second_(secret_.second ^ size * secret_.of_size) {}

    /// Adds a pair to each sum.
    void add(const word_pair& to_first, const word_pair& to_second) noexcept {
        first_ = detail::folded_product(first_ ^ to_first.left, to_first.right ^ secret_.third);
        second_ = detail::folded_product(second_ ^ to_second.right, to_second.left ^ secret_.fourth);
    }

    /// If the same pairs were added to both.
    [[nodiscard]] fingerprint sums() const noexcept { return {first_, second_}; }

    /// If others were, so that each half tells of all of them.
    [[nodiscard]] fingerprint sums_of_each() const noexcept {
        return {detail::folded_product(first_ ^ secret_.fourth, second_ ^ secret_.third), first_ ^ second_};
    }

private:
    const secret_words& secret_ = secret();
    word first_;
    word second_;
};

/// Less than 16 octets in two words, which other octets of the same size do not have. Without a copy of them: what was stored
/// octet by octet cannot be loaded as a word at once.
word_pair words_of_few(std::string_view bytes) noexcept {
    const char* const first = bytes.data();
    const std::size_t size = bytes.size();
    if (size >= 8) {
        return {detail::load_octets<std::uint64_t>(first), detail::load_octets<std::uint64_t>(first + size - 8)};
    }
    if (size >= 4) {
        return {detail::load_octets<std::uint32_t>(first), detail::load_octets<std::uint32_t>(first + size - 4)};
    }
    if (size == 0) return {0, 0};
    const auto octet = [&](std::size_t i) { return std::uint64_t{static_cast<unsigned char>(bytes[i])}; };
    return {octet(0), octet(size / 2) << 8 | octet(size - 1)};
}

}  // namespace

fingerprint fingerprint_of(std::string_view bytes) noexcept {
    mixer sums(bytes.size());
    constexpr std::size_t half = 2 * sizeof(word);
    if (bytes.size() < half) {
        const word_pair all = words_of_few(bytes);
        sums.add(all, all);
        return sums.sums();
    }
    const auto pair_at = [first = bytes.data()](std::size_t i) {
        return word_pair{detail::load_octets<word>(first + i), detail::load_octets<word>(first + i + sizeof(word))};
    };
    std::size_t at = 0;
    for (; bytes.size() - at > 2 * half; at += 2 * half) sums.add(pair_at(at), pair_at(at + half));
    // The last two may overlap those before, and each other.
    const std::size_t last = bytes.size() - half;
    sums.add(pair_at(last < half ? 0 : last - half), pair_at(last));
    return sums.sums_of_each();
}

bool means_itself(const text& t) noexcept {
    return !t.quoted() || (!t.spans_lines() && t.raw().find('\\') == std::string_view::npos);
}

fingerprint fingerprint_of_text(const text& t) {
    return means_itself(t) ? fingerprint_of(t.raw()) : fingerprint_of(detail::unescaped(t));
}

fingerprint fingerprint_in_lower_case(std::string_view bytes) {
    std::array<char, 32> room;
    if (bytes.size() > room.size()) return fingerprint_of(std::string_view(detail::lower(bytes)));
    std::transform(bytes.begin(), bytes.end(), room.begin(), [](char c) { return detail::lower(c); });
    return fingerprint_of({room.data(), bytes.size()});
}

fingerprint fingerprint_in_lower_case(const text& t) {
    if (!means_itself(t)) return fingerprint_in_lower_case(std::string_view(detail::unescaped(t)));
    return fingerprint_in_lower_case(t.raw());
}

fingerprint joined(const fingerprint& a, const fingerprint& b) noexcept {
    // Fingerprints are secret themselves, so that a product of each half is enough.
    const secret_words& s = secret();
    return {detail::folded_product(a.first ^ s.third, b.first ^ s.first),
            detail::folded_product(a.second ^ s.fourth, b.second ^ s.second)};
}

}  // namespace authgrammar::audit
