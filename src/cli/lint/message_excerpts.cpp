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
std::vector<span> secrets_of(const message& m, std::string_view input) {
    std::vector<span> out;
    const std::string_view start = input.substr(m.start_line.offset, m.start_line.length);
    const std::size_t target = m.target.empty() ? std::string_view::npos : start.find(m.target);
    if (target != std::string_view::npos) {
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
    const auto after = std::upper_bound(m.lines.begin(), m.lines.end(), offset,
                                        [](std::size_t at, const field_line& l) { return at < l.whole.offset; });
    if (after == m.lines.begin() || offset > (after - 1)->whole.end()) return nullptr;
    return &(after - 1)->whole;
}

/// The message that `offset` is in: `own`, or an earlier one of the file. Logarithmic in the messages.
const message& holder_of(const linted_file& file, const message& own, std::size_t offset) {
    if (offset >= own.start_line.offset) return own;
    const auto after = std::upper_bound(file.messages.begin(), file.messages.end(), offset,
                                        [](std::size_t at, const message& m) { return at < m.start_line.offset; });
    return after == file.messages.begin() ? own : *(after - 1);
}

std::string own_title(const message& m) {
    switch (m.start) {
        case start_kind::request: return std::string(m.method) + " request";
        case start_kind::response: return "response " + std::to_string(*m.status);
        case start_kind::none: break;
    }
    return m.lines.empty() ? "no message" : "field lines";
}

}  // namespace

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
    const auto [known, is_new] = hidden_.try_emplace(&m);
    if (is_new && !reveal_) known->second = secrets_of(m, file_->bytes);
    return known->second;
}

std::optional<excerpt> message_excerpts::lines_of(const message& own, span at) const {
    const message& holder = holder_of(*file_, own, at.offset);
    const span* line = line_with(holder, at.offset);
    // What cannot be read as a field line may well be a damaged one that holds credentials.
    if (line == nullptr && !reveal_) return std::nullopt;
    return make_excerpt(file_->bytes, line == nullptr ? at : *line, at, hidden_in(holder));
}

std::string message_excerpts::excerpt_of(const message& own, span at, std::string_view note) const {
    const std::optional<excerpt> shown = lines_of(own, at);
    if (!shown) {
        if (at.length == 0) return {};
        return colours_.faint("        (not shown because it may contain a secret; --reveal shows it)") + "\n";
    }
    const std::string before =
        note.empty() ? "" : "      " + std::string(note) + ", line " + std::to_string(place_of(at.offset).line) + ":\n";
    return before + "        " + shown->line + "\n        " + colours_.green(shown->mark) + "\n";
}

}  // namespace authlint
