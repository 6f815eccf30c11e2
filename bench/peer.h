#ifndef AUTHGRAMMAR_BENCH_PEER_H
#define AUTHGRAMMAR_BENCH_PEER_H

/* What the module of a peer exports: a parser of someone else's behind one interface, in C because modules are
   loaded one by one, each with its library's symbols for itself. */

#include <stddef.h>

#ifdef __cplusplus
extern "C" {
#endif

/* The version of the interface. */
#define AUTHGRAMMAR_BENCH_PEER_VERSION 1

typedef struct authgrammar_bench_peer {
    int interface_version;
    const char* name;    /* of the column: "libsoup" */
    const char* call;    /* what is measured: the function's name */
    const char* version; /* of the package, as far as its headers tell */

    /* 'F' reads a whole field value; 'P' reads the parameters of one challenge only, and gets the scheme stripped
       for free; its spans are names and values alone. */
    char scope;

    /* What the call needs, made outside the measured time from `size` bytes that a NUL follows. Kept until
       release(). Null if the peer has no call for this kind of field. */
    void* (*prepare)(const char* text, size_t size, int credentials);

    /* The measured call, with everything that it allocated freed again. -1 if the peer refuses the value; else with
       `count` the number of spans that it reports (schemes, token68s, names, values), without it anything. */
    long (*parse)(void* prepared, int credentials, int count);

    void (*release)(void* prepared);
} authgrammar_bench_peer;

/* The one symbol of a module. */
#if defined(_WIN32)
#define AUTHGRAMMAR_BENCH_PEER_EXPORT __declspec(dllexport)
#else
#define AUTHGRAMMAR_BENCH_PEER_EXPORT __attribute__((visibility("default")))
#endif
AUTHGRAMMAR_BENCH_PEER_EXPORT const authgrammar_bench_peer* authgrammar_bench_peer_of_module(void);

#ifdef __cplusplus
}
#endif

#endif
