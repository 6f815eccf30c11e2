#include "merge/report_json.hpp"

#include "json/strict_json.hpp"
#include "report/message_json.hpp"

#include <authgrammar/version.hpp>

#include <nlohmann/json.hpp>

#include <istream>
#include <optional>
#include <vector>

namespace authlint {

namespace {

using nlohmann::ordered_json;

/// The bytes of another buffer, which end early where a value of the report is too long to be held.
class bounded_buffer : public std::streambuf {
public:
    explicit bounded_buffer(std::streambuf& from) : from_(from), piece_(std::size_t{1} << 16, '\0') {}

    /// A value ended: the next one may be as long.
    void begin_value() noexcept { value_begin_ = before_ + static_cast<std::size_t>(gptr() - eback()); }

    [[nodiscard]] bool too_long() const noexcept { return too_long_; }
    [[nodiscard]] std::size_t value_begin() const noexcept { return value_begin_; }

protected:
    int_type underflow() override {
        before_ += static_cast<std::size_t>(egptr() - eback());
        setg(nullptr, nullptr, nullptr);
        too_long_ = before_ - value_begin_ > longest_report_line;
        if (too_long_) return traits_type::eof();
        const std::streamsize n = from_.sgetn(piece_.data(), static_cast<std::streamsize>(piece_.size()));
        if (n <= 0) return traits_type::eof();
        setg(piece_.data(), piece_.data(), piece_.data() + n);
        return traits_type::to_int_type(piece_.front());
    }

private:
    std::streambuf& from_;
    std::string piece_;
    std::size_t before_ = 0;  // bytes before the piece
    std::size_t value_begin_ = 0;
    bool too_long_ = false;
};

/// Takes a report apart as the parser comes through it. Of the values it builds only one at a time: an element of "messages" or
/// "unread", or the whole of another member of the report.
class report_handler : public nlohmann::json_sax<ordered_json> {
public:
    report_handler(report_listener& listener, bounded_buffer& bytes) : listener_(listener), bytes_(bytes) {}

    bool null() override { return value(nullptr); }
    bool boolean(bool v) override { return value(v); }
    bool number_integer(number_integer_t v) override { return value(v); }
    bool number_unsigned(number_unsigned_t v) override { return value(v); }
    bool number_float(number_float_t v, const string_t&) override { return value(v); }
    bool string(string_t& v) override { return value(std::move(v)); }
    bool binary(binary_t&) override { return fail("has no text"); }

    bool start_object(std::size_t) override {
        if (!in_report_) {
            in_report_ = true;
            return true;
        }
        return open(ordered_json::object());
    }

    bool key(string_t& name) override {
        if (open_.empty()) {
            member_ = name;
            return true;
        }
        if (open_.back()->size() >= strict_json::most_members) return fail("has an object with too many members");
        key_.back() = name;
        return true;
    }

    bool end_object() override { return open_.empty() ? finish() : close(); }

    bool start_array(std::size_t) override {
        if (!in_report_) return fail("is no report: it is not a JSON object");
        if (open_.empty() && !in_list_ && is_list()) {
            in_list_ = true;
            return true;
        }
        return open(ordered_json::array());
    }

    bool end_array() override {
        if (open_.empty()) {
            in_list_ = false;
            return true;
        }
        return close();
    }

    bool parse_error(std::size_t position, const std::string&, const nlohmann::detail::exception&) override {
        if (bytes_.too_long()) {
            return fail("has a value of more than " + std::to_string(longest_report_line) +
                        " bytes, which begins behind byte " + std::to_string(bytes_.value_begin()));
        }
        return fail((summary_ ? "has something behind the report at byte " : "is no JSON, or ends early, at byte ") +
                    std::to_string(position));
    }

    [[nodiscard]] const std::string& failure() const noexcept { return failure_; }

private:
    static constexpr std::size_t deepest = 64;

    bool fail(const std::string& why) {
        if (failure_.empty()) failure_ = why;
        return false;
    }

    [[nodiscard]] bool is_list() const { return member_ == "messages" || member_ == "unread"; }
    [[nodiscard]] bool is_left_out() const {
        return member_ == "fixed" || member_ == "refusals" || member_ == "inputs";
    }

