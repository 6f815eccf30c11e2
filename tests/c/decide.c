/* What to answer, through <authgrammar_decide.h>. */
#include "check.h"

#include <authgrammar_decide.h>

/* Each resource with each state of credentials: the statuses of RFC 9110, 15.5, and a decision that says the same. 0 stands for
 * facts that contradict each other: nobody's credentials are insufficient for what needs none. */
static void statuses(void) {
    static const int expected[4][6] = {
        {200, 200, 200, 200, 0, 200},
        {401, 401, 401, 401, 403, 200},
        {404, 404, 404, 404, 404, 404},
        {301, 301, 301, 301, 0, 301},
    };
    int resource;
    int credentials;
    for (resource = 0; resource < 4; ++resource) {
        for (credentials = 0; credentials < 6; ++credentials) {
            authgrammar_facts facts;
            authgrammar_decision* decision = NULL;
            authgrammar_outcome outcome;
            authgrammar_decision_reason reason;
            int status;
            authgrammar_facts_init(&facts, (authgrammar_resource)resource, (authgrammar_credentials_state)credentials);
            status = authgrammar_status_for(&facts);
            CHECK(status == expected[resource][credentials]);
            CHECK(authgrammar_decision_new(&facts, &decision) == AUTHGRAMMAR_OK);
            CHECK(authgrammar_decision_outcome(decision, 0, &outcome) == (status != 0));
            CHECK(outcome.status == status);
            if (status == 0) {
                CHECK(authgrammar_decision_contradiction(decision, 0, &reason));
                CHECK(reason.text.size != 0);
            } else {
                CHECK(!authgrammar_decision_contradiction(decision, 0, &reason));
                CHECK((outcome.www_authenticate == AUTHGRAMMAR_MUST_SEND) == (status == 401));
                CHECK(outcome.reason_count != 0);
                CHECK(authgrammar_decision_reason_of(decision, 0, outcome.reason_count - 1, &reason));
                CHECK(reason.text.size != 0);
                CHECK(!authgrammar_decision_reason_of(decision, 0, outcome.reason_count, &reason));
            }
            authgrammar_decision_free(decision);
        }
    }
}

static void alternatives(void) {
    authgrammar_facts facts;
    authgrammar_decision* decision;
    authgrammar_outcome outcome;
    size_t i;
    size_t count;
    int bad_request = 0;
    authgrammar_facts_init(&facts, AUTHGRAMMAR_RESOURCE_PROTECTED, AUTHGRAMMAR_CREDENTIALS_MALFORMED);
    facts.hop = AUTHGRAMMAR_HOP_PROXY;
    CHECK(authgrammar_status_for(&facts) == 407);
    CHECK(authgrammar_decision_new(&facts, &decision) == AUTHGRAMMAR_OK);
    count = authgrammar_decision_outcomes(decision);
    CHECK(count > 1);
    for (i = 0; i < count; ++i) {
        CHECK(authgrammar_decision_outcome(decision, i, &outcome));
        bad_request = bad_request || outcome.status == 400;
    }
    CHECK(bad_request);
    CHECK(!authgrammar_decision_outcome(decision, count, &outcome));
    authgrammar_decision_free(decision);
    facts.malformed = AUTHGRAMMAR_MALFORMED_BAD_REQUEST;
    CHECK(authgrammar_status_for(&facts) == 400);
}

static void misuse(void) {
    authgrammar_facts facts;
    authgrammar_decision* decision = (authgrammar_decision*)&facts;
    authgrammar_outcome outcome;
    authgrammar_decision_reason reason;
    CHECK(authgrammar_status_for(NULL) == 0);
    CHECK(authgrammar_decision_new(NULL, &decision) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    CHECK(decision == NULL);
    authgrammar_facts_init(&facts, AUTHGRAMMAR_RESOURCE_PUBLIC, AUTHGRAMMAR_CREDENTIALS_ABSENT);
    CHECK(authgrammar_decision_new(&facts, NULL) == AUTHGRAMMAR_ERR_INVALID_ARGUMENT);
    facts.hop = (authgrammar_hop)256; /* no ORIGIN modulo anything */
    CHECK(authgrammar_status_for(&facts) == 0);
    facts.hop = (authgrammar_hop)-1;
    CHECK(authgrammar_status_for(&facts) == 0);
    CHECK(authgrammar_decision_new(&facts, &decision) == AUTHGRAMMAR_OK);
    CHECK(authgrammar_decision_outcomes(decision) == 0);
    CHECK(authgrammar_decision_contradiction(decision, 0, &reason));
    CHECK_TEXT(reason.requirement, "hop");
    authgrammar_decision_free(decision);
    facts.size = 3;
    CHECK(authgrammar_status_for(&facts) == 0);
    CHECK(authgrammar_decision_outcomes(NULL) == 0);
    CHECK(!authgrammar_decision_outcome(NULL, 0, &outcome));
    CHECK(!authgrammar_decision_outcome(NULL, 0, NULL));
    CHECK(!authgrammar_decision_reason_of(NULL, 0, 0, &reason));
    CHECK(!authgrammar_decision_contradiction(NULL, 0, &reason));
    authgrammar_decision_free(NULL);
}

int main(void) {
    statuses();
    alternatives();
    misuse();
    return checks_failed("c.decide");
}
