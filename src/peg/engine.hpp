#ifndef AUTHGRAMMAR_PEG_ENGINE_HPP
#define AUTHGRAMMAR_PEG_ENGINE_HPP

// How a rule of the grammar is run over a value: what the terminals record, what the rules report, when it stops.
// For the sources of this folder and their tests.

#include "run.hpp"

#include <authgrammar/grammar/fields.hpp>

#include <tao/pegtl/memory_input.hpp>
#include <tao/pegtl/normal.hpp>
#include <tao/pegtl/nothing.hpp>
#include <tao/pegtl/parse.hpp>

#include <cstddef>
#include <string_view>
#include <type_traits>

namespace authgrammar::peg {

namespace pegtl = tao::pegtl;

// Lines mean nothing inside a field value, so they are not counted; positions are pointers.
using input = pegtl::memory_input<pegtl::tracking_mode::lazy, pegtl::eol::lf_crlf, const char*>;

// A rule that is made of no other rule looks at the input itself.
template <typename Rule>
inline constexpr bool is_terminal = std::is_same_v<typename Rule::subs_t, pegtl::empty_list>;

// Where the furthest terminal failed. Up to there some reading had matched, and each rule of a reading can be
// completed, so the prefix is viable; and every reading that the prefix has is tried before the value is rejected,
// so none of them goes on. Terminals of the field rules are single octets, which fail where they begin.
struct progress {
    const char* furthest;
};

template <typename Rule>
struct recording : pegtl::normal<Rule> {
    static constexpr bool enable = true;

    template <typename State>
    static void failure(const input& in, State& st) noexcept {
        if constexpr (is_terminal<Rule>) {
            if (st.furthest < in.current()) st.furthest = in.current();
        } else {
            static_cast<void>(in);
            static_cast<void>(st);
        }
    }
};

// What a reading with events has to remember.
class reading : public progress {
public:
    reading(std::string_view value, event_sink sink) noexcept
        : progress{value.data()}, base_(value.data()), sink_(sink) {}

    // A token or quoted-string was matched. An auth-param is two of these, whatever failed before it.
    void word(const char* begin, const char* end, bool quoted) noexcept {
        name_ = value_;
        value_ = {begin, end, quoted};
    }

    void scheme(const char* begin, const char* end) noexcept {
        challenge_ = {begin, end, false};
        emit(event_kind::challenge_begin, begin, begin);
        emit(event_kind::scheme, begin, end);
    }

    void token68(const char* begin, const char* end) noexcept {
        challenge_.end = end;
        emit(event_kind::token68, begin, end);
    }

    void auth_param(const char* end) noexcept {
        challenge_.end = end;
        emit(event_kind::param_name, name_.begin, name_.end);
        if (value_.quoted) {
            emit(event_kind::param_value, value_.begin + 1, value_.end - 1, true);
        } else {
            emit(event_kind::param_value, value_.begin, value_.end);
        }
    }

    void challenge_end() noexcept { emit(event_kind::challenge_end, challenge_.begin, challenge_.end); }

    [[nodiscard]] bool stopped() const noexcept { return stopped_; }
    [[nodiscard]] std::size_t stopped_at() const noexcept { return stopped_at_; }

private:
    struct text {
        const char* begin = nullptr;
        const char* end = nullptr;
        bool quoted = false;
    };

    void emit(event_kind kind, const char* begin, const char* end, bool quoted = false) noexcept {
        if (stopped_) return;
        const event e{kind, quoted, static_cast<std::uint32_t>(begin - base_), static_cast<std::uint32_t>(end - base_)};
        if (!sink_(e)) {
            stopped_ = true;
            stopped_at_ = e.end;
        }
    }

