#include <Poco/Environment.h>
#include <Poco/Net/HTTPAuthenticationParams.h>
#include <Poco/Net/HTTPBasicCredentials.h>
#include <Poco/Net/HTTPCredentials.h>
#include <Poco/Net/HTTPRequest.h>
#include <Poco/Net/HTTPResponse.h>
#include "survey.h"

static void give(const Poco::Net::NameValueCollection& params) {
    for (const auto& each : params) survey_param(each.first.c_str(), each.second.c_str());
}

extern "C" void survey_read(const char* value, const char* field, const char* scheme) {
    try {
        if (std::strcmp(field, "Authorization") == 0) {
            Poco::Net::HTTPRequest request;
            request.set("Authorization", value);
            if (std::strcmp(scheme, "basic") == 0) {
                Poco::Net::HTTPBasicCredentials told(request);
                survey_give('s', "Basic");
                survey_give_bytes('u', told.getUsername().data(), told.getUsername().size());
                survey_give_bytes('p', told.getPassword().data(), told.getPassword().size());
            } else if (Poco::Net::HTTPCredentials::hasDigestCredentials(request)) {
                Poco::Net::HTTPAuthenticationParams told(request);
                survey_give('s', "Digest");
                give(told);
            }
        } else {
            Poco::Net::HTTPResponse response;
            response.set("WWW-Authenticate", value);
            Poco::Net::HTTPAuthenticationParams told(response);
            survey_give('s', Poco::Net::HTTPCredentials::isBasicCredentials(value) ? "Basic" : "Digest");
            give(told);
        }
    } catch (const std::exception&) {
    }
}

int main() {
    const Poco::UInt32 version = Poco::Environment::libraryVersion();
    char text[32];
    std::snprintf(text, sizeof text, "%u.%u.%u", version >> 24, version >> 16 & 255, version >> 8 & 255);
    return survey_serve(text);
}
