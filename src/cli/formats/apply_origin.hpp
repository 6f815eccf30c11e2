#ifndef AUTHLINT_FORMATS_APPLY_ORIGIN_HPP
#define AUTHLINT_FORMATS_APPLY_ORIGIN_HPP

#include "formats/message_text.hpp"

#include <authgrammar/audit/message.hpp>

namespace authlint {

/// Tells a message what the export says of it.
inline void apply(const text_origin& origin, authgrammar::audit::message& m) {
    if (origin.secured) m.secured = origin.secured;
    m.login_form = m.login_form || (origin.login_form && m.status == 401);
}

}  // namespace authlint

#endif
