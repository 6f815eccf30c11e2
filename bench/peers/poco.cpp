// Poco::Net::HTTPAuthenticationParams: the parameters of one challenge into a multimap; a refusal is an exception.

#include "../peer.h"

#include <Poco/Exception.h>
#include <Poco/Net/HTTPAuthenticationParams.h>
#include <Poco/Version.h>

#include <string>

namespace {

void* prepare(const char* text, size_t size, int) { return new std::string(text, size); }

long parse(void* prepared, int, int) {
    try {
        const Poco::Net::HTTPAuthenticationParams params(*static_cast<const std::string*>(prepared));
        return 2 * static_cast<long>(params.size());
    } catch (const Poco::Exception&) {
        return -1;
    }
}

void release(void* prepared) { delete static_cast<std::string*>(prepared); }

std::string version() {
    return std::to_string(POCO_VERSION >> 24) + "." + std::to_string(POCO_VERSION >> 16 & 255) + "." +
           std::to_string(POCO_VERSION >> 8 & 255);
}

}  // namespace

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) {
    static const std::string text = version();
    static const authgrammar_bench_peer peer{
        AUTHGRAMMAR_BENCH_PEER_VERSION, "poco", "HTTPAuthenticationParams", text.c_str(), 'P', prepare, parse, release};
    return &peer;
}
