// authgrammar_bench: checks that all paths agree, measures them in one run, and writes what it found as JSON, of which
// scripts/bench makes tables. Exit code 0; 1 if two paths disagree; 2 for usage; 3 if a peer hangs while it is measured.

#include "check.hpp"
#include "guard_paths.hpp"
#include "instructions.hpp"
#include "measure.hpp"
#include "peers.hpp"
#include "verify_paths.hpp"
#include "workload.hpp"
#include "yardsticks.hpp"

#include <authgrammar/isa.hpp>

#include <CLI/CLI.hpp>
#include <nlohmann/json.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <deque>
#include <exception>
#include <fstream>
#include <iostream>
#include <map>
#include <regex>
#include <utility>

namespace {

using namespace authgrammar;
using namespace authgrammar::bench;
using nlohmann::ordered_json;

struct options {
    std::string out;
    std::string peers;
    std::string only;
    bool quick = false;
    bool check = false;
    std::size_t count = 0;  ///< values of each cell whose instructions are counted; 0: time is measured

    /// Sizes of the growth shapes: all of which the exponent is made, or as many as a look needs.
    [[nodiscard]] std::vector<std::size_t> growth_sizes() const {
        if (check || count != 0) return {8192};
        if (quick) return {8192, 65536};
        return {8192, 16384, 32768, 65536};
    }
    [[nodiscard]] thoroughness how() const {
        if (check) return {1, 1, 1};
        if (quick) return {40, 12, 60000};
        return {200, 60, 100000};
    }
    /// How long a peer may take for a pool that it is tried with.
    [[nodiscard]] unsigned probe_seconds(item_kind kind) const { return kind == item_kind::adversarial ? 8 : 2; }
    [[nodiscard]] bool tries_peers(item_kind kind) const {
        return kind == item_kind::common || (kind == item_kind::adversarial && !check);
    }
    [[nodiscard]] std::size_t variants_at_most() const {
        return check || count != 0 ? 64 : static_cast<std::size_t>(-1);
    }
    [[nodiscard]] std::size_t growth_bytes_at_most() const { return check ? 32768 : static_cast<std::size_t>(-1); }
    [[nodiscard]] std::vector<std::size_t> peer_sizes() const {
        if (quick) return {8192, 32768};
        return {8192, 16384, 32768};
    }
};

constexpr unsigned batch_seconds = 60;
constexpr double slowest_pass_ns = 5e7;  ///< a pool that a peer takes longer for is not measured again

/// Growth is asked of the ways of reading whose work per byte differs: at once, in pieces, byte by byte.
bool grows(const path& p) {
    const std::string& name = p.name();
    const std::string way = name.substr(name.find('/') + 1);
    return way == "oneshot" || way == "push64" || way == "push1" || name == "yardstick/R" || name == "yardstick/T";
}

/// In pools that cannot be learned: at once, in one feed, and the yardsticks.
bool cold(const path& p) {
    const std::string& name = p.name();
    const std::string way = name.substr(name.find('/') + 1);
    return way == "oneshot" || way == "push" || name == "yardstick/R" || name == "yardstick/T";
}

bool is_measured(const path& p, const item& of) {
    if (of.kind == item_kind::growth && !grows(p)) return false;
    if (of.kind == item_kind::cold && !cold(p)) return false;
    return p.takes(of);
}

std::string processor() {
    std::ifstream file("/proc/cpuinfo");
    for (std::string line; std::getline(file, line);) {
        if (line.rfind("model name", 0) == 0) return line.substr(line.find(':') + 2);
    }
    return "unknown";
}

double load() {
    double average = 0;
    return getloadavg(&average, 1) == 1 ? average : 0;
}

class bench_run {
public:
    explicit bench_run(options o) : options_(std::move(o)) {}

