// Tells MemorySanitizer what uriparser has written. For programs that are linked with --wrap of these functions.

#include <sanitizer/msan_interface.h>
#include <uriparser/Uri.h>
#include <initializer_list>

namespace {

template <typename Thing>
void written(const Thing* thing) {
    if (thing != nullptr) __msan_unpoison(thing, sizeof *thing);
}

void written(const UriTextRangeA& range) {
    // A parser that gives up leaves the end of a range unset.
    if (range.first != nullptr && range.afterLast != nullptr) {
        __msan_unpoison(range.first, static_cast<std::size_t>(range.afterLast - range.first));
    }
}

void written_uri(const UriUriA* uri) {
    written(uri);
    for (const UriTextRangeA& range : {uri->scheme, uri->userInfo, uri->hostText, uri->hostData.ipFuture, uri->portText,
                                       uri->query, uri->fragment}) {
        written(range);
    }
    written(uri->hostData.ip4);
    written(uri->hostData.ip6);
    for (const UriPathSegmentA* segment = uri->pathHead; segment != nullptr; segment = segment->next) {
        written(segment);
        written(segment->text);
    }
}

}  // namespace

extern "C" {

int __real_uriParseSingleUriExA(UriUriA* uri, const char* first, const char* after_last, const char** error);
int __wrap_uriParseSingleUriExA(UriUriA* uri, const char* first, const char* after_last, const char** error) {
    const int code = __real_uriParseSingleUriExA(uri, first, after_last, error);
    written_uri(uri);
    return code;
}

int __real_uriAddBaseUriExA(UriUriA* to, const UriUriA* relative, const UriUriA* base, UriResolutionOptions options);
int __wrap_uriAddBaseUriExA(UriUriA* to, const UriUriA* relative, const UriUriA* base, UriResolutionOptions options) {
    const int code = __real_uriAddBaseUriExA(to, relative, base, options);
    written_uri(to);
    return code;
}

int __real_uriNormalizeSyntaxExA(UriUriA* uri, unsigned mask);
int __wrap_uriNormalizeSyntaxExA(UriUriA* uri, unsigned mask) {
    const int code = __real_uriNormalizeSyntaxExA(uri, mask);
    written_uri(uri);
    return code;
}
}
