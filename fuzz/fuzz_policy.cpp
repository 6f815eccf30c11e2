// Runs a script of calls to the policy library, each beside a naive model: decisions, targets, the credential store,
// the choice of a challenge, the retry guard, the comparison of two sides of a hop, and what a shared cache may reuse.
// The input has one step a line: `facts 0123`, `uri http://a/b`, `at ../c`, `request GET /x a:80`,
// `keep Basic|secret|realm|domain|60`, `keep-proxy Basic|secret`, `again`, `get`, `ask Basic|realm`, `get-proxy`,
// `drop Basic|realm`, `drop-space realm`, `drop-host a`, `drop-proxy`, `drop-old`, `drop-all`, `wait 60`,
// `sent Basic YTpi`, `401 Basic realm="x"`, `choose Basic`, `< WWW-Authenticate: A`, `> WWW-Authenticate: A`,
// `hop 401 401 gateway CONNECT tunnel`, `cache public`, `reuse authorized`. Other lines are ignored.
// Options: four bytes: room of the store; its times; retry limits; the field and the order of schemes.

#include "fuzz_policy.hpp"
#include "naive/challenge.hpp"
#include "naive/retry.hpp"
#include "naive/selection.hpp"
#include "naive/store.hpp"
#include "naive/text.hpp"
#include "support/input.hpp"
#include "support/mutator.hpp"
#include "support/oracle.hpp"

#include <authgrammar/parse.hpp>
#include <authgrammar/policy/hop.hpp>
#include <authgrammar/policy/retry.hpp>
#include <authgrammar/policy/selection.hpp>

#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdlib>
#include <functional>
#include <memory>
#include <memory_resource>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar;
using fuzz::planted;
using fuzz::require;
using std::chrono::seconds;

/// Memory that must be all zeros when it is given back.
class wiped_memory : public std::pmr::memory_resource {
public:
    [[nodiscard]] std::size_t blocks() const noexcept { return blocks_; }

private:
    void* do_allocate(std::size_t bytes, std::size_t) override {
        ++blocks_;
        return new char[bytes];
    }
    void do_deallocate(void* block, std::size_t bytes, std::size_t) override {
        char* const octets = static_cast<char*>(block);
        if (planted("a_long_secret_is_wiped_in_part") && bytes > 8) octets[bytes - 1] = 's';
        require("secrets_are_wiped", std::all_of(octets, octets + bytes, [](char c) { return c == 0; }));
        --blocks_;
        delete[] octets;
    }
    bool do_is_equal(const memory_resource& other) const noexcept override { return this == &other; }

    std::size_t blocks_ = 0;
};

/// The parts of a step's argument, separated by "|".
class parts {
public:
    explicit parts(std::string_view argument) : all_(fuzz::split(argument, '|')) {}
    [[nodiscard]] std::string_view text(std::size_t i) const { return i < all_.size() ? all_[i] : std::string_view(); }
    [[nodiscard]] std::optional<std::string_view> maybe(std::size_t i) const {
        return i < all_.size() ? std::optional<std::string_view>(all_[i]) : std::nullopt;
    }

private:
    std::vector<std::string_view> all_;
};

long long number_in(std::string_view digits) { return std::strtoll(std::string(digits).c_str(), nullptr, 10); }

std::optional<std::string> owned(std::optional<std::string_view> text) {
    return text ? std::optional<std::string>(*text) : std::nullopt;
}

/// A field value with challenges, parsed, and the text of the same challenges in reverse order.
struct offered_list {
    std::vector<event> memory;
    event_buffer buffer;
    result<challenges> read;
    std::string reversed;

    offered_list(field f, std::string_view value)
        : memory(2 * value.size() + 4), buffer(memory.data(), memory.size()), read(parse_challenges(f, value, buffer)) {
        if (!read) return;
        for (const challenge& c : *read) {
            const std::string one(value.substr(c.begin(), c.end() - c.begin()));
            reversed = reversed.empty() ? one : one + ", " + reversed;
        }
    }
    offered_list(const offered_list&) = delete;
    offered_list& operator=(const offered_list&) = delete;
};

