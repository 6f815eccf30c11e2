#include "check.hpp"

#include <algorithm>
#include <numeric>

namespace authgrammar::bench {

namespace {

/// What `got` says otherwise than `truth`; empty if nothing.
std::string difference(const outcome& truth, const outcome& got) {
    if (got.valid != truth.valid) return got.valid ? "accepts it" : "refuses it";
    if (got.has_offset && got.offset != truth.offset) return "has the error at " + std::to_string(got.offset);
    if (got.has_events && got.events != truth.events) return "has other events";
    if (got.has_spans && got.spans != truth.spans) return "has " + std::to_string(got.spans) + " spans";
    if (got.has_spans && got.span_ends != truth.span_ends) return "has spans of other ends";
    return {};
}

}  // namespace

double item_truth::spans_per_value() const noexcept {
    const auto accepted = std::count(valid.begin(), valid.end(), true);
    const auto sum = std::accumulate(spans.begin(), spans.end(), std::uint64_t{0});
    return accepted == 0 ? 0 : static_cast<double>(sum) / static_cast<double>(accepted);
}

item_truth check_item(const item& of, const std::vector<std::unique_ptr<path>>& paths,
                      std::vector<std::string>& failures) {
    const auto fail = [&](const std::string& who, std::size_t i, const std::string& what) {
        failures.push_back(of.name + ", value " + std::to_string(i) + ": " + who + " " + what);
    };
    item_truth truth;
    std::vector<outcome> outcomes;
    for (std::size_t i = 0; i < of.values.size(); ++i) {
        outcome o = judge(of, i);
        truth.valid.push_back(o.valid);
        truth.spans.push_back(o.valid ? o.spans : 0);
        truth.schemes.push_back(static_cast<std::uint64_t>(std::count_if(
            o.events.begin(), o.events.end(), [](const event& e) { return e.kind == event_kind::scheme; })));
        if (of.spans != 0 && truth.spans.back() != of.spans) fail("the judge", i, "does not find the item's spans");
        outcomes.push_back(std::move(o));
    }
    const auto accepted = static_cast<std::size_t>(std::count(truth.valid.begin(), truth.valid.end(), true));
    truth.verdict = accepted == of.values.size() ? "accept" : accepted == 0 ? "reject" : "mixed";
    for (const auto& p : paths) {
        if (!p->takes(of)) continue;
        p->prepare(of);
        for (std::size_t i = 0; i < of.values.size(); ++i) {
            const std::string what = difference(outcomes[i], p->read(of, i));
            if (what.empty()) continue;
            fail(p->name(), i, what);
            break;
        }
    }
    return truth;
}

}  // namespace authgrammar::bench
