#include "report/fingerprint.hpp"

#include "lint/lint_report.hpp"
#include "lint/message_excerpts.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/reading.hpp>
#include <authgrammar/audit/redaction.hpp>

#include <cstdint>

namespace authlint {

namespace {

using authgrammar::audit::field_line;

constexpr std::size_t longest = 150;  ///< of the title of a message, and of a field line

/// FNV-1a.
std::string hash_of(std::string_view text) {
    std::uint64_t hash = 0xCBF29CE484222325U;
    for (const char c : text) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001B3U;
    std::string out;
    for (int shift = 60; shift >= 0; shift -= 4) out += "0123456789abcdef"[hash >> shift & 0xF];
    return out;
}

/// The text, printable; of a long one the start and a hash of the whole.
std::string shortened(std::string_view text) {
    std::string out = printable(text);
    return out.size() <= longest ? out : out.substr(0, longest - 20) + "... " + hash_of(out);
}

/// The known words of an authentication field; the name of another one that is known to be harmless.
std::string known_words(const field_line& line) {
    if (!line.known)
        return authgrammar::audit::redacted_field({}, line.name, "x") == "x" ? std::string(line.name) : "another field";
    const std::string_view value = line.value.text();
    std::vector<authgrammar::event> events;
    const bool valid =
        authgrammar::audit::read_events(*line.known, value, authgrammar::edition::rfc9110_recipient, events).code ==
        authgrammar::error_code::none;
    std::string out(name_of(*line.known));
    out += ": ";
    for (const auto& piece : authgrammar::audit::redact(kind_of(*line.known), value, events, valid)) {
        out += piece.secret ? std::string_view("...") : value.substr(piece.begin, piece.end - piece.begin);
    }
    return out;
}

}  // namespace

fingerprints::fingerprints(const judged_message& m) : message_(m) {}

std::string fingerprints::of(const authgrammar::audit::finding& f) {
    if (title_.empty()) title_ = " in " + shortened(title_of(*message_.source));
    const field_line* line = field_line_at(*message_.source, f.at.offset);
    if (line != nullptr && line != line_) {
        line_ = line;
        line_text_ = ", " + shortened(known_words(*line));
    }
    return std::string(f.rule->id) + title_ + (line == nullptr ? std::string() : line_text_);
}

}  // namespace authlint
