#ifndef AUTHGRAMMAR_CONVERSATION_KEPT_CHALLENGE_HPP
#define AUTHGRAMMAR_CONVERSATION_KEPT_CHALLENGE_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/schemes/tolerance.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace authgrammar::conversation::detail {

/// The most events that a value may have: one with more is malformed here.
inline constexpr std::size_t most_events = 4096;

/// The challenge that a client answers, as a value of its own, read once. Its views live until the next keep().
class kept_challenge {
public:
    kept_challenge() = default;
    kept_challenge(const kept_challenge&) = delete;
    kept_challenge& operator=(const kept_challenge&) = delete;

    /// Keeps `value`, of one challenge; whether it can be read, as Digest by what is allowed if that is its scheme. If not,
    /// there is none. Linear; allocates.
    bool keep(field f, std::string value, schemes::tolerances allowed);

    [[nodiscard]] const std::string& value() const noexcept { return value_; }
    /// Nothing if there is none.
    [[nodiscard]] const std::optional<challenge>& get() const noexcept { return read_; }
    /// Nothing if it is not Digest's.
    [[nodiscard]] const std::optional<schemes::digest_challenge>& digest() const noexcept { return digest_; }

    /// The value of a parameter, unescaped.
    [[nodiscard]] std::optional<std::string> param(std::string_view name) const;

private:
    std::string value_;
    std::vector<event> memory_;
    std::optional<challenge> read_;
    std::optional<schemes::digest_challenge> digest_;
};

}  // namespace authgrammar::conversation::detail

#endif
