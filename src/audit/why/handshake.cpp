#include <authgrammar/schemes/negotiate.hpp>

#include "common/field_text.hpp"
#include "common/wording.hpp"
#include "values/line_name.hpp"
#include "values/value_of.hpp"
#include "why/attempt.hpp"
#include "why/gss_token.hpp"

#include <algorithm>

// Negotiate and NTLM: the legs, the connection, and what the tokens show.

namespace authgrammar::audit {

namespace {

using detail::words;
using schemes::exchange_leg;
using schemes::exchange_message;
using schemes::exchange_token;

bool is_multiplexed(const message& m) {
    return m.protocol == "HTTP/2" || m.protocol == "HTTP/2.0" || m.protocol == "HTTP/3";
}

/// Whether a host is an address, for which there are no tickets.
bool is_address(std::string_view host) {
    if (host.empty()) return false;
    if (host.front() == '[') return true;
    return host.find_first_not_of("0123456789.") == std::string_view::npos;
}

class handshake_examiner {
public:
    handshake_examiner(const attempt& a, const challenge& c, reason_list& out)
        : a_(a), name_(a.scheme()->name), token_(*c.token68()), out_(out) {
        const bool ntlm = detail::equal_ignoring_case(name_, "NTLM");
        buffer_.resize(token_.raw().size());
        const auto read = ntlm ? schemes::read_ntlm_credentials(c, buffer_.data(), buffer_.size())
                               : schemes::read_negotiate_credentials(c, buffer_.data(), buffer_.size());
        if (read) sent_ = *read;
        if (!read) problem_ = read.error().code;
        if (sent_) mine_ = read_gss_token(sent_->token);
        const std::optional<challenge> answer = a.after == nullptr ? std::nullopt : a.after->parts().find(name_);
        offered_again_ = answer.has_value();
        if (!answer || !answer->token68()) return;
        going_on_ = true;
        answer_buffer_.resize(answer->token68()->raw().size());
        const int status = a.response.status.value_or(0);
        const auto heard =
            ntlm ? schemes::read_ntlm_challenge(*answer, status, answer_buffer_.data(), answer_buffer_.size())
                 : schemes::read_negotiate_challenge(*answer, status, answer_buffer_.data(), answer_buffer_.size());
        if (heard) theirs_ = read_gss_token(heard->token);
    }

    void examine() {
        if (!sent_) {
            add(cause_id::not_base64, certainty::certain,
                problem_ == schemes::scheme_error_code::invalid_message ? words("the token is not a message of ", name_)
                                                                        : "the token is not base64")
                .right = words(name_, ", and the token of the client in base64");
            return;
        }
        connection();
        clocks();
        if (theirs_.kerberos_error || theirs_.rejected) {
            service();
            if (!out_.has(certainty::certain))
                add(cause_id::ticket_refused, certainty::certain, "the server answers with an error of its mechanism");
            return;
        }
        if (going_on_) {
            add(cause_id::handshake_unfinished, certainty::likely,
                "the server goes on with its part of the handshake, and no further request does");
            return;
        }
        service();
        legs();
    }

private:
    refusal_reason& add(cause_id id, certainty how, std::string text) {
        return out_.add(a_.about, id, how, a_.place_of(token_), std::move(text));
    }

    void connection() {
        // A message that ends the handshake may close the connection with it.
        const message* closing = a_.closed_before;
        if (closing == nullptr && (going_on_ || needs_more_legs())) {
            closing = a_.request != nullptr && closes(*a_.request) ? a_.request : &a_.response;
        }
        if (closing != nullptr && closes(*closing)) {
            refusal_reason& r = add(cause_id::connection_closed, certainty::certain,
                                    words(closing->start == start_kind::request ? "the request" : "the response",
                                          closing == a_.closed_before ? " before closes" : " closes",
                                          " the connection, and the handshake needs it"));
            const field_line* const line = line_of(*closing, "connection");
            if (line != nullptr) r.related = {line->whole};
            r.right = "a connection that stays open";
        }
        const message& m = a_.request != nullptr && is_multiplexed(*a_.request) ? *a_.request : a_.response;
        if (is_multiplexed(m)) {
            add(cause_id::handshake_over_http2, certainty::certain, words(name_, " is used over ", m.protocol)).right =
                "HTTP/1.1";
        }
        const field_line* const via = line_of(a_.response, "via");
        const field_line* const via_request = a_.request == nullptr ? nullptr : line_of(*a_.request, "via");
        if ((via != nullptr || via_request != nullptr) && a_.about == field::authorization) {
            refusal_reason& r =
                add(cause_id::handshake_through_proxy, certainty::likely, "the messages went through a proxy");
            r.related = {(via != nullptr ? via : via_request)->name_at};
            r.right = "a tunnel, which gives the client a connection of its own";
        }
    }

