#ifndef AUTHLINT_WHY_WHY_REPORT_HPP
#define AUTHLINT_WHY_WHY_REPORT_HPP

#include "lint/message_excerpts.hpp"
#include "shell/terminal.hpp"

#include <authgrammar/audit/why.hpp>

#include <nlohmann/json_fwd.hpp>

#include <string>

namespace authlint {

/// For people: each refusal with its reasons, and what the input does not show. `excerpts` has begun the file.
void print_refusals(const authgrammar::audit::refusals& all, const message_excerpts& excerpts, const palette& colours);

/// Appends the refusals of an input to an array, and what is to be said of it as a whole to another one, in JSON, as the
/// manual describes them.
void append_refusals(const std::string& source, const authgrammar::audit::refusals& all,
                     nlohmann::ordered_json& refused, nlohmann::ordered_json& inputs);

/// Whether credentials were accepted, none were refused and nothing is missing.
[[nodiscard]] bool is_clean(const authgrammar::audit::refusals& all) noexcept;

}  // namespace authlint

#endif
