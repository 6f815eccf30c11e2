// Every public call whose work grows with a value, on values that grow in one way at a time: in lines, parameters,
// challenges or bytes.

#include "calls.hpp"

#include <authgrammar/authgrammar.hpp>

#include <repeated_name.hpp>

#include <valgrind/callgrind.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;

/// A way to grow: the field lines of a value of `n` units.
struct shape {
    const char* name;
    field f;
    std::vector<std::string> (*lines)(std::size_t n);
};

constexpr field W = field::www_authenticate;
constexpr field Z = field::authorization;
constexpr field I = field::authentication_info;

std::string number(std::size_t i) { return std::to_string(100000 + i); }

/// `first`, then `n` lines or elements that `make` gives.
template <typename Make>
std::vector<std::string> lines_of(std::vector<std::string> first, std::size_t n, Make make) {
    for (std::size_t i = 0; i < n; ++i) first.push_back(make(i));
    return first;
}
template <typename Make>
std::vector<std::string> list_of(std::string first, std::size_t n, Make make) {
    for (std::size_t i = 0; i < n; ++i) first += (i == 0 ? "" : ", ") + make(i);
    return {first};
}

std::string bare_param(std::size_t i) { return "p" + number(i) + "=v"; }
std::string quoted_param(std::size_t i) { return "P" + number(i) + "=\"v" + (i % 2 == 0 ? "\\\"" : " ") + "\""; }
std::string of_four(std::size_t i) { return "S a=1, realm=\"r" + number(i) + "\", t=\"x\\y\""; }

const shape shapes[] = {
    {"lines_of_challenges", W, [](std::size_t n) { return lines_of({}, n, of_four); }},
    {"lines_of_params", Z, [](std::size_t n) { return lines_of({"S a=b"}, n - 1, bare_param); }},
    {"lines_of_quoted_params", I, [](std::size_t n) { return lines_of({}, n, quoted_param); }},
    {"lines_of_token68", W,
     [](std::size_t n) { return lines_of({}, n, [](std::size_t) { return std::string("S YWJj=="); }); }},
    {"lines_of_one_value", Z,
     [](std::size_t n) {
         auto lines = lines_of({"S a=\"x"}, n, [](std::size_t) { return std::string("y\\z"); });
         lines.emplace_back("z\"");
         return lines;
     }},
    {"empty_lines", W,
     [](std::size_t n) {
         return lines_of({of_four(0)}, n,
                         [](std::size_t i) { return i % 64 == 63 ? of_four(i) : std::string(i % 2 == 0 ? "" : ","); });
     }},
    {"params", Z, [](std::size_t n) { return list_of("S ", n, bare_param); }},
    {"quoted_params", I, [](std::size_t n) { return list_of("", n, quoted_param); }},
    {"challenges", W, [](std::size_t n) { return list_of("", n, of_four); }},
    {"bare_challenges", W,
     [](std::size_t n) { return list_of("", n, [](std::size_t) { return std::string("Scheme"); }); }},
    {"bytes_of_token68", Z, [](std::size_t n) { return std::vector<std::string>{"S " + std::string(64 * n, 'x')}; }},
    {"bytes_of_token", Z, [](std::size_t n) { return std::vector<std::string>{"S a=" + std::string(64 * n, 'x')}; }},
    {"bytes_of_quoted", Z,
     [](std::size_t n) { return std::vector<std::string>{"S a=\"" + std::string(64 * n, ' ') + "\""}; }},
    {"bytes_of_escapes", Z,
     [](std::size_t n) {
         std::string value = "S a=\"";
         for (std::size_t i = 0; i < 8 * n; ++i) value += "\\\"\\x,=\t\x80";
         return std::vector<std::string>{value + "\""};
     }},
    {"bytes_of_names", Z,
     [](std::size_t n) {
         const std::string long_name(16 * n, 'x');
         return std::vector<std::string>{long_name + " " + long_name + "=1, " + long_name + "y=2"};
     }},
};

