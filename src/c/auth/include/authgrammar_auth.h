/* All of authgrammar_c_auth: the schemes, what to answer a request with, a server's guard and a client's answerer. */
#ifndef AUTHGRAMMAR_AUTH_H
#define AUTHGRAMMAR_AUTH_H

#include <authgrammar_answerer.h>
#include <authgrammar_decide.h>
#include <authgrammar_guard.h>
#include <authgrammar_schemes.h>

#endif
