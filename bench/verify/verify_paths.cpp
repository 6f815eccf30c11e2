#include "../verify_paths.hpp"

#include <authgrammar/isa.hpp>
#include <authgrammar/parse.hpp>
#include <authgrammar/verify/digest_client.hpp>
#include <authgrammar/verify/digest_server.hpp>

#include <benchmark/benchmark.h>
#include <openssl/evp.h>

#include <chrono>
#include <stdexcept>
#include <string>
#include <string_view>

namespace authgrammar::bench {

namespace {

namespace v = authgrammar::verify;

constexpr v::digest_algorithm algorithms[] = {v::digest_algorithm::sha_256};
constexpr std::string_view client = "192.0.2.1";
constexpr std::string_view lower = "abcdefghijklmnopqrstuvwxyz";

/// A server at one moment.
struct server {
    v::hasher hashes{};
    v::nonce_maker nonces{v::nonce_key{{7, 2, 3, 5}}};
    v::digest_server digest{offer(), hashes, nonces, {}};
    v::time_point now{std::chrono::hours(500'000)};

    static v::digest_offer offer() noexcept {
        v::digest_offer o;
        o.realm = "http-auth@users.example.org";
        o.algorithms = algorithms;
        o.algorithm_count = 1;
        o.opaque = "FQhe_qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS";
        return o;
    }
};

/// What a client sends, and what the hashes are made of.
struct proof {
    std::string value;
    std::string target;
    std::string a1;  ///< H(A1)
    std::string a2_octets;
    std::string response_octets;
};

proof make_proof(server& of, random_source& random) {
    char challenge_value[1024];
    const auto sent = of.digest.write_challenge(algorithms[0], false, client, of.now, challenge_value, 1024);
    inline_event_buffer<64> events;
    const auto list = parse_challenges(field::www_authenticate, std::string_view(challenge_value, sent.size), events);
    const auto challenge = list ? v::choose_challenge(of.hashes, *list) : std::nullopt;
    if (!challenge) throw std::runtime_error("no challenge to verify an answer to");

    const std::string name = random.text(random.between(4, 9), lower);
    const std::string cnonce = random.text(44, lower);
    proof p;
    p.target = "/dir/" + random.text(random.between(6, 18), lower) + ".html";
    v::digest_login login;
    login.username = name;
    login.password = "Circle of Life";
    v::digest_use use;
    use.method = "GET";
    use.target = p.target;
    use.cnonce = cnonce;
    use.nc = static_cast<std::uint32_t>(random.between(1, 0x7fffffff));
    char value[2048];
    const auto answer = v::answer_challenge(of.hashes, *challenge, login, use, value, sizeof value);
    if (!answer) throw std::runtime_error("no answer to verify");
    p.value.assign(value, answer.written.size);
    p.a1 = answer.a1.view();
    p.a2_octets = "GET:" + p.target;
    // As long as what is hashed, with another H(A2).
    p.response_octets = p.a1 + ":" + std::string(challenge->nonce.raw()) + ":00000000:" + cnonce + ":auth:" + p.a1;
    return p;
}

/// As many as the item has values, the same in every run but for the nonces.
std::vector<proof> make_proofs(server& of, const item& like) {
    random_source random(7616);
    std::vector<proof> list;
    for (std::size_t i = 0; i < like.values.size(); ++i) list.push_back(make_proof(of, random));
    return list;
}

class of_proofs : public path {
public:
    using path::path;
    [[nodiscard]] bool takes(const item& of) const override { return of.name == "digest_cred"; }
    void prepare(const item& of) override {
        if (proofs_.size() != of.values.size()) proofs_ = make_proofs(server_, of);
    }

protected:
    server server_{};
    std::vector<proof> proofs_{};
};

class verify_path final : public of_proofs {
public:
    explicit verify_path(isa i) : of_proofs(std::string(name_of(i)) + "/verify"), isa_(i) {}

    void prepare(const item& of) override {
        of_proofs::prepare(of);
        force_isa(isa_);
    }
    std::uint64_t run(const item&, std::size_t first, std::size_t last) override {
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            sum += verify(proofs_[i]) ? 1 : 0;
            benchmark::ClobberMemory();
        }
        return sum;
    }
    outcome read(const item&, std::size_t index) override {
        outcome o;
        o.valid = verify(proofs_[index]);
        return o;
    }

private:
    bool verify(const proof& p) noexcept {
        v::digest_request request;
        request.method = "GET";
        request.target = p.target;
        request.client = client;
        const auto users = [&p](const v::user_query&, v::user_secret& secret) noexcept {
            secret.a1 = p.a1;
            return true;
        };
        const v::digest_verdict said =
            server_.digest.verify(std::string_view(p.value), request, users, server_.now, exchange_);
        return said.is == v::verdict::accepted;
    }

    isa isa_;
    v::digest_exchange exchange_{};
};

class hashes_path final : public of_proofs {
public:
    hashes_path()
        : of_proofs("yardstick/hashes"),
          context_(EVP_MD_CTX_new()),
          function_(EVP_MD_fetch(nullptr, "SHA2-256", nullptr)) {}
    ~hashes_path() override {
        EVP_MD_CTX_free(context_);
        EVP_MD_free(function_);
    }

    std::uint64_t run(const item&, std::size_t first, std::size_t last) override {
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            sum += hash(proofs_[i].a2_octets);
            sum += hash(proofs_[i].response_octets);
        }
        return sum;
    }
    outcome read(const item& of, std::size_t index) override {
        outcome o;
        o.valid = run(of, index, index + 1) != 0;
        return o;
    }

private:
    /// The first octet of the hash, plus one; 0 if there is none.
    std::uint64_t hash(std::string_view octets) noexcept {
        unsigned char made[EVP_MAX_MD_SIZE];
        unsigned size = 0;
        const bool done = EVP_DigestInit_ex2(context_, function_, nullptr) == 1 &&
                          EVP_DigestUpdate(context_, octets.data(), octets.size()) == 1 &&
                          EVP_DigestFinal_ex(context_, made, &size) == 1;
        benchmark::ClobberMemory();
        return done ? made[0] + std::uint64_t{1} : 0;
    }

    EVP_MD_CTX* context_;
    EVP_MD* function_;
};

}  // namespace

std::vector<std::unique_ptr<path>> verify_paths() {
    std::vector<std::unique_ptr<path>> list;
    for (const isa i : all_isas) {
        if (is_available(i)) list.push_back(std::make_unique<verify_path>(i));
    }
    list.push_back(std::make_unique<hashes_path>());
    return list;
}

}  // namespace authgrammar::bench
