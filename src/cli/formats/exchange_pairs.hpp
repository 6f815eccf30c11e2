#ifndef AUTHLINT_FORMATS_EXCHANGE_PAIRS_HPP
#define AUTHLINT_FORMATS_EXCHANGE_PAIRS_HPP

#include "formats/message_head.hpp"

#include <cstddef>
#include <iterator>
#include <list>
#include <string>
#include <unordered_map>
#include <vector>

namespace authlint {

/// Puts requests before their responses, which may come in any order on many connections or streams. What waits is bounded:
/// beyond `most_waiting` messages or `most_bytes` the oldest go on alone.
class exchange_pairs {
public:
    static constexpr std::size_t most_waiting = 4096;
    static constexpr std::size_t most_bytes = std::size_t{8} << 20;

    /// With `response_first`, a response without a request waits for it too.
    explicit exchange_pairs(bool response_first = false) : response_first_(response_first) {}

    /// `key` is what a request has in common with its response: of a connection of HTTP/1, its responses come in the order
    /// of its requests.
    void add(const std::string& key, message_head head, message_sink& out);

    /// What waits for nothing any more: all, or that of a key, in order.
    void flush(message_sink& out);
    void flush(const std::string& key, message_sink& out);

private:
    struct waiting {
        std::string key;
        std::vector<message_head> heads;  // a request and its interim responses; or a response
        bool is_request = false;
        std::size_t bytes = 0;
    };
    using place = std::list<waiting>::iterator;

    void wait(const std::string& key, message_head head);
    void give(place which, message_sink& out);

    bool response_first_;
    std::list<waiting> waiting_;
    std::unordered_map<std::string, std::list<place>> by_key_;
    std::size_t bytes_ = 0;
};

}  // namespace authlint

#endif
