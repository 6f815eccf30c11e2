#include <authgrammar/policy/challenge_field.hpp>
#include <authgrammar/schemes/scheme.hpp>
#include <authgrammar/writer.hpp>

#include <vector>

namespace authgrammar::policy {

namespace {

/// A parameter in the form that the scheme gives it; in the form that it has where the scheme does not say.
param_spec as_offered(const text& scheme, const auth_param& p, quoting_table table) noexcept {
    const auto is = [](const text& t, std::string_view name) { return t.equals_ignoring_case(name); };
    for (std::size_t i = 0; i < table.count; ++i) {
        const quoting& line = table.lines[i];
        if (line.kind == field_kind::challenges && is(scheme, line.scheme) && is(p.name, line.param)) {
            return {p.name, p.value};
        }
    }
    return {p.name, p.value, p.value.quoted() ? param_form::quoted : param_form::token};
}

}  // namespace

std::optional<challenge_field> challenges_to_send(const outcome& o, const challenges& offered) {
    if (o.challenges == challenge_set::none) return std::nullopt;
    const quoting_table table = schemes::standard_quoting();
    std::vector<std::vector<param_spec>> params;
    std::vector<challenge_spec> list;
    for (const challenge& c : offered) {
        auto& own = params.emplace_back();
        for (const auth_param& p : c.params()) own.push_back(as_offered(c.scheme(), p, table));
        challenge_spec& spec = list.emplace_back();
        spec.scheme = c.scheme();
        spec.token68 = c.token68();
        // The elements of a vector stay where they are when it is moved.
        spec.params = own.data();
        spec.param_count = own.size();
    }
    challenge_field sent;
    sent.name = o.proxy_authenticate == sending::must_not ? field::www_authenticate : field::proxy_authenticate;
    const write_result written = write_to(sent.value, [&](char* buffer, std::size_t capacity) {
        return write_challenges(sent.name, list.data(), list.size(), buffer, capacity, table);
    });
    if (!written) return std::nullopt;
    return sent;
}

}  // namespace authgrammar::policy
