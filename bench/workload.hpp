#ifndef AUTHGRAMMAR_BENCH_WORKLOAD_HPP
#define AUTHGRAMMAR_BENCH_WORKLOAD_HPP

#include <authgrammar/field.hpp>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::bench {

/// Random numbers that are the same with every standard library: splitmix64.
class random_source {
public:
    explicit random_source(std::uint64_t seed) noexcept : state_(seed) {}

    std::uint64_t next() noexcept;

    /// A number below `bound`, which is not 0.
    std::size_t below(std::size_t bound) noexcept { return static_cast<std::size_t>(next() % bound); }

    /// A number in [least, most].
    std::size_t between(std::size_t least, std::size_t most) noexcept { return least + below(most - least + 1); }

    /// `size` octets, each one of `alphabet`.
    std::string text(std::size_t size, std::string_view alphabet);

    template <typename T>
    const T& one_of(const std::vector<T>& list) noexcept {
        return list[below(list.size())];
    }

private:
    std::uint64_t state_;
};

/// What an item of the workload is for; the kinds have tables of their own.
enum class item_kind : std::uint8_t {
    common,       ///< what servers and clients send
    adversarial,  ///< 64 KiB made to hurt
    cold,         ///< a pool too large for branch predictors to learn
    growth        ///< values of a shape at one of several sizes
};

/// A pool of values of one shape: one repeated value would let the branch predictor learn it.
struct item {
    std::string name;
    item_kind kind = item_kind::common;
    authgrammar::field field = field::www_authenticate;
    std::vector<std::string> values;
    std::size_t spans = 0;  ///< how many each value has, if all have the same number, else 0
    std::size_t slice = 0;  ///< how many are read in one pass of a pool too large to be read at once, else 0
    std::string shape{};    ///< of a growth item: what it is a size of
    std::size_t size = 0;   ///< of a growth item: that size in bytes

    /// Adversarial and growth items are read without limits; the others with the limits that users get.
    [[nodiscard]] bool unlimited() const noexcept {
        return kind == item_kind::adversarial || kind == item_kind::growth;
    }
    [[nodiscard]] std::size_t bytes() const noexcept;
};

/// The common, adversarial and cold items in the order of the tables. The same values on every machine and in
/// every run. With `variants_at_most` the pools are cut to that size.
std::vector<item> make_workload(std::size_t variants_at_most = static_cast<std::size_t>(-1));

/// For each shape, the adversarial and the generated, one item for each of `sizes`, which are at most 64 KiB. The pools
/// of a generated shape are as many bytes at every size, so that none can be learned better than another, and passes go
/// over 64 KiB of them. With `bytes_at_most` the pools are cut to that many bytes, or to one value.
std::vector<item> make_growth(const std::vector<std::size_t>& sizes,
                              std::size_t bytes_at_most = static_cast<std::size_t>(-1));

}  // namespace authgrammar::bench

#endif
