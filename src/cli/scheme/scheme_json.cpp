#include "scheme/scheme_json.hpp"

#include "json/strict_json.hpp"
#include "scheme/scheme_text.hpp"

#include <authgrammar/authgrammar.hpp>

#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdint>
#include <deque>
#include <utility>

namespace authlint {

namespace {

using namespace authgrammar::schemes;
using authgrammar::field_kind;
using authgrammar::param_form;
using json = nlohmann::ordered_json;

/// Where a text is not in the form.
struct misfit {
    std::string text;
};

/// The members of an object, each asked for once; what nobody asked for is a misfit. Errors are thrown.
class member_reader {
public:
    member_reader(const json& object, std::string path) : object_(object), path_(std::move(path)) {
        if (!object.is_object()) throw misfit{path_ + " is an object, not " + shown(object)};
    }

    /// The member of that name, or null.
    const json* find(const std::string& name) {
        known_.push_back(name);
        const auto found = object_.find(name);
        return found == object_.end() ? nullptr : &*found;
    }
    const json& at(const std::string& name) {
        const json* value = find(name);
        if (value == nullptr) throw misfit{place(name) + " is missing"};
        return *value;
    }

    /// The text of a member. It lives as long as the object.
    std::string_view text(const std::string& name, bool required = false) {
        const json* value = required ? &at(name) : find(name);
        if (value == nullptr) return {};
        if (!value->is_string()) throw misfit{place(name) + " is a string, not " + shown(*value)};
        const std::string_view found = value->get_ref<const std::string&>();
        if (required && found.empty()) throw misfit{place(name) + " is empty"};
        return found;
    }
    bool flag(const std::string& name) {
        const json* value = find(name);
        if (value == nullptr) return false;
        if (!value->is_boolean()) throw misfit{place(name) + " is true or false, not " + shown(*value)};
        return value->get<bool>();
    }
    std::uint16_t number(const std::string& name, std::uint16_t least, std::uint16_t most, std::uint16_t absent) {
        const json* value = find(name);
        if (value == nullptr) return absent;
        const bool fits =
            value->is_number_unsigned() && value->get<std::uint64_t>() >= least && value->get<std::uint64_t>() <= most;
        if (!fits) {
            throw misfit{place(name) + " is a number from " + std::to_string(least) + " to " + std::to_string(most) +
                         ", not " + shown(*value)};
        }
        return value->get<std::uint16_t>();
    }
    /// One of the values of an enumeration, which `last` ends, by its name.
    template <typename Enum, typename Name>
    Enum one_of(const std::string& name, Enum last, Enum absent, Name&& name_of_value, bool required = false) {
        const json* value = required ? &at(name) : find(name);
        if (value == nullptr) return absent;
        std::string choices;
        for (int i = 0; i <= static_cast<int>(last); ++i) {
            const std::string_view choice = name_of_value(static_cast<Enum>(i));
            if (value->is_string() && value->get_ref<const std::string&>() == choice) return static_cast<Enum>(i);
            choices.append(i == 0 ? "" : i == static_cast<int>(last) ? " or " : ", ").append(choice);
        }
        throw misfit{place(name) + " is " + choices + ", not " + shown(*value)};
    }
    /// Calls `read(element, path of it)` for each element of an array.
    template <typename Read>
    void each(const std::string& name, Read&& read, bool required = false) {
        const json* value = required ? &at(name) : find(name);
        if (value == nullptr) return;
        if (!value->is_array()) throw misfit{place(name) + " is an array, not " + shown(*value)};
        std::size_t i = 0;
        for (const json& element : *value) read(element, place(name) + "[" + std::to_string(i++) + "]");
    }

    /// To be called last: there are no other members.
    void finish() {
        for (const auto& [name, value] : object_.items()) {
            if (std::find(known_.begin(), known_.end(), name) == known_.end()) {
                throw misfit{"there is no member " + shown(json(place(name)))};
            }
        }
    }

private:
    [[nodiscard]] std::string place(const std::string& name) const { return path_.empty() ? name : path_ + "." + name; }

