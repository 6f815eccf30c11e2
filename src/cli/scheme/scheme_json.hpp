#ifndef AUTHLINT_SCHEME_JSON_HPP
#define AUTHLINT_SCHEME_JSON_HPP

#include <authgrammar/schemes/considerations.hpp>

#include <cstddef>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace authlint {

/// A description of a scheme that was read, in the form of docs/scheme.schema.json.
class described_scheme {
public:
    virtual ~described_scheme() = default;
    /// Views of this object.
    [[nodiscard]] virtual const authgrammar::schemes::scheme_description& description() const noexcept = 0;
};

/// A description, or what of the text is not in the form: a sentence that names the member.
struct scheme_reading {
    std::unique_ptr<described_scheme> scheme;
    std::string failure;
};
[[nodiscard]] scheme_reading read_scheme(std::string_view text);

/// A place in one of the samples of a description.
struct sample_place {
    std::size_t sample = 0;  ///< from 0
    std::size_t offset = 0;  ///< in bytes from the start of the value
    std::string_view param;  ///< the parameter at fault, if it is one that is described
};

/// What --check says of a description.
struct scheme_finding {
    std::string_view id;  ///< a requirement, or the name of a scheme_error_code
    std::string_view section;
    std::string text;
    std::string advice;
    std::optional<sample_place> at{};  ///< of what a sample breaks
};

/// The scheme in the form that read_scheme() takes.
[[nodiscard]] std::string scheme_as_json(const authgrammar::schemes::scheme_description& s);
/// All schemes of the table, each with the ids of the considerations that it breaks.
[[nodiscard]] std::string table_as_json();
[[nodiscard]] std::string findings_as_json(const authgrammar::schemes::scheme_description& s,
                                           const std::vector<scheme_finding>& findings);

}  // namespace authlint

#endif
