#include "negotiate.hpp"

#include <authgrammar/authgrammar.hpp>
#include <authgrammar/schemes/negotiate.hpp>

#include <cstdlib>
#include <iostream>
#include <sstream>
#include <string>
#include <string_view>
#include <vector>

namespace authgrammar::interop {

namespace {

std::string_view name_of(schemes::exchange_leg leg) {
    using is = schemes::exchange_leg;
    switch (leg) {
        case is::start: return "start";
        case is::proceed: return "proceed";
        case is::finish: return "finish";
        case is::initiate: return "initiate";
        case is::respond: return "respond";
    }
    return "?";
}

std::string_view name_of(schemes::exchange_token kind) {
    using is = schemes::exchange_token;
    switch (kind) {
        case is::none: return "none";
        case is::spnego_init: return "spnego_init";
        case is::spnego_response: return "spnego_response";
        case is::gss_initial: return "gss_initial";
        case is::ntlm_negotiate: return "ntlm_negotiate";
        case is::ntlm_challenge: return "ntlm_challenge";
        case is::ntlm_authenticate: return "ntlm_authenticate";
        case is::other: return "other";
    }
    return "?";
}

std::string hex_of(std::string_view octets) {
    constexpr std::string_view digits = "0123456789abcdef";
    std::string out;
    for (const char c : octets) {
        const auto octet = static_cast<unsigned char>(c);
        out += digits[octet >> 4];
        out += digits[octet & 15];
    }
    return out.empty() ? "-" : out;
}

std::string octets_of(const std::string& hex) {
    std::string out;
    if (hex == "-") return out;
    for (std::size_t i = 0; i + 1 < hex.size(); i += 2) {
        out += static_cast<char>(std::strtoul(hex.substr(i, 2).c_str(), nullptr, 16));
    }
    return out;
}

std::string told(const result<schemes::exchange_message, schemes::scheme_error>& read) {
    if (!read) {
        if (read.error().code == schemes::scheme_error_code::other_scheme) return "other";
        return "refused " + std::string(schemes::name_of(read.error().code));
    }
    return std::string(name_of(read->leg)) + ' ' + std::string(name_of(read->kind)) + ' ' + hex_of(read->token);
}

std::string read_value(field f, int status, std::string_view value) {
    std::vector<event> memory(4 * value.size() + 8);
    event_buffer events(memory.data(), memory.size());
    std::vector<char> token(value.size());
    if (kind_of(f) == field_kind::credentials) {
        const auto read = parse_credentials(f, value, events);
        if (!read) return "refused malformed_value";
        return told(schemes::read_negotiate_credentials(*read, token.data(), token.size()));
    }
    const auto read = parse_challenges(f, value, events);
    if (!read || read->size() != 1) return "refused malformed_value";
    return told(schemes::read_negotiate_challenge(*read->begin(), status, token.data(), token.size()));
}

std::string write_value(field f, std::string_view token) {
    std::string value;
    const write_result w = write_to(value, [&](char* buffer, std::size_t size) {
        return schemes::write_exchange(f, "Negotiate", token, buffer, size);
    });
    return w ? value : "refused";
}

}  // namespace

int answer_negotiate() {
    std::string line;
    while (std::getline(std::cin, line)) {
        std::istringstream words(line);
        std::string verb;
        std::string name;
        words >> verb >> name;
        const auto f = field_from_name(name);
        if (!f) return 2;
        if (verb == "read") {
            int status = 0;
            std::string value;
            words >> status >> std::ws;
            std::getline(words, value);
            std::cout << read_value(*f, status, value) << std::endl;
        } else if (verb == "write") {
            std::string token;
            words >> token;
            std::cout << write_value(*f, octets_of(token)) << std::endl;
        } else {
            return 2;
        }
    }
    return 0;
}

}  // namespace authgrammar::interop
