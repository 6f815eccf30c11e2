#include "common/field_text.hpp"
#include "common/lines.hpp"
#include "formats/converters.hpp"
#include "formats/exchange_pairs.hpp"
#include "formats/line_text.hpp"
#include "formats/message_head.hpp"
#include "input/dump_line.hpp"

#include <map>
#include <optional>

namespace authlint {

namespace {

using authgrammar::audit::is_start_line;
using authgrammar::detail::is_digit;
using authgrammar::detail::take_until;
using authgrammar::detail::trimmed;

bool begins_with(std::string_view text, std::string_view start) noexcept {
    return text.substr(0, start.size()) == start;
}

std::uint64_t number_at(std::string_view text) noexcept {
    std::uint64_t n = 0;
    for (const char c : text.substr(0, 18)) {
        if (!is_digit(c)) break;
        n = n * 10 + static_cast<unsigned>(c - '0');
    }
    return n;
}

/// Bytes of the options of TCP (RFC 9293, 3.2), from how tcpdump prints them; nothing if one is unknown.
std::optional<std::size_t> options_size(std::string_view options) {
    std::size_t size = 0;
    while (!options.empty()) {
        const std::string_view o = trimmed(take_until(options, ','));
        if (o == "nop" || o == "eol") {
            size += 1;
        } else if (begins_with(o, "mss ")) {
            size += 4;
        } else if (o == "sackOK") {
            size += 2;
        } else if (begins_with(o, "TS val ")) {
            size += 10;
        } else if (begins_with(o, "wscale ")) {
            size += 3;
        } else if (begins_with(o, "sack ")) {
            size += 2 + 8 * static_cast<std::size_t>(number_at(o.substr(5)) % 8);
        } else {
            return std::nullopt;
        }
    }
    return (size + 3) / 4 * 4;
}

/// What tcpdump says of a segment of TCP: "127.0.0.1.40000 > 127.0.0.1.80: Flags [P.], seq 1:88, ack 1, win 64, options
/// [nop,nop,TS val 1 ecr 2], length 87".
struct segment {
    std::string from;
    std::string to;
    std::uint64_t seq_end = 0;
    std::size_t header = 20;  // of TCP
    bool known = true;        // whether `header` is
    bool has_data = false;
    bool opens = false;
};
std::optional<segment> segment_of(std::string_view line) {
    const std::size_t arrow = line.find(" > ");
    const std::size_t flags = line.find(": Flags [");
    if (arrow == std::string_view::npos || flags == std::string_view::npos || flags < arrow) return std::nullopt;
    segment s;
    const std::size_t from = line.rfind(' ', arrow - 1);
    s.from = line.substr(from == std::string_view::npos ? 0 : from + 1,
                         arrow - (from == std::string_view::npos ? 0 : from + 1));
    s.to = line.substr(arrow + 3, flags - arrow - 3);
    const std::string_view rest = line.substr(flags + 9);
    s.opens = rest.substr(0, rest.find(']')).find('S') != std::string_view::npos;
    if (const std::size_t seq = rest.find("seq "); seq != std::string_view::npos) {
        const std::size_t colon = rest.find(':', seq);
        const std::size_t comma = rest.find(',', seq);
        if (colon < comma) s.seq_end = number_at(rest.substr(colon + 1));
    }
    if (const std::size_t options = rest.find("options ["); options != std::string_view::npos) {
        const std::string_view list = rest.substr(options + 9);
        const auto size = options_size(list.substr(0, list.find(']')));
        s.known = size.has_value();
        s.header += size.value_or(0);
    }
    const std::size_t length = rest.find("length ");
    s.has_data = length != std::string_view::npos && number_at(rest.substr(length + 7)) != 0;
    return s;
}

/// Whether a line begins a packet; with -v its addresses stand in the next line.
bool begins_packet(std::string_view line) noexcept {
    if (line.empty() || (!is_digit(line[0]) && !begins_with(line, "IP"))) return false;
    const std::size_t ip = begins_with(line, "IP") ? 0 : line.find(" IP");
    return ip < 40 &&
           (line.find(": Flags [") != std::string_view::npos || line.find(" (tos ") != std::string_view::npos ||
            line.find(" (flowlabel ") != std::string_view::npos || line.find(" (hlim ") != std::string_view::npos ||
            line.find(" > ") != std::string_view::npos);
}

/// `tcpdump -A`: the octets of each packet from the IP header on, where CR before LF is left out and a dot stands for what
/// cannot be printed.
class tcpdump_text : public line_text {
public:
    using line_text::line_text;

protected:
    void take(std::string_view line, message_sink& out) override {
        if (begins_packet(line)) {
            finish_packet(out);
            segment_ = segment_of(line);
            place_ = place();
        } else if (!segment_ && packet_.empty() && begins_with(line, "    ")) {
            segment_ = segment_of(line);
        } else if (segment_ && packet_.empty() && begins_with(line, "\t")) {
            return;  // what -v tells of HTTP
        } else if (segment_ && packet_.size() <= longest_head) {
            packet_.append(line).append("\n");
        }
    }

