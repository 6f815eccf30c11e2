#include <authgrammar/audit/message.hpp>

#include <gtest/gtest.h>

#include <stdexcept>
#include <string>
#include <vector>

namespace {

using authgrammar::field;
using authgrammar::audit::field_line;
using authgrammar::audit::message;
using authgrammar::audit::read_messages;
using authgrammar::audit::span;
using authgrammar::audit::span_between;
using authgrammar::audit::start_kind;

/// The one authentication field line that `m` is to have.
const field_line& only_known(const message& m) {
    const field_line* found = nullptr;
    for (const field_line& line : m.lines) {
        if (!line.known) continue;
        EXPECT_EQ(found, nullptr);
        found = &line;
    }
    if (found == nullptr) throw std::runtime_error("no authentication field");
    return *found;
}

/// Every byte of the value stands where source_of says, but for the SP of a fold.
void expect_sources(const std::string& input, const field_line& line) {
    const std::string_view value = line.value.text();
    for (std::size_t i = 0; i < value.size(); ++i) {
        const char there = input.at(line.value.source_of(i));
        const bool fold = value[i] == ' ' && (there == '\r' || there == '\n' || there == '\t' || there == ' ');
        EXPECT_TRUE(there == value[i] || fold) << "byte " << i << " of " << value;
    }
}

TEST(reader, raw_response_with_crlf) {
    const std::string input =
        "HTTP/1.1 401 Unauthorized\r\nServer: x\r\nwww-AUTHENTICATE: \t Basic realm=\"x\" \t\r\n\r\nbody\r\n";
    const auto messages = read_messages(input);
    ASSERT_EQ(messages.size(), 1U);
    const message& m = messages[0];
    EXPECT_EQ(m.start, start_kind::response);
    EXPECT_EQ(m.status, 401);
    EXPECT_EQ(input.substr(m.start_line.offset, m.start_line.length), "HTTP/1.1 401 Unauthorized");
    const field_line& line = only_known(m);
    EXPECT_EQ(line.known, field::www_authenticate);
    EXPECT_EQ(line.name, "www-AUTHENTICATE");
    EXPECT_EQ(line.value.text(), "Basic realm=\"x\"");
    expect_sources(input, line);
    EXPECT_EQ(m.body_bytes, 6U);
    EXPECT_TRUE(m.unreadable.empty());
}

TEST(reader, line_ends_do_not_matter) {
    for (const std::string end : {"\n", "\r\n"}) {
        const std::string input = "HTTP/2 407 " + end + "Proxy-Authenticate: A" + end + "X: y";
        const auto messages = read_messages(input);
        ASSERT_EQ(messages.size(), 1U);
        EXPECT_EQ(messages[0].status, 407);
        EXPECT_EQ(only_known(messages[0]).value.text(), "A");
        EXPECT_EQ(messages[0].lines.size(), 2U);
    }
}

TEST(reader, a_bare_cr_stays_in_the_value) {
    EXPECT_EQ(only_known(read_messages("WWW-Authenticate: A\rB\r\n")[0]).value.text(), "A\rB");
    EXPECT_EQ(only_known(read_messages("WWW-Authenticate: A\r\r\n")[0]).value.text(), "A\r");
}

TEST(reader, request) {
    const auto messages = read_messages("GET /a?b HTTP/1.1\r\nAuthorization: Basic abc\r\n\r\n");
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].start, start_kind::request);
    EXPECT_EQ(messages[0].method, "GET");
    EXPECT_FALSE(messages[0].status);
}

TEST(reader, no_start_lines) {
    for (const char* line : {"HTTP/1.1 40 X", "HTTP/1.1 4011 X", "HTTP/1.1401 X", "HTTP/x 401", "HTTP/1.1 099 X",
                             "GET / HTTP/1.1 x", "GET /", "GET  HTTP/1.1", " HTTP/1.1 401 X", "(x) / HTTP/1.1"}) {
        const auto messages = read_messages(line);
        ASSERT_EQ(messages.size(), 1U) << line;
        EXPECT_EQ(messages[0].start, start_kind::none) << line;
        ASSERT_EQ(messages[0].unreadable.size(), 1U) << line;
        EXPECT_EQ(messages[0].unreadable[0].length, std::string(line).size()) << line;
    }
}

