#ifndef AUTHLINT_REPORT_FINGERPRINT_HPP
#define AUTHLINT_REPORT_FINGERPRINT_HPP

#include <authgrammar/audit/finding.hpp>
#include <authgrammar/audit/message.hpp>

#include <string>

namespace authlint {

struct judged_message;

/// What findings of one message are recognised by in another run: the id, what kind of message it is in, and its field line
/// with nothing but the words of the table of schemes. There is no line number in it, no secret, and nothing that changes from
/// one response to the next, such as a nonce: "realm-as-token in response 401, WWW-Authenticate: Basic realm=...".
class fingerprints {
public:
    /// The message must outlive it.
    explicit fingerprints(const judged_message& m);

    /// Printable ASCII, at most about 350 bytes: of a longer line there is the start and a hash. The line of a finding is read
    /// once if findings are asked for in order.
    [[nodiscard]] std::string of(const authgrammar::audit::finding& f);

private:
    const judged_message& message_;
    const authgrammar::audit::field_line* line_ = nullptr;
    std::string title_;
    std::string line_text_;
};

}  // namespace authlint

#endif
