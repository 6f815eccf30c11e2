#include <authgrammar/conversation/exchange.hpp>

#include "challenge_lines.hpp"
#include "settings.hpp"

#include <cstring>
#include <variant>

// The field lines that an exchange sends.

namespace authgrammar::conversation {

/// The field with a value that was written to the room of values.
bool exchange::add_value(field name, const write_result& written) noexcept {
    if (!written || field_count_ == fields_.size()) return false;
    add_field(name_of(name), {values_.data() + values_size_, written.size});
    values_size_ += written.size;
    return true;
}

/// The challenges that go with the status: all with 401 and 407; with 400 and 403 Bearer's error (RFC 6750, 3.1), but not from
/// a proxy, whose field is of 407 alone (RFC 9110, 11.7.1).
bool exchange::add_challenges() noexcept {
    const bool all = status_ == 401 || status_ == 407;
    const bool bearer_alone =
        !settings_->at_proxy() && ((status_ == 400 && bearer_error_ == schemes::bearer_error::invalid_request) ||
                                   (status_ == 403 && bearer_error_ == schemes::bearer_error::insufficient_scope));
    const std::size_t first = field_count_;
    const field challenges = settings_->challenge_field();
    if (all && round_.is == round_state::proceed) {
        return add_value(challenges, detail::write_round(challenges, rounds_->of, {{}, round_.session, round_.token},
                                                         values_.data() + values_size_, values_.size() - values_size_));
    }
    const detail::offered_rounds* rounds = settings_->rounds.data();
    for (const offer& o : settings_->options.offers) {
        if (std::holds_alternative<bearer_offer>(o)) {
            if (!all && !bearer_alone) continue;
            if (!add_value(challenges,
                           detail::write_bearer(*settings_, {bearer_error_, token_verdict_},
                                                {values_.data() + values_size_, values_.size() - values_size_}))) {
                return false;
            }
        } else if (all && std::holds_alternative<basic_offer>(o)) {
            add_field(name_of(challenges), settings_->basic_challenge);
        } else if (all && std::holds_alternative<rounds_offer>(o)) {
            add_field(name_of(challenges), rounds++->challenge);
        } else if (all) {
            for (const schemes::digest_algorithm a : settings_->digest->algorithms) {
                if (!add_value(challenges,
                               digest_->write_challenge(a, stale_, asked_->client, now(), values_.data() + values_size_,
                                                        values_.size() - values_size_))) {
                    return false;
                }
            }
        }
    }
    return !settings_->options.one_line || field_count_ - first < 2 || join_values(first);
}

/// Makes one line of those from `first` on. False if there is no room for it.
bool exchange::join_values(std::size_t first) noexcept {
    std::array<char, detail::exchange_memory> joined;
    std::size_t size = 0;
    for (std::size_t i = first; i < field_count_; ++i) {
        if (fields_[i].value.size() + 2 > joined.size() - size) return false;
        if (i != first) {
            joined[size++] = ',';
            joined[size++] = ' ';
        }
        std::memcpy(joined.data() + size, fields_[i].value.data(), fields_[i].value.size());
        size += fields_[i].value.size();
    }
    std::memcpy(values_.data(), joined.data(), size);
    values_size_ = size;
    fields_[first].value = {values_.data(), size};
    field_count_ = first + 1;
    return true;
}

/// What shows the client that the server knows the password too. `body_hash`: of the response, for auth-int.
bool exchange::add_info(std::string_view body_hash) noexcept {
    const schemes::digest_credentials* const read = digest_read_.credentials();
    if (read == nullptr || read->qop == schemes::digest_qop::none) return false;
    const write_result written =
        digest_->write_info(digest_read_, settings_->digest->renew_nonce, asked_->client, body_hash, now(),
                            values_.data() + values_size_, values_.size() - values_size_);
    return written.size != 0 && add_value(settings_->info_field(), written);
}

bool exchange::wants_response_hash() const noexcept {
    if (state_ != exchange_state::admitted || scheme_ != "Digest") return false;
    const schemes::digest_credentials* const read = digest_read_.credentials();
    if (read == nullptr || read->qop != schemes::digest_qop::auth_int) return false;
    for (const field_to_send& f : fields()) {
        if (f.name == name_of(settings_->info_field())) return false;
    }
    return true;
}

bool exchange::response_hash_is(std::string_view hash) noexcept {
    return wants_response_hash() && hash.size() == schemes::hex_digits(algorithm_) && add_info(hash);
}

}  // namespace authgrammar::conversation
