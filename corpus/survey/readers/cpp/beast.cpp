#include <boost/beast/http/rfc7230.hpp>
#include <boost/version.hpp>
#include <string>
#include "survey.h"

extern "C" void survey_read(const char* value, const char*, const char*) {
    // It reads what stands behind a semicolon, and tells values with their quotes: unquoting is its own.
    const std::string text = std::string(";") + value;
    for (const auto& each : boost::beast::http::param_list{text}) {
        const std::string name(each.first), content(each.second);
        survey_give('n', name.c_str());
        survey_give('v', content.c_str());
    }
}

int main() { return survey_serve(BOOST_LIB_VERSION); }
