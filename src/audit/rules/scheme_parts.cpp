#include "rules/scheme_parts.hpp"

#include <authgrammar/schemes/violations.hpp>

#include <algorithm>
#include <iterator>
#include <utility>

namespace authgrammar::audit {

namespace {

using schemes::scheme_description;
using schemes::scheme_error;
using code = schemes::scheme_error_code;

/// Which finding an error in a parameter of a scheme is. The first row that fits counts; an empty word fits everything.
struct route {
    std::string_view scheme;
    std::string_view param;
    code what;
    std::string_view rule;
};

constexpr route routes[] = {
    {"Basic", "realm", code::missing_param, "basic-without-realm"},
    {"Basic", "", code::missing_param, "basic-without-realm"},
    {"Digest", "qop", code::missing_param, "digest-without-qop"},
    {"Digest", "", code::missing_param, "digest-incomplete"},
    {"Digest", "nc", code::invalid_value, "digest-nc-malformed"},
    {"Digest", "response", code::invalid_value, ""},  // digest-hash-malformed looks at the length, too
    {"Digest", "rspauth", code::invalid_value, ""},
    {"", "charset", code::invalid_value, "unknown-charset"},
    {"", "", code::missing_param, "param-missing"},
    {"", "", code::invalid_value, "param-value-invalid"},
    {"", "", code::invalid_ext_value, "param-value-invalid"},
    {"", "", code::invalid_base64, "param-value-invalid"},
    {"", "", code::base64_length, "param-value-invalid"},
    {"", "", code::base64_padding, "param-value-invalid"},
    {"", "", code::base64_trailing_bits, "param-value-invalid"},
    {"", "realm", code::value_not_quoted, ""},  // realm-as-token, of any scheme
    {"", "", code::value_not_quoted, "param-not-quoted"},
    {"", "", code::value_quoted, "param-quoted"},
    {"", "", code::unexpected_token68, "token68-for-parameters"},
    {"", "", code::expected_token68, "parameters-for-token68"},
};

std::string_view rule_for(const scheme_description& s, field_kind kind, const scheme_error& e) {
    if (e.code == code::unexpected_param) {
        const bool takes_params =
            kind == field_kind::info || (kind == field_kind::challenges ? s.challenge : s.credentials).params;
        return takes_params ? "param-undefined" : "parameters-for-token68";
    }
    if (e.code == code::missing_param && e.param.empty() && s.name == "Bearer") return "bearer-without-parameters";
    const auto* const found = std::find_if(std::begin(routes), std::end(routes), [&](const route& r) {
        return r.what == e.code && (r.scheme.empty() || r.scheme == s.name) && (r.param.empty() || r.param == e.param);
    });
    return found == std::end(routes) ? std::string_view() : found->rule;
}

/// Takes the violations of one challenge, one set of credentials or one -Info field.
class collector {
public:
    collector(const field_reading& r, const scheme_description& s) : reading_(r), scheme_(s) {}

    [[nodiscard]] schemes::violation_sink sink() noexcept { return {add, this}; }

    /// Appends what was taken, which is of `params`. The place of what is missing is `whole`, and of a token68 that does not
    /// belong there `token`.
    void finish(const auth_params& params, span whole, span token, std::vector<scheme_violation>& out) const {
        if (errors_.empty()) return;
        std::vector<stretch> names;
        std::vector<stretch> values;
        for (const auth_param p : params) {
            const std::size_t quote = p.value.quoted() ? 1 : 0;
            names.push_back({p.name.begin(), p.name.end()});
            values.push_back({p.value.begin() - quote, p.value.end() + quote});
        }
        const bool legacy_digest = scheme_.name == "Digest" && !params.find("qop");
        std::vector<std::string_view> missing;
        std::size_t near = 0;
        for (const scheme_error& e : errors_) {
            const std::string_view rule = rule_for(scheme_, kind_of(reading_.name()), e);
            if (rule.empty()) continue;
            span at = whole;
            if (e.code == code::missing_param) {
                // Without qop, RFC 2069 has neither nc nor cnonce.
                if (legacy_digest && (e.param == "nc" || e.param == "cnonce")) continue;
                if (std::find(missing.begin(), missing.end(), e.param) != missing.end()) continue;
                missing.push_back(e.param);
            } else if (e.code == code::unexpected_token68) {
                at = token;
            } else if (e.code != code::expected_token68) {
                at = place(e.code == code::unexpected_param ? names : values, e.offset, near);
            }
            out.push_back({rule, &scheme_, reading_.name(), at, e});
        }
    }

private:
    struct stretch {
        std::size_t begin;
        std::size_t end;
    };

