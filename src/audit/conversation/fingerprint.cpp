#include "conversation/fingerprint.hpp"

#include <authgrammar/detail/portability.hpp>

#include "common/field_text.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

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

/// Two sums over blocks of two words. Both factors of each product hold a word of the secret, or of what came of it, and so do
/// the sums of texts that differ in size: whoever chooses the texts cannot tell which of them have the same sums.
class mixer {
public:
    explicit mixer(word size)
        : first_(secret_.first ^ size * secret_.of_size), second_(secret_.second ^ size * secret_.of_size) {}

    void add(word left, word right) noexcept {
        first_ = detail::folded_product(first_ ^ left, right ^ secret_.third);
        second_ = detail::folded_product(second_ ^ right, left ^ secret_.fourth);
    }

    [[nodiscard]] fingerprint value() const noexcept { return {first_, second_}; }

private:
    const secret_words& secret_ = secret();
    word first_;
    word second_;
};

/// Less than 16 octets in two words, which other octets of the same size do not have. Without a copy of them: what was stored
/// octet by octet cannot be loaded as a word at once.
std::pair<word, word> words_of_few(std::string_view bytes) noexcept {
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
    mixer sum(bytes.size());
    constexpr std::size_t step = 16;
    const auto add = [&sum](const char* block) {
        sum.add(detail::load_octets<std::uint64_t>(block), detail::load_octets<std::uint64_t>(block + step / 2));
    };
    if (bytes.size() < step) {
        const auto [left, right] = words_of_few(bytes);
        sum.add(left, right);
    } else {
        // The last block overlaps the one before it.
        const char* const last = bytes.data() + bytes.size() - step;
        for (const char* at = bytes.data(); at < last; at += step) add(at);
        add(last);
    }
    return sum.value();
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
