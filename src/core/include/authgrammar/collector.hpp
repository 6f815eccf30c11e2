#ifndef AUTHGRAMMAR_COLLECTOR_HPP
#define AUTHGRAMMAR_COLLECTOR_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/edition.hpp>
#include <authgrammar/error.hpp>
#include <authgrammar/event.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/limits.hpp>
#include <authgrammar/result.hpp>
#include <authgrammar/tokenizer.hpp>

#include <string>
#include <string_view>
#include <vector>

namespace authgrammar {

/// Reads a value that arrives in pieces, and keeps it: for programs that want challenges, not events. A value that is refused
/// is refused at the piece with the byte at fault, and nothing after it is kept. Memory is that of the value and its events,
/// bounded by the limits; an allocation that fails throws what std::string and std::vector throw.
class collector {
public:
    explicit collector(field f, edition language = edition::rfc9110_recipient,
                       const limits& bounds AUTHGRAMMAR_LIFETIMEBOUND = default_limits)
        : tokenizer_(detail::make_tokenizer(f, language, bounds)), kind_(kind_of(f)) {}
    collector(field f, edition language, const limits&& bounds) = delete;  // limits that are gone before they are used
    collector(const collector&) = delete;                                  // the views would be of the original
    collector& operator=(const collector&) = delete;

    /// Reads the next bytes of the value; false if it is refused: error() says why. Linear in the piece.
    bool feed(std::string_view piece) {
        if (refused_) return false;
        make_room(2 * piece.size() + most_at_end);
        refused_ = detail::feed_to(tokenizer_, piece, sink_for(*this)) != error_code::none;
        if (!refused_) value_.append(piece);
        return !refused_;
    }

    /// Says that the value is complete; false if it is refused. Amortised constant time.
    [[nodiscard]] bool finish() {
        if (refused_) return false;
        make_room(most_at_end);
        finished_ = detail::finish_to(tokenizer_, sink_for(*this)) == error_code::none;
        refused_ = !finished_;
        return finished_;
    }

    /// Why the value is refused: `none` if it is not. Constant time.
    [[nodiscard]] authgrammar::error error() const noexcept { return tokenizer_.last_error(); }

    /// What was read, once finish() has returned true; before, and for a field of another kind, nothing. Views of this object.
    /// Constant time.
    [[nodiscard]] authgrammar::challenges challenges() const noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        return complete(field_kind::challenges) ? authgrammar::challenges(value_, first(), last())
                                                : authgrammar::challenges();
    }
    [[nodiscard]] authgrammar::credentials credentials() const noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        return complete(field_kind::credentials) ? authgrammar::credentials(value_, first(), last())
                                                 : authgrammar::credentials();
    }
    [[nodiscard]] auth_params info() const noexcept AUTHGRAMMAR_LIFETIMEBOUND {
        return complete(field_kind::info) ? auth_params(value_, first(), last()) : auth_params();
    }

    /// The bytes of the value so far.
    [[nodiscard]] std::string_view value() const noexcept AUTHGRAMMAR_LIFETIMEBOUND { return value_; }

    /// For the tokenizer. There is always room.
    bool on_event(const event& e) noexcept {
        events_.push_back(e);
        return true;
    }

private:
    [[nodiscard]] bool complete(field_kind kind) const noexcept { return finished_ && kind_ == kind; }
    /// The end of a value has at most so many events. A byte before it has two at most on the average: of those of "A," three.
    static constexpr std::size_t most_at_end = 8;

    void make_room(std::size_t more) {
        const std::size_t needed = events_.size() + more;
        if (needed > events_.capacity())
            events_.reserve(needed < 2 * events_.capacity() ? 2 * events_.capacity() : needed);
    }

    [[nodiscard]] const event* first() const noexcept { return events_.data(); }
    [[nodiscard]] const event* last() const noexcept { return events_.data() + events_.size(); }

    tokenizer tokenizer_;
    field_kind kind_;
    bool refused_ = false;
    bool finished_ = false;
    std::string value_;
    std::vector<event> events_;
};

}  // namespace authgrammar

#endif
