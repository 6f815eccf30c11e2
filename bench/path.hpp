#ifndef AUTHGRAMMAR_BENCH_PATH_HPP
#define AUTHGRAMMAR_BENCH_PATH_HPP

#include "workload.hpp"

#include <authgrammar/event.hpp>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <vector>

namespace authgrammar::bench {

/// What a path answered for one value, as far as it tells. `spans` counts schemes, token68s, names and values.
struct outcome {
    bool valid = false;
    bool has_offset = false;  ///< `offset` is told
    std::size_t offset = 0;   ///< of the error
    bool has_events = false;  ///< `events` are told
    std::vector<event> events{};
    bool has_spans = false;  ///< `spans` is told, and `span_ends` if it is not 0
    std::uint64_t spans = 0;
    std::uint64_t span_ends = 0;  ///< the sum of the spans' ends
};

/// One way to read (or write) values: what a column of the table measures.
class path {
public:
    explicit path(std::string name) : name_(std::move(name)) {}
    path(const path&) = delete;
    path& operator=(const path&) = delete;
    virtual ~path() = default;

    [[nodiscard]] const std::string& name() const noexcept { return name_; }

    /// Whether this path is measured with that item.
    [[nodiscard]] virtual bool takes(const item& of) const { return of.values.empty() ? false : true; }

    /// Makes ready for values of `of`: everything that is not measured. It may be called again with another item.
    virtual void prepare(const item& of) { (void)of; }

    /// The work that is measured: the values [first, last) of the item that was prepared. The answer depends on
    /// all that was found, so that no compiler can leave any of it out.
    virtual std::uint64_t run(const item& of, std::size_t first, std::size_t last) = 0;

    /// The same work for one value, and what came of it.
    virtual outcome read(const item& of, std::size_t index) = 0;

private:
    std::string name_;
};

/// Room for the events of the largest value, used by one path after the other.
event_buffer& shared_events();

/// Whether an event has text of its own.
[[nodiscard]] inline bool is_span(const event& e) noexcept {
    return e.kind != event_kind::challenge_begin && e.kind != event_kind::challenge_end;
}

/// Adds the events to what is told.
void tell_events(outcome& to, const event* first, const event* last);

/// Our paths: the ways of reading for each instruction set that is at hand, and views and writer.
std::vector<std::unique_ptr<path>> our_paths();

/// The tokenizer fed byte by byte on the portable path: what proof P5 ties to the ABNF, so the judge of all others.
outcome judge(const item& of, std::size_t index);

}  // namespace authgrammar::bench

#endif
