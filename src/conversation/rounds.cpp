#include "rounds.hpp"

#include <authgrammar/schemes/scheme_message.hpp>

namespace authgrammar::conversation::detail {

namespace {

constexpr std::string_view token_name = "data";
constexpr std::string_view session_name = "sid";

/// The parameters of a round.
class round_params {
public:
    round_params(const round_to_write& r, bool with_realm) noexcept {
        if (with_realm) add("realm", r.realm);
        add(session_name, r.session);
        add(token_name, r.token);
    }
    [[nodiscard]] const param_spec* data() const noexcept { return list_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }

private:
    void add(std::string_view name, std::string_view value) noexcept {
        if (!value.empty()) list_[size_++] = {name, value};
    }
    param_spec list_[3];
    std::size_t size_ = 0;
};

}  // namespace

std::optional<round_scheme> find_round_scheme(std::string_view name) noexcept {
    const schemes::scheme_description* const s = schemes::find_scheme(name);
    if (s == nullptr) return std::nullopt;
    const bool only_token68 = s->credentials.token68 && !s->credentials.params;
    if (only_token68 && s->state == schemes::state_rule::connection) return round_scheme{s, false};
    const auto* const token = schemes::find_parameter(*s, field_kind::challenges, token_name);
    if (token == nullptr || !token->continues) return std::nullopt;
    return round_scheme{s, true};
}

result<round_message, schemes::scheme_error> read_round(const round_scheme& s, const credentials& read) noexcept {
    const auto message = schemes::read_scheme_credentials(*s.scheme, read);
    if (!message) return message.error();
    if (!s.by_params) return round_message{*message->token68(), {}};
    return round_message{message->value(token_name).value_or(text()), message->value(session_name).value_or(text())};
}

write_result write_round(field f, const round_scheme& s, const round_to_write& r, char* buffer,
                         std::size_t capacity) noexcept {
    credentials_spec spec(s.scheme->name);
    const bool first_credentials = kind_of(f) == field_kind::credentials && r.session.empty();
    const round_params params(r, first_credentials || (kind_of(f) == field_kind::challenges && r.token.empty()));
    if (s.by_params) {
        spec.params = params.data();
        spec.param_count = params.size();
    } else if (!r.token.empty()) {
        spec.token68 = text(r.token);
    }
    const quoting_table table = schemes::standard_quoting();
    if (kind_of(f) == field_kind::credentials) return write_credentials(f, spec, buffer, capacity, table);
    return write_challenges(f, &spec, 1, buffer, capacity, table);
}

write_result write_final_round(field f, const round_scheme& s, const round_to_write& r, char* buffer,
                               std::size_t capacity) noexcept {
    if (!s.by_params) return write_round(f, s, r, buffer, capacity);
    const round_params params(r, false);
    return write_info(f, params.data(), params.size(), buffer, capacity, schemes::standard_quoting(), s.scheme->name);
}

}  // namespace authgrammar::conversation::detail
