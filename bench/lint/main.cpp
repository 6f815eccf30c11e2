// How the processor time of lint is shared: reading messages, reading their fields, the conversation, judging. Prints a line
// each: its name and nanoseconds a message.

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>

#include <algorithm>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar::audit;

constexpr std::size_t most = std::size_t{64} << 20;  // bytes of the input
constexpr std::size_t piece = 32768;  // about so many are read at a time: they stay in the cache, as they do in lint

double processor_nanoseconds() {
    std::timespec now{};
    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &now);
    return 1e9 * static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec);
}

/// Adds the processor time that `work()` takes to `sum`.
template <typename Work>
void measure(double& sum, Work&& work) {
    const double begin = processor_nanoseconds();
    work();
    sum += processor_nanoseconds() - begin;
}

struct shares {
    double reader = 0;
    double fields = 0;
    double conversation = 0;
    double both = 0;  // the conversation and judging
    std::size_t messages = 0;
    std::size_t findings = 0;
};

/// The messages of a piece one part after the other, so that the clock need not be read for each message. What a conversation
/// says is valid until the next message: it is measured alone, and again with the judging.
void take_piece(std::string_view input, conversation& alone, conversation& judged, shares& sums) {
    std::vector<message> messages;
    std::vector<std::vector<field_reading>> read;
    measure(sums.reader, [&] { messages = read_messages(input); });
    read.reserve(messages.size());
    measure(sums.fields, [&] {
        for (const message& m : messages) read.push_back(read_fields(m));
    });
    measure(sums.conversation, [&] {
        for (std::size_t i = 0; i < messages.size(); ++i) static_cast<void>(alone.next(messages[i], read[i]));
    });
    measure(sums.both, [&] {
        for (std::size_t i = 0; i < messages.size(); ++i) {
            sums.findings += judge(messages[i], read[i], judged.next(messages[i], read[i])).size();
        }
    });
    sums.messages += messages.size();
}

/// Where the first request begins at or behind `at`, in a corpus that has GET and HEAD only.
std::size_t request_at(std::string_view input, std::size_t at) {
    for (at = input.find('\n', at); at < input.size() - 1; at = input.find('\n', at + 1)) {
        const std::string_view rest = input.substr(at + 1);
        if (rest.substr(0, 4) == "GET " || rest.substr(0, 5) == "HEAD ") return at + 1;
    }
    return input.size();
}

shares shares_of(std::string_view input) {
    shares sums;
    conversation alone;
    conversation judged;
    for (std::size_t begin = 0; begin < input.size();) {
        const std::size_t end = request_at(input, std::min(begin + piece, input.size() - 1));
        take_piece(input.substr(begin, end - begin), alone, judged, sums);
        begin = end;
    }
    return sums;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc != 2) {
        std::fputs("usage: authgrammar_bench_lint FILE\n", stderr);
        return 2;
    }
    std::ifstream file(argv[1], std::ios::binary);
    std::string input(most, '\0');
    file.read(input.data(), static_cast<std::streamsize>(input.size()));
    input.resize(static_cast<std::size_t>(file.gcount()));
    if (input.empty()) {
        std::fprintf(stderr, "%s: cannot be read\n", argv[1]);
        return 2;
    }
    const shares sums = shares_of(input);
    const auto count = static_cast<double>(sums.messages);
    std::printf("reader %.0f\nfields %.0f\nconversation %.0f\njudge %.0f\nmessages %zu\nfindings %zu\n",
                sums.reader / count, sums.fields / count, sums.conversation / count,
                (sums.both - sums.conversation) / count, sums.messages, sums.findings);
    return 0;
}
