#include "lint/message_excerpts.hpp"

#include <authgrammar/audit/redaction.hpp>

#include <algorithm>

namespace authlint {

namespace {

using authgrammar::audit::field_line;
using authgrammar::audit::message;
using authgrammar::audit::message_place;
using authgrammar::audit::span;
using authgrammar::audit::start_kind;

/// The stretches of the input that hold secrets of this message, in order.
std::vector<span> secrets_of(const message& m) {
    std::vector<span> out;
    if (!m.method.empty() && !authgrammar::audit::shows_method(m.method)) {
        out.push_back({m.start_line.offset, m.method.size()});
    }
    if (!m.target.empty()) {
        const auto target = static_cast<std::size_t>(m.target.data() - m.header->data());
        for (const auto& piece : authgrammar::audit::redact_target(m.target)) {
            const std::size_t begin = m.start_line.offset + target + piece.begin;
            if (piece.secret) out.push_back({begin, piece.end - piece.begin});
        }
    }
    for (const field_line& line : m.lines) {
        for (const auto& piece : authgrammar::audit::redact_field(line.known, line.name, line.value.text())) {
            if (!piece.secret) continue;
            const std::size_t begin = line.value.source_of(piece.begin);
            out.push_back(authgrammar::audit::span_between(begin, line.value.source_of(piece.end - 1) + 1));
        }
    }
    return out;
}

/// The field line or start line that holds `offset`; nothing if it is neither.
const span* line_with(const message& m, std::size_t offset) {
    if (offset < m.start_line.end()) return &m.start_line;
    const field_line* const line = field_line_at(m, offset);
    return line == nullptr ? nullptr : &line->whole;
}

std::string own_title(const message& m) {
    switch (m.start) {
        case start_kind::request:
            return authgrammar::audit::shows_method(m.method) ? std::string(m.method) + " request" : "request";
        case start_kind::response: return "response " + std::to_string(*m.status);
        case start_kind::none: break;
    }
    return m.lines.empty() ? "no message" : "field lines";
}

}  // namespace

const field_line* field_line_at(const message& m, std::size_t offset) {
    const auto after = std::upper_bound(m.lines.begin(), m.lines.end(), offset,
                                        [](std::size_t at, const field_line& l) { return at < l.whole.offset; });
    if (after == m.lines.begin() || offset > (after - 1)->whole.end()) return nullptr;
    return &*(after - 1);
}

std::string title_of(const message& m) {
    if (m.place == message_place::trailers) return "trailer section";
    if (m.place == message_place::body) return "in the body: " + own_title(m);
    return own_title(m);
}

void message_excerpts::begin_file(const linted_file& file) {
    file_ = &file;
    hidden_.clear();
}

text_place message_excerpts::place_of(std::size_t offset) const { return file_->place_of(offset); }

const std::vector<span>& message_excerpts::hidden_in(const message& m) const {
    if (hidden_.size() == most_hidden) hidden_.clear();
    const auto [known, is_new] = hidden_.try_emplace(m.start_line.offset);
    if (is_new && !reveal_) known->second = secrets_of(m);
    return known->second;
}

std::optional<excerpt> message_excerpts::lines_of(const message& own, span at) const {
    const message* const holder = at.offset >= own.start_line.offset ? &own : file_->message_at(at.offset);
    const span* const line = holder == nullptr ? nullptr : line_with(*holder, at.offset);
    if (line != nullptr) {
        const std::string_view text =
            std::string_view(*holder->header).substr(line->offset - holder->start_line.offset, line->length);
        return make_excerpt(text, *line, at, hidden_in(*holder));
    }
    // What cannot be read as a field line may well be a damaged one that holds credentials.
    if (!reveal_) return std::nullopt;
    const std::string text = file_->bytes_at(at.offset, std::min(at.length, most_shown));
    return make_excerpt(text, {at.offset, text.size()}, at, {});
}

std::string message_excerpts::excerpt_of(const message& own, span at, std::string_view note) const {
    const std::optional<excerpt> shown = lines_of(own, at);
    if (!shown && at.length == 0) return {};
    std::string before;
    if (!note.empty()) {
        const std::size_t line = place_of(at.offset).line;
        const std::string where = line == 0 ? "byte " + std::to_string(at.offset) : "line " + std::to_string(line);
        if (!shown && (line == 0 || file_->message_at(at.offset) == nullptr)) {
            return "      " + std::string(note) + ", " + where + " (too far back to be shown)\n";
        }
        before = "      " + std::string(note) + ", " + where + ":\n";
    }
    if (!shown) {
        return colours_.faint("        (not shown because it may contain a secret; --reveal shows it)") + "\n";
    }
    return before + "        " + shown->line + "\n        " + colours_.green(shown->mark) + "\n";
}

}  // namespace authlint
