/* Reading and writing through <authgrammar.h>. */
#include "check.h"

static void reads_challenges(void) {
    const authgrammar_text line = copy_of("Newauth realm=\"a \\\"b\\\"\", type=1, Negotiate YWJj=, Basic realm=\"\"");
    authgrammar_event events[64];
    authgrammar_reading reading;
    authgrammar_error error;
    authgrammar_challenge c = {0};
    authgrammar_param p = {0};
    char buffer[16];
    size_t size = 99;

    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &line, 1, NULL, events, 64, &error) ==
          AUTHGRAMMAR_OK);
    CHECK(error.code == AUTHGRAMMAR_OK);
    CHECK(reading.event_count == 16);
    CHECK(reading.events == events);
    CHECK(reading.params.count == 0);

    CHECK(authgrammar_next_challenge(&reading, &c));
    CHECK_TEXT(c.scheme.raw, "Newauth");
    CHECK(c.token68.raw.data == NULL);
    CHECK(c.begin == 0 && c.end == 31);
    CHECK(c.params.count == 2);
    CHECK(authgrammar_next_param(&c.params, &p));
    CHECK_TEXT(p.name.raw, "realm");
    CHECK_TEXT(p.value.raw, "a \\\"b\\\"");
    CHECK(p.value.quoted == 1 && p.name.quoted == 0);
    CHECK(p.value.begin == 15 && p.value.end == 22);
    CHECK(p.value.line == 0 && p.value.offset == 15);
    CHECK(authgrammar_word_size(&p.value) == 5);
    CHECK(authgrammar_word_is(&p.value, AUTHGRAMMAR_TEXT("a \"b\"")));
    CHECK(!authgrammar_word_is(&p.value, AUTHGRAMMAR_TEXT("a \"B\"")));
    CHECK(authgrammar_word_is_ignoring_case(&p.value, AUTHGRAMMAR_TEXT("A \"B\"")));
    CHECK(authgrammar_word_unescape(&p.value, buffer, sizeof buffer, &size) == AUTHGRAMMAR_OK);
    CHECK(size == 5 && memcmp(buffer, "a \"b\"", 5) == 0);
    CHECK(authgrammar_word_string(&p.value, buffer, sizeof buffer, NULL) == AUTHGRAMMAR_OK);
    CHECK(strcmp(buffer, "a \"b\"") == 0);
    CHECK(authgrammar_next_param(&c.params, &p));
    CHECK_TEXT(p.name.raw, "type");
    CHECK(p.value.quoted == 0);
    CHECK(!authgrammar_next_param(&c.params, &p));
    CHECK(p.name.raw.data == NULL);
    CHECK(authgrammar_find_param(&c.params, AUTHGRAMMAR_TEXT("Realm"), &p));
    CHECK(authgrammar_next_param(&c.params, &p));
    CHECK_TEXT(p.name.raw, "type");

    CHECK(authgrammar_next_challenge(&reading, &c));
    CHECK_TEXT(c.token68.raw, "YWJj=");
    CHECK(c.params.count == 0);
    CHECK(authgrammar_next_challenge(&reading, &c));
    CHECK_TEXT(c.scheme.raw, "Basic");
    CHECK(authgrammar_find_param(&c.params, AUTHGRAMMAR_TEXT("REALM"), &p));
    CHECK(p.value.raw.size == 0 && p.value.raw.data != NULL);
    CHECK(authgrammar_word_is(&p.value, AUTHGRAMMAR_TEXT("")));
    CHECK(!authgrammar_next_challenge(&reading, &c));
    CHECK(c.scheme.raw.data == NULL);

    CHECK(authgrammar_find_challenge(&reading, AUTHGRAMMAR_TEXT("negotiate"), &c));
    CHECK(authgrammar_next_challenge(&reading, &c));
    CHECK_TEXT(c.scheme.raw, "Basic");
    CHECK(!authgrammar_find_challenge(&reading, AUTHGRAMMAR_TEXT("Digest"), &c));
    CHECK(!authgrammar_find_param(&reading.params, AUTHGRAMMAR_TEXT("realm"), &p));
    free((void*)line.data);
}

