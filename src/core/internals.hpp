#ifndef AUTHGRAMMAR_CORE_INTERNALS_HPP
#define AUTHGRAMMAR_CORE_INTERNALS_HPP

#include <authgrammar/challenge.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field_value.hpp>
#include <authgrammar/text.hpp>

#include <cstddef>
#include <string_view>

namespace authgrammar::detail {

/// What views are made of, for the writer.
struct internals {
    /// The array of lines, of which there are `line_count()`; null if there is one line and no array.
    [[nodiscard]] static const std::string_view* lines(const field_value& value) noexcept { return value.lines_; }
    [[nodiscard]] static const field_value& value(const text& t) noexcept { return t.value_; }
    template <typename F>
    static void for_each_piece(const text& t, F&& f) noexcept {
        t.value_.for_each_piece(t.line_, t.begin_, t.end_, f);
    }

    /// The field value and the events of challenges, a challenge or parameters.
    template <typename View>
    [[nodiscard]] static const field_value& value(const View& view) noexcept {
        return view.value_;
    }
    template <typename View>
    [[nodiscard]] static const event* first(const View& view) noexcept {
        return view.first_;
    }
    template <typename View>
    [[nodiscard]] static const event* last(const View& view) noexcept {
        return view.last_;
    }
};

}  // namespace authgrammar::detail

#endif
