#ifndef AUTHGRAMMAR_AUDIT_FRAMING_HPP
#define AUTHGRAMMAR_AUDIT_FRAMING_HPP

#include <authgrammar/audit/message.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::audit {

/// Where the body that begins at `begin` ends: as Content-Length or the chunks of `m` say, if a message or the
/// end of the input follows there; else where the next message starts. A dump may lack the body (an answer to
/// HEAD), be cut off, or hold it decoded, so the framing alone is not to be believed. Linear.
[[nodiscard]] std::size_t body_end(std::string_view input, std::size_t begin, const message& m) noexcept;

}  // namespace authgrammar::audit

#endif
