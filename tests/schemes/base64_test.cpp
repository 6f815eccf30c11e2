#include <authgrammar/schemes/base64.hpp>

#include "support.hpp"

#include <algorithm>
#include <cstring>

#include "schemes/base64_blocks.hpp"

namespace authgrammar::schemes::test {
namespace {

constexpr std::string_view alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// Encodes bit by bit, as RFC 4648, 4 describes it.
std::string naive_encoding(std::string_view octets) {
    std::string bits;
    for (const char c : octets) {
        for (int i = 7; i >= 0; --i) bits += (static_cast<unsigned char>(c) >> i & 1) != 0 ? '1' : '0';
    }
    while (bits.size() % 6 != 0) bits += '0';
    std::string out;
    for (std::size_t i = 0; i < bits.size(); i += 6) out += alphabet[std::stoul(bits.substr(i, 6), nullptr, 2)];
    while (out.size() % 4 != 0) out += '=';
    return out;
}

/// The octets that are encoded as `base64`, found from all octets of that length that there may be by decoding bit by bit
/// and encoding again.
std::optional<std::string> naive_decoding(std::string_view base64) {
    std::string bits;
    for (const char c : base64.substr(0, base64.find('='))) {
        const std::size_t value = alphabet.find(c);
        if (value == std::string_view::npos) return std::nullopt;
        for (int i = 5; i >= 0; --i) bits += (value >> i & 1) != 0 ? '1' : '0';
    }
    std::string octets;
    for (std::size_t i = 0; i + 8 <= bits.size(); i += 8) {
        octets += static_cast<char>(std::stoul(bits.substr(i, 8), nullptr, 2));
    }
    if (naive_encoding(octets) != base64) return std::nullopt;
    return octets;
}

std::optional<std::string> decoded(std::string_view base64, tolerances allowed = {}, tolerances* used = nullptr) {
    std::string buffer(base64.size() + 8, '#');
    const result<decoded_base64, scheme_error> r =
        decode_base64(base64, buffer.data(), base64_decoded_size(base64.size()), allowed);
    EXPECT_EQ(buffer.substr(base64_decoded_size(base64.size())).find_first_not_of('#'), std::string::npos);
    if (!r) return std::nullopt;
    if (used != nullptr) *used = r->used;
    return buffer.substr(0, r->size);
}

std::string encoded(std::string_view octets) {
    std::string out(base64_encoded_size(octets.size()), '#');
    EXPECT_EQ(encode_base64(octets, out.data()), out.size());
    return out;
}

scheme_error error_of(std::string_view base64, tolerances allowed = {}) {
    char buffer[100];
    const result<decoded_base64, scheme_error> r = decode_base64(base64, buffer, sizeof buffer, allowed);
    EXPECT_FALSE(r.has_value()) << base64;
    return r ? scheme_error{} : r.error();
}

TEST(Base64, VectorsOfTheRfc) {
    const std::pair<std::string_view, std::string_view> vectors[] = {{"", ""},
                                                                     {"f", "Zg=="},
                                                                     {"fo", "Zm8="},
                                                                     {"foo", "Zm9v"},
                                                                     {"foob", "Zm9vYg=="},
                                                                     {"fooba", "Zm9vYmE="},
                                                                     {"foobar", "Zm9vYmFy"}};
    for (const auto& [octets, base64] : vectors) {
        EXPECT_EQ(encoded(octets), base64);
        EXPECT_EQ(decoded(base64), octets);
    }
}

TEST(Base64, AllShortOctets) {
    std::string octets;
    for (int a = 0; a < 256; ++a) {
        octets.assign(1, static_cast<char>(a));
        ASSERT_EQ(encoded(octets), naive_encoding(octets));
        ASSERT_EQ(decoded(encoded(octets)), octets);
        for (int b = 0; b < 256; ++b) {
            octets.resize(1);
            octets += static_cast<char>(b);
            ASSERT_EQ(decoded(encoded(octets)), octets);
        }
    }
}

TEST(Base64, AllGroupsOfACharacterOfEachKind) {
    // Characters with and without bits at each end, padding, base64url, and what is no character of either.
    const std::string_view characters = "AQgx+/=-_. \n";
    std::string text(4, ' ');
    for (const std::string before : {"", "QUJD"}) {
        for (const char a : characters) {
            for (const char b : characters) {
                for (const char c : characters) {
                    for (const char d : characters) {
                        text = before + std::string{a, b, c, d};
                        ASSERT_EQ(decoded(text), naive_decoding(text)) << text;
                    }
                    ASSERT_EQ(decoded(before + std::string{a, b, c}), std::nullopt);
                }
                ASSERT_EQ(decoded(before + std::string{a, b}), std::nullopt);
            }
            ASSERT_EQ(decoded(before + std::string{a}), std::nullopt);
        }
    }
}

TEST(Base64, EachOctetAtEachPlaceOfALongText) {
    std::string octets;
    for (int i = 0; i < 64; ++i) octets += static_cast<char>(i * 37);
    for (std::size_t size = 40; size < 64; ++size) {
        const std::string right = encoded(octets.substr(0, size));
        ASSERT_EQ(decoded(right), octets.substr(0, size));
        for (std::size_t i = 0; i < right.size(); i += 5) {
            for (int c = 0; c < 256; c += 3) {
                std::string wrong = right;
                wrong[i] = static_cast<char>(c);
                ASSERT_EQ(decoded(wrong), naive_decoding(wrong)) << wrong;
            }
        }
    }
}

#if AUTHGRAMMAR_IS_X86_64
TEST(Base64, BlocksAndGroupsAgree) {
    if (!is_available(isa::avx2)) GTEST_SKIP() << "this processor has no AVX2";
    no_sink sink;
    for (const std::size_t size : {4U, 16U, 20U, 24U, 28U, 32U, 36U, 48U}) {
        std::string text;
        for (std::size_t i = 0; i < size; ++i) text += alphabet[i * 29 % 64];
        for (std::size_t i = 0; i < size; ++i) {
            std::string other = text;
            for (int c = 0; c < 256; ++c) {
                other[i] = static_cast<char>(c);
                std::string groups(size, '#');
                std::string blocks(size, '#');
                const bool valid = decode_groups(other.data(), size, groups.data(), sink);
                ASSERT_EQ(decode_groups_avx2(other.data(), size, blocks.data(), sink), valid) << other;
                ASSERT_EQ(valid, alphabet.find(static_cast<char>(c)) != std::string_view::npos);
                if (!valid) continue;
                ASSERT_EQ(blocks.substr(0, size / 4 * 3), groups.substr(0, size / 4 * 3)) << other;
            }
        }
    }
}
#endif

TEST(Base64, ErrorsNameThePlace) {
    struct {
        std::string_view base64;
        scheme_error_code code;
        std::size_t offset;
        tolerance permitted_by;
    } const cases[] = {
        {"QU*D", scheme_error_code::invalid_base64, 2, tolerance::none},
        {"QUJD\r\nQUJD", scheme_error_code::invalid_base64, 4, tolerance::none},
        {"QQ==QQ==", scheme_error_code::invalid_base64, 2, tolerance::none},
        {"QU-D", scheme_error_code::invalid_base64, 2, tolerance::base64url_alphabet},
        {"QU+D_A==", scheme_error_code::invalid_base64, 4, tolerance::none},
        {"QUJDQ", scheme_error_code::base64_length, 5, tolerance::none},
        {"QUJDQ===", scheme_error_code::base64_length, 5, tolerance::none},
        {"QUJDQQ", scheme_error_code::base64_padding, 6, tolerance::base64_missing_padding},
        {"QUJDQUI", scheme_error_code::base64_padding, 7, tolerance::base64_missing_padding},
        {"QUJDQQ=", scheme_error_code::base64_padding, 7, tolerance::none},
        {"QUJDQQ===", scheme_error_code::base64_padding, 8, tolerance::none},
        {"QUJD=", scheme_error_code::base64_padding, 4, tolerance::none},
        {"====", scheme_error_code::base64_padding, 0, tolerance::none},
        {"QR==", scheme_error_code::base64_trailing_bits, 1, tolerance::none},
        {"QUJDQUJ=", scheme_error_code::base64_trailing_bits, 6, tolerance::none},
        {"QR", scheme_error_code::base64_trailing_bits, 1, tolerance::none},
    };
    for (const auto& c : cases) {
        const scheme_error e = error_of(c.base64);
        EXPECT_EQ(e.code, c.code) << c.base64;
        EXPECT_EQ(e.offset, c.offset) << c.base64;
        EXPECT_EQ(e.permitted_by, c.permitted_by) << c.base64;
        EXPECT_FALSE(e.section.empty()) << c.base64;
    }
}

TEST(Base64, TolerancesAreReportedWhenUsed) {
    constexpr tolerances both = tolerance::base64_missing_padding | tolerance::base64url_alphabet;
    tolerances used;
    EXPECT_EQ(decoded("QUJDQQ", both, &used), "ABCA");
    EXPECT_EQ(used, tolerances(tolerance::base64_missing_padding));
    EXPECT_EQ(decoded("-_-_", both, &used), "\xFB\xFF\xBF");
    EXPECT_EQ(used, tolerances(tolerance::base64url_alphabet));
    EXPECT_EQ(decoded("-_8", both, &used), "\xFB\xFF");
    EXPECT_EQ(used, both);
    EXPECT_EQ(decoded("+/+/", both, &used), "\xFB\xFF\xBF");
    EXPECT_TRUE(used.empty());

    EXPECT_EQ(decoded("-_-_", tolerance::base64_missing_padding), std::nullopt);
    EXPECT_EQ(decoded("QQ", tolerance::base64url_alphabet), std::nullopt);
    // A tolerance lets nothing else pass.
    EXPECT_EQ(error_of("QR", both).code, scheme_error_code::base64_trailing_bits);
    EXPECT_EQ(error_of("QQ=", both).code, scheme_error_code::base64_padding);
    EXPECT_EQ(error_of("Q", both).code, scheme_error_code::base64_length);
    EXPECT_EQ(error_of("-+-+", both).offset, 1U);
    EXPECT_EQ(error_of("/_/_", both).offset, 1U);
}

TEST(Base64, WritesNoFurtherThanItsBuffer) {
    for (std::size_t size = 0; size < 20; ++size) {
        const std::string octets(size, 'x');
        const std::string base64 = encoded(octets);
        std::string buffer(40, '#');
        for (std::size_t capacity = 0; capacity < size; ++capacity) {
            const result<decoded_base64, scheme_error> r = decode_base64(base64, buffer.data(), capacity);
            ASSERT_FALSE(r.has_value());
            EXPECT_EQ(r.error().code, scheme_error_code::buffer_full);
            EXPECT_EQ(r.error().offset, size);
            EXPECT_EQ(buffer, std::string(40, '#'));
        }
        const result<decoded_base64, scheme_error> r = decode_base64(base64, buffer.data(), size);
        ASSERT_TRUE(r.has_value());
        EXPECT_EQ(buffer, octets + std::string(40 - size, '#'));
        const result<decoded_base64, scheme_error> none = decode_base64(base64, nullptr, 100);
        EXPECT_EQ(none.has_value(), size == 0);
    }
}

TEST(Base64, LeavesNothingOfWhatItRefuses) {
    std::string buffer(40, '#');
    const std::string base64 = encoded("a secret that is long enough").substr(0, 36) + "QUI*";
    ASSERT_FALSE(decode_base64(base64, buffer.data(), buffer.size()).has_value());
    EXPECT_EQ(buffer.substr(0, 30), std::string(30, '\0'));
}

TEST(Base64, DecodesInPlaceAndBefore) {
    constexpr tolerances both = tolerances(tolerance::base64_missing_padding) | tolerance::base64url_alphabet;
    for (std::size_t size = 1; size < 70; ++size) {
        std::string octets;
        for (std::size_t i = 0; i < size; ++i) octets += static_cast<char>(i * 89 + 190);
        for (const bool url : {false, true}) {
            std::string base64 = encoded(octets);
            if (url) {
                std::replace(base64.begin(), base64.end(), '+', '-');
                std::replace(base64.begin(), base64.end(), '/', '_');
                base64.resize(base64.find_last_not_of('=') + 1);
            }
            for (std::size_t before = 0; before < 5; ++before) {
                std::string memory = std::string(before, '#') + base64 + "####";
                const std::string_view there(memory.data() + before, base64.size());
                const auto r = decode_base64(there, memory.data(), memory.size() - 4, both);
                ASSERT_TRUE(r.has_value()) << base64 << " " << before;
                ASSERT_EQ(memory.substr(0, r->size), octets) << base64 << " " << before;
            }
        }
    }
    // An error is the one that a buffer elsewhere gives.
    std::string wrong = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVph*mNk";
    const auto r = decode_base64(wrong, wrong.data(), wrong.size());
    ASSERT_FALSE(r.has_value());
    EXPECT_EQ(r.error().offset, 36U);
}

TEST(Base64, Sizes) {
    for (std::size_t n = 0; n < 50; ++n) {
        EXPECT_EQ(base64_encoded_size(n), naive_encoding(std::string(n, 'x')).size());
        EXPECT_GE(base64_decoded_size(base64_encoded_size(n)), n);
    }
    EXPECT_EQ(base64_decoded_size(2), 1U);
    EXPECT_EQ(base64_decoded_size(3), 2U);
}

}  // namespace
}  // namespace authgrammar::schemes::test
