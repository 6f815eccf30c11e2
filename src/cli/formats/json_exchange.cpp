#include "formats/json_exchange.hpp"

#include "common/field_text.hpp"
#include "formats/message_head.hpp"
#include "values/login_form.hpp"

#include <functional>
#include <optional>
#include <utility>

namespace authlint {

namespace {

using authgrammar::detail::lower;

/// A message as JSON has it.
struct json_message {
    bool there = false;
    std::string raw;  // if it is a string
    std::string method;
    std::string url;
    std::string version;
    std::string reason;
    int status = 0;
    bool has_status = false;
    bool has_fields = false;
    bool login_form = false;
    header_block fields;
};

struct json_exchange {
    json_message request;
    json_message response;
    std::string label;
    std::optional<bool> secured;
};

/// "h2", "http/2.0", "HTTP/2" and so on, as a start line has it.
std::string protocol_of(const std::string& version) {
    const std::string low = lower(version);
    if (low == "h2" || low == "h2c" || low.substr(0, 6) == "http/2") return "HTTP/2";
    if (low == "h3" || low.substr(0, 3) == "h3-" || low.substr(0, 6) == "http/3") return "HTTP/3";
    return low == "http/1.0" ? "HTTP/1.0" : "HTTP/1.1";
}

class exchange_reader {
public:
    exchange_reader(json_stream& in, const std::string& place, message_sink& out) : in_(in), place_(place), out_(out) {}

    bool read() {
        json_exchange e;
        const bool whole = members([&](const std::string& name, json_part p) {
            if (name == "request") return message(e.request, p);
            if (name == "response") return message(e.response, p);
            if (name == "label" && p == json_part::string) {
                constexpr std::size_t longest_label = 200;
                e.label = in_.text().substr(0, longest_label);
                return true;
            }
            if (name == "secured" && p == json_part::other) e.secured = in_.text() == "true";
            return in_.skip(p);
        });
        if (!e.label.empty()) place_ = e.label;
        give(e);
        return whole;
    }

private:
    using member = std::function<bool(const std::string&, json_part)>;

    /// Calls `visit` for each member of an object that has just begun, at its value.
    bool members(const member& visit) {
        for (;;) {
            const json_part p = in_.next();
            if (p == json_part::object_end) return true;
            if (p != json_part::name) return false;
            const std::string name = in_.text();
            if (!visit(name, in_.next())) return false;
        }
    }

    bool message(json_message& m, json_part p) {
        m.there = p == json_part::string || p == json_part::object;
        if (p == json_part::string) {
            m.raw = wire_bytes(in_.text());
            return true;
        }
        if (p != json_part::object) return in_.skip(p);
        return members([&](const std::string& name, json_part value) {
            const bool text = value == json_part::string;
            if (name == "headers") return fields(m, value);
            if (name == "content" && value == json_part::object) return content(m);
            if (text && name == "method") m.method = in_.text();
            if (text && name == "url") m.url = wire_bytes(in_.text());
            if (text && name == "httpVersion") m.version = in_.text();
            if (text && name == "statusText") m.reason = wire_bytes(in_.text());
            if (value == json_part::other && name == "status") status(m);
            return in_.skip(value);
        });
    }

    void status(json_message& m) const {
        m.has_status = true;
        for (const char c : in_.text().substr(0, 4)) {
            m.status = authgrammar::detail::is_digit(c) ? m.status * 10 + (c - '0') : 0;
        }
    }

    /// An array of objects with "name" and "value", or an object with a value or an array of them for each name.
    bool fields(json_message& m, json_part p) {
        m.has_fields = p == json_part::array || p == json_part::object;
        if (p == json_part::object) {
            return members([&](const std::string& name, json_part value) {
                if (value == json_part::string) m.fields.add(name, wire_bytes(in_.text()));
                if (value != json_part::array) return in_.skip(value);
                json_part element = in_.next();
                for (; element != json_part::array_end; element = in_.next()) {
                    if (element == json_part::string) m.fields.add(name, wire_bytes(in_.text()));
                    if (!in_.skip(element)) return false;
                }
                return true;
            });
        }
        if (p != json_part::array) return in_.skip(p);
        for (json_part element = in_.next(); element != json_part::array_end; element = in_.next()) {
            std::string name;
            std::optional<std::string> value;
            const bool whole = element == json_part::object ? members([&](const std::string& key, json_part v) {
                if (v == json_part::string && key == "name") name = in_.text();
                if (v == json_part::string && key == "value") value = in_.text();
                return in_.skip(v);
            })
                                                            : in_.skip(element);
            if (!name.empty() && value) {
                m.fields.add(name, wire_bytes(*value));
            } else if (whole) {
                out_.unread(place_, "an element of headers has no name or no value");
            }
            if (!whole) return false;
        }
        return true;
    }