/// Everything that a script drives: a client with its store and its retry guard, and the two sides of a hop.
class script_runner {
public:
    script_runner(const fuzz::input& in, std::string_view script)
        : script_(script),
          limits_{1 + in.option(0) % 4, std::size_t{64} << (in.option(0) / 16 * 2 % 16), 1 + in.option(0) / 4 % 4,
                  seconds(1 + in.option(1) % 16 * 20), seconds(1 + in.option(1) / 16 * 15)},
          retries_{in.option(2) % 4, in.option(2) / 4 % 4, in.option(2) / 16 % 4},
          field_(in.option(3) % 2 == 0 ? field::www_authenticate : field::proxy_authenticate),
          store_(
              limits_, [this] { return now_; }, &memory_),
          naive_store_(limits_),
          guard_(field_, retries_),
          mirrored_(field_, retries_),
          naive_guard_(retries_) {
        unsigned kept = in.option(3) / 2;
        for (const policy::supported_scheme& s : policy::most_secure_first()) {
            // Three schemes in four, which ones depends on the option, but always one.
            kept = kept * 5 + 3;
            if (kept / 4 % 4 != 0 || order_.empty()) order_.push_back(s);
        }
    }

    void run() {
        for (const std::string_view line : fuzz::split(script_, '\n')) {
            const std::size_t space = std::min(line.find(' '), line.size());
            now_ += std::chrono::milliseconds(1);
            step(line.substr(0, space), line.substr(std::min(space + 1, line.size())));
            check_room();
        }
        check_order_of_keeping();
        store_.discard_all();
        std::size_t left = memory_.blocks();
        if (planted("a_secret_stays") && kept_.size() > 1) ++left;
        require("secrets_are_wiped", left == 0);
    }

private:
    struct keeping {
        policy::target_uri target;
        std::string scheme;
        std::string secret;
        std::optional<std::string> realm;
    };

    void step(std::string_view name, std::string_view argument) {
        const parts p(argument);
        if (name == "facts") return fuzz::check_decision(argument);
        if (name == "uri") return go_to(policy::read_target_uri(argument));
        if (name == "at") return follow(argument);
        if (name == "request") return fuzz::check_request(argument);
        if (name == "wait") return wait(argument);
        if (name == "keep") return keep(p);
        if (name == "keep-proxy") return keep_proxy(p);
        if (name == "again") return keep_again();
        if (name == "get") return agree(store_.find(target_), naive_store_.find(target_, now_));
        if (name == "get-proxy") return agree(store_.find_proxy(target_), naive_store_.find_proxy(target_, now_));
        if (name == "ask") return ask(p.text(0), owned(p.maybe(1)));
        if (name.substr(0, 4) == "drop") return drop(name.substr(4), p);
        if (name == "sent") return send(argument);
        if (name == "401") return challenged(argument);
        if (name == "choose") return choose(argument);
        if (name == "<" || name == ">") return add_line(name == "<" ? received_ : sent_, argument);
        if (name == "hop") return hop(argument);
        if (name == "cache" && cache_control_.size() < 32) return cache_control_.push_back(argument);
        if (name == "reuse") return reuse(argument);
    }

    void go_to(const std::optional<policy::target_uri>& target) {
        if (!target) return;
        fuzz::check_target(*target);
        target_ = *target;
        offered_ = {};
    }

    void follow(std::string_view reference) {
        auto resolved = policy::resolve(target_, reference);
        if (planted("a_query_is_inherited") && resolved && reference.size() > 2) resolved->query += target_.query;
        fuzz::check_reference(target_, reference, resolved);
        go_to(resolved);
    }

    void wait(std::string_view digits) {
        const seconds most = std::chrono::hours(24 * 365);
        now_ += std::clamp(seconds(number_in(digits)), seconds(0), most);
    }

    // ---- the store

    void remember(bool for_proxy, const policy::accepted_credentials& accepted) {
        // The model first: `accepted` may view memory of the store, which remember() may free.
        const bool expected = naive_store_.remember(for_proxy, target_, accepted, now_);
        bool kept = for_proxy ? store_.remember_proxy(target_, accepted) : store_.remember(target_, accepted);
        if (planted("too_large_a_secret_is_kept") && accepted.secret.size() > 80) kept = true;
        require("kept_agrees", kept == expected);
        offered_ = {};
    }

    void keep(const parts& p) {
        policy::accepted_credentials accepted{p.text(0), p.maybe(2), p.maybe(3), p.text(1), {}};
        if (!p.text(4).empty()) accepted.lifetime = seconds(number_in(p.text(4)));
        if (kept_.size() < 8) {
            kept_.push_back({target_, std::string(p.text(0)), std::string(p.text(1)), owned(p.maybe(2))});
        }
        remember(false, accepted);
    }

    void keep_proxy(const parts& p) { remember(true, {p.text(0), p.maybe(2), p.maybe(3), p.text(1), {}}); }

