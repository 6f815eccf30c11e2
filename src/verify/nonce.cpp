#include <authgrammar/schemes/base64.hpp>
#include <authgrammar/verify/nonce.hpp>
#include <authgrammar/verify/secure.hpp>

#include <openssl/core_names.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <algorithm>
#include <cstring>

namespace authgrammar::verify {

namespace {

// A nonce is the base64 of these octets: when it was made, in milliseconds since 1970, big-endian; random ones; the tag.
constexpr std::size_t time_size = 6;
constexpr std::size_t random_size = 8;
constexpr std::size_t head_size = time_size + random_size;
constexpr std::size_t tag_size = 16;
constexpr std::size_t octets = head_size + tag_size;
static_assert(schemes::base64_encoded_size(octets) == nonce_maker::size && octets % 3 == 0);

constexpr std::int64_t last_time = 253'402'300'800'000;  // the year 10000: less than 48 bits

[[nodiscard]] std::int64_t milliseconds(time_point t) noexcept {
    return std::chrono::duration_cast<std::chrono::milliseconds>(t.time_since_epoch()).count();
}

void write_number(std::uint64_t number, std::size_t size, unsigned char* to) noexcept {
    for (std::size_t i = size; i-- != 0; number >>= 8) to[i] = static_cast<unsigned char>(number & 0xff);
}

[[nodiscard]] std::uint64_t read_number(const unsigned char* from, std::size_t size) noexcept {
    std::uint64_t number = 0;
    for (std::size_t i = 0; i != size; ++i) number = number << 8 | from[i];
    return number;
}

/// What the tag is made of, fed to the MAC in few pieces.
class mac_input {
public:
    explicit mac_input(EVP_MAC_CTX* context) noexcept : context_(context) {}

    void add(const void* bytes, std::size_t size) noexcept {
        if (size > sizeof bytes_ - size_) flush();
        if (size > sizeof bytes_) {
            ok_ = ok_ && EVP_MAC_update(context_, static_cast<const unsigned char*>(bytes), size) == 1;
        } else if (size != 0) {
            std::memcpy(bytes_ + size_, bytes, size);
            size_ += size;
        }
    }
    void add_piece(std::string_view piece) noexcept {
        unsigned char length[8];
        write_number(piece.size(), sizeof length, length);
        add(length, sizeof length);
        add(piece.data(), piece.size());
    }
    [[nodiscard]] bool finish(unsigned char* tag) noexcept {
        std::size_t size = 0;
        flush();
        return ok_ && EVP_MAC_final(context_, tag, &size, tag_size) == 1 && size == tag_size;
    }

private:
    void flush() noexcept {
        ok_ = ok_ && EVP_MAC_update(context_, bytes_, size_) == 1;
        size_ = 0;
    }

    EVP_MAC_CTX* context_;
    bool ok_ = true;
    std::size_t size_ = 0;
    unsigned char bytes_[128];
};

}  // namespace

std::optional<nonce_key> nonce_key::generate() noexcept {
    nonce_key key;
    if (RAND_priv_bytes(key.bytes.data(), static_cast<int>(key.bytes.size())) != 1) return std::nullopt;
    return key;
}

std::optional<nonce_key> nonce_key::from(std::string_view given) noexcept {
    nonce_key key;
    if (given.size() != key.bytes.size()) return std::nullopt;
    std::memcpy(key.bytes.data(), given.data(), given.size());
    if (key.is_zero()) return std::nullopt;
    return key;
}

nonce_maker::nonce_maker(const nonce_key& key, nonce_times times, const std::optional<nonce_key>& previous) noexcept
    : key_(key),
      previous_(previous),
      times_{times.lifetime,
             std::clamp(times.skew, std::chrono::milliseconds(0), std::chrono::milliseconds(last_time))} {
    EVP_MAC* mac = EVP_MAC_fetch(nullptr, "SIPHASH", nullptr);
    EVP_MAC_CTX* context = mac == nullptr ? nullptr : EVP_MAC_CTX_new(mac);
    EVP_MAC_free(mac);
    std::size_t length = tag_size;
    const OSSL_PARAM params[] = {OSSL_PARAM_construct_size_t(OSSL_MAC_PARAM_SIZE, &length), OSSL_PARAM_construct_end()};
    if (context != nullptr && EVP_MAC_init(context, key_.bytes.data(), key_.bytes.size(), params) != 1) {
        EVP_MAC_CTX_free(context);
        context = nullptr;
    }
    context_ = context;
}

nonce_maker::~nonce_maker() {
    EVP_MAC_CTX_free(static_cast<EVP_MAC_CTX*>(context_));
    wipe(&key_, sizeof key_);
    if (previous_) wipe(&*previous_, sizeof *previous_);
}

bool nonce_maker::tag(const nonce_key& key, const unsigned char* head, const nonce_binding& binding,
                      unsigned char* made) noexcept {
    auto* context = static_cast<EVP_MAC_CTX*>(context_);
    if (context == nullptr || EVP_MAC_init(context, key.bytes.data(), key.bytes.size(), nullptr) != 1) return false;
    mac_input in(context);
    in.add(head, head_size);
    in.add_piece(binding.realm);
    in.add_piece(binding.client);
    in.add_piece(binding.other);
    return in.finish(made);
}

bool nonce_maker::make(const nonce_binding& binding, time_point now, char* buffer) noexcept {
    const std::int64_t time = milliseconds(now);
    unsigned char bytes[octets];
    if (time < 0 || time >= last_time || RAND_bytes(bytes + time_size, random_size) != 1) return false;
    write_number(static_cast<std::uint64_t>(time), time_size, bytes);
    if (!tag(key_, bytes, binding, bytes + head_size)) return false;
    schemes::encode_base64({reinterpret_cast<const char*>(bytes), octets}, buffer);
    return true;
}

// decides: R7616-3.3-nonce-bound
nonce_check nonce_maker::check(const text& nonce, const nonce_binding& binding, time_point now) noexcept {
    nonce_check answer;
    char characters[size];
    char decoded[octets];
    answer.verdict = nonce_verdict::malformed;
    const result<std::size_t> length = nonce.unescape(characters, size);
    if (!length || *length != size || !schemes::decode_base64({characters, size}, decoded, octets)) return answer;

    const auto* bytes = reinterpret_cast<const unsigned char*>(decoded);
    const std::string_view given(decoded + head_size, tag_size);
    unsigned char expected[tag_size];
    const std::string_view computed(reinterpret_cast<const char*>(expected), tag_size);
    answer.verdict = nonce_verdict::unchecked;
    if (!tag(key_, bytes, binding, expected)) return answer;
    if (!equal_secrets(given, computed)) {
        answer.verdict = nonce_verdict::foreign;
        if (!previous_ || !tag(*previous_, bytes, binding, expected) || !equal_secrets(given, computed)) return answer;
    }

    answer.identity = {read_number(bytes, time_size), read_number(bytes + time_size, random_size)};
    const std::int64_t age = milliseconds(now) - static_cast<std::int64_t>(answer.identity.made);
    if (age < -times_.skew.count()) {
        answer.verdict = nonce_verdict::from_the_future;
    } else {
        answer.verdict = age > times_.lifetime.count() ? nonce_verdict::expired : nonce_verdict::valid;
    }
    return answer;
}

}  // namespace authgrammar::verify
