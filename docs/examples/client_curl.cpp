// A client on libcurl that answers challenges: client_curl URL TOKEN, client_curl URL USER PASSWORD, or
// client_curl URL USER PASSWORD PROXY for what a proxy wants. It sends the request twice: the second time with credentials
// at once, as they were accepted.
#include <authgrammar/conversation/answerer.hpp>
#include <authgrammar/field_lines.hpp>

#include <curl/curl.h>

#include <cstddef>
#include <iostream>
#include <memory>
#include <string>
#include <string_view>

namespace {

namespace conversation = authgrammar::conversation;
using connection = std::unique_ptr<CURL, decltype(&curl_easy_cleanup)>;

std::size_t add_body(char* data, std::size_t, std::size_t size, void* body) {
    static_cast<std::string*>(body)->append(data, size);
    return size;
}

/// All lines of a field of the last response.
authgrammar::field_lines lines_of(CURL* curl, authgrammar::field of) {
    authgrammar::field_lines lines;
    const std::string name(name_of(of));
    curl_header* h = nullptr;
    for (std::size_t i = 0; curl_easy_header(curl, name.c_str(), i, CURLH_HEADER, -1, &h) == CURLHE_OK; ++i) {
        lines.add(h->value);
        if (i + 1 == h->amount) break;
    }
    return lines;
}

/// Sends a request with the credentials, if any: the status of the response, or 0 without one.
int send(CURL* curl, const conversation::attempt& attempt, std::string& body) {
    body.clear();
    curl_slist* fields = nullptr;
    if (const auto credentials = attempt.credentials()) {
        const std::string name(name_of(attempt.credentials_field()));
        fields = curl_slist_append(nullptr, (name + ": " + std::string(*credentials)).c_str());
    }
    curl_easy_setopt(curl, CURLOPT_HTTPHEADER, fields);
    long status = 0;
    if (curl_easy_perform(curl) == CURLE_OK) curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &status);
    curl_slist_free_all(fields);
    return static_cast<int>(status);
}

/// Sends a request as often as it takes. Prints each status, and what came in the end.
bool get(CURL* curl, conversation::answerer& answerer, const std::string& url, const std::string& proxy) {
    std::string body;
    curl_easy_setopt(curl, CURLOPT_PROXY, proxy.c_str());  // none, if it is empty
    curl_easy_setopt(curl, CURLOPT_URL, url.c_str());
    curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, add_body);
    curl_easy_setopt(curl, CURLOPT_WRITEDATA, &body);
    const bool direct = proxy.empty();
    conversation::attempt attempt =
        direct ? answerer.begin({"GET", url, {}}) : answerer.begin_at_proxy(proxy, {"GET", url, {}});
    while (attempt.state() == conversation::attempt_state::send) {
        const int status = send(curl, attempt, body);
        if (status == 0) return false;
        std::cout << status << ' ';
        const auto challenges = lines_of(curl, attempt.challenge_field());
        const auto info = lines_of(curl, attempt.info_field());
        attempt.receive(status, challenges.value(), info.value());
    }
    if (attempt.state() == conversation::attempt_state::give_up) {
        std::cout << name_of(attempt.why()) << '\n';
        return false;
    }
    std::cout << (attempt.proof() == conversation::server_proof::right ? "server proven, " : "") << body;
    return attempt.proof() != conversation::server_proof::wrong;
}

}  // namespace

int main(int argc, char** argv) {
    if (argc < 3 || argc > 5) return 2;
    const std::string url = argv[1];
    const std::string proxy = argc == 5 ? argv[4] : "";
    const std::string& server = proxy.empty() ? url : proxy;
    conversation::answerer_options options;
    options.allow_unsecured = server.rfind("http://127.0.0.1:", 0) == 0;
    conversation::answerer answerer(options);
    const bool added = argc == 3 ? answerer.add_token(server, argv[2]) : answerer.add_user(server, argv[2], argv[3]);
    const connection curl(curl_easy_init(), curl_easy_cleanup);
    if (!added || !curl) return 2;
    const bool first = get(curl.get(), answerer, url, proxy);
    return first && get(curl.get(), answerer, url, proxy) ? 0 : 1;
}