static void reads_credentials_and_info(void) {
    const authgrammar_text credentials = AUTHGRAMMAR_TEXT("Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    const authgrammar_text info = AUTHGRAMMAR_TEXT("nextnonce=\"a\", qop=auth, QOP=auth");
    authgrammar_event events[16];
    authgrammar_reading reading;
    authgrammar_challenge c = {0};
    authgrammar_param p = {0};
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_AUTHORIZATION, &credentials, 1, NULL, events, 4, NULL) ==
          AUTHGRAMMAR_OK);
    CHECK(authgrammar_next_challenge(&reading, &c));
    CHECK_TEXT(c.token68.raw, "QWxhZGRpbjpvcGVuIHNlc2FtZQ==");
    CHECK(!authgrammar_next_challenge(&reading, &c));
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO, &info, 1, NULL, events, 6, NULL) ==
          AUTHGRAMMAR_OK);
    CHECK(!authgrammar_next_challenge(&reading, &c));
    CHECK(reading.params.count == 3);
    CHECK(authgrammar_find_repeated_param(&reading.params, &p));
    CHECK_TEXT(p.name.raw, "QOP");
    CHECK(p.name.begin == 25);
    memset(&p, 0, sizeof p);
    CHECK(authgrammar_next_param(&reading.params, &p));
    CHECK(authgrammar_next_param(&reading.params, &p));
    CHECK(authgrammar_next_param(&reading.params, &p));
    CHECK(!authgrammar_next_param(&reading.params, &p));
}

/* Several lines are one value, and a quoted-string may run on from one to the next. */
static void reads_several_lines(void) {
    authgrammar_text lines[4];
    authgrammar_event* const events = exactly(19 * sizeof *events);
    authgrammar_reading reading;
    authgrammar_error error;
    authgrammar_challenge c = {0};
    authgrammar_param p = {0};
    char buffer[8];
    size_t size;
    lines[0] = copy_of("A a=1");
    lines[1] = copy_of("");
    lines[2] = copy_of("B b=\"x\\");
    lines[3] = copy_of("y\", c=2");
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, lines, 4, NULL, events, 19, &error) ==
          AUTHGRAMMAR_ERR_EVENT_BUFFER_FULL);
    free(events);
    {
        authgrammar_event* const enough = exactly(22 * sizeof *enough);
        CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, lines, 4, NULL, enough, 22, &error) ==
              AUTHGRAMMAR_OK);
        CHECK(authgrammar_find_challenge(&reading, AUTHGRAMMAR_TEXT("b"), &c));
        CHECK(c.scheme.line == 2 && c.scheme.offset == 0 && c.scheme.begin == 7);
        CHECK(authgrammar_next_param(&c.params, &p));
        CHECK(p.value.spans_lines == 1 && p.value.line == 2 && p.value.offset == 5);
        CHECK_TEXT(p.value.raw, "x\\");
        CHECK(authgrammar_word_size(&p.value) == 4);
        CHECK(authgrammar_word_is(&p.value, AUTHGRAMMAR_TEXT("x, y")));
        CHECK(authgrammar_word_unescape(&p.value, buffer, 4, &size) == AUTHGRAMMAR_OK);
        CHECK(size == 4 && memcmp(buffer, "x, y", 4) == 0);
        CHECK(authgrammar_find_param(&c.params, AUTHGRAMMAR_TEXT("b"), &p));
        CHECK(p.value.spans_lines == 1 && p.value.line == 2);
        CHECK(authgrammar_next_param(&c.params, &p));
        CHECK(p.value.line == 3 && p.value.offset == 6);
        CHECK(authgrammar_write_reading(&reading, buffer, 0, NULL) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
        free(enough);
    }
    free((void*)lines[3].data);
    lines[3] = copy_of("y\", c==2");
    {
        authgrammar_event more[22];
        CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, lines, 4, NULL, more, 22, &error) ==
              AUTHGRAMMAR_ERR_EXPECTED_VALUE);
    }
    CHECK(error.line == 3 && error.offset == 6);
    CHECK_TEXT(error.name, "expected_value");
    CHECK_TEXT(error.rule, "auth-param");
    CHECK_TEXT(error.section, "RFC 9110, 11.2");
    CHECK(error.expected.size != 0);
    CHECK(authgrammar_code_explanation(error.code).size != 0);
    CHECK(!authgrammar_next_challenge(&reading, &c));
    free((void*)lines[0].data);
    free((void*)lines[1].data);
    free((void*)lines[2].data);
    free((void*)lines[3].data);
}

static void keeps_limits_and_editions(void) {
    const authgrammar_text line = AUTHGRAMMAR_TEXT("A ,b=c");
    const authgrammar_text two = AUTHGRAMMAR_TEXT("A, B");
    authgrammar_event events[16];
    authgrammar_reading reading;
    authgrammar_error error;
    authgrammar_options options;
    authgrammar_options_init(&options);
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_PROXY_AUTHENTICATE, &line, 1, &options, events, 16, NULL) ==
          AUTHGRAMMAR_OK);
    options.edition = AUTHGRAMMAR_EDITION_RFC9110_SENDER;
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_PROXY_AUTHENTICATE, &line, 1, &options, events, 16, &error) !=
          AUTHGRAMMAR_OK);
    CHECK(error.offset == 4);
    options.limits.challenges = 1;
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_PROXY_AUTHENTICATE, &two, 1, &options, events, 16, &error) ==
          AUTHGRAMMAR_ERR_LIMIT_CHALLENGES);
    CHECK(error.offset == 3);
}

