#ifndef AUTHGRAMMAR_TESTS_PROOFS_REPORT_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_REPORT_HPP

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include <authgrammar/abnf/error.hpp>

namespace authgrammar::proofs {

/// Seconds since it was made, for the line that each proof prints.
class stopwatch {
public:
    [[nodiscard]] double seconds() const {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
    }

private:
    std::chrono::steady_clock::time_point start_ = std::chrono::steady_clock::now();
};

/// True where the build checks itself and is slow for it: searches that go by length go less far then.
#ifdef NDEBUG
inline constexpr bool checked_build = false;
#else
inline constexpr bool checked_build = true;
#endif

/// A value as a person can read it: "\t" and "\x7f" for what cannot be seen.
inline std::string visible(std::string_view value) {
    static constexpr char digits[] = "0123456789abcdef";
    std::string out = "'";
    for (const char c : value) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '\t') {
            out += "\\t";
        } else if (byte < 0x20 || byte >= 0x7F) {
            out += std::string("\\x") + digits[byte >> 4] + digits[byte & 15];
        } else {
            out += c;
        }
    }
    return out + "'";
}

/// The value of a result, or an exception that fails the test with the reason.
template <typename T>
T get(abnf::result<T> r) {
    if (!r) throw std::runtime_error(abnf::to_string(r.failure()));
    return std::move(*r);
}

}  // namespace authgrammar::proofs

#endif
