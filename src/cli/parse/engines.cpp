#include "parse/engines.hpp"

#include <authgrammar/abnf/reference.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/peg/parse.hpp>
#include <authgrammar/tokenizer.hpp>

#include <algorithm>
#include <initializer_list>
#include <map>
#include <stdexcept>
#include <utility>

namespace authlint {

namespace {

using authgrammar::edition;
using authgrammar::error_code;
using authgrammar::event;
using authgrammar::field;

constexpr authgrammar::limits no_limits = authgrammar::limits::none();

struct collector {
    std::vector<event>& events;
    bool on_event(const event& e) noexcept {
        events.push_back(e);
        return true;
    }
};

class tokenizer_engine : public engine {
public:
    explicit tokenizer_engine(std::size_t chunk) : chunk_(chunk) {}

    const verdict& read(field f, edition e, std::string_view value) override {
        // Most values have few events, for which a buffer takes half the time of a vector.
        few_.clear();
        read_to(few_, f, e, value);
        if (!few_.full()) {
            said_.events.assign(few_.begin(), few_.end());
            return said_;
        }
        said_.events.clear();
        collector many{said_.events};
        read_to(many, f, e, value);
        return said_;
    }

private:
    template <typename Consumer>
    void read_to(Consumer& consumer, field f, edition e, std::string_view value) {
        authgrammar::tokenizer t(f, e, no_limits);
        error_code code = error_code::none;
        while (!value.empty() && code == error_code::none) {
            const std::string_view piece = value.substr(0, chunk_);
            code = t.feed(piece, consumer);
            value.remove_prefix(piece.size());
        }
        if (code == error_code::none) code = t.finish(consumer);
        said_.valid = code == error_code::none;
        if (!said_.valid) said_.why = t.last_error();
    }

    authgrammar::inline_event_buffer<128> few_;
    std::size_t chunk_;
    verdict said_;
};

/// The words of core's one table for an offset that another engine found, which stays as it is.
authgrammar::error diagnosed(field f, edition e, std::string_view value, std::size_t offset) {
    authgrammar::error why = authgrammar::diagnose(f, e, value, offset);
    why.offset = offset;
    return why;
}

class pegtl_engine : public engine {
public:
    const verdict& read(field f, edition e, std::string_view value) override {
        said_.events.clear();
        collector consumer{said_.events};
        const authgrammar::peg::verdict said = authgrammar::peg::parse(f, e, value, authgrammar::sink_for(consumer));
        said_.valid = said.valid;
        if (!said_.valid) {
            said_.why = diagnosed(f, e, value, said.error_offset);
            said_.events.clear();
        }
        return said_;
    }

private:
    verdict said_;
};

authgrammar::event_kind kind_from(authgrammar::abnf::event_kind kind) {
    using from = authgrammar::abnf::event_kind;
    using to = authgrammar::event_kind;
    switch (kind) {
        case from::challenge_begin: return to::challenge_begin;
        case from::scheme: return to::scheme;
        case from::token68: return to::token68;
        case from::param_name: return to::param_name;
        case from::param_value: return to::param_value;
        case from::challenge_end: break;
    }
    return to::challenge_end;
}

/// Whether the events have the order that views rely on. By the ABNF of an edition they do; by a text of somebody's
/// own, in which a name may be empty, say, they need not.
bool in_order(const std::vector<event>& events, authgrammar::field_kind kind) {
    using authgrammar::event_kind;
    const bool has_schemes = kind != authgrammar::field_kind::info;
    event_kind before = event_kind::challenge_end;
    for (const event& e : events) {
        const auto after = [before](std::initializer_list<event_kind> allowed) {
            return std::find(allowed.begin(), allowed.end(), before) != allowed.end();
        };
        bool fits = false;
        switch (e.kind) {
            case event_kind::challenge_begin: fits = has_schemes && after({event_kind::challenge_end}); break;
            case event_kind::scheme: fits = after({event_kind::challenge_begin}); break;
            case event_kind::token68: fits = after({event_kind::scheme}); break;
            case event_kind::param_name:
                fits = after({event_kind::scheme, event_kind::param_value}) ||
                       (!has_schemes && after({event_kind::challenge_end}));
                break;
            case event_kind::param_value: fits = after({event_kind::param_name}); break;
            case event_kind::challenge_end:
                fits = after({event_kind::scheme, event_kind::token68, event_kind::param_value});
                break;
        }
        if (!fits) return false;
        before = e.kind;
    }
    return events.empty() || before == (has_schemes ? event_kind::challenge_end : event_kind::param_value);
}

class reference_engine : public engine {
public:
    explicit reference_engine(std::optional<std::filesystem::path> abnf) : abnf_(std::move(abnf)) {}

    const verdict& read(field f, edition e, std::string_view value) override {
        const auto said = loaded(e).parse(name_of(f), value);
        if (!said) throw std::runtime_error("reference: " + to_string(said.failure()));
        said_.events.clear();
        said_.valid = said->valid;
        if (!said_.valid) said_.why = diagnosed(f, e, value, said->error_offset);
        for (const auto& x : said->events) {
            said_.events.push_back(
                {kind_from(x.kind), x.quoted, static_cast<std::uint32_t>(x.begin), static_cast<std::uint32_t>(x.end)});
        }
        if (!in_order(said_.events, kind_of(f)))
            throw std::runtime_error(
                "reference: the value is valid by this ABNF, but its parts are not those of a field value");
        return said_;
    }

private:
    authgrammar::abnf::reference& loaded(edition e) {
        const auto found = editions_.find(e);
        if (found != editions_.end()) return found->second;
        auto made = authgrammar::abnf::reference::load(name_of(e), abnf_);
        if (!made) throw std::runtime_error("reference: " + to_string(made.failure()));
        return editions_.emplace(e, std::move(made).value()).first->second;
    }

    std::optional<std::filesystem::path> abnf_;
    std::map<edition, authgrammar::abnf::reference> editions_;
    verdict said_;
};

struct engine_entry {
    const char* name;
    bool takes_chunk;
    bool takes_abnf;
    std::unique_ptr<engine> (*make)(const engine_settings&);
};

const engine_entry entries[] = {
    {"tokenizer", true, false,
     [](const engine_settings& s) -> std::unique_ptr<engine> {
         return std::make_unique<tokenizer_engine>(s.chunk.value_or(std::string_view::npos));
     }},
    {"pegtl", false, false,
     [](const engine_settings&) -> std::unique_ptr<engine> { return std::make_unique<pegtl_engine>(); }},
    {"reference", false, true,
     [](const engine_settings& s) -> std::unique_ptr<engine> { return std::make_unique<reference_engine>(s.abnf); }},
};

}  // namespace

const std::vector<std::string>& engine_names() {
    static const std::vector<std::string> names = [] {
        std::vector<std::string> out;
        for (const engine_entry& e : entries) out.emplace_back(e.name);
        return out;
    }();
    return names;
}

std::unique_ptr<engine> make_engine(const engine_settings& settings) {
    for (const engine_entry& e : entries) {
        if (settings.name != e.name) continue;
        if (settings.chunk && !e.takes_chunk) throw std::runtime_error("--chunk is for --engine tokenizer");
        if (settings.abnf && !e.takes_abnf) throw std::runtime_error("--abnf is for --engine reference");
        return e.make(settings);
    }
    throw std::runtime_error("no engine " + settings.name);
}

}  // namespace authlint
