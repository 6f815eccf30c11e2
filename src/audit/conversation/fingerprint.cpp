#include "conversation/fingerprint.hpp"

#include "common/field_text.hpp"

#include <algorithm>
#include <array>
#include <random>
#include <utility>

namespace authgrammar::audit {

namespace {

struct seeds {
    std::uint64_t first;
    std::uint64_t second;
};

const seeds& secret_seeds() {
    static const seeds made = [] {
        std::random_device source;
        const auto word = [&source] { return std::uint64_t{source()} << 32 | source(); };
        return seeds{word(), word()};
    }();
    return made;
}

/// Two sums, each with a seed and a multiplier of its own, and each with a part of the other.
class mixer {
public:
    mixer() : first_(secret_seeds().first), second_(secret_seeds().second) {}

    void add(std::uint64_t left, std::uint64_t right) noexcept {
        first_ = (first_ ^ left) * 0x9E3779B97F4A7C15u;
        second_ = (second_ + right) * 0xC2B2AE3D27D4EB4Fu;
        first_ ^= second_ >> 32;
        second_ ^= first_ >> 29;
    }

    [[nodiscard]] fingerprint value() const noexcept {
        const auto finished = [](std::uint64_t sum) {
            sum *= 0xD6E8FEB86659FD93u;
            return sum ^ sum >> 32;
        };
        return {finished(first_ + second_), finished(second_ ^ first_ >> 31)};
    }

private:
    std::uint64_t first_;
    std::uint64_t second_;
};

/// Less than 16 octets in two words, which other octets of the same size do not have. Without a copy of them: what was stored
/// octet by octet cannot be loaded as a word at once.
std::pair<std::uint64_t, std::uint64_t> words_of_few(std::string_view bytes) noexcept {
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

/// Whether the octets of a text are those that it means.
bool means_itself(const text& t) noexcept {
    return !t.quoted() || (!t.spans_lines() && t.raw().find('\\') == std::string_view::npos);
}

}  // namespace

fingerprint fingerprint_of(std::string_view bytes) noexcept {
    mixer sum;
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
    sum.add(bytes.size(), 0);
    return sum.value();
}

fingerprint fingerprint_of_text(const text& t) {
    return means_itself(t) ? fingerprint_of(t.raw()) : fingerprint_of(detail::unescaped(t));
}

fingerprint fingerprint_in_lower_case(const text& t) {
    std::array<char, 32> room;
    const std::string_view raw = t.raw();
    if (raw.size() > room.size() || !means_itself(t)) return fingerprint_of(detail::lower(detail::unescaped(t)));
    std::transform(raw.begin(), raw.end(), room.begin(), [](char c) { return detail::lower(c); });
    return fingerprint_of({room.data(), raw.size()});
}

fingerprint joined(const fingerprint& a, const fingerprint& b) noexcept {
    mixer sum;
    sum.add(a.first, a.second);
    sum.add(b.first, b.second);
    return sum.value();
}

}  // namespace authgrammar::audit