    int run(const std::string& program) {
        out_["machine"]["load_before"] = load();
        items_ = make_workload(options_.variants_at_most());
        for (item& i : make_growth(options_.growth_sizes(), options_.growth_bytes_at_most()))
            items_.push_back(std::move(i));
        paths_ = our_paths();
        for (auto& p : verify_paths()) paths_.push_back(std::move(p));
        for (auto& p : guard_paths()) paths_.push_back(std::move(p));
        for (auto& p : yardsticks()) paths_.push_back(std::move(p));

        std::vector<std::string> failures;
        for (const item& i : items_) truths_.push_back(check_item(i, paths_, failures));
        for (const std::string& f : failures) std::cerr << "authgrammar_bench: " << f << '\n';
        if (!failures.empty()) return 1;
        std::cerr << "authgrammar_bench: " << items_.size() << " items, " << paths_.size()
                  << " paths: verdicts, offsets and spans agree\n";

        const std::regex wanted(options_.only);
        for (const item& i : items_) {
            for (const auto& p : paths_) {
                if (!is_measured(*p, i)) continue;
                if (std::regex_search(i.name + " " + p->name(), wanted)) cells_.push_back({p.get(), &i});
            }
        }
        if (options_.count != 0) return count();
        if (options_.only.empty()) look_at_peers();
        std::cerr << "authgrammar_bench: measuring " << cells_.size() << " cells\n";
        clock_ = calibrate(items_[calibrating_item()]);
        measure(cells_, options_.how(), program);
        const calibration after = calibrate(items_[calibrating_item()]);
        clock_.ghz = std::max(clock_.ghz, after.ghz);
        clock_.t_cycles_per_byte = std::min(clock_.t_cycles_per_byte, after.t_cycles_per_byte);
        if (!options_.only.empty()) show();
        describe();
        return write();
    }

private:
    /// Item, path, values, instructions: a line a cell.
    int count() const {
        const auto counts = count_instructions(cells_, options_.count);
        if (!counts) {
            std::cerr << "authgrammar_bench: this machine does not let a process be traced\n";
            return 2;
        }
        std::printf("item\tpath\tvalues\tinstructions\n");
        for (std::size_t i = 0; i < cells_.size(); ++i) {
            const cell& c = cells_[i];
            std::printf("%s\t%s\t%zu\t%llu\n", c.of->name.c_str(), c.by->name().c_str(),
                        counted_values(*c.of, options_.count), static_cast<unsigned long long>((*counts)[i]));
        }
        return 0;
    }

    /// The cells that were asked for, beside T if it is among them.
    void show() const {
        std::map<std::string, double> t;
        for (const cell& c : cells_) {
            if (c.by->name() == "yardstick/T") t[c.of->name] = c.ns;
        }
        std::printf("T %.2f cycles a byte\n", clock_.t_cycles_per_byte);
        for (const cell& c : cells_) {
            const auto found = t.find(c.of->name);
            std::printf("%-16s %-18s %10.2f ns", c.of->name.c_str(), c.by->name().c_str(), c.ns);
            if (found != t.end()) std::printf("  %.4f of T", c.ns / found->second);
            std::printf("\n");
        }
    }

    void look_at_peers() {
        peers_ = load_peers(options_.peers);
        for (const auto& p : peers_) {
            std::cerr << "authgrammar_bench: peer " << p->peer().name << ' ' << p->peer().version << '\n';
            bool hangs = false;
            for (std::size_t i = 0; i < items_.size(); ++i) {
                const item& of = items_[i];
                if (!options_.tries_peers(of.kind)) continue;
                // One that has hung will do so again; what it reads, it reads in less.
                const unsigned seconds = hangs ? 1 : options_.probe_seconds(of.kind);
                findings_.push_back({p.get(), &of, p->probe(of, truths_[i], seconds)});
                const peer_finding& f = findings_.back().what;
                hangs = hangs || f.verdict == "hang";
                const bool answers = f.verdict != "hang" && f.verdict != "crash" && f.verdict != "none";
                if (answers && f.ns * static_cast<double>(of.values.size()) < slowest_pass_ns) {
                    cells_.push_back({p.get(), &of, batch_seconds});
                }
            }
            if (!options_.check) look_at_growth(*p, hangs ? 1 : options_.probe_seconds(item_kind::adversarial));
        }
    }

    void look_at_growth(peer_path& p, unsigned seconds) {
        // Peers keep what they prepare until they end, so the items do not move.
        static const std::vector<item> sized = make_growth(options_.peer_sizes());
        const std::size_t sizes = options_.peer_sizes().size();
        for (std::size_t i = 0; i < sized.size(); i += sizes) {
            std::vector<const item*> of;
            for (std::size_t k = 0; k < sizes; ++k) of.push_back(&sized[i + k]);
            const auto times = p.probe_times(of, seconds);
            if (!times) continue;
            ordered_json points = ordered_json::array();
            for (std::size_t k = 0; k < sizes; ++k) points.push_back({of[k]->size, (*times)[k]});
            out_["peer_growth"].push_back({{"path", p.name()}, {"shape", of[0]->shape}, {"points", points}});
        }
    }

