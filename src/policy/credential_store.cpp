#include <authgrammar/policy/credential_store.hpp>

#include "common/field_text.hpp"

#include <algorithm>
#include <iterator>
#include <new>
#include <utility>

namespace authgrammar::policy {

namespace {

/// The host of a canonical root URI.
std::string_view host_of(std::string_view root) noexcept {
    const std::string_view authority = root.substr(root.find("://") + 3);
    return authority.substr(0, authority.find(':', authority.substr(0, 1) == "[" ? authority.find(']') : 0));
}

bool is_secured(std::string_view root) noexcept { return root.substr(0, 8) == "https://"; }

/// Between nothing and a hundred years: what a difference of two times can reach.
std::chrono::seconds bounded(std::chrono::seconds time) noexcept {
    return std::clamp(time, std::chrono::seconds(0), std::chrono::seconds(std::chrono::hours(24 * 365 * 100)));
}

/// The known scopes that are not among the fresh ones, and those behind them.
std::vector<scope> joined(const std::vector<scope>& known, const std::vector<scope>& fresh) {
    std::vector<scope> all;
    std::copy_if(known.begin(), known.end(), std::back_inserter(all),
                 [&](const scope& s) { return std::find(fresh.begin(), fresh.end(), s) == fresh.end(); });
    all.insert(all.end(), fresh.begin(), fresh.end());
    return all;
}

}  // namespace

credential_store::credential_store(store_limits limits, clock now, std::pmr::memory_resource* memory)
    : limits_(limits), now_(now ? std::move(now) : clock(&std::chrono::steady_clock::now)), memory_(memory) {
    limits_.idle_time = bounded(limits_.idle_time);
}

credential_store::~credential_store() = default;

std::size_t credential_store::entry::bytes() const noexcept {
    std::size_t sum = kept.size() + space.root.size() + scheme.size();
    if (space.realm) sum += space.realm->size();
    for (const scope& s : scopes) sum += s.root.size() + s.prefix.size();
    return sum;
}

template <typename Condition>
std::size_t credential_store::discard_if(Condition condition) {
    const auto first = std::remove_if(entries_.begin(), entries_.end(), [&](const entry& e) {
        if (!condition(e)) return false;
        bytes_ -= e.bytes();
        return true;
    });
    const auto count = static_cast<std::size_t>(entries_.end() - first);
    entries_.erase(first, entries_.end());
    return count;
}

/// Whether an entry may go to make room for `fresh`, which is of another server or proxy.
bool credential_store::gives_way(const entry& e, const entry& fresh) const noexcept {
    if (fresh.bytes() > limits_.bytes / 2) return false;
    if (e.kind == audience::proxy || fresh.kind == audience::proxy) return true;
    return std::none_of(fresh.scopes.begin(), fresh.scopes.end(),
                        [&](const scope& s) { return s.root == e.space.root; });
}

/// Makes room for `fresh` in place of `known`, which may be null. False if too much has to stay: then nothing has changed.
bool credential_store::make_room(const entry& fresh, const entry* known) {
    const auto is_own = [&](const entry& e) { return e.kind == fresh.kind && e.space.root == fresh.space.root; };
    std::vector<const entry*> going;  // in the order in which they go
    std::size_t own = 0;
    std::size_t own_bytes = fresh.bytes();
    std::size_t count = entries_.size() + 1;
    std::size_t bytes = bytes_ + fresh.bytes();
    for (const entry& e : entries_) {
        if (&e == known) {
            --count;
            bytes -= e.bytes();
            continue;
        }
        if (is_own(e)) {
            ++own;
            own_bytes += e.bytes();
        }
        if (is_own(e) || gives_way(e, fresh)) going.push_back(&e);
    }
    // Who has half of the room makes more among their own.
    const bool own_first = own >= limits_.entries - limits_.entries / 2 || own_bytes > limits_.bytes / 2;
    std::stable_sort(going.begin(), going.end(), [&](const entry* a, const entry* b) {
        if (own_first && is_own(*a) != is_own(*b)) return is_own(*a);
        return a->used < b->used;
    });
    std::vector<const entry*> gone;
    if (known != nullptr) gone.push_back(known);
    const auto fits = [&] { return count <= limits_.entries && bytes <= limits_.bytes; };
    for (const entry* e : going) {
        if (fits()) break;
        --count;
        bytes -= e->bytes();
        gone.push_back(e);
    }
    if (!fits()) return false;
    std::sort(gone.begin(), gone.end());
    discard_if([&](const entry& e) { return std::binary_search(gone.begin(), gone.end(), &e); });
    return true;
}

bool credential_store::keep(audience kind, const target_uri& target, const accepted_credentials& accepted) {
    if (limits_.entries == 0 || limits_.scopes == 0) return false;
    try {
        return add(kind, target, accepted, now_());
    } catch (const std::bad_alloc&) {
        return false;
    }
}

// decides: R7235-2.2-reuse, R7235-2.2-several-realms
bool credential_store::add(audience kind, const target_uri& target, const accepted_credentials& accepted,
                           time_point now) {
    entry fresh;
    fresh.kind = kind;
    fresh.space.root = target.root;
    if (accepted.realm) fresh.space.realm.emplace(*accepted.realm);
    fresh.scheme = detail::lower(accepted.scheme);
    fresh.scopes = kind == audience::proxy ? std::vector<scope>{root_scope(target)}
                                           : scopes_of(accepted.scheme, target, accepted.domain);
    fresh.accepted = fresh.used = now;
    fresh.lifetime = bounded(std::min(limits_.lifetime, accepted.lifetime.value_or(limits_.lifetime)));
    fresh.kept = secret(accepted.secret, memory_);
    // What was accepted may be what was offered: from here on its views may be of memory that is gone.
    discard_expired();

    // What was known of the space stays known if the credentials are the same; others may hold elsewhere.
    const auto known = std::find_if(entries_.begin(), entries_.end(), [&](const entry& e) {
        return e.kind == kind && e.space == fresh.space && e.scheme == fresh.scheme;
    });
    const bool same = known != entries_.end() && known->kept.equals(fresh.kept.bytes());
    if (same && rule_of(fresh.scheme) == scope_rule::path_prefix) fresh.scopes = joined(known->scopes, fresh.scopes);
    while (fresh.scopes.size() > limits_.scopes || (fresh.scopes.size() > 1 && fresh.bytes() > limits_.bytes)) {
        fresh.scopes.erase(fresh.scopes.begin());
    }
    if (fresh.bytes() > limits_.bytes) return false;

    if (!make_room(fresh, known == entries_.end() ? nullptr : &*known)) return false;
    entries_.push_back(std::move(fresh));
    bytes_ += entries_.back().bytes();
    return true;
}

bool credential_store::remember(const target_uri& target, const accepted_credentials& accepted) {
    return keep(audience::server, target, accepted);
}

bool credential_store::remember_proxy(const target_uri& proxy, const accepted_credentials& accepted) {
    return keep(audience::proxy, proxy, accepted);
}

offered_credentials credential_store::offer(entry& e) {
    e.used = now_();
    return {&e.space, e.scheme, e.kept.bytes()};
}

// decides: R7235-2.2-server-bound, R7235-6.1-confidentiality, R7235-4.2-realm-wide
std::optional<offered_credentials> credential_store::find(const target_uri& target) {
    discard_expired();
    // Any server can name this one in domain: what it names counts only where this one has nothing of its own.
    const auto is_own = [&](const entry& e) { return e.kind == audience::server && e.space.root == target.root; };
    const bool own_only = std::any_of(entries_.begin(), entries_.end(), is_own);
    entry* best = nullptr;
    const scope* longest = nullptr;
    for (entry& e : entries_) {
        if (e.kind != audience::server || (own_only && !is_own(e))) continue;
        if (is_secured(e.space.root) && !is_secured(target.root)) continue;
        for (const scope& s : e.scopes) {
            if (!contains(s, target)) continue;
            const bool better = best == nullptr || s.prefix.size() > longest->prefix.size() ||
                                (s.prefix.size() == longest->prefix.size() && e.used >= best->used);
            if (!better) continue;
            best = &e;
            longest = &s;
        }
    }
    if (best == nullptr) return std::nullopt;
    return offer(*best);
}

std::optional<offered_credentials> credential_store::find(const protection_space& space, std::string_view scheme) {
    discard_expired();
    for (entry& e : entries_) {
        if (e.kind == audience::server && e.space == space && detail::equal_ignoring_case(e.scheme, scheme)) {
            return offer(e);
        }
    }
    return std::nullopt;
}

std::optional<offered_credentials> credential_store::find_proxy(const target_uri& proxy) {
    discard_expired();
    entry* last = nullptr;
    for (entry& e : entries_) {
        if (e.kind != audience::proxy || e.space.root != proxy.root) continue;
        if (last == nullptr || e.used >= last->used) last = &e;
    }
    if (last == nullptr) return std::nullopt;
    return offer(*last);
}

std::size_t credential_store::discard(const protection_space& space, std::string_view scheme) {
    discard_expired();
    return discard_if([&](const entry& e) {
        return e.kind == audience::server && e.space == space && detail::equal_ignoring_case(e.scheme, scheme);
    });
}

std::size_t credential_store::discard(const protection_space& space) {
    discard_expired();
    return discard_if([&](const entry& e) { return e.kind == audience::server && e.space == space; });
}

std::size_t credential_store::discard_host(std::string_view host) {
    discard_expired();
    const auto is_there = [&](std::string_view root) { return detail::equal_ignoring_case(host_of(root), host); };
    return discard_if([&](const entry& e) {
        return e.kind == audience::server &&
               (is_there(e.space.root) ||
                std::any_of(e.scopes.begin(), e.scopes.end(), [&](const scope& s) { return is_there(s.root); }));
    });
}

std::size_t credential_store::discard_proxy(const target_uri& proxy) {
    discard_expired();
    return discard_if([&](const entry& e) { return e.kind == audience::proxy && e.space.root == proxy.root; });
}

// decides: R7235-6.2-discard
std::size_t credential_store::discard_expired() {
    const time_point now = now_();
    return discard_if(
        [&](const entry& e) { return now - e.accepted >= e.lifetime || now - e.used >= limits_.idle_time; });
}

std::size_t credential_store::discard_all() {
    return discard_if([](const entry&) { return true; });
}

}  // namespace authgrammar::policy
