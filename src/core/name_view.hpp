#ifndef AUTHGRAMMAR_CORE_NAME_VIEW_HPP
#define AUTHGRAMMAR_CORE_NAME_VIEW_HPP

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "ascii.hpp"

namespace authgrammar::detail {

/// A token: as it is, or with the escapes of the quoted-string that it was in.
class name_view {
public:
    name_view() noexcept = default;
    name_view(std::string_view raw, bool quoted) noexcept
        : data_(raw.data()), size_(raw.size()), escaped_(quoted && raw.find('\\') != std::string_view::npos) {}

    /// A hash of the octets that it means, the same for upper and lower case.
    [[nodiscard]] std::uint64_t hash(std::uint64_t seed) const noexcept {
        hasher h(seed);
        if (!escaped_) {
            std::size_t i = 0;
            for (; size_ - i > 8; i += 8) h.add(data_ + i, 8);
            h.add(data_ + i, size_ - i);
        } else {
            char block[8];
            std::size_t filled = 0;
            for (octets o(*this); !o.at_end(); o.next()) {
                if (filled == sizeof block) {
                    h.add(block, filled);
                    filled = 0;
                }
                block[filled++] = o.octet();
            }
            h.add(block, filled);
        }
        return h.value();
    }

    [[nodiscard]] friend bool operator==(const name_view& a, const name_view& b) noexcept {
        if (a.escaped_ || b.escaped_) return order(a, b) == 0;
        return equal_ignoring_case({a.data_, a.size_}, {b.data_, b.size_});
    }

    /// Less than 0, 0 or more: lexicographical.
    [[nodiscard]] friend int order(const name_view& a, const name_view& b) noexcept {
        octets left(a);
        octets right(b);
        for (; !left.at_end() && !right.at_end(); left.next(), right.next()) {
            const int difference = lower(left.octet()) - lower(right.octet());
            if (difference != 0) return difference;
        }
        return left.at_end() ? (right.at_end() ? 0 : -1) : 1;
    }

private:
    /// Adds up blocks of 8 octets, of which the last may have fewer.
    class hasher {
    public:
        explicit hasher(std::uint64_t seed) noexcept : sum_(seed) {}
        void add(const char* p, std::size_t n) noexcept {
            constexpr std::uint64_t any_case = 0x2020202020202020u;
            sum_ = (sum_ ^ (block(p, n) | any_case) ^ n) * 0x9E3779B97F4A7C15u;
            sum_ ^= sum_ >> 32;
        }
        [[nodiscard]] std::uint64_t value() const noexcept {
            const std::uint64_t mixed = sum_ * 0xD6E8FEB86659FD93u;
            return mixed ^ mixed >> 32;
        }

    private:
        [[nodiscard]] static std::uint64_t block(const char* p, std::size_t n) noexcept {
            if (n == 8) return load_octets<std::uint64_t>(p);
            if (n >= 4) {
                return load_octets<std::uint32_t>(p) | std::uint64_t{load_octets<std::uint32_t>(p + n - 4)} << 32;
            }
            std::uint64_t few = 0;
            for (std::size_t i = 0; i < n; ++i) few = few << 8 | static_cast<unsigned char>(p[i]);
            return few;
        }
        std::uint64_t sum_;
    };

    /// Goes through the octets that a name means.
    class octets {
    public:
        explicit octets(const name_view& name) noexcept
            : at_(name.data_), end_(name.data_ + name.size_), escaped_(name.escaped_) {
            skip();
        }
        [[nodiscard]] bool at_end() const noexcept { return at_ == end_; }
        [[nodiscard]] char octet() const noexcept { return *at_; }
        void next() noexcept {
            ++at_;
            skip();
        }

    private:
        void skip() noexcept {
            if (escaped_ && at_ != end_ && *at_ == '\\') ++at_;
        }
        const char* at_;
        const char* end_;
        bool escaped_;
    };

    // Not initialised by default: there are arrays of names of which few are used.
    const char* data_;
    std::size_t size_;
    bool escaped_;
};

}  // namespace authgrammar::detail

#endif
