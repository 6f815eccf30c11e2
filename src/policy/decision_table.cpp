#include "decision_table.hpp"

#include <algorithm>
#include <iterator>
#include <string>

namespace authgrammar::policy {

namespace {

// By number: a fact comes after those by which it counts or does not, and the facts that split most come last, so that
// equal parts of the table fall together early.
constexpr std::array<std::size_t, fact_count> order{6, 0, 10, 2, 1, 4, 3, 7, 8, 9, 11, 5};

struct keyed_row {
    table_row row;
    std::string key;  // the answer; empty if the facts are contradictory
};

bool same_rows(const std::vector<keyed_row>& a, const std::vector<keyed_row>& b) {
    return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](const keyed_row& x, const keyed_row& y) {
        return x.key == y.key && x.row.values == y.row.values;
    });
}

void append(std::string& key, const outcome& o) {
    for (const int part : {o.status, static_cast<int>(o.www_authenticate), static_cast<int>(o.proxy_authenticate),
                           static_cast<int>(o.location), static_cast<int>(o.upgrade), static_cast<int>(o.retry_after),
                           static_cast<int>(o.challenges)}) {
        key.append(std::to_string(part)).append(",");
    }
}

std::string key_of(const facts& f) {
    const decision d = decide(f);
    std::string key;
    if (!d) return key;
    append(key, d.recommended);
    // Other rules are another answer, to a reader of the table.
    for (const reason& r : d.recommended.reasons) key.append(r.requirement).append(" ");
    for (const outcome& o : d.also) append(key, o);
    return key;
}

/// The rows for the facts from `depth` on, the others being as in `f`.
std::vector<keyed_row> rows_from(std::size_t depth, facts f) {
    if (depth == fact_count) {
        keyed_row r;
        r.key = key_of(f);
        r.row.example = f;
        if (r.key.empty()) return {};
        return {r};
    }
    const std::size_t at = order[depth];
    const fact& each = *std::next(all_facts().begin(), static_cast<std::ptrdiff_t>(at));
    const auto every_value = static_cast<std::uint8_t>((1u << each.value_count) - 1);
    if (!each.counts(f)) {
        each.set(f, 0);
        std::vector<keyed_row> rows = rows_from(depth + 1, f);
        for (keyed_row& r : rows) r.row.values[at] = every_value;
        return rows;
    }
    std::vector<std::vector<keyed_row>> groups;
    std::vector<std::uint8_t> masks;
    for (std::size_t v = 0; v < each.value_count; ++v) {
        each.set(f, static_cast<std::uint8_t>(v));
        std::vector<keyed_row> rows = rows_from(depth + 1, f);
        const auto known = std::find_if(groups.begin(), groups.end(),
                                        [&](const std::vector<keyed_row>& g) { return same_rows(g, rows); });
        const auto bit = static_cast<std::uint8_t>(1u << v);
        if (known != groups.end()) {
            auto& mask = masks[static_cast<std::size_t>(known - groups.begin())];
            mask = static_cast<std::uint8_t>(mask | bit);
        } else {
            groups.push_back(std::move(rows));
            masks.push_back(bit);
        }
    }
    std::vector<keyed_row> all;
    for (std::size_t g = 0; g < groups.size(); ++g) {
        for (keyed_row& r : groups[g]) {
            r.row.values[at] = masks[g];
            all.push_back(std::move(r));
        }
    }
    return all;
}

/// Makes one row of two that have the same answer and differ in one fact, as long as there are such.
void join(std::vector<keyed_row>& rows) {
    const auto joined = [](keyed_row& a, const keyed_row& b) {
        if (a.key != b.key) return false;
        std::size_t differing = 0;
        std::size_t where = 0;
        for (std::size_t i = 0; i < fact_count; ++i) {
            if (a.row.values[i] == b.row.values[i]) continue;
            ++differing;
            where = i;
        }
        if (differing != 1) return false;
        a.row.values[where] = static_cast<std::uint8_t>(a.row.values[where] | b.row.values[where]);
        return true;
    };
    for (bool again = true; again;) {
        again = false;
        for (std::size_t i = 0; i < rows.size(); ++i) {
            for (std::size_t j = i + 1; j < rows.size();) {
                if (joined(rows[i], rows[j])) {
                    rows.erase(rows.begin() + static_cast<std::ptrdiff_t>(j));
                    again = true;
                } else {
                    ++j;
                }
            }
        }
    }
}

}  // namespace

bool table_row::met_by(const facts& f) const noexcept {
    std::size_t i = 0;
    return std::all_of(all_facts().begin(), all_facts().end(),
                       [&](const fact& each) { return ((values[i++] >> each.get(f)) & 1u) != 0; });
}

bool table_row::any(std::size_t i) const noexcept {
    const fact& each = *std::next(all_facts().begin(), static_cast<std::ptrdiff_t>(i));
    return values[i] == (1u << each.value_count) - 1;
}

std::vector<table_row> decision_table() {
    std::vector<table_row> table;
    std::vector<keyed_row> rows = rows_from(0, facts(resource_state{}, credentials_state{}));
    join(rows);
    for (const keyed_row& r : rows) table.push_back(r.row);
    return table;
}

}  // namespace authgrammar::policy
