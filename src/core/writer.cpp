#include <authgrammar/detail/step.h>
#include <authgrammar/writer.hpp>

#include "ascii.hpp"

namespace authgrammar {

using namespace detail;

namespace {

int class_of(char c) noexcept { return ag_class_of[static_cast<unsigned char>(c)]; }
bool is_tchar(char c) noexcept { return class_of(c) == AG_ALNUM || class_of(c) == AG_SIGN; }

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

bool same_name(const text& a, const text& b) noexcept {
    if (a.size() != b.size()) return false;
    // Names are tokens here: plain, or read from one field line.
    return a.equals_ignoring_case(b.raw());
}

/// Counts what it is given, and copies it if it has a buffer.
class output {
public:
    explicit output(char* buffer) noexcept : buffer_(buffer) {}
    void put(char c) noexcept {
        if (buffer_ != nullptr) buffer_[size_] = c;
        ++size_;
    }
    void put(const text& t) noexcept {
        t.for_each_octet([this](char c) {
            put(c);
            return true;
        });
    }
    // decides: R9110-5.6.4-quote-needed
    void put_quoted(const text& t) noexcept {
        put('"');
        t.for_each_octet([this](char c) {
            if (c == '"' || c == '\\') put('\\');
            put(c);
            return true;
        });
        put('"');
    }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    char* buffer_;
    std::size_t size_ = 0;
};

/// Parameters in the form that both kinds of argument share.
struct spec_params {
    const param_spec* first;
    std::size_t count;
    template <typename F>
    void for_each(F&& f) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            if (!f(i, first[i].name, first[i].value, first[i].form)) return;
        }
    }
    [[nodiscard]] bool empty() const noexcept { return count == 0; }
};
struct read_params {
    auth_params list;
    template <typename F>
    void for_each(F&& f) const noexcept {
        std::size_t i = 0;
        for (const auth_param p : list) {
            if (!f(i++, p.name, p.value, param_form::automatic)) return;
        }
    }
    [[nodiscard]] bool empty() const noexcept { return list.empty(); }
};

/// Checks and writes the pieces of one value; the first error stays.
class composer {
public:
    composer(field_kind kind, quoting_table table, char* buffer) noexcept : kind_(kind), table_(table), out_(buffer) {}

    // decides: R9110-5.6.1.1-no-empty
    template <typename Params>
    bool challenge(const text& scheme, const std::optional<text>& token68, const Params& params) noexcept {
        if (index_ != 0) out_.put(", ");
        if (!is_token(scheme)) {
            return fail(error_code::not_a_token, written_part::scheme, token_fault(scheme), "auth-scheme",
                        "RFC 9110, 11.1", "a token (tchar)");
        }
        out_.put(scheme);
        if (token68) {
            if (!params.empty()) {
                return fail(error_code::params_beside_token68, written_part::token68, 0, "challenge", "RFC 9110, 11.3",
                            "a token68 or parameters");
            }
            const std::size_t fault = token68_fault(*token68);
            if (fault == 0 || fault != token68->size()) {
                return fail(error_code::not_a_token68, written_part::token68, fault, "token68", "RFC 9110, 11.2",
                            "ALPHA, DIGIT or -._~+/, and \"=\" at the end only");
            }
            out_.put(' ');
            out_.put(*token68);
        } else if (!params.empty()) {
            out_.put(' ');
            if (!parameters(scheme, params)) return false;
        }
        ++index_;
        return true;
    }

    template <typename Params>
    bool parameters(const text& scheme, const Params& params) noexcept {
        bool good = true;
        params.for_each([&](std::size_t i, const text& name, const text& value, param_form form) {
            param_ = i;
            if (i != 0) out_.put(", ");
            good = unrepeated(params, i, name) && parameter(scheme, name, value, form);
            return good;
        });
        return good;
    }

    bool fail(error_code code, written_part part, std::size_t offset, std::string_view rule, std::string_view section,
              std::string_view expected) noexcept {
        result_ = {code, 0, part, index_, param_, offset, rule, section, expected};
        return false;
    }

    [[nodiscard]] write_result finish() const noexcept {
        write_result r = result_;
        if (r) r.size = out_.size();
        return r;
    }

private:
    // decides: R7235-2.1-param-once, R9110-11.2-param-once
    template <typename Params>
    bool unrepeated(const Params& params, std::size_t index, const text& name) noexcept {
        bool good = true;
        params.for_each([&](std::size_t i, const text& earlier, const text&, param_form) {
            good = i == index || !same_name(earlier, name);
            return good && i != index;
        });
        return good || fail(error_code::repeated_param, written_part::param_name, 0, "auth-param", "RFC 9110, 11.2",
                            "a name that the challenge does not have yet");
    }