    void end(message_sink& out) override {
        finish_packet(out);
        for (auto& [key, f] : flows_) give(f, out);
        pairs_.flush(out);
    }

private:
    static constexpr std::size_t most_flows = 4096;
    static constexpr std::size_t most_bytes = std::size_t{8} << 20;  // of all heads that have not ended

    /// One direction of a connection.
    struct direction {
        std::string connection;
        std::string head;  // as far as it has come
        std::string place;
        std::uint64_t seen = 0;
        bool in_head = false;
    };

    void finish_packet(message_sink& out) {
        if (segment_) take_segment(*segment_, out);
        segment_.reset();
        packet_.clear();
    }

    void take_segment(const segment& s, message_sink& out) {
        const std::string key = s.from + ">" + s.to;
        if (s.opens) {
            if (const auto old = flows_.find(key); old != flows_.end()) {
                give(old->second, out);
                flows_.erase(old);
            }
            return;
        }
        if (!s.has_data) return;
        const std::size_t ip = packet_[0] == '`' ? 40
                               : packet_[0] >= 'E' && packet_[0] <= 'O'
                                   ? 20 + 4U * static_cast<unsigned>(packet_[0] - 'E')
                                   : 0;
        if (!s.known || ip == 0 || packet_.size() < ip + s.header) {
            out.unread(place_, "where the data of the packet begin cannot be told");
            return;
        }
        if ((flows_.size() == most_flows && flows_.find(key) == flows_.end()) || bytes_ > most_bytes) give_up(out);
        direction& f = flows_[key];
        f.connection = s.from < s.to ? key : s.to + ">" + s.from;
        if (s.seq_end != 0 && s.seq_end <= f.seen) return;  // it was sent again
        f.seen = s.seq_end;
        std::string_view data = std::string_view(packet_).substr(ip + s.header);
        if (!data.empty()) data.remove_suffix(1);  // tcpdump's line end
        take_data(f, data, out);
    }

    void take_data(direction& f, std::string_view data, message_sink& out) {
        while (!data.empty()) {
            const bool starts = is_start_line(data.substr(0, data.find('\n')));
            if (starts) {
                give(f, out);
                f.in_head = true;
                f.place = place_;
            }
            if (!f.in_head) return;
            // The empty line may be cut in two by packets.
            const std::size_t before = f.head.size();
            f.head += data;
            bytes_ += data.size();
            const std::size_t end = head_end(f.head, before);
            if (end == std::string::npos) {
                if (f.head.size() > longest_head) give(f, out);
                return;
            }
            data.remove_prefix(end - before);
            bytes_ -= f.head.size() - end;
            f.head.resize(end);
            give(f, out);
            if (!is_start_line(data.substr(0, data.find('\n')))) return;
        }
    }

    static std::size_t head_end(const std::string& head, std::size_t from) noexcept {
        const std::size_t at = head.find("\n\n", from == 0 ? 0 : from - 1);
        return at == std::string::npos ? at : at + 2;
    }

    void give(direction& f, message_sink& out) {
        if (f.in_head) {
            if (auto head = head_of_text(f.head, f.place, out)) pairs_.add(f.connection, std::move(*head), out);
        }
        f.in_head = false;
        bytes_ -= f.head.size();
        std::string().swap(f.head);
    }

    /// Too many connections are open at once: their heads end here.
    void give_up(message_sink& out) {
        for (auto& [key, f] : flows_) {
            if (f.in_head) out.unread(f.place, "its head ends too much later, and was read as far as it had come");
            give(f, out);
        }
        flows_.clear();
    }

    std::optional<segment> segment_;
    std::string place_;
    std::string packet_;
    std::map<std::string, direction> flows_;
    std::size_t bytes_ = 0;  // of the heads in flows_
    exchange_pairs pairs_;
};

}  // namespace

std::unique_ptr<message_text> text_of_tcpdump(std::unique_ptr<byte_source> source) {
    return std::make_unique<tcpdump_text>(std::move(source));
}

}  // namespace authlint
