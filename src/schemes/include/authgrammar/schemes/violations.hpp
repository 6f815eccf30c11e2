#ifndef AUTHGRAMMAR_SCHEMES_VIOLATIONS_HPP
#define AUTHGRAMMAR_SCHEMES_VIOLATIONS_HPP

#include <authgrammar/auth_param.hpp>
#include <authgrammar/challenge.hpp>
#include <authgrammar/field.hpp>
#include <authgrammar/schemes/error.hpp>
#include <authgrammar/schemes/export.hpp>
#include <authgrammar/schemes/scheme.hpp>

// All that a message breaks of the description of its scheme, as a sender has to keep it: for the author of a scheme, who
// wants his examples to be what his text says. A recipient, who wants to know whether to go on, uses scheme_message.hpp.

namespace authgrammar::schemes {

/// Where violations go: a function and its context, which must outlive the calls.
struct violation_sink {
    using function = void (*)(void* context, const scheme_error& violation) noexcept;
    function on_violation = nullptr;
    void* context = nullptr;  ///< passed to every call

    void operator()(const scheme_error& violation) const noexcept {
        if (on_violation != nullptr) on_violation(context, violation);
    }
};

/// Sends to `report` each violation of `s` in a challenge, or credentials, that a sender wrote: those that
/// read_scheme_challenge() and read_scheme_credentials() name, without tolerances, and beyond them
/// - unexpected_param for each parameter that `s` does not have, unless it says that recipients ignore them;
/// - value_not_quoted and value_quoted, where `form` of the parameter is a rule; realm is always quoted (RFC 9110, 11.5);
/// - missing_param for a challenge without realm, if `s.realm` says that it is required.
/// Of repeated names the first is reported. Of a message of another scheme, or of another form than the scheme has,
/// nothing else is. The order is that of the checks, not of the offsets. Linear in the value times the parameters of `s`;
/// no allocation, up to 32 KiB of stack.
///
/// Returns whether there is nothing to remark on: no violation, and no parameter that `s` does not have. Most messages are
/// so; false does not mean that there is something.
AUTHGRAMMAR_SCHEMES_EXPORT bool for_each_violation(const scheme_description& s, field_kind kind, const challenge& sent,
                                                   violation_sink report) noexcept;

/// The same for a caller that has looked up the parameters: `rows` are the answers of find_parameter(s, kind, name) for all
/// parameters of `sent`, in order. If nothing is wrong, they are not looked up again, and the time is linear in the value. With
/// another number of rows the reports are the same, but it takes longer. Keeps no view of `rows`.
AUTHGRAMMAR_SCHEMES_EXPORT bool for_each_violation(const scheme_description& s, field_kind kind, const challenge& sent,
                                                   row_list<const parameter_description*> rows,
                                                   violation_sink report) noexcept;

/// The same for the parameters of Authentication-Info or Proxy-Authentication-Info.
AUTHGRAMMAR_SCHEMES_EXPORT bool for_each_violation(const scheme_description& s, const auth_params& sent,
                                                   violation_sink report) noexcept;

}  // namespace authgrammar::schemes

#endif
