#ifndef AUTHGRAMMAR_TESTS_INTEROP_NEGOTIATE_HPP
#define AUTHGRAMMAR_TESTS_INTEROP_NEGOTIATE_HPP

namespace authgrammar::interop {

/// Answers lines of standard input, one line each, until they end:
///
///     read FIELD STATUS VALUE   LEG KIND TOKEN   a challenge or credentials; STATUS is 0 in a request
///     write FIELD TOKEN         VALUE            a challenge without TOKEN is the scheme alone
///
/// TOKEN is in hexadecimal, or "-" if there is none. A value that cannot be read is answered "refused" and the error's
/// name; one that is not Negotiate's, "other". Returns the exit code.
int answer_negotiate();

}  // namespace authgrammar::interop

#endif
