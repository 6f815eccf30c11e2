#ifndef AUTHLINT_FORMATS_MESSAGE_HEAD_HPP
#define AUTHLINT_FORMATS_MESSAGE_HEAD_HPP

#include "formats/message_text.hpp"

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace authlint {

/// The head of a message: its start line, field lines, and the empty line.
struct message_head {
    std::string text;
    int status = 0;              ///< 0 is a request
    text_origin origin;          ///< its offset is not used
    std::string trailers;        ///< the field lines of its trailer section, and the empty line; or empty
    std::string trailers_label;  ///< as text_origin::label

    [[nodiscard]] bool is_interim() const noexcept { return status >= 100 && status < 200 && status != 101; }
};

/// Longer heads are cut, and that is said.
inline constexpr std::size_t longest_head = std::size_t{1} << 20;

/// Appends a head to a text.
void append(message_sink& out, message_head&& head);

/// Writes the head of a message from its parts. Parts that would break the form of a message are left out, and said to be
/// unread: names that are no token, and a start line that is none.
class head_writer {
public:
    /// `out` must outlive it.
    head_writer(std::string label, message_sink& out) : out_(out) { head_.origin.label = std::move(label); }

    void request_line(std::string_view method, std::string_view target, std::string_view version);
    void status_line(int status, std::string_view reason, std::string_view version);

    /// A field line; of a value with LF, which browsers put between the lines of one field, as many as it has. Content-Length
    /// and Transfer-Encoding are left out, as bodies are.
    void field(std::string_view name, std::string_view value);

    void secured(std::optional<bool> by_tls) { head_.origin.secured = by_tls; }
    void login_form(bool has_one) { head_.origin.login_form = has_one; }

    /// The head, if it has a start line.
    [[nodiscard]] std::optional<message_head> take();

private:
    void start(std::string line, int status);

    message_sink& out_;
    message_head head_;
    bool full_ = false;
};

/// A name and a value.
using header_list = std::vector<std::pair<std::string, std::string>>;

/// Fields in the order in which they come; those beyond the longest head are dropped.
class header_block {
public:
    void add(std::string name, std::string value) {
        bytes_ += name.size() + value.size() + 4;
        if (bytes_ <= longest_head) fields_.emplace_back(std::move(name), std::move(value));
    }
    void clear() {
        fields_.clear();
        bytes_ = 0;
    }
    [[nodiscard]] const header_list& fields() const noexcept { return fields_; }
    [[nodiscard]] bool empty() const noexcept { return fields_.empty(); }
    [[nodiscard]] bool too_long() const noexcept { return bytes_ > longest_head; }

private:
    header_list fields_;
    std::size_t bytes_ = 0;
};

/// The head of a message of HTTP/2 or HTTP/3 from its fields, those included that stand for the start line (RFC 9113, 8.3):
/// ":authority" becomes Host if there is none.
[[nodiscard]] std::optional<message_head> head_of_fields(const header_block& block, std::string_view version,
                                                         std::string label, std::optional<bool> secured,
                                                         message_sink& out);

/// Gives a message of HTTP/2 its trailer section: in HTTP/1.1 it is behind a body in chunks, so that it has an empty one.
/// False if the message can have no body, and so no trailers.
[[nodiscard]] bool add_trailers(message_head& head, const header_block& block, std::string label, message_sink& out);

/// The head that `raw` begins with, as it is written but for Content-Length and Transfer-Encoding; nothing if it begins with
/// no start line, which is said.
[[nodiscard]] std::optional<message_head> head_of_text(std::string_view raw, std::string label, message_sink& out);

/// Where the head ends that `raw` begins with: behind its empty line, or at the end.
[[nodiscard]] std::size_t head_size(std::string_view raw) noexcept;

/// The scheme, the authority and the request target that a URL comes to (RFC 9112, 3.2.1); nothing if it is no http or https
/// URL. The views are of the URL, or static.
struct url_parts {
    bool secured = false;
    std::string_view authority;
    std::string target;
};
[[nodiscard]] std::optional<url_parts> parts_of_url(std::string_view url);

/// UTF-8 as the bytes that were on the wire: programs give bytes as the characters U+0000 to U+00FF. A text with other
/// characters, or that is not UTF-8, stays as it is.
[[nodiscard]] std::string wire_bytes(std::string_view utf8);

}  // namespace authlint

#endif