    bool parameter(const text& scheme, const text& name, const text& value, param_form form) noexcept {
        if (!is_token(name)) {
            return fail(error_code::not_a_token, written_part::param_name, token_fault(name), "auth-param",
                        "RFC 9110, 11.2", "a token (tchar)");
        }
        out_.put(name);
        out_.put('=');
        const bool token = is_token(value);
        form = decide(scheme, name, form);
        if (form == param_form::token || (form == param_form::automatic && token)) {
            out_.put(value);
            return token || fail(error_code::not_a_token, written_part::param_value, token_fault(value), "token",
                                 "RFC 9110, 5.6.2", "a token (tchar)");
        }
        const std::size_t fault = first_fault(value, [](char c) { return class_of(c) != AG_NEVER; });
        if (fault != value.size()) {
            return fail(error_code::forbidden_octet, written_part::param_value, fault, "quoted-string",
                        "RFC 9110, 5.6.4", "HTAB, SP, VCHAR or obs-text");
        }
        out_.put_quoted(value);
        return true;
    }

    // decides: R7235-2.2-realm-quoted, R9110-11.5-realm
    [[nodiscard]] param_form decide(const text& scheme, const text& name, param_form form) const noexcept {
        // RFC 9110, 11.5: a sender MUST quote realm, whatever a caller or a table says.
        if (name.equals_ignoring_case("realm")) return param_form::quoted;
        if (form != param_form::automatic) return form;
        for (std::size_t i = 0; i < table_.count; ++i) {
            const quoting& line = table_.lines[i];
            if (line.kind == kind_ && scheme.equals_ignoring_case(line.scheme) &&
                name.equals_ignoring_case(line.param)) {
                return line.form;
            }
        }
        return form;
    }

    field_kind kind_;
    quoting_table table_;
    output out_;
    write_result result_{};
    std::size_t index_ = 0;
    std::size_t param_ = 0;
};

/// Composes twice: once to check and to measure, once to write.
template <typename Compose>
write_result write(field f, field_kind wanted, quoting_table table, char* buffer, std::size_t capacity,
                   Compose compose) noexcept {
    write_result r{};
    if (kind_of(f) != wanted) {
        r.code = error_code::wrong_field_kind;
        r.expected = "a field of the kind that this function writes";
        return r;
    }
    composer measure(wanted, table, nullptr);
    compose(measure);
    r = measure.finish();
    if (!r || r.size == 0) return r;
    if (r.size > capacity) {
        r.code = error_code::text_buffer_full;
        r.expected = "a larger buffer";
        return r;
    }
    composer writing(wanted, table, buffer);
    compose(writing);
    return writing.finish();
}

bool no_challenge(composer& out) noexcept {
    return out.fail(error_code::empty_challenge_list, written_part::value, 0, "WWW-Authenticate", "RFC 7235, 4.1",
                    "at least one challenge");
}

}  // namespace

write_result write_challenges(field f, const challenge_spec* list, std::size_t count, char* buffer,
                              std::size_t capacity, quoting_table table) noexcept {
    return write(f, field_kind::challenges, table, buffer, capacity, [&](composer& out) {
        bool good = count != 0 || no_challenge(out);
        for (std::size_t i = 0; good && i < count; ++i) {
            good = out.challenge(list[i].scheme, list[i].token68, spec_params{list[i].params, list[i].param_count});
        }
    });
}

write_result write_credentials(field f, const challenge_spec& credentials, char* buffer, std::size_t capacity,
                               quoting_table table) noexcept {
    return write(f, field_kind::credentials, table, buffer, capacity, [&](composer& out) {
        out.challenge(credentials.scheme, credentials.token68,
                      spec_params{credentials.params, credentials.param_count});
    });
}

write_result write_info(field f, const param_spec* list, std::size_t count, char* buffer, std::size_t capacity,
                        quoting_table table, std::string_view scheme) noexcept {
    return write(f, field_kind::info, table, buffer, capacity, [&](composer& out) {
        out.parameters(scheme, spec_params{list, count});
    });
}

write_result write_challenges(field f, const challenges& read, char* buffer, std::size_t capacity,
                              quoting_table table) noexcept {
    return write(f, field_kind::challenges, table, buffer, capacity, [&](composer& out) {
        bool good = !read.empty() || no_challenge(out);
        for (const challenge c : read) {
            good = good && out.challenge(c.scheme(), c.token68(), read_params{c.params()});
        }
    });
}

write_result write_credentials(field f, const credentials& read, char* buffer, std::size_t capacity,
                               quoting_table table) noexcept {
    return write(f, field_kind::credentials, table, buffer, capacity,
                 [&](composer& out) { out.challenge(read.scheme(), read.token68(), read_params{read.params()}); });
}

write_result write_info(field f, const auth_params& read, char* buffer, std::size_t capacity, quoting_table table,
                        std::string_view scheme) noexcept {
    return write(f, field_kind::info, table, buffer, capacity,
                 [&](composer& out) { out.parameters(scheme, read_params{read}); });
}

}  // namespace authgrammar
