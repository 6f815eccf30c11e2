#include "measure.hpp"

#include "watchdog.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <chrono>
#include <map>
#include <memory>

namespace authgrammar::bench {

namespace {

/// A cell with the place that it has come to in its pool.
class subject {
public:
    subject(cell& c, const thoroughness& how) : cell_(&c), how_(how) {
        const std::size_t all = c.of->values.size();
        slice_ = c.of->slice == 0 ? all : std::min(c.of->slice, all);
    }

    [[nodiscard]] std::string name() const { return cell_->of->name + " " + cell_->by->name(); }
    [[nodiscard]] int repetitions() const noexcept {
        return cell_->of->kind == item_kind::growth ? how_.growth_repetitions : how_.repetitions;
    }

    /// What one pass is divided by.
    [[nodiscard]] double values_per_pass() const noexcept { return static_cast<double>(slice_); }

    void prepare() const { cell_->by->prepare(*cell_->of); }

    std::uint64_t pass() {
        if (at_ + slice_ > cell_->of->values.size()) at_ = 0;
        const std::uint64_t sum = cell_->by->run(*cell_->of, at_, at_ + slice_);
        at_ += slice_;
        return sum;
    }

    /// Passes that fill a batch.
    [[nodiscard]] benchmark::IterationCount passes() {
        using clock = std::chrono::steady_clock;
        prepare();
        double least = how_.batch_ns;
        for (int i = 0; i < 4; ++i) {
            const clock::time_point start = clock::now();
            benchmark::DoNotOptimize(pass());
            const std::chrono::duration<double, std::nano> took = clock::now() - start;
            least = std::min(least, std::max(took.count(), 100.0));
        }
        return static_cast<benchmark::IterationCount>(how_.batch_ns / least);
    }

    void batch(benchmark::State& state) {
        std::unique_ptr<deadline> watch;
        if (cell_->seconds != 0) watch = std::make_unique<deadline>(name(), cell_->seconds);
        prepare();
        // What ran before has left caches and predictors to itself. A cold pool wants it so; of the others all has to be
        // in the cache, or memory is measured.
        const std::size_t warm = cell_->of->kind == item_kind::cold ? 0 : cell_->of->values.size() / slice_;
        for (std::size_t i = 0; i < warm; ++i) benchmark::DoNotOptimize(pass());
        for ([[maybe_unused]] auto _ : state) benchmark::DoNotOptimize(pass());
    }

    [[nodiscard]] cell& outcome() const noexcept { return *cell_; }

private:
    cell* cell_;
    thoroughness how_;
    std::size_t slice_ = 1;
    std::size_t at_ = 0;
};

class collector final : public benchmark::BenchmarkReporter {
public:
    explicit collector(const std::map<std::string, std::shared_ptr<subject>>& subjects) : subjects_(&subjects) {}

    bool ReportContext(const Context&) override { return true; }

    void ReportRuns(const std::vector<Run>& runs) override {
        for (const Run& run : runs) {
            if (run.run_type != Run::RT_Iteration || run.error_occurred) continue;
            batches_[run.run_name.function_name].push_back(run.real_accumulated_time * 1e9 /
                                                           static_cast<double>(run.iterations));
        }
    }

    void Finalize() override {
        for (auto& [name, passes] : batches_) {
            const subject& s = *subjects_->at(name);
            std::sort(passes.begin(), passes.end());
            s.outcome().ns = passes.front() / s.values_per_pass();
            s.outcome().median = passes[passes.size() / 2] / s.values_per_pass();
            s.outcome().batches = static_cast<int>(passes.size());
        }
    }

private:
    const std::map<std::string, std::shared_ptr<subject>>* subjects_;
    std::map<std::string, std::vector<double>> batches_;
};

}  // namespace

void measure(std::vector<cell>& cells, const thoroughness& how, const std::string& program) {
    std::vector<std::string> options{program, "--benchmark_enable_random_interleaving=true"};
    std::vector<char*> argv;
    for (std::string& o : options) argv.push_back(&o[0]);
    int argc = static_cast<int>(argv.size());
    benchmark::Initialize(&argc, argv.data());

    std::map<std::string, std::shared_ptr<subject>> subjects;
    for (cell& c : cells) {
        const auto s = std::make_shared<subject>(c, how);
        subjects.emplace(s->name(), s);
        benchmark::RegisterBenchmark(s->name().c_str(), [s](benchmark::State& state) { s->batch(state); })
            ->UseRealTime()
            ->Iterations(std::max<benchmark::IterationCount>(1, s->passes()))
            ->Repetitions(s->repetitions());
    }
    collector reporter(subjects);
    benchmark::RunSpecifiedBenchmarks(&reporter);
    benchmark::Shutdown();
}

}  // namespace authgrammar::bench
