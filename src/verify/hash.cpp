#include "hex.hpp"

#include <authgrammar/detail/portability.hpp>
#include <authgrammar/verify/hash.hpp>
#include <authgrammar/verify/secure.hpp>

#include <openssl/evp.h>

#include <cstring>
#include <iterator>

namespace authgrammar::verify {

namespace {

constexpr const char* names[] = {"MD5", "SHA2-256", "SHA2-512/256"};

/// The place of the hash function of `a` among the names.
[[nodiscard]] std::size_t function_of(digest_algorithm a) noexcept {
    switch (a) {
        case digest_algorithm::md5:
        case digest_algorithm::md5_sess: return 0;
        case digest_algorithm::sha_256:
        case digest_algorithm::sha_256_sess: return 1;
        case digest_algorithm::sha_512_256:
        case digest_algorithm::sha_512_256_sess: break;
    }
    return 2;
}

[[nodiscard]] EVP_MD_CTX* context(void* c) noexcept { return static_cast<EVP_MD_CTX*>(c); }

}  // namespace

hex_hash::hex_hash(const hex_hash& other) noexcept : size_(other.size_) {
    std::memcpy(digits_, other.digits_, other.size_);
}

hex_hash& hex_hash::operator=(const hex_hash& other) noexcept {
    if (other.size_ < size_) wipe(digits_ + other.size_, size_ - other.size_);
    size_ = other.size_;
    std::memmove(digits_, other.digits_, other.size_);
    return *this;
}

hex_hash::~hex_hash() {
    if (size_ != 0) wipe(digits_, size_);
}

void hex_hash::assign(std::string_view digits) noexcept {
    const std::size_t size = digits.size() == 32 || digits.size() == 64 ? digits.size() : 0;
    if (size != 0) std::memmove(digits_, digits.data(), size);
    if (size < size_) wipe(digits_ + size, size_ - size);
    size_ = size;
}

bool hex_hash::equals(std::string_view other) const noexcept { return size_ != 0 && equal_secrets(view(), other); }

void hex_hash::set(const unsigned char* bytes, std::size_t size) noexcept {
    write_hex(bytes, size, digits_);
    size_ = 2 * size;
}

/// Collects the text that is hashed, so that OpenSSL is called once or twice a hash.
class hasher::input {
public:
    input(const hasher& h, digest_algorithm a) noexcept : context_(context(h.context_)) {
        const auto* function = static_cast<const EVP_MD*>(h.functions_[function_of(a)]);
        ok_ = context_ != nullptr && function != nullptr && EVP_DigestInit_ex2(context_, function, nullptr) == 1;
    }
    input(const input&) = delete;
    input& operator=(const input&) = delete;
    ~input() {
        if (secret_ != 0) wipe(bytes_, secret_);
    }

    /// What was added so far is wiped at the end.
    void keep_secret() noexcept { secret_ = flushed_ ? sizeof bytes_ : size_; }

    input& operator<<(char c) noexcept {
        if (size_ == sizeof bytes_) flush();
        bytes_[size_++] = c;
        return *this;
    }
    input& operator<<(std::string_view piece) noexcept {
        if (AUTHGRAMMAR_UNLIKELY(piece.size() > sizeof bytes_ - size_)) {
            add_long(piece);
        } else if (!piece.empty()) {
            std::memcpy(bytes_ + size_, piece.data(), piece.size());
            size_ += piece.size();
        }
        return *this;
    }
    input& operator<<(const text& t) noexcept {
        if (AUTHGRAMMAR_UNLIKELY(t.quoted() || t.spans_lines())) {
            add_unescaped(t);
            return *this;
        }
        return *this << t.raw();
    }

    /// Adds `bytes` in hexadecimal.
    void add_hex(const unsigned char* bytes, std::size_t size) noexcept {
        if (2 * size > sizeof bytes_ - size_) flush();
        write_hex(bytes, size, bytes_ + size_);
        size_ += 2 * size;
    }