    /// Long values, between which nothing overlaps.
    [[nodiscard]] std::size_t calibrating_item() const {
        std::size_t i = 0;
        while (items_.at(i).name != "negotiate_8k") ++i;
        return i;
    }

    void describe() {
        ordered_json& machine = out_["machine"];
        machine["processor"] = processor();
        machine["compiler"] = AUTHGRAMMAR_BENCH_COMPILER;
        machine["build_type"] = AUTHGRAMMAR_BENCH_BUILD_TYPE;
        for (const isa i : all_isas) machine["isa"][std::string(name_of(i))] = is_available(i);
        machine["load_after"] = load();
        machine["clock_ghz"] = clock_.ghz;
        machine["t_cycles_per_byte"] = clock_.t_cycles_per_byte;
        out_["quick"] = options_.quick;
        out_["repetitions"] = options_.how().repetitions;
        out_["batch_ns"] = options_.how().batch_ns;
        for (std::size_t i = 0; i < items_.size(); ++i) {
            const item& of = items_[i];
            constexpr const char* kinds[] = {"common", "adversarial", "cold", "growth"};
            ordered_json j{{"name", of.name},
                           {"kind", kinds[static_cast<int>(of.kind)]},
                           {"field", std::string(name_of(of.field))},
                           {"variants", of.values.size()},
                           {"bytes_per_value", static_cast<double>(of.bytes()) / static_cast<double>(of.values.size())},
                           {"verdict", truths_[i].verdict},
                           {"spans", truths_[i].spans_per_value()}};
            if (of.kind == item_kind::growth) {
                j["shape"] = of.shape;
                j["size"] = of.size;
            }
            out_["items"].push_back(std::move(j));
        }
        for (const auto& p : peers_) {
            out_["peers"].push_back({{"path", p->name()},
                                     {"call", p->peer().call},
                                     {"version", p->peer().version},
                                     {"scope", std::string(1, p->peer().scope)}});
        }
        for (const finding& f : findings_) {
            out_["findings"].push_back({{"item", f.of->name},
                                        {"path", f.by->name()},
                                        {"verdict", f.what.verdict},
                                        {"comparable", f.what.comparable},
                                        {"spans", f.what.spans},
                                        {"expected_spans", f.what.expected_spans},
                                        {"probe_ns", f.what.ns}});
        }
        for (const cell& c : cells_) {
            out_["cells"].push_back({{"item", c.of->name}, {"path", c.by->name()}, {"ns", c.ns}, {"median", c.median}});
        }
    }

    int write() {
        if (options_.out.empty()) return 0;
        std::ofstream file(options_.out);
        file << out_.dump(1) << '\n';
        if (file.flush()) return 0;
        std::cerr << "authgrammar_bench: cannot write " << options_.out << '\n';
        return 2;
    }

    struct finding {
        peer_path* by;
        const item* of;
        peer_finding what;
    };

    options options_;
    std::vector<item> items_;
    std::vector<item_truth> truths_;
    std::vector<std::unique_ptr<path>> paths_;
    std::vector<std::unique_ptr<peer_path>> peers_;
    std::vector<finding> findings_;
    std::vector<cell> cells_;
    calibration clock_;
    ordered_json out_;
};

}  // namespace

int main(int argc, char** argv) {
    options o;
    o.peers = AUTHGRAMMAR_BENCH_PEER_DIRECTORY;
    CLI::App app{"Measures authgrammar beside its yardsticks and peers. scripts/bench makes tables of the result."};
    app.add_option("--out", o.out, "Write the result there, as JSON");
    app.add_option("--peers", o.peers, "The folder of the peers' modules")->capture_default_str();
    app.add_option("--only", o.only, "Measure and print only the cells whose \"item path\" matches this expression");
    app.add_flag("--quick", o.quick, "A coarse look, in less than a minute");
    app.add_flag("--check", o.check, "Check that all paths agree, and run everything once; the times mean nothing");
    app.add_option("--count", o.count,
                   "Count the instructions of each cell over so many of its values, and print them as TSV");
    CLI11_PARSE(app, argc, argv);
    try {
        return bench_run(std::move(o)).run(argv[0]);
    } catch (const std::exception& e) {
        std::cerr << "authgrammar_bench: " << e.what() << '\n';
        return 2;
    }
}
