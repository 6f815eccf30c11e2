// How the processor time of lint is shared: reading messages, reading their fields, the conversation, judging. Prints a line
// each: its name and nanoseconds a message.

#include <authgrammar/audit/conversation.hpp>
#include <authgrammar/audit/finding.hpp>

#include <algorithm>
#include <array>
#include <cstdio>
#include <ctime>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

namespace {

using namespace authgrammar::audit;

constexpr std::size_t most = std::size_t{64} << 20;  // bytes of the input, all messages of which are in memory
constexpr std::size_t batch = 4096;  // messages; that a clock is read twice for so many does not count

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
    double judge = 0;
    std::size_t messages = 0;
    std::size_t findings = 0;
};

/// The conversation and the judgement of one message alternate, as they do in lint: the first is measured with the messages
/// of a batch in a row, and what it says of each is kept for the second.
void take_batch(const message* first, const message* last, conversation& all, shares& sums) {
    std::vector<std::vector<field_reading>> read;
    std::vector<circumstances> around;
    read.reserve(batch);
    around.reserve(batch);
    measure(sums.fields, [&] {
        for (const message* m = first; m != last; ++m) read.push_back(read_fields(*m));
    });
    measure(sums.conversation, [&] {
        for (const message* m = first; m != last; ++m) {
            around.push_back(all.next(*m, read[static_cast<std::size_t>(m - first)]));
        }
    });
    measure(sums.judge, [&] {
        for (const message* m = first; m != last; ++m) {
            const auto i = static_cast<std::size_t>(m - first);
            sums.findings += judge(*m, read[i], around[i]).size();
        }
    });
}

shares shares_of(std::string_view input) {
    shares sums;
    std::vector<message> messages;
    measure(sums.reader, [&] { messages = read_messages(input); });
    sums.messages = messages.size();
    conversation all;
    for (std::size_t at = 0; at < messages.size(); at += batch) {
        take_batch(messages.data() + at, messages.data() + std::min(at + batch, messages.size()), all, sums);
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
                sums.reader / count, sums.fields / count, sums.conversation / count, sums.judge / count, sums.messages,
                sums.findings);
    return 0;
}
