#include "peers.hpp"

#include "watchdog.hpp"

#include <dlfcn.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <stdexcept>

namespace authgrammar::bench {

namespace {

using clock = std::chrono::steady_clock;

double nanoseconds(clock::duration d) noexcept {
    return static_cast<double>(std::chrono::duration_cast<std::chrono::nanoseconds>(d).count());
}

/// What a peer gets of a value: all of it, or what follows the first scheme and its space.
std::string_view part_for(char scope, std::string_view value) noexcept {
    if (scope == 'F') return value;
    value.remove_prefix(std::min(value.find(' '), value.size() - 1) + 1);
    return value;
}

/// What the child of a probe sends home.
struct counts {
    std::uint64_t accepted = 0;
    std::uint64_t refused = 0;   ///< of those that are valid
    std::uint64_t lenient = 0;   ///< accepted, but not valid
    std::uint64_t wrong = 0;     ///< valid and accepted, with another number of spans
    std::uint64_t spans = 0;     ///< of those that it accepts
    std::uint64_t expected = 0;  ///< of those that are valid
    std::uint64_t valid = 0;
    std::uint64_t lists = 0;  ///< of more than one challenge
    double ns = 0;
};

}  // namespace

peer_path::~peer_path() {
    for (const auto& [of, texts] : prepared_) {
        for (void* text : texts) peer_->release(text);
    }
}

void peer_path::prepare(const item& of) {
    std::vector<void*>& texts = prepared_[&of];
    current_ = &texts;
    if (!texts.empty()) return;
    for (const std::string& value : of.values) {
        const std::string_view part = part_for(peer_->scope, value);
        void* text = peer_->prepare(part.data(), part.size(), of.field == field::authorization);
        if (text == nullptr) break;
        texts.push_back(text);
    }
}

std::uint64_t peer_path::run(const item& of, std::size_t first, std::size_t last) {
    const int credentials = of.field == field::authorization;
    std::uint64_t sum = 0;
    for (std::size_t i = first; i < last; ++i) {
        sum += static_cast<std::uint64_t>(peer_->parse((*current_)[i], credentials, 0));
    }
    return sum;
}

outcome peer_path::read(const item& of, std::size_t index) {
    const long spans = peer_->parse((*current_)[index], of.field == field::authorization, 1);
    outcome o;
    o.valid = spans >= 0;
    o.has_spans = true;
    o.spans = spans < 0 ? 0 : static_cast<std::uint64_t>(spans);
    return o;
}

peer_finding peer_path::probe(const item& of, const item_truth& truth, unsigned seconds) {
    peer_finding finding;
    const auto has_params = [&](std::size_t i) { return !truth.valid[i] || truth.spans[i] > truth.schemes[i]; };
    for (std::size_t i = 0; peer_->scope == 'P' && i < of.values.size(); ++i) {
        if (!has_params(i)) return finding;
    }
    counts found;
    const auto work = [&](counts& c) {
        prepare(of);
        if (current_->size() != of.values.size()) return false;
        for (std::size_t i = 0; i < of.values.size(); ++i) {
            const outcome o = read(of, i);
            const std::uint64_t expected =
                truth.spans[i] - (peer_->scope == 'P' && truth.valid[i] ? truth.schemes[i] : 0);
            c.accepted += o.valid;
            c.spans += o.spans;
            c.refused += truth.valid[i] && !o.valid;
            c.lenient += !truth.valid[i] && o.valid;
            c.wrong += truth.valid[i] && o.valid && o.spans != expected;
            c.valid += truth.valid[i];
            c.lists += truth.schemes[i] > 1;
            c.expected += expected;
        }
        const clock::time_point start = clock::now();
        run(of, 0, of.values.size());
        c.ns = nanoseconds(clock::now() - start) / static_cast<double>(of.values.size());
        return true;
    };
    switch (in_child(found, work, seconds)) {
        case child_end::done: break;
        case child_end::declined: return finding;
        case child_end::hang: finding.verdict = "hang"; return finding;
        case child_end::crash: finding.verdict = "crash"; return finding;
    }
    const auto average = [](std::uint64_t sum, std::uint64_t of_how_many) {
        return of_how_many == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(of_how_many);
    };
    finding.spans = average(found.spans, found.accepted);
    finding.expected_spans = average(found.expected, found.valid);
    finding.ns = found.ns;
    // Parameters of a second challenge with the right number of spans have its scheme in a name.
    const std::uint64_t out_of_scope = peer_->scope == 'P' ? found.lists : 0;
    finding.comparable = found.refused + found.lenient + found.wrong + out_of_scope == 0;
    if (finding.comparable) {
        finding.verdict = truth.verdict;
    } else if (found.accepted == 0) {
        finding.verdict = "refused";
    } else if (found.lenient != 0) {
        finding.verdict = "lenient";
    } else {
        finding.verdict = "partial";
    }
    return finding;
}

std::optional<std::vector<double>> peer_path::probe_times(const std::vector<const item*>& items, unsigned seconds) {
    std::vector<double> times;
    for (const item* of : items) {
        double best = 0;
        const auto work = [&](double& least) {
            prepare(*of);
            if (current_->size() != of->values.size() || !read(*of, 0).valid) return false;
            const std::size_t all = of->values.size();
            const clock::time_point begin = clock::now();
            for (int i = 0; i < 20; ++i) {
                const clock::time_point start = clock::now();
                run(*of, 0, all);
                const double ns = nanoseconds(clock::now() - start) / static_cast<double>(all);
                if (i == 0 || ns < least) least = ns;
                if (clock::now() - begin > std::chrono::milliseconds(100)) break;
            }
            return true;
        };
        if (in_child(best, work, seconds) != child_end::done) return std::nullopt;
        times.push_back(best);
    }
    return times;
}

std::vector<std::unique_ptr<peer_path>> load_peers(const std::string& directory) {
    std::vector<std::filesystem::path> files;
    if (std::filesystem::is_directory(directory)) {
        for (const auto& entry : std::filesystem::directory_iterator(directory)) {
            if (entry.path().extension() == ".so") files.push_back(entry.path());
        }
    }
    std::sort(files.begin(), files.end());
    std::vector<std::unique_ptr<peer_path>> peers;
    for (const auto& file : files) {
        void* module = dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
        if (module == nullptr) throw std::runtime_error(dlerror());
        using entry = const authgrammar_bench_peer* (*)();
        const auto of_module = reinterpret_cast<entry>(dlsym(module, "authgrammar_bench_peer_of_module"));
        if (of_module == nullptr) throw std::runtime_error(file.string() + " is no module of a peer");
        const authgrammar_bench_peer* peer = of_module();
        if (peer->interface_version != AUTHGRAMMAR_BENCH_PEER_VERSION) {
            throw std::runtime_error(file.string() + " is of another version");
        }
        peers.push_back(std::make_unique<peer_path>(*peer));
    }
    return peers;
}

}  // namespace authgrammar::bench
