#ifndef AUTHGRAMMAR_FIELD_LINES_HPP
#define AUTHGRAMMAR_FIELD_LINES_HPP

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/detail/string_types.hpp>
#include <authgrammar/field_value.hpp>

#include <array>
#include <cstddef>
#include <optional>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

namespace authgrammar {

namespace detail {

template <typename Entry, typename = void>
struct has_second : std::false_type {};
template <typename Entry>
struct has_second<Entry, std::void_t<decltype(std::declval<const Entry&>().second)>> : std::true_type {};

/// What iterating over a Range yields; int if that cannot be.
template <typename Range, typename = void>
struct element_of {
    using type = int;
    static constexpr bool exists = false;
};
template <typename Range>
struct element_of<Range, std::void_t<decltype(*std::begin(std::declval<Range&>()))>> {
    using type = decltype(*std::begin(std::declval<Range&>()));
    static constexpr bool exists = true;
};
/// Whether the strings of a Range own their bytes; and whether it makes them on the way, so that they end at once.
template <typename Range>
inline constexpr bool has_owning_strings = is_owning_string<std::decay_t<typename element_of<Range>::type>>;
template <typename Range>
inline constexpr bool makes_owning_strings =
    has_owning_strings<Range> && !std::is_reference_v<typename element_of<Range>::type>;

/// The value of an entry of a container of fields: a string, the second of a pair, or value(), a view.
template <typename Entry>
[[nodiscard]] std::string_view value_of_entry(const Entry& entry) noexcept {
    if constexpr (is_string<Entry>) {
        return entry;
    } else if constexpr (has_second<Entry>::value) {
        return entry.second;
    } else {
        static_assert(std::is_trivially_destructible_v<decltype(entry.value())>, "value() must be a view");
        return {entry.value().data(), entry.value().size()};
    }
}

}  // namespace detail

/// The lines of one field, gathered from wherever a program keeps them. Views: the strings must outlive this object, and this
/// object what is read from its value. Allocates for more than four lines only, and throws then what std::vector throws.
class field_lines {
public:
    /// No line.
    field_lines() = default;

    /// Those of a range of strings, such as std::vector<std::string>, or of anything that `line_of` makes a std::string_view
    /// of.
    ///
    /// A temporary range of strings that own their bytes does not compile, and no range that makes such strings on the way.
    /// Linear in the range.
    template <typename Range, typename = decltype(std::begin(std::declval<const Range&>())),
              std::enable_if_t<!detail::is_string<Range> && !detail::makes_owning_strings<const Range>, int> = 0>
    explicit field_lines(const Range& range AUTHGRAMMAR_LIFETIMEBOUND) {
        for (const auto& line : range) add(std::string_view(line));
    }
    template <
        typename Range, typename = decltype(std::begin(std::declval<const Range&>())),
        std::enable_if_t<!detail::is_string<Range> &&
                             detail::is_owning_string<std::decay_t<decltype(*std::begin(std::declval<Range&>()))>>,
                         int> = 0>
    explicit field_lines(const Range&& range) = delete;  // the strings end with the range: give it a name
    /// The same for a range that changes when it is iterated over, such as std::ranges::filter_view.
    template <typename Range, typename Bare = std::remove_reference_t<Range>,
              std::enable_if_t<!std::is_const_v<Bare> && detail::element_of<Bare>::exists &&
                                   !detail::element_of<const Bare>::exists && !detail::makes_owning_strings<Bare> &&
                                   (std::is_lvalue_reference_v<Range> || !detail::has_owning_strings<Bare>),
                               int> = 0>
    explicit field_lines(Range&& range AUTHGRAMMAR_LIFETIMEBOUND) {
        for (const auto& line : range) add(std::string_view(line));
    }
    /// What equal_range() finds in a container of fields: of strings, of pairs of name and value, as in std::multimap, or of
    /// what has a value(), as in Boost.Beast. Linear in the lines.
    ///
    /// \snippet server_beast.cpp field lines
    template <typename Iterator,
              std::enable_if_t<std::is_lvalue_reference_v<decltype(*std::declval<const Iterator&>())>, int> = 0>
    explicit field_lines(const std::pair<Iterator, Iterator>& found) {
        for (Iterator i = found.first; i != found.second; ++i) add(detail::value_of_entry(*i));
    }
    /// The same of [first, last), each line as `line_of` finds it in an entry.
    template <typename Iterator, typename LineOf>
    field_lines(Iterator first, Iterator last, LineOf line_of) {
        for (; first != last; ++first) add(line_of(*first));
    }

    /// Adds a line, without its line end.
    void add(std::string_view line) {
        if (many_.empty() && count_ < few_.size()) {
            few_[count_] = line;
        } else {
            if (many_.empty()) many_.assign(few_.begin(), few_.end());
            many_.push_back(line);
        }
        ++count_;
    }

    /// Forgets all lines. Keeps the memory.
    void clear() noexcept {
        many_.clear();
        count_ = 0;
    }

    // Constant time.
    [[nodiscard]] bool empty() const noexcept { return count_ == 0; }
    [[nodiscard]] std::size_t size() const noexcept { return count_; }
    [[nodiscard]] const std::string_view* begin() const noexcept AUTHGRAMMAR_LIFETIMEBOUND { return data(); }
    [[nodiscard]] const std::string_view* end() const noexcept AUTHGRAMMAR_LIFETIMEBOUND { return data() + count_; }

    /// The value of the field; nothing if there is no line, which is another thing than an empty value. A view of this object,
    /// which must not be changed meanwhile. Constant time.
    [[nodiscard]] std::optional<field_value> value() const& noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        if (empty()) return std::nullopt;
        return count_ == 1 ? field_value(*data()) : field_value(data(), count_);
    }
    std::optional<field_value> value() const&& = delete;  // a view of an object that ends: give it a name

private:
    [[nodiscard]] const std::string_view* data() const noexcept { return many_.empty() ? few_.data() : many_.data(); }

    std::array<std::string_view, 4> few_{};
    std::vector<std::string_view> many_;
    std::size_t count_ = 0;
};

}  // namespace authgrammar

#endif