/// A value with all that reads and writes it.
class subject {
public:
    subject(const shape& of, std::size_t n) : f_(of.f), lines_(of.lines(n)) {
        for (const std::string& line : lines_) views_.push_back(line);
        bytes_ = value().size();
        room_.resize(bytes_ + 8);
        out_.resize(2 * bytes_ + 64);
    }

    [[nodiscard]] field_value value() const {
        return views_.size() == 1 ? field_value(views_[0]) : field_value(views_.data(), views_.size());
    }

    bool read() {
        parse_options options;
        options.limit = limits::none();
        event_buffer& events = events_.emplace(room_.data(), room_.size());
        switch (kind_of(f_)) {
            case field_kind::challenges: return keep(parse_challenges(f_, value(), events, options), list_);
            case field_kind::credentials: return keep(parse_credentials(f_, value(), events, options), one_);
            case field_kind::info: break;
        }
        return keep(parse_info(f_, value(), events, options), info_);
    }

    /// Calls `f(scheme, token68, params)` for each challenge.
    template <typename F>
    void for_each(F&& f) const {
        switch (kind_of(f_)) {
            case field_kind::challenges:
                for (const challenge c : list_) f(c.scheme(), c.token68(), c.params());
                break;
            case field_kind::credentials: f(one_.scheme(), one_.token68(), one_.params()); break;
            case field_kind::info: f(text("S"), std::optional<text>(), info_); break;
        }
    }
    template <typename F>
    void for_each_text(F&& f) const {
        for_each([&](const text& scheme, const std::optional<text>& token68, const auth_params& params) {
            f(scheme);
            if (token68) f(*token68);
            for (const auth_param p : params) {
                f(p.name);
                f(p.value);
            }
        });
    }

    std::size_t views() const {
        std::size_t sum = list_.size();
        for_each_text([&](const text& t) {
            sum +=
                t.raw().size() + t.size() + t.position().line + (t.spans_lines() ? 1 : 0) + (t.equals("realm") ? 1 : 0);
        });
        return sum;
    }
    std::size_t lookup() const {
        std::size_t sum = list_.find("absent") ? 1 : 0;
        switch (kind_of(f_)) {
            case field_kind::challenges:
                for (const challenge c : list_) sum += (c.param("absent") ? 1U : 0U) + (c.param("realm") ? 1U : 0U);
                break;
            case field_kind::credentials: sum += one_.param("absent") ? 1 : 0; break;
            case field_kind::info: sum += info_.find("absent") ? 1 : 0; break;
        }
        return sum;
    }
    std::size_t unescape() {
        std::size_t sum = 0;
        for_each_text([&](const text& t) { sum += t.unescape(out_.data(), out_.size()).has_value() ? 1 : 0; });
        return sum;
    }
    std::size_t write() {
        switch (kind_of(f_)) {
            case field_kind::challenges: return size(write_challenges(f_, list_, out_.data(), out_.size()));
            case field_kind::credentials: return size(write_credentials(f_, one_, out_.data(), out_.size()));
            case field_kind::info: break;
        }
        return size(write_info(f_, info_, out_.data(), out_.size()));
    }
    /// Specs of the texts that were read, which are not counted.
    void make_specs() {
        std::vector<std::size_t> counts;
        for_each([&](const text& scheme, const std::optional<text>& token68, const auth_params& params) {
            counts.push_back(params.size());
            for (const auth_param p : params) params_.push_back({p.name, p.value});
            specs_.emplace_back(scheme);
            specs_.back().token68 = token68;
        });
        const param_spec* next = params_.data();
        for (std::size_t i = 0; i < specs_.size(); ++i) {
            specs_[i].params = next;
            specs_[i].param_count = counts[i];
            next += counts[i];
        }
    }
    std::size_t write_specs() {
        switch (kind_of(f_)) {
            case field_kind::challenges:
                return size(write_challenges(f_, specs_.data(), specs_.size(), out_.data(), out_.size()));
            case field_kind::credentials:
                return size(write_credentials(f_, credentials_spec(specs_[0]), out_.data(), out_.size()));
            case field_kind::info: break;
        }
        return size(write_info(f_, params_.data(), params_.size(), out_.data(), out_.size()));
    }
    std::size_t locate() const {
        const field_value v = value();
        return v.size() + v.locate(bytes_).line + v.locate(bytes_ / 2).offset;
    }
    std::size_t diagnose_end() const {
        std::size_t sum = 0;
        for (const std::string_view line : views_) {
            sum += authgrammar::diagnose(f_, edition::rfc9110_recipient, line, line.size()).offset;
        }
        return sum;
    }

private:
    template <typename T>
    static bool keep(const result<T>& r, T& where) {
        if (r) where = *r;
        return r.has_value();
    }
    static std::size_t size(const write_result& r) { return r ? r.size : 0; }

