#ifndef AUTHGRAMMAR_DETAIL_FRAGMENTS_HPP
#define AUTHGRAMMAR_DETAIL_FRAGMENTS_HPP

#include <authgrammar/detail/step.h>

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace authgrammar {

/// What a fragment of text is, as far as it is known when the fragment arrives. At any moment at most one word is
/// undecided, with two candidates; the fragment or the event that follows it decides.
enum class text_role : std::uint8_t {
    scheme_or_name,   ///< after a list comma: an auth-scheme, or a parameter name
    token68_or_name,  ///< after auth-scheme and 1*SP: a token68, or a parameter name
    scheme,
    token68,
    param_name,
    token_value,  ///< of a parameter
    quoted_value  ///< of a parameter: without its DQUOTEs, escapes kept
};

namespace detail {

template <typename Consumer, typename = void>
struct takes_text : std::false_type {};
template <typename Consumer>
struct takes_text<Consumer, std::void_t<decltype(std::declval<Consumer&>().on_text(
                                text_role::scheme, std::string_view{}, std::uint64_t{}))>> : std::true_type {};

/// The role of text in `state`, or -1 where the bytes are not text.
[[nodiscard]] constexpr int role_in(int state) noexcept {
    switch (state) {
        case AG_SCHEME:
        case AG_ONE_COMMA_SCHEME: return static_cast<int>(text_role::scheme);
        case AG_WORD_PS: return static_cast<int>(text_role::scheme_or_name);
        case AG_WORD_T: return static_cast<int>(text_role::token68_or_name);
        case AG_TOKEN68:
        case AG_TOKEN68_EQ: return static_cast<int>(text_role::token68);
        case AG_NAME: return static_cast<int>(text_role::param_name);
        case AG_VALUE: return static_cast<int>(text_role::token_value);
        case AG_QUOTED:
        case AG_QUOTED_PAIR: return static_cast<int>(text_role::quoted_value);
        default: return -1;
    }
}

/// Collects the bytes of one role into fragments as long as a chunk allows, for a consumer that takes text.
template <typename Consumer, bool = takes_text<Consumer>::value>
class fragments {
public:
    fragments(Consumer& consumer, std::uint64_t start) noexcept : consumer_(consumer), start_(start) {}

    /// Before the actions of a step are carried out: what ends here is sent. `i` is the index in the chunk. An "="
    /// that was not yet known to belong to a token68 is sent late, from `word_end`, where it stands.
    [[nodiscard]] bool before(std::string_view chunk, std::size_t i, int from, ag_step_result step,
                              std::uint64_t word_end) noexcept {
        const int next = role_of(step);
        if (role_ >= 0 && (role_ != next || (step & AG_MARK_BEGIN) != 0) && !flush(chunk, i)) return false;
        return !decides_equals(from, step) || text(text_role::token68, "=", word_end);
    }
    void after(std::size_t i, ag_step_result step) noexcept { take(i, role_of(step)); }
    /// Bytes from index `i` on have this role, or none if it is negative.
    void take(std::size_t i, int role) noexcept {
        if (role >= 0 && role_ < 0) begin_ = i;
        role_ = role;
    }
    [[nodiscard]] bool flush(std::string_view chunk, std::size_t i) noexcept {
        if (role_ < 0) return true;
        const auto role = static_cast<text_role>(role_);
        role_ = -1;
        // A word that is refused as too long once its role is known may be so from before this fragment on.
        return begin_ >= i || text(role, std::string_view(chunk.data() + begin_, i - begin_), start_ + begin_);
    }
    [[nodiscard]] bool at_finish(int from, ag_step_result step, std::uint64_t word_end) noexcept {
        return !decides_equals(from, step) || text(text_role::token68, "=", word_end);
    }

private:
    [[nodiscard]] bool text(text_role role, std::string_view fragment, std::uint64_t position) noexcept {
        return consumer_.on_text(role, fragment, position);
    }
    [[nodiscard]] static int role_of(ag_step_result step) noexcept {
        return (step & AG_MARK_BEGIN_NEXT) != 0 ? -1 : role_in(static_cast<int>(step & 0xFF));
    }
    [[nodiscard]] static bool decides_equals(int from, ag_step_result step) noexcept {
        return (step & AG_ITEM) == AG_ITEM_TOKEN68_EQ || (from == AG_WORD_T_EQ && (step & 0xFF) == AG_TOKEN68_EQ);
    }

    Consumer& consumer_;
    std::uint64_t start_;
    std::size_t begin_ = 0;
    int role_ = -1;
};

template <typename Consumer>
class fragments<Consumer, false> {
public:
    fragments(Consumer&, std::uint64_t) noexcept {}
    [[nodiscard]] bool before(std::string_view, std::size_t, int, ag_step_result, std::uint64_t) const noexcept {
        return true;
    }
    void after(std::size_t, ag_step_result) const noexcept {}
    void take(std::size_t, int) const noexcept {}
    [[nodiscard]] bool flush(std::string_view, std::size_t) const noexcept { return true; }
    [[nodiscard]] bool at_finish(int, ag_step_result, std::uint64_t) const noexcept { return true; }
};

}  // namespace detail

}  // namespace authgrammar

#endif
