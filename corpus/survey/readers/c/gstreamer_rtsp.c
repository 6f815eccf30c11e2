#include <gst/gst.h>
#include <gst/rtsp/gstrtspmessage.h>
#include "survey.h"

void survey_read(const char* value, const char* field, const char* scheme) {
    GstRTSPMessage* message;
    GstRTSPAuthCredential** all;
    GstRTSPHeaderField kind =
        strcmp(field, "Authorization") ? GST_RTSP_HDR_WWW_AUTHENTICATE : GST_RTSP_HDR_AUTHORIZATION;
    (void)scheme;
    gst_rtsp_message_new_response(&message, GST_RTSP_STS_UNAUTHORIZED, NULL, NULL);
    gst_rtsp_message_add_header(message, kind, value);
    all = gst_rtsp_message_parse_auth_credentials(message, kind);
    for (GstRTSPAuthCredential** each = all; each && *each; ++each) {
        switch ((*each)->scheme) {
            case GST_RTSP_AUTH_BASIC: survey_give('s', "Basic"); break;
            case GST_RTSP_AUTH_DIGEST: survey_give('s', "Digest"); break;
            default: continue;
        }
        survey_give('t', (*each)->authorization);
        for (GstRTSPAuthParam** param = (*each)->params; param && *param; ++param)
            survey_param((*param)->name, (*param)->value);
    }
    gst_rtsp_auth_credentials_free(all);
    gst_rtsp_message_free(message);
}

int main(void) {
    char version[32];
    unsigned major, minor, micro, nano;
    gst_version(&major, &minor, &micro, &nano);
    snprintf(version, sizeof version, "%u.%u.%u", major, minor, micro);
    return survey_serve(version);
}
