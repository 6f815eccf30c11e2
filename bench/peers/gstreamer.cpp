// gst_rtsp_message_parse_auth_credentials(): all challenges of the header of an RTSP message.

#include "../peer.h"

#include <gst/rtsp/gstrtspmessage.h>

#include <string>

namespace {

void* prepare(const char* text, size_t size, int credentials) {
    GstRTSPMessage* message = nullptr;
    if (gst_rtsp_message_new(&message) != GST_RTSP_OK) return nullptr;
    if (credentials != 0) {
        gst_rtsp_message_init_request(message, GST_RTSP_OPTIONS, "rtsp://localhost/");
    } else {
        gst_rtsp_message_init_response(message, GST_RTSP_STS_UNAUTHORIZED, nullptr, nullptr);
    }
    gst_rtsp_message_add_header(message, credentials != 0 ? GST_RTSP_HDR_AUTHORIZATION : GST_RTSP_HDR_WWW_AUTHENTICATE,
                                std::string(text, size).c_str());
    return message;
}

long parse(void* prepared, int credentials, int count) {
    GstRTSPAuthCredential** list = gst_rtsp_message_parse_auth_credentials(
        static_cast<GstRTSPMessage*>(prepared),
        credentials != 0 ? GST_RTSP_HDR_AUTHORIZATION : GST_RTSP_HDR_WWW_AUTHENTICATE);
    if (list == nullptr) return -1;
    long spans = list[0] == nullptr ? -1 : 0;
    for (GstRTSPAuthCredential** c = list; count != 0 && *c != nullptr; ++c) {
        spans += 1 + ((*c)->authorization != nullptr);
        for (GstRTSPAuthParam** p = (*c)->params; p != nullptr && *p != nullptr; ++p) {
            spans += 1 + ((*p)->value != nullptr);
        }
    }
    gst_rtsp_auth_credentials_free(list);
    return spans;
}

void release(void* prepared) { gst_rtsp_message_free(static_cast<GstRTSPMessage*>(prepared)); }

const authgrammar_bench_peer peer{AUTHGRAMMAR_BENCH_PEER_VERSION,
                                  "gstreamer",
                                  "gst_rtsp_message_parse_auth_credentials",
                                  AUTHGRAMMAR_BENCH_PACKAGE_VERSION,
                                  'F',
                                  prepare,
                                  parse,
                                  release};

}  // namespace

const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void) { return &peer; }
