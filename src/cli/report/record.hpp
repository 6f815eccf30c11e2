#ifndef AUTHLINT_REPORT_RECORD_HPP
#define AUTHLINT_REPORT_RECORD_HPP

#include <authgrammar/audit/finding.hpp>

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

namespace authlint {

/// A finding as reports tell it, independent of its input. Secrets are redacted unless they were asked for. All text but
/// `value` is printable ASCII.
struct finding_record {
    const authgrammar::audit::finding_rule* rule = nullptr;
    authgrammar::audit::severity level = authgrammar::audit::severity::info;
    std::string field;       ///< the name of the authentication field it is about; empty if there is none
    std::size_t offset = 0;  ///< in bytes from the start of the input; of an export, from the start of its text
    std::size_t length = 0;  ///< in bytes
    std::size_t line = 1;    ///< from 1; of an export, from the start of what message_record::label names
    std::size_t column = 1;  ///< in bytes, from 1
    std::string code;        ///< the error code of a value that breaks the grammar; else empty
    std::string what;        ///< what is the matter here
    std::string why;         ///< why it matters
    std::string fix;         ///< what to do about it
    std::string section;     ///< "RFC 9110, 11.5"
    std::string
        excerpt;       ///< the line that it is in, as far as it may be shown; empty if it may not, or was not asked for
    std::string mark;  ///< spaces, then "^~~~", to stand under `excerpt`
    std::string fingerprint;  ///< the same in another run over a like message; see fingerprint.hpp

    std::vector<std::string> requirements;  ///< ids of grammar/requirements.tsv

    std::optional<std::string>
        value;                  ///< the corrected field value, in UTF-8: bytes from 80 are code points from U+0080
    bool same_meaning = false;  ///< `value` means what is there
    bool for_sending = false;   ///< nothing in `value` is redacted
};

/// A message as reports tell it.
struct message_record {
    std::string source;           ///< the name of the input, as it was given; any bytes
    std::string label;            ///< of an export: what the message is there, "log.entries[3].response"; else empty
    std::string title;            ///< "response 401", "GET request"
    std::optional<int> status;    ///< of a response
    std::size_t offset = 0;       ///< of its first byte
    std::size_t line = 1;         ///< of its first byte, from 1
    std::size_t field_count = 0;  ///< the authentication fields in it
    std::string fields;  ///< what was read of its authentication fields, a JSON array; empty if it was not asked for

    std::vector<finding_record> findings;  ///< by place
};

/// An input, or a part of one, that was not read.
struct unread_record {
    std::string source;
    std::string place;   ///< what was not read; empty if it is the whole input
    std::string reason;  ///< one sentence without its full stop
};

/// How much of a message a report needs. What it does not need is not made.
enum class record_detail {
    findings,  ///< messages that have findings, with the places of these
    excerpts,  ///< the same, with excerpts
    messages   ///< all messages, with excerpts and fields
};

}  // namespace authlint

#endif
