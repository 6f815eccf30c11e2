#include "path.hpp"

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/isa.hpp>
#include <authgrammar/schemes/basic.hpp>
#include <authgrammar/schemes/digest.hpp>
#include <authgrammar/tokenizer.hpp>

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cstring>
#include <map>
#include <optional>
#include <string_view>

namespace authgrammar::bench {

namespace {

constexpr limits unlimited = limits::none();

const limits& limits_of(const item& of) noexcept { return of.unlimited() ? unlimited : default_limits; }

/// Made once, as a server does.
const parse_options& options_of(const item& of) noexcept {
    static constexpr parse_options common{};
    static constexpr parse_options without_limits{edition::rfc9110_recipient, unlimited};
    return of.unlimited() ? without_limits : common;
}

/// What a reader says of a value; the events are in the buffer.
struct reading {
    bool valid;
    std::size_t offset;
};

/// parse_credentials or parse_challenges into a buffer.
struct one_shot {
    reading operator()(const item& of, std::string_view value, event_buffer& events) const noexcept {
        const parse_options& options = options_of(of);
        if (of.field == field::authorization) {
            const result<credentials> read = parse_credentials(of.field, value, events, options);
            return {static_cast<bool>(read), read ? 0 : read.error().offset};
        }
        const result<challenges> read = parse_challenges(of.field, value, events, options);
        return {static_cast<bool>(read), read ? 0 : read.error().offset};
    }
};

/// The tokenizer, fed `Piece` bytes at a time; the whole value at once if `Piece` is 0.
template <std::size_t Piece>
struct push {
    reading operator()(const item& of, std::string_view value, event_buffer& events) const noexcept {
        events.clear();
        tokenizer t(of.field, edition::rfc9110_recipient, limits_of(of));
        error_code code = error_code::none;
        if constexpr (Piece == 0) {
            code = t.feed(value, events);
        } else {
            for (std::size_t at = 0; at < value.size() && code == error_code::none; at += Piece) {
                code = t.feed({value.data() + at, std::min(Piece, value.size() - at)}, events);
            }
        }
        if (code == error_code::none) code = t.finish(events);
        return {code == error_code::none, static_cast<std::size_t>(t.position())};
    }
};

template <typename Reader>
class reading_path final : public path {
public:
    reading_path(isa i, const std::string& way) : path(std::string(name_of(i)) + "/" + way), isa_(i) {}

    void prepare(const item&) override { force_isa(isa_); }

    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        event_buffer& events = shared_events();
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            const reading r = Reader()(of, of.values[i], events);
            benchmark::ClobberMemory();
            sum += r.valid + r.offset + events.size();
            if (events.size() != 0) sum += events[events.size() - 1].end;
        }
        return sum;
    }

    outcome read(const item& of, std::size_t index) override {
        event_buffer& events = shared_events();
        const reading r = Reader()(of, of.values[index], events);
        outcome out;
        out.valid = r.valid;
        out.has_offset = !r.valid;
        out.offset = r.offset;
        tell_events(out, events.begin(), events.end());
        return out;
    }

private:
    isa isa_;
};

/// What was seen of a value through views.
struct span_sum {
    bool valid = true;
    std::uint64_t spans = 0;
    std::uint64_t ends = 0;
    void add(const text& t) noexcept {
        ++spans;
        ends += t.end();
    }
    void add(const challenge& c) noexcept {
        add(c.scheme());
        if (const std::optional<text> t = c.token68()) add(*t);
        for (const auth_param p : c.params()) {
            add(p.name);
            add(p.value);
        }
    }
};

outcome told(const span_sum& seen) {
    outcome o;
    o.valid = seen.valid;
    o.has_spans = seen.valid && seen.spans != 0;
    o.spans = seen.spans;
    o.span_ends = seen.ends;
    return o;
}

constexpr std::string_view looked_up[] = {"realm", "nonce", "error"};

/// Looks for parameters that most schemes have, as a user does. The answer depends on the values found.
std::uint64_t look_up(const challenge& c) noexcept {
    std::uint64_t sum = 0;
    for (const std::string_view name : looked_up) {
        if (const std::optional<auth_param> p = c.param(name)) sum += p->value.raw().size();
    }
    return sum;
}

/// What most users do: parse, go through everything, look three parameters up.
class views_path final : public path {
public:
    explicit views_path(isa i) : path(std::string(name_of(i)) + "/views"), isa_(i) {}

