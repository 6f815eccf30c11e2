/* Schemes by type through <authgrammar_schemes.h>. */
#include "check.h"

#include <authgrammar_schemes.h>

static authgrammar_event events[64];
static authgrammar_reading reading;

static authgrammar_challenge first_of(authgrammar_field field, const char* value) {
    authgrammar_challenge c = {0};
    const authgrammar_text line = authgrammar_text_of(value);
    CHECK(authgrammar_parse(&reading, field, &line, 1, NULL, events, 64, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_next_challenge(&reading, &c));
    return c;
}

static void basic(void) {
    authgrammar_basic read;
    authgrammar_basic_challenge challenge;
    authgrammar_scheme_error error;
    authgrammar_written written;
    char buffer[64];
    char* const small = exactly(19);
    const authgrammar_text value = AUTHGRAMMAR_TEXT("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    authgrammar_challenge c;
    CHECK(authgrammar_read_basic(value, 0, small, 19, &read, &error) == AUTHGRAMMAR_SCHEME_OK);
    CHECK_TEXT(read.user_id, "Aladdin");
    CHECK_TEXT(read.password, "open sesame");
    CHECK(authgrammar_read_basic(value, 0, small, 18, &read, &error) == AUTHGRAMMAR_SCHEME_ERR_BUFFER_FULL);
    CHECK(read.user_id.data == NULL);
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QQ=="), 0, small, 19, &read, &error) ==
          AUTHGRAMMAR_SCHEME_ERR_MISSING_COLON);
    CHECK_TEXT(error.name, "missing_colon");
    CHECK_TEXT(error.section, "RFC 7617, 2");
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QTo"), 0, small, 19, &read, &error) ==
          AUTHGRAMMAR_SCHEME_ERR_BASE64_PADDING);
    CHECK(error.permitted_by == AUTHGRAMMAR_TOLERATE_BASE64_MISSING_PADDING);
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QTo"), error.permitted_by, small, 19, &read, &error) ==
          AUTHGRAMMAR_SCHEME_OK);
    CHECK(read.used == AUTHGRAMMAR_TOLERATE_BASE64_MISSING_PADDING && read.password.size == 0);
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic @"), 0, small, 19, &read, &error) ==
          AUTHGRAMMAR_SCHEME_ERR_MALFORMED_VALUE);
    CHECK(error.grammar != AUTHGRAMMAR_OK && error.offset == 6);
    CHECK(authgrammar_write_basic(AUTHGRAMMAR_FIELD_AUTHORIZATION, AUTHGRAMMAR_TEXT("Aladdin"),
                                  AUTHGRAMMAR_TEXT("open sesame"), buffer, sizeof buffer, &written) == AUTHGRAMMAR_OK);
    CHECK(written.size == value.size && memcmp(buffer, value.data, value.size) == 0);
    CHECK(authgrammar_write_basic(AUTHGRAMMAR_FIELD_AUTHORIZATION, AUTHGRAMMAR_TEXT("a:b"), AUTHGRAMMAR_TEXT(""),
                                  buffer, sizeof buffer, &written) == AUTHGRAMMAR_ERR_FORBIDDEN_OCTET);
    CHECK(written.offset == 1);

    c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, "Basic realm=\"WallyWorld\", charset=\"UTF-8\"");
    CHECK(authgrammar_read_basic_challenge(&c, 0, &challenge, NULL) == AUTHGRAMMAR_SCHEME_OK);
    CHECK(challenge.utf8 == 1 && authgrammar_word_is(&challenge.realm, AUTHGRAMMAR_TEXT("WallyWorld")));
    CHECK(authgrammar_write_basic_challenge(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &challenge, buffer, sizeof buffer,
                                            &written) == AUTHGRAMMAR_OK);
    CHECK(written.size == 41 && memcmp(buffer, "Basic realm=\"WallyWorld\", charset=\"UTF-8\"", 41) == 0);
    free(small);
}

