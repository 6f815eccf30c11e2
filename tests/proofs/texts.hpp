#ifndef AUTHGRAMMAR_TESTS_PROOFS_TEXTS_HPP
#define AUTHGRAMMAR_TESTS_PROOFS_TEXTS_HPP

#include "report.hpp"

#include <authgrammar/abnf/automaton.hpp>
#include <authgrammar/abnf/edition.hpp>
#include <authgrammar/abnf/labels.hpp>
#include <authgrammar/abnf/reader.hpp>
#include <authgrammar/abnf/rules.hpp>

#include <stdexcept>
#include <string_view>

namespace authgrammar::proofs {

/// The rules of an edition, with those of `text` in the place of their namesakes, or added.
inline abnf::rule_set edition_with(std::string_view edition, std::string_view text) {
    for (const abnf::edition_info& known : abnf::editions()) {
        if (known.name != edition) continue;
        abnf::rule_set rules;
        for (const std::string_view file : known.files) {
            const auto added = rules.add(get(abnf::read(get(abnf::load_file(file)), file)));
            if (added) throw std::runtime_error(abnf::to_string(*added));
        }
        const auto added = rules.add(get(abnf::read(text, "the text of a proof")));
        if (added) throw std::runtime_error(abnf::to_string(*added));
        return get(rules.resolve(known.lists));
    }
    throw std::runtime_error("no such edition");
}

/// RFC 7230, erratum 5257, carried out in RFC 7235 and RFC 7615:
/// `#e` = `[ ( ( "," OWS e ) / e ) *( OWS "," [ OWS e ] ) ]`.
inline constexpr std::string_view erratum_5257 =
    "info-list = [ ( ( \",\" OWS auth-param ) / auth-param ) *( OWS \",\" [ OWS auth-param ] ) ]\n"
    "challenge = auth-scheme [ 1*SP ( token68 / info-list ) ]\n"
    "credentials = auth-scheme [ 1*SP ( token68 / info-list ) ]\n"
    "Authentication-Info = info-list\n"
    "Proxy-Authentication-Info = info-list\n";

}  // namespace authgrammar::proofs

#endif
