#ifndef AUTHGRAMMAR_ABNF_EDITION_HPP
#define AUTHGRAMMAR_ABNF_EDITION_HPP

#include <cstddef>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "authgrammar/abnf/error.hpp"
#include "authgrammar/abnf/rules.hpp"

namespace authgrammar::abnf {

/// A language of the RFCs: the texts that define it, later ones taking the place of earlier ones, and the way
/// in which they read lists.
struct edition_info {
    std::string_view name;
    std::vector<std::string_view> files;
    list_form lists;
};

/// `rfc7235`, `rfc9110-recipient` and `rfc9110-sender`, in this order.
const std::vector<edition_info>& editions();

/// The schemes that have a grammar of their own: `basic`, `bearer`, `digest` and `negotiate`, in this order. The rules
/// `challenge` and `credentials` of such a grammar are the scheme's; the others of RFC 9110 that it uses are those of
/// `rfc9110-sender`. A rule that belongs to the scheme, and not to RFC 9110, is one for which `is_scheme_rule` holds.
const std::vector<edition_info>& schemes();

/// Whether the rule stands in a text of a scheme, and in none of an edition.
bool is_scheme_rule(const rule& r);

/// The names of the ABNF files that were built in, `rfc5234.abnf` and so on.
std::vector<std::string_view> embedded_file_names();

/// The text of an ABNF file: the one that was built in, or, if a directory is given, the file of that name in
/// it. An error if there is none, or if it is longer than `reader_limits::bytes`.
result<std::string> load_file(std::string_view file, const std::optional<std::filesystem::path>& directory = {});

/// Loads, reads and adds the files in order, and resolves the set with the given form of lists.
result<rule_set> load_files(const std::vector<std::string_view>& files, list_form lists,
                            const std::optional<std::filesystem::path>& directory = {});

/// The rules of an edition by its name, ready for the engines. An error if there is no such edition.
result<rule_set> load_edition(std::string_view name, const std::optional<std::filesystem::path>& directory = {});

/// The rules of a scheme by its name, ready for the engines. An error if the scheme has no grammar of its own.
result<rule_set> load_scheme(std::string_view name, const std::optional<std::filesystem::path>& directory = {});

/// The six fields, spelled as in the RFCs; each is the name of a rule in every edition.
const std::vector<std::string_view>& field_names();

}  // namespace authgrammar::abnf

#endif