TEST(reader, obs_fold_is_one_space_and_keeps_its_sources) {
    const std::string input = "WWW-Authenticate: Basic \t\r\n \t realm=\"a\r\n b\" \n\t\n, C\nX: y\n";
    const auto messages = read_messages(input);
    ASSERT_EQ(messages.size(), 1U);
    const field_line& line = only_known(messages[0]);
    EXPECT_EQ(line.value.text(), "Basic realm=\"a b\"");
    ASSERT_EQ(line.odd->folds.size(), 3U);
    EXPECT_EQ(input.substr(line.odd->folds[0].offset, line.odd->folds[0].length), " \t\r\n \t ");
    expect_sources(input, line);
    EXPECT_EQ(line.value.source_of(line.value.text().find('b')), input.find("b\""));
    // ", C" begins in the first column, so it is no continuation, and no field line either.
    ASSERT_EQ(messages[0].unreadable.size(), 1U);
    EXPECT_EQ(messages[0].unreadable[0].offset, input.find(", C"));
}

TEST(reader, a_value_that_begins_on_the_second_line) {
    const std::string input = "WWW-Authenticate:\r\n Basic\r\n";
    const auto messages = read_messages(input);
    const field_line& line = only_known(messages[0]);
    EXPECT_EQ(line.value.text(), "Basic");
    EXPECT_EQ(line.value.source_of(0), input.find("Basic"));
}

TEST(reader, space_before_colon) {
    const auto messages = read_messages("Authorization \t: Basic abc\n");
    const field_line& line = only_known(messages[0]);
    ASSERT_TRUE(line.odd->space_before_colon);
    EXPECT_EQ(line.odd->space_before_colon->offset, 13U);
    EXPECT_EQ(line.odd->space_before_colon->length, 2U);
    EXPECT_EQ(line.value.text(), "Basic abc");
}

TEST(reader, white_space_in_the_first_line_of_a_section_is_no_fold) {
    const auto messages = read_messages("HTTP/1.1 401 X\n folded\nWWW-Authenticate: A\n");
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(messages[0].unreadable.size(), 1U);
    EXPECT_EQ(only_known(messages[0]).value.text(), "A");
}

