#include <authgrammar/detail/step.h>
#include <authgrammar/writer.hpp>

#include <cstring>

#include "ascii.hpp"
#include "written_memory.hpp"

namespace authgrammar {

using namespace detail;

namespace {

int class_of(char c) noexcept { return ag_class_of[static_cast<unsigned char>(c)]; }
bool is_tchar(char c) noexcept { return class_of(c) == AG_ALNUM || class_of(c) == AG_SIGN; }
bool is_escaped(char c) noexcept { return c == '"' || c == '\\'; }

/// The index of the first octet that does not answer `good`, or the number of octets.
template <typename Good>
std::size_t first_fault(const text& t, Good good) noexcept {
    std::size_t n = 0;
    t.for_each_octet([&](char c) {
        if (!good(c)) return false;
        ++n;
        return true;
    });
    return n;
}

std::size_t token_fault(const text& t) noexcept { return first_fault(t, is_tchar); }
bool is_token(const text& t) noexcept {
    const std::size_t size = t.size();
    return size != 0 && token_fault(t) == size;
}

/// The index of the first octet that cannot stand in a token68 where it does; the size of a good one.
std::size_t token68_fault(const text& t) noexcept {
    bool padding = false;
    std::size_t n = 0;
    return first_fault(t, [&](char c) {
        const int k = class_of(c);
        padding = padding || (k == AG_EQUALS && n != 0);
        ++n;
        return padding ? k == AG_EQUALS : k == AG_ALNUM || k == AG_SLASH;
    });
}

/// The octets of a token, which is in one piece: a comma joins field lines.
class token_octets {
public:
    explicit token_octets(const text& t) noexcept : rest_(t.raw()), quoted_(t.quoted()) {}
    [[nodiscard]] bool next(char& c) noexcept {
        if (quoted_ && !rest_.empty() && rest_.front() == '\\') rest_.remove_prefix(1);
        if (rest_.empty()) return false;
        c = rest_.front();
        rest_.remove_prefix(1);
        return true;
    }

private:
    std::string_view rest_;
    bool quoted_;
};

/// Whether two tokens are the same name, as they will be written.
bool same_name(const text& a, const text& b) noexcept {
    token_octets left(a);
    token_octets right(b);
    for (char x = 0, y = 0;;) {
        const bool more = left.next(x);
        if (more != right.next(y)) return false;
        if (!more) return true;
        if (detail::lower(x) != detail::lower(y)) return false;
    }
}

/// The caller's buffer. Nothing is written beyond it, whatever is put in.
class output {
public:
    output(char* buffer, std::size_t capacity) noexcept : buffer_(buffer), capacity_(capacity) {}
    void put(char c) noexcept {
        if (size_ != capacity_) buffer_[size_++] = c;
    }
    void put(std::string_view s) noexcept {
        const std::size_t room = capacity_ - size_;
        const std::size_t n = s.size() < room ? s.size() : room;
        if (n != 0) std::memcpy(buffer_ + size_, s.data(), n);
        size_ += n;
    }
    void put_text(const text& t) noexcept {
        t.for_each_octet([this](char c) {
            put(c);
            return true;
        });
    }
    // decides: R9110-5.6.4-quote-needed
    void put_quoted(const text& t) noexcept {
        put('"');
        t.for_each_octet([this](char c) {
            if (is_escaped(c)) put('\\');
            put(c);
            return true;
        });
        put('"');
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    char* buffer_;
    std::size_t capacity_;
    std::size_t size_ = 0;
};

/// The parameters that a caller made.
class spec_params {
public:
    spec_params(const param_spec* first, std::size_t count) noexcept : first_(first), count_(count) {}
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

