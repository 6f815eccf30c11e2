#ifndef AUTHGRAMMAR_DETAIL_CONSUMER_HPP
#define AUTHGRAMMAR_DETAIL_CONSUMER_HPP

// What a consumer of events must be, checked at compile time. A member that has not the form that the tokenizer calls
// is an error, where it would otherwise never be called.

#include <cstdint>
#include <string_view>
#include <type_traits>
#include <utility>

namespace authgrammar {

struct event;
enum class text_role : std::uint8_t;

namespace detail {

template <typename Consumer>
using on_event_result = decltype(std::declval<Consumer&>().on_event(std::declval<const event&>()));
template <typename Consumer>
using on_text_result = decltype(std::declval<Consumer&>().on_text(
    std::declval<text_role>(), std::declval<std::string_view>(), std::declval<std::uint64_t>()));

/// What on_event of `Consumer` is, called as the tokenizer calls it.
template <typename Consumer, typename = void>
struct on_event_call {
    static constexpr bool exists = false;
    static constexpr bool returns_bool = false;
    static constexpr bool is_noexcept = false;
};
template <typename Consumer>
struct on_event_call<Consumer, std::void_t<on_event_result<Consumer>>> {
    static constexpr bool exists = true;
    static constexpr bool returns_bool = std::is_same_v<on_event_result<Consumer>, bool>;
    static constexpr bool is_noexcept = noexcept(std::declval<Consumer&>().on_event(std::declval<const event&>()));
};

/// Whether `Consumer` has on_text in the form that the tokenizer calls.
template <typename Consumer, typename = void>
struct has_valid_on_text : std::false_type {};
template <typename Consumer>
struct has_valid_on_text<Consumer, std::enable_if_t<std::is_same_v<on_text_result<Consumer>, bool>>> {
    static constexpr bool value = noexcept(std::declval<Consumer&>().on_text(
        std::declval<text_role>(), std::declval<std::string_view>(), std::declval<std::uint64_t>()));
};

struct on_text_name {
    void on_text();
};
template <typename Consumer>
struct with_on_text : Consumer, on_text_name {};

/// Whether `Consumer` has a member named on_text, whatever its form: the name is ambiguous then in a class that derives
/// from both `Consumer` and on_text_name. From a final class nothing derives: of its members only a public one without
/// overloads is found.
template <typename Consumer, bool = std::is_class_v<Consumer> && !std::is_final_v<Consumer>, typename = void>
struct has_on_text : std::true_type {};
template <typename Consumer>
struct has_on_text<Consumer, true, std::void_t<decltype(&with_on_text<Consumer>::on_text)>> : std::false_type {};

template <typename Consumer, typename = void>
struct has_one_public_on_text : std::false_type {};
template <typename Consumer>
struct has_one_public_on_text<Consumer, std::void_t<decltype(&Consumer::on_text)>> : std::true_type {};
template <typename Consumer>
struct has_on_text<Consumer, false> : has_one_public_on_text<Consumer> {};

/// True. Does not compile if `Consumer` is not one that takes events, and says why.
template <typename Consumer>
constexpr bool check_event_consumer() noexcept {
    using call = on_event_call<Consumer>;
    constexpr bool is_const = !call::exists && on_event_call<std::remove_const_t<Consumer>>::exists;
    static_assert(!is_const, "on_event of a consumer that is const is a const member function");
    static_assert(call::exists || is_const,
                  "a consumer has a public member bool on_event(const authgrammar::event&) noexcept");
    static_assert(!call::exists || call::returns_bool, "on_event of a consumer returns bool; false stops the reading");
    static_assert(!call::exists || call::is_noexcept, "on_event of a consumer is noexcept");
    return true;
}

/// The same for a consumer that may take text as well.
template <typename Consumer>
constexpr bool check_consumer() noexcept {
    static_assert(!has_on_text<std::remove_const_t<Consumer>>::value || has_valid_on_text<Consumer>::value,
                  "on_text of a consumer is a public member "
                  "bool on_text(authgrammar::text_role, std::string_view, std::uint64_t) noexcept");
    return check_event_consumer<Consumer>();
}

}  // namespace detail

}  // namespace authgrammar

#endif