struct elements {
    size_t count;
    size_t stop_at;
    authgrammar_word last;
};
static int count_element(void* context, const authgrammar_word* element) {
    struct elements* const to = context;
    to->last = *element;
    return ++to->count == to->stop_at ? 7 : 0;
}

static void bearer(void) {
    authgrammar_text token;
    authgrammar_scheme_error error;
    authgrammar_bearer_challenge challenge;
    authgrammar_written written;
    struct elements elements;
    char buffer[128];
    authgrammar_challenge c;
    CHECK(authgrammar_read_bearer(AUTHGRAMMAR_TEXT("Bearer mF_9.B5f-4.1JqM"), &token, &error) == AUTHGRAMMAR_SCHEME_OK);
    CHECK_TEXT(token, "mF_9.B5f-4.1JqM");
    CHECK(authgrammar_read_bearer(AUTHGRAMMAR_TEXT("Basic QQ=="), &token, &error) ==
          AUTHGRAMMAR_SCHEME_ERR_OTHER_SCHEME);
    CHECK(authgrammar_write_bearer(AUTHGRAMMAR_FIELD_AUTHORIZATION, AUTHGRAMMAR_TEXT("a b"), buffer, 128, &written) ==
          AUTHGRAMMAR_ERR_NOT_A_TOKEN68);
    c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE,
                 "Bearer realm=\"r\", error=\"insufficient_scope\", scope=\"a bc d\", max_age=\"5\"");
    CHECK(authgrammar_read_bearer_challenge(&c, 0, &challenge, &error) == AUTHGRAMMAR_SCHEME_OK);
    CHECK(authgrammar_word_is(&challenge.error, AUTHGRAMMAR_TEXT("insufficient_scope")));
    CHECK(challenge.error_uri.raw.data == NULL && challenge.has_max_age && challenge.max_age == 5);
    memset(&elements, 0, sizeof elements);
    CHECK(authgrammar_for_each_in_list(&challenge.scope, count_element, &elements) == 0);
    CHECK(elements.count == 3);
    CHECK_TEXT(elements.last.raw, "d");
    CHECK(elements.last.begin == challenge.scope.begin + 5 && elements.last.offset == elements.last.begin);
    elements.count = 0;
    elements.stop_at = 2;
    CHECK(authgrammar_for_each_in_list(&challenge.scope, count_element, &elements) == 7);
    CHECK_TEXT(elements.last.raw, "bc");
    CHECK(authgrammar_write_bearer_challenge(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &challenge, buffer, 128, &written) ==
          AUTHGRAMMAR_OK);
    c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, "Bearer");
    CHECK(authgrammar_read_bearer_challenge(&c, 0, &challenge, &error) == AUTHGRAMMAR_SCHEME_ERR_MISSING_PARAM);
}

