#ifndef AUTHGRAMMAR_DETAIL_TEXT_FRAGMENTS_HPP
#define AUTHGRAMMAR_DETAIL_TEXT_FRAGMENTS_HPP

#include <authgrammar/detail/step_tables.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace authgrammar::detail {

template <typename Consumer, typename = void>
struct takes_text : std::false_type {};
template <typename Consumer>
struct takes_text<Consumer, std::void_t<decltype(std::declval<Consumer&>().on_text(
                                text_role::scheme, std::string_view{}, std::uint64_t{}))>> : std::true_type {};

/// Collects the bytes of one role into fragments as long as a chunk allows, for a consumer that takes text. `roles` is
/// the role_table of the tokenizer.
template <typename Consumer, bool = takes_text<Consumer>::value>
class text_fragments {
public:
    text_fragments(Consumer& consumer, std::uint32_t start, const role_table& roles) noexcept
        : consumer_(consumer), roles_(roles), start_(start) {}

    /// Before the actions of a step are carried out: what ends here is sent. `i` is the index in the chunk. An "="
    /// that was not yet known to belong to a token68 is sent late, from `word_end`, where it is.
    [[nodiscard]] bool before(std::string_view chunk, std::size_t i, int from, ag_step_result step,
                              std::uint32_t word_end) noexcept {
        const int next = role_of(step);
        if (role_ >= 0 && (role_ != next || (step & AG_MARK_BEGIN) != 0) && !flush(chunk, i)) return false;
        return !decides_equals(from, step) || text(text_role::token68, "=", word_end);
    }
    void after(std::size_t i, ag_step_result step) noexcept { set_role(i, role_of(step)); }
    /// Bytes from index `i` on are read in `state`.
    void in_state(std::size_t i, int state) noexcept { set_role(i, roles_.of[state]); }
    [[nodiscard]] bool flush(std::string_view chunk, std::size_t i) noexcept {
        if (role_ < 0) return true;
        const auto role = static_cast<text_role>(role_);
        role_ = no_role;
        // A word that is refused as too long once its role is known may be so from before this fragment on.
        return begin_ >= i ||
               text(role, std::string_view(chunk.data() + begin_, i - begin_), std::uint64_t{start_} + begin_);
    }
    [[nodiscard]] bool at_finish(int from, ag_step_result step, std::uint32_t word_end) noexcept {
        return !decides_equals(from, step) || text(text_role::token68, "=", word_end);
    }

private:
    void set_role(std::size_t i, int role) noexcept {
        if (role >= 0 && role_ < 0) begin_ = i;
        role_ = role;
    }
    [[nodiscard]] bool text(text_role role, std::string_view fragment, std::uint64_t position) noexcept {
        return consumer_.on_text(role, fragment, position);
    }
    [[nodiscard]] int role_of(ag_step_result step) const noexcept {
        return (step & AG_MARK_BEGIN_NEXT) != 0 ? int{no_role} : int{roles_.of[step & 0xFF]};
    }
    [[nodiscard]] static bool decides_equals(int from, ag_step_result step) noexcept {
        return (step & AG_ITEM) == AG_ITEM_TOKEN68_EQ || (from == AG_WORD_T_EQ && (step & 0xFF) == AG_TOKEN68_EQ);
    }

    Consumer& consumer_;
    const role_table& roles_;
    std::uint32_t start_;
    std::size_t begin_ = 0;
    int role_ = no_role;
};

template <typename Consumer>
class text_fragments<Consumer, false> {
public:
    text_fragments(Consumer&, std::uint32_t, const role_table&) noexcept {}
    [[nodiscard]] bool before(std::string_view, std::size_t, int, ag_step_result, std::uint32_t) const noexcept {
        return true;
    }
    void after(std::size_t, ag_step_result) const noexcept {}
    void in_state(std::size_t, int) const noexcept {}
    [[nodiscard]] bool flush(std::string_view, std::size_t) const noexcept { return true; }
    [[nodiscard]] bool at_finish(int, ag_step_result, std::uint32_t) const noexcept { return true; }
};

}  // namespace authgrammar::detail

#endif
