#include <authgrammar/audit/finding.hpp>

#include "common/wording.hpp"

#include <algorithm>
#include <cstddef>
#include <map>
#include <utility>

namespace authgrammar::audit {

void shorten(std::vector<finding>& found) {
    if (found.size() <= most_listed) return;
    struct kind {
        std::size_t count = 0;
        std::size_t last_listed = 0;  // where it is now
    };
    std::map<std::pair<const finding_rule*, severity>, kind> kinds;
    std::size_t listed = 0;
    for (finding& f : found) {
        kind& k = kinds[{f.rule, f.level}];
        if (k.count++ >= most_listed) continue;
        k.last_listed = listed;
        if (&found[listed] != &f) found[listed] = std::move(f);
        ++listed;
    }
    found.resize(listed);
    for (const auto& [of, k] : kinds) {
        if (k.count <= most_listed) continue;
        found[k.last_listed].text +=
            detail::words("; ", std::to_string(k.count - most_listed), " more of this kind in the message");
    }
}

}  // namespace authgrammar::audit
