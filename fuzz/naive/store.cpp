#include "store.hpp"

#include "text.hpp"

#include <algorithm>
#include <utility>

namespace authgrammar::fuzz {

namespace {

using policy::target_uri;

std::chrono::seconds at_most_a_century(std::chrono::seconds s) {
    const std::chrono::seconds century = std::chrono::hours(24 * 365 * 100);
    return s.count() < 0 ? std::chrono::seconds(0) : s > century ? century : s;
}

/// RFC 7617, 2.2: all below the last slash of the path.
naive_store::scope below_last_slash(const target_uri& target) {
    std::string prefix = target.path;
    while (prefix.back() != '/') prefix.pop_back();
    return {target.root, prefix};
}

/// RFC 7616, 3.3: what domain lists; without it the whole server.
std::vector<naive_store::scope> listed(const target_uri& target, std::string_view domain) {
    std::string spaced(domain);
    for (char& c : spaced) {
        if (c == '\t' || c == '\r' || c == '\n') c = ' ';
    }
    std::vector<naive_store::scope> scopes;
    int count = 0;
    for (const std::string_view uri : split(spaced, ' ')) {
        if (uri.empty()) continue;
        if (++count > 64) break;
        if (uri.substr(0, 2) == "//") continue;
        const auto named = uri.front() == '/' ? policy::resolve(target, uri) : policy::read_target_uri(uri);
        if (!named || !named->query.empty()) continue;
        if (target.secured && !named->secured) continue;
        scopes.push_back({named->root, named->path});
    }
    if (count == 0) return {{target.root, "/"}};
    if (scopes.empty()) return {below_last_slash(target)};
    return scopes;
}

std::string host_of(std::string_view root) {
    std::string host(root.substr(root.find("//") + 2));
    const std::size_t last_colon = host.rfind(':');
    if (last_colon != std::string::npos && host.find(']', last_colon) == std::string::npos) host.resize(last_colon);
    return lower(host);
}

}  // namespace

std::size_t naive_store::kept::bytes() const {
    std::size_t sum = secret.size() + root.size() + scheme.size() + (realm ? realm->size() : 0);
    for (const scope& s : scopes) sum += s.root.size() + s.prefix.size();
    return sum;
}

std::size_t naive_store::bytes() const {
    std::size_t sum = 0;
    for (const kept& k : all_) sum += k.bytes();
    return sum;
}

template <typename Condition>
std::size_t naive_store::discard_if(Condition condition) {
    std::vector<kept> left;
    for (const kept& k : all_) {
        if (!condition(k)) left.push_back(k);
    }
    const std::size_t count = all_.size() - left.size();
    all_ = left;
    return count;
}

std::size_t naive_store::discard_expired(time now) {
    return discard_if(
        [&](const kept& k) { return now >= k.expires || now >= k.used + at_most_a_century(limits_.idle_time); });
}

std::size_t naive_store::discard_all() {
    return discard_if([](const kept&) { return true; });
}

bool naive_store::remember(bool for_proxy, const target_uri& target, const policy::accepted_credentials& accepted,
                           time now) {
    discard_expired(now);
    kept fresh;
    fresh.for_proxy = for_proxy;
    fresh.root = target.root;
    if (accepted.realm) fresh.realm = std::string(*accepted.realm);
    fresh.scheme = lower(accepted.scheme);
    fresh.secret = std::string(accepted.secret);
    fresh.used = now;
    std::chrono::seconds lifetime = at_most_a_century(limits_.lifetime);
    if (accepted.lifetime) lifetime = std::min(lifetime, at_most_a_century(*accepted.lifetime));
    fresh.expires = now + lifetime;

    const auto is_known = [&](const kept& k) {
        return k.for_proxy == for_proxy && k.root == fresh.root && k.realm == fresh.realm && k.scheme == fresh.scheme;
    };
    if (for_proxy) {
        fresh.scopes = {{target.root, "/"}};
    } else if (fresh.scheme == "digest") {
        fresh.scopes = listed(target, accepted.domain.value_or(""));
    } else {
        const scope here = below_last_slash(target);
        for (const kept& k : all_) {
            if (!is_known(k) || k.secret != fresh.secret) continue;
            for (const scope& s : k.scopes) {
                if (s.root != here.root || s.prefix != here.prefix) fresh.scopes.push_back(s);
            }
        }
        fresh.scopes.push_back(here);
    }
    if (limits_.entries == 0 || limits_.scopes == 0) return false;
    while (fresh.scopes.size() > limits_.scopes) fresh.scopes.erase(fresh.scopes.begin());
    while (fresh.bytes() > limits_.bytes) {
        if (fresh.scopes.size() == 1) return false;
        fresh.scopes.erase(fresh.scopes.begin());
    }

    const std::vector<kept> before = all_;
    discard_if(is_known);
    if (!make_room(fresh)) {
        all_ = before;
        return false;
    }
    all_.push_back(fresh);
    return true;
}

bool naive_store::make_room(const kept& fresh) {
    const auto is_own = [&](const kept& k) { return k.for_proxy == fresh.for_proxy && k.root == fresh.root; };
    std::size_t own = 0;
    std::size_t own_bytes = fresh.bytes();
    for (const kept& k : all_) {
        own += is_own(k) ? 1 : 0;
        own_bytes += is_own(k) ? k.bytes() : 0;
    }
    const bool own_first = 2 * own >= limits_.entries || own_bytes > limits_.bytes / 2;
    while (all_.size() + 1 > limits_.entries || bytes() + fresh.bytes() > limits_.bytes) {
        // By rank: 0 for those that go before all others, 2 for those that stay.
        const auto rank = [&](const kept& k) {
            if (is_own(k)) return own_first ? 0 : 1;
            bool stays = fresh.bytes() > limits_.bytes / 2;
            for (const scope& s : fresh.scopes) {
                stays = stays || (!k.for_proxy && !fresh.for_proxy && s.root == k.root);
            }
            return stays ? 2 : 1;
        };
        std::pair<int, time> first(2, time::max());
        for (const kept& k : all_) first = std::min(first, std::pair(rank(k), k.used));
        if (first.first == 2) return false;
        discard_if([&](const kept& k) { return std::pair(rank(k), k.used) == first; });
    }
    return true;
}

const naive_store::kept* naive_store::find(const target_uri& target, time now) {
    discard_expired(now);
    struct candidate {
        std::size_t length;
        time used;
        kept* entry;
    };
    std::vector<candidate> candidates;
    bool has_own = false;
    for (const kept& k : all_) has_own = has_own || (!k.for_proxy && k.root == target.root);
    for (kept& k : all_) {
        if (has_own && k.root != target.root) continue;
        if (k.root.find("https:") == 0 && !target.secured) continue;
        for (const scope& s : k.scopes) {
            const bool covers = s.root == target.root && target.path.substr(0, s.prefix.size()) == s.prefix;
            if (!k.for_proxy && covers) candidates.push_back({s.prefix.size(), k.used, &k});
        }
    }
    if (candidates.empty()) return nullptr;
    std::sort(candidates.begin(), candidates.end(), [](const candidate& a, const candidate& b) {
        return a.length != b.length ? a.length > b.length : a.used > b.used;
    });
    candidates.front().entry->used = now;
    return candidates.front().entry;
}

const naive_store::kept* naive_store::find(std::string_view root, const std::optional<std::string>& realm,
                                           std::string_view scheme, time now) {
    discard_expired(now);
    for (kept& k : all_) {
        if (k.for_proxy || k.root != root || k.realm != realm || k.scheme != lower(scheme)) continue;
        k.used = now;
        return &k;
    }
    return nullptr;
}

const naive_store::kept* naive_store::find_proxy(const target_uri& proxy, time now) {
    discard_expired(now);
    kept* last = nullptr;
    for (kept& k : all_) {
        if (k.for_proxy && k.root == proxy.root && (last == nullptr || k.used > last->used)) last = &k;
    }
    if (last != nullptr) last->used = now;
    return last;
}

std::size_t naive_store::discard(std::string_view root, const std::optional<std::string>& realm,
                                 std::optional<std::string_view> scheme, time now) {
    discard_expired(now);
    return discard_if([&](const kept& k) {
        return !k.for_proxy && k.root == root && k.realm == realm && (!scheme || k.scheme == lower(*scheme));
    });
}

std::size_t naive_store::discard_host(std::string_view host, time now) {
    discard_expired(now);
    return discard_if([&](const kept& k) {
        bool there = host_of(k.root) == lower(host);
        for (const scope& s : k.scopes) there = there || host_of(s.root) == lower(host);
        return !k.for_proxy && there;
    });
}

std::size_t naive_store::discard_proxy(const target_uri& proxy, time now) {
    discard_expired(now);
    return discard_if([&](const kept& k) { return k.for_proxy && k.root == proxy.root; });
}

}  // namespace authgrammar::fuzz
