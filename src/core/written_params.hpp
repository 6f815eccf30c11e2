#ifndef AUTHGRAMMAR_CORE_WRITTEN_PARAMS_HPP
#define AUTHGRAMMAR_CORE_WRITTEN_PARAMS_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/writer.hpp>

#include <cstddef>
#include <string_view>

#include "name_view.hpp"
#include "written_memory.hpp"
#include "written_text.hpp"

// The parameters that are written, wherever they come from: each class has `for_each`, `overlap` and `is_null`: whether
// there is no array where there has to be one.
namespace authgrammar::detail {

/// The parameters that a caller made.
class spec_params {
public:
    spec_params(const param_spec* first, std::size_t count) noexcept : first_(first), count_(count) {}
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }

    /// Calls `f(name, value, form)` for each of them while it answers true.
    template <typename F>
    void for_each(F&& f) const noexcept {
        for (std::size_t i = 0; i < count_; ++i) {
            if (!f(written_text(first_[i].name), written_text(first_[i].value), first_[i].form)) return;
        }
    }
    [[nodiscard]] bool is_null() const noexcept { return first_ == nullptr && count_ != 0; }
    [[nodiscard]] bool overlap(const written_memory& memory) const noexcept {
        return memory.overlaps(first_, count_ * sizeof(param_spec));
    }

private:
    const param_spec* first_;
    std::size_t count_;
};

/// The parameters of a value that was read. Whether they overlap the buffer is known before.
class read_params {
public:
    explicit read_params(const auth_params& list) noexcept : list_(list) {}
    [[nodiscard]] bool empty() const noexcept { return list_.empty(); }
    template <typename F>
    void for_each(F&& f) const noexcept {
        for (const auth_param p : list_) {
            if (!f(written_text(p.name), written_text(p.value), param_form::automatic)) return;
        }
    }
    [[nodiscard]] static bool is_null() noexcept { return false; }
    [[nodiscard]] static bool overlap(const written_memory&) noexcept { return false; }

private:
    auth_params list_;
};

/// The same of one line: no view is made.
class line_params {
public:
    line_params(std::string_view line, const event* first, const event* last) noexcept
        : line_(line), first_(first), last_(last) {}
    [[nodiscard]] bool empty() const noexcept { return first_ == last_; }
    template <typename F>
    void for_each(F&& f) const noexcept {
        for (const event* e = first_; e != last_; e += 2) {
            const written_text value = written_event(line_, e[1], e[1].quoted);
            if (!f(written_event(line_, e[0], false), value, param_form::automatic)) return;
        }
    }
    [[nodiscard]] static bool is_null() noexcept { return false; }
    [[nodiscard]] static bool overlap(const written_memory&) noexcept { return false; }

private:
    std::string_view line_;
    const event* first_;
    const event* last_;
};

/// The names of the first parameters.
template <typename Params>
struct names_of {
    const Params& params;
    std::size_t count;

    template <typename F>
    void for_each(F&& f) const noexcept {
        std::size_t i = 0;
        params.for_each([&](const written_text& name, const written_text&, param_form) {
            return i != count && f(i++, name_view(name.raw(), name.quoted()));
        });
    }
};

}  // namespace authgrammar::detail

#endif
