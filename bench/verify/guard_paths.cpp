#include "../guard_paths.hpp"

#include <authgrammar/conversation/exchange.hpp>
#include <authgrammar/isa.hpp>

#include <benchmark/benchmark.h>

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace authgrammar::bench {

namespace {

namespace c = authgrammar::conversation;

c::guard_options options() {
    c::guard_options o;
    o.realm = "files";
    o.offers = {c::basic_offer{false, {}}};
    return o;
}

class guard_path final : public path {
public:
    explicit guard_path(isa i) : path(std::string(name_of(i)) + "/guard"), isa_(i) {}

    [[nodiscard]] bool takes(const item& of) const override { return of.name == "basic"; }
    void prepare(const item&) override { force_isa(isa_); }
    std::uint64_t run(const item& of, std::size_t first, std::size_t last) override {
        std::uint64_t sum = 0;
        for (std::size_t i = first; i < last; ++i) {
            sum += check(of.values[i]) ? 1 : 0;
            benchmark::ClobberMemory();
        }
        return sum;
    }
    outcome read(const item& of, std::size_t index) override {
        outcome o;
        o.valid = check(of.values[index]);
        return o;
    }

private:
    bool check(std::string_view value) noexcept {
        c::request r{};
        r.method = "GET";
        r.target = "/";
        r.secured = true;
        r.credentials = value;
        exchange_.check(r);
        // The comparison is the host's.
        return exchange_.password_is(!exchange_.user().empty()) == c::exchange_state::admitted;
    }

    isa isa_;
    c::guard guard_{options()};
    c::exchange exchange_{guard_};
};

}  // namespace

std::vector<std::unique_ptr<path>> guard_paths() {
    std::vector<std::unique_ptr<path>> list;
    for (const isa i : all_isas) {
        if (is_available(i)) list.push_back(std::make_unique<guard_path>(i));
    }
    return list;
}

}  // namespace authgrammar::bench
