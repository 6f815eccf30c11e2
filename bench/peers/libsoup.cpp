// soup_header_parse_param_list(): the parameters of one challenge into a hash table.

#include "../peer.h"

#include <libsoup/soup.h>

#include <string>

namespace {

void* prepare(const char* text, size_t size, int) { return new std::string(text, size); }

long parse(void* prepared, int, int count) {
    GHashTable* table = soup_header_parse_param_list(static_cast<const std::string*>(prepared)->c_str());
    if (table == nullptr) return -1;
    long spans = static_cast<long>(g_hash_table_size(table));
    if (count != 0) {
        GHashTableIter at;
        gpointer value = nullptr;
        g_hash_table_iter_init(&at, table);
        while (g_hash_table_iter_next(&at, nullptr, &value) != 0) spans += value != nullptr;
    }
    soup_header_free_param_list(table);
    return spans;
}

void release(void* prepared) { delete static_cast<std::string*>(prepared); }

const authgrammar_bench_peer peer{AUTHGRAMMAR_BENCH_PEER_VERSION,
                                  "libsoup",
                                  "soup_header_parse_param_list",
                                  AUTHGRAMMAR_BENCH_PACKAGE_VERSION,
                                  'P',
                                  prepare,
                                  parse,
                                  release};

}  // namespace

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) { return &peer; }
