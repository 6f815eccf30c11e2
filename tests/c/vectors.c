/* Reads the cases of vectors.py from stdin through the C interface: whole, line by line, and byte by byte with callbacks.
 * Verdict, place of the error and events must be those of the case.
 *
 * A case is one line: FIELD EDITION LINE[,LINE…] followed by "no OFFSET" or "yes" and an event KIND:BEGIN:END:QUOTED each.
 * FIELD, EDITION and KIND are numbers, LINE is in hexadecimal behind an "x". */
#include "check.h"

enum { MOST_LINES = 64, MOST_EVENTS = 1024, MOST_BYTES = 1 << 16 };

struct vector_case {
    authgrammar_field field;
    authgrammar_edition edition;
    authgrammar_text lines[MOST_LINES];
    size_t line_count;
    char bytes[MOST_BYTES];
    char joined[MOST_BYTES];
    size_t joined_size;
    int valid;
    size_t offset;
    authgrammar_event events[MOST_EVENTS];
    size_t event_count;
};

static struct vector_case now;
static unsigned long cases;

static int same_event(const authgrammar_event* a, const authgrammar_event* b) {
    return a->kind == b->kind && a->quoted == b->quoted && a->begin == b->begin && a->end == b->end;
}

static void read_lines(char* list) {
    char* bytes = now.bytes;
    char* word;
    now.line_count = 0;
    now.joined_size = 0;
    for (word = strtok(list, ","); word != NULL; word = strtok(NULL, ",")) {
        authgrammar_text* const line = &now.lines[now.line_count++];
        const char* hex = word + 1;
        line->data = bytes;
        for (; hex[0] != '\0'; hex += 2) {
            char octet[3] = {0};
            memcpy(octet, hex, 2);
            *bytes++ = (char)strtoul(octet, NULL, 16);
        }
        line->size = (size_t)(bytes - line->data);
        if (line->size == 0) continue;
        if (now.joined_size != 0) {
            memcpy(now.joined + now.joined_size, ", ", 2);
            now.joined_size += 2;
        }
        memcpy(now.joined + now.joined_size, line->data, line->size);
        now.joined_size += line->size;
    }
}

static void read_events(char* list) {
    char* at = list;
    now.event_count = 0;
    while (*at == ' ') {
        authgrammar_event* const e = &now.events[now.event_count++];
        memset(e, 0, sizeof *e);
        e->kind = (uint8_t)strtoul(at + 1, &at, 10);
        e->begin = (uint32_t)strtoul(at + 1, &at, 10);
        e->end = (uint32_t)strtoul(at + 1, &at, 10);
        e->quoted = (uint8_t)strtoul(at + 1, &at, 10);
    }
}

static void read_case(char* line) {
    char* const lines = strchr(strchr(line, ' ') + 1, ' ') + 1;
    char* const verdict = strchr(lines, ' ');
    *verdict = '\0';
    now.field = (authgrammar_field)strtoul(line, &line, 10);
    now.edition = (authgrammar_edition)strtoul(line, NULL, 10);
    now.valid = verdict[1] == 'y';
    if (now.valid) {
        read_events(strchr(verdict + 1, 'y') + 3);
    } else {
        now.offset = strtoul(verdict + 4, NULL, 10);
    }
    read_lines(lines);
}

/* The place in the field lines of an offset in the joined value. */
static void locate(size_t offset, size_t* line, size_t* in_line) {
    size_t i;
    size_t begin = 0;
    *line = 0;
    *in_line = 0;
    for (i = 0; i < now.line_count; ++i) {
        const size_t size = now.lines[i].size;
        if (size == 0) continue;
        if (offset < begin) return;
        *line = i;
        *in_line = offset - begin < size ? offset - begin : size;
        begin += size + 2;
    }
}

/* The events again, from the words that an iteration shows. */
static const authgrammar_event* check_word(const authgrammar_event* e, int kind, const authgrammar_word* word) {
    CHECK(e->kind == kind && e->begin == word->begin && e->end == word->end && e->quoted == word->quoted);
    CHECK(word->spans_lines ||
          (word->raw.size == e->end - e->begin && memcmp(word->raw.data, now.joined + e->begin, word->raw.size) == 0));
    return e + 1;
}

static const authgrammar_event* check_params(const authgrammar_event* e, const authgrammar_params* params) {
    authgrammar_param p = {0};
    while (authgrammar_next_param(params, &p)) {
        e = check_word(e, AUTHGRAMMAR_EVENT_PARAM_NAME, &p.name);
        e = check_word(e, AUTHGRAMMAR_EVENT_PARAM_VALUE, &p.value);
    }
    return e;
}