    void prepare(const item&) override { force_isa(isa_); }

    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            const span_sum seen = view(of, i);
            sum += seen.spans + seen.ends + seen.valid;
        }
        return sum;
    }

    outcome read(const item& of, std::size_t index) override { return told(view(of, index)); }

private:
    static span_sum view(const item& of, std::size_t index) noexcept {
        const parse_options& options = options_of(of);
        event_buffer& events = shared_events();
        span_sum sum;
        std::uint64_t found = 0;
        if (of.field == field::authorization) {
            const result<credentials> read = parse_credentials(of.field, of.values[index], events, options);
            sum.valid = static_cast<bool>(read);
            if (read) {
                sum.add(*read);
                found += look_up(*read);
            }
        } else {
            const result<challenges> read = parse_challenges(of.field, of.values[index], events, options);
            sum.valid = static_cast<bool>(read);
            if (read) {
                for (const challenge c : *read) {
                    sum.add(c);
                    found += look_up(c);
                }
            }
        }
        benchmark::DoNotOptimize(found);
        return sum;
    }

    isa isa_;
};

/// All the way from the value to user-id and password, or to what Digest credentials say.
class typed_path final : public path {
public:
    explicit typed_path(isa i) : path(std::string(name_of(i)) + "/typed"), isa_(i) {}

    [[nodiscard]] bool takes(const item& of) const override { return of.name == "basic" || of.name == "digest_cred"; }
    void prepare(const item&) override { force_isa(isa_); }

    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        const bool basic = of.name == "basic";
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            const span_sum seen = basic ? read_basic(of.values[i]) : read_digest(of.values[i]);
            benchmark::ClobberMemory();
            sum += seen.spans + seen.ends + seen.valid;
        }
        return sum;
    }

    outcome read(const item& of, std::size_t index) override {
        const std::string_view value = of.values[index];
        outcome o;
        o.valid = (of.name == "basic" ? read_basic(value) : read_digest(value)).valid;
        return o;
    }

private:
    span_sum read_basic(std::string_view value) noexcept {
        const auto read = schemes::read_basic(value, buffer_, sizeof buffer_);
        span_sum seen;
        seen.valid = read.has_value();
        if (read) seen.ends = read->user_id.size() + read->password.size();
        return seen;
    }
    static span_sum read_digest(std::string_view value) noexcept {
        event_buffer& events = shared_events();
        span_sum seen;
        const result<credentials> parsed = parse_credentials(field::authorization, value, events);
        seen.valid = parsed.has_value();
        if (!parsed) return seen;
        const auto read = schemes::read_digest_credentials(*parsed);
        seen.valid = read.has_value();
        if (read) seen.ends = read->response.end() + read->nc;
        return seen;
    }

    isa isa_;
    char buffer_[4096];
};

/// A value and its events, and what a function that reads it returns.
struct value_read {
    authgrammar::field field;
    std::string_view value;
    const event* first;
    const event* last;

    [[nodiscard]] bool is_credentials() const noexcept { return field == field::authorization; }
    [[nodiscard]] authgrammar::credentials credentials() const noexcept { return {value, first, last}; }
    [[nodiscard]] authgrammar::challenges challenges() const noexcept { return {value, first, last}; }
};

/// Paths that begin where reading has ended: the events of all values are made before.
class after_reading : public path {
public:
    using path::path;

    [[nodiscard]] bool takes(const item& of) const override {
        return of.kind == item_kind::common && judge(of, 0).valid && of.name != "mix_req";
    }

    void prepare(const item& of) override {
        events_of_pool& pool = all_[&of];
        read_ = &pool;
        if (!pool.bounds.empty()) return;
        pool.bounds.push_back(0);
        for (std::size_t i = 0; i < of.values.size(); ++i) {
            const outcome o = judge(of, i);
            pool.events.insert(pool.events.end(), o.events.begin(), o.events.end());
            pool.bounds.push_back(pool.events.size());
        }
    }

protected:
    [[nodiscard]] value_read view(const item& of, std::size_t i) const noexcept {
        const event* events = read_->events.data();
        return {of.field, of.values[i], events + read_->bounds[i], events + read_->bounds[i + 1]};
    }

private:
    struct events_of_pool {
        std::vector<event> events;
        std::vector<std::size_t> bounds;  ///< where the events of each value begin, and where the last end
    };
    std::map<const item*, events_of_pool> all_;
    const events_of_pool* read_ = nullptr;
};

/// One of the ways to use what was read: `Use` is called with it and says what it saw.
template <typename Use>
class using_path final : public after_reading {
public:
    /// With an instruction set, if it makes a difference.
    explicit using_path(const std::string& name) : after_reading(name) {}
    using_path(isa i, const std::string& way) : after_reading(std::string(name_of(i)) + "/" + way), isa_(i) {}