    const json& object_;
    std::string path_;
    std::vector<std::string> known_;
};

/// Holds the JSON, whose texts the description is a view of, and the rows.
class read_description final : public described_scheme {
public:
    explicit read_description(json object) : object_(std::move(object)) { read(); }

    [[nodiscard]] const scheme_description& description() const noexcept override { return scheme_; }

private:
    void read() {
        member_reader m(object_, "");
        scheme_.name = m.text("name", true);
        scheme_.reference = m.text("reference", true);
        scheme_.registered = m.flag("registered");
        scheme_.registry_note = m.text("registry_note");
        scheme_.rests_on = m.text("rests_on");
        scheme_.challenge = forms(m, "challenge");
        scheme_.credentials = forms(m, "credentials");
        const auto use = [](usability u) { return name_of(u); };
        scheme_.origin = m.one_of("origin", usability::unstated, usability::unstated, use);
        scheme_.proxy = m.one_of("proxy", usability::unstated, usability::unstated, use);
        scheme_.realm = m.one_of(
            "realm", realm_rule::redefined, realm_rule::none, [](realm_rule r) { return name_of(r); }, true);
        scheme_.space =
            m.one_of("space", space_rule::domain_list, space_rule::unstated, [](space_rule r) { return name_of(r); });
        scheme_.state = m.one_of(
            "state", state_rule::tls_connection, state_rule::request, [](state_rule r) { return name_of(r); }, true);
        scheme_.rounds = static_cast<std::uint8_t>(m.number("rounds", 0, 255, 1));
        scheme_.exposes = m.one_of(
            "exposes", exposure::proof, exposure::password, [](exposure e) { return name_of(e); }, true);
        scheme_.unknown_params = m.one_of("unknown_params", unknown_rule::no_params, unknown_rule::undefined,
                                          [](unknown_rule r) { return name_of(r); });
        scheme_.info_in_trailer = m.flag("info_in_trailer");
        scheme_.info_considered = m.text("info_considered");
        scheme_.proof_field = m.text("proof_field");
        m.each("carriers", [this](const json& j, const std::string& path) { carriers_.push_back(carrier(j, path)); });
        m.each("failures", [this](const json& j, const std::string& path) { failures_.push_back(failure(j, path)); });
        m.each("errors", [this](const json& j, const std::string& path) { errors_.push_back(error(j, path)); });
        m.each("params", [this](const json& j, const std::string& path) { params_.push_back(param(j, path)); });
        m.each("samples", [this](const json& j, const std::string& path) { samples_.push_back(read_sample(j, path)); });
        m.finish();
        scheme_.carriers = {carriers_.data(), carriers_.size()};
        scheme_.failures = {failures_.data(), failures_.size()};
        scheme_.errors = {errors_.data(), errors_.size()};
        scheme_.params = {params_.data(), params_.size()};
        scheme_.samples = {samples_.data(), samples_.size()};
    }

    static content_forms forms(member_reader& m, const std::string& name) {
        content_forms out;
        m.each(
            name,
            [&](const json& j, const std::string& path) {
                if (j == "alone") {
                    out.alone = true;
                } else if (j == "token68") {
                    out.token68 = true;
                } else if (j == "params") {
                    out.params = true;
                } else {
                    throw misfit{path + " is alone, token68 or params, not " + shown(j)};
                }
            },
            true);
        return out;
    }

    static carrier_description carrier(const json& j, const std::string& path) {
        member_reader m(j, path);
        carrier_description out;
        out.name = m.text("name", true);
        out.caching_forbidden = m.flag("caching_forbidden");
        out.section = m.text("section");
        m.finish();
        return out;
    }

