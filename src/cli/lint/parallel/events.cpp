#include "lint/parallel/events.hpp"

#include <algorithm>
#include <cstring>
#include <stdexcept>
#include <vector>

namespace authlint {

namespace {

using authgrammar::audit::all_finding_rules;
using authgrammar::audit::finding_rule;
using authgrammar::audit::severity;

/// Appends an event; its size is known when it is complete.
class writer {
public:
    writer(std::string& out, event_kind kind) : out_(out), begin_(out.size()) {
        out_ += static_cast<char>(kind);
        number(0);
    }
    writer(const writer&) = delete;
    writer& operator=(const writer&) = delete;
    ~writer() {
        const std::size_t size = out_.size() - begin_ - event_head_bytes;
        std::memcpy(&out_[begin_ + 1], &size, sizeof size);
    }

    void raw(std::string_view bytes) { out_ += bytes; }
    void number(std::size_t n) {
        char bytes[sizeof n];
        std::memcpy(bytes, &n, sizeof n);
        out_.append(bytes, sizeof n);
    }
    void text(std::string_view t) {
        number(t.size());
        out_ += t;
    }
    void rule(const finding_rule* r) {
        const auto& all = all_finding_rules();
        number(static_cast<std::size_t>(std::find(all.begin(), all.end(), r) - all.begin()));
    }

private:
    std::string& out_;
    std::size_t begin_;
};

class reader {
public:
    explicit reader(std::string_view bytes) noexcept : bytes_(bytes) {}

    std::size_t number() {
        std::size_t n = 0;
        std::memcpy(&n, take(sizeof n).data(), sizeof n);
        return n;
    }
    std::string text() { return std::string(take(number())); }
    bool flag() { return number() != 0; }
    const finding_rule* rule() { return all_finding_rules().at(number()); }
    severity level() { return static_cast<severity>(std::min<std::size_t>(number(), 2)); }

private:
    std::string_view take(std::size_t size) {
        if (size > bytes_.size()) throw std::out_of_range("an event of a worker is broken");
        const std::string_view taken = bytes_.substr(0, size);
        bytes_.remove_prefix(size);
        return taken;
    }

    std::string_view bytes_;
};

void put(writer& out, const finding_record& f) {
    out.rule(f.rule);
    out.number(static_cast<std::size_t>(f.level));
    for (const std::size_t n : {f.offset, f.length, f.line, f.column}) out.number(n);
    for (const std::string* t :
         {&f.field, &f.code, &f.what, &f.why, &f.fix, &f.section, &f.excerpt, &f.mark, &f.fingerprint}) {
        out.text(*t);
    }
    out.number(f.requirements.size());
    for (const std::string& r : f.requirements) out.text(r);
    out.number(f.value ? 1 : 0);
    if (f.value) out.text(*f.value);
    out.number(f.same_meaning ? 1 : 0);
    out.number(f.for_sending ? 1 : 0);
}

finding_record read_finding(reader& in) {
    finding_record f;
    f.rule = in.rule();
    f.level = in.level();
    for (std::size_t* n : {&f.offset, &f.length, &f.line, &f.column}) *n = in.number();
    for (std::string* t :
         {&f.field, &f.code, &f.what, &f.why, &f.fix, &f.section, &f.excerpt, &f.mark, &f.fingerprint}) {
        *t = in.text();
    }
    for (std::size_t left = in.number(); left != 0; --left) f.requirements.push_back(in.text());
    if (in.flag()) f.value = in.text();
    f.same_meaning = in.flag();
    f.for_sending = in.flag();
    return f;
}

void put(writer& out, const report_totals& t) {
    for (const std::size_t n : {t.files, t.messages, t.fields, t.unread, t.not_shown, t.in_baseline}) out.number(n);
    const std::vector<id_count> ids = t.by_id();
    out.number(ids.size());
    for (const id_count& id : ids) {
        out.rule(id.rule);
        for (const std::size_t n : id.counts) out.number(n);
    }
}

void read_into(reader& in, report_totals& t) {
    for (std::size_t* n : {&t.files, &t.messages, &t.fields, &t.unread, &t.not_shown, &t.in_baseline}) {
        *n = in.number();
    }
    for (std::size_t left = in.number(); left != 0; --left) {
        const finding_rule* const rule = in.rule();
        for (const severity s : {severity::info, severity::warning, severity::error}) {
            if (const std::size_t times = in.number(); times != 0) t.count(*rule, s, times);
        }
    }
}

}  // namespace

void append_event(std::string& out, event_kind kind, std::string_view text) { writer(out, kind).raw(text); }

void append_event(std::string& out, event_kind kind, std::size_t number) { writer(out, kind).number(number); }

void append_event(std::string& out, const message_record& m) {
    writer to(out, event_kind::message);
    for (const std::string* t : {&m.source, &m.label, &m.title, &m.fields}) to.text(*t);
    to.number(m.status ? 1 : 0);
    if (m.status) to.number(static_cast<std::size_t>(*m.status));
    for (const std::size_t n : {m.offset, m.line, m.field_count, m.findings.size()}) to.number(n);
    for (const finding_record& f : m.findings) put(to, f);
}

void append_event(std::string& out, const unread_record& u) {
    writer to(out, event_kind::unread);
    for (const std::string* t : {&u.source, &u.place, &u.reason}) to.text(*t);
}

void append_event(std::string& out, const run_progress& p) {
    writer to(out, event_kind::progress);
    for (const std::size_t n : {p.done, p.size, p.messages, p.findings, p.elapsed_ms}) to.number(n);
}

void append_event(std::string& out, const file_end& e) {
    writer to(out, event_kind::end);
    to.number(e.all_read ? 1 : 0);
    put(to, e.totals);
    to.number(e.found.too_many() ? 1 : 0);
    to.number(e.found.entries().size());
    for (const auto& [key, count] : e.found.entries()) {
        to.text(key.first);
        to.text(key.second);
        to.number(count);
    }
}

event_head read_event_head(std::string_view bytes) noexcept {
    event_head head{static_cast<event_kind>(bytes.front()), 0};
    std::memcpy(&head.size, bytes.data() + 1, sizeof head.size);
    return head;
}

std::size_t read_number(std::string_view bytes) { return reader(bytes).number(); }

message_record read_message(std::string_view bytes) {
    reader in(bytes);
    message_record m;
    for (std::string* t : {&m.source, &m.label, &m.title, &m.fields}) *t = in.text();
    if (in.flag()) m.status = static_cast<int>(in.number());
    for (std::size_t* n : {&m.offset, &m.line, &m.field_count}) *n = in.number();
    for (std::size_t left = in.number(); left != 0; --left) m.findings.push_back(read_finding(in));
    return m;
}

unread_record read_unread(std::string_view bytes) {
    reader in(bytes);
    unread_record u;
    for (std::string* t : {&u.source, &u.place, &u.reason}) *t = in.text();
    return u;
}

run_progress read_progress(std::string_view bytes) {
    reader in(bytes);
    run_progress p;
    for (std::size_t* n : {&p.done, &p.size, &p.messages, &p.findings, &p.elapsed_ms}) *n = in.number();
    return p;
}

file_end read_end(std::string_view bytes) {
    reader in(bytes);
    file_end e;
    e.all_read = in.flag();
    read_into(in, e.totals);
    const bool too_many = in.flag();
    for (std::size_t left = in.number(); left != 0; --left) {
        const std::string source = in.text();
        const std::string fingerprint = in.text();
        e.found.add(source, fingerprint, in.number());
    }
    if (too_many) e.found.add_too_many();
    return e;
}

}  // namespace authlint