    void prepare(const item& of) override {
        after_reading::prepare(of);
        if (isa_) force_isa(*isa_);
    }

    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            const span_sum seen = use_(view(of, i));
            sum += seen.spans + seen.ends;
        }
        return sum;
    }

    outcome read(const item& of, std::size_t index) override { return told(use_(view(of, index))); }

private:
    std::optional<isa> isa_;
    Use use_;
};

struct iterate {
    span_sum operator()(const value_read& read) const noexcept {
        span_sum seen;
        for (const challenge c : read.challenges()) seen.add(c);
        return seen;
    }
};

struct lookup {
    span_sum operator()(const value_read& read) const noexcept {
        std::uint64_t found = 0;
        for (const challenge c : read.challenges()) found += look_up(c);
        benchmark::DoNotOptimize(found);
        return {};
    }
};

/// Calls `f` with each text.
template <typename F>
void for_each_text(const challenges& list, F&& f) {
    for (const challenge c : list) {
        f(c.scheme());
        if (const std::optional<text> t = c.token68()) f(*t);
        for (const auth_param p : c.params()) {
            f(p.name);
            f(p.value);
        }
    }
}

/// All texts without their quotes and escapes, into a buffer.
struct unescape {
    char buffer[16384];

    span_sum operator()(const value_read& read) noexcept {
        span_sum seen;
        for_each_text(read.challenges(), [&](const text& t) {
            const result<std::size_t> size = t.unescape(buffer, sizeof buffer);
            benchmark::ClobberMemory();
            seen.valid = seen.valid && size;
            seen.add(t);
        });
        return seen;
    }
};

/// The same with their escapes, as fast as can be.
struct copy {
    char buffer[16384];

    span_sum operator()(const value_read& read) noexcept {
        span_sum seen;
        for_each_text(read.challenges(), [&](const text& t) {
            const std::string_view raw = t.raw();
            std::memcpy(buffer, raw.data(), raw.size());
            benchmark::ClobberMemory();
            seen.add(t);
        });
        return seen;
    }
};

/// The canonical form of the value, written to a buffer; valid if that could be done.
struct write_back {
    char buffer[16384];

    span_sum operator()(const value_read& read) noexcept {
        const write_result written = read.is_credentials()
                                         ? write_credentials(read.field, read.credentials(), buffer, sizeof buffer)
                                         : write_challenges(read.field, read.challenges(), buffer, sizeof buffer);
        benchmark::ClobberMemory();
        span_sum seen;
        seen.valid = static_cast<bool>(written);
        return seen;
    }
};

}  // namespace

event_buffer& shared_events() {
    static std::vector<event> room(std::size_t{1} << 17);
    static event_buffer buffer(room.data(), room.size());
    return buffer;
}

void tell_events(outcome& to, const event* first, const event* last) {
    to.has_events = true;
    to.events.assign(first, last);
    to.has_spans = true;
    for (const event* e = first; e != last; ++e) {
        if (!is_span(*e)) continue;
        ++to.spans;
        to.span_ends += e->end;
    }
}

outcome judge(const item& of, std::size_t index) {
    reading_path<push<1>> bytes(isa::portable, "judge");
    bytes.prepare(of);
    return bytes.read(of, index);
}

std::vector<std::unique_ptr<path>> our_paths() {
    std::vector<std::unique_ptr<path>> list;
    for (const isa i : all_isas) {
        if (!is_available(i)) continue;
        list.push_back(std::make_unique<reading_path<one_shot>>(i, "oneshot"));
        list.push_back(std::make_unique<reading_path<push<0>>>(i, "push"));
        list.push_back(std::make_unique<reading_path<push<1460>>>(i, "push1460"));
        list.push_back(std::make_unique<reading_path<push<64>>>(i, "push64"));
        list.push_back(std::make_unique<reading_path<push<1>>>(i, "push1"));
        list.push_back(std::make_unique<views_path>(i));
        list.push_back(std::make_unique<typed_path>(i));
        list.push_back(std::make_unique<using_path<write_back>>(i, "write"));
    }
    list.push_back(std::make_unique<using_path<iterate>>("views/iterate"));
    list.push_back(std::make_unique<using_path<lookup>>("views/lookup"));
    list.push_back(std::make_unique<using_path<unescape>>("views/unescape"));
    list.push_back(std::make_unique<using_path<copy>>("views/memcpy"));
    return list;
}

}  // namespace authgrammar::bench