static void check_iteration(const authgrammar_reading* reading) {
    const authgrammar_event* e = check_params(reading->events, &reading->params);
    authgrammar_challenge c = {0};
    while (authgrammar_next_challenge(reading, &c)) {
        CHECK(e->kind == AUTHGRAMMAR_EVENT_CHALLENGE_BEGIN && e->begin == c.begin);
        e = check_word(e + 1, AUTHGRAMMAR_EVENT_SCHEME, &c.scheme);
        if (c.token68.raw.data != NULL) e = check_word(e, AUTHGRAMMAR_EVENT_TOKEN68, &c.token68);
        e = check_params(e, &c.params);
        CHECK(e->kind == AUTHGRAMMAR_EVENT_CHALLENGE_END && e->end == c.end);
        ++e;
    }
    CHECK(e == reading->events + reading->event_count);
}

static void check_events(const authgrammar_event* events, size_t count) {
    size_t i;
    CHECK(count == now.event_count);
    for (i = 0; i < count && i < now.event_count; ++i) CHECK(same_event(&events[i], &now.events[i]));
}

static void parse_whole(const authgrammar_options* options) {
    static authgrammar_event events[MOST_EVENTS];
    authgrammar_reading reading;
    authgrammar_error error;
    size_t line;
    size_t offset;
    const authgrammar_code code = authgrammar_parse(&reading, now.field, now.lines, now.line_count, options, events,
                                                    AUTHGRAMMAR_EVENTS_FOR(now.joined_size, now.line_count), &error);
    CHECK((code == AUTHGRAMMAR_OK) == now.valid);
    CHECK(code == error.code);
    if (code == AUTHGRAMMAR_OK && now.valid) {
        check_events(reading.events, reading.event_count);
        check_iteration(&reading);
    } else {
        locate(now.offset, &line, &offset);
        CHECK(error.line == line && error.offset == offset);
        CHECK(error.name.size != 0 && error.rule.size != 0 && error.section.size != 0 && error.expected.size != 0);
    }
}

struct collected {
    authgrammar_event events[MOST_EVENTS];
    size_t count;
    size_t text;
};

static int collect(void* context, const authgrammar_event* event) {
    struct collected* const to = context;
    to->events[to->count++] = *event;
    return 0;
}

static int count_text(void* context, authgrammar_text_role role, authgrammar_text fragment, uint64_t position) {
    struct collected* const to = context;
    (void)role;
    CHECK(position + fragment.size <= now.joined_size);
    to->text += fragment.size;
    return 0;
}

static void read_in_pieces(const authgrammar_options* options, size_t piece, int with_text) {
    static struct collected heard;
    authgrammar_tokenizer tokenizer;
    authgrammar_consumer consumer;
    authgrammar_error error;
    authgrammar_code code = AUTHGRAMMAR_OK;
    size_t i;
    heard.count = 0;
    heard.text = 0;
    consumer.on_event = collect;
    consumer.on_text = with_text ? count_text : NULL;
    consumer.context = &heard;
    CHECK(authgrammar_tokenizer_init(&tokenizer, now.field, options) == AUTHGRAMMAR_OK);
    for (i = 0; i < now.joined_size && code == AUTHGRAMMAR_OK; i += piece) {
        const size_t rest = now.joined_size - i;
        code = authgrammar_tokenizer_feed(&tokenizer, now.joined + i, rest < piece ? rest : piece, &consumer);
    }
    if (code == AUTHGRAMMAR_OK) code = authgrammar_tokenizer_finish(&tokenizer, &consumer);
    CHECK((code == AUTHGRAMMAR_OK) == now.valid);
    CHECK(authgrammar_tokenizer_error(&tokenizer, &error) == code);
    if (now.valid) {
        check_events(heard.events, heard.count);
    } else {
        CHECK(error.offset == now.offset);
    }
    for (i = 0; with_text && now.valid && i < heard.count; ++i) {
        const authgrammar_event* const e = &heard.events[i];
        if (e->kind != AUTHGRAMMAR_EVENT_CHALLENGE_BEGIN && e->kind != AUTHGRAMMAR_EVENT_CHALLENGE_END) {
            heard.text -= e->end - e->begin;
        }
    }
    CHECK(!with_text || !now.valid || heard.text == 0);
}

int main(void) {
    static char line[1 << 20];
    while (fgets(line, sizeof line, stdin) != NULL) {
        authgrammar_options options;
        authgrammar_options_init(&options);
        read_case(line);
        options.edition = now.edition;
        parse_whole(&options);
        read_in_pieces(&options, 1, 1);
        read_in_pieces(&options, MOST_BYTES, 0);
        ++cases;
    }
    printf("c.vectors: %lu cases\n", cases);
    return checks_failed("c.vectors");
}
