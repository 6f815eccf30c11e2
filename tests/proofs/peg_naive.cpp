#include "peg_rules_of_types.hpp"

#include "../grammar/naive.hpp"

namespace authgrammar::proofs {

namespace {

template <typename Rule>
naive_rule refutable(std::string_view edition, std::string_view transcription, std::string_view field) {
    return {edition, transcription, peg_rule_of<Rule>(std::string(field))};
}

}  // namespace

std::vector<naive_rule> naive_rules() {
    using namespace naive;
    constexpr std::string_view challenges = "WWW-Authenticate";
    constexpr std::string_view credentials = "Authorization";
    constexpr std::string_view rfc7235 = "rfc7235";
    constexpr std::string_view recipient = "rfc9110-recipient";
    constexpr std::string_view sender = "rfc9110-sender";
    return {
        refutable<literal_copy::rfc7235::WWW_Authenticate>(rfc7235, "literal copy", challenges),
        refutable<literal_copy::rfc7235::Authorization>(rfc7235, "literal copy", credentials),
        refutable<params_first::rfc7235::WWW_Authenticate>(rfc7235, "params first", challenges),
        refutable<guarded_token68::rfc7235::WWW_Authenticate>(rfc7235, "guarded token68", challenges),
        refutable<separated_list::rfc7235::WWW_Authenticate>(rfc7235, "separated list", challenges),
        refutable<optional_gap::rfc7235::WWW_Authenticate>(rfc7235, "optional gap", challenges),
        refutable<sender_expansion::rfc7235::WWW_Authenticate>(rfc7235, "sender expansion", challenges),
        refutable<recipient_expansion::rfc7235::WWW_Authenticate>(rfc7235, "recipient expansion", challenges),
        refutable<literal_copy::rfc9110_recipient::WWW_Authenticate>(recipient, "literal copy", challenges),
        refutable<literal_copy::rfc9110_recipient::Authorization>(recipient, "literal copy", credentials),
        refutable<guarded_token68::rfc9110_recipient::WWW_Authenticate>(recipient, "guarded token68", challenges),
        refutable<sender_expansion::rfc9110_recipient::WWW_Authenticate>(recipient, "sender expansion", challenges),
        refutable<rfc7230_expansion::rfc9110_recipient::WWW_Authenticate>(recipient, "rfc7230 expansion", challenges),
        refutable<literal_copy::rfc9110_sender::WWW_Authenticate>(sender, "literal copy", challenges),
        refutable<literal_copy::rfc9110_sender::Authorization>(sender, "literal copy", credentials),
    };
}

}  // namespace authgrammar::proofs
