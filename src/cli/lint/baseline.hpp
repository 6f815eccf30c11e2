#ifndef AUTHLINT_BASELINE_HPP
#define AUTHLINT_BASELINE_HPP

#include <cstddef>
#include <map>
#include <optional>
#include <string>
#include <utility>

namespace authlint {

/// Findings that are known and not to be reported again: how many of each fingerprint each input has. Its file is JSON, for
/// people to read and compare: `{"authlint_baseline": 1, "findings": [{"source": …, "finding": …, "count": …}, …]}`.
class baseline {
public:
    /// The version of the file's form. Another one is refused.
    static constexpr int version = 1;
    /// The most entries that a baseline has, and the most bytes of its file: its memory is bounded.
    static constexpr std::size_t most_entries = 20000;
    static constexpr std::size_t most_bytes = std::size_t{8} << 20;

    /// Adds a finding. Beyond most_entries it is only remembered that there were more.
    void add(const std::string& source, const std::string& fingerprint, std::size_t times = 1);
    /// Adds what another one has.
    void add(const baseline& other);
    /// Remembers that there were more.
    void add_too_many() noexcept { too_many_ = true; }

    /// The entries: input and fingerprint, and how often.
    using entry_map = std::map<std::pair<std::string, std::string>, std::size_t>;
    [[nodiscard]] const entry_map& entries() const noexcept { return counts_; }
    [[nodiscard]] bool too_many() const noexcept { return too_many_; }

    /// Whether the baseline has the finding once more than was taken so far. Logarithmic.
    [[nodiscard]] bool take(const std::string& source, const std::string& fingerprint);

    /// Reads a file. If it is none, or is of another version, why is in `failure`: a sentence without the file's name.
    [[nodiscard]] static std::optional<baseline> read(const std::string& path, std::string& failure);

    /// Writes the file, all of it or nothing. Answers what went wrong; empty if nothing did.
    [[nodiscard]] std::string write(const std::string& path) const;

private:
    entry_map counts_;
    bool too_many_ = false;
};

}  // namespace authlint

#endif