    /// Calls `f(name, value, form)` for each of them while it answers true.
    template <typename F>
    void for_each(F&& f) const noexcept {
        for (std::size_t i = 0; i < count_; ++i) {
            if (!f(first_[i].name, first_[i].value, first_[i].form)) return;
        }
    }
    [[nodiscard]] bool overlap(const detail::written_memory& memory) const noexcept {
        return memory.overlaps(first_, count_ * sizeof(param_spec));
    }

private:
    const param_spec* first_;
    std::size_t count_;
};

/// The parameters of a value that was read.
class read_params {
public:
    explicit read_params(const auth_params& list) noexcept : list_(list) {}
    [[nodiscard]] bool empty() const noexcept { return list_.empty(); }
    template <typename F>
    void for_each(F&& f) const noexcept {
        for (const auth_param p : list_) {
            if (!f(p.name, p.value, param_form::automatic)) return;
        }
    }
    /// Never: all that was read is looked at before.
    [[nodiscard]] static bool overlap(const detail::written_memory&) noexcept { return false; }

private:
    auth_params list_;
};

/// Which form a parameter's value takes.
class form_rules {
public:
    form_rules(field_kind kind, quoting_table table) noexcept : kind_(kind), table_(table) {}

    // decides: R7235-2.2-realm-quoted, R9110-11.5-realm
    [[nodiscard]] param_form form_of(const text& scheme, const text& name, param_form wanted) const noexcept {
        // RFC 9110, 11.5: a sender MUST quote realm, whatever a caller or a table says.
        if (name.equals_ignoring_case("realm")) return param_form::quoted;
        if (wanted != param_form::automatic) return wanted;
        for (std::size_t i = 0; i < table_.count; ++i) {
            const quoting& line = table_.lines[i];
            if (line.kind == kind_ && scheme.equals_ignoring_case(line.scheme) &&
                name.equals_ignoring_case(line.param)) {
                return line.form;
            }
        }
        return wanted;
    }

    [[nodiscard]] bool overlap(const detail::written_memory& memory) const noexcept {
        if (memory.overlaps(table_.lines, table_.count * sizeof(quoting))) return true;
        for (std::size_t i = 0; i < table_.count; ++i) {
            if (memory.overlaps(table_.lines[i].scheme) || memory.overlaps(table_.lines[i].param)) return true;
        }
        return false;
    }

private:
    field_kind kind_;
    quoting_table table_;
};

/// Checks the parts of a value and adds up what they take; the first error stays.
class measurer {
public:
    measurer(const form_rules& rules, const detail::written_memory& memory) noexcept : rules_(rules), memory_(memory) {}

    // decides: R9110-5.6.1.1-no-empty
    template <typename Params>
    bool challenge(const text& scheme, const std::optional<text>& token68, const Params& params) noexcept {
        if (index_ != 0) size_ += 2;
        if (memory_.overlaps(scheme)) return fail_overlap(written_part::scheme);
        if (!is_token(scheme)) {
            return fail(error_code::not_a_token, written_part::scheme, token_fault(scheme), "auth-scheme",
                        "RFC 9110, 11.1", "a token (tchar)");
        }
        size_ += scheme.size();
        if (token68) {
            if (!credentials68(*token68, params.empty())) return false;
        } else if (!params.empty()) {
            ++size_;
            if (!parameters(scheme, params)) return false;
        }
        ++index_;
        return true;
    }

    template <typename Params>
    bool parameters(const text& scheme, const Params& params) noexcept {
        if (params.overlap(memory_)) return fail_overlap(written_part::value);
        bool good = true;
        param_ = 0;
        params.for_each([&](const text& name, const text& value, param_form form) {
            if (param_ != 0) size_ += 2;
            good = parameter_name(name) && unrepeated(params, name) && parameter_value(scheme, name, value, form);
            if (good) ++param_;
            return good;
        });
        return good;
    }

    bool fail(error_code code, written_part part, std::size_t offset, std::string_view rule, std::string_view section,
              std::string_view expected) noexcept {
        result_ = {code, 0, part, index_, param_, offset, rule, section, expected};
        return false;
    }
    bool fail_overlap(written_part part) noexcept {
        return fail(error_code::buffer_overlap, part, 0, {}, {}, "arguments outside the buffer");
    }

    /// The error, or the size.
    [[nodiscard]] write_result finish() const noexcept {
        write_result r = result_;
        if (r) r.size = size_;
        return r;
    }

private:
    bool credentials68(const text& token68, bool alone) noexcept {
        if (!alone) {
            return fail(error_code::params_beside_token68, written_part::token68, 0, "challenge", "RFC 9110, 11.3",
                        "a token68 or parameters");
        }
        if (memory_.overlaps(token68)) return fail_overlap(written_part::token68);
        const std::size_t fault = token68_fault(token68);
        if (fault == 0 || fault != token68.size()) {
            return fail(error_code::not_a_token68, written_part::token68, fault, "token68", "RFC 9110, 11.2",
                        "ALPHA, DIGIT or -._~+/, and \"=\" at the end only");
        }
        size_ += 1 + fault;
        return true;
    }

