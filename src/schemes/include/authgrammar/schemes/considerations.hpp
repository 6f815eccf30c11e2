#ifndef AUTHGRAMMAR_SCHEMES_CONSIDERATIONS_HPP
#define AUTHGRAMMAR_SCHEMES_CONSIDERATIONS_HPP

#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/scheme.hpp>

#include <cstddef>
#include <cstdint>
#include <string_view>

// The considerations for new authentication schemes (RFC 7235, 5.1.2; RFC 9110, 16.4.2), as a checklist.

namespace authgrammar::schemes {

/// What the author of a scheme is held to.
enum class consideration : std::uint8_t {
    stateless,        ///< all that is needed to authenticate a request is in it
    realm_reserved,   ///< realm is for protection spaces only
    token68_legacy,   ///< parameters, not token68
    both_forms,       ///< parameters take token and quoted-string
    unknown_params,   ///< what happens to unknown parameters is defined
    where_usable,     ///< the scheme says whether it serves origin servers, proxies or both
    other_field,      ///< credentials elsewhere than in Authorization forbid caching
    info_considered,  ///< what -Info fields mean for security is considered
    parsing_fixed     ///< the grammar of challenges and credentials is that of the framework
};

/// A consideration in words. All views are of static storage.
struct consideration_text {
    std::string_view id{};  ///< in grammar/requirements.tsv: "R7235-5.1.2-stateless", "R9110-16.4.2-info-considered"
    std::string_view section{};  ///< "RFC 9110, 16.4.2"
    std::string_view broken{};   ///< what a scheme does that breaks it: a sentence
    std::string_view advice{};   ///< what its author can do: a sentence
};

/// Constant time.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT consideration_text text_of(consideration c) noexcept;

/// A consideration that a scheme breaks.
struct broken_consideration {
    consideration what = consideration::stateless;
    std::string_view
        about{};  ///< the first part of the description at fault, such as the name of a parameter: a view of it
    std::size_t others = 0;  ///< further parts at fault
};

/// The considerations that a scheme breaks, in the order of the enumeration, each once.
class broken_considerations {
public:
    [[nodiscard]] const broken_consideration* begin() const noexcept { return list_; }
    [[nodiscard]] const broken_consideration* end() const noexcept { return list_ + size_; }
    [[nodiscard]] std::size_t size() const noexcept { return size_; }
    [[nodiscard]] bool empty() const noexcept { return size_ == 0; }
    [[nodiscard]] bool has(consideration c) const noexcept {
        for (const broken_consideration& b : *this) {
            if (b.what == c) return true;
        }
        return false;
    }

    /// Counts one more part at fault.
    void add(consideration c, std::string_view about) noexcept {
        if (size_ != 0 && list_[size_ - 1].what == c) {
            ++list_[size_ - 1].others;
        } else {
            list_[size_++] = {c, about, 0};
        }
    }

private:
    broken_consideration list_[9];
    std::size_t size_ = 0;
};

/// What a scheme breaks, by its description alone: nothing here knows schemes by name. The samples are parsed, so a
/// scheme with a grammar of its own is known by a value that this library cannot read. Linear in the description; no
/// allocation.
[[nodiscard]] AUTHGRAMMAR_SCHEMES_EXPORT broken_considerations considerations(const scheme_description& s) noexcept;

}  // namespace authgrammar::schemes

#endif
