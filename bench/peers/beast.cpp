// boost::beast::http::param_list: parameters that ";" separates, so the commas between them are replaced before.

#include "../peer.h"

#include <boost/beast/http/rfc7230.hpp>
#include <boost/version.hpp>

#include <string>

namespace {

void* prepare(const char* text, size_t size, int) {
    auto* list = new std::string(";");
    bool quoted = false;
    for (size_t i = 0; i < size; ++i) {
        if (quoted && text[i] == '\\' && i + 1 < size) {
            *list += text[i++];
        } else if (text[i] == '"') {
            quoted = !quoted;
        }
        *list += text[i] == ',' && !quoted ? ';' : text[i];
    }
    return list;
}

long parse(void* prepared, int, int) {
    const auto& text = *static_cast<const std::string*>(prepared);
    long spans = 0;
    for (const auto& param : boost::beast::http::param_list(boost::beast::string_view(text.data(), text.size()))) {
        spans += param.second.empty() ? 1 : 2;
    }
    return spans;
}

void release(void* prepared) { delete static_cast<std::string*>(prepared); }

std::string version() {
    return std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000) + "." +
           std::to_string(BOOST_VERSION % 100);
}

}  // namespace

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) {
    static const std::string text = version();
    static const authgrammar_bench_peer peer{
        AUTHGRAMMAR_BENCH_PEER_VERSION, "beast", "http::param_list", text.c_str(), 'P', prepare, parse, release};
    return &peer;
}
