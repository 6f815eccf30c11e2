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
        .note("in every message from the server's first data on"),
    row("data", "RFC 7804, 5")
        .challenge(presence::conditional)
        .credentials(presence::required)
        .info(presence::required)
        .is(value_syntax::base64)
        .hidden()
        .begins_next_round()
        .note("a message of RFC 5802; padding requires quotes"),
    row("sr", "RFC 7804, 5.1")
        .challenge(presence::optional)
        .is(value_syntax::ascii)
        .changes()
        .note("the server's part of the nonce, for reauthentication; has no comma"),
    row("ttl", "RFC 7804, 5.1")
        .challenge(presence::optional)
        .is(value_syntax::digits)
        .note("how long sr is valid, in seconds"),
    row("stale", "RFC 7804, 5.1")
        .challenge(presence::optional)
        .is(value_syntax::boolean)
        .one_of(true_or_false)
        .tells_stale_nonce(),
};
inline constexpr failure_signal scram_failures[]{
    {401, true,
     "the credentials are missing or invalid; with sid and data, the handshake continues; with stale=true, only sr is "
     "too old"},
};
inline constexpr sample scram_sha_256_samples[]{
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
// The RFC prints none: the messages of RFC 5802, 5, in the form in which it prints those of the other scheme.
inline constexpr sample scram_sha_1_samples[]{
    {field_kind::challenges, R"(SCRAM-SHA-1 realm="testrealm@example.com")", "RFC 7804, 5"},
    {field_kind::credentials,
     R"(SCRAM-SHA-1 realm="testrealm@example.com", data=biwsbj11c2VyLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdM)",
     "RFC 7804, 5; RFC 5802, 5"},
    {field_kind::credentials,
     "SCRAM-SHA-1 sid=AAAABBBBCCCCDDDD, "
     "data="
     "Yz1iaXdzLHI9ZnlrbytkMmxiYkZnT05Sdjlxa3hkYXdMM3JmY05IWUpZMVpWdldWczdqLHA9djBYOHYzQnoyVDBDSkdiSlF5RjBYK0hJNFRzPQ==",
     "RFC 7804, 5; RFC 5802, 5"},
};

/// What the two have in common, which is all but the name, the strength and the samples.
constexpr scheme_description scram(std::string_view name, std::uint8_t rank, row_list<sample> samples) noexcept {
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
    s.samples = samples;
    s.rank = rank;
    return s;
}

inline constexpr scheme_description scram_sha_256 = scram("SCRAM-SHA-256", 3, scram_sha_256_samples);
inline constexpr scheme_description scram_sha_1 = scram("SCRAM-SHA-1", 4, scram_sha_1_samples);

}  // namespace authgrammar::schemes::table

#endif