    static void add(void* context, const scheme_error& e) noexcept {
        static_cast<collector*>(context)->errors_.push_back(e);
    }

    /// The whole of the word in which `offset` is. Errors come in order, but for a few times that they begin anew, so it is
    /// looked for from the last one on.
    [[nodiscard]] span place(const std::vector<stretch>& words, std::size_t offset, std::size_t& near) const {
        if (near >= words.size() || offset < words[near].begin) near = 0;
        while (near + 1 < words.size() && words[near + 1].begin <= offset) ++near;
        const bool inside = near < words.size() && words[near].begin <= offset && offset <= words[near].end;
        return inside ? reading_.source(words[near].begin, words[near].end) : reading_.source_at(offset);
    }

    const field_reading& reading_;
    const scheme_description& scheme_;
    std::vector<scheme_error> errors_;
};

}  // namespace

bool add_violations(const scheme_part& p, std::vector<scheme_violation>& out) {
    collector c(p.in, *p.scheme);
    const bool nothing = schemes::for_each_violation(*p.scheme, kind_of(p.in.name()), p.part, p.rows, c.sink());
    if (nothing) return true;
    const auto token = p.part.token68();
    c.finish(p.part.params(), p.scheme_at(), token ? p.at(*token) : span{}, out);
    return false;
}

void add_info_violations(const subject& s, std::vector<scheme_violation>& out) {
    for (const field_reading& r : s.fields) {
        if (kind_of(r.name()) != field_kind::info || !r.valid()) continue;
        const auth_params params = params_of_info(r);
        const scheme_description* const scheme = scheme_of_info(s, r, params);
        if (scheme == nullptr || params.empty() || !s.is_sound(r, 0, r.value().size())) continue;
        collector c(r, *scheme);
        if (schemes::for_each_violation(*scheme, params, c.sink())) continue;
        c.finish(params, r.lines().front()->name_at, {}, out);
    }
}

auth_params params_of_info(const field_reading& r) {
    if (r.events().empty()) return {};
    return {field_value(r.value()), r.events().data(), r.events().data() + r.events().size()};
}

const scheme_description* scheme_of_info(const subject& s, const field_reading& r, const auth_params& params) {
    const auto& tried = r.name() == field::authentication_info ? s.around.tried : s.around.proxy_tried;
    if (tried) return tried->known;
    for (const std::string_view own : {"rspauth", "nextnonce"}) {
        if (params.find(own)) return schemes::find_scheme("Digest");
    }
    return nullptr;
}

bool is_one_slip_away(std::string_view a, std::string_view b) noexcept {
    if (a.size() > b.size()) std::swap(a, b);
    if (b.size() - a.size() > 1) return false;
    const auto same = [&](std::size_t i, std::size_t j) { return detail::lower(a[i]) == detail::lower(b[j]); };
    std::size_t begin = 0;
    while (begin < a.size() && same(begin, begin)) ++begin;
    std::size_t end = 0;
    while (end < a.size() - begin && same(a.size() - 1 - end, b.size() - 1 - end)) ++end;
    const std::size_t left = b.size() - begin - end;
    if (left == 2 && a.size() == b.size()) return same(begin, begin + 1) && same(begin + 1, begin);
    return left == 1;
}

const schemes::parameter_description* near_parameter(const scheme_description& scheme, field_kind kind,
                                                     std::string_view name) {
    if (name.size() < 4) return nullptr;
    const schemes::parameter_description* near = nullptr;
    for (const schemes::parameter_description& p : scheme.params) {
        if (detail::equal_ignoring_case(p.name, name)) return nullptr;
        if (p.in(kind) != schemes::presence::absent && p.name.size() >= 4 && is_one_slip_away(name, p.name)) near = &p;
    }
    return near;
}

void report_missing(const subject& s, report& out, std::string_view id) {
    std::vector<std::string_view> names;
    const scheme_violation* of = nullptr;
    const auto tell = [&] {
        if (of == nullptr) return;
        std::string text(of->scheme->name);
        text += names.empty() ? " has no parameter here" : " has no ";
        for (std::size_t i = 0; i < names.size(); ++i) {
            text.append(i == 0 ? "" : i + 1 == names.size() ? " and no " : ", no ").append(names[i]);
        }
        finding& f = out.add(of->at, of->about, std::move(text));
        if (!of->error.section.empty()) f.section = of->error.section;
    };
    for (const scheme_violation& v : s.violations()) {
        if (v.rule != id) continue;
        if (of == nullptr || !(of->at == v.at) || of->about != v.about) {
            tell();
            names.clear();
            of = &v;
        }
        if (!v.error.param.empty()) names.push_back(v.error.param);
    }
    tell();
}

}  // namespace authgrammar::audit