struct heard {
    char text[64];
    size_t events;
    int stop_at;
};

static int hear_event(void* context, const authgrammar_event* event) {
    struct heard* const heard = context;
    (void)event;
    return ++heard->events == (size_t)heard->stop_at;
}

static int hear_text(void* context, authgrammar_text_role role, authgrammar_text fragment, uint64_t position) {
    struct heard* const heard = context;
    (void)role;
    (void)position;
    strncat(heard->text, fragment.data, fragment.size);
    return 0;
}

/* The limits of a tokenizer are its own, wherever it is copied. */
static authgrammar_tokenizer limited_tokenizer(void) {
    authgrammar_tokenizer tokenizer;
    authgrammar_options options;
    authgrammar_options_init(&options);
    options.limits.total_bytes = 4;
    CHECK(authgrammar_tokenizer_init(&tokenizer, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &options) == AUTHGRAMMAR_OK);
    memset(&options, 0xFF, sizeof options);
    return tokenizer;
}

static void reads_in_pieces(void) {
    static const char value[] = "Basic realm=\"x\"";
    authgrammar_tokenizer tokenizer;
    authgrammar_tokenizer copy;
    authgrammar_consumer consumer;
    authgrammar_error error;
    struct heard heard;
    size_t i;
    memset(&heard, 0, sizeof heard);
    consumer.on_event = hear_event;
    consumer.on_text = hear_text;
    consumer.context = &heard;
    CHECK(authgrammar_tokenizer_init(&tokenizer, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, NULL) == AUTHGRAMMAR_OK);
    for (i = 0; i < sizeof value - 1; ++i) {
        CHECK(authgrammar_tokenizer_feed(&tokenizer, value + i, 1, &consumer) == AUTHGRAMMAR_OK);
    }
    copy = tokenizer;
    CHECK(authgrammar_tokenizer_finish(&tokenizer, &consumer) == AUTHGRAMMAR_OK);
    CHECK(heard.events == 5);
    CHECK(strcmp(heard.text, "Basicrealmx") == 0);
    CHECK(authgrammar_tokenizer_error(&tokenizer, &error) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_feed(&copy, "\"", 1, &consumer) == AUTHGRAMMAR_ERR_EXPECTED_COMMA);
    CHECK(authgrammar_tokenizer_error(&copy, &error) == AUTHGRAMMAR_ERR_EXPECTED_COMMA);
    CHECK(error.offset == 15 && error.line == 0);
    CHECK(authgrammar_tokenizer_finish(&copy, NULL) == AUTHGRAMMAR_ERR_EXPECTED_COMMA);

    tokenizer = limited_tokenizer();
    CHECK(authgrammar_tokenizer_feed(&tokenizer, "Basic", 5, NULL) == AUTHGRAMMAR_ERR_LIMIT_TOTAL_BYTES);
    CHECK(authgrammar_tokenizer_error(&tokenizer, &error) == AUTHGRAMMAR_ERR_LIMIT_TOTAL_BYTES);
    CHECK(error.offset == 4);

    heard.events = 0;
    heard.stop_at = 2;
    consumer.on_text = NULL;
    CHECK(authgrammar_tokenizer_init(&tokenizer, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_feed(&tokenizer, value, sizeof value - 1, &consumer) == AUTHGRAMMAR_ERR_STOPPED);
    CHECK(heard.events == 2);
}

static void writes(void) {
    authgrammar_param_spec params[2];
    authgrammar_challenge_spec list[2];
    authgrammar_written written;
    static const char whole[] = "Newauth realm=\"a \\\"b\\\"\", type=1, Negotiate YWJj=";
    char* const buffer = exactly(sizeof whole - 1);
    memset(list, 0, sizeof list);
    params[0].name = AUTHGRAMMAR_TEXT("realm");
    params[0].value = AUTHGRAMMAR_TEXT("a \"b\"");
    params[0].form = AUTHGRAMMAR_FORM_AUTOMATIC;
    params[1].name = AUTHGRAMMAR_TEXT("type");
    params[1].value = AUTHGRAMMAR_TEXT("1");
    params[1].form = AUTHGRAMMAR_FORM_TOKEN;
    list[0].scheme = AUTHGRAMMAR_TEXT("Newauth");
    list[0].params = params;
    list[0].param_count = 2;
    list[1].scheme = AUTHGRAMMAR_TEXT("Negotiate");
    list[1].token68 = AUTHGRAMMAR_TEXT("YWJj=");
    CHECK(authgrammar_write_challenges(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, list, 2, NULL, 0, &written) ==
          AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
    CHECK(written.size == sizeof whole - 1);
    CHECK(authgrammar_write_challenges(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, list, 2, buffer, written.size - 1,
                                       &written) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
    CHECK(authgrammar_write_challenges(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, list, 2, buffer, sizeof whole - 1,
                                       &written) == AUTHGRAMMAR_OK);
    CHECK(written.size == sizeof whole - 1 && memcmp(buffer, whole, sizeof whole - 1) == 0);

    {
        authgrammar_text line;
        authgrammar_event events[16];
        authgrammar_reading reading;
        char* const again = exactly(sizeof whole - 1);
        line.data = buffer;
        line.size = sizeof whole - 1;
        CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, &line, 1, NULL, events, 16, NULL) ==
              AUTHGRAMMAR_OK);
        CHECK(authgrammar_write_reading(&reading, again, sizeof whole - 1, &written) == AUTHGRAMMAR_OK);
        CHECK(written.size == sizeof whole - 1 && memcmp(again, whole, sizeof whole - 1) == 0);
        CHECK(authgrammar_write_reading(&reading, buffer, sizeof whole - 1, &written) ==
              AUTHGRAMMAR_ERR_BUFFER_OVERLAP);
        free(again);
    }

    params[1].value = AUTHGRAMMAR_TEXT("1 2");
    CHECK(authgrammar_write_credentials(AUTHGRAMMAR_FIELD_AUTHORIZATION, list, buffer, 1, &written) ==
          AUTHGRAMMAR_ERR_NOT_A_TOKEN);
    CHECK(written.part == AUTHGRAMMAR_PART_PARAM_VALUE && written.param == 1 && written.offset == 1);
    CHECK_TEXT(written.name, "not_a_token");
    CHECK_TEXT(written.section, "RFC 9110, 5.6.2");
    params[1].value = AUTHGRAMMAR_TEXT("a\nb");
    params[1].form = AUTHGRAMMAR_FORM_QUOTED;
    CHECK(authgrammar_write_info(AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO, params, 2, buffer, 1, &written) ==
          AUTHGRAMMAR_ERR_FORBIDDEN_OCTET);
    params[1].value.data = buffer;
    CHECK(authgrammar_write_info(AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO, params, 2, buffer, sizeof whole - 1,
                                 &written) == AUTHGRAMMAR_ERR_BUFFER_OVERLAP);
    CHECK(authgrammar_write_challenges(AUTHGRAMMAR_FIELD_AUTHORIZATION, list, 1, buffer, 1, NULL) ==
          AUTHGRAMMAR_ERR_WRONG_FIELD_KIND);
    CHECK(authgrammar_write_challenges(AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, NULL, 0, buffer, 1, NULL) ==
          AUTHGRAMMAR_ERR_EMPTY_CHALLENGE_LIST);
    free(buffer);
}

static void names(void) {
    authgrammar_field field = AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE;
    CHECK(strchr(authgrammar_version(), '.') != NULL);
    CHECK_TEXT(authgrammar_field_name(AUTHGRAMMAR_FIELD_PROXY_AUTHENTICATION_INFO), "Proxy-Authentication-Info");
    CHECK(authgrammar_field_from_name(AUTHGRAMMAR_TEXT("authorization"), &field));
    CHECK(field == AUTHGRAMMAR_FIELD_AUTHORIZATION);
    CHECK(!authgrammar_field_from_name(AUTHGRAMMAR_TEXT("Accept"), &field));
    CHECK_TEXT(authgrammar_edition_name(AUTHGRAMMAR_EDITION_RFC9110_RECIPIENT), "rfc9110-recipient");
    CHECK_TEXT(authgrammar_event_kind_name(AUTHGRAMMAR_EVENT_TOKEN68), "token68");
    CHECK_TEXT(authgrammar_code_name(AUTHGRAMMAR_OK), "none");
    CHECK_TEXT(authgrammar_code_name(AUTHGRAMMAR_ERR_INVALID_ARGUMENT), "invalid_argument");
    CHECK_TEXT(authgrammar_scheme_of(AUTHGRAMMAR_TEXT(" AWS4-HMAC-SHA256 Credential=x/y")), "AWS4-HMAC-SHA256");
    CHECK(authgrammar_equals(AUTHGRAMMAR_TEXT("a"), authgrammar_text_of("a")));
    CHECK(!authgrammar_equals(AUTHGRAMMAR_TEXT("a"), AUTHGRAMMAR_TEXT("A")));
    CHECK(authgrammar_equals_ignoring_case(AUTHGRAMMAR_TEXT("a"), AUTHGRAMMAR_TEXT("A")));
    CHECK(authgrammar_text_of(NULL).size == 0);
}

int main(void) {
    reads_challenges();
    reads_credentials_and_info();
    reads_several_lines();
    keeps_limits_and_editions();
    reads_in_pieces();
    writes();
    names();
    return checks_failed("c.core");
}