    static failure_signal failure(const json& j, const std::string& path) {
        member_reader m(j, path);
        failure_signal out;
        m.at("status");
        out.status = m.number("status", 100, 599, 0);
        out.challenge = m.flag("challenge");
        out.when = m.text("when");
        m.finish();
        return out;
    }

    static error_signal error(const json& j, const std::string& path) {
        member_reader m(j, path);
        error_signal out;
        out.when = m.one_of(
            "when", error_occasion::insufficient, error_occasion::none, [](error_occasion o) { return name_of(o); },
            true);
        out.status = m.number("status", 100, 599, 0);
        out.param = m.text("param", true);
        out.value = m.text("value", true);
        out.with = m.text("with");
        out.section = m.text("section");
        m.finish();
        return out;
    }

    parameter_description param(const json& j, const std::string& path) {
        member_reader m(j, path);
        const auto where = [](presence p) { return name_of(p); };
        parameter_description out;
        out.name = m.text("name", true);
        out.in_challenge = m.one_of("challenge", presence::required, presence::absent, where);
        out.in_credentials = m.one_of("credentials", presence::required, presence::absent, where);
        out.in_info = m.one_of("info", presence::required, presence::absent, where);
        out.syntax =
            m.one_of("syntax", value_syntax::other, value_syntax::any, [](value_syntax s) { return name_of(s); });
        out.form =
            m.one_of("form", param_form::quoted, param_form::automatic, [](param_form f) { return form_name(f); });
        out.form_advised = m.flag("form_advised");
        out.secret = m.flag("secret");
        out.changing = m.flag("changing");
        out.of_refusal = m.flag("of_refusal");
        out.continues = m.flag("continues");
        out.renews = m.flag("renews");
        std::vector<std::string_view>& values = values_.emplace_back();
        m.each("values", [&](const json& value, const std::string& at) {
            if (!value.is_string()) throw misfit{at + " is a string, not " + shown(value)};
            values.push_back(value.get_ref<const std::string&>());
        });
        out.values = {values.data(), values.size()};
        out.values_open = m.flag("values_open");
        out.when = m.text("when");
        out.section = m.text("section");
        m.finish();
        const bool somewhere = out.in_challenge != presence::absent || out.in_credentials != presence::absent ||
                               out.in_info != presence::absent;
        if (!somewhere) throw misfit{path + " is in no kind of field: it needs challenge, credentials or info"};
        return out;
    }

    static sample read_sample(const json& j, const std::string& path) {
        member_reader m(j, path);
        sample out;
        out.kind = m.one_of(
            "kind", field_kind::info, field_kind::challenges, [](field_kind k) { return kind_name(k); }, true);
        m.at("value");
        out.value = m.text("value");
        out.source = m.text("source");
        m.finish();
        return out;
    }