    bool parameter_name(const text& name) noexcept {
        if (memory_.overlaps(name)) return fail_overlap(written_part::param_name);
        if (!is_token(name)) {
            return fail(error_code::not_a_token, written_part::param_name, token_fault(name), "auth-param",
                        "RFC 9110, 11.2", "a token (tchar)");
        }
        size_ += name.size() + 1;
        return true;
    }

    // decides: R7235-2.1-param-once, R9110-11.2-param-once
    template <typename Params>
    bool unrepeated(const Params& params, const text& name) noexcept {
        bool good = true;
        std::size_t i = 0;
        params.for_each([&](const text& earlier, const text&, param_form) {
            good = i == param_ || !same_name(earlier, name);
            return good && i++ != param_;
        });
        return good || fail(error_code::repeated_param, written_part::param_name, 0, "auth-param", "RFC 9110, 11.2",
                            "a name that the challenge does not have yet");
    }

    bool parameter_value(const text& scheme, const text& name, const text& value, param_form form) noexcept {
        if (memory_.overlaps(value)) return fail_overlap(written_part::param_value);
        const bool token = is_token(value);
        form = rules_.form_of(scheme, name, form);
        if (form == param_form::token || (form == param_form::automatic && token)) {
            size_ += value.size();
            return token || fail(error_code::not_a_token, written_part::param_value, token_fault(value), "token",
                                 "RFC 9110, 5.6.2", "a token (tchar)");
        }
        std::size_t escapes = 0;
        const std::size_t fault = first_fault(value, [&](char c) {
            if (is_escaped(c)) ++escapes;
            return class_of(c) != AG_NEVER;
        });
        if (fault != value.size()) {
            return fail(error_code::forbidden_octet, written_part::param_value, fault, "quoted-string",
                        "RFC 9110, 5.6.4", "HTAB, SP, VCHAR or obs-text");
        }
        size_ += 2 + fault + escapes;
        return true;
    }

    const form_rules& rules_;
    const detail::written_memory& memory_;
    write_result result_{};
    std::size_t size_ = 0;
    std::size_t index_ = 0;
    std::size_t param_ = 0;
};

/// Writes the parts of a value that was measured.
class composer {
public:
    composer(const form_rules& rules, char* buffer, std::size_t capacity) noexcept
        : rules_(rules), out_(buffer, capacity) {}

    template <typename Params>
    bool challenge(const text& scheme, const std::optional<text>& token68, const Params& params) noexcept {
        if (out_.size() != 0) out_.put(", ");
        out_.put_text(scheme);
        if (token68) {
            out_.put(' ');
            out_.put_text(*token68);
        } else if (!params.empty()) {
            out_.put(' ');
            parameters(scheme, params);
        }
        return true;
    }

    template <typename Params>
    bool parameters(const text& scheme, const Params& params) noexcept {
        bool first = true;
        params.for_each([&](const text& name, const text& value, param_form form) {
            if (!first) out_.put(", ");
            first = false;
            out_.put_text(name);
            out_.put('=');
            form = rules_.form_of(scheme, name, form);
            if (form == param_form::token || (form == param_form::automatic && is_token(value))) {
                out_.put_text(value);
            } else {
                out_.put_quoted(value);
            }
            return true;
        });
        return true;
    }

private:
    const form_rules& rules_;
    output out_;
};

write_result refusal(error_code code, std::string_view expected, std::size_t size = 0) noexcept {
    write_result r{};
    r.code = code;
    r.size = size;
    r.expected = expected;
    return r;
}

/// Goes through the parts of `value` twice: once to check and to measure them, once to write them.
template <typename Value>
write_result write(field f, field_kind wanted, quoting_table table, char* buffer, std::size_t capacity,
                   const Value& value) noexcept {
    if (kind_of(f) != wanted) {
        return refusal(error_code::wrong_field_kind, "a field of the kind that this function writes");
    }
    const detail::written_memory memory(buffer, capacity);
    const form_rules rules(wanted, table);
    measurer measure(rules, memory);
    if (rules.overlap(memory) || value.overlap(memory)) {
        measure.fail_overlap(written_part::value);
    } else {
        value.go_through(measure);
    }
    const write_result r = measure.finish();
    if (!r || r.size == 0) return r;
    if (r.size > memory.size()) return refusal(error_code::text_buffer_full, "a larger buffer", r.size);
    composer writing(rules, buffer, r.size);
    value.go_through(writing);
    return r;
}

/// A list of challenges that a caller made, which must not be empty.
struct spec_list {
    const challenge_spec* list;
    std::size_t count;

