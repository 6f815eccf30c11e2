#ifndef AUTHGRAMMAR_CORE_WRITTEN_VALUE_HPP
#define AUTHGRAMMAR_CORE_WRITTEN_VALUE_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <optional>
#include <string_view>

#include "internals.hpp"
#include "written_memory.hpp"
#include "written_params.hpp"
#include "written_text.hpp"

// The values that are written, wherever they come from: each class has `go_through`, which shows a visitor all parts.
namespace authgrammar::detail {

/// A list of challenges that a caller made.
struct spec_list {
    static constexpr bool is_read = false;
    const challenge_spec* list;
    std::size_t count;

    [[nodiscard]] bool empty() const noexcept { return count == 0; }
    [[nodiscard]] bool is_null() const noexcept { return list == nullptr && count != 0; }
    [[nodiscard]] bool overlap(const written_memory& memory) const noexcept {
        return memory.overlaps(list, count * sizeof(challenge_spec));
    }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        for (std::size_t i = 0; i < count; ++i) {
            const challenge_spec& c = list[i];
            const written_text token68(c.token68 ? *c.token68 : c.scheme);
            const spec_params params(c.params, c.param_count);
            if (!visit.challenge(written_text(c.scheme), c.token68 ? &token68 : nullptr, params)) return;
        }
    }
};

/// The parameters of an Authentication-Info that a caller made.
struct spec_info {
    static constexpr bool is_read = false;
    spec_params params;
    std::string_view scheme;

    [[nodiscard]] static bool empty() noexcept { return false; }
    [[nodiscard]] bool is_null() const noexcept { return params.is_null(); }
    [[nodiscard]] bool overlap(const written_memory& memory) const noexcept { return memory.overlaps(scheme); }
    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        visit.parameters(written_text(scheme, false), params);
    }
};

/// The challenges, or the one, of a value of several lines that was read. Its texts lie in the lines.
struct read_list {
    static constexpr bool is_read = true;
    challenges list;

    explicit read_list(const challenges& all) noexcept : list(all) {}
    explicit read_list(const challenge& one) noexcept
        : list(internals::value(one), internals::first(one), internals::last(one)) {}

    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        for (const challenge c : list) {
            const text scheme = c.scheme();
            const std::optional<text> token68 = c.token68();
            const written_text as_token68(token68 ? *token68 : scheme);
            if (!visit.challenge(written_text(scheme), token68 ? &as_token68 : nullptr, read_params(c.params())))
                return;
        }
    }
};

/// The same of one line.
struct line_list {
    static constexpr bool is_read = true;
    std::string_view line;
    const event* first;
    const event* last;

    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        for (const event* e = first; e != last;) {
            const event* end = e;
            while (end != last && end->kind != event_kind::challenge_end) ++end;
            // challenge_begin, scheme, and what comes next, which may be the end.
            const event* const next = e + 2;
            const written_text token68 = written_event(line, *next, false);
            const line_params params(line, next->kind == event_kind::param_name ? next : end, end);
            if (!visit.challenge(written_event(line, e[1], false),
                                 next->kind == event_kind::token68 ? &token68 : nullptr, params)) {
                return;
            }
            e = end == last ? last : end + 1;
        }
    }
};

/// The parameters of an Authentication-Info of several lines that was read, and of one line.
struct read_info {
    static constexpr bool is_read = true;
    auth_params list;
    std::string_view scheme;

    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        visit.parameters(written_text(scheme, false), read_params(list));
    }
};
struct line_info {
    static constexpr bool is_read = true;
    line_params params;
    std::string_view scheme;

    line_info(std::string_view line, const event* first, const event* last, std::string_view of) noexcept
        : params(line, first, last), scheme(of) {}

    template <typename Visitor>
    void go_through(Visitor& visit) const noexcept {
        visit.parameters(written_text(scheme, false), params);
    }
};

}  // namespace authgrammar::detail

#endif