    field f_;
    std::vector<std::string> lines_;
    std::vector<std::string_view> views_;
    std::size_t bytes_ = 0;
    std::vector<event> room_;
    std::optional<event_buffer> events_;
    challenges list_;
    credentials one_;
    auth_params info_;
    std::vector<param_spec> params_;
    std::vector<challenge_spec> specs_;
    std::string out_;
};

template <typename Call>
bool count(const char* call, const char* of, std::size_t n, Call&& run) {
    const std::string name = std::string("calls ") + call + "_" + of + " " + std::to_string(n);
    CALLGRIND_ZERO_STATS;
    const std::size_t answer = run();
    CALLGRIND_DUMP_STATS_AT(name.c_str());
    return answer != 0;
}

/// Names as the writer goes through them.
struct name_list {
    std::vector<std::string> names;

    /// `count` of them that differ, in falling order, which is the worst to sort.
    explicit name_list(std::size_t count) {
        for (std::size_t i = count; i > 0; --i) names.push_back("p" + number(i));
    }
    template <typename F>
    void for_each(F&& f) const {
        for (std::size_t i = 0; i < names.size(); ++i) {
            if (!f(i, detail::name_view(names[i], false))) return;
        }
    }
};

}  // namespace

std::string authgrammar::strength::count_calls(std::size_t n) {
    for (const shape& of : shapes) {
        subject s(of, n);
        const auto did = [&](const char* call, auto&& run) { return count(call, of.name, n, run); };
        if (!did("parse", [&] { return s.read() ? 1U : 0U; })) return std::string("not read: ") + of.name;
        (void)did("views", [&] { return s.views(); });
        (void)did("lookup", [&] { return s.lookup(); });
        if (!did("unescape", [&] { return s.unescape(); })) return std::string("not unescaped: ") + of.name;
        if (!did("write", [&] { return s.write(); })) return std::string("not written: ") + of.name;
        s.make_specs();
        if (!did("specs", [&] { return s.write_specs(); })) return std::string("specs not written: ") + of.name;
        if (!did("locate", [&] { return s.locate(); })) return std::string("not located: ") + of.name;
        if (!did("diagnose", [&] { return s.diagnose_end(); })) return std::string("not diagnosed: ") + of.name;
    }
    return {};
}

std::string authgrammar::strength::count_names(std::size_t n) {
    name_list names(n);
    const bool differ = count("names", "differing", n, [&] { return detail::first_repeated(names, n) == n ? 1U : 0U; });
    const auto one_hash = [](const detail::name_view&, std::uint64_t) { return std::uint64_t{1}; };
    const bool differ_still =
        count("names", "colliding", n, [&] { return detail::first_repeated(names, n, one_hash) == n ? 1U : 0U; });
    // Each of them twice: more repeated names than there is room for.
    const std::vector<std::string> once = names.names;
    names.names.insert(names.names.end(), once.begin(), once.end());
    const bool repeated =
        count("names", "repeated", n, [&] { return detail::first_repeated(names, 2 * n) == n ? 1U : 0U; });
    if (!differ || !differ_still) return "names that differ are found to be equal";
    return repeated ? std::string() : "the first repeated name is not found";
}
