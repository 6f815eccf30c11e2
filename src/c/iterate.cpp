#include "convert.hpp"

#include <optional>

using namespace authgrammar;
using namespace authgrammar::c;

namespace {

using challenge_at = challenges::iterator;
using param_at = auth_params::iterator;

bool is_challenges(const authgrammar_reading* reading) noexcept {
    return reading != nullptr && reading->event_count != 0 &&
           (!is_field(reading->field) || kind_of(static_cast<field>(reading->field)) != field_kind::info);
}

int show(const challenges& list, challenge_at at, authgrammar_challenge& to) noexcept {
    to = {};
    if (at == list.end()) return 0;
    const challenge c = *at;
    to.scheme = to_c(c.scheme());
    if (const std::optional<text> token68 = c.token68()) to.token68 = to_c(*token68);
    to.params = to_c(c.params());
    to.begin = c.begin();
    to.end = c.end();
    keep(c, to.private_view);
    keep(at, to.private_cursor);
    return 1;
}

void show(const auth_param& p, authgrammar_param& to) noexcept {
    to.name = to_c(p.name);
    to.value = to_c(p.value);
}

int show(const auth_params& list, param_at at, authgrammar_param& to) noexcept {
    to = {};
    if (at == list.end()) return 0;
    show(*at, to);
    keep(at, to.private_cursor);
    return 1;
}

}  // namespace

int authgrammar_next_challenge(const authgrammar_reading* reading, authgrammar_challenge* c) {
    if (c == nullptr) return 0;
    if (!is_challenges(reading)) {
        *c = {};
        return 0;
    }
    const auto list = kept<challenges>(reading->private_view);
    auto at = kept<challenge_at>(c->private_cursor);
    if (at == challenge_at()) {
        at = list.begin();
    } else {
        ++at;
    }
    return show(list, at, *c);
}

int authgrammar_find_challenge(const authgrammar_reading* reading, authgrammar_text scheme, authgrammar_challenge* c) {
    if (c == nullptr) return 0;
    *c = {};
    if (!is_challenges(reading) || !is_text(scheme)) return 0;
    const auto list = kept<challenges>(reading->private_view);
    challenge_at at = list.begin();
    while (at != list.end() && !at->has_scheme(view(scheme))) ++at;
    return show(list, at, *c);
}

int authgrammar_next_param(const authgrammar_params* params, authgrammar_param* p) {
    if (p == nullptr) return 0;
    if (params == nullptr || params->count == 0) {
        *p = {};
        return 0;
    }
    const auth_params list = view(*params);
    auto at = kept<param_at>(p->private_cursor);
    if (at == param_at()) {
        at = list.begin();
    } else {
        ++at;
    }
    return show(list, at, *p);
}

int authgrammar_find_param(const authgrammar_params* params, authgrammar_text name, authgrammar_param* p) {
    if (p == nullptr) return 0;
    *p = {};
    if (params == nullptr || params->count == 0 || !is_text(name)) return 0;
    const auth_params list = view(*params);
    const std::optional<auth_param> found = list.find(view(name));
    if (!found) return 0;
    show(*found, *p);
    const event* at = detail::internals::first(list);
    while (at->begin != found->name.begin()) at += 2;
    keep(param_at(detail::internals::value(list), at), p->private_cursor);
    return 1;
}

int authgrammar_find_repeated_param(const authgrammar_params* params, authgrammar_param* p) {
    if (p == nullptr) return 0;
    *p = {};
    if (params == nullptr || params->count < 2) return 0;
    const std::optional<auth_param> found = view(*params).repeated();
    if (!found) return 0;
    show(*found, *p);
    return 1;
}