    /// Whether the server still has to send a token before the client is known.
    [[nodiscard]] bool needs_more_legs() const { return sent_->kind == exchange_token::ntlm_negotiate; }

    void clocks() {
        const int code = theirs_.kerberos_error.value_or(0);
        if (code == 37) {  // KRB_AP_ERR_SKEW
            add(cause_id::clock_skew, certainty::certain, "the server answers with the Kerberos error for clock skew")
                .right = "clocks that differ by less than five minutes";
        } else if (code == 32 || code == 33) {  // KRB_AP_ERR_TKT_EXPIRED, KRB_AP_ERR_TKT_NYV
            add(cause_id::clock_skew, certainty::certain,
                code == 32 ? "the server answers that the ticket has expired"
                           : "the server answers that the ticket is not valid yet")
                .right = "a new ticket (kinit), and clocks that agree";
        } else if (code == 35 || code == 41 || code == 7) {  // NOT_US, MODIFIED, S_PRINCIPAL_UNKNOWN
            add(cause_id::wrong_service, certainty::certain,
                "the server answers that the ticket is not one for its key")
                .right = service_here();
        }
    }

    [[nodiscard]] std::string service_here() const {
        const std::string_view here = requested_host(a_);
        if (here.empty() || a_.about == field::proxy_authorization) return "a ticket for HTTP and the name of the host";
        return words("a ticket for HTTP/", here);
    }

    void service() {
        if (a_.about == field::authorization && mine_.host && !requested_host(a_).empty()) {
            const std::string_view name = requested_host(a_);
            const std::string ticket = mine_.host->substr(0, mine_.host->find(':'));
            if (!detail::equal_ignoring_case(ticket, name)) {
                add(cause_id::wrong_service, certainty::likely, words("the ticket is for a host other than ", name))
                    .right = service_here();
            }
        }
        if (!detail::equal_ignoring_case(name_, "Negotiate") || sent_->kind == exchange_token::ntlm_authenticate)
            return;
        const bool address = is_address(requested_host(a_));
        if (mine_.ntlm) {
            add(cause_id::no_ticket, certainty::likely,
                address ? "the token is NTLM, not Kerberos: the host is an address, and there are no tickets for those"
                        : "the token is NTLM, not Kerberos")
                .right = service_here();
        } else if (address && !mine_.host) {
            add(cause_id::wrong_service, certainty::likely,
                "the host is an address, and services are registered by name")
                .right = "a host name that has an SPN";
        }
    }

    void legs() {
        if (a_.handshake_went_on &&
            (sent_->leg == exchange_leg::initiate || sent_->kind == exchange_token::ntlm_negotiate)) {
            add(cause_id::handshake_restarted, certainty::certain,
                "the server sent its part of the handshake, and the client begins again")
                .right = "the message that answers the server's, on the same connection";
            return;
        }
        if (!offered_again_) return;
        add(cause_id::ticket_refused, out_.has(certainty::likely) ? certainty::possible : certainty::likely,
            sent_->kind == exchange_token::ntlm_authenticate ? "the server does not accept user and password"
            : mine_.kerberos                                 ? "the server does not accept the ticket"
                                                             : "the server does not accept the client's message");
        if (mine_.kerberos) {
            out_.missing("clock",
                         "Whether the clocks agree (Kerberos allows five minutes) and which keys the server has: see "
                         "the logs of the "
                         "server and the KDC.");
        } else {
            out_.missing(
                "password",
                "Domain, user and password are hidden in the token; the server's log tells which one is wrong.");
        }
    }

    const attempt& a_;
    std::string_view name_;
    text token_;
    reason_list& out_;
    std::string buffer_;
    std::string answer_buffer_;
    std::optional<exchange_message> sent_;
    schemes::scheme_error_code problem_{};
    gss_facts mine_;
    gss_facts theirs_;
    bool going_on_ = false;
    bool offered_again_ = false;
};

}  // namespace

void examine_handshake(const attempt& a, reason_list& out) {
    const std::optional<challenge> c = a.credentials();
    if (!c || !c->token68()) return;
    handshake_examiner(a, *c, out).examine();
}

}  // namespace authgrammar::audit