    bool value(ordered_json&& v) {
        if (!in_report_) return fail("is no report: it is not a JSON object");
        if (open_.empty()) return complete(std::move(v));
        if (is_left_out()) return true;
        if (!count()) return false;
        put(std::move(v));
        return true;
    }

    /// Whether the element that is built has room for one more value.
    bool count() {
        return ++values_ <= strict_json::most_values ||
               fail("has more than " + std::to_string(strict_json::most_values) + " values in one element of \"" +
                    member_ + "\"");
    }

    ordered_json* put(ordered_json&& v) {
        if (open_.back()->is_array()) {
            open_.back()->push_back(std::move(v));
            return &open_.back()->back();
        }
        return &((*open_.back())[key_.back()] = std::move(v));
    }

    bool open(ordered_json&& v) {
        if (open_.size() == deepest) return fail("is nested too deeply");
        if (!is_left_out() && !count()) return false;
        if (open_.empty()) {
            built_ = std::move(v);
            open_.push_back(&built_);
        } else {
            open_.push_back(is_left_out() ? &built_ : put(std::move(v)));
        }
        key_.emplace_back();
        return true;
    }

    bool close() {
        open_.pop_back();
        key_.pop_back();
        return !open_.empty() || complete(std::move(built_));
    }

    /// A member of the report, or an element of one of its lists.
    bool complete(ordered_json&& v) {
        bytes_.begin_value();
        values_ = 0;
        if (member_ == "schema") {
            schema_ = std::move(v);
            return true;
        }
        if (member_ == "version") {
            const std::string why = check_report_head(schema_, v);
            checked_ = why.empty();
            return checked_ || fail(why);
        }
        if (!checked_) {
            const std::string why = check_report_head(schema_, nullptr);
            return fail(why.empty() ? "has \"" + member_ + "\" before \"version\"" : why);
        }
        if (in_list_) return member_ == "messages" ? message(v) : unread(v);
        if (member_ == "summary") return summary(v);
        if (is_list()) return fail("\"" + member_ + "\" is no array");
        listener_.left_out(member_);
        return true;
    }

    bool message(const ordered_json& v) {
        message_record m;
        const std::string why = read_message_json(v, m);
        if (!why.empty()) return fail("messages[" + std::to_string(messages_) + "] " + why);
        ++messages_;
        listener_.message(m);
        return true;
    }

    bool unread(const ordered_json& v) {
        unread_record u;
        const std::string why = read_unread_json(v, u);
        if (!why.empty()) return fail("an element of \"unread\" " + why);
        listener_.unread(u);
        return true;
    }

    bool summary(const ordered_json& v) {
        const std::string why = read_totals_json(v, summary_.emplace());
        return why.empty() || fail("\"summary\" " + why);
    }

    bool finish() {
        if (!summary_) return fail(checked_ ? "has no \"summary\"" : check_report_head(schema_, nullptr));
        listener_.end(*summary_);
        return true;
    }

    report_listener& listener_;
    bounded_buffer& bytes_;
    std::string failure_;
    bool in_report_ = false;
    bool in_list_ = false;
    bool checked_ = false;
    std::string member_;
    ordered_json schema_;
    ordered_json built_;
    std::size_t values_ = 0;  // in `built_`
    std::vector<ordered_json*> open_;
    std::vector<std::string> key_;
    std::size_t messages_ = 0;
    std::optional<report_totals> summary_;
};

}  // namespace

std::string check_report_head(const ordered_json& schema, const ordered_json& version) {
    if (!schema.is_number_integer()) return "is no report of authlint: it does not begin with its schema";
    if (schema != json_schema) {
        return "is a report of schema " + shown(schema) + "; merge reads schema " + std::to_string(json_schema);
    }
    if (!version.is_string()) return "has no version";
    if (version != std::string(authgrammar::version)) {
        return "was written by authlint " + shown(version) + ", and this is " + std::string(authgrammar::version) +
               ": the findings of two versions are not the same";
    }
    return {};
}

std::string read_json_report(std::streambuf& in, report_listener& listener) {
    bounded_buffer bytes(in);
    std::istream bounded(&bytes);
    report_handler handler(listener, bytes);
    if (!ordered_json::sax_parse(bounded, &handler) && handler.failure().empty()) return "is no JSON";
    return handler.failure();
}

}  // namespace authlint