/* The example of RFC 7616, 3.9.1. */
static void digest(void) {
    static const char asked[] =
        "Digest realm=\"http-auth@example.org\", qop=\"auth, auth-int\", algorithm=SHA-256, "
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    static const char answered[] =
        "Digest username=\"Mufasa\", realm=\"http-auth@example.org\", uri=\"/dir/index.html\", algorithm=SHA-256, "
        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", nc=00000001, "
        "cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\", qop=auth, "
        "response=\"753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1\", "
        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
    authgrammar_digest_challenge challenge;
    authgrammar_digest_credentials credentials;
    authgrammar_digest_info info;
    authgrammar_scheme_error error;
    authgrammar_written written;
    char buffer[512];
    authgrammar_text line;
    authgrammar_challenge c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, asked);
    CHECK(authgrammar_read_digest_challenge(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &c, 0, &challenge, &error) ==
          AUTHGRAMMAR_SCHEME_OK);
    CHECK(challenge.algorithm == AUTHGRAMMAR_DIGEST_SHA_256 && challenge.algorithm_given);
    CHECK(challenge.qops == (1u << AUTHGRAMMAR_QOP_AUTH | 1u << AUTHGRAMMAR_QOP_AUTH_INT));
    CHECK(challenge.domain.raw.data == NULL && !challenge.stale);
    CHECK(authgrammar_write_digest_challenge(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &challenge, buffer, 512, &written) ==
          AUTHGRAMMAR_OK);
    buffer[written.size] = '\0';
    c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, buffer);
    CHECK(authgrammar_read_digest_challenge(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &c, 0, &challenge, &error) ==
          AUTHGRAMMAR_SCHEME_OK);
    CHECK_TEXT(challenge.opaque.raw, "FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS");

    c = first_of(AUTHGRAMMAR_FIELD_AUTHORIZATION, answered);
    CHECK(authgrammar_read_digest_credentials(&c, 0, &credentials, &error) == AUTHGRAMMAR_SCHEME_OK);
    CHECK(credentials.form == AUTHGRAMMAR_USERNAME_PLAIN && credentials.nc == 1 &&
          credentials.qop == AUTHGRAMMAR_QOP_AUTH);
    CHECK_TEXT(credentials.uri.raw, "/dir/index.html");
    CHECK_TEXT(credentials.nc_digits.raw, "00000001");
    CHECK(authgrammar_write_digest_credentials(AUTHGRAMMAR_FIELD_AUTHORIZATION, &credentials, buffer, 512, &written) ==
          AUTHGRAMMAR_OK);
    buffer[written.size] = '\0';
    c = first_of(AUTHGRAMMAR_FIELD_AUTHORIZATION, buffer);
    CHECK(authgrammar_read_digest_credentials(&c, 0, &credentials, &error) == AUTHGRAMMAR_SCHEME_OK);
    CHECK(credentials.response.raw.size == 64);
    CHECK_TEXT(authgrammar_digest_algorithm_name(credentials.algorithm), "SHA-256");

    line = AUTHGRAMMAR_TEXT(
        "qop=auth, nc=00000002, cnonce=\"c\", nextnonce=\"n\", "
        "rspauth=\"0123456789abcdef0123456789abcdef\"");
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO, &line, 1, NULL, events, 64, NULL) ==
          AUTHGRAMMAR_OK);
    CHECK(authgrammar_read_digest_info(&reading.params, 0, &info, &error) == AUTHGRAMMAR_SCHEME_OK);
    CHECK(info.has_nc && info.nc == 2);
    CHECK_TEXT(info.nextnonce.raw, "n");
    CHECK(authgrammar_write_digest_info(AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO, &info, buffer, 512, &written) ==
          AUTHGRAMMAR_OK);
}