    [[nodiscard]] bool overlap(const detail::written_memory& memory) const noexcept {
        return memory.overlaps(list, count * sizeof(challenge_spec));
    }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        bool good = true;
        for (std::size_t i = 0; good && i < count; ++i) {
            good = visit.challenge(list[i].scheme, list[i].token68, spec_params(list[i].params, list[i].param_count));
        }
    }
};

/// The parameters of an Authentication-Info that a caller made.
struct spec_info {
    spec_params params;
    std::string_view scheme;

    [[nodiscard]] bool overlap(const detail::written_memory& memory) const noexcept { return memory.overlaps(scheme); }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        visit.parameters(scheme, params);
    }
};

/// The same three of a value that was read.
struct read_list {
    const challenges& list;

    [[nodiscard]] bool overlap(const detail::written_memory& memory) const noexcept { return memory.overlaps(list); }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        for (const challenge c : list) {
            if (!visit.challenge(c.scheme(), c.token68(), read_params(c.params()))) return;
        }
    }
};

struct read_credentials {
    const credentials& read;

    [[nodiscard]] bool overlap(const detail::written_memory& memory) const noexcept { return memory.overlaps(read); }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        visit.challenge(read.scheme(), read.token68(), read_params(read.params()));
    }
};

struct read_info {
    const auth_params& list;
    std::string_view scheme;

    [[nodiscard]] bool overlap(const detail::written_memory& memory) const noexcept {
        return memory.overlaps(list) || memory.overlaps(scheme);
    }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        visit.parameters(scheme, read_params(list));
    }
};

write_result no_challenge() noexcept {
    write_result r = refusal(error_code::empty_challenge_list, "at least one challenge");
    r.rule = "WWW-Authenticate";
    r.section = "RFC 7235, 4.1";
    return r;
}

}  // namespace

write_result write_challenges(field f, const challenge_spec* list, std::size_t count, char* buffer,
                              std::size_t capacity, quoting_table table) noexcept {
    if (count == 0 && kind_of(f) == field_kind::challenges) return no_challenge();
    return write(f, field_kind::challenges, table, buffer, capacity, spec_list{list, count});
}

write_result write_credentials(field f, const challenge_spec& credentials, char* buffer, std::size_t capacity,
                               quoting_table table) noexcept {
    return write(f, field_kind::credentials, table, buffer, capacity, spec_list{&credentials, 1});
}

write_result write_info(field f, const param_spec* list, std::size_t count, char* buffer, std::size_t capacity,
                        quoting_table table, std::string_view scheme) noexcept {
    return write(f, field_kind::info, table, buffer, capacity, spec_info{{list, count}, scheme});
}

write_result write_challenges(field f, const challenges& read, char* buffer, std::size_t capacity,
                              quoting_table table) noexcept {
    if (read.empty() && kind_of(f) == field_kind::challenges) return no_challenge();
    return write(f, field_kind::challenges, table, buffer, capacity, read_list{read});
}

write_result write_credentials(field f, const credentials& read, char* buffer, std::size_t capacity,
                               quoting_table table) noexcept {
    return write(f, field_kind::credentials, table, buffer, capacity, read_credentials{read});
}

write_result write_info(field f, const auth_params& read, char* buffer, std::size_t capacity, quoting_table table,
                        std::string_view scheme) noexcept {
    return write(f, field_kind::info, table, buffer, capacity, read_info{read, scheme});
}

}  // namespace authgrammar