TEST(reader, several_messages_and_bodies) {
    struct sample {
        const char* what;
        const char* text;
        std::size_t messages;
    };
    const sample samples[] = {
        {"Content-Length, body holds a status line",
         "HTTP/1.1 401 X\r\nContent-Length: 18\r\n\r\nHTTP/1.1 200 OK\r\n\nHTTP/1.1 407 Y\r\nA: b\r\n", 3},
        {"answers to HEAD: a Content-Length without a body",
         "HTTP/1.1 401 X\r\nContent-Length: 5\r\n\r\nHTTP/1.1 407 Y\r\nContent-Length: 5\r\n\r\n", 2},
        {"body without a line end", "HTTP/1.1 401 X\r\nContent-Length: 2\r\n\r\n{}HTTP/1.1 200 Y\r\nA: b\r\n\r\n", 2},
        {"the same without Content-Length", "HTTP/1.1 401 X\r\n\r\n{}HTTP/1.1 200 Y\r\nA: b\r\n\r\n", 2},
        {"chunked",
         "HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\n11\r\nHTTP/1.1 200 OK\r\n\r\n0\r\n\r\n"
         "HTTP/1.1 407 Y\r\n\r\n",
         3},
        {"chunked in name only", "HTTP/1.1 401 X\r\nTransfer-Encoding: chunked\r\n\r\nbody\nHTTP/1.1 407 Y\r\n\r\n", 2},
        {"100 and the answer", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 401 X\r\n\r\n", 2},
        {"body cut off", "HTTP/1.1 401 X\r\nContent-Length: 500\r\n\r\nabc\nHTTP/1.1 407 Y\n", 2},
        {"a body that speaks of HTTP", "HTTP/1.1 401 X\r\n\r\nsay HTTP/1.1 200 OK\nor nothing\n", 1},
        {"no empty line between", "HTTP/1.1 401 X\nHTTP/1.1 407 Y\n", 2},
        {"two runs of bare field lines", "WWW-Authenticate: A\n\nWWW-Authenticate: B\n", 2},
    };
    for (const sample& s : samples) {
        const auto messages = read_messages(s.text);
        EXPECT_EQ(messages.size(), s.messages) << s.what;
        for (const message& m : messages) EXPECT_TRUE(m.unreadable.empty()) << s.what;
    }
}

TEST(reader, curl_v) {
    const std::string input =
        "*   Trying 127.0.0.1:80...\n"
        "  % Total    % Received % Xferd  Average Speed   Time    Time     Time  Current\n"
        "                                 Dload  Upload   Total   Spent    Left  Speed\n"
        "\r  0     0    0     0    0     0      0      0 --:--:-- --:--:-- --:--:--     0> GET / HTTP/1.1\r\n"
        "> Authorization: Basic abc\r\n"
        "> \r\n"
        "{ [5 bytes data]\n"
        "< HTTP/1.1 401 Unauthorized\r\n"
        "* Authentication problem. Ignoring this.\n"
        "< WWW-Authenticate: Basic realm=\"a\r\n"
        "<  b\"\r\n"
        "<\r\n"
        "{ [179 bytes data]\n"
        "<html>\n"
        "* Connection #0 to host (nil) left intact\n"
        "</html>\n"
        "> GET / HTTP/1.1\n"
        "> \n"
        "< HTTP/1.1 200 OK\n"
        "< Authentication-Info: a=b\n";
    const auto messages = read_messages(input);
    ASSERT_EQ(messages.size(), 4U);
    EXPECT_EQ(messages[0].method, "GET");
    EXPECT_EQ(only_known(messages[0]).value.text(), "Basic abc");
    EXPECT_EQ(messages[0].curl_notes, 3U);
    EXPECT_EQ(messages[1].status, 401);
    EXPECT_EQ(only_known(messages[1]).value.text(), "Basic realm=\"a b\"");
    expect_sources(input, only_known(messages[1]));
    EXPECT_EQ(messages[1].body_bytes, 15U);
    EXPECT_EQ(messages[2].method, "GET");
    EXPECT_EQ(only_known(messages[3]).known, field::authentication_info);
    for (const message& m : messages) EXPECT_TRUE(m.unreadable.empty());
}

// wget -S indents a response by two spaces, and has no blank line behind it.
TEST(reader, wget_server_response) {
    const auto messages = read_messages(
        "HTTP request sent, awaiting response...\n"
        "  HTTP/1.1 401 Unauthorized\n  WWW-Authenticate: Basic realm=\"x\"\n  Content-Length: 9\n"
        "Reusing existing connection to a.test:80.\n"
        "  HTTP/1.1 200 OK\n  Authentication-Info: nextnonce=\"y\"\n");
    ASSERT_EQ(messages.size(), 4U);
    EXPECT_EQ(messages[0].unreadable.size(), 1U);
    EXPECT_EQ(messages[1].status, 401);
    EXPECT_EQ(messages[1].lines.size(), 2U);
    EXPECT_EQ(only_known(messages[1]).value.text(), "Basic realm=\"x\"");
    EXPECT_EQ(messages[2].unreadable.size(), 1U);
    EXPECT_EQ(messages[3].status, 200);
    EXPECT_EQ(only_known(messages[3]).known, field::authentication_info);
    const auto pasted = read_messages("  WWW-Authenticate: Basic realm=\"x\"\n");
    EXPECT_EQ(pasted[0].unreadable.size(), 1U) << "no status line";
    const auto body = read_messages("HTTP/1.1 200 OK\n\n<pre>\n  HTTP/1.1 401 X\n  WWW-Authenticate: Basic\n</pre>\n");
    EXPECT_EQ(body.size(), 1U);
}

/// What is said of TLS for each message: yes, no or nothing.
std::vector<std::string> secured_in(const std::string& input) {
    std::vector<std::string> all;
    for (const message& m : read_messages(input)) all.push_back(!m.secured ? "nothing" : *m.secured ? "yes" : "no");
    return all;
}
using said = std::vector<std::string>;

// Remarks of curl 7 and 8 on a new connection, on TLS, and on an old connection that is used again.
TEST(reader, curl_v_and_its_connections) {
    const std::string to_server = "*   Trying 192.0.2.1:443...\n* Connected to a.test (192.0.2.1) port 8443 (#0)\n";
    const std::string tls = "* SSL connection using TLSv1.3 / TLS_AES_256_GCM_SHA384\n";
    const std::string get = "> GET / HTTP/1.1\n> Host: a.test\n> \n";
    const std::string ok = "< HTTP/1.1 200 OK\n< \n";
    const std::string again = "* Re-using existing connection! (#0) with host a.test\n";
    EXPECT_EQ(secured_in(get + ok), (said{"nothing", "nothing"}));
    EXPECT_EQ(secured_in(to_server + get + ok), (said{"no", "no"}));
    EXPECT_EQ(secured_in(to_server + tls + get + ok), (said{"yes", "yes"}));
    EXPECT_EQ(secured_in(to_server + tls + get + ok + again + get + ok), (said{"yes", "yes", "yes", "yes"}))
        << "the only connection is the one that is used again";
    EXPECT_EQ(secured_in(to_server + get + ok + again + get), (said{"no", "no", "no"}));
    EXPECT_EQ(secured_in(to_server + tls + get + to_server + get + again + get), (said{"yes", "no", "nothing"}))
        << "one of two, and no telling which";
    EXPECT_EQ(secured_in(to_server + tls + get + "* Reusing existing https: connection with host a.test\n" + get),
              (said{"yes", "yes"}))
        << "as curl 8 says it";
    EXPECT_EQ(secured_in(to_server + get + to_server + get + "* Reusing existing http: connection\n" + get),
              (said{"no", "no", "nothing"}));
    EXPECT_EQ(secured_in(to_server + tls + get + to_server + get), (said{"yes", "no"})) << "a new one begins without";
    for (const std::string words :
         {"* schannel: SSL/TLS connection with a.test port 8443\n", "* TLSv1.3 (OUT), TLS handshake\n",
          "* QUIC cipher selection: TLS_AES\n", "* Connected to a.test (192.0.2.1) port 443\n",
          "* Established connection to a.test (192.0.2.1 port 443) from 192.0.2.2 port 50000\n"}) {
        EXPECT_EQ(secured_in(to_server + words + get), said{"yes"}) << words;
    }
    for (const std::string words :
         {"* Connected to SSL.test (192.0.2.1) port 80 (#0)\n", "* Host TLS.test:80 was resolved.\n",
          "* Established connection to a.test (192.0.2.1 port 80) from 192.0.2.2 port 443\n",
          "* subject: CN=SSL TLS QUIC\n", "* Connected to a.test (192.0.2.1) port 4430\n", "* TLS\n",
          "* Trying SSL...\n", "* ALPN: curl offers http/1.1\n", "* ssl\n", "{ [5 bytes data]\n"}) {
        EXPECT_EQ(secured_in(to_server + words + get), said{"no"}) << words;
    }
    EXPECT_EQ(secured_in("*   Trying SSL...\n" + get), said{"no"}) << "the name of a host";
    // A remark counts for what comes behind it, wherever it stands.
    EXPECT_EQ(secured_in(to_server + "> GET / HTTP/1.1\n" + tls + "> Host: a.test\n> \n" + ok), (said{"no", "yes"}));
    EXPECT_EQ(secured_in(to_server + get + "< HTTP/1.1 401 X\n< \nbody\n" + tls + "< HTTP/1.1 200 OK\n< \n"),
              (said{"no", "no", "yes"}));
}

TEST(reader, curl_v_and_its_remarks) {
    const auto notes_in = [](const std::string& input) {
        std::vector<std::size_t> all;
        for (const message& m : read_messages(input)) all.push_back(m.curl_notes);
        return all;
    };
    using counts = std::vector<std::size_t>;
    EXPECT_EQ(notes_in(""), counts{0});
    EXPECT_EQ(notes_in("* a\n* b\n"), counts{2});
    EXPECT_EQ(notes_in("* a\n* b\n> GET / HTTP/1.1\n* c\n> \n* d\n* e\n* f\n< HTTP/1.1 200 OK\n* g\n"), (counts{3, 4}))
        << "what stands behind a request without a body belongs to the answer";
    EXPECT_EQ(notes_in("HTTP/1.1 200 OK\r\n\r\n* a\r\nHTTP/1.1 200 OK\r\n\r\n"), (counts{0, 0}))
        << "of curl -i: a line of the body";
    EXPECT_EQ(notes_in("* a\nHTTP/1.1 200 OK\r\nX: y\r\n* b\r\n\r\n"), counts{1})
        << "in a raw message it is a damaged line";
    EXPECT_EQ(notes_in("* a\nstray\n* b\nX: y\n"), (counts{0, 2}));
}

TEST(reader, prefixed_field_lines_without_a_start_line) {
    const auto messages = read_messages("< WWW-Authenticate: A\n< Server: x\n");
    ASSERT_EQ(messages.size(), 1U);
    EXPECT_EQ(only_known(messages[0]).value.text(), "A");
}

TEST(reader, a_message_of_nothing) {
    const auto messages = read_messages("");
    ASSERT_EQ(messages.size(), 1u);
    EXPECT_EQ(messages[0].start, start_kind::none);
    EXPECT_EQ(messages[0].start_line, (span{0, 0}));
    EXPECT_EQ(messages[0].body_bytes, 0u);
    EXPECT_EQ(messages[0].curl_notes, 0u);
    EXPECT_FALSE(messages[0].login_form);
    EXPECT_FALSE(messages[0].secured);
    EXPECT_FALSE(span_between(2, 5) == (span{2, 5}));
    EXPECT_FALSE(span_between(2, 5) == (span{3, 3}));
    EXPECT_EQ(span_between(2, 5).end(), 5u);
}

TEST(reader, nothing) {
    for (const char* input :
         {"", "\n", "\r\n\r\n", "* a note of curl\n", "* a note of curl\ncurl: (7) Failed to connect to a port 80\n"}) {
        const auto messages = read_messages(input);
        ASSERT_EQ(messages.size(), 1U);
        EXPECT_TRUE(messages[0].lines.empty());
        EXPECT_TRUE(messages[0].unreadable.empty());
    }
}

// Every member of a message, of each kind.
TEST(reader, messages_in_full) {
    const std::string input = "PUT /a?b HTTP/1.1\r\nHost : a\r\n b\r\n\r\nHTTP/1.1 401 X\r\nServer: x\r\n\r\nbody";
    const auto messages = read_messages(input);
    ASSERT_EQ(messages.size(), 2u);
    const message& request = messages[0];
    EXPECT_EQ(request.start, start_kind::request);
    EXPECT_EQ(request.start_line, (span{0, 17}));
    EXPECT_EQ(request.method, "PUT");
    EXPECT_EQ(request.target, "/a?b");
    EXPECT_FALSE(request.status);
    EXPECT_EQ(request.body_bytes, 0u);
    EXPECT_FALSE(request.login_form);
    ASSERT_EQ(request.lines.size(), 1u);
    const field_line& host = request.lines[0];
    EXPECT_EQ(host.name, "Host");
    EXPECT_FALSE(host.known);
    EXPECT_EQ(host.name_at, (span{19, 4}));
    EXPECT_EQ(host.whole, span_between(19, input.find("\r\n\r\n")));
    EXPECT_EQ(host.value.text(), "a b");
    EXPECT_EQ(host.odd->space_before_colon, (span{23, 1}));
    EXPECT_EQ(host.odd->folds, std::vector<span>{span_between(input.find("\r\n b"), input.find("b\r\n\r\n"))});
    const message& response = messages[1];
    EXPECT_EQ(response.start, start_kind::response);
    EXPECT_EQ(response.start_line, (span{input.find("HTTP/1.1 401"), 14}));
    EXPECT_EQ(response.method, "");
    EXPECT_EQ(response.target, "");
    EXPECT_EQ(response.status, 401);
    EXPECT_EQ(response.body_bytes, 4u);
    EXPECT_FALSE(response.lines.at(0).odd->space_before_colon);
    EXPECT_TRUE(response.lines.at(0).odd->folds.empty());
    const auto prefixed = read_messages("> GET /a HTTP/1.1\n> \n");
    EXPECT_EQ(prefixed[0].start_line, (span{2, 15}));
    EXPECT_EQ(prefixed[0].target, "/a");
    const auto bare = read_messages("\n\nX: y\n");
    ASSERT_EQ(bare.size(), 1u);
    EXPECT_EQ(bare[0].start, start_kind::none);
    EXPECT_EQ(bare[0].start_line, (span{2, 0})) << "the first byte";
    EXPECT_EQ(bare[0].lines.at(0).name_at, (span{2, 1}));
}

// What is no message keeps its place in the order, lines that follow each other in one stretch.
TEST(reader, unreadable_stretches) {
    const auto stretches = [](const std::string& input) {
        std::vector<std::string> all;
        for (const message& m : read_messages(input)) {
            std::string one(m.lines.empty() ? "" : m.lines[0].name);
            for (const span& s : m.unreadable) one += "[" + input.substr(s.offset, s.length) + "]";
            all.push_back(one);
        }
        return all;
    };
    using texts = std::vector<std::string>;
    EXPECT_EQ(stretches("a\nb\n"), texts{"[a\nb]"});
    EXPECT_EQ(stretches("a\r\nb\r\nc"), texts{"[a\r\nb\r\nc]"});
    EXPECT_EQ(stretches("a\n\r\nb\n"), texts{"[a][b]"}) << "a blank line between them";
    EXPECT_EQ(stretches("a\r\n\r\nb\r\n"), texts{"[a][b]"});
    EXPECT_EQ(stretches("a\nX: y\n\n"), (texts{"[a]", "X"})) << "a message of its own, before the next";
    EXPECT_EQ(stretches("X: y\na\nb\nZ: z\nc\n"), texts{"X[a\nb][c]"});
    EXPECT_EQ(stretches("X: y\n\nX: y\n"), (texts{"X", "X"}));
    EXPECT_EQ(stretches("HTTP/1.1 200 OK\n\nbody\nGET / HTTP/1.1\n: nameless\n"), (texts{"", "[: nameless]"}));
    EXPECT_EQ(stretches(": nameless\n"), texts{"[: nameless]"});
    EXPECT_EQ(stretches("X: y\n: nameless\n  folded\n"), texts{"X[: nameless\n  folded]"}) << "nothing to fold into";
    EXPECT_EQ(stretches("> X: y\n< Z: z\n"), (texts{"X", "Z"})) << "the other side speaks";
    EXPECT_EQ(stretches("> X: y\nstray\n"), (texts{"X", "[stray]"}));
    const auto messages = read_messages("a\nX: y\n");
    EXPECT_EQ(messages[0].start_line, (span{0, 0}));
    EXPECT_EQ(messages[0].start, start_kind::none);
}

TEST(reader, a_colon_alone_makes_a_field_line) {
    for (int octet = 0; octet < 256; ++octet) {
        if (octet == '\n') continue;
        const std::string line = "name" + std::string(1, static_cast<char>(octet)) + "value";
        const auto messages = read_messages("HTTP/1.1 200 X\r\nA: b\r\n" + line + "\r\nC: d\r\n\r\n");
        ASSERT_EQ(messages.size(), 1u) << octet;
        EXPECT_EQ(messages[0].lines.size(), octet == ':' ? 3u : 2u) << octet;
        EXPECT_EQ(messages[0].unreadable.size(), octet == ':' ? 0u : 1u) << octet;
    }
}

TEST(reader, a_request_line_with_a_colon_ends_a_header_section) {
    const auto messages = read_messages("HTTP/1.1 200 X\r\nA: b\r\nGET :x HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_EQ(messages.size(), 2u);
    EXPECT_EQ(messages[1].target, ":x");
    const auto field = read_messages("HTTP/1.1 200 X\r\nGET: :x HTTP/1.1\r\nHost: a\r\n\r\n");
    ASSERT_EQ(field.size(), 1u);
    EXPECT_EQ(field[0].lines.size(), 2u);
}

TEST(reader, folds) {
    const std::string input = "WWW-Authenticate: A\n \t\n  b=c\n\td\n";
    const auto messages = read_messages(input);
    const field_line& line = messages.at(0).lines.at(0);
    EXPECT_EQ(line.value.text(), "A b=c d");
    ASSERT_EQ(line.odd->folds.size(), 3u);
    EXPECT_EQ(line.odd->folds[0], span_between(19, 22)) << "a fold with nothing behind it";
    EXPECT_EQ(line.odd->folds[1], span_between(19, 25));
    EXPECT_EQ(line.odd->folds[2], span_between(28, 30));
    EXPECT_EQ(line.whole, span_between(0, 31));
    EXPECT_EQ(line.value.source_of(1), 19u) << "where the fold begins";
    EXPECT_EQ(line.value.source_of(2), 25u);
    EXPECT_EQ(line.value.source_of(5), 28u);
    EXPECT_EQ(line.value.source_of(6), 30u);
    EXPECT_EQ(line.value.source_of(7), 31u);
    const auto empty = read_messages("WWW-Authenticate:\n \nX: y\n");
    EXPECT_EQ(empty.at(0).lines.at(0).value.text(), "");
    EXPECT_EQ(empty.at(0).lines.at(0).value.source_of(0), 17u) << "where the value would be";
    EXPECT_EQ(read_messages("WWW-Authenticate:A\n").at(0).lines.at(0).value.text(), "A");
}

// A page with a login form counts in a 401, with its own body.
TEST(reader, login_forms) {
    const std::string form = "<form><input type=password></form>";
    const auto has_form = [](const std::string& input) {
        std::vector<bool> all;
        for (const message& m : read_messages(input)) all.push_back(m.login_form);
        return all;
    };
    using flags = std::vector<bool>;
    EXPECT_EQ(has_form("HTTP/1.1 401 X\r\n\r\n" + form), flags{true});
    EXPECT_EQ(has_form("HTTP/1.1 403 X\r\n\r\n" + form), flags{false});
    EXPECT_EQ(has_form("HTTP/1.1 401 X\r\nX: " + form + "\r\n\r\n"), flags{false}) << "not in the header section";
    EXPECT_EQ(has_form("HTTP/1.1 401 X\r\n\r\nHTTP/1.1 403 X\r\n\r\n" + form), (flags{false, false}));
    EXPECT_EQ(has_form("HTTP/1.1 401 X\r\n\r\nx\nHTTP/1.1 403 X\r\n\r\n" + form), (flags{false, false}));
    EXPECT_EQ(has_form("HTTP/1.1 401 X\r\nContent-Length: 2\r\n\r\nx\nHTTP/1.1 403 X\r\n\r\n" + form),
              (flags{false, false}));
    EXPECT_EQ(has_form("GET / HTTP/1.1\r\nContent-Length: 34\r\n\r\n" + form), flags{false});
    EXPECT_EQ(has_form("HTTP/1.1 401 X\nGET / HTTP/1.1\nContent-Length: 34\n\n" + form), (flags{false, false}))
        << "cut off";
}

/// Every byte is in a field line, a start line, an unreadable stretch, or is counted as body or white space.
TEST(reader, any_two_bytes_around_a_field_line) {
    for (int a = 0; a < 256; ++a) {
        for (int b = 0; b < 256; ++b) {
            std::string input = "WWW-Authenticate: A\n";
            input.insert(0, 1, static_cast<char>(a));
            input.push_back(static_cast<char>(b));
            const auto messages = read_messages(input);
            ASSERT_FALSE(messages.empty());
            std::size_t seen = 0;
            for (const message& m : messages) {
                seen += m.body_bytes;
                for (const auto& line : m.lines) seen += line.whole.length;
                for (const auto& span : m.unreadable) seen += span.length;
            }
            EXPECT_GE(seen, std::string("WWW-Authenticate: A").size()) << a << ' ' << b;
        }
    }
}

TEST(reader, large_inputs_take_linear_time) {
    std::string folds = "WWW-Authenticate: A";
    for (int i = 0; i < 200000; ++i) folds += "\n b";
    const auto folded = read_messages(folds);
    ASSERT_EQ(folded.size(), 1U);
    EXPECT_EQ(folded[0].lines[0].odd->folds.size(), 200000U);
    EXPECT_EQ(folded[0].lines[0].value.source_of(folded[0].lines[0].value.text().size()), folds.size());

    std::string junk(std::size_t{1} << 21, '\0');
    for (std::size_t i = 0; i < junk.size(); i += 2) junk[i] = '\n';
    EXPECT_EQ(read_messages(junk).size(), 1U);
    std::string bodies;
    for (int i = 0; i < 100000; ++i) bodies += "HTTP/1.1 401 X\r\nContent-Length: 7\r\n\r\n";
    EXPECT_EQ(read_messages(bodies).size(), 100000U);
}

}  // namespace