    json object_;
    std::vector<carrier_description> carriers_;
    std::vector<failure_signal> failures_;
    std::vector<error_signal> errors_;
    std::vector<parameter_description> params_;
    std::deque<std::vector<std::string_view>> values_;  // a deque: views of its elements stay
    std::vector<sample> samples_;
    scheme_description scheme_;
};

json forms_as_json(const content_forms& f) {
    json out = json::array();
    if (f.alone) out.push_back("alone");
    if (f.token68) out.push_back("token68");
    if (f.params) out.push_back("params");
    return out;
}

/// Adds members that say something.
void put(json& out, const char* name, std::string_view text) {
    if (!text.empty()) out[name] = text;
}
void put(json& out, const char* name, bool flag) {
    if (flag) out[name] = true;
}

json as_json(const parameter_description& p) {
    json out{{"name", p.name}};
    if (p.in_challenge != presence::absent) out["challenge"] = name_of(p.in_challenge);
    if (p.in_credentials != presence::absent) out["credentials"] = name_of(p.in_credentials);
    if (p.in_info != presence::absent) out["info"] = name_of(p.in_info);
    out["syntax"] = name_of(p.syntax);
    out["form"] = form_name(p.form);
    put(out, "form_advised", p.form_advised);
    put(out, "secret", p.secret);
    put(out, "changing", p.changing);
    put(out, "of_refusal", p.of_refusal);
    put(out, "continues", p.continues);
    put(out, "renews", p.renews);
    if (!p.values.empty()) out["values"] = std::vector<std::string>(p.values.begin(), p.values.end());
    put(out, "values_open", p.values_open);
    put(out, "when", p.when);
    put(out, "section", p.section);
    return out;
}

json as_json(const scheme_description& s) {
    json out{{"name", s.name}, {"reference", s.reference}};
    out["registered"] = s.registered;
    put(out, "registry_note", s.registry_note);
    put(out, "rests_on", s.rests_on);
    out["challenge"] = forms_as_json(s.challenge);
    out["credentials"] = forms_as_json(s.credentials);
    out["origin"] = name_of(s.origin);
    out["proxy"] = name_of(s.proxy);
    out["realm"] = name_of(s.realm);
    out["space"] = name_of(s.space);
    out["state"] = name_of(s.state);
    out["rounds"] = s.rounds;
    out["exposes"] = name_of(s.exposes);
    out["unknown_params"] = name_of(s.unknown_params);
    put(out, "info_in_trailer", s.info_in_trailer);
    put(out, "info_considered", s.info_considered);
    put(out, "proof_field", s.proof_field);
    for (const carrier_description& c : s.carriers) {
        json carrier{{"name", c.name}, {"caching_forbidden", c.caching_forbidden}};
        put(carrier, "section", c.section);
        out["carriers"].push_back(std::move(carrier));
    }
    for (const failure_signal& f : s.failures) {
        out["failures"].push_back({{"status", f.status}, {"challenge", f.challenge}, {"when", f.when}});
    }
    for (const error_signal& e : s.errors) {
        json error{{"when", name_of(e.when)}, {"param", e.param}, {"value", e.value}};
        if (e.status != 0) error["status"] = e.status;
        put(error, "with", e.with);
        put(error, "section", e.section);
        out["errors"].push_back(std::move(error));
    }
    for (const parameter_description& p : s.params) out["params"].push_back(as_json(p));
    for (const sample& each : s.samples) {
        out["samples"].push_back({{"kind", kind_name(each.kind)}, {"value", each.value}, {"source", each.source}});
    }
    return out;
}

std::string dump(const json& value) { return value.dump(2, ' ', true, json::error_handler_t::replace) + "\n"; }

}  // namespace

scheme_reading read_scheme(std::string_view text) {
    strict_json read = read_strict_json(text);
    if (!read.failure.empty()) return {nullptr, read.failure};
    try {
        return {std::make_unique<read_description>(std::move(read.object)), {}};
    } catch (const misfit& m) {
        return {nullptr, m.text};
    }
}

std::string scheme_as_json(const scheme_description& s) { return dump(as_json(s)); }

std::string table_as_json() {
    json out{{"schema", 1}, {"registry", registry_date}, {"schemes", json::array()}};
    for (const scheme_description& s : all_schemes()) {
        json broken = json::array();
        for (const broken_consideration& b : considerations(s)) broken.push_back(text_of(b.what).id);
        out["schemes"].push_back({{"description", as_json(s)}, {"breaks", std::move(broken)}});
    }
    return dump(out);
}

std::string findings_as_json(const scheme_description& s, const std::vector<scheme_finding>& findings) {
    json out{{"schema", 1}, {"name", s.name}, {"findings", json::array()}};
    for (const scheme_finding& f : findings) {
        json finding{{"id", f.id}, {"section", f.section}, {"text", f.text}, {"advice", f.advice}};
        if (f.at) {
            finding["sample"] = f.at->sample;
            finding["offset"] = f.at->offset;
            put(finding, "param", f.at->param);
        }
        out["findings"].push_back(std::move(finding));
    }
    return dump(out);
}

}  // namespace authlint
