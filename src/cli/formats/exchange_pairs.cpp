#include "formats/exchange_pairs.hpp"

#include <utility>

namespace authlint {

void exchange_pairs::add(const std::string& key, message_head head, message_sink& out) {
    const auto found = by_key_.find(key);
    const bool is_request = head.status == 0;
    if (found == by_key_.end() || found->second.front()->is_request == is_request) {
        if (is_request || response_first_) {
            wait(key, std::move(head));
        } else {
            append(out, std::move(head));
        }
    } else if (head.is_interim()) {
        const place p = found->second.front();
        p->bytes += head.text.size();  // an interim response has no trailers
        bytes_ += head.text.size();
        p->heads.push_back(std::move(head));
    } else if (is_request) {
        append(out, std::move(head));
        give(found->second.front(), out);
    } else {
        give(found->second.front(), out);
        append(out, std::move(head));
    }
    while (waiting_.size() > most_waiting || bytes_ > most_bytes) {
        const std::string label = waiting_.front().heads.front().origin.label;
        give(waiting_.begin(), out);
        out.unread(label, "what belongs to it comes so much later that they were not paired");
    }
}

void exchange_pairs::flush(message_sink& out) {
    while (!waiting_.empty()) give(waiting_.begin(), out);
}

void exchange_pairs::flush(const std::string& key, message_sink& out) {
    for (auto found = by_key_.find(key); found != by_key_.end(); found = by_key_.find(key)) {
        give(found->second.front(), out);
    }
}

void exchange_pairs::wait(const std::string& key, message_head head) {
    waiting w;
    w.key = key;
    w.is_request = head.status == 0;
    w.bytes = head.text.size() + head.trailers.size() + head.origin.label.size() + 2 * key.size();
    bytes_ += w.bytes;
    w.heads.push_back(std::move(head));
    waiting_.push_back(std::move(w));
    by_key_[key].push_back(std::prev(waiting_.end()));
}

void exchange_pairs::give(place which, message_sink& out) {
    for (message_head& h : which->heads) append(out, std::move(h));
    const auto found = by_key_.find(which->key);
    found->second.pop_front();  // of one key, the oldest goes first in any case
    if (found->second.empty()) by_key_.erase(found);
    bytes_ -= which->bytes;
    waiting_.erase(which);
}

}  // namespace authlint