    /// Remembers what was offered last, by views of the store's own memory.
    void keep_again() {
        if (offered_.space == nullptr) return;
        std::optional<std::string_view> realm;
        if (offered_.space->realm) realm = *offered_.space->realm;
        const bool for_proxy = target_.path.size() % 2 == 0;
        remember(for_proxy, {offered_.scheme, realm, {}, offered_.secret, {}});
    }

    void agree(std::optional<policy::offered_credentials> found, const fuzz::naive_store::kept* expected) {
        offered_ = {};
        if (planted("an_expired_secret_is_offered") && !found && kept_.size() == 1) found = offered_;
        if (planted("a_shorter_prefix_wins") && found && kept_.size() > 1) found->secret = kept_[0].secret;
        require("found_agrees", found.has_value() == (expected != nullptr));
        if (!found) return;
        require("found_agrees", found->space->root == expected->root && found->space->realm == expected->realm &&
                                    found->scheme == expected->scheme && found->secret == expected->secret);
        offered_ = *found;
    }

    void ask(std::string_view scheme, const std::optional<std::string>& realm) {
        agree(store_.find(policy::protection_space{target_.root, realm}, scheme),
              naive_store_.find(target_.root, realm, scheme, now_));
    }

    void drop(std::string_view what, const parts& p) {
        offered_ = {};
        const policy::protection_space named{target_.root, owned(p.maybe(1))};
        const policy::protection_space space{target_.root, owned(p.maybe(0))};
        std::size_t count = 0;
        std::size_t expected = 0;
        if (what.empty()) {
            count = store_.discard(named, p.text(0));
            expected = naive_store_.discard(named.root, named.realm, p.text(0), now_);
        } else if (what == "-space") {
            count = store_.discard(space);
            expected = naive_store_.discard(space.root, space.realm, {}, now_);
        } else if (what == "-host") {
            count = store_.discard_host(p.text(0));
            expected = naive_store_.discard_host(p.text(0), now_);
        } else if (what == "-proxy") {
            count = store_.discard_proxy(target_);
            expected = naive_store_.discard_proxy(target_, now_);
        } else if (what == "-old") {
            count = store_.discard_expired();
            expected = naive_store_.discard_expired(now_);
        } else if (what == "-all") {
            count = store_.discard_all();
            expected = naive_store_.discard_all();
        }
        if (planted("a_host_keeps_its_other_ports") && what == "-host" && count > 1) --count;
        require("discarded_agrees", count == expected);
    }

    void check_room() const {
        std::size_t size = store_.size();
        std::size_t bytes = store_.bytes();
        if (planted("one_more_is_kept") && size == limits_.entries) ++size;
        if (planted("scopes_take_no_room") && size > 1) bytes -= naive_store_.all()[0].scopes[0].prefix.size();
        require("room_is_bounded", size <= limits_.entries && bytes <= limits_.bytes);
        require("room_is_counted", size == naive_store_.all().size() && bytes == naive_store_.bytes());
    }

    /// With room for all, the order in which credentials of different spaces were accepted changes nothing.
    void check_order_of_keeping() const {
        policy::credential_store forwards;
        policy::credential_store backwards;
        for (std::size_t i = 0; i < kept_.size(); ++i) {
            for (const bool forward : {true, false}) {
                const keeping& k = forward ? kept_[i] : kept_[kept_.size() - 1 - i];
                (forward ? forwards : backwards).remember(k.target, {k.scheme, owned_view(k.realm), {}, k.secret, {}});
            }
        }
        for (const keeping& k : kept_) {
            // Of one space and scheme the last counts.
            const bool alone = std::count_if(kept_.begin(), kept_.end(), [&](const keeping& other) {
                                   return other.target.root == k.target.root && other.realm == k.realm &&
                                          fuzz::lower(other.scheme) == fuzz::lower(k.scheme);
                               }) == 1;
            const policy::protection_space space{k.target.root, k.realm};
            const auto one = forwards.find(space, k.scheme);
            auto other = backwards.find(space, k.scheme);
            if (planted("the_first_kept_is_lost") && &k == &kept_[0] && kept_.size() > 2) other.reset();
            require("order_of_keeping_means_nothing", one.has_value() == other.has_value());
            if (alone && one) require("order_of_keeping_means_nothing", one->secret == other->secret);
        }
    }

    static std::optional<std::string_view> owned_view(const std::optional<std::string>& text) {
        return text ? std::optional<std::string_view>(*text) : std::nullopt;
    }

