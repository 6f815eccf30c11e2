#include "common/field_text.hpp"
#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/line_text.hpp"
#include "formats/message_head.hpp"
#include "input/dump_line.hpp"
#include "input/foreign.hpp"

#include <map>
#include <optional>

namespace authlint {

namespace {

using authgrammar::detail::trimmed;

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

/// "name: value", where the name may begin with a colon.
std::optional<std::pair<std::string, std::string>> field_of(std::string_view line) {
    line = trimmed(line);
    const std::size_t colon = line.find(':', begins_with(line, ":") ? 1 : 0);
    if (colon == std::string_view::npos || colon == 0) return std::nullopt;
    const std::string_view name = trimmed(line.substr(0, colon));
    if (name.find_first_of(" \t") != std::string_view::npos) return std::nullopt;
    return std::pair(std::string(name), std::string(trimmed(line.substr(colon + 1))));
}

/// `nghttp -v`: the fields of a request stand below "send HEADERS frame", those of a response before "recv HEADERS frame".
class nghttp_text : public line_text {
public:
    using line_text::line_text;

protected:
    void take(std::string_view line, message_sink& out) override {
        if (!authgrammar::audit::is_nghttp_line(line)) {
            if (!sending_.empty() && begins_with(line, "   ")) sent_field(line);
            if (authgrammar::audit::is_start_line(line)) out.unread(place(), "a start line that nghttp did not print");
            return;
        }
        finish_request(out);
        const std::string_view what = line.substr(line.find(']') + 2);
        const std::string id = stream_of(what);
        if (begins_with(what, "send HEADERS frame ")) {
            sending_ = id;
            request_place_ = place();
        } else if (begins_with(what, "recv (stream_id=")) {
            const auto field = field_of(what.substr(std::min(what.find(") ") + 1, what.size())));
            if (field) received_field(id, *field, out);
        } else if (begins_with(what, "recv HEADERS frame ")) {
            finish_response(id, out);
        }
    }

    void end(message_sink& out) override {
        finish_request(out);
        finish_responses(out);
        pairs_.flush(out);
    }

private:
    struct block {
        std::string place;
        header_block fields;
    };

    static std::string stream_of(std::string_view what) {
        const std::size_t at = what.find("stream_id=");
        if (at == std::string_view::npos) return {};
        const std::string_view id = what.substr(at + 10);
        return std::string(id.substr(0, id.find_first_not_of("0123456789")));
    }

    void sent_field(std::string_view line) {
        const std::string_view text = trimmed(line);
        if (begins_with(text, ";") || begins_with(text, "(")) return;
        const auto field = field_of(text);
        if (field) sent_.add(field->first, field->second);
    }

    void received_field(const std::string& id, const std::pair<std::string, std::string>& field, message_sink& out) {
        block& b = received_[id];
        if (b.fields.empty()) b.place = place();
        b.fields.add(field.first, field.second);
        received_bytes_ += id.size() + field.first.size() + field.second.size();
        if (received_.size() <= exchange_pairs::most_waiting && received_bytes_ <= exchange_pairs::most_bytes) return;
        out.unread(place(),
                   "too many header sections have begun and not ended; they were read as far as they had come");
        finish_responses(out);
    }

    void finish_responses(message_sink& out) {
        while (!received_.empty()) finish_response(received_.begin()->first, out);
        received_bytes_ = 0;
    }

    void finish_request(message_sink& out) {
        if (!sending_.empty()) {
            if (!sent_.empty()) give(sent_, sending_, request_place_, out);
        }
        sending_.clear();
        sent_.clear();
    }

    void finish_response(std::string id, message_sink& out) {
        const auto found = received_.find(id);
        if (found == received_.end()) return;
        // A trailer section has no status.
        if (!found->second.fields.empty() && begins_with(found->second.fields.fields().front().first, ":")) {
            give(found->second.fields, id, found->second.place, out);
        } else {
            out.unread(found->second.place, "a trailer section of HTTP/2 was not read");
        }
        received_.erase(found);
        if (received_.empty()) received_bytes_ = 0;
    }

    void give(const header_block& fields, const std::string& id, const std::string& where, message_sink& out) {
        if (auto head = head_of_fields(fields, "HTTP/2", where, secured_, out)) {
            secured_ = head->origin.secured;  // there is one connection
            pairs_.add(id, std::move(*head), out);
        }
    }

    exchange_pairs pairs_;
    std::string sending_;  // the stream
    std::string request_place_;
    header_block sent_;
    std::map<std::string, block> received_;
    std::size_t received_bytes_ = 0;  // at least those in received_
    std::optional<bool> secured_;
};

/// Blocks of fields of HTTP/2, a line each, as browsers and other programs show them: with "> " or "< ", indented, or as they
/// are; of Chromium, names and values may stand in lines of their own. A block ends at an empty line, or where the next one
/// begins with a field that stands for the start line.
class fields_text : public line_text {
public:
    using line_text::line_text;

protected:
    void take(std::string_view line, message_sink& out) override {
        if (begins_with(line, "> ") || begins_with(line, "< ")) line.remove_prefix(2);
        line = trimmed(line);
        if (line.empty() || line == ">" || line == "<") {
            if (pending_.empty()) give(out);
            return;
        }
        if (!pending_.empty()) {
            add({std::exchange(pending_, {}), std::string(line)}, out);
        } else if (authgrammar::audit::is_start_line(line)) {
            give(out);
            start_ = line;
            place_ = place();
        } else if (const auto field = field_of(line)) {
            // A name whose value follows in a line of its own.
            if (field->second.empty() && line.back() == ':' && (two_lines_ || begins_with(line, ":"))) {
                two_lines_ = true;
                pending_ = field->first;
                if (begins_with(pending_, ":") && has_regular_) give(out);
                if (place_.empty()) place_ = place();
            } else {
                add(*field, out);
            }
        } else {
            out.unread(place(), "the line is no field");
        }
    }

    void end(message_sink& out) override { give(out); }

private:
    void add(std::pair<std::string, std::string> field, message_sink& out) {
        const bool pseudo = begins_with(field.first, ":");
        if (pseudo && (has_regular_ || !start_.empty())) give(out);
        if (place_.empty()) place_ = place();
        has_regular_ = has_regular_ || !pseudo;
        fields_.add(std::move(field.first), std::move(field.second));
    }

    void give(message_sink& out) {
        if (!start_.empty()) {
            std::string text = start_ + "\r\n";
            for (const auto& [name, value] : fields_.fields())
                text.append(name).append(": ").append(value).append("\r\n");
            if (auto head = head_of_text(text, place_, out)) append(out, std::move(*head));
        } else if (!fields_.empty()) {
            auto head = head_of_fields(fields_, "HTTP/2", place_, secured_, out);
            if (head) {
                secured_ = head->status == 0 ? head->origin.secured : std::nullopt;
                append(out, std::move(*head));
            }
        }
        fields_.clear();
        start_.clear();
        place_.clear();
        has_regular_ = false;
    }

    std::string start_;
    std::string place_;
    std::string pending_;
    header_block fields_;
    std::optional<bool> secured_;  // of the request, for its response
    bool has_regular_ = false;
    bool two_lines_ = false;
};

}  // namespace

std::unique_ptr<message_text> text_of_nghttp(std::unique_ptr<byte_source> source) {
    return std::make_unique<nghttp_text>(std::move(source));
}

std::unique_ptr<message_text> text_of_h2_fields(std::unique_ptr<byte_source> source) {
    return std::make_unique<fields_text>(std::move(source));
}

}  // namespace authlint
