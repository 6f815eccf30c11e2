#ifndef AUTHGRAMMAR_SCHEMES_TABLE_SCRAM_HPP
#define AUTHGRAMMAR_SCHEMES_TABLE_SCRAM_HPP

#include "schemes/table/row.hpp"

namespace authgrammar::schemes::table {

inline constexpr parameter_description scram_params[]{
    realm_row("RFC 7804, 5", presence::optional, presence::conditional)
        .note("in the first credentials, if the challenge has one"),
    row("sid", "RFC 7804, 5")
        .challenge(presence::conditional)
        .credentials(presence::conditional)
        .info(presence::required)
        .is(value_syntax::token)
        .note("from the server's first data on"),
    row("data", "RFC 7804, 5")
        .challenge(presence::conditional)
        .credentials(presence::required)
        .info(presence::required)
        .is(value_syntax::base64)
        .hidden()
        .note("a message of RFC 5802; with padding it fits a quoted-string only"),
    row("sr", "RFC 7804, 5.1")
        .challenge(presence::optional)
        .is(value_syntax::ascii)
        .changes()
        .note("the server's part of the nonce, for reauthentication; has no comma"),
    row("ttl", "RFC 7804, 5.1").challenge(presence::optional).is(value_syntax::digits).note("seconds that sr is valid"),
    row("stale", "RFC 7804, 5.1")
        .challenge(presence::optional)
        .is(value_syntax::boolean)
        .one_of(true_or_false)
        .tells_stale_nonce(),
};
inline constexpr failure_signal scram_failures[]{
    {401, true, "credentials are missing or wrong; with sid and data it goes on; with stale=true only sr is too old"},
};
inline constexpr sample scram_samples[]{
    {field_kind::challenges, R"(SCRAM-SHA-256 realm="testrealm@example.com")", "RFC 7804, 5"},
    {field_kind::credentials,
     R"(SCRAM-SHA-256 realm="testrealm@example.com", data=biwsbj11c2VyLHI9ck9wck5HZndFYmVSV2diTkVrcU8K)",
     "RFC 7804, 5"},
    {field_kind::credentials,
     "SCRAM-SHA-256 sid=AAAABBBBCCCCDDDD, "
     "data=Yz1iaXdzLHI9ck9wck5HZndFYmVSV2diTkVrcU8laHZZRHBXVWEyUmFUQ0FmdXhGSWxqKWhObEYscD1kSHpiWmFwV0lrNGpVaE4rVXRlOX"
     "l0YWc5empmTUhnc3FtbWl6N0FuZFZRPQo=",
     "RFC 7804, 5"},
};

/// What the two have in common, which is all but the name and the strength.
constexpr scheme_description scram(std::string_view name, std::uint8_t rank) noexcept {
    scheme_description s;
    s.name = name;
    s.reference = "RFC 7804";
    s.registered = true;
    s.challenge = alone_or_params;
    s.credentials = params_only;
    s.origin = usability::yes;
    s.proxy = usability::unstated;
    s.realm = realm_rule::optional;
    s.state = state_rule::server;
    s.rounds = 2;
    s.exposes = exposure::proof;
    s.unknown_params = unknown_rule::undefined;
    s.info_in_trailer = true;
    s.failures = scram_failures;
    s.params = scram_params;
    s.samples = scram_samples;
    s.rank = rank;
    return s;
}

inline constexpr scheme_description scram_sha_256 = scram("SCRAM-SHA-256", 3);
inline constexpr scheme_description scram_sha_1 = scram("SCRAM-SHA-1", 4);

}  // namespace authgrammar::schemes::table

#endif
