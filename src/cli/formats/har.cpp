#include "formats/converters.hpp"
#include "formats/json_exchange.hpp"

#include <utility>

namespace authlint {

namespace {

/// HAR 1.2: {"log": {"entries": [{"request": {...}, "response": {...}}]}}.
class har_text : public message_text {
public:
    explicit har_text(std::unique_ptr<byte_source> source) : source_(std::move(source)) {}

protected:
    bool make(message_sink& out) override {
        if (ended_) return false;
        if (!in_entries_ && !find_entries()) {
            end(out, "there is no log.entries");
            return true;
        }
        const json_part p = in_.next();
        if (p == json_part::object) {
            const std::string place = "log.entries[" + std::to_string(entry_++) + "]";
            if (!read_json_exchange(in_, place, out)) end(out, {});
        } else if (p == json_part::array_end) {
            // What stands behind the entries has to be JSON as well, or the file was cut off there.
            while (in_.depth() != 0 && in_.next() != json_part::broken) {
            }
            end(out, {});
        } else if (in_.skip(p)) {
            out.unread("log.entries[" + std::to_string(entry_++) + "]", "it is no object");
        } else {
            end(out, {});
        }
        return true;
    }

private:
    /// Goes into the array of entries.
    bool find_entries() {
        if (in_.next() != json_part::object || !find_member("log") || in_.next() != json_part::object ||
            !find_member("entries")) {
            return false;
        }
        in_entries_ = in_.next() == json_part::array;
        return in_entries_;
    }

    /// Goes to the member's value.
    bool find_member(std::string_view wanted) {
        for (json_part p = in_.next(); p == json_part::name; p = in_.next()) {
            if (in_.text() == wanted) return true;
            if (!in_.skip(in_.next())) return false;
        }
        return false;
    }

    void end(message_sink& out, const std::string& why) {
        ended_ = true;
        if (!in_.failure().empty()) {
            out.unread("byte " + std::to_string(in_.offset()), in_.failure());
        } else if (!why.empty()) {
            out.unread("log", why);
        }
    }

    std::unique_ptr<byte_source> source_;
    json_stream in_{*source_};
    std::size_t entry_ = 0;
    bool in_entries_ = false;
    bool ended_ = false;
};

/// JSON texts, one a line, each an exchange.
class ndjson_text : public message_text {
public:
    explicit ndjson_text(std::unique_ptr<byte_source> source) : source_(std::move(source)) {}

protected:
    bool make(message_sink& out) override {
        const json_part p = more_ ? in_.next() : json_part::end;
        if (p == json_part::end) return false;
        const std::string place = "line " + std::to_string(in_.line());
        if (p == json_part::object) {
            if (read_json_exchange(in_, place, out)) return true;
        } else if (in_.skip(p)) {
            out.unread(place, "it is no JSON object");
            return true;
        }
        out.unread(place, in_.failure());
        more_ = in_.resume();
        return true;
    }

private:
    std::unique_ptr<byte_source> source_;
    json_stream in_{*source_};
    bool more_ = true;
};

}  // namespace

std::unique_ptr<message_text> text_of_har(std::unique_ptr<byte_source> source) {
    return std::make_unique<har_text>(std::move(source));
}

std::unique_ptr<message_text> text_of_ndjson(std::unique_ptr<byte_source> source) {
    return std::make_unique<ndjson_text>(std::move(source));
}

}  // namespace authlint