static void negotiate_and_others(void) {
    authgrammar_negotiate_message message;
    authgrammar_scheme_error error;
    authgrammar_written written;
    authgrammar_tolerances used = 99;
    char buffer[64];
    const authgrammar_scheme* const hoba = authgrammar_find_scheme(AUTHGRAMMAR_TEXT("hoba"));
    authgrammar_challenge c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, "Negotiate oQ==");
    CHECK(authgrammar_read_negotiate(AUTHGRAMMAR_TEXT("negotiate"), &c, 401, 0, buffer, 64, &message, &error) ==
          AUTHGRAMMAR_SCHEME_OK);
    CHECK(message.leg == AUTHGRAMMAR_LEG_PROCEED);
    CHECK_TEXT(message.token, "\xA1");
    CHECK(authgrammar_read_negotiate(AUTHGRAMMAR_TEXT("NTLM"), &c, 401, 0, buffer, 64, &message, &error) ==
          AUTHGRAMMAR_SCHEME_ERR_OTHER_SCHEME);
    CHECK(authgrammar_read_negotiate(AUTHGRAMMAR_TEXT("Basic"), &c, 401, 0, buffer, 64, &message, &error) ==
          AUTHGRAMMAR_SCHEME_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_negotiate(AUTHGRAMMAR_FIELD_AUTHORIZATION, AUTHGRAMMAR_TEXT("Negotiate"),
                                      AUTHGRAMMAR_TEXT("\xA1"), buffer, 64, &written) == AUTHGRAMMAR_OK);
    CHECK(written.size == 14 && memcmp(buffer, "Negotiate oQ==", 14) == 0);

    CHECK_TEXT(authgrammar_scheme_name(hoba), "HOBA");
    CHECK(authgrammar_scheme_reference(hoba).size != 0);
    CHECK(authgrammar_find_scheme(AUTHGRAMMAR_TEXT("none")) == NULL);
    c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, "HOBA max-age=\"180\", challenge=\"YWJj\"");
    CHECK(authgrammar_check_challenge(hoba, &c, 0, &used, &error) == AUTHGRAMMAR_SCHEME_OK);
    CHECK(used == 0);
    c = first_of(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, "HOBA challenge=\"YWJj\"");
    CHECK(authgrammar_check_challenge(hoba, &c, 0, NULL, &error) == AUTHGRAMMAR_SCHEME_ERR_MISSING_PARAM);
    CHECK_TEXT(error.param, "max-age");
    CHECK(authgrammar_check_info(hoba, &c.params, 0, NULL, &error) == AUTHGRAMMAR_SCHEME_ERR_UNDEFINED_MESSAGE);
    c = first_of(AUTHGRAMMAR_FIELD_AUTHORIZATION, "HOBA result=\"x\"");
    CHECK(authgrammar_check_credentials(hoba, &c, 0, NULL, NULL) == AUTHGRAMMAR_SCHEME_OK);
    c = first_of(AUTHGRAMMAR_FIELD_AUTHORIZATION, "HOBAX result=\"x\"");
    CHECK(authgrammar_check_credentials(hoba, &c, 0, NULL, NULL) == AUTHGRAMMAR_SCHEME_ERR_OTHER_SCHEME);
    CHECK(authgrammar_form_of(AUTHGRAMMAR_TEXT("digest"), AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE,
                              AUTHGRAMMAR_TEXT("qop")) == AUTHGRAMMAR_FORM_QUOTED);
    CHECK(authgrammar_form_of(AUTHGRAMMAR_TEXT("Digest"), AUTHGRAMMAR_FIELD_AUTHORIZATION, AUTHGRAMMAR_TEXT("qop")) ==
          AUTHGRAMMAR_FORM_TOKEN);
    CHECK(authgrammar_equal_secrets(AUTHGRAMMAR_TEXT("a"), AUTHGRAMMAR_TEXT("a")));
    CHECK(!authgrammar_equal_secrets(AUTHGRAMMAR_TEXT("a"), AUTHGRAMMAR_TEXT("b")));
    authgrammar_wipe(buffer, sizeof buffer);
    CHECK(buffer[0] == 0 && buffer[13] == 0);
}