    bool content(json_message& m) {
        bool encoded = false;
        bool form = false;
        const bool whole = members([&](const std::string& name, json_part value) {
            if (name == "encoding") encoded = true;
            if (name == "text" && value == json_part::string) form = authgrammar::audit::has_login_form(in_.text());
            return in_.skip(value);
        });
        m.login_form = form && !encoded;
        return whole;
    }

    void give(json_exchange& e) {
        if (!e.request.there && !e.response.there) out_.unread(place_, "there is no request and no response");
        const std::optional<url_parts> url = parts_of_url(e.request.url);
        if (!e.secured && url) e.secured = url->secured;
        if (e.request.there) give_message(e, e.request, place_ + ".request", url);
        if (e.response.there) give_message(e, e.response, place_ + ".response", url);
    }

    void give_message(json_exchange& e, json_message& m, const std::string& label,
                      const std::optional<url_parts>& url) {
        std::optional<message_head> head;
        if (!m.raw.empty()) {
            head = head_of_text(m.raw, label, out_);
            if (head) head->origin.secured = e.secured;
            if (head && head->status == 401)
                head->origin.login_form =
                    authgrammar::audit::has_login_form(std::string_view(m.raw).substr(head_size(m.raw)));
        } else {
            head = &m == &e.request ? request(m, e.secured, label, url) : response(m, e, label);
        }
        if (head) append(out_, std::move(*head));
        if (m.fields.too_long()) out_.unread(label, "the header section is too long; its rest was not read");
    }

    std::optional<message_head> request(json_message& m, std::optional<bool> secured, const std::string& label,
                                        const std::optional<url_parts>& url) {
        if (m.method.empty()) {
            out_.unread(label, "there is no method");
            return std::nullopt;
        }
        if (!m.has_fields) out_.unread(label, "there are no headers");
        if (!url && m.url.find("://") != std::string::npos) {
            out_.unread(label, "its URL is not one of http or https");
            return std::nullopt;
        }
        head_writer head(label, out_);
        head.secured(secured);
        const std::string_view authority = url ? url->authority : std::string_view();
        const std::string target = m.method == "CONNECT" && url ? std::string(authority) : url ? url->target : m.url;
        head.request_line(m.method, target, protocol_of(m.version));
        bool has_host = authority.empty();
        for (const auto& f : m.fields.fields()) has_host = has_host || lower(f.first) == "host";
        if (!has_host) head.field("Host", authority);
        for (const auto& [name, value] : m.fields.fields()) {
            if (name[0] != ':') head.field(name, value);
        }
        return head.take();
    }

    std::optional<message_head> response(json_message& m, const json_exchange& e, const std::string& label) {
        if (!m.has_status || m.status == 0) {
            out_.unread(label, m.has_status ? "its status is 0: no response came" : "there is no status");
            return std::nullopt;
        }
        if (!m.has_fields) out_.unread(label, "there are no headers");
        head_writer head(label, out_);
        head.secured(e.secured);
        head.login_form(m.login_form && m.status == 401);
        head.status_line(m.status, m.reason, protocol_of(m.version));
        for (const auto& [name, value] : m.fields.fields()) {
            if (name[0] != ':') head.field(name, value);
        }
        return head.take();
    }

    json_stream& in_;
    std::string place_;
    message_sink& out_;
};

}  // namespace

bool read_json_exchange(json_stream& in, const std::string& place, message_sink& out) {
    return exchange_reader(in, place, out).read();
}

}  // namespace authlint