    const char* base_;
    event_sink sink_;
    text name_;
    text value_;
    text challenge_;
    bool stopped_ = false;
    std::size_t stopped_at_ = 0;
};

// After a stop every terminal fails, and with them, in as many steps as the grammar is deep, the whole.
template <typename Rule>
struct stoppable : recording<Rule> {
    template <pegtl::apply_mode A, pegtl::rewind_mode M, template <typename...> class Action,
              template <typename...> class Control>
    [[nodiscard]] static bool match(input& in, reading& st) {
        if constexpr (is_terminal<Rule>) {
            if (st.stopped()) return false;
        }
        return pegtl::normal<Rule>::template match<A, M, Action, Control>(in, st);
    }
};

// Actions stand only at rules that cannot be undone once they have matched, because PEGTL cannot take an action
// back: the forms of token68 with their lookahead, a whole auth-param, the scheme of a challenge, all the rest of
// which is optional. Words are remembered, and reported with the auth-param.
template <typename Rule>
struct action {};

struct remember_token {
    template <typename ActionInput>
    static void apply(const ActionInput& in, reading& st) noexcept {
        st.word(in.begin(), in.end(), false);
    }
};

struct remember_quoted_string {
    template <typename ActionInput>
    static void apply(const ActionInput& in, reading& st) noexcept {
        st.word(in.begin(), in.end(), true);
    }
};

struct report_scheme {
    template <typename ActionInput>
    static void apply(const ActionInput& in, reading& st) noexcept {
        st.scheme(in.begin(), in.end());
    }
};

struct report_token68 {
    template <typename ActionInput>
    static void apply(const ActionInput& in, reading& st) noexcept {
        st.token68(in.begin(), in.end());
    }
};

struct report_auth_param {
    template <typename ActionInput>
    static void apply(const ActionInput& in, reading& st) noexcept {
        st.auth_param(in.end());
    }
};

struct report_challenge_end {
    static void apply0(reading& st) noexcept { st.challenge_end(); }
};

// The rules that RFC 9110 shares with RFC 7235 are the same types.
template <>
struct action<grammar::rfc7230::token> : remember_token {};
template <>
struct action<grammar::rfc7230::quoted_string> : remember_quoted_string {};
template <>
struct action<grammar::rfc7235::auth_scheme> : report_scheme {};
template <>
struct action<grammar::rfc7235::auth_param> : report_auth_param {};
template <>
struct action<grammar::rfc7235::token68_in_list> : report_token68 {};
template <>
struct action<grammar::rfc7235::token68_at_end> : report_token68 {};
template <>
struct action<grammar::rfc7235::challenge_in_list> : report_challenge_end {};
template <>
struct action<grammar::rfc7235::Authorization> : report_challenge_end {};
template <>
struct action<grammar::rfc7235::Proxy_Authorization> : report_challenge_end {};
template <>
struct action<grammar::rfc9110::challenge> : report_challenge_end {};
template <>
struct action<grammar::rfc9110::Authorization> : report_challenge_end {};
template <>
struct action<grammar::rfc9110::Proxy_Authorization> : report_challenge_end {};
template <>
struct action<grammar::rfc9110_recipient::challenge_in_list> : report_challenge_end {};
template <>
struct action<grammar::rfc9110_recipient::Authorization> : report_challenge_end {};
template <>
struct action<grammar::rfc9110_recipient::Proxy_Authorization> : report_challenge_end {};

[[nodiscard]] inline verdict verdict_on(bool valid, const progress& at, std::string_view value) noexcept {
    return {valid, valid ? 0 : static_cast<std::size_t>(at.furthest - value.data()), false};
}

// Runs `Rule` over the whole of `value`; without a sink no action is called.
template <typename Rule>
[[nodiscard]] verdict run(std::string_view value, const event_sink* sink) noexcept {
    using whole = pegtl::seq<Rule, pegtl::eof>;
    input in(value.data(), value.data() + value.size(), "");
    if (sink == nullptr) {
        progress at{value.data()};
        const bool valid = pegtl::parse<whole, pegtl::nothing, recording>(in, at);
        return verdict_on(valid, at, value);
    }
    reading st(value, *sink);
    const bool valid = pegtl::parse<whole, action, stoppable>(in, st);
    if (st.stopped()) return {false, st.stopped_at(), true};
    return verdict_on(valid, st, value);
}

// Runs the rule that `Edition`, one of grammar::fields, has for `f`.
template <typename Edition>
[[nodiscard]] verdict run_field(field f, std::string_view value, const event_sink* sink) noexcept {
    switch (f) {
        case field::www_authenticate: return run<typename Edition::WWW_Authenticate>(value, sink);
        case field::proxy_authenticate: return run<typename Edition::Proxy_Authenticate>(value, sink);
        case field::authorization: return run<typename Edition::Authorization>(value, sink);
        case field::proxy_authorization: return run<typename Edition::Proxy_Authorization>(value, sink);
        case field::authentication_info: return run<typename Edition::Authentication_Info>(value, sink);
        case field::proxy_authentication_info: break;
    }
    return run<typename Edition::Proxy_Authentication_Info>(value, sink);
}

}  // namespace authgrammar::peg

#endif