static void misuse(void) {
    authgrammar_challenge none = {0};
    authgrammar_basic_challenge basic_challenge;
    authgrammar_bearer_challenge bearer_challenge;
    authgrammar_digest_challenge digest_challenge;
    authgrammar_digest_credentials digest_credentials;
    authgrammar_digest_info digest_info;
    authgrammar_negotiate_message message;
    authgrammar_scheme_error error;
    authgrammar_basic read;
    authgrammar_text token;
    authgrammar_text huge = AUTHGRAMMAR_TEXT("a");
    char buffer[8];
    const authgrammar_field www = AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE;
    const authgrammar_scheme_code refused = AUTHGRAMMAR_SCHEME_ERR_INVALID_ARGUMENT;
    huge.size = (size_t)-1;
    memset(&basic_challenge, 0, sizeof basic_challenge);
    memset(&bearer_challenge, 0, sizeof bearer_challenge);
    memset(&digest_challenge, 0, sizeof digest_challenge);
    memset(&digest_credentials, 0, sizeof digest_credentials);
    memset(&digest_info, 0, sizeof digest_info);
    CHECK(authgrammar_read_basic(huge, 0, buffer, 8, &read, &error) == refused);
    CHECK_TEXT(error.name, "invalid_argument");
    CHECK_TEXT(authgrammar_scheme_code_name(refused), "invalid_argument");
    CHECK_TEXT(authgrammar_scheme_code_name(AUTHGRAMMAR_SCHEME_ERR_MISSING_COLON), "missing_colon");
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QTo="), 0, NULL, 8, &read, NULL) == refused);
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QTo="), 0, buffer, 8, NULL, NULL) == refused);
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QTo="), 1, buffer, 8, &read, NULL) == refused);
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QTo="), 1u << 31, buffer, 8, &read, NULL) == refused);
    CHECK(authgrammar_read_basic(AUTHGRAMMAR_TEXT("Basic QTo="), 0, NULL, 0, &read, NULL) ==
          AUTHGRAMMAR_SCHEME_ERR_BUFFER_FULL);
    CHECK(authgrammar_read_bearer(huge, &token, NULL) == refused);
    CHECK(authgrammar_read_bearer(AUTHGRAMMAR_TEXT("Bearer a"), NULL, NULL) == refused);
    CHECK(authgrammar_read_basic_challenge(&none, 0, &basic_challenge, NULL) == refused);
    CHECK(authgrammar_read_basic_challenge(NULL, 0, &basic_challenge, NULL) == refused);
    CHECK(authgrammar_read_bearer_challenge(&none, 0, &bearer_challenge, NULL) == refused);
    CHECK(authgrammar_read_digest_challenge(www, &none, 0, &digest_challenge, NULL) == refused);
    CHECK(authgrammar_read_digest_credentials(NULL, 0, &digest_credentials, NULL) == refused);
    CHECK(authgrammar_read_digest_info(NULL, 0, &digest_info, NULL) == refused);
    CHECK(authgrammar_read_digest_info(&none.params, 0, &digest_info, NULL) == AUTHGRAMMAR_SCHEME_OK);
    CHECK(authgrammar_read_negotiate(AUTHGRAMMAR_TEXT("NTLM"), NULL, 0, 0, buffer, 8, &message, NULL) == refused);
    CHECK(authgrammar_check_challenge(NULL, &none, 0, NULL, NULL) == refused);
    CHECK(authgrammar_check_info(NULL, NULL, 0, NULL, NULL) == refused);
    CHECK(authgrammar_find_scheme(huge) == NULL);
    CHECK(authgrammar_scheme_name(NULL).size == 0);
    CHECK(authgrammar_form_of(huge, www, huge) == AUTHGRAMMAR_FORM_AUTOMATIC);
    CHECK(authgrammar_for_each_in_list(NULL, count_element, NULL) == 0);
    CHECK(authgrammar_for_each_in_list(&basic_challenge.realm, NULL, NULL) == 0);
    CHECK(!authgrammar_equal_secrets(huge, huge));
    authgrammar_wipe(NULL, 0);
    authgrammar_wipe(NULL, 5);

    CHECK(authgrammar_write_basic(www, huge, huge, buffer, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_basic_challenge(www, NULL, buffer, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_bearer(www, huge, buffer, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_bearer_challenge(www, NULL, buffer, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    bearer_challenge.scope.raw = huge;
    CHECK(authgrammar_write_bearer_challenge(www, &bearer_challenge, buffer, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_digest_challenge(www, NULL, buffer, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    digest_challenge.qops = 1;
    CHECK(authgrammar_write_digest_challenge(www, &digest_challenge, buffer, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    digest_credentials.algorithm = (authgrammar_digest_algorithm)6;
    CHECK(authgrammar_write_digest_credentials(AUTHGRAMMAR_FIELD_AUTHORIZATION, &digest_credentials, buffer, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    digest_info.qop = (authgrammar_digest_qop)-1;
    CHECK(authgrammar_write_digest_info(AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO, &digest_info, buffer, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_digest_algorithm_name((authgrammar_digest_algorithm)6).size == 0);
    CHECK(authgrammar_write_negotiate(www, AUTHGRAMMAR_TEXT("NTLM"), huge, buffer, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
}

int main(void) {
    basic();
    bearer();
    digest();
    negotiate_and_others();
    misuse();
    return checks_failed("c.schemes");
}