    /// Texts are of static storage, so they do not point into the script, which holds all secrets.
    void require_static(std::string_view text) const {
        if (planted("an_advice_shows_the_value") && script_.size() > 30) text = script_.substr(8, 8);
        const std::less<> before;
        const bool own = !before(text.data(), script_.data()) && before(text.data(), script_.data() + script_.size());
        require("texts_are_static", !own && !text.empty());
    }

    // ---- challenges

    void choose(std::string_view value) {
        const offered_list list(field_, value);
        if (!list.read) return;
        const policy::scheme_order order{order_.data(), order_.size()};
        bool unsafe = false;
        const std::vector<fuzz::understood> expected = fuzz::expect_choice(*list.read, order, target_.secured, unsafe);
        policy::challenge_choice choice = policy::choose_challenge(*list.read, order, target_.secured);
        if (planted("the_server_s_first_scheme_wins") && expected.size() > 1) choice.index = 0;
        if (planted("unsafe_is_not_understood") && choice.outcome == policy::choice_outcome::only_unsafe) {
            choice.outcome = policy::choice_outcome::nothing_understood;
        }
        require_static(choice.text);
        require("choice_agrees", choice.outcome == choice_of(expected, list.read->empty(), unsafe));
        if (choice) {
            require("choice_agrees",
                    choice.index == expected[0].index && choice.answer_as == &order_[expected[0].rank]);
        }

        const offered_list mirror(field_, list.reversed);
        if (mirror.read) {
            policy::challenge_choice again = policy::choose_challenge(*mirror.read, order, target_.secured);
            if (planted("the_last_challenge_counts") && mirror.reversed.size() > 40) again.answer_as = nullptr;
            require("order_of_challenges_means_nothing",
                    again.outcome == choice.outcome && again.answer_as == choice.answer_as);
        }
        choose_with_store(*list.read, order, expected);
    }

    [[nodiscard]] static policy::choice_outcome choice_of(const std::vector<fuzz::understood>& list, bool none,
                                                          bool unsafe) {
        if (none) return policy::choice_outcome::nothing_offered;
        if (!list.empty()) return policy::choice_outcome::chosen;
        return unsafe ? policy::choice_outcome::only_unsafe : policy::choice_outcome::nothing_understood;
    }

    void choose_with_store(const challenges& offered, policy::scheme_order order,
                           const std::vector<fuzz::understood>& expected) {
        policy::chosen_answer answer = policy::choose_answer(store_, target_, offered, order);
        if (planted("a_weaker_scheme_is_answered") && answer.choice && expected.size() > 2) ++answer.choice.index;
        if (expected.empty()) return require("answer_agrees", !answer.choice && !answer.credentials);
        std::size_t index = expected[0].index;
        const fuzz::naive_store::kept* found = nullptr;
        for (const fuzz::understood& u : expected) {
            if (u.rank != expected[0].rank || found != nullptr) break;
            challenge c;
            std::size_t i = 0;
            for (const challenge& each : offered) c = i++ == u.index ? each : c;
            std::optional<std::string> realm;
            if (const auto param = c.param("realm")) realm = fuzz::octets_of(param->value);
            found = naive_store_.find(target_.root, realm, order_[u.rank].name, now_);
            if (found != nullptr) index = u.index;
        }
        require("answer_agrees", answer.choice && answer.choice.index == index);
        agree(answer.credentials, found);
    }

    void send(std::string_view credentials) {
        bool before = guard_.was_sent(credentials);
        if (planted("credentials_that_begin_alike_are_the_same") && credentials.size() > 8) before = true;
        require("sent_agrees", before == naive_guard_.was_sent(credentials));
        guard_.sent(credentials);
        mirrored_.sent(credentials);
        naive_guard_.sent(credentials);
        require("sent_agrees", guard_.was_sent(credentials));
    }

