#ifndef AUTHGRAMMAR_CONVERSATION_EVEN_CLOCK_HPP
#define AUTHGRAMMAR_CONVERSATION_EVEN_CLOCK_HPP

#include <authgrammar/verify/nonce.hpp>

#include <chrono>

namespace authgrammar::conversation::detail {

/// The time of the wall when it was made, and from then on the time that has passed: nobody can set it. For nonces that
/// no one else makes or judges. A memory of them cannot be left in the future, where it would refuse those of the present
/// until the clock is there again; and it cannot be cleared for them, lest it accept a replay once the clock is.
class even_clock {
public:
    [[nodiscard]] verify::time_point now() const noexcept {
        return wall_ + std::chrono::duration_cast<verify::time_point::duration>(steady::now() - begin_);
    }

private:
    using steady = std::chrono::steady_clock;
    verify::time_point wall_ = std::chrono::system_clock::now();
    steady::time_point begin_ = steady::now();
};

}  // namespace authgrammar::conversation::detail

#endif
