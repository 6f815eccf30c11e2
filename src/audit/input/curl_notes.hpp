#ifndef AUTHGRAMMAR_AUDIT_CURL_NOTES_HPP
#define AUTHGRAMMAR_AUDIT_CURL_NOTES_HPP

#include <cstddef>
#include <optional>
#include <string_view>

namespace authgrammar::audit {

/// What the remarks of `curl -v` say of its connections: a new one, TLS on it, or an old one that is used again.
class curl_notes {
public:
    /// Takes the next remark. Linear in it.
    void take(std::string_view note) noexcept;

    /// Whether TLS protects the connection in use, if the remarks so far tell.
    [[nodiscard]] std::optional<bool> secured() const noexcept { return secured_; }

    /// Whether the connection in use is to an address of loopback, by the remarks so far.
    [[nodiscard]] bool loopback() const noexcept { return loopback_; }

private:
    std::size_t connections_ = 0;
    std::optional<bool> secured_;
    bool loopback_ = false;
};

}  // namespace authgrammar::audit

#endif
