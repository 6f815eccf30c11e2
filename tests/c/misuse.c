/* What a caller may do wrong: each has a defined answer. Under AddressSanitizer none reads or writes where it must not. */
#include "check.h"

#include <limits.h>

static const size_t huge = (size_t)-1;

static authgrammar_text text_of(const char* data, size_t size) {
    authgrammar_text text;
    text.data = data;
    text.size = size;
    return text;
}

/* A size that the options of a later version might have. */
struct later_options {
    authgrammar_options options;
    size_t more;
};

static void parse(void) {
    authgrammar_event events[8];
    authgrammar_reading reading;
    authgrammar_error error;
    struct later_options later;
    authgrammar_text line = text_of("A", 1);
    const authgrammar_field www = AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE;
    const authgrammar_field none = (authgrammar_field)6;

    /* Nothing at all is the empty value, which no credentials are. */
    CHECK(authgrammar_parse(&reading, www, NULL, 0, NULL, NULL, 0, &error) == AUTHGRAMMAR_OK);
    CHECK(reading.event_count == 0);
    CHECK(authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_AUTHORIZATION, NULL, 0, NULL, NULL, 0, &error) ==
          AUTHGRAMMAR_ERR_MISSING_CHALLENGE);
    line = text_of(NULL, 0);
    CHECK(authgrammar_parse(&reading, www, &line, 1, NULL, NULL, 0, NULL) == AUTHGRAMMAR_OK);

    line = text_of("A", 1);
    CHECK(authgrammar_parse(NULL, www, &line, 1, NULL, events, 8, &error) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK_TEXT(error.name, "invalid_argument");
    CHECK(error.expected.size != 0);
    CHECK(authgrammar_parse(&reading, none, &line, 1, NULL, events, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_parse(&reading, (authgrammar_field)INT_MIN, &line, 1, NULL, events, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_parse(&reading, www, NULL, 1, NULL, events, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_parse(&reading, www, &line, huge, NULL, events, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_parse(&reading, www, &line, 1, NULL, NULL, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_parse(&reading, www, &line, 1, NULL, events, huge, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    line = text_of("A", huge);
    CHECK(authgrammar_parse(&reading, www, &line, 1, NULL, events, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    line = text_of(NULL, 1);
    CHECK(authgrammar_parse(&reading, www, &line, 1, NULL, events, 8, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);

    line = text_of("A", 1);
    memset(&later, 0, sizeof later);
    authgrammar_options_init(&later.options);
    later.options.size = sizeof later;
    CHECK(authgrammar_parse(&reading, www, &line, 1, &later.options, events, 8, NULL) == AUTHGRAMMAR_OK);
    later.more = 1;
    CHECK(authgrammar_parse(&reading, www, &line, 1, &later.options, events, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    later.options.size = sizeof(authgrammar_options) - 1;
    CHECK(authgrammar_parse(&reading, www, &line, 1, &later.options, events, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    authgrammar_options_init(&later.options);
    later.options.edition = (authgrammar_edition)3;
    CHECK(authgrammar_parse(&reading, www, &line, 1, &later.options, events, 8, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
}

/* One event, or one line, too few. */
static void rooms_one_too_small(void) {
    authgrammar_reading reading;
    authgrammar_error error;
    authgrammar_text lines[2];
    size_t n;
    lines[0] = copy_of("Basic realm=\"x\"");
    lines[1] = copy_of("B");
    for (n = 0; n <= 5; ++n) {
        authgrammar_event* const events = exactly(n * sizeof *events);
        const authgrammar_code code =
            authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, lines, 1, NULL, events, n, &error);
        CHECK(code == (n < 5 ? AUTHGRAMMAR_ERR_EVENT_BUFFER_FULL : AUTHGRAMMAR_OK));
        CHECK(reading.event_count == (n < 5 ? 0u : 5u));
        free(events);
    }
    for (n = 0; n <= 12; ++n) {
        authgrammar_event* const events = exactly(n * sizeof *events);
        authgrammar_challenge c = {0};
        const authgrammar_code code =
            authgrammar_parse(&reading, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, lines, 2, NULL, events, n, &error);
        CHECK(code == (n < 12 ? AUTHGRAMMAR_ERR_EVENT_BUFFER_FULL : AUTHGRAMMAR_OK));
        CHECK(authgrammar_find_challenge(&reading, AUTHGRAMMAR_TEXT("B"), &c) == (n == 12));
        free(events);
    }
    free((void*)lines[0].data);
    free((void*)lines[1].data);
}

static void iteration(void) {
    authgrammar_reading reading;
    authgrammar_challenge c = {0};
    authgrammar_param p = {0};
    memset(&reading, 0, sizeof reading);
    CHECK(!authgrammar_next_challenge(NULL, &c));
    CHECK(!authgrammar_next_challenge(&reading, NULL));
    CHECK(!authgrammar_next_challenge(&reading, &c));
    CHECK(!authgrammar_find_challenge(&reading, AUTHGRAMMAR_TEXT("A"), &c));
    CHECK(!authgrammar_find_challenge(NULL, text_of(NULL, huge), &c));
    CHECK(!authgrammar_find_challenge(&reading, AUTHGRAMMAR_TEXT("A"), NULL));
    CHECK(!authgrammar_next_param(NULL, &p));
    CHECK(!authgrammar_next_param(&c.params, NULL));
    CHECK(!authgrammar_next_param(&c.params, &p));
    CHECK(!authgrammar_find_param(&c.params, text_of(NULL, 1), &p));
    CHECK(!authgrammar_find_param(&c.params, AUTHGRAMMAR_TEXT("a"), NULL));
    CHECK(!authgrammar_find_repeated_param(NULL, &p));
    CHECK(!authgrammar_find_repeated_param(&c.params, NULL));
}

static void words(void) {
    authgrammar_word word = authgrammar_word_of(AUTHGRAMMAR_TEXT("abc"));
    authgrammar_word broken = authgrammar_word_of(text_of("abc", huge));
    char* const buffer = exactly(3);
    size_t size = 99;
    CHECK(authgrammar_word_size(NULL) == 0);
    CHECK(authgrammar_word_size(&broken) == 0);
    CHECK(!authgrammar_word_is(&broken, AUTHGRAMMAR_TEXT("")));
    CHECK(!authgrammar_word_is(NULL, AUTHGRAMMAR_TEXT("")));
    CHECK(!authgrammar_word_is(&word, text_of("abc", huge)));
    CHECK(!authgrammar_word_is_ignoring_case(&word, text_of(NULL, 3)));
    CHECK(authgrammar_word_unescape(NULL, buffer, 3, &size) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(size == 0);
    CHECK(authgrammar_word_unescape(&word, NULL, 3, &size) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_word_unescape(&word, buffer, huge, &size) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_word_unescape(&word, NULL, 0, &size) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
    CHECK(size == 3);
    CHECK(authgrammar_word_unescape(&word, buffer, 2, NULL) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
    CHECK(authgrammar_word_unescape(&word, buffer, 3, &size) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_word_string(&word, NULL, 0, &size) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
    CHECK(size == 3);
    CHECK(authgrammar_word_string(&word, buffer, 3, &size) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
    CHECK(buffer[0] == '\0');
    CHECK(authgrammar_word_string(&word, NULL, 1, &size) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_word_string(&broken, buffer, 3, &size) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    memcpy(buffer, "abc", 3);
    word.raw.data = buffer;
    CHECK(authgrammar_word_unescape(&word, buffer, 3, &size) == AUTHGRAMMAR_ERR_BUFFER_OVERLAP);
    CHECK(memcmp(buffer, "abc", 3) == 0);
    word = authgrammar_word_of(text_of(NULL, 0));
    CHECK(authgrammar_word_is(&word, text_of(NULL, 0)));
    CHECK(authgrammar_word_string(&word, buffer, 1, &size) == AUTHGRAMMAR_OK);
    free(buffer);
}

static authgrammar_tokenizer* used_by_its_callback;
static authgrammar_code answers_to_callback[3];

static int use_tokenizer(void* context, const authgrammar_event* event) {
    (void)context;
    (void)event;
    answers_to_callback[0] = authgrammar_tokenizer_feed(used_by_its_callback, "x", 1, NULL);
    answers_to_callback[1] = authgrammar_tokenizer_finish(used_by_its_callback, NULL);
    answers_to_callback[2] = authgrammar_tokenizer_error(used_by_its_callback, NULL);
    return 0;
}

static void tokenizer(void) {
    authgrammar_tokenizer t;
    authgrammar_error error;
    authgrammar_consumer consumer;
    memset(&t, 0, sizeof t);
    CHECK(authgrammar_tokenizer_feed(&t, "A", 1, NULL) == AUTHGRAMMAR_ERR_NOT_INITIALISED);
    CHECK(authgrammar_tokenizer_finish(&t, NULL) == AUTHGRAMMAR_ERR_NOT_INITIALISED);
    CHECK(authgrammar_tokenizer_error(&t, &error) == AUTHGRAMMAR_ERR_NOT_INITIALISED);
    CHECK_TEXT(error.name, "not_initialised");
    CHECK(authgrammar_tokenizer_init(NULL, AUTHGRAMMAR_FIELD_AUTHORIZATION, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_tokenizer_init(&t, (authgrammar_field)-1, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_tokenizer_feed(&t, "A", 1, NULL) == AUTHGRAMMAR_ERR_NOT_INITIALISED);
    CHECK(authgrammar_tokenizer_feed(NULL, "A", 1, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_tokenizer_finish(NULL, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_tokenizer_error(NULL, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);

    CHECK(authgrammar_tokenizer_init(&t, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_feed(&t, "A", huge, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_tokenizer_feed(&t, NULL, 1, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_tokenizer_feed(&t, NULL, 0, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_feed(&t, "A", 1, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_error(&t, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_finish(&t, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_feed(&t, "", 0, NULL) == AUTHGRAMMAR_ERR_FED_AFTER_FINISH);
    CHECK(authgrammar_tokenizer_finish(&t, NULL) == AUTHGRAMMAR_ERR_FED_AFTER_FINISH);
    CHECK(authgrammar_tokenizer_init(&t, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_finish(&t, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_finish(&t, NULL) == AUTHGRAMMAR_ERR_FINISHED_TWICE);

    memset(&consumer, 0, sizeof consumer);
    consumer.on_event = use_tokenizer;
    used_by_its_callback = &t;
    CHECK(authgrammar_tokenizer_init(&t, AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE, NULL) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_tokenizer_feed(&t, "A b=c, ", 7, &consumer) == AUTHGRAMMAR_OK);
    CHECK(answers_to_callback[0] == AUTHGRAMMAR_ERR_BUSY);
    CHECK(answers_to_callback[1] == AUTHGRAMMAR_ERR_BUSY);
    CHECK(answers_to_callback[2] == AUTHGRAMMAR_ERR_BUSY);
    CHECK(authgrammar_tokenizer_finish(&t, &consumer) == AUTHGRAMMAR_OK);
}

static void writing(void) {
    authgrammar_challenge_spec spec;
    authgrammar_param_spec param;
    authgrammar_written written;
    authgrammar_reading reading;
    char buffer[16];
    const authgrammar_field www = AUTHGRAMMAR_FIELD_WWW_AUTHENTICATE;
    memset(&spec, 0, sizeof spec);
    memset(&param, 0, sizeof param);
    memset(&reading, 0, sizeof reading);
    spec.scheme = AUTHGRAMMAR_TEXT("A");
    CHECK(authgrammar_write_challenges(www, NULL, 1, buffer, 16, &written) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK_TEXT(written.name, "invalid_argument");
    CHECK(authgrammar_write_challenges(www, &spec, huge, buffer, 16, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_challenges(www, &spec, 1, NULL, 16, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_challenges(www, &spec, 1, buffer, huge, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_challenges((authgrammar_field)9, &spec, 1, buffer, 16, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_credentials(AUTHGRAMMAR_FIELD_AUTHORIZATION, NULL, buffer, 16, NULL) ==
          AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    spec.param_count = 1;
    CHECK(authgrammar_write_challenges(www, &spec, 1, buffer, 16, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    spec.params = &param;
    param.name = AUTHGRAMMAR_TEXT("n");
    param.value = text_of("v", huge);
    CHECK(authgrammar_write_challenges(www, &spec, 1, buffer, 16, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    param.value = text_of(NULL, 0);
    param.form = (authgrammar_form)3;
    CHECK(authgrammar_write_challenges(www, &spec, 1, buffer, 16, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    param.form = AUTHGRAMMAR_FORM_AUTOMATIC;
    CHECK(authgrammar_write_challenges(www, &spec, 1, buffer, 5, &written) == AUTHGRAMMAR_ERR_TEXT_BUFFER_FULL);
    CHECK(written.size == 6);
    CHECK(authgrammar_write_challenges(www, &spec, 1, buffer, 16, &written) == AUTHGRAMMAR_OK);
    CHECK(written.size == 6 && memcmp(buffer, "A n=\"\"", 6) == 0);
    CHECK(authgrammar_write_info(AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO, NULL, 0, NULL, 0, &written) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_write_reading(NULL, buffer, 16, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(authgrammar_write_reading(&reading, buffer, 16, NULL) == AUTHGRAMMAR_ERR_EMPTY_CHALLENGE_LIST);
    reading.field = AUTHGRAMMAR_FIELD_AUTHORIZATION;
    CHECK(authgrammar_write_reading(&reading, buffer, 16, NULL) == AUTHGRAMMAR_ERR_EMPTY_CHALLENGE_LIST);
    reading.field = AUTHGRAMMAR_FIELD_AUTHENTICATION_INFO;
    CHECK(authgrammar_write_reading(&reading, buffer, 16, &written) == AUTHGRAMMAR_OK && written.size == 0);
    reading.field = (authgrammar_field)17;
    CHECK(authgrammar_write_reading(&reading, buffer, 16, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
}

static void names(void) {
    CHECK(authgrammar_field_name((authgrammar_field)6).size == 0);
    CHECK(authgrammar_edition_name((authgrammar_edition)-1).size == 0);
    CHECK(authgrammar_event_kind_name((authgrammar_event_kind)6).size == 0);
    CHECK_TEXT(authgrammar_code_name((authgrammar_code)-1), "none");
    CHECK_TEXT(authgrammar_code_name((authgrammar_code)1000), "none");
    CHECK(!authgrammar_field_from_name(text_of(NULL, 1), NULL));
    CHECK(!authgrammar_field_from_name(AUTHGRAMMAR_TEXT("Authorization"), NULL));
    CHECK(!authgrammar_equals(text_of("a", huge), text_of("a", huge)));
    CHECK(!authgrammar_equals_ignoring_case(text_of(NULL, 1), text_of(NULL, 1)));
    CHECK(authgrammar_equals(text_of(NULL, 0), text_of("", 0)));
    CHECK(authgrammar_scheme_of(text_of("a", huge)).size == 0);
    CHECK(authgrammar_scheme_of(text_of(NULL, 0)).size == 0);
}

int main(void) {
    parse();
    rooms_one_too_small();
    iteration();
    words();
    tokenizer();
    writing();
    names();
    return checks_failed("c.misuse");
}