    /// Writes the hash to `bytes`, EVP_MAX_MD_SIZE of them, and returns its size; 0 if there is none.
    [[nodiscard]] std::size_t finish(unsigned char* bytes) noexcept {
        unsigned size = 0;
        flush();
        return ok_ && EVP_DigestFinal_ex(context_, bytes, &size) == 1 ? size : 0;
    }
    [[nodiscard]] hex_hash finish() noexcept {
        hex_hash made;
        unsigned char bytes[EVP_MAX_MD_SIZE];
        const std::size_t size = finish(bytes);
        if (size != 0) made.set(bytes, size);
        if (secret_ != 0) wipe(bytes, sizeof bytes);
        return made;
    }

private:
    // Out of line: what is there for each piece, and never needed, would push other code out of the processor's cache.
    AUTHGRAMMAR_COLD void add_long(std::string_view piece) noexcept {
        flush();
        update(piece);
    }
    AUTHGRAMMAR_COLD void add_unescaped(const text& t) noexcept {
        const result<std::size_t> size = t.unescape(bytes_ + size_, sizeof bytes_ - size_);
        if (size) {
            size_ += *size;
            return;
        }
        t.for_each_octet([this](char c) {
            *this << c;
            return true;
        });
    }
    void flush() noexcept {
        update({bytes_, size_});
        flushed_ = true;
        size_ = 0;
    }
    void update(std::string_view piece) noexcept {
        ok_ = ok_ && EVP_DigestUpdate(context_, piece.data(), piece.size()) == 1;
    }

    EVP_MD_CTX* context_;
    bool ok_;
    std::size_t size_ = 0;
    bool flushed_ = false;
    std::size_t secret_ = 0;  ///< the bytes to wipe
    char bytes_[448];
};

hasher::hasher() noexcept : context_(EVP_MD_CTX_new()) {
    for (std::size_t i = 0; i < std::size(names); ++i) functions_[i] = EVP_MD_fetch(nullptr, names[i], nullptr);
}

hasher::~hasher() {
    EVP_MD_CTX_free(context(context_));
    for (void* function : functions_) EVP_MD_free(static_cast<EVP_MD*>(function));
}

bool hasher::supports(digest_algorithm a) const noexcept {
    return context_ != nullptr && functions_[function_of(a)] != nullptr;
}

// decides: R7616-3.4.4-userhash
hex_hash hasher::username(digest_algorithm a, std::string_view username, std::string_view realm) noexcept {
    input in(*this, a);
    in << username << ':' << realm;
    return in.finish();
}

hex_hash hasher::a1(digest_algorithm a, std::string_view username, std::string_view realm,
                    std::string_view password) noexcept {
    input in(*this, a);
    in << username << ':' << realm << ':' << password;
    in.keep_secret();
    return in.finish();
}

// decides: R7616-3.4.2-a1-session
hex_hash hasher::session_a1(digest_algorithm a, std::string_view a1, text nonce, text cnonce) noexcept {
    input in(*this, a);
    in << a1 << ':' << nonce << ':' << cnonce;
    in.keep_secret();
    return in.finish();
}

// decides: R7616-3.4.1-response, R7616-3.4.3-a2, R7616-3.5-rspauth-value
hex_hash hasher::response(const response_input& r) noexcept {
    unsigned char a2[EVP_MAX_MD_SIZE];  // no secret
    std::size_t a2_size = 0;
    {
        input in(*this, r.algorithm);
        in << r.method << ':' << r.uri;
        if (r.qop == digest_qop::auth_int) in << ':' << r.body;
        a2_size = in.finish(a2);
    }
    if (a2_size == 0) return {};
    input in(*this, r.algorithm);
    in << r.a1;
    in.keep_secret();
    in << ':' << r.nonce << ':';
    if (r.qop != digest_qop::none) in << r.nc << ':' << r.cnonce << ':' << name_of(r.qop) << ':';
    in.add_hex(a2, a2_size);
    return in.finish();
}

body_hash::body_hash(const hasher& functions, digest_algorithm a) noexcept
    : function_(functions.functions_[function_of(a)]), context_(EVP_MD_CTX_new()) {
    start();
}

body_hash::~body_hash() { EVP_MD_CTX_free(context(context_)); }

void body_hash::start() noexcept {
    ok_ = context_ != nullptr && function_ != nullptr &&
          EVP_DigestInit_ex2(context(context_), static_cast<const EVP_MD*>(function_), nullptr) == 1;
}

void body_hash::feed(std::string_view piece) noexcept {
    ok_ = ok_ && EVP_DigestUpdate(context(context_), piece.data(), piece.size()) == 1;
}

hex_hash body_hash::finish() noexcept {
    hex_hash made;
    unsigned char bytes[EVP_MAX_MD_SIZE];
    unsigned size = 0;
    if (ok_ && EVP_DigestFinal_ex(context(context_), bytes, &size) == 1) made.set(bytes, size);
    start();
    return made;
}

}  // namespace authgrammar::verify