    void challenged(std::string_view value) {
        using advice = fuzz::naive_retry::advice;
        const offered_list list(field_, value);
        const advice expected = naive_guard_.challenged(list.read ? &*list.read : nullptr);
        policy::retry_advice given = guard_.challenged(value);
        if (planted("rounds_are_not_forgotten") && given.step == policy::retry_step::continue_round && repeated_ > 2) {
            given.step = policy::retry_step::show;
        }
        if (planted("first_and_changed_change_places") && expected == advice::changed)
            given.text = "The first challenge";
        require_static(given.text);
        require("advice_agrees", given.step == step_of(expected));
        require("advice_agrees", given.text.find(word_of(expected)) != std::string_view::npos);
        const bool proxy = field_ == field::proxy_authenticate;
        const bool counted = expected == advice::first || expected == advice::changed || expected == advice::new_token;
        if (counted)
            require("advice_agrees", given.requirement == (proxy ? "R7235-3.2-407-retry" : "R7235-3.1-401-retry"));

        const offered_list mirror(field_, list.reversed);
        policy::retry_advice again = mirrored_.challenged(mirror.read ? std::string_view(list.reversed) : value);
        if (planted("another_order_is_a_change") && expected == advice::same && list.reversed.find(',') < 12) {
            again.step = policy::retry_step::answer;
        }
        require("order_of_challenges_means_nothing", again.step == given.step && again.text == given.text);

        if (given.step == policy::retry_step::show) stopped_ = stopped_ || expected != advice::unreadable;
        if (given.step != policy::retry_step::show && !stopped_) ++repeated_;
        std::size_t repeated = repeated_;
        if (planted("a_request_is_repeated_for_ever") && repeated > 2) repeated += 100;
        require("repetition_ends", repeated <= (retries_.tries + 1) * (retries_.rounds + retries_.renewals + 1));
    }

    [[nodiscard]] static policy::retry_step step_of(fuzz::naive_retry::advice a) {
        using advice = fuzz::naive_retry::advice;
        if (a == advice::first || a == advice::changed || a == advice::new_token) return policy::retry_step::answer;
        if (a == advice::renewed) return policy::retry_step::renew;
        return a == advice::next_round ? policy::retry_step::continue_round : policy::retry_step::show;
    }

    /// A phrase that the sentence for a person must contain.
    [[nodiscard]] static std::string_view word_of(fuzz::naive_retry::advice a) {
        using advice = fuzz::naive_retry::advice;
        switch (a) {
            case advice::first: return "first challenge";
            case advice::changed: return "has changed";
            case advice::renewed: return "nonce";
            case advice::new_token: return "token";
            case advice::next_round: return "another round";
            case advice::same: return "same challenge";
            case advice::too_often: return "often enough";
            case advice::unreadable: break;
        }
        return "could be read";
    }

    // ---- the hop

    static void add_line(policy::hop_message& m, std::string_view line) {
        const std::size_t colon = std::min(line.find(':'), line.size());
        if (m.lines.size() < 32)
            m.lines.push_back({line.substr(0, colon), line.substr(std::min(colon + 1, line.size()))});
    }

    void hop(std::string_view argument) {
        const std::vector<std::string_view> words = fuzz::split(argument, ' ');
        const auto says = [&words](std::string_view word) {
            return std::find(words.begin(), words.end(), word) != words.end();
        };
        received_.status = static_cast<int>(number_in(words[0]) % 1000);
        sent_.status = words.size() > 1 ? static_cast<int>(number_in(words[1]) % 1000) : 0;
        received_.tunnelled = says("tunnel");
        received_.method = says("CONNECT") ? "CONNECT" : "";
        const auto between = says("gateway") ? policy::intermediary::gateway : policy::intermediary::proxy;
        for (const policy::hop_finding& f : fuzz::check_hop(received_, sent_, between)) require_static(f.text);
        received_ = {};
        sent_ = {};
    }

    // ---- the shared cache

    void reuse(std::string_view argument) {
        require_static(fuzz::check_reuse(argument == "authorized", cache_control_).text);
        cache_control_.clear();
    }

    std::string_view script_;
    policy::store_limits limits_;
    policy::retry_limits retries_;
    field field_;
    wiped_memory memory_;
    policy::credential_store::time_point now_{};
    policy::target_uri target_ = *policy::read_target_uri("http://a.example/");
    policy::credential_store store_;
    fuzz::naive_store naive_store_;
    policy::retry_guard guard_;
    policy::retry_guard mirrored_;  ///< gets every list of challenges in reverse order
    fuzz::naive_retry naive_guard_;
    std::vector<policy::supported_scheme> order_;
    policy::offered_credentials offered_;
    std::vector<keeping> kept_;
    policy::hop_message received_;
    policy::hop_message sent_;
    std::vector<std::string_view> cache_control_;
    std::size_t repeated_ = 0;
    bool stopped_ = false;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const fuzz::input in(data, size, 4);
    const fuzz::heap_copy copy(in.text());
    script_runner(in, copy.view()).run();
    return 0;
}

AUTHGRAMMAR_FUZZ_MUTATOR(4, authgrammar::fuzz::policy_text)
